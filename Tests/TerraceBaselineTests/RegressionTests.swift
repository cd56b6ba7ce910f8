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

/// Functions that are legal and large, and once took time that grew with the square of their size: at these sizes, minutes.
@Suite struct HostileFunctionTests {
    #if DEBUG
        private static let count = 20_000
    #else
        private static let count = 900_000
    #endif

    /// Compiles a module's only function, which has an i32 parameter and no result.
    private func compile(_ pieces: [(code: [UInt8], repetitions: Int)], localCount: Int = 0) throws {
        var body: [UInt8] = localCount == 0 ? [0] : [1] + leb(localCount) + [0x7F]
        for piece in pieces { body += repeatElement(piece.code, count: piece.repetitions).joined() }
        body.append(0x0B)
        var bytes: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]
        func section(_ id: UInt8, _ contents: [UInt8]) { bytes += [id] + leb(contents.count) + contents }
        section(1, [1, 0x60, 1, 0x7F, 0])
        section(3, [1, 0])
        section(5, [1, 0, 1])
        section(10, [1] + leb(body.count) + body)
        var configuration = Configuration()
        configuration.compilation = .eager(jobs: 1)
        configuration.tiering = .baseline
        let start = threadTime()
        _ = try Module(try Engine(configuration), bytes: bytes)
        #expect(threadTime() - start < .seconds(20))
    }

    private func leb(_ value: Int) -> [UInt8] {
        value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + leb(value >> 7)
    }

    private let getLocal: [UInt8] = [0x20, 0]
    private let testLocal: [UInt8] = [0x20, 0, 0x45]
    private let drop: [UInt8] = [0x1A]
    private let emptyBlock: [UInt8] = [0x02, 0x40, 0x0B]

    @Test func highStacksOfRegisters() throws {
        try compile([(testLocal, Self.count), (drop, Self.count)])
        try compile([(getLocal, Self.count), (testLocal, Self.count), (drop, 2 * Self.count)])
        let float: [UInt8] = [0x20, 0, 0xB2]
        try compile([(float, 1), (testLocal, Self.count), (drop, Self.count + 1)])
    }

    @Test func blocksAndCallsUnderHighStacks() throws {
        try compile([(getLocal, Self.count), (emptyBlock, Self.count), (drop, Self.count)])
        let growMemory: [UInt8] = [0x20, 0, 0x40, 0, 0x1A]
        try compile([(getLocal, Self.count), (growMemory, Self.count), (drop, Self.count)])
    }

    @Test func manyLocalsWaitUnderAHighStack() throws {
        let locals = min(40_000, Self.count)
        let reads: [UInt8] = (0..<locals).flatMap { [0x20] + leb($0) }
        let writes: [UInt8] = (0..<locals).flatMap { [0x41, 0, 0x21] + leb($0) }
        try compile(
            [(reads, 1), ([0x41, 0], Self.count), (writes, 1), (drop, Self.count + locals)], localCount: locals)
    }

    @Test func loopsInNestedBlocks() throws {
        let emptyLoop: [UInt8] = [0x03, 0x40, 0x0B]
        try compile([
            ([0x03, 0x40], 1), ([0x02, 0x40], Self.count), (emptyLoop, Self.count), ([0x0B], Self.count + 1),
        ])
    }

    @Test func branchTablesWithValuesForManyLabels() throws {
        let depths: [UInt8] = (0...Self.count).flatMap { leb($0 % Self.count) }
        try compile([
            ([0x02, 0x7F], Self.count), ([0x41, 1, 0x20, 0, 0x0E] + leb(Self.count) + depths, 1), ([0x0B], Self.count),
            (drop, 1),
        ])
    }
}

private struct WrongResult: Error {}
