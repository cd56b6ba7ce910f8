import Terrace
import Testing
import WasmText

/// Mistakes that the compiler once made.
@Suite struct RegressionTests {
    private func results(_ text: String, _ arguments: Value...) throws -> [Value] {
        let engine = try Engine()
        let module = try Module(engine, bytes: try WatParser.parse(text))
        let instance = try Instance(try Store(engine), module)
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

    /// What a construct stores for one of its paths must not be taken for stored on the others.
    @Test(arguments: [
        "local.get 0 (if (then MANY call $many))",
        "local.get 0 (if (then MANY call $many) (else))",
        "local.get 0 (if (then) (else MANY call $many))",
        "(block local.get 0 i32.eqz br_if 0 MANY call $many)",
        "(block (block local.get 0 i32.eqz br_if 1 MANY call $many) MANY call $many)",
        "local.get 0 (if (then i64.const 3 (block (result MANYTYPES) MANY local.get 0 br_if 0) call $many drop))",
        "local.get 0 (if (then MANY global.set 0 DROPS (loop MANY call $many)))",
        "local.get 0 (if (then (if (result MANYTYPES) (i32.const 1) (then MANY) (else MANY)) call $many))",
        "local.get 0 (if (then i64.const 1 MANY (block (param MANYTYPES) call $many) drop) (else i64.const 2 drop))",
    ])
    func constantsBelowAConstructStayWhatTheyAre(construct: String) throws {
        let count = 16
        let types = [String](repeating: "i64", count: count).joined(separator: " ")
        let many = (1...count).map { "i64.const \($0)" }.joined(separator: " ")
        let drops = [String](repeating: "drop", count: count - 1).joined(separator: " ")
        let code = construct.replacing("MANYTYPES", with: types).replacing("MANY", with: many)
            .replacing("DROPS", with: drops)
        let text = """
            (module
              (global (mut i64) (i64.const 0))
              (func $many (param \(types)))
              (func $scribble (local i64 i64 i64 i64) \(many) \(many) call $many call $many)
              (func $g (param i32) (result i64 i64 i32)
                i64.const 42 i64.const 0x123456789abcdef i32.const 7 \(code))
              (func (export "f") (param i32) (result i64 i64 i32) call $scribble local.get 0 call $g))
            """
        for argument in [0, 1] as [Int32] {
            let values = try results(text, .i32(argument))
            guard case .i64(42) = values[0], case .i64(0x123_4567_89AB_CDEF) = values[1], case .i32(7) = values[2]
            else { throw WrongResult() }
        }
    }

    @Test func hostObjectsAreNoStructuresWhateverTheyHold() throws {
        // Its first field stands where a function's record has its type's number.
        final class Forgery {
            let number: UInt64
            init(_ number: UInt64) { self.number = number }
        }
        let text = """
            (module (type $s (struct)) (func (export "f") (param externref) (result i32)
              (ref.test (ref $s) (any.convert_extern (local.get 0)))))
            """
        for number in 0..<64 as Range<UInt64> {
            let forgery = ExternalReference(Forgery(number))
            guard case .i32(0)? = try results(text, .external(forgery)).first else { throw WrongResult() }
        }
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
