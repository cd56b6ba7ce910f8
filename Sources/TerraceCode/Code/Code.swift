// All machine code of one module, and all questions about it.

import Synchronization
import TerraceThreads

#if canImport(Glibc)
    import Glibc
#endif

/// All machine code of one module: a list of blocks, an entry cell and a state per function, a map from addresses to
/// blocks.
///
/// Shared by all instances and threads; every method may be called from any thread. An entry cell is never freed while
/// the code lives, and code bytes never change while anybody may run them: a function moves to better code by one store to
/// its cell. The block that it leaves is freed when nothing leads there and nobody is in it (`Retirement.swift`); an
/// address of a function's code is good for who has made sure that it stays: inside an activation of a store that uses the
/// code (``CodeRunner``), or by keeping the ``CodeBlock``.
public final class Code: @unchecked Sendable {  // lets, atomics, and `mutable` behind its mutex
    public let importedFunctionCount: Int
    /// Functions in the module's index space, imported ones included.
    public let functionCount: Int
    public let reservation: CodeReservation
    /// Canonical id of each of the module's types.
    public let canonicalTypeIDs: [UInt32]
    /// Entry cells, indexed by function index. Those of imported functions are 0 and nobody calls through them.
    public let cells: UnsafeMutablePointer<Atomic<UInt>>
    /// Where the tiering records stand, indexed by function index: code reaches them as it does the cells. All are zero, and
    /// take no memory until one is written.
    public var tieringRecords: UnsafeMutablePointer<TieringRecord> {
        (UnsafeMutableRawPointer(cells) + dataLayout.tieringRecordsOffset).assumingMemoryBound(to: TieringRecord.self)
    }
    private var dataLayout: CodeDataLayout { CodeDataLayout(functionCount: functionCount) }
    /// The blocks of this code, by address.
    public let map: CodeBlockMap
    /// Most bytes of machine code that calls may come to. Above it the coldest code goes.
    public let maximumCodeBytes: Int
    let states: FunctionStates
    let mutable: Guarded<Mutable>
    private let measuresHoldTimes: Bool

    // What is about the end of blocks: see `Retirement.swift`.
    let retirement = Guarded(Retirement())
    /// Whether there may be something to do for ``retirement``.
    let retirementNeedsAttention = Atomic<Bool>(false)
    /// Threads that handle entry addresses outside of wasm code.
    let pins = Atomic<Int>(0)
    /// Code of blocks that are retired and not freed.
    let retiredBytes = Atomic<Int>(0)
    /// Where the thunks of functions are. Written before anybody uses the code.
    private var thunkRuns: [(functions: Range<Int>, first: UInt, stride: UInt)] = []

    /// Who knows of loops that lead to this code. Written once, before the code has any.
    public nonisolated(unsafe) weak var loopEntries: (any LoopEntryKeeper)?

    /// Everything that changes, apart from the atomics.
    struct Mutable {
        var blocks = BlockList()
        /// Segments in which blocks were freed, while they live.
        var freedSegments = FreedSegments()
        /// Commits between their reservation and their append: the list has capacity for so many more.
        var pendingBlockCount = 0
        /// Code of all blocks, and of those between their reservation and their append.
        var codeBytes = 0
        /// The segment that small blocks are appended to.
        var openSegment: CodeSegment?
        var nextSegmentBytes = Code.firstSegmentBytes
        /// Whether a thread is making the next open segment.
        var isMakingSegment = false
        /// By ``StubID``, as a number: the first table with keys of a type of its own takes some time at the start of a process.
        var stubs: [UInt32: CodeAddress] = [:]
        var statistics = CodeStatistics()
        /// Who is told of blocks.
        var announcers: [CodeAnnouncer] = []
        /// How long the lock on all this was held, if that is measured.
        var holdTimes: HoldTimes?
    }

    static let firstSegmentBytes = 16 << 10
    static let largestSegmentBytes = 64 << 10

    /// Code for a module, without any block yet. Takes time only for the cells' address space.
    ///
    /// - Parameters:
    ///   - functionCount: functions in the module's index space, imported ones included.
    ///   - canonicalTypeIDs: canonical id of each of the module's types, for `.typeID` relocations.
    ///   - maximumCodeBytes: most bytes of machine code that calls may come to. A commit beyond them evicts functions
    ///     first, the coldest ones; it fails only if its block alone is larger, or if as much code again (at least
    ///     ``leastRetiredBytes``) is retired and not free yet.
    ///   - measuresHoldTimes: whether to measure how long the lock is held that commits need; it costs them the reading of
    ///     clocks.
    public init(
        importedFunctionCount: Int, functionCount: Int, reservation: CodeReservation, canonicalTypeIDs: [UInt32] = [],
        maximumCodeBytes: Int = .max, measuresHoldTimes: Bool = false
    ) throws(CodeError) {
        precondition(0 <= importedFunctionCount && importedFunctionCount <= functionCount)
        ForkGuard.enter()
        defer { ForkGuard.leave() }
        let identity = ObjectIdentifier(reservation)
        try FailureInjection.check(identity, .outOfMemory)
        guard let map = CodeBlockMap(base: reservation.base, byteCount: reservation.byteCount) else {
            throw .outOfMemory
        }
        // Zeroed pages come from the operating system on demand: every function starts cold.
        guard let words = calloc(max(functionCount, 1), MemoryLayout<UInt64>.stride) else {
            map.destroy()
            throw .outOfMemory
        }
        let cellMemory: UnsafeMutableRawPointer
        do throws(CodeError) {
            cellMemory = try reservation.allocateData(byteCount: CodeDataLayout(functionCount: functionCount).byteCount)
        } catch {
            map.destroy()
            free(words)
            throw error
        }
        self.importedFunctionCount = importedFunctionCount
        self.functionCount = functionCount
        self.reservation = reservation
        self.canonicalTypeIDs = canonicalTypeIDs
        self.maximumCodeBytes = maximumCodeBytes
        self.map = map
        cells = cellMemory.bindMemory(to: Atomic<UInt>.self, capacity: functionCount)
        states = FunctionStates(words: words.bindMemory(to: Atomic<UInt64>.self, capacity: functionCount))
        var mutable = Mutable()
        let layout = CodeDataLayout(functionCount: functionCount)
        if measuresHoldTimes { mutable.holdTimes = HoldTimes() }
        self.measuresHoldTimes = measuresHoldTimes
        mutable.statistics.cellBytes = CodeReservation.roundedToPages(layout.tieringRecordsOffset)
        self.mutable = Guarded(mutable)
    }

    deinit {
        ForkGuard.enter()
        defer { ForkGuard.leave() }
        // Nobody runs in this code: whoever does holds it.
        let (blocks, announcers) = withCommitLock { ($0.blocks.all, $0.announcers) }
        for block in blocks {
            for announcer in announcers { announcer.willRelease(block) }
            reservation.map.remove(block.unmanaged)
        }
        map.destroy()
        reservation.releaseData(UnsafeMutableRawPointer(cells), byteCount: dataLayout.byteCount)
        free(states.words)
    }

    /// Calls `body` with all that changes, under its lock: the one lock that every commit, lookup of a stub and question for
    /// a block needs. Short: nothing is compiled, written, mapped or waited for in it.
    @inline(__always) func withCommitLock<Result, Failure: Error>(
        _ body: (inout sending Mutable) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        try mutable.withLock { (mutable: inout sending Mutable) throws(Failure) -> sending Result in
            guard _slowPath(measuresHoldTimes) else { return try body(&mutable) }
            let start = monotonicNanoseconds()
            defer { mutable.holdTimes?.add(monotonicNanoseconds() - start) }
            return try body(&mutable)
        }
    }

    /// How long the lock that commits need was held each time, if that is measured.
    public var holdTimes: HoldTimes? { mutable.withLock { $0.holdTimes } }

    /// A function's entry cell. Its address stays the same as long as the code lives.
    public func cell(_ functionIndex: Int) -> UnsafeMutablePointer<Atomic<UInt>> {
        precondition(functionIndex >= 0 && functionIndex < functionCount)
        return cells + functionIndex
    }

    /// Points the cells of functions at thunks that follow one another, `stride` bytes apart. For new code, before anybody
    /// uses it. Imported functions among them are passed over.
    public func setCells(of functions: Range<Int>, toThunksAt first: CodeAddress, stride: Int) {
        precondition(functions.upperBound <= functionCount)
        let start = max(functions.lowerBound, importedFunctionCount)
        guard start < functions.upperBound else { return }
        thunkRuns.append((functions, first.rawValue, UInt(stride)))
        var address = first.rawValue + UInt((start - functions.lowerBound) * stride)
        for index in start..<functions.upperBound {
            cells[index].store(address, ordering: .relaxed)
            address += UInt(stride)
        }
        atomicMemoryFence(ordering: .sequentiallyConsistent)
    }

    var hasThunks: Bool { !thunkRuns.isEmpty }

    /// Where calls of a function go while it has no code; nil if nobody has said so.
    func thunk(_ functionIndex: Int) -> UInt? {
        for run in thunkRuns where run.functions.contains(functionIndex) {
            return run.first + UInt(functionIndex - run.functions.lowerBound) * run.stride
        }
        return nil
    }

    /// Where a function's cell leads in a state.
    private func target(of functionIndex: Int, in state: FunctionState) -> UInt? {
        state.tier == nil ? thunk(functionIndex) : reservation.base.rawValue + UInt(state.entryDistance)
    }

    /// Brings a cell up to the function's state. Whoever changed the state calls this afterwards; the last of several
    /// threads to store sees the last state. The thread holds a pin: what it stores may be old by a moment, and must not be
    /// freed in it.
    func storeCell(_ functionIndex: Int) {
        var entry = target(of: functionIndex, in: states.load(functionIndex))
        while let target = entry {
            SyncPoint.commitBeforeCellStore.reach(in: ObjectIdentifier(self))
            cells[functionIndex].store(target, ordering: .sequentiallyConsistent)
            let now = FunctionState(
                rawValue: states.words[functionIndex].load(ordering: .sequentiallyConsistent))
            entry = self.target(of: functionIndex, in: now)
            if entry == target { return }
        }
    }

    /// How far a function has come.
    public func state(of functionIndex: Int) -> FunctionState {
        precondition(functionIndex >= 0 && functionIndex < functionCount)
        return states.load(functionIndex)
    }

    /// Address of a function's best code; nil if it has none, or is imported. See the class on how long it is good.
    public func functionEntry(_ functionIndex: Int) -> CodeAddress? {
        let state = state(of: functionIndex)
        guard state.tier != nil else { return nil }
        return CodeAddress(rawValue: reservation.base.rawValue + UInt(state.entryDistance))
    }

    /// The block with a function's best code.
    public func bestBlock(forFunction functionIndex: Int) -> CodeBlock? {
        // Between the two looks the block must not be freed, and its place taken by another.
        pin()
        defer { unpin() }
        return functionEntry(functionIndex).flatMap { block(containing: $0) }
    }

    /// The block of this code that holds an address.
    public func block(containing address: CodeAddress) -> CodeBlock? {
        // A block that is freed leaves the list and the map with the lock held. Until then the list keeps it.
        withCommitLock { _ in map.lookup(address)?.block?.takeUnretainedValue() }
    }

    /// All blocks, in the order of their commits.
    public var blocks: [CodeBlock] { withCommitLock { $0.blocks.all } }

    /// Figures at this moment.
    public var statistics: CodeStatistics {
        let (figures, blocks) = withCommitLock { mutable in
            var result = mutable.statistics
            result.stubCount = mutable.stubs.count
            return (result, mutable.blocks.all)
        }
        var result = figures
        result.retiredBytes = retiredBytes.load(ordering: .relaxed)
        var segments: Set<ObjectIdentifier> = []
        for block in blocks where segments.insert(ObjectIdentifier(block.segment)).inserted {
            result.mappedBytes += block.segment.capacity
        }
        result.segmentCount = segments.count
        return result
    }

    /// Address of a stub that was committed; nil if there is none yet.
    public func stub(_ id: StubID) -> CodeAddress? { withCommitLock { $0.stubs[id.rawValue] } }

    /// Address of a stub, made by `make` (with no lock held) and committed if there is none yet. When several threads make
    /// the same stub, all get the one that was there first.
    public func stub(
        _ id: StubID, orCommit make: () throws(CodeError) -> CompiledCode
    ) throws(CodeError) -> CodeAddress {
        if let address = stub(id) { return address }
        SyncPoint.stubAfterReadTier.reach(in: ObjectIdentifier(self))
        try commit(try make(), kind: .lazyStubs)
        guard let address = stub(id) else { throw .contradiction("the maker of a stub made another one") }
        return address
    }

    /// Takes on the task to compile a function for a tier; true for exactly one of several threads. A claim ends with a
    /// commit, with ``abandon(_:for:)`` or with ``fail(_:for:)``. None is granted for a tier that the function has reached,
    /// or that has failed for it.
    public func claim(_ functionIndex: Int, for target: CodeTier = .baseline) -> Bool {
        precondition(functionIndex >= importedFunctionCount && functionIndex < functionCount)
        guard states.claim(functionIndex, for: target) else { return false }
        SyncPoint.claimAfterClaim.reach(in: ObjectIdentifier(self))
        return true
    }

    /// Says that work on a claim has begun. False if it is not needed any more: a complete tier was published.
    @discardableResult
    public func beginCompiling(_ functionIndex: Int, for target: CodeTier = .baseline) -> Bool {
        states.beginCompiling(functionIndex, for: target)
    }

    /// Drops a claim, as if it had never been made: the work was cancelled, or there was no memory for it. The next claim
    /// is granted at once.
    public func abandon(_ functionIndex: Int, for target: CodeTier = .baseline) {
        states.abandon(functionIndex, for: target)
    }

    /// Ends a claim for good: the tier cannot compile the function, and none is granted for it again. Other tiers and the
    /// code that is there are not concerned.
    public func fail(_ functionIndex: Int, for target: CodeTier = .baseline) {
        states.fail(functionIndex, for: target)
    }

    /// Waits until a function has code of a tier, or no claim is open for it. For threads whose claim was refused.
    public func waitUntilSettled(_ functionIndex: Int, for target: CodeTier = .baseline) -> FunctionState {
        states.waitUntilSettled(functionIndex, for: target)
    }

    /// Waits until every claim that is open now has ended, and its code, if there is any, is what callers go to.
    public func drain() {
        for function in importedFunctionCount..<functionCount
        where states.waitUntilSettled(function, for: .optimized).tier != nil {
            pin()
            storeCell(function)  // whoever published it may not have come so far
            unpin()
        }
    }
}
