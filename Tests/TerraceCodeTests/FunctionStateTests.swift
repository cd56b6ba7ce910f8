import Synchronization
import Testing

@testable import TerraceCode

@Suite struct FunctionStateTests {
    @Test func functionsStartColdAndPassThroughTheProtocol() throws {
        let code = try makeCode(makeReservation(), imports: 2, functions: 5)
        #expect(code.state(of: 3).phase == .cold)
        #expect(code.functionEntry(3) == nil)
        #expect(code.claim(3))
        #expect(code.state(of: 3).phase == .claimed && code.state(of: 3).target == .baseline)
        #expect(!code.claim(3))
        #expect(code.beginCompiling(3))
        #expect(code.state(of: 3).phase == .compiling)
        #expect(!code.claim(3) && !code.claim(3, for: .optimized))
        let block = try code.commit(compiled([(3, 33)]), kind: .baseline)
        #expect(code.state(of: 3).phase == .committed && code.state(of: 3).tier == .baseline)
        #expect(code.functionEntry(3) == block.base)
        #expect(!code.claim(3))
        #expect(code.claim(3, for: .optimized))
        #expect(code.state(of: 3).tier == .baseline)
        #expect(code.functionEntry(3) == block.base)
        #expect(code.state(of: 4).phase == .cold)
    }

    @Test func anAbandonedClaimWasNeverMade() throws {
        let code = try makeCode(makeReservation())
        let before = code.state(of: 0)
        #expect(code.claim(0))
        code.abandon(0)
        #expect(code.state(of: 0) == before)
        try code.commit(compiled([(0, 1)]), kind: .baseline)
        let committed = code.state(of: 0)
        #expect(code.claim(0, for: .optimized))
        code.abandon(0, for: .optimized)
        #expect(code.state(of: 0) == committed)
    }

    @Test func aFailureOfATierIsFinalForThatTierAlone() throws {
        let code = try makeCode(makeReservation())
        try code.commit(compiled([(0, 5)]), kind: .baseline)
        // Tier 2 fails: tier 1 goes on, also for a function that has no code yet.
        for function in 0...1 {
            #expect(code.claim(function, for: .optimized))
            code.fail(function, for: .optimized)
            #expect(code.state(of: function).hasFailed(.optimized) && !code.state(of: function).hasFailed(.baseline))
            #expect(!code.claim(function, for: .optimized))
        }
        #expect(call(through: code, 0) == 5)
        #expect(code.state(of: 0).phase == .committed && code.state(of: 1).phase == .cold)
        #expect(code.claim(1))
        try code.commit(compiled([(1, 6)]), kind: .baseline)
        #expect(call(through: code, 1) == 6 && code.state(of: 1).hasFailed(.optimized))
        // Tier 1 fails: tier 2 may still compile the function.
        #expect(code.claim(2))
        code.fail(2)
        #expect(!code.claim(2) && code.state(of: 2).phase == .cold)
        #expect(code.claim(2, for: .optimized))
        try code.commit(compiled([(2, 7)]), kind: .optimized)
        #expect(call(through: code, 2) == 7 && code.state(of: 2).phase == .committed)
    }

    @Test func aClaimThatIsDroppedAThousandTimesIsGrantedAgain() throws {
        let code = try makeCode(makeReservation())
        for _ in 0..<1000 {
            #expect(code.claim(0))
            code.beginCompiling(0)
            code.abandon(0)
        }
        #expect(code.state(of: 0).phase == .cold)
    }

    @Test func aClaimThatACompleteTierHasSettledEndsQuietly() throws {
        let code = try makeCode(makeReservation())
        #expect(code.claim(0))
        try code.commit(compiled([(0, 1), (1, 2)]), kind: .baseline)
        #expect(!code.beginCompiling(0))
        code.abandon(0)
        code.fail(0)
        #expect(code.state(of: 0).phase == .committed && !code.state(of: 0).hasFailed(.baseline))
        #expect(code.claim(0, for: .optimized))
        code.abandon(0, for: .baseline)  // not this claim
        #expect(code.state(of: 0).phase == .claimed)
    }

    @Test func oneOfManyThreadsGetsTheClaimAndAllGetTheCode() throws {
        let code = try makeCode(makeReservation(), functions: 200)
        let shared = Counters()
        let threads = (0..<8).map { _ in
            TestThread {
                for function in 0..<200 {
                    if code.claim(function) {
                        shared.successes.add(1, ordering: .relaxed)
                        code.beginCompiling(function)
                        do {
                            try code.commit(compiled([(UInt32(function), Int32(function))]), kind: .baseline)
                        } catch {
                            shared.failures.add(1, ordering: .relaxed)
                        }
                    } else {
                        let state = code.waitUntilSettled(function)
                        if state.tier != .baseline { shared.failures.add(1, ordering: .relaxed) }
                    }
                    if call(code.functionEntry(function)) != Int32(function) {
                        shared.failures.add(1, ordering: .relaxed)
                    }
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(shared.successes.load(ordering: .relaxed) == 200)
        #expect(shared.failures.load(ordering: .relaxed) == 0)
        #expect(code.blocks.count == 200)
    }

    @Test func waitersWakeAlsoWhenTheClaimIsDropped() throws {
        let code = try makeCode(makeReservation())
        #expect(code.claim(0) && code.claim(1))
        let shared = Counters()
        let waiters = (0..<4).map { index in
            TestThread {
                let state = code.waitUntilSettled(index % 2)
                if state.tier == nil && !state.isInFlight { shared.successes.add(1, ordering: .relaxed) }
            }
        }
        while !code.state(of: 0).hasWaiters || !code.state(of: 1).hasWaiters {}
        code.abandon(0)
        code.fail(1)
        for waiter in waiters { waiter.join() }
        #expect(shared.successes.load(ordering: .relaxed) == 4)
        #expect(!code.state(of: 0).hasWaiters && !code.state(of: 1).hasWaiters)
    }
}
