// What the disassembler does beside naming instructions, which the comparisons with clang check for all of them: targets, code
// that is none, and ends in the midst of an instruction.

import Testing

@testable import TerraceAssembler

@Suite struct DisassemblerTests {
    private func texts(_ code: [UInt8]) -> [String?] {
        var disassembler = Disassembler(code)
        return disassembler.instructions(in: 0..<code.count).map(\.text)
    }

    @Test func jumpsAndCallsNameTheirTargets() {
        var a = Assembler()
        let start = a.newLabel()
        let end = a.newLabel()
        a.bind(start)
        a.jcc(.e, end)  // 6 bytes
        a.jmpShort(end)  // 2
        a.call(start)  // 5
        a.jmp(start)  // 2, backwards
        a.jmp(end)  // 5
        a.bind(end)
        a.ret()
        a.finish()
        var disassembler = Disassembler(Array(a.bytes))
        let found = disassembler.instructions(in: 0..<a.bytes.count)
        #expect(found.map(\.text) == ["je +0x14", "jmp +0x14", "call +0x0", "jmp +0x0", "jmp +0x14", "ret"])
        #expect(found.map(\.target) == [20, 20, 0, 0, 20, nil])
        #expect(found.map(\.range.lowerBound) == [0, 6, 8, 13, 15, 20])
    }

    @Test func operandsRelativeToTheProgramCounterNameTheirPlace() {
        var a = Assembler()
        a.movsd(.xmm1, a.constant64(0x4000_0000_0000_0000))  // 8 bytes
        a.sse(.roundsd, .xmm1, a.constant64(0x4000_0000_0000_0000), immediate: 3)  // 10, one behind the field
        a.ret()
        a.finish()
        let bytes = Array(a.bytes)
        var disassembler = Disassembler(bytes)
        let found = disassembler.instructions(in: 0..<19)
        #expect(found.map(\.target) == [bytes.count - 8, bytes.count - 8, nil])
        #expect(found[0].text == "movsd xmm1, [rip + \(bytes.count - 16)]")
    }

    @Test func bytesThatAreNoInstructionStandAlone() {
        // 0F FF is none; what stands behind its first byte is looked at again.
        #expect(texts([0x0F, 0xFF, 0xC3]) == [nil, "inc ebx"])
        #expect(texts([0x06, 0x90]) == [nil, "nop"])
    }

    @Test func codeMayEndAnywhere() {
        var a = Assembler()
        a.alu(.add, .qword, MemoryOperand(.r12, .r13, 8, 0x12345), immediate: 0x777777)
        a.avx(.addps, .xmm1, .xmm2, MemoryOperand(.r12, 0x1234))
        a.movImmediate(.r9, 0x1234_5678_9ABC_DEF0)
        a.finish()
        let code = Array(a.bytes)
        #expect(texts(code).allSatisfy { $0 != nil })
        for start in code.indices {
            for end in start...code.count {
                var disassembler = Disassembler(Array(code[start..<end]))
                let found = disassembler.instructions(in: 0..<end - start)
                // Without gaps, all of it.
                #expect(found.reduce(0) { $1.range.lowerBound == $0 ? $1.range.upperBound : -1 } == end - start)
            }
        }
    }

    @Test func randomBytesAreNoTrouble() {
        var state: UInt64 = 1
        for _ in 0..<2000 {
            let code = (0..<64).map { _ -> UInt8 in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(truncatingIfNeeded: state >> 56)
            }
            var disassembler = Disassembler(code)
            let found = disassembler.instructions(in: 0..<64)
            #expect(found.last?.range.upperBound == 64)
        }
    }
}
