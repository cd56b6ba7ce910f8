// The rules by which functions move, without any code.

import TerraceCode
import Testing

@testable import TerraceTiering

@Suite struct HotnessTests {
    private let policy = TieringPolicy(threshold: 300)
    private let frame: UInt = 0x7000

    private func expire(
        _ hotness: inout Hotness, loop: Int32, frame: UInt? = nil, calls: Int32 = 5, isOptimized: Bool = false,
        _ policy: TieringPolicy? = nil
    ) -> Hotness.Decision {
        hotness.loopExpired(
            loop, frame: frame ?? self.frame, calls: calls, hasOptimizedCalls: isOptimized, policy ?? self.policy,
            bodyBytes: 200)
    }

    @Test func aBudgetIsWithinLimitsAndComesInInstallments() {
        #expect(policy.budget(bodyBytes: 2000) == 600_000 && policy.installment(bodyBytes: 2000) == 300_000)
        #expect(policy.budget(bodyBytes: 3) == 150_000 && policy.budget(bodyBytes: 1 << 20) == 300 << 20)
        #expect(policy.installmentCount(bodyBytes: 3) == 2 && policy.installmentCount(bodyBytes: 1 << 20) == 209)
        let patient = TieringPolicy(threshold: 100_000)
        #expect(patient.installment(bodyBytes: 1 << 20) == TieringPolicy.longestPoll)
        #expect(patient.installmentCount(bodyBytes: 10_000) == 666)
        #expect(TieringPolicy(threshold: .max).threshold == 100_000 && TieringPolicy(threshold: -3).threshold == 0)
        let none = TieringPolicy(threshold: 0)
        #expect(none.installment(bodyBytes: 100) == 0 && none.installmentCount(bodyBytes: 100) == 1)
    }

    @Test func callsThatUseUpTheBudgetMoveCalls() {
        var hotness = Hotness()
        #expect(hotness.callsExpired(policy, bodyBytes: 200) == .goOn(awaitsOuterLoop: false))
        #expect(hotness.callsExpired(policy, bodyBytes: 200) == .compileForCalls)
        var atOnce = Hotness()
        #expect(atOnce.callsExpired(TieringPolicy(threshold: 0), bodyBytes: 200) == .compileForCalls)
        var never = Hotness()
        #expect(never.callsExpired(TieringPolicy(threshold: 0, sites: .loops), bodyBytes: 200) == .rest)
    }

    @Test func whereALoopHasMovedCallsHaveToUseUpMoreToMoveAsWell() {
        var hotness = Hotness()
        hotness.claim(loop: 0)
        hotness.publish(loop: 0, at: CodeAddress(rawValue: 64))
        for _ in 0..<7 {
            #expect(hotness.callsExpired(policy, bodyBytes: 200) == .goOn(awaitsOuterLoop: false))
        }
        #expect(hotness.callsExpired(policy, bodyBytes: 200) == .compileForCalls)
    }

    @Test func onOneProcessorMoreHasToRunBeforeItMoves() {
        #expect(
            TieringPolicy.standardThreshold(forProcessors: 1) > 10 * TieringPolicy.standardThreshold(forProcessors: 2))
    }

    @Test func calleesOfWhatMovedFollowSooner() {
        var hotness = Hotness()
        hotness.calleeOfOptimized()
        #expect(hotness.callsExpired(policy, bodyBytes: 200) == .compileForCalls)
    }

    @Test func oneActivationThatUsesUpTheBudgetEntersAtItsLoop() {
        var hotness = Hotness()
        hotness.loopParents = [-1]
        #expect(expire(&hotness, loop: 0) == .goOn(awaitsOuterLoop: false))
        #expect(expire(&hotness, loop: 0) == .compileForLoop)
        hotness.claim(loop: 0)
        #expect(expire(&hotness, loop: 0) == .rest)
        #expect(hotness.beginCompiling(loop: 0) && !hotness.beginCompiling(loop: 0))
        let address = CodeAddress(rawValue: 64)
        hotness.publish(loop: 0, at: address)
        #expect(expire(&hotness, loop: 0) == .enter(address))
        #expect(expire(&hotness, loop: 0, frame: 1) == .enter(address))
    }

    @Test func severalActivationsThatUseUpTheBudgetMoveCalls() {
        for (frame, calls) in [(UInt(0x7000), Int32(4)), (0x6000, 5)] {
            var hotness = Hotness()
            hotness.loopParents = [-1]
            #expect(expire(&hotness, loop: 0) == .goOn(awaitsOuterLoop: false))
            #expect(expire(&hotness, loop: 0, frame: frame, calls: calls) == .compileForCalls)
        }
    }

    @Test func anActivationThatIsStillInOldCodeEntersAtItsLoopThoughCallsHaveMoved() {
        var hotness = Hotness()
        hotness.loopParents = [-1]
        _ = expire(&hotness, loop: 0, calls: 9)
        #expect(expire(&hotness, loop: 0, isOptimized: true) == .goOn(awaitsOuterLoop: false))
        #expect(expire(&hotness, loop: 0, isOptimized: true) == .compileForLoop)
    }

    @Test func theOutermostLoopIsAwaitedFirstThenTheNextInwards() {
        var hotness = Hotness()
        hotness.loopParents = [-1, 0, 1, 1]
        _ = expire(&hotness, loop: 2)
        #expect(expire(&hotness, loop: 2) == .goOn(awaitsOuterLoop: true))  // loop 0
        var passing = hotness
        #expect(expire(&passing, loop: 0) == .compileForLoop)
        #expect(expire(&hotness, loop: 3) == .goOn(awaitsOuterLoop: true))  // loop 1
        #expect(expire(&hotness, loop: 3) == .compileForLoop)
    }

    @Test func aLoopThatFailedIsPassedOver() {
        var hotness = Hotness()
        hotness.loopParents = [-1, 0]
        hotness.claim(loop: 0)
        hotness.fail(loop: 0)
        _ = expire(&hotness, loop: 1)
        #expect(expire(&hotness, loop: 0) == .tryOthers(containsLoops: true))
        #expect(expire(&hotness, loop: 1) == .compileForLoop)
        hotness.claim(loop: 1)
        hotness.abandon(loop: 1)
        #expect(expire(&hotness, loop: 1) == .compileForLoop)
        hotness.claim(loop: 1)
        hotness.fail(loop: 1)
        #expect(expire(&hotness, loop: 1) == .tryOthers(containsLoops: false))
        var others = 0
        while expire(&hotness, loop: 0) == .tryOthers(containsLoops: true) { others += 1 }
        #expect(others > 10 && others < 1000 && expire(&hotness, loop: 1) == .rest)
    }

    @Test func noMoreLoopsOfAFunctionAreCompiledThanALimit() {
        var hotness = Hotness()
        hotness.loopParents = [Int32](repeating: -1, count: 9)
        _ = expire(&hotness, loop: 0)
        #expect(hotness.claim(loop: 0) && !hotness.claim(loop: 0))
        hotness.abandon(loop: 0)
        for loop in 0..<9 as Range<Int32> {
            let isAllowed = loop < Int32(Hotness.maximumLoopEntries)
            #expect(expire(&hotness, loop: loop) == (isAllowed ? .compileForLoop : .rest))
            if isAllowed { hotness.claim(loop: loop) }
        }
    }

    @Test func whatIsOfferedAtAnotherLoopIsWaitedForAWhile() {
        var hotness = Hotness()
        hotness.loopParents = [-1, -1]
        hotness.claim(loop: 0)
        hotness.publish(loop: 0, at: CodeAddress(rawValue: 64))
        var soon = 0
        while expire(&hotness, loop: 1) == .lookSoon { soon += 1 }
        #expect(soon > 0 && soon < 1000)
        #expect(expire(&hotness, loop: 0) == .enter(CodeAddress(rawValue: 64)))
    }

    @Test func innermostLoopsAloneAreEnteredIfThatIsAskedFor() {
        let policy = TieringPolicy(threshold: 0, sites: .innermostLoops)
        var hotness = Hotness()
        hotness.loopParents = [-1, 0]
        #expect(expire(&hotness, loop: 0, policy) == .tryOthers(containsLoops: true))
        #expect(expire(&hotness, loop: 1, policy) == .compileForLoop)
        #expect(expire(&hotness, loop: -1, policy) == .rest)
    }
}
