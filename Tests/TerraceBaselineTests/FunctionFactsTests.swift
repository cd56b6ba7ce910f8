// What is numbered and described in a function for all compilers: loops and their headers, assigned locals, calls whose
// callee is known at run time only. Code that cannot be reached counts.

import FuzzSupport
import TerraceABI
import TerraceAssembler
import TerraceCode
import TerraceCompilation
import Testing
import WasmFormat
import WasmText

@testable import TerraceBaseline

@Suite struct FunctionFactsTests {
    private func decode(_ text: String) throws -> WasmModule {
        let module = try WasmModule.decode(ModuleBytes(WatParser.parse(text)))
        try module.validate(jobs: 1)
        return module
    }

    private func prescan(_ module: WasmModule, _ body: FunctionBody) -> FunctionPrescan {
        var prescan = FunctionPrescan()
        prescan.scan(TrustedReader(module.bytes, at: body.codeOffset), to: body.bytes.upperBound)
        return prescan
    }

    /// Offsets of the operators of some kinds, by a walk over the bytes.
    private func offsets(_ module: WasmModule, _ body: FunctionBody, of kinds: Set<Opcode>) -> [Int] {
        var reader = TrustedReader(module.bytes, at: body.codeOffset)
        var result: [Int] = []
        while reader.offset < body.bytes.upperBound {
            let offset = reader.offset
            let opcode = reader.readOpcode()
            if kinds.contains(opcode) { result.append(offset) }
            reader.skipImmediates(of: opcode)
        }
        return result
    }

    @Test func indirectCallsAreNumberedInTheOrderOfTheirBytesDeadCodeIncluded() throws {
        let module = try decode(
            """
            (module (type $t (func)) (table 1 funcref) (elem declare func $g) (func $g)
              (func (param (ref null $t))
                (call_indirect (type $t) (i32.const 0))
                (block (br 0) (call_ref $t (local.get 0)) (loop (call_indirect (type $t) (i32.const 1))))
                (call $g)
                (if (i32.const 1) (then (return) (return_call_ref $t (local.get 0))) (else (call_ref $t (local.get 0))))
                (return)
                (return_call_indirect (type $t) (i32.const 2))))
            """)
        let body = module.bodies[1]
        let prescan = prescan(module, body)
        let sites = offsets(module, body, of: [.callIndirect, .callRef, .returnCallIndirect, .returnCallRef])
        #expect(sites.count == 6)
        #expect((0..<prescan.indirectCalls.count).map { prescan.indirectCalls[$0] } == sites)
        for (number, offset) in sites.enumerated() { #expect(prescan.indirectCallNumber(at: offset) == number) }
        for offset in body.code where !sites.contains(offset) { #expect(prescan.indirectCallNumber(at: offset) == nil) }

        // The compiler meets the sites that can be reached, under the same numbers.
        var compiler = BaselineCompiler(environment: ModuleEnvironment(module: module, features: .required))
        try compiler.compile(functionIndex: 1)
        let met = compiler.callSites.filter { $0.kind == .indirect || $0.kind == .reference }.compactMap {
            compiler.prescan.indirectCallNumber(at: Int($0.bytecodeOffset))
        }
        #expect(met == [0, 4])
    }

    @Test func headersHaveTheTypesOfWhatIsBelow() throws {
        let module = try decode(
            """
            (module (type $l (func (param f64 i32) (result i32)))
              (func (param i64) (result i32)
                (local.get 0) (v128.const i64x2 0 0) (ref.null func)
                (f64.const 1) (i32.const 2)
                (loop (type $l)
                  (local.set 0 (i64.const 1)) (drop) (drop) (i32.const 5)
                  (block (br 0) (f32.const 0) (loop (drop (f32.const 1))) (drop))
                  (loop (param i32) (result i32) (br_if 0 (i32.const 0) (i32.const 0)) (drop)))
                (drop) (drop) (drop) (drop) (i32.const 1)))
            """)
        let outline = FunctionOutline(of: module, function: 0)
        #expect(outline.loops.count == 3)
        let first = try #require(try module.loopHeader(0, inFunction: 0))
        #expect(first.operands == [.i64, .v128, .funcref])
        #expect(first.parameters == [.f64, .i32])
        let dead = try #require(try module.loopHeader(1, inFunction: 0))
        #expect(dead.operands == [.i64, .v128, .funcref, .i32, .f32])
        #expect(dead.parameters.isEmpty)
        let last = try #require(try module.loopHeader(2, inFunction: 0))
        #expect(last.operands == [.i64, .v128, .funcref])
        #expect(last.parameters == [.i32])
        #expect(try module.loopHeader(3, inFunction: 0) == nil)
        for number in 0..<3 {
            let header = try module.loopHeader(number, inFunction: 0)
            #expect(header?.offset == outline.constructs[outline.loops[number]].offset)
        }
    }

    @Test func outlinesSayWhichLocalsAConstructAssigns() throws {
        let module = try decode(
            """
            (module (tag $e) (func (param i32) (local i32 i32 i32 i32)
              (local.set 4 (i32.const 0))
              (block
                (loop
                  (local.set 2 (local.get 0)) (drop (local.tee 1 (i32.const 1)))
                  (if (local.get 0) (then (local.set 2 (i32.const 2))) (else (local.set 0 (i32.const 3))))
                  (br 1)
                  (loop (local.set 3 (i32.const 0)))))
              (try_table (catch $e 0) (local.set 1 (i32.const 0)))))
            """)
        let outline = FunctionOutline(of: module, function: 0)
        let opcodes: [Opcode] = [.block, .loop, .if, .loop, .tryTable]
        #expect(outline.constructs.map(\.opcode) == opcodes)
        #expect(outline.constructs.map(\.parent) == [-1, 0, 1, 1, -1])
        #expect(outline.loops == [1, 3])
        #expect(outline.assignments == [4, 2, 1, 2, 0, 3, 1])
        let assigned = outline.constructs.map { outline.assignedLocals(in: $0) }
        #expect(assigned == [[0, 1, 2, 3], [0, 1, 2, 3], [0, 2], [3], [1]])
        let body = module.bodies[0]
        #expect(outline.constructs.map(\.offset) == offsets(module, body, of: Set(opcodes)))
        #expect(outline.constructs.map(\.end).sorted() == offsets(module, body, of: [.end]).dropLast())
    }

    /// The prescan's quick masks, the outline and a plain walk agree on random functions.
    @Test func prescansOutlinesAndHeadersAgree() throws {
        #if DEBUG
            let count: UInt64 = 10
        #else
            let count: UInt64 = 300
        #endif
        var loops = 0
        for seed in 0..<count {
            let module = try WasmModule.decode(ModuleBytes(RandomModule.make(seed: seed, options: .init()).bytes))
            try module.validate(jobs: 1)
            for (index, body) in module.bodies.enumerated() {
                let function = index + module.importedFunctionCount
                let prescan = prescan(module, body)
                let outline = FunctionOutline(of: module, function: function)
                let isComplete = prescan.isComplete
                #expect(isComplete)
                #expect(prescan.loops.count == outline.loops.count)
                for number in 0..<prescan.loops.count {
                    loops += 1
                    let loop = outline.constructs[outline.loops[number]]
                    #expect(prescan.loops[number].offset == loop.offset)
                    let assigned = outline.assignedLocals(in: loop).filter { $0 < FunctionPrescan.trackedLocals }
                    #expect(prescan.loops[number].written == assigned.reduce(UInt64(0)) { $0 | 1 << UInt64($1) })
                    #expect(try module.loopHeader(number, inFunction: function)?.offset == loop.offset)
                }
                let sites = offsets(module, body, of: [.callIndirect, .callRef, .returnCallIndirect, .returnCallRef])
                #expect((0..<prescan.indirectCalls.count).map { prescan.indirectCalls[$0] } == sites)
                #expect(lastReads(module, body, outline) == (0..<64).map { prescan.lastRead[$0] })
            }
        }
        #expect(loops > Int(count))
    }

    /// Where each local is read last, taking all of an outermost loop for its end.
    private func lastReads(_ module: WasmModule, _ body: FunctionBody, _ outline: FunctionOutline) -> [Int] {
        let outermost = outline.loops.map { outline.constructs[$0] }.filter { loop in
            !outline.loops.contains {
                outline.constructs[$0].offset < loop.offset && outline.constructs[$0].end > loop.end
            }
        }
        var result = [Int](repeating: 0, count: FunctionPrescan.trackedLocals)
        var reader = TrustedReader(module.bytes, at: body.codeOffset)
        while reader.offset < body.bytes.upperBound {
            let offset = reader.offset
            let opcode = reader.readOpcode()
            guard [.localGet, .localSet, .localTee].contains(opcode) else {
                reader.skipImmediates(of: opcode)
                continue
            }
            let local = Int(reader.readU32())
            guard local < result.count else { continue }
            if opcode == .localGet { result[local] = max(result[local], offset) }
            for loop in outermost where loop.offset < offset && offset < loop.end {
                result[local] = max(result[local], loop.end)
            }
        }
        return result
    }
}
