import TerraceABI
import TerraceAssembler
import TerraceCompilation
import Testing

@testable import TerraceBaseline

@Suite struct ValueStackTests {
    private static let function = "(module (func (param i32 i64 f64) nop))"

    @Test func pushedEntriesHaveSlotsOfTheirOwn() throws {
        let test = try CompilerUnderTest(Self.function)
        let bottom = test.compiler.localBytes
        test.compiler.pushConstant(.i32, 1)
        test.compiler.pushRegister(test.compiler.allocateVector(), .v128)
        test.compiler.pushConstant(.i64, 2)
        #expect((0..<3).map { test.compiler.stack[$0].slot + bottom } == [-8, -24, -32])
        try test.compiler.checkInvariants()
        test.compiler.drop()
        test.compiler.drop()
        #expect(test.compiler.stackBytes == 8)
        #expect(test.compiler.maximumStackBytes == 32)
        #expect(test.compiler.freeVector == Temporaries.vector)
        try test.compiler.checkInvariants()
    }

    @Test func readingAndConstantsEmitNothing() throws {
        let test = try CompilerUnderTest(Self.function)
        let start = test.compiler.assembler.offset
        test.compiler.getLocal(0)
        test.compiler.getLocal(2)
        test.compiler.pushConstant(.i64, 1 << 40)
        #expect(test.compiler.assembler.offset == start)
        #expect(test.compiler.kinds == [.local, .local, .constant])
        #expect(test.compiler.pendingReads[0] == 1 && test.compiler.pendingReads[2] == 1)
        try test.compiler.checkInvariants()
    }

    @Test func whenTemporariesRunOutTheDeepestIsStored() throws {
        let test = try CompilerUnderTest(Self.function)
        let count = Temporaries.general.nonzeroBitCount
        for _ in 0..<count { test.compiler.pushRegister(test.compiler.allocateGeneral(), .i64) }
        #expect(test.compiler.freeGeneral == 0)
        let deepest = test.compiler.stack[0].register
        let register = test.compiler.allocateGeneral()
        #expect(register.rawValue == deepest)
        #expect(test.compiler.kinds == [.slot] + [EntryKind](repeating: .register, count: count - 1))
        #expect(test.compiler.registerFreeCount == 1)
        test.compiler.pushRegister(register, .i64)
        try test.compiler.checkInvariants()
    }

    @Test func aTakenRegistersOperandMovesAside() throws {
        let test = try CompilerUnderTest(Self.function)
        test.compiler.take(.rax)
        test.compiler.pushRegister(GeneralRegister.rax, .i32)
        test.compiler.take(.rax)
        #expect(test.compiler.stack[0].kind == .register)
        #expect(test.compiler.stack[0].register != GeneralRegister.rax.rawValue)
        // With no other register free it goes to its slot.
        while test.compiler.freeGeneral != 0 { test.compiler.pushRegister(test.compiler.allocateGeneral(), .i64) }
        let register = GeneralRegister(rawValue: test.compiler.stack[0].register)
        test.compiler.take(register)
        #expect(test.compiler.stack[0].kind == .slot)
        test.compiler.free(register)
        test.compiler.free(GeneralRegister.rax)
        try test.compiler.checkInvariants()
    }

    @Test func sourcesAreWhatInstructionsCanTake() throws {
        let test = try CompilerUnderTest(Self.function)
        test.compiler.pushConstant(.i64, -5)
        let small = test.compiler.popSource()
        #expect(small.kind == .immediate && small.value == -5)
        test.compiler.pushConstant(.i64, 1 << 33)
        let large = test.compiler.popSource()
        #expect(large.kind == .general && large.isOwned)
        test.compiler.free(large)
        test.compiler.pushConstant(.i32, 7)
        test.compiler.storeToSlot(0)
        let slot = test.compiler.stack[0].slot
        let stored = test.compiler.popSource()
        #expect(stored.kind == .memory && stored.offset == slot && !stored.isOwned)
        try test.compiler.checkInvariants()
    }

    @Test func settlingLeavesConstantsAndFreesRegisters() throws {
        let test = try CompilerUnderTest(Self.function)
        test.compiler.pushConstant(.i32, 1)
        test.compiler.getLocal(1)
        test.compiler.pushRegister(test.compiler.allocateVector(), .f32)
        test.compiler.synchronize(to: 3)
        #expect(test.compiler.kinds == [.constant, .slot, .slot])
        #expect(test.compiler.settledCount == 3 && test.compiler.pendingReads[1] == 0)
        #expect(test.compiler.freeVector == Temporaries.vector)
        try test.compiler.checkInvariants()
        test.compiler.drop()
        #expect(test.compiler.settledCount == 2 && test.compiler.registerFreeCount == 2)
        try test.compiler.checkInvariants()
    }

    @Test func anOperatorThatHoldsAllTemporariesIsAContradictionNotACrash() throws {
        let test = try CompilerUnderTest(Self.function)
        for _ in 0...Temporaries.general.nonzeroBitCount { _ = test.compiler.allocateGeneral() }
        #expect(test.compiler.contradiction != nil)
        do throws(CompileError) {
            try test.compiler.lookCloser(reachable: true)
            Issue.record("the contradiction was not reported")
        } catch {
            guard case .contradiction = error else { throw error }
        }
    }
}
