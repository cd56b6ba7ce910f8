import Terrace
import Testing
import WasmText

/// Mistakes that the compiler once made.
@Suite struct RegressionTests {
    private func results(_ text: String, _ arguments: Value...) throws -> [Value] {
        let engine = Engine()
        let module = try Module(engine, bytes: try WatParser.parse(text))
        let instance = try Instance(Store(engine), module)
        return try #require(instance.function("f")).call(arguments)
    }

    @Test func constantParametersOfAConditionalReachItsAlternative() throws {
        let text = """
            (module (func (export "f") (param i32) (result i32)
              i32.const 7
              local.get 0
              if (param i32) (result i32)
                i32.const 1
                i32.add
              else
                i32.const 2
                i32.add
              end))
            """
        guard case .i32(8)? = try results(text, .i32(1)).first else { throw WrongResult() }
        guard case .i32(9)? = try results(text, .i32(0)).first else { throw WrongResult() }
    }

    @Test func constantParametersOfAConditionalWithoutAlternativeAreItsResults() throws {
        let text = """
            (module (func (export "f") (param i32) (result i64)
              i64.const 1234567890123
              local.get 0
              if (param i64) (result i64)
                drop
                i64.const 5
              end))
            """
        guard case .i64(1_234_567_890_123)? = try results(text, .i32(0)).first else { throw WrongResult() }
    }

    @Test func wideConstantsAreFurtherResults() throws {
        let text = """
            (module (func (export "f") (result f64 f64 f32 i64)
              f64.const 0.1
              f64.const 3.25e100
              f32.const -1.5
              i64.const 0x123456789abcdef))
            """
        let values = try results(text)
        guard case .f64(0.1) = values[0], case .f64(3.25e100) = values[1], case .f32(-1.5) = values[2],
            case .i64(0x123_4567_89AB_CDEF) = values[3]
        else { throw WrongResult() }
    }

    @Test func manyReadsOfALocalWaitForOneWrite() throws {
        let count = 65_536
        let text = """
            (module (func (export "f") (param i32) (result i32)
              \(String(repeating: "local.get 0\n", count: count))
              i32.const 0
              local.set 0
              \(String(repeating: "i32.add\n", count: count - 1))))
            """
        guard case .i32(Int32(3 * 65_536))? = try results(text, .i32(3)).first else { throw WrongResult() }
    }
}

private struct WrongResult: Error {}
