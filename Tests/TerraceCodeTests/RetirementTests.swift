// Retired code: what keeps it, what frees it, and that its memory is used again.

import Synchronization
import TerraceABI
import TerraceThreads
import Testing

@testable import TerraceCode

#if canImport(Glibc)
    import Glibc
#endif

/// A store as far as the lifetime of code is concerned, played by a test.
final class Actor: @unchecked Sendable {  // words are atomics; the rest is the test's thread's
    let context: UnsafeMutableRawPointer
    let runner: CodeRunner

    init(_ code: Code...) {
        context = .allocate(byteCount: ActivationContextLayout.size, alignment: 64)
        context.initializeMemory(as: UInt8.self, repeating: 0, count: ActivationContextLayout.size)
        runner = CodeRunner(context: context)
        for code in code { runner.use(code) }
    }

    deinit {
        runner.close()
        context.deallocate()
    }

    private var stackPointer: UnsafeMutablePointer<Atomic<UInt>> {
        (context + Int(ActivationContextLayout.hostStackPointer)).assumingMemoryBound(to: Atomic<UInt>.self)
    }
    private func word(_ offset: Int32) -> UnsafeMutablePointer<Atomic<UInt32>> {
        (context + Int(offset)).assumingMemoryBound(to: Atomic<UInt32>.self)
    }

    /// As entry stubs do it: a plain store on the way in, another on the way out.
    func enter() { stackPointer.pointee.store(1, ordering: .releasing) }
    func leave() { stackPointer.pointee.store(0, ordering: .releasing) }
    func setTrap(_ kind: UInt32) { word(ActivationContextLayout.trapKind).pointee.store(kind, ordering: .releasing) }
    var isAsked: Bool { word(ActivationContextLayout.scanRequested).pointee.load(ordering: .acquiring) != 0 }
    /// Comes to a safepoint with some words on the stack.
    func scan(_ words: UInt...) { words.withUnsafeBufferPointer { runner.scan($0) } }
}

@Suite(.serialized) struct RetirementTests {
    /// Code whose function 0 was replaced, and the address of the block that it left.
    private func makeReplaced() throws -> (code: Code, old: CodeAddress, bytes: Int) {
        let code = try makeCode(makeReservation())
        let old = try code.commit(compiled([(0, 1)]), kind: .baseline).base
        try code.commit(compiled([(0, 2)]), kind: .optimized)
        return (code, old, 6)
    }

    private func isThere(_ address: CodeAddress, _ code: Code) -> Bool {
        let isFound = code.block(containing: address) != nil
        #expect((code.map.lookup(address) != nil) == isFound)
        #expect((code.reservation.map.lookup(address) != nil) == isFound)
        #expect(code.blocks.contains { $0.base == address } == isFound)
        return isFound
    }

    @Test func replacedCodeThatNobodyIsInIsFreed() throws {
        let (code, old, bytes) = try makeReplaced()
        #expect(isThere(old, code))
        var statistics = code.statistics
        #expect(statistics.retiredBytes == bytes && statistics.liveBytes == bytes && statistics.codeBytes == 2 * bytes)
        #expect(statistics.freedBytes == 0 && statistics[.baseline].count == 1)
        code.reclaim()
        #expect(!isThere(old, code))
        statistics = code.statistics
        #expect(statistics.retiredBytes == 0 && statistics.liveBytes == bytes && statistics.codeBytes == bytes)
        #expect(statistics.freedBytes == bytes && statistics.freedBlockCount == 1)
        #expect(statistics[.baseline] == CodeStatistics.Blocks())
        #expect(statistics.blockCount == 1 && code.map.count == 1)
        #expect(call(through: code, 0) == 2)
        code.reclaim()
        #expect(code.statistics == statistics)
    }

    @Test func codeWhoseFunctionsLiveIsNotFreed() throws {
        let code = try makeCode(makeReservation())
        let old = try code.commit(compiled([(0, 1), (1, 1)]), kind: .baseline)
        try code.commit(compiled([(0, 2)]), kind: .optimized)
        let stub = try code.commit(compiledStub(.trapExit, CodeRange.none, 1), kind: .sharedStubs)
        code.reclaim()
        #expect(isThere(old.base, code) && isThere(stub.base, code))
        #expect(old.isUsed && stub.isUsed)
        #expect(code.statistics.retiredBytes == 0)
        try code.commit(compiled([(1, 2)]), kind: .optimized)
        #expect(!old.isUsed)
        code.reclaim()
        #expect(!isThere(old.base, code) && isThere(stub.base, code))
    }

    @Test func worseCodeThatComesLateIsFreed() throws {
        let code = try makeCode(makeReservation())
        try code.commit(compiled([(0, 2)]), kind: .optimized)
        let late = try code.commit(compiled([(0, 1)]), kind: .baseline).base
        code.reclaim()
        #expect(!isThere(late, code))
        #expect(call(through: code, 0) == 2)
    }

    /// Where the loops of functions lead, one of each.
    private final class Loops: LoopEntryKeeper {
        private let entries = Guarded<[UInt32: CodeAddress]>([:])

        func lead(_ function: UInt32, to address: CodeAddress) { entries.withLock { $0[function] = address } }

        func withdrawLoopEntry(of function: UInt32, at address: CodeAddress) -> Bool {
            entries.withLock { entries in
                guard entries[function] == address else { return false }
                entries[function] = nil
                return true
            }
        }

        func withdrawLoopEntries(of function: UInt32) -> [CodeAddress] {
            entries.withLock { entries in entries.removeValue(forKey: function).map { [$0] } ?? [] }
        }
    }

    /// Code for a loop of function 0, and what its loop's code is.
    private func makeLoop() throws -> (code: Code, loops: Loops, old: CodeAddress, entry: CodeBlock) {
        let code = try makeCode(makeReservation())
        let loops = Loops()
        code.loopEntries = loops
        let old = try code.commit(compiled([(0, 1)]), kind: .baseline).base
        let entry = try code.commit(compiledStub(.loopEntry, 0, 3), kind: .optimized)
        #expect(call(through: code, 0) == 1)
        return (code, loops, old, entry)
    }

    @Test func codeForALoopGoesAfterTheCodeThatLeadsThere() throws {
        let (code, loops, old, entry) = try makeLoop()
        loops.lead(0, to: entry.base)
        try code.commit(compiled([(0, 2)]), kind: .optimized)
        let actor = Actor(code)
        actor.enter()
        code.reclaim()
        // Somebody may be in the loop.
        #expect(isThere(old, code) && entry.isUsed)
        actor.leave()
        code.reclaim()
        #expect(!isThere(old, code) && !entry.isUsed && isThere(entry.base, code))
        #expect(loops.withdrawLoopEntries(of: 0).isEmpty)
        code.reclaim()
        #expect(!isThere(entry.base, code))
    }

    @Test func codeForALoopStaysWhileThereIsCodeThatLeadsThere() throws {
        let (code, loops, old, entry) = try makeLoop()
        loops.lead(0, to: entry.base)
        try code.commit(compiled([(0, 4)]), kind: .baseline)
        code.reclaim()
        code.reclaim()
        #expect(!isThere(old, code) && entry.isUsed && isThere(entry.base, code))
    }

    @Test func codeForALoopIsEvictedOnce() throws {
        let (code, loops, old, entry) = try makeLoop()
        // Nobody leads there yet.
        #expect(code.evict(entry) == 0)
        #expect(entry.isUsed)
        loops.lead(0, to: entry.base)
        #expect(code.evict(entry) == 0)
        #expect(!entry.isUsed)
        #expect(code.evict(entry) == 0)
        code.reclaim()
        #expect(!isThere(entry.base, code) && isThere(old, code))
        #expect(call(through: code, 0) == 1)
    }

    @Test func anActiveRunnerKeepsTheCodeUntilItIsIdleOnce() throws {
        let (code, old, _) = try makeReplaced()
        let actor = Actor(code)
        actor.enter()
        code.reclaim()
        #expect(isThere(old, code) && actor.isAsked)
        code.reclaim()
        #expect(isThere(old, code))
        actor.leave()
        code.reclaim()
        #expect(!isThere(old, code))
    }

    @Test func aTrapThatIsNotDescribedKeepsTheCode() throws {
        let (code, old, _) = try makeReplaced()
        let actor = Actor(code)
        actor.setTrap(3)
        code.reclaim()
        #expect(isThere(old, code))
        actor.setTrap(0)
        code.reclaim()
        #expect(!isThere(old, code))
    }

    @Test func whoUsesOtherCodeKeepsNothing() throws {
        let (code, old, _) = try makeReplaced()
        let actor = Actor(try makeCode(makeReservation()))
        actor.enter()
        code.reclaim()
        #expect(!isThere(old, code) && !actor.isAsked)
    }

    @Test func aRunnerThatCameLaterKeepsNothing() throws {
        let (code, old, _) = try makeReplaced()
        let first = Actor(code)
        first.enter()
        code.reclaim()
        let second = Actor(code)
        second.enter()
        first.leave()
        code.reclaim()
        #expect(!isThere(old, code))
    }

    @Test func aRunnerThatGoesKeepsNothing() throws {
        let (code, old, _) = try makeReplaced()
        do {
            let actor = Actor(code)
            actor.enter()
            code.reclaim()
            #expect(isThere(old, code))
        }
        // Its end was the last thing to wait for.
        #expect(!isThere(old, code))
    }

    @Test func aScanKeepsWhatIsOnTheStackAndFreesTheRest() throws {
        let code = try makeCode(makeReservation())
        let blocks = try (0..<3).map { try code.commit(compiled([($0, 1)]), kind: .baseline) }
        let bases = blocks.map(\.base)
        for function in 0..<3 { try code.commit(compiled([(UInt32(function), 2)]), kind: .optimized) }
        let (actor, other) = (Actor(code), Actor(code))
        actor.enter()
        other.enter()
        code.reclaim()
        // Before the first byte and behind the end; the end itself is a return address of a call that does not return.
        actor.scan(bases[0].rawValue - 1, bases[1].rawValue + 6, 0, UInt.max, bases[2].rawValue + 7)
        #expect(!actor.isAsked && other.isAsked)
        #expect(bases.allSatisfy { isThere($0, code) })
        other.scan(bases[2].rawValue)
        #expect(!isThere(bases[0], code) && isThere(bases[1], code) && isThere(bases[2], code))
        // What was on a stack waits for another batch, and for everybody again.
        code.reclaim()
        #expect(actor.isAsked && other.isAsked)
        actor.scan()
        other.scan(bases[2].rawValue + 3)
        #expect(!isThere(bases[1], code) && isThere(bases[2], code))
        actor.leave()
        other.leave()
        code.reclaim()
        #expect(!isThere(bases[2], code))
    }

    @Test func aScanWhereTwoBlocksMeetKeepsBoth() throws {
        let code = try makeCode(makeReservation())
        var long = compiled([(0, 1)])
        long.bytes += [UInt8](repeating: 0xCC, count: 58)
        let first = try code.commit(long, kind: .baseline)
        let second = try code.commit(compiled([(1, 1)]), kind: .baseline)
        #expect(first.base.rawValue + 64 == second.base.rawValue)
        let scan = StackScan([second, first])
        func found(_ words: UInt...) -> Set<Int> { words.withUnsafeBufferPointer { scan.blocks(namedBy: $0) } }
        #expect(found(second.base.rawValue) == [0, 1])
        #expect(found(second.base.rawValue + 1) == [0])
        #expect(found(first.base.rawValue) == [1])
        #expect(found(first.base.rawValue - 1, second.base.rawValue + 7) == [])
        #expect(StackScan([]).blocks(namedBy: UnsafeBufferPointer(start: nil, count: 0)) == [])
    }

    @Test func aPinPutsFreeingOffAndItsEndFrees() throws {
        let (code, old, _) = try makeReplaced()
        code.pin()
        code.pin()
        code.reclaim()
        #expect(isThere(old, code))
        code.unpin()
        #expect(isThere(old, code))
        code.unpin()
        #expect(!isThere(old, code))
    }

    @Test func manyRetiredBytesAreFreedUnasked() throws {
        let code = try makeCode(makeReservation())
        var unit = compiled([(0, 1)])
        unit.bytes += [UInt8](repeating: 0xCC, count: Code.retirementBatchBytes / 4 - 6)
        for _ in 0..<9 { try code.commit(unit, kind: .baseline) }
        #expect(code.statistics.freedBlockCount == 8 && code.blocks.count == 1)
    }

    @Test func aBlockThatSomebodyHoldsKeepsItsBytes() throws {
        let code = try makeCode(makeReservation(), functions: 300)
        var held: CodeBlock? = try code.commit(compiled([(0, 1)]), kind: .baseline)
        let segment = try #require(held).segment
        try code.commit(compiled([(0, 2)]), kind: .optimized)
        code.reclaim()
        #expect(code.block(containing: try #require(held).base) == nil)
        #expect(held?.bytes.elementsEqual(returning(1)) == true && segment.freedByteCount == 0)
        let base = try #require(held).base
        held = nil
        #expect(segment.freedByteCount == 64)
        let bytes = UnsafeRawBufferPointer(start: base.pointer, count: 64)
        #expect(bytes.allSatisfy { $0 == CodeSegment.trapByte })
    }

    @Test func freedRoomIsUsedBeforeNewMemory() throws {
        let reservation = try makeReservation()
        let code = try makeCode(reservation, functions: 2000)
        // Every other function of three segments is replaced, so that no segment is free as a whole.
        for function in 0..<1000 {
            try code.commit(compiled([(UInt32(function), Int32(function))]), kind: .baseline)
        }
        let mapped = code.statistics.mappedBytes
        #expect(mapped == (16 + 32 + 64) << 10)
        for function in stride(from: 0, to: 1000, by: 2) {
            #expect(code.claim(function, for: .optimized))
            try code.commit(compiled([(UInt32(function), Int32(-function))]), kind: .optimized)
        }
        code.reclaim()
        let before = code.statistics
        for function in 1000..<1400 {
            try code.commit(compiled([(UInt32(function), Int32(function))]), kind: .baseline)
        }
        #expect(code.statistics.mappedBytes <= before.mappedBytes)
        for function in 0..<1400 {
            let isNegative = function < 1000 && function % 2 == 0
            #expect(call(through: code, function) == Int32(isNegative ? -function : function))
            let block = try #require(code.bestBlock(forFunction: function))
            #expect(block.functionRanges[UInt32(function)] != nil && block.base.rawValue % 64 == 0)
        }
        // No two blocks share a byte.
        let blocks = code.blocks.sorted { $0.base.rawValue < $1.base.rawValue }
        for (a, b) in zip(blocks, blocks.dropFirst()) {
            #expect(a.base.rawValue + UInt(a.byteCount) <= b.base.rawValue)
        }
        #expect(code.map.count == blocks.count && reservation.map.count == blocks.count)
    }

    @Test func aSegmentThatIsFreeAsAWholeGoesBack() throws {
        let reservation = try makeReservation()
        let code = try makeCode(reservation)
        var large = compiled([(0, 1)])
        large.bytes += [UInt8](repeating: 0xCC, count: 300_000)
        let first = try code.commit(large, kind: .baseline).base
        let usage = reservation.usage.codeBytes
        try code.commit(compiled([(0, 2)]), kind: .optimized)
        code.reclaim()
        #expect(reservation.usage.codeBytes == usage - 303_104 + (16 << 10))
        // The same pages hold the next one.
        large.codeRanges[0].functionIndex = 1
        #expect(try code.commit(large, kind: .baseline).base == first)
        #expect(call(through: code, 1) == 1)
    }

    @Test func wherePagesArePrivateTheyGoBackToo() throws {
        let reservation = try CodeReservation(byteCount: 16 << 20, usesFile: false)
        let code = try makeCode(reservation)
        try code.commit(compiled([(0, 1)]), kind: .baseline)
        try code.commit(compiled([(0, 2)]), kind: .optimized)
        #expect(reservation.usage.codeBytes == 8192)
        code.reclaim()
        #expect(reservation.usage.codeBytes == 4096 && call(through: code, 0) == 2)
    }

    @Test func profilersHearOfTheEndOfEachBlockOnce() throws {
        let recorder = ProfilerTests.Recorder()
        var bases: [CodeAddress] = []
        do {
            let code = try makeCode(makeReservation())
            code.announce(to: recorder) { _ in nil }
            bases.append(try code.commit(compiled([(0, 1)]), kind: .baseline).base)
            bases.append(try code.commit(compiled([(0, 2)]), kind: .optimized).base)
            code.reclaim()
            #expect(recorder.removed.withLock { $0 } == [bases[0]])
            // Who comes now is not told of what is gone.
            let late = ProfilerTests.Recorder()
            code.announce(to: late) { _ in nil }
            #expect(late.added.withLock { $0.map(\.base) } == [bases[1]])
        }
        #expect(recorder.removed.withLock { $0 } == bases)
    }

    @Test func theListOfBlocksStaysInOrderWhateverGoes() throws {
        let code = try makeCode(makeReservation(), functions: 1000)
        for function in 0..<1000 { try code.commit(compiled([(UInt32(function), 1)]), kind: .baseline) }
        for function in 0..<1000 where function % 8 != 3 {
            try code.commit(compiled([(UInt32(function), 2)]), kind: .optimized)
            if function % 100 == 0 { code.reclaim() }
        }
        code.reclaim()
        let functions = code.blocks.map { Int($0.functionRanges.firstFunction) }
        let kept = (0..<1000).filter { $0 % 8 == 3 }
        #expect(functions == kept + (0..<1000).filter { $0 % 8 != 3 })
    }
}
