import TerraceABI
import TerraceAssembler
import TerraceCode
import Testing
import WasmText

@testable import Terrace
@testable import TerraceRuntime

/// An i32 in a register is zero-extended. What happens where that rule is broken is tried with functions whose code is
/// not the compiler's.
@Suite struct UpperHalfTests {
    private let engine: Engine
    private let dirty: UInt64 = 0x1_0000_0002

    init() throws { engine = try Engine() }

    private func instance(_ text: String, in engine: Engine) throws -> (Terrace.Instance, Module) {
        let module = try Module(engine, bytes: try WatParser.parse(text))
        return (try Instance(try Store(engine), module), module)
    }

    private var checkingEngine: Engine {
        var configuration = Configuration()
        configuration.verifiesGeneratedCode = true
        configuration.tiering = .baseline
        return try! Engine(configuration)
    }

    /// Gives a function code of the test's making.
    private func plant(_ function: Int, of module: Module, _ emit: (inout Assembler) -> Void) throws {
        var assembler = Assembler()
        emit(&assembler)
        assembler.finish()
        let range = CodeRange(
            kind: .function, begin: 0, end: BlockOffset(assembler.bytes.count), functionIndex: UInt32(function))
        let code = module.storage.code
        try #require(code.claim(function) && code.beginCompiling(function))
        try code.commit(
            CompiledCode(bytes: assembler.bytes, codeRanges: [range], relocations: assembler.relocations),
            kind: .baseline)
    }

    /// Makes a function return an i32 with a dirty upper half.
    private func plantDirtyResult(_ function: Int, of module: Module) throws {
        try plant(function, of: module) {
            $0.movImmediate(.rax, dirty)
            $0.ret()
        }
    }

    @Test func aDirtyIndexStaysWithinItsJumpTable() throws {
        let (instance, module) = try instance(
            """
            (module
              (func $dirty (result i32) i32.const 0)
              (func (export "f") (result i32)
                (block (block (block (block (block (block
                  (br_table 0 1 2 3 4 5 (call $dirty)))
                  (return (i32.const 10))) (return (i32.const 11))) (return (i32.const 12)))
                  (return (i32.const 13))) (return (i32.const 14)))
                (i32.const 15)))
            """, in: engine)
        try plantDirtyResult(0, of: module)
        let result = try #require(instance.function("f")).call([])
        guard case .i32(12)? = result.first else {
            Issue.record("\(result)")
            return
        }
    }

    @Test(arguments: [("", 1 << 48 + 5 << 16, 5), ("(pagesize 1)", 1 << 32 + 3, 3)])
    func aMemorysSizeHas32Bits(pageSize: String, bytes: Int, pages: Int64) throws {
        let (instance, _) = try instance(
            """
            (module (memory (export "m") 0 \(pageSize))
              (func (export "f") (result i64) (i64.extend_i32_u (memory.size))))
            """, in: engine)
        let memory = try #require(instance.memory("m"))
        // No memory is as large as this record says.
        let record = memory.storage.record
        let length = record.pointee.byteLength
        record.pointee.byteLength = UInt(bytes)
        defer { record.pointee.byteLength = length }
        let result = try #require(instance.function("f")).call([])
        guard case .i64(pages)? = result.first else {
            Issue.record("\(result)")
            return
        }
    }

    @Test func aTablesSizeHas32Bits() throws {
        let (instance, _) = try instance(
            """
            (module (table (export "t") 4 funcref)
              (func (export "f") (result i64) (i64.extend_i32_u (table.size))))
            """, in: engine)
        let table = try #require(instance.table("t"))
        let record = table.storage.record
        let length = record.pointee.length
        record.pointee.length = 1 << 32 + 4
        defer { record.pointee.length = length }
        let result = try #require(instance.function("f")).call([])
        guard case .i64(4)? = result.first else {
            Issue.record("\(result)")
            return
        }
    }

    /// What code may do with an i32, here the result of the function 0.
    static let uses = [
        "(drop (i32.load (call 0)))",
        "(i32.store (call 0) (i32.const 0))",
        "(i32.store (i32.const 0) (call 0))",
        "(i32.store8 $other (call 0) (i32.const 0))",
        "(drop (v128.load (call 0)))",
        "(drop (table.get $t (call 0)))",
        "(call_indirect $t (call 0))",
        "(block (block (br_table 0 1 (call 0))))",
        "(block (block (br_table 0 1 0 1 0 1 (call 0))))",
        "(call 1 (call 0))",
        "(global.set $g (call 0))",
        "(memory.fill (call 0) (i32.const 0) (i32.const 0))",
        "(drop (memory.grow (call 0)))",
        "(local.set 0 (call 0))",
        "(drop (block (result i32) (br 0 (call 0))))",
    ]

    @Test(arguments: uses) func everyUseOfADirtyValueIsFound(_ use: String) throws {
        let (instance, module) = try instance(
            """
            (module
              (func $dirty (result i32) i32.const 0)
              (func (param i32))
              (memory 1) (memory $other 1) (table $t 4 funcref) (global $g (mut i32) (i32.const 0))
              (func (export "f") (local i32) \(use) (drop (local.get 0))))
            """, in: checkingEngine)
        try plantDirtyResult(0, of: module)
        let error = #expect(throws: Trap.self) { try #require(instance.function("f")).call([]) }
        #expect(error?.kind == .internalError)
        #expect(error?.frames.first?.functionIndex == 2)
    }

    @Test func aDirtyParameterIsFoundWhereItArrives() throws {
        let text = """
            (module
              (func (export "caller") (result i64) i64.const 0)
              (func (param i32) (result i64) (i64.extend_i32_u (local.get 0))))
            """
        for (engine, isFound) in [(engine, false), (checkingEngine, true)] {
            let (instance, module) = try instance(text, in: engine)
            try plant(0, of: module) {
                $0.movImmediate(.rdi, dirty)
                $0.jmp(.ripRelative(.entryCell, 1))
            }
            let function = try #require(instance.function("caller"))
            if isFound {
                let error = #expect(throws: Trap.self) { try function.call([]) }
                #expect(error?.kind == .internalError)
                #expect(error?.frames.first?.functionIndex == 1)
            } else {
                _ = try function.call([])
            }
        }
    }

    @Test func checkedCodeRunsCleanValues() throws {
        let (instance, _) = try instance(
            """
            (module (memory 1)
              (func $fib (export "fib") (param i32) (result i32)
                (if (result i32) (i32.lt_s (local.get 0) (i32.const 2))
                  (then (local.get 0))
                  (else
                    (i32.store (i32.const 8) (local.get 0))
                    (i32.add
                      (call $fib (i32.sub (local.get 0) (i32.const 1)))
                      (call $fib (i32.sub (i32.load (i32.const 8)) (i32.const 2)))))))
              (func (export "f") (result i32) (i32.sub (i32.const -1) (i32.const 5))))
            """, in: checkingEngine)
        let result = try #require(instance.function("f")).call([])
        guard case .i32(-6)? = result.first else {
            Issue.record("\(result)")
            return
        }
        _ = try #require(instance.function("fib")).call([.i32(12)])
    }
}
