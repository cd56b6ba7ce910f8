// Branches, calls and returns that carry many values: the values arrive, and the code stays short.

import Terrace
import Testing
import WasmText

@Suite struct WideValueTests {
    private static let patterns: [[String]] = [
        ["i32"], ["i64"], ["f32"], ["f64"], ["v128"], ["i32", "f32", "i64", "f64"], ["v128", "i32"],
        ["i64", "i64", "i64", "i64", "i64", "i64", "i64", "i64", "i64", "v128"],
        ["v128", "v128", "v128", "v128", "v128", "v128", "v128", "v128", "v128", "f32", "i32"],
    ]

    private static func value(_ type: String, _ number: Int) -> Value {
        switch type {
        case "i32": .i32(Int32(truncatingIfNeeded: number &* 0x1234_5677 ^ -5))
        case "i64": .i64(Int64(number) &* 0x1234_5678_9ABC_DEF1)
        case "f32": .f32(Float(number) * 1.5 - 3)
        case "f64": .f64(Double(number) * -2.25 + 1e10)
        default: .v128(V128(low: UInt64(number) &* 0x9E37_79B9_7F4A_7C15, high: ~UInt64(number)))
        }
    }

    /// All ways to hand on the values of the type's parameters as its results.
    private static func text(_ types: [String]) -> String {
        let list = types.joined(separator: " ")
        let gets = types.indices.map { "local.get \($0)" }.joined(separator: " ")
        let sets = types.indices.reversed().map { "local.set \($0)" }.joined(separator: " ")
        let junk = "i32.const 1 f64.const 2 local.get 0 v128.const i64x2 3 4"
        let dropJunk = "drop drop drop drop"
        let counter = types.count
        return """
            (module (type $t (func (param \(list)) (result \(list)))) (type $b (func (result \(list))))
              (import "h" "f" (func $host (type $t)))
              (table funcref (elem $identity))
              (global $zero (mut i32) (i32.const 0)) (global $one (mut i32) (i32.const 1))
              (elem declare func $identity)
              (func $identity (export "identity") (type $t) \(gets))
              (func (export "return") (type $t) \(junk) \(gets) return)
              (func (export "br") (type $t)
                (block (type $b) \(junk) \(gets) br 0))
              (func (export "brInner") (type $t) \(junk)
                (block (type $b) \(junk) (block (type $b) \(junk) \(gets) global.get $one br_if 1 unreachable) unreachable)
                \(sets) \(dropJunk) \(gets))
              (func (export "brIf") (type $t)
                (block (type $b) \(junk) \(gets) global.get $zero br_if 0 global.get $one br_if 0 unreachable))
              (func (export "brIfReturn") (type $t)
                \(junk) \(gets) global.get $zero br_if 0 global.get $one br_if 0 unreachable)
              (func (export "brTable") (type $t)
                (block (type $b) \(junk) (block (type $b) \(junk) \(gets) global.get $one br_table 1 0 1 1 1 1 2)
                  \(sets) \(dropJunk) \(gets)))
              (func (export "brTableSmall") (type $t)
                (block (type $b) \(junk) (block (type $b) \(junk) \(gets) global.get $one br_table 0 1 2) unreachable))
              (func (export "brTableReturn") (type $t)
                (block (type $b) \(junk) \(gets) i32.const 9 br_table 0 0 0 0 0 0 1))
              (func (export "brOnNull") (type $t)
                (block (type $b) \(junk) \(gets) ref.func $identity br_on_null 0 drop
                  ref.null func br_on_null 0 unreachable))
              (func (export "if") (type $t)
                \(gets) global.get $one (if (type $t) (then \(sets) \(junk) \(gets) \(sets) \(dropJunk) \(gets)) (else unreachable)))
              (func (export "ifEmpty") (type $t) \(gets) global.get $zero (if (type $t) (then unreachable)))
              (func (export "loop") (type $t) (local i32)
                i32.const 3 local.set \(counter) \(gets)
                (loop (type $t)
                  \(sets) \(junk) \(gets)
                  local.get \(counter) i32.const 1 i32.sub local.tee \(counter) br_if 0
                  \(sets) \(dropJunk) \(gets)))
              (func (export "call") (type $t) \(junk) \(gets) call $identity \(sets) \(dropJunk) \(gets))
              (func (export "callTwice") (type $t) \(gets) call $identity call $identity)
              (func (export "callHost") (type $t) \(junk) \(gets) call $host \(sets) \(dropJunk) \(gets))
              (func (export "callIndirect") (type $t) \(gets) i32.const 0 call_indirect (type $t))
              (func (export "callRef") (type $t) \(junk) \(gets) ref.func $identity call_ref $t
                \(sets) \(dropJunk) \(gets))
              (func (export "tail") (type $t) \(junk) \(gets) return_call $identity)
              (func (export "tailHost") (type $t) \(junk) \(gets) return_call $host)
              (func $one (param i32) (result \(list)) \(types.map { Self.constant($0) }.joined(separator: " "))
                return_call $identity)
              (func (export "tailFromFew") (type $t) i32.const 0 call $one \(types.map { _ in "drop" }.joined(separator: " "))
                \(gets) i32.const 0 return_call_indirect (type $t)))
            """
    }

    private static func constant(_ type: String) -> String {
        type == "v128" ? "v128.const i64x2 5 6" : "\(type).const 7"
    }

    @Test(arguments: [7, 8, 9, 15, 16, 24, 33, 120, 500])
    func manyValuesArrive(_ count: Int) throws {
        for pattern in Self.patterns {
            let types = (0..<count).map { pattern[$0 % pattern.count] }
            let engine = try Engine()
            let store = try Store(engine)
            let module = try Module(engine, bytes: try WatParser.parse(Self.text(types)))
            guard case .function(let type)? = module.exports.first?.type else { throw WrongResult() }
            var imports = Imports()
            imports.define("h", "f", try Function(store, type: type) { _, values in values })
            let instance = try Instance(store, module, imports: imports)
            let arguments = types.enumerated().map { Self.value($1, $0 + 1) }
            let expected = "\(arguments)"
            for export in module.exports {
                let results = try #require(instance.function(export.name)).call(arguments)
                #expect("\(results)" == expected, "\(export.name) of \(count) \(pattern)")
            }
        }
    }

    // MARK: size

    /// Bytes of machine code per byte of a module.
    private func expansion(_ bytes: [UInt8]) throws -> Double {
        var configuration = Configuration()
        configuration.compilation = .eager(jobs: 1)
        configuration.tiering = .baseline
        let module = try Module(Engine(configuration), bytes: bytes)
        return Double(module.statistics.baselineCodeBytes) / Double(bytes.count)
    }

    private static let wide: [UInt8] = leb(1000) + Array(repeating: 0x7E, count: 1000)

    /// A module with the types () -> (i64 * 1000), (i64 * 1000) -> (i64 * 1000), (i64 * 1000) -> () and (i32) -> ().
    private static func module(_ functions: [(type: UInt8, code: [UInt8])]) -> [UInt8] {
        var bytes: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]
        func section(_ id: UInt8, _ contents: [UInt8]) { bytes += [id] + leb(contents.count) + contents }
        section(1, [4, 0x60, 0] + wide + [0x60] + wide + wide + [0x60] + wide + [0] + [0x60, 1, 0x7F, 0])
        section(3, leb(functions.count) + functions.map(\.type))
        section(4, [1, 0x70, 0, 1])
        section(
            10,
            leb(functions.count)
                + functions.flatMap { leb($0.code.count + 2) + [0] + $0.code + [0x0B] })
        return bytes
    }

    private static let thousand = [UInt8](Array(repeating: [0x42, 5], count: 1000).joined())
    private static func many(_ code: [UInt8], _ count: Int = 10_000) -> [UInt8] {
        [UInt8](Array(repeating: code, count: count).joined())
    }
    private static func one(_ code: [UInt8], _ count: Int = 10_000) -> [(type: UInt8, code: [UInt8])] {
        // Function 0 makes a thousand values, 1 hands them on, 2 takes them.
        [(0, thousand), (1, [0x00]), (2, []), (3, many(code, count))]
    }

    private static let shapes: [(name: String, module: [UInt8])] = [
        ("br_if", module([(3, [0x02, 0, 0x41, 1] + thousand + many([0x20, 0, 0x0D, 0]) + [0x00, 0x0B, 0x00])])),
        ("br_if out of the function", module([(0, thousand + many([0x41, 0, 0x0D, 0]))])),
        (
            "br_if with a changing value",
            module([
                (3, [0x02, 0, 0x41, 1] + thousand + many([0x1A, 0x42, 3, 0x20, 0, 0x0D, 0]) + [0x00, 0x0B, 0x00])
            ])
        ),
        (
            "br_table",
            module([
                (
                    3,
                    many([0x02, 0], 100) + [0x41, 1] + thousand
                        + many([0x20, 0, 0x0D, 0], 1000) + [0x20, 0, 0x0E] + leb(99) + (0..<100).map { UInt8($0) }
                        + many([0x0B], 99) + [0x00, 0x0B, 0x00]
                )
            ])
        ),
        (
            "br_on_null",
            module([(3, [0x02, 0, 0x41, 1] + thousand + many([0xD0, 0x70, 0xD5, 0, 0x1A]) + [0x00, 0x0B, 0x00])])
        ),
        ("returns", module([(0, thousand + many([0x02, 0x40, 0x41, 0, 0x0D, 0, 0x0B, 0x41, 0, 0x0D, 0]))])),
        ("calls", module(one([0x10, 0, 0x10, 2]))),
        ("calls that hand on", module(one([0x10, 0] + many([0x10, 1], 100) + [0x10, 2], 100))),
        ("indirect calls", module(one([0x10, 0, 0x41, 0, 0x11, 2, 0]))),
        ("functions with many parameters", module(Array(repeating: (2, []), count: 10_000))),
        ("functions with many results", module(one([]) + Array(repeating: (0, [0x10, 0]), count: 10_000))),
        ("tail calls", module(one([]) + Array(repeating: (3, [0x10, 0, 0x12, 2]), count: 10_000))),
        (
            "blocks",
            module([
                (0, thousand), (1, [0x00]), (2, []),
                (3, [0x10, 0] + many([0x02, 1, 0x0C, 0, 0x0B]) + [0x10, 2]),
            ])
        ),
        ("loops", module([(3, thousand + many([0x03, 1]) + many([0x0B]) + [0x10, 2]), (1, [0x00]), (2, [])])),
    ]

    @Test(arguments: shapes.map(\.name))
    func codeGrowsWithTheModuleAlone(_ name: String) throws {
        let module = try #require(Self.shapes.first { $0.name == name }?.module)
        // Plain loads and stores of a small memory come to 10 to 20.
        #expect(try expansion(module) < 60)
    }
}

/// An unsigned number in LEB128.
private func leb(_ value: Int) -> [UInt8] {
    value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + leb(value >> 7)
}

private struct WrongResult: Error {}
