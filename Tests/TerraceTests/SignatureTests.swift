// Stubs for many signatures: values that go from the host through wasm code to a host function and back.

import FuzzSupport
import ModuleSupport
import Terrace
import Testing

@Suite struct SignatureTests {
    private static let types: [(ValueType, String)] = [
        (.i32, "i32"), (.i64, "i64"), (.f32, "f32"), (.f64, "f64"), (.v128, "v128"), (.externref, "externref"),
    ]

    private static func value(_ type: ValueType, _ generator: inout SeededRandom, _ objects: [Box]) -> Value {
        switch type {
        case .i32: .i32(Int32(truncatingIfNeeded: generator.next()))
        case .i64: .i64(Int64(bitPattern: generator.next()))
        case .f32: .f32(Float(Int32(truncatingIfNeeded: generator.next())))
        case .f64: .f64(Double(Int64(bitPattern: generator.next())))
        case .v128: .v128(V128(low: generator.next(), high: generator.next()))
        default:
            .external(generator.next() % 4 == 0 ? nil : ExternalReference(objects.randomElement(using: &generator)!))
        }
    }

    private final class Box {}

    @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
    func valuesOfAllTypesSurviveBothWays(_ seed: UInt64) throws {
        var generator = SeededRandom(seed: seed)
        let objects = (0..<3).map { _ in Box() }
        for _ in 0..<20 {
            let store = try Store(sharedEngine)
            let parameters = (0..<Int(generator.next() % 40)).map { _ in Self.types.randomElement(using: &generator)! }
            let results = (0..<Int(generator.next() % 12)).map { _ in Self.types.randomElement(using: &generator)! }
            let arguments = parameters.map { Self.value($0.0, &generator, objects) }
            let answers = results.map { Self.value($0.0, &generator, objects) }
            var received: [Value] = []
            let type = FunctionSignature(parameters: parameters.map(\.0), results: results.map(\.0))
            let function = try Function(store, type: type) { _, values in
                received = values
                return answers
            }
            var imports = Imports()
            imports.define("h", "f", function)
            let signature =
                "(param \(parameters.map(\.1).joined(separator: " "))) "
                + "(result \(results.map(\.1).joined(separator: " ")))"
            let forward = parameters.indices.map { "local.get \($0)" }.joined(separator: " ")
            let instance = try makeInstance(
                """
                (module (type $t (func \(signature))) (import "h" "f" (func $f (type $t))) (table funcref (elem $f))
                  (func (export "call") (type $t) \(forward) call $f)
                  (func (export "indirect") (type $t) \(forward) i32.const 0 call_indirect (type $t))
                  (func (export "tail") (type $t) \(forward) return_call $f)
                  (func (export "again") (type $t) \(forward) return_call $inner)
                  (func $inner (type $t) \(forward) i32.const 0 return_call_indirect (type $t)))
                """, store: store, imports: imports)
            for name in ["call", "indirect", "tail", "again"] {
                received = []
                let back = try #require(instance.function(name)).call(arguments)
                #expect("\(received)" == "\(arguments)", "\(name) \(signature)")
                #expect("\(back)" == "\(answers)", "\(name) \(signature)")
            }
            #expect("\(try function.call(arguments))" == "\(answers)")
        }
    }

    @Test func largestSignaturesWork() throws {
        let store = try Store(sharedEngine)
        let count = 1000
        let type = FunctionSignature(
            parameters: Array(repeating: .i32, count: count), results: Array(repeating: .i32, count: count))
        let function = try Function(store, type: type) { _, values in values.reversed() }
        var imports = Imports()
        imports.define("h", "f", function)
        let list = Array(repeating: "i32", count: count).joined(separator: " ")
        let instance = try makeInstance(
            """
            (module (type $t (func (param \(list)) (result \(list)))) (import "h" "f" (func $f (type $t)))
              (func (export "call") (type $t) \((0..<count).map { "local.get \($0)" }.joined(separator: " ")) call $f))
            """, store: store, imports: imports)
        let arguments = (0..<count).map { Value.i32(Int32($0)) }
        let back = try #require(instance.function("call")).call(arguments)
        #expect("\(back)" == "\(Array(arguments.reversed()))")
    }
}
