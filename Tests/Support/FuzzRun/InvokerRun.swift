// Runs of modules that Binaryen's `wasm-opt --translate-to-fuzz` makes: another generator, with other habits.

import Terrace

/// What the invokers of such a module log, how they end, and the hash of the memory after each.
public struct InvokerRun: Sendable {
    public private(set) var lines: [String] = []

    private final class Log {
        var entries: [String] = []
    }
    private struct CannotPass: Error {}

    public init(of bytes: [UInt8], in engine: Engine) {
        do {
            let module = try Module(engine, bytes: bytes)
            let store = try Store(engine)
            try store.setDeadline(after: .seconds(60))
            let log = Log()
            let instance = try Instance(store, module, imports: try Self.imports(store, log))
            for export in module.exports where export.name.hasSuffix("_invoker") {
                log.entries = []
                _ = try instance.function("hangLimitInitializer")?.call([])
                let end = Self.end { () throws(Trap) in _ = try instance.function(export.name)?.call([]) }
                var hash = "-"
                _ = Self.end { () throws(Trap) in
                    if case .i32(let value)? = try instance.function("hashMemory")?.call([]).first { hash = "\(value)" }
                }
                lines.append("\(export.name) \(end) \(hash) \(log.entries.joined(separator: ","))")
            }
        } catch {
            lines.append("error \(error)")
        }
    }

    private static func end(_ body: () throws(Trap) -> Void) -> String {
        do throws(Trap) {
            try body()
            return "returned"
        } catch {
            return error.hostError is CannotPass ? "trap:host" : "trap:\(TrapName(error.kind).rawValue)"
        }
    }

    /// The functions that log; vectors cannot be logged in JavaScript, and so not here either.
    private static func imports(_ store: Store, _ log: Log) throws -> Imports {
        var imports = Imports()
        let types: [(String, ValueType)] = [
            ("log-i32", .i32), ("log-i64", .i64), ("log-f32", .f32), ("log-f64", .f64), ("log-v128", .v128),
        ]
        for (name, type) in types {
            let signature = FunctionSignature(parameters: [type], results: [])
            let function = try Function(store, type: signature) { _, arguments in
                switch arguments[0] {
                case .i32(let value): log.entries.append("\(value)")
                case .i64(let value): log.entries.append("\(value)")
                case .f32(let value): log.entries.append(describe(Double(value)))
                case .f64(let value): log.entries.append(describe(value))
                default: throw CannotPass()
                }
                return []
            }
            imports.define("fuzzing-support", name, function)
        }
        return imports
    }

    private static func describe(_ value: Double) -> String {
        value.isNaN ? "nan" : String(value.bitPattern, radix: 16)
    }
}
