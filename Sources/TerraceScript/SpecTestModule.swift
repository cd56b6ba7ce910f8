// The module `spectest` which the scripts of the official suite import from, and the host objects that they pass.

import Terrace
import WasmFormat

/// The object behind `(ref.extern n)`.
final class ScriptObject: CustomStringConvertible {
    let number: UInt32
    init(_ number: UInt32) { self.number = number }
    var description: String { "\(number)" }
}

/// Makes the members of `spectest` in a store.
enum SpecTestModule {
    static func define(in imports: inout Imports, _ store: Store) throws {
        let prints: [(String, [ValueType])] = [
            ("print", []), ("print_i32", [.i32]), ("print_i64", [.i64]), ("print_f32", [.f32]), ("print_f64", [.f64]),
            ("print_i32_f32", [.i32, .f32]), ("print_f64_f64", [.f64, .f64]),
        ]
        for (name, parameters) in prints {
            let type = FunctionSignature(parameters: parameters, results: [])
            imports.define("spectest", name, try Function(store, type: type) { _, _ in [] })
        }
        let globals: [(String, ValueType, Value)] = [
            ("global_i32", .i32, .i32(666)), ("global_i64", .i64, .i64(666)), ("global_f32", .f32, .f32(666.6)),
            ("global_f64", .f64, .f64(666.6)),
        ]
        for (name, type, value) in globals {
            let global = try Global(store, GlobalType(type: type, isMutable: false), value)
            imports.define("spectest", name, .global(global))
        }
        let tableLimits = Limits(minimum: 10, maximum: 20)
        imports.define("spectest", "table", .table(try Table(store, TableType(element: .funcref, limits: tableLimits))))
        imports.define(
            "spectest", "table64",
            .table(try Table(store, TableType(element: .funcref, limits: tableLimits, is64: true))))
        let memoryLimits = Limits(minimum: 1, maximum: 2)
        imports.define("spectest", "memory", .memory(try Memory(store, MemoryType(limits: memoryLimits))))
        if let shared = try? Memory(store, MemoryType(limits: memoryLimits, isShared: true)) {
            imports.define("spectest", "shared_memory", .memory(shared))
        }
    }
}
