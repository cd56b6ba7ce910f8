import TerraceABI
import TerraceAssembler
import Testing

@testable import TerraceBaseline
@testable import TerraceCompilation

@Suite struct LocalHomesTests {
    @Test func theHeaviestLocalsHaveRegisters() throws {
        // Eight integers, local i read i + 1 times; six have room.
        let reads = (0..<8).map { String(repeating: "(drop (local.get \($0)))", count: $0 + 1) }.joined()
        let test = try CompilerUnderTest("(module (func (local \(String(repeating: "i32 ", count: 8))) \(reads)))")
        #expect((0..<8).map { test.compiler.homes[$0].isPinned } == [false, false] + [Bool](repeating: true, count: 6))
        #expect(test.compiler.homes[7].register == PinnedRegisters.general[0].rawValue)
        #expect(test.compiler.pinnedMask.nonzeroBitCount == 6)
    }

    @Test func bothRegisterFilesAreUsed() throws {
        let test = try CompilerUnderTest(
            "(module (func (local f64 v128 i64) (drop (local.get 0)) (drop (local.get 1)) (drop (local.get 2))))")
        let homes = (0..<3).map { test.compiler.homes[$0] }
        #expect(homes.filter(\.isPinned).count == 3)
        #expect(homes[0].bit >= 0x1_0000 && homes[1].bit >= 0x1_0000 && homes[2].bit < 0x1_0000)
        #expect(Set(homes.map(\.bit)).count == 3)
    }

    @Test func frameSlotsDoNotOverlap() throws {
        let test = try CompilerUnderTest(
            "(module (func (param i32 v128) (local i64 v128 f32) (drop (local.get 3)) (drop (local.get 0))))")
        var slots = (0..<5).map { (index: Int) -> Range<Int32> in
            let home = test.compiler.homes[index]
            return home.offset..<home.offset + (home.type == .v128 ? 16 : 8)
        }
        slots.sort { $0.lowerBound < $1.lowerBound }
        for (lower, upper) in zip(slots, slots.dropFirst()) { #expect(lower.upperBound <= upper.lowerBound) }
        #expect(slots.last!.upperBound <= -8 && slots.first!.lowerBound >= -test.compiler.localBytes)
    }

    /// Two pinned parameters, which live in registers alone at the start.
    private func compilerWithTwoLocals() throws -> CompilerUnderTest {
        try CompilerUnderTest(
            "(module (func (param i32 i32) (drop (local.get 0)) (drop (local.get 1)) (drop (local.get 1))))")
    }

    @Test func aCallStoresWhatIsReadLaterAndForgetsRegisters() throws {
        let test = try compilerWithTwoLocals()
        let (first, second) = (test.compiler.homes[0], test.compiler.homes[1])
        #expect(test.compiler.locals.inRegister == first.bit | second.bit && test.compiler.locals.inMemory == 0)
        // Behind the last read of the first local, before that of the second.
        test.compiler.operatorOffset = test.compiler.prescan.lastRead[0]
        let start = test.compiler.assembler.offset
        test.compiler.spillLocals()
        test.compiler.forgetRegisters()
        var expected = Assembler()
        expected.mov(.dword, MemoryOperand(.rbp, second.offset), second.general)
        #expect(Array(test.compiler.assembler.bytes[Int(start)...]) == Array(expected.bytes))
        #expect(test.compiler.locals.inRegister == 0 && test.compiler.locals.inMemory == test.compiler.pinnedMask)
        try test.compiler.checkInvariants()
    }

    @Test func aReadLoadsARegisterThatIsNotValid() throws {
        let test = try compilerWithTwoLocals()
        test.compiler.spillLocals()
        test.compiler.forgetRegisters()
        test.compiler.getLocal(1)
        let operand = test.compiler.popGeneral()
        #expect(operand.register == test.compiler.homes[1].register && !operand.isOwned)
        #expect(test.compiler.locals.inRegister == test.compiler.homes[1].bit)
        try test.compiler.checkInvariants()
    }

    @Test func operandsKeepTheValueThatALocalHadWhenTheyReadIt() throws {
        let test = try compilerWithTwoLocals()
        test.compiler.getLocal(0)
        test.compiler.getLocal(0)
        test.compiler.pushConstant(.i32, 1)
        test.compiler.setLocal(0, keepsValue: false)
        #expect(test.compiler.kinds == [.register, .register])
        #expect(test.compiler.pendingReads[0] == 0)
        #expect(test.compiler.locals.inMemory & test.compiler.homes[0].bit == 0)
        try test.compiler.checkInvariants()
    }

    @Test func aLabelsStateIsWeakenedAsLongAsEveryLocalKeepsAPlace() throws {
        let test = try compilerWithTwoLocals()
        let (first, second) = (test.compiler.homes[0].bit, test.compiler.homes[1].bit)
        let both = first | second
        // The first local loses its register requirement; the second has no other place left, and keeps it.
        let weakened = test.compiler.weaken(
            LocalState(inRegister: both, inMemory: first), by: LocalState(inRegister: 0, inMemory: both))
        #expect(weakened.inRegister == second && weakened.inMemory == first)
    }

    @Test func movesBetweenStatesAreTheLoadsAndStoresThatAreMissing() throws {
        let test = try compilerWithTwoLocals()
        let (first, second) = (test.compiler.homes[0], test.compiler.homes[1])
        test.compiler.locals = LocalState(inRegister: first.bit, inMemory: second.bit)
        let target = LocalState(inRegister: second.bit, inMemory: first.bit)
        let needsMoves = (test.compiler.needsMoves(to: target), test.compiler.needsMoves(to: test.compiler.locals))
        #expect(needsMoves == (true, false))
        let start = test.compiler.assembler.offset
        test.compiler.emitMoves(to: target)
        var expected = Assembler()
        expected.mov(.dword, MemoryOperand(.rbp, first.offset), first.general)
        expected.mov(.dword, second.general, MemoryOperand(.rbp, second.offset))
        #expect(Array(test.compiler.assembler.bytes[Int(start)...]) == Array(expected.bytes))
    }

    @Test func aLoopsHeaderWantsWhatItsBodyWritesInRegisters() throws {
        let test = try compilerWithTwoLocals()
        let (first, second) = (test.compiler.homes[0].bit, test.compiler.homes[1].bit)
        test.compiler.locals = LocalState(inRegister: 0, inMemory: first | second)
        test.compiler.enterLoop(LoopSummary(offset: 0, used: 0b11, written: 0b01, hasCall: true))
        #expect(test.compiler.locals.inRegister == first && test.compiler.locals.inMemory == second)
        try test.compiler.checkInvariants()
    }
}
