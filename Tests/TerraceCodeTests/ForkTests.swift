// Code memory in a process that really forks. Each test is a process of its own.

import CTestSupport
import Foundation
import Synchronization
import Testing

@testable import TerraceCode
@testable import TerraceThreads

/// How a child ended: its exit code, or minus the signal that killed it.
private func outcome(of child: Int32) -> Int32 {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
}

/// One byte at a time between processes.
private struct Pipe {
    let ends: (read: Int32, write: Int32)

    init() {
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        self.ends = (ends[0], ends[1])
    }

    func signal() {
        var byte: UInt8 = 1
        _ = Foundation.write(ends.write, &byte, 1)
    }

    func wait() {
        var byte: UInt8 = 0
        while read(ends.read, &byte, 1) < 0, errno == EINTR {}
    }
}

/// Runs a body in a forked child, which dies if it hangs, and gives its exit code.
private func inChild(isBare: Bool = false, _ body: () throws -> Bool) -> Int32 {
    let child = isBare ? test_bare_fork() : test_fork()
    if child == 0 {
        alarm(60)
        let isRight = (try? body()) ?? false
        _exit(isRight ? 0 : 1)
    }
    return child
}

@Suite struct ForkTests {
    @Test(arguments: [false, true]) func aChildRunsOldCodeAndMakesNewWithoutTouchingItsParents(_ isBare: Bool) async {
        await #expect(processExitsWith: .exitCode(17)) { [isBare] in
            let reservation = try makeReservation()
            let code = try makeCode(reservation, functions: 200)
            for function in 0..<10 { try code.commit(compiled([(UInt32(function), Int32(function))]), kind: .baseline) }
            let segment = code.blocks[0].segment
            let bytes = UnsafeRawBufferPointer(start: segment.base.pointer, count: segment.capacity)
            let before = Array(bytes)
            let child = inChild(isBare: isBare) {
                for function in 0..<10 where call(through: code, function) != Int32(function) { return false }
                for function in 10..<200 {
                    try code.commit(compiled([(UInt32(function), Int32(function) + 1000)]), kind: .baseline)
                }
                for function in 10..<200 where call(through: code, function) != Int32(function) + 1000 { return false }
                guard code.functionEntry(10) != nil, code.blocks[10].segment !== segment else { return false }
                // A child of the child, too.
                let grandchild = inChild(isBare: isBare) {
                    try code.commit(compiled([(0, 77)]), kind: .baseline)
                    return call(through: code, 0) == 77 && call(through: code, 199) == 1199
                }
                return outcome(of: grandchild) == 0 && call(through: code, 0) == 0
            }
            guard outcome(of: child) == 0, Array(bytes) == before else { exit(1) }
            for function in 10..<200 {
                try code.commit(compiled([(UInt32(function), Int32(function))]), kind: .baseline)
            }
            for function in 0..<200 where call(through: code, function) != Int32(function) { exit(2) }
            exit(17)
        }
    }

    @Test func whatTheParentFreesAndMakesAnewDoesNotConcernTheChild() async {
        await #expect(processExitsWith: .exitCode(17)) {
            let reservation = try makeReservation()
            func fill(_ value: Int32) throws -> Code {
                let code = try makeCode(reservation, functions: 3000)
                for function in 0..<200 { try code.commit(compiled([(UInt32(function), value)]), kind: .baseline) }
                try code.commit(compiled((200..<3000).map { ($0, value) }), kind: .baseline)
                return code
            }
            func isFilled(_ code: Code, _ value: Int32) -> Bool {
                (0..<3000).allSatisfy { call(through: code, $0) == value }
            }
            var code: Code? = try fill(1)
            let kept = try fill(2)
            let (toChild, toParent) = (Pipe(), Pipe())
            let child = inChild {
                guard let code, isFilled(code, 1), isFilled(kept, 2) else { return false }
                toParent.signal()
                toChild.wait()
                // The parent has freed the first module, and has put another in its place.
                guard isFilled(code, 1), isFilled(kept, 2) else { return false }
                let mine = try fill(4)
                return isFilled(mine, 4) && isFilled(code, 1)
            }
            toParent.wait()
            let usage = reservation.usage.codeBytes
            code = nil
            guard reservation.usage.codeBytes < usage else { exit(1) }
            let other = try fill(3)
            toChild.signal()
            guard outcome(of: child) == 0 else { exit(2) }
            guard isFilled(other, 3), isFilled(kept, 2) else { exit(3) }
            exit(17)
        }
    }

    @Test func aForkWaitsForCommitsThatAreUnderWay() async {
        await #expect(processExitsWith: .exitCode(17)) {
            let code = try makeCode(makeReservation())
            let armed = SyncPoint.commitBeforeLock.arm(in: code)
            let shared = Counters()
            let committer = TestThread { _ = try? code.commit(compiled([(0, 10)]), kind: .baseline) }
            armed.waitUntilReached()
            let forker = TestThread {
                shared.stop.store(true, ordering: .sequentiallyConsistent)
                let child = inChild {
                    try code.commit(compiled([(1, 11)]), kind: .baseline)
                    return call(through: code, 0) == 10 && call(through: code, 1) == 11
                }
                if outcome(of: child) == 0 { shared.successes.add(1, ordering: .relaxed) }
            }
            while !shared.stop.load(ordering: .sequentiallyConsistent) { sched_yield() }
            for _ in 0..<10_000 { sched_yield() }  // to give a fork that does not wait its chance
            armed.release()
            committer.join()
            forker.join()
            exit(shared.successes.load(ordering: .relaxed) == 1 ? 17 : 1)
        }
    }

    @Test func aStreamOfNewcomersDoesNotStarveAFork() async {
        await #expect(processExitsWith: .exitCode(17)) {
            // If it does, this ends it.
            alarm(60)
            let shared = Counters()
            let threads = (0..<8).map { _ in
                TestThread {
                    while !shared.stop.load(ordering: .relaxed) {
                        ForkGate.enter()
                        shared.successes.add(1, ordering: .relaxed)
                        for _ in 0..<20 { sched_yield() }
                        ForkGate.leave()
                    }
                }
            }
            while shared.successes.load(ordering: .relaxed) < 8 { sched_yield() }
            var children: [Int32] = []
            for _ in 0..<20 { children.append(inChild { true }) }
            let isRight = children.allSatisfy { outcome(of: $0) == 0 }
            shared.stop.store(true, ordering: .relaxed)
            for thread in threads { thread.join() }
            exit(isRight ? 17 : 1)
        }
    }

    @Test func whoIsInsideMayEnterAgainWhileAForkWaits() async {
        await #expect(processExitsWith: .exitCode(17)) {
            alarm(60)
            let shared = Counters()
            ForkGate.enter()
            let forker = TestThread {
                if outcome(of: inChild { true }) == 0 { shared.successes.add(1, ordering: .relaxed) }
            }
            while !ForkGate.isForkAwaited { sched_yield() }
            ForkGate.enter()
            let guarded = Guarded(1)
            guard guarded.withLock({ $0 }) == 1, shared.successes.load(ordering: .relaxed) == 0 else { exit(1) }
            ForkGate.leave()
            ForkGate.leave()
            forker.join()
            // Whoever forks may be inside himself, and is so in the child.
            ForkGate.enter()
            let child = inChild {
                ForkGate.leave()
                return outcome(of: inChild { true }) == 0
            }
            ForkGate.leave()
            exit(outcome(of: child) == 0 && shared.successes.load(ordering: .relaxed) == 1 ? 17 : 2)
        }
    }

    @Test func threadsOfAChildMayMeetAtALock() async {
        await #expect(processExitsWith: .exitCode(17)) {
            let count = Guarded(0)
            count.withLock { $0 = 0 }
            let child = inChild {
                // The thread that forked holds the lock again and again while others come.
                let threads = (0..<3).map { _ in
                    TestThread { for _ in 0..<20_000 { count.withLock { $0 += 1 } } }
                }
                for _ in 0..<200 { count.withLock { _ in for _ in 0..<300 { sched_yield() } } }
                for thread in threads { thread.join() }
                return count.withLock { $0 } == 60_000
            }
            exit(outcome(of: child) == 0 ? 17 : 1)
        }
    }

    @Test func forksWhileThreadsCommitAndFreeLeaveBothSidesRight() async {
        await #expect(processExitsWith: .exitCode(17)) {
            let reservation = try makeReservation()
            let shared = Counters()
            // What a child does was done once before, and so was what the threads do: a thread that makes the runtime's own
            // tables holds locks that are not ours to look after.
            func work(_ value: Int32) throws -> Bool {
                let code = try makeCode(reservation, functions: 50)
                for function in 0..<50 {
                    try code.commit(compiled([(UInt32(function), value)]), kind: .baseline)
                    guard call(through: code, function) == value else { return false }
                }
                return true
            }
            guard try work(3) else { exit(3) }
            let threads = (0..<4).map { number in
                TestThread {
                    while !shared.stop.load(ordering: .relaxed) {
                        guard let code = try? makeCode(reservation, functions: 50) else { continue }
                        for function in 0..<50 {
                            let value = Int32(number * 50 + function)
                            let block = try? code.commit(compiled([(UInt32(function), value)]), kind: .baseline)
                            if block == nil || call(through: code, function) != value {
                                shared.failures.add(1, ordering: .relaxed)
                            }
                        }
                        shared.successes.add(1, ordering: .relaxed)
                    }
                }
            }
            let kept = try makeCode(reservation, functions: 100)
            try kept.commit(compiled((0..<50).map { ($0, Int32($0)) }), kind: .baseline)
            while shared.successes.load(ordering: .relaxed) < 8 { sched_yield() }
            var children: [Int32] = []
            for round in 0..<30 {
                children.append(
                    inChild {
                        try work(Int32(round)) && (0..<50).allSatisfy { call(through: kept, $0) == Int32($0) }
                    })
                try kept.commit(compiled([(UInt32(50 + round), Int32(round))]), kind: .baseline)
            }
            let isRight = children.allSatisfy { outcome(of: $0) == 0 }
            shared.stop.store(true, ordering: .relaxed)
            for thread in threads { thread.join() }
            for round in 0..<30 where call(through: kept, 50 + round) != Int32(round) { exit(2) }
            exit(isRight && shared.failures.load(ordering: .relaxed) == 0 ? 17 : 1)
        }
    }
}
