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

    @Test func eachFailureDoublesTheRefusalsAndTheLastDisables() throws {
        let code = try makeCode(makeReservation())
        for failure in 1..<FunctionState.maximumFailures {
            #expect(code.claim(0))
            code.fail(0)
            #expect(code.state(of: 0).phase == .failed && code.state(of: 0).failureCount == failure)
            for _ in 0..<1 << failure { #expect(!code.claim(0)) }
        }
        #expect(code.claim(0))
        code.fail(0)
        #expect(code.state(of: 0).phase == .disabled)
        for _ in 0..<1000 { #expect(!code.claim(0)) }
    }

    @Test func aPermanentFailureKeepsTheCodeThatIsThere() throws {
        let code = try makeCode(makeReservation())
        try code.commit(compiled([(0, 5)]), kind: .baseline)
        #expect(code.claim(0, for: .optimized))
        code.fail(0, for: .optimized, permanently: true)
        #expect(code.state(of: 0).phase == .disabled && code.state(of: 0).tier == .baseline)
        #expect(!code.claim(0, for: .optimized))
        #expect(call(through: code, 0) == 5)
    }

    @Test func aFunctionCanBeDisabledUnlessAClaimIsOpen() throws {
        let code = try makeCode(makeReservation())
        #expect(code.claim(0))
        code.disable(0)
        #expect(code.state(of: 0).phase == .claimed)
        code.abandon(0)
        code.disable(0)
        #expect(code.state(of: 0).phase == .disabled && !code.claim(0))
    }

    @Test func successForgetsFailures() throws {
        let code = try makeCode(makeReservation())
        #expect(code.claim(0))
        code.fail(0)
        try code.commit(compiled([(0, 5)]), kind: .baseline)
        #expect(code.state(of: 0).failureCount == 0)
        #expect(code.claim(0, for: .optimized))
    }

    @Test func aClaimThatACompleteTierHasSettledEndsQuietly() throws {
        let code = try makeCode(makeReservation())
        #expect(code.claim(0))
        try code.commit(compiled([(0, 1), (1, 2)]), kind: .baseline)
        #expect(!code.beginCompiling(0))
        code.abandon(0)
        code.fail(0)
        #expect(code.state(of: 0).phase == .committed && code.state(of: 0).failureCount == 0)
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
