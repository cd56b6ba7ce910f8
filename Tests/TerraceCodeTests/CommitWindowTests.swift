import Synchronization
import Testing

@testable import TerraceCode

#if canImport(Glibc)
    import Glibc
#endif

/// Looks up an address from a signal handler, and leaves the result where a test finds it.
private enum HandlerProbe {
    static let address = Atomic<UInt>(0)
    static let lookups = Atomic<Int>(0)
    static let hits = Atomic<Int>(0)

    static func install(_ number: Int32) {
        var action = sigaction()
        action.__sigaction_handler.sa_sigaction = { _, _, _ in
            let address = CodeAddress(rawValue: HandlerProbe.address.load(ordering: .relaxed))
            if let block = CodeBlockMap.process.lookup(address), block.codeRange(at: address) != nil,
                block.trapSite(at: address) == nil, block.callSite(returningTo: address) == nil
            {
                HandlerProbe.hits.add(1, ordering: .relaxed)
            }
            HandlerProbe.lookups.add(1, ordering: .relaxed)
        }
        action.sa_flags = SA_SIGINFO | SA_RESTART
        sigaction(number, &action, nil)
    }
}

@Suite(.serialized) struct CommitWindowTests {
    /// Parks a commit of function 0 at a sync point, and looks at what others see.
    private func park(_ point: SyncPoint, _ code: Code, _ check: () throws -> Void) throws {
        let armed = point.arm(in: code)
        let thread = TestThread { _ = try? code.commit(compiled([(0, 1)]), kind: .baseline) }
        armed.waitUntilReached()
        defer {
            armed.release()
            thread.join()
        }
        try check()
    }

    @Test(arguments: [
        SyncPoint.commitBeforeReserve, .commitBeforeWrite, .commitBeforeLock, .commitAfterAppend, .mapAfterEntry,
        .commitAfterMapInsert,
        .commitAfterState, .commitBeforeCellStore, .commitAfterCell,
    ])
    func atEveryPointOfACommitTheRestOfTheModuleGoesOn(_ point: SyncPoint) throws {
        let reservation = try makeReservation()
        let code = try makeCode(reservation)
        let old = try code.commit(compiled([(1, 10), (2, 20)]), kind: .baseline)
        #expect(code.claim(0))
        try park(point, code) {
            // What was there is there.
            #expect(call(through: code, 1) == 10)
            #expect(code.block(containing: old.base) === old)
            #expect(reservation.map.lookup(old.base) == old.unmanaged)
            // Each step is visible only when all before it are.
            let entry = code.functionEntry(0)
            let cell = code.cell(0).pointee.load(ordering: .relaxed)
            if cell != 0 { #expect(entry?.rawValue == cell) }
            if let entry {
                #expect(code.state(of: 0).phase == .committed)
                #expect(code.block(containing: entry)?.functionRanges[0] != nil)
                #expect(reservation.map.lookup(entry) != nil)
                #expect(call(entry) == 1)
            } else {
                #expect(code.state(of: 0).phase == .claimed)
            }
            // The order of the protocol.
            switch point {
            case .commitBeforeReserve, .commitBeforeWrite, .commitBeforeLock: #expect(code.blocks.count == 1)
            case .commitAfterAppend: #expect(code.blocks.count == 2 && code.map.count == 1)
            case .commitAfterMapInsert: #expect(code.map.count == 2 && entry == nil)
            case .commitAfterState, .commitBeforeCellStore: #expect(entry != nil && cell == 0)
            case .commitAfterCell: #expect(call(through: code, 0) == 1)
            default: break
            }
            // Others commit meanwhile, unless the parked thread holds the map's lock.
            if point != .mapAfterEntry {
                try code.commit(compiled([(3, 30)]), kind: .baseline)
                #expect(call(through: code, 3) == 30)
                let other = try makeCode(reservation)
                try other.commit(compiled([(0, 99)]), kind: .baseline)
                #expect(call(through: other, 0) == 99)
            }
        }
        #expect(call(through: code, 0) == 1)
        #expect(code.state(of: 0).phase == .committed)
    }

    @Test func aBetterTierThatOvertakesAParkedCommitStays() throws {
        for point in [SyncPoint.commitBeforeLock, .commitAfterMapInsert, .commitAfterState, .commitAfterCell] {
            let code = try makeCode(makeReservation())
            try park(point, code) {
                try code.commit(compiled([(0, 2)]), kind: .optimized)
                #expect(call(through: code, 0) == 2)
            }
            #expect(call(through: code, 0) == 2, "\(point)")
            #expect(code.state(of: 0).tier == .optimized)
        }
    }

    @Test func aCellStoredLateFollowsTheState() throws {
        let code = try makeCode(makeReservation())
        try park(.commitBeforeCellStore, code) {
            // The parked thread is about to store what it has read before this.
            try code.commit(compiled([(0, 2)]), kind: .optimized)
            #expect(call(through: code, 0) == 2)
        }
        #expect(call(through: code, 0) == 2)
    }

    @Test func threadsThatWaitForAFunctionGoOnWhenItIsCommitted() throws {
        let code = try makeCode(makeReservation())
        #expect(code.claim(0))
        let shared = Counters()
        var waiter: TestThread?
        try park(.commitBeforeLock, code) {
            waiter = TestThread {
                if code.waitUntilSettled(0).tier == .baseline, call(code.functionEntry(0)) == 1 {
                    shared.successes.add(1, ordering: .relaxed)
                }
            }
            while !code.state(of: 0).hasWaiters { sched_yield() }
        }
        waiter?.join()
        #expect(shared.successes.load(ordering: .relaxed) == 1)
    }

    @Test func twoMakersOfOneStubAgree() throws {
        let code = try makeCode(makeReservation())
        let armed = SyncPoint.stubAfterReadTier.arm(in: code)
        let shared = Counters()
        let make: @Sendable (Int32) -> CodeAddress? = { value in
            try? code.stub(StubID(.entryStub, 1)) { () throws(CodeError) in compiledStub(.entryStub, 1, value) }
        }
        let thread = TestThread { if call(make(1)) == 2 { shared.successes.add(1, ordering: .relaxed) } }
        armed.waitUntilReached()
        #expect(call(make(2)) == 2)
        armed.release()
        thread.join()
        #expect(shared.successes.load(ordering: .relaxed) == 1)
        #expect(code.statistics.stubCount == 1)
    }

    @Test func aClaimParkedAtItsStartExcludesOthers() throws {
        let code = try makeCode(makeReservation())
        let armed = SyncPoint.claimAfterClaim.arm(in: code)
        let thread = TestThread { if code.claim(0) { code.abandon(0) } }
        armed.waitUntilReached()
        #expect(!code.claim(0))
        #expect(code.claim(1))
        armed.release()
        thread.join()
        #expect(code.claim(0))
    }

    @Test func syncPointsStopTheFirstThreadOfTheirScopeOnly() throws {
        let reservation = try makeReservation()
        let (one, two) = (try makeCode(reservation), try makeCode(reservation))
        let armed = SyncPoint.commitAfterCell.arm(in: one)
        try two.commit(compiled([(0, 1)]), kind: .baseline)
        #expect(!armed.wasReached)
        armed.release()
        try one.commit(compiled([(0, 1)]), kind: .baseline)
        #expect(!armed.wasReached)
        #expect(Set(SyncPoint.allCases.map(\.rawValue)).count == SyncPoint.allCases.count)
    }

    @Test func everyReservationOfACommitMayFailAndThenNothingHasChanged() throws {
        for kind in CodeBlockKind.allCases {
            let reservation = try makeReservation()
            let code = try makeCode(reservation)
            try code.commit(compiled([(5, 5)]), kind: .baseline)  // an open segment is there
            #expect(code.claim(0))
            let before = Snapshot(code)
            let unit = kind.tier == nil ? compiledStub(.entryStub, 0, 1) : compiled([(0, 1), (9, 2)])
            var index = 0
            while true {
                FailureInjection.arm(failing: index, in: code)
                defer { index += 1 }
                do {
                    try code.commit(unit, kind: kind)
                    FailureInjection.disarm(in: code)
                    break
                } catch {
                    FailureInjection.disarm(in: code)
                    #expect(error == .outOfMemory || error == .codeMemoryExhausted)
                    #expect(Snapshot(code) == before, "reservation \(index) of a commit of \(kind)")
                }
            }
            #expect(index > 7)
            #expect(code.blocks.count == before.blockCount + 1)
            if kind.tier != nil { #expect(call(through: code, 9) == 2 && code.state(of: 0).phase == .committed) }
        }
    }

    @Test func aFirstCommitThatFailsMayLeaveAnOpenSegmentAndNothingElse() throws {
        for index in 0..<100 {
            let reservation = try makeReservation()
            let code = try makeCode(reservation)
            #expect(code.claim(0))
            var before = Snapshot(code)
            FailureInjection.arm(failing: index, in: code)
            defer { FailureInjection.disarm(in: code) }
            if (try? code.commit(compiled([(0, 1)]), kind: .baseline)) != nil {
                #expect(index > 6)
                return
            }
            let after = Snapshot(code)
            before.usage = after.usage
            before.usedBytes = after.usedBytes.map { _ in 0 }
            #expect(after == before)
            #expect([0, 16 << 10].contains(after.usage.codeBytes))
            FailureInjection.disarm(in: code)
            try code.commit(compiled([(0, 1)]), kind: .baseline)
            #expect(code.statistics.mappedBytes == 16 << 10)
            #expect(reservation.usage.codeBytes == 16 << 10)
        }
    }

    @Test func newSegmentsAreMadeWithNoLockHeld() throws {
        let reservation = try makeReservation()
        let code = try makeCode(reservation)
        let armed = SyncPoint.segmentAfterMaking.arm(in: code)
        let maker = TestThread { _ = try? code.commit(compiled([(0, 10)]), kind: .baseline) }
        armed.waitUntilReached()
        // Others neither wait nor make a large segment each.
        for function in 1...5 { try code.commit(compiled([(UInt32(function), Int32(function))]), kind: .baseline) }
        for function in 1...5 { #expect(call(through: code, function) == function) }
        #expect(code.statistics.mappedBytes == 5 * 4096)
        armed.release()
        maker.join()
        #expect(call(through: code, 0) == 10)
        let before = code.statistics.segmentCount
        for function in 6..<16 { try code.commit(compiled([(UInt32(function), 1)]), kind: .baseline) }
        #expect(code.statistics.segmentCount == before)
        #expect(code.statistics.mappedBytes == 5 * 4096 + (16 << 10))
    }

    @Test func everyReservationOfCodeItselfMayFail() throws {
        let reservation = try makeReservation()
        let before = reservation.usage
        for index in 0..<2 {
            FailureInjection.arm(failing: index, in: reservation)
            #expect(throws: CodeError.self) { try makeCode(reservation) }
            FailureInjection.disarm(in: reservation)
            #expect(reservation.usage == before)
        }
        let code = try makeCode(reservation)
        FailureInjection.arm(failing: 0, in: reservation)
        // The first attempt to get a segment fails, a smaller one succeeds.
        try code.commit(compiled([(0, 1)]), kind: .baseline)
        FailureInjection.disarm(in: reservation)
        #expect(code.statistics.mappedBytes == 4096)
    }

    @Test func lookupsWorkInASignalHandlerWhileTheThreadIsInsideAnInsert() throws {
        let code = try makeCode(CodeReservation.process(), functions: 2000)
        let old = try code.commit(compiled([(1, 10)]), kind: .baseline)
        HandlerProbe.install(SIGUSR2)
        HandlerProbe.address.store(old.placement.address(of: 3).rawValue, ordering: .sequentiallyConsistent)
        // Parked in the middle of an insert, with the lock of the map held.
        let armed = SyncPoint.mapAfterEntry.arm(in: code)
        let parked = TestThread { _ = try? code.commit(compiled([(0, 1)]), kind: .baseline) }
        armed.waitUntilReached()
        let before = HandlerProbe.lookups.load(ordering: .relaxed)
        parked.signal(SIGUSR2)
        while HandlerProbe.lookups.load(ordering: .relaxed) == before { sched_yield() }
        armed.release()
        parked.join()
        // And anywhere in a series of commits.
        let shared = Counters()
        let writer = TestThread {
            while !shared.stop.load(ordering: .relaxed) {
                let function = 2 + shared.successes.load(ordering: .relaxed) % 1998
                do { try code.commit(compiled([(UInt32(function), 1)]), kind: .baseline) } catch {
                    shared.failures.add(1, ordering: .relaxed)
                }
                shared.successes.add(1, ordering: .relaxed)
            }
        }
        for _ in 0..<300 {
            let count = HandlerProbe.lookups.load(ordering: .relaxed)
            writer.signal(SIGUSR2)
            while HandlerProbe.lookups.load(ordering: .relaxed) == count { sched_yield() }
        }
        shared.stop.store(true, ordering: .relaxed)
        writer.join()
        let lookups = HandlerProbe.lookups.load(ordering: .relaxed)
        #expect(lookups > 300)
        #expect(HandlerProbe.hits.load(ordering: .relaxed) == lookups)
        #expect(shared.failures.load(ordering: .relaxed) == 0)
        #expect(code.map.count == code.blocks.count)
    }
}
