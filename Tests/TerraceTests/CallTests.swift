import ModuleSupport
import Terrace
import Testing

@Suite struct CallTests {
    @Test func exportedFunctionAddsItsArguments() throws {
        let instance = try makeInstance(
            "(module (func (export \"add\") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add))")
        #expect(try instance.i32("add", .i32(40), .i32(2)) == 42)
        let add = try #require(instance.function("add")).typed(((Int32, Int32) -> Int32).self)
        #expect(try add(7, -8) == -1)
    }

    @Test func argumentsBeyondTheRegistersPassOnTheStack() throws {
        let parameters = (0..<20).map { _ in "i32 i64 f32 f64" }.joined(separator: " ")
        // The weighted sum of all arguments.
        var body = "f64.const 0"
        for index in 0..<80 {
            let convert = ["f64.convert_i32_s", "f64.convert_i64_s", "f64.promote_f32", ""][index % 4]
            body += " local.get \(index) \(convert) f64.const \(index + 1) f64.mul f64.add"
        }
        let instance = try makeInstance(
            """
            (module
              (func $sum (param \(parameters)) (result f64) \(body))
              (func (export "direct") (param \(parameters)) (result f64)
                \((0..<80).map { "local.get \($0)" }.joined(separator: " ")) call $sum)
              (export "sum" (func $sum)))
            """)
        var arguments: [Value] = []
        var expected = 0.0
        for index in 0..<80 {
            let value = Double(index * 3 - 100)
            expected += value * Double(index + 1)
            switch index % 4 {
            case 0: arguments.append(.i32(Int32(value)))
            case 1: arguments.append(.i64(Int64(value)))
            case 2: arguments.append(.f32(Float(value)))
            default: arguments.append(.f64(value))
            }
        }
        for name in ["sum", "direct"] {
            guard case .f64(let sum)? = try #require(instance.function(name)).call(arguments).first else {
                throw WrongResult()
            }
            #expect(sum == expected)
        }
    }

    @Test func severalResultsOfMixedTypesComeBackInOrder() throws {
        let instance = try makeInstance(
            """
            (module
              (func $many (export "many") (param i32) (result i32 f64 i64 f32 i32)
                local.get 0 f64.const 2.5 i64.const -3 f32.const 4.5 local.get 0 i32.const 1 i32.add)
              (func (export "swap") (param i32 i32) (result i32 i32) local.get 1 local.get 0)
              (func (export "sum") (param i32) (result f64) (local f64)
                local.get 0 call $many
                f64.convert_i32_s local.set 1
                f64.promote_f32 local.get 1 f64.add local.set 1
                f64.convert_i64_s local.get 1 f64.add local.set 1
                local.get 1 f64.add local.set 1
                f64.convert_i32_s local.get 1 f64.add))
            """)
        let results = try instance.call("many", .i32(9))
        #expect("\(results)" == "[i32:9, f64:2.5, i64:-3, f32:4.5, i32:10]")
        let swap = try #require(instance.function("swap")).typed(((Int32, Int32) -> (Int32, Int32)).self)
        #expect(try swap(1, 2) == (2, 1))
        let sum = try #require(instance.function("sum")).typed(((Int32) -> Double).self)
        #expect(try sum(9) == 9 + 2.5 - 3 + 4.5 + 10)
    }

    @Test func nanPayloadsPassUnchanged() throws {
        let instance = try makeInstance(
            """
            (module
              (func (export "f32") (param f32) (result f32) local.get 0)
              (func (export "f64") (param f64) (result f64) local.get 0)
              (func (export "bits") (param f32) (result i32) local.get 0 i32.reinterpret_f32))
            """)
        let signalling = Float(bitPattern: 0x7FA0_1234)
        guard case .f32(let back)? = try instance.call("f32", .f32(signalling)).first else { throw WrongResult() }
        #expect(back.bitPattern == 0x7FA0_1234)
        #expect(try instance.i32("bits", .f32(signalling)) == 0x7FA0_1234)
        let typed = try #require(instance.function("f64")).typed(((Double) -> Double).self)
        #expect(try typed(Double(bitPattern: 0xFFF4_0000_0000_0001)).bitPattern == 0xFFF4_0000_0000_0001)
    }

    @Test func vectorsPassThroughFunctions() throws {
        let instance = try makeInstance(
            """
            (module (func (export "first") (param v128 i32 v128) (result v128 v128)
              local.get 2 local.get 0))
            """)
        let (a, b) = (V128(low: 1, high: 2), V128(SIMD4<UInt32>(3, 4, 5, 6)))
        let results = try instance.call("first", .v128(a), .i32(0), .v128(b))
        guard case .v128(let first) = results[0], case .v128(let second) = results[1] else { throw WrongResult() }
        #expect(first == b && second == a)
        #expect(first.lanes(SIMD4<UInt32>.self) == SIMD4(3, 4, 5, 6))
    }

    @Test func wrongArgumentsAreAnErrorNotACrash() throws {
        let instance = try makeInstance("(module (func (export \"f\") (param i32)))")
        let function = try #require(instance.function("f"))
        #expect(try catchTrap { try function.call([]) }.hostError is ArgumentError)
        #expect(try catchTrap { try function.call([.i64(1)]) }.hostError is ArgumentError)
        #expect(throws: SignatureMismatch.self) { try function.typed(((Int64) -> Void).self) }
        #expect(throws: SignatureMismatch.self) { try function.typed(((Int32) -> Int32).self) }
    }

    @Test func tailCallsWithMoreStackArgumentsKeepTheStackFlat() throws {
        let parameters = "(param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)"
        let instance = try makeInstance(
            """
            (module
              (func $few (param i32) (result i32)
                local.get 0 i32.eqz if (result i32) i32.const 77 else
                  local.get 0 i32.const 1 i32.sub i32.const 0 i32.const 0 i32.const 0 i32.const 0
                  i32.const 0 i32.const 0 i32.const 0 i32.const 0 i32.const 5 return_call $many end)
              (func $many \(parameters) (result i32) local.get 0 return_call $few)
              (export "f" (func $few)))
            """)
        #expect(try instance.i32("f", .i32(2_000_000)) == 77)
    }
}
