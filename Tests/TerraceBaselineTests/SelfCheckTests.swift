import TerraceABI
import TerraceAssembler
import TerraceCompilation
import Testing

@testable import TerraceBaseline

/// The compiler's self-checks find each kind of damage to its picture of the function.
@Suite struct SelfCheckTests {
    /// A compiler with a block, operands of every kind, and pinned locals.
    private func compilerInTheMidst() throws -> CompilerUnderTest {
        let test = try CompilerUnderTest(
            "(module (func (param i32 i32 f64) (drop (local.get 0)) (drop (local.get 1)) (drop (local.get 2))))")
        test.compiler.pushConstant(.i32, 3)
        test.compiler.getLocal(2)
        test.compiler.synchronize(to: 2)
        test.compiler.control.append(test.compiler.control[0])
        test.compiler.control.element(1).pointee.kind = .block
        test.compiler.control.element(1).pointee.height = 2
        test.compiler.control.element(1).pointee.heightBytes = 16
        test.compiler.slotCount = 2
        test.compiler.getLocal(0)
        test.compiler.pushRegister(test.compiler.allocateGeneral(), .i32)
        test.compiler.pushRegister(test.compiler.allocateVector(), .v128)
        try test.compiler.checkInvariants()
        return test
    }

    /// Ways to break the compiler.
    enum Damage: CaseIterable {
        case leakedRegister, freedRegister, sharedRegister, pinnedRegisterOnStack, wrongSlot, wrongSlotBytes
        case slotsClaimedBelowBlock
        case lostRead, additionalRead, otherType, registerBelowBlock, registerBelowMark, marksOutOfOrder, constantVector
        case lostLocal, unpinnedLocal, movedLocal, labelLosesLocal, heightAboveStack, otherHeightBytes, forgottenEdge
        case flagsFromTheFuture

        func apply(to compiler: inout BaselineCompiler) {
            switch self {
            case .leakedRegister: _ = compiler.allocateGeneral()
            case .freedRegister: compiler.free(VectorRegister(rawValue: compiler.stack[4].register))
            case .sharedRegister: compiler.pushRegister(GeneralRegister(rawValue: compiler.stack[3].register), .i64)
            case .pinnedRegisterOnStack: compiler.stack.element(3).pointee.register = compiler.homes[0].register
            case .wrongSlot: compiler.stack.element(0).pointee.slot -= 8
            case .wrongSlotBytes: compiler.stackBytes += 8
            case .lostRead: compiler.pendingReads[0] -= 1
            case .additionalRead: compiler.pendingReads[1] += 1
            case .otherType: compiler.stack.element(2).pointee.type = .i64
            case .registerBelowBlock:
                compiler.stack.element(1).pointee.kind = .register
                compiler.stack.element(1).pointee.register = compiler.allocateVector().rawValue
                compiler.lowerMarks(to: 0)
            case .slotsClaimedBelowBlock: compiler.slotCount = 1
            case .registerBelowMark: compiler.registerFreeCount = 4
            case .marksOutOfOrder: compiler.settledCount = compiler.registerFreeCount + 1
            case .constantVector: compiler.push(.constant, .v128)
            case .lostLocal: compiler.locals.inRegister &= ~compiler.homes[0].bit
            case .unpinnedLocal: compiler.homes.element(0).pointee.isPinned = false
            case .movedLocal: compiler.homes.element(0).pointee.register = compiler.homes[1].register
            case .labelLosesLocal: compiler.control.element(1).pointee.isTargeted = true
            case .heightAboveStack: compiler.control.element(1).pointee.height = 6
            case .otherHeightBytes: compiler.control.element(1).pointee.heightBytes = 8
            case .forgottenEdge: compiler.control.element(1).pointee.edge = 0
            case .flagsFromTheFuture: compiler.flagsOffset = compiler.assembler.offset + 1
            }
        }
    }

    @Test(arguments: Damage.allCases) func damageIsFound(_ damage: Damage) throws {
        let test = try compilerInTheMidst()
        damage.apply(to: &test.compiler)
        do throws(CompileError) {
            try test.compiler.checkInvariants()
            Issue.record("\(damage) was not found")
        } catch {
            guard case .contradiction(let what, _) = error else { throw error }
            #expect(!what.isEmpty)
        }
    }

    @Test func highStacksAreCheckedNowAndThen() throws {
        let test = try compilerInTheMidst()
        for _ in 0..<6_400 { test.compiler.getLocal(1) }
        _ = test.compiler.allocateGeneral()
        var operators = 0
        var isFound = false
        while !isFound, operators < 200 {
            operators += 1
            do throws(CompileError) { try test.compiler.checkInvariants() } catch { isFound = true }
        }
        #expect(isFound && operators > 50)
    }

    @Test func onlyDebugBuildsCheckByDefault() throws {
        let test = try CompilerUnderTest("(module (func))")
        let checksItself = test.compiler.checksItself
        let uncheckedCode = test.compiler.uncheckedCode
        #if DEBUG
            #expect(checksItself && uncheckedCode < 0)
        #else
            #expect(!checksItself && uncheckedCode == BaselineCompiler.largestCode)
        #endif
    }
}
