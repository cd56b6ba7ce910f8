// When code that nothing leads to any more is freed.
//
// A block is *retired* when its last use ends: no function has its best code there, no loop leads there, and nobody is
// publishing it. From then on it is reached only by who was on the way to it or in it. These are all:
//
// 1. A thread that read a function's state and is about to store the cell. It has a *pin* (`Code.pins`).
// 2. A thread that loaded a cell and has not jumped yet, that runs in the block, or that will return into it. It is in an
//    activation of a store, whose runner is not idle.
// 3. A thread that describes a trap in it. Its runner is not idle either: the trap's kind is in the context.
// 4. A thread that found the block as an object. It has a reference; memory goes when that goes.
//
// So retired blocks are freed in *batches*, one at a time, in this order:
//
// a. Begin when there is no pin. Who takes one now reads the new states, so from here on no cell leads to the batch.
// b. A barrier in all threads (`ProcessBarrier`). A thread that has told its context that it is active is seen so below;
//    one that has not done so by the barrier loads cells after it.
// c. Each runner is waited for, until it is seen idle once, or until its own thread has looked at its stack at a *safepoint*:
//    a host call or a builtin's, where it holds no entry address and has all return addresses on the stack. Whichever comes
//    first, afterwards it cannot come to a block that it did not name: cells do not lead there, it has no return address
//    there, and calls inside a block need somebody in it. Blocks that it names wait for another batch.
// d. When no runner is waited for, the blocks leave the list (again only while there is no pin: whoever announces the list
//    to a profiler holds one), the profilers, the maps, and memory.
//
// Nobody is stopped and nobody waits: each step is done by whoever comes by (the last pin's holder, a runner at its
// safepoint, `reclaim()`). A thread that runs on and on in wasm code without a safepoint delays its module's batch, and
// nothing else. Where there is no barrier, nothing is freed before the module's end.

import Synchronization
import TerraceThreads

/// What of a ``Code`` is retired, and who may still be in it.
struct Retirement: Sendable {
    /// Who may run the code.
    var runners: [ObjectIdentifier: CodeRunner] = [:]
    /// Retired blocks that are in no batch.
    private(set) var waiting: [CodeBlock] = []
    /// Bytes of those that have not been in a batch yet.
    private(set) var newBytes = 0
    /// The blocks that are to be freed together.
    private(set) var batch: [CodeBlock] = []
    /// Who may still be in the batch.
    private(set) var pending: [ObjectIdentifier: CodeRunner] = [:]
    /// Whether somebody has taken on the next step.
    private(set) var isBusy = false
    /// Whether a batch shall begin however small it is.
    var isDemanded = false

    /// Whether there is a step to try.
    var needsAttention: Bool {
        !batch.isEmpty || newBytes >= Code.retirementBatchBytes || isDemanded && !waiting.isEmpty
    }

    mutating func add(_ block: CodeBlock) {
        waiting.append(block)
        newBytes += block.byteCount
    }

    /// What the next step is.
    enum Step {
        /// The batch is new: barrier first.
        case begin
        /// Look who is still pending.
        case look
    }

    /// Takes on the next step, if there is one and nobody is at it.
    mutating func takeStep(isPinned: Bool) -> Step? {
        guard !isBusy, needsAttention else { return nil }
        if !batch.isEmpty {
            isBusy = true
            return .look
        }
        guard !isPinned else { return nil }
        swap(&batch, &waiting)
        newBytes = 0
        isDemanded = false
        isBusy = true
        return .begin
    }

    /// All threads have passed the barrier.
    mutating func didPassBarrier() { pending = runners }

    /// There is no barrier: nothing is freed.
    mutating func giveUp() {
        waiting += batch
        batch = []
        isBusy = false
    }

    /// Looks at the runners. Returns the batch if nobody is in it; the step goes on then. Otherwise it has ended.
    mutating func look() -> [CodeBlock]? {
        for (id, runner) in pending {
            if runner.isIdle { pending[id] = nil } else { runner.requestScan() }
        }
        if pending.isEmpty { return batch }
        isBusy = false
        return nil
    }

    /// Ends the step of freeing the batch; some blocks of it are left.
    mutating func endStep(leaving rest: [CodeBlock]) {
        batch = rest
        isBusy = false
    }

    /// A runner has looked at its stack; these blocks of the batch are on it.
    mutating func report(_ runner: CodeRunner, _ found: [CodeBlock]) {
        guard pending.removeValue(forKey: ObjectIdentifier(runner)) != nil else { return }
        guard !found.isEmpty else { return }
        // A new array: other runners look at the present one, with no lock held.
        var rest: [CodeBlock] = []
        for block in batch {
            if found.contains(where: { $0 === block }) { waiting.append(block) } else { rest.append(block) }
        }
        batch = rest
    }

    mutating func remove(_ runner: CodeRunner) {
        runners[ObjectIdentifier(runner)] = nil
        pending[ObjectIdentifier(runner)] = nil
    }
}

extension Code {
    /// So many bytes of code are freed together: a batch costs a barrier and a look at the stacks.
    static let retirementBatchBytes = 64 << 10

    // MARK: Pins

    /// Says that the calling thread handles entry addresses outside of wasm code. Short, and may nest.
    func pin() {
        ForkGuard.enter()
        pins.add(1, ordering: .sequentiallyConsistent)
    }

    /// Ends what ``pin()`` began; the last one tries what was put off for it.
    func unpin() {
        let isLast = pins.subtract(1, ordering: .sequentiallyConsistent).newValue == 0
        if isLast, _slowPath(retirementNeedsAttention.load(ordering: .sequentiallyConsistent)) { advanceRetirement() }
        ForkGuard.leave()
    }

    /// Calls `body` with the lock on retirement held.
    private func withRetirement<Result>(_ body: (inout Retirement) -> Result) -> Result {
        retirement.withLock { retirement in
            defer {
                retirementNeedsAttention.store(retirement.needsAttention, ordering: .sequentiallyConsistent)
            }
            return body(&retirement)
        }
    }

    // MARK: Runners

    func register(_ runner: CodeRunner) {
        ForkGuard.enter()
        defer { ForkGuard.leave() }
        withRetirement { $0.runners[ObjectIdentifier(runner)] = runner }
    }

    func unregister(_ runner: CodeRunner) {
        ForkGuard.enter()
        defer { ForkGuard.leave() }
        withRetirement { $0.remove(runner) }
        advanceRetirement()
    }

    /// A runner's look at its stack: see ``CodeRunner/scan(_:)``.
    func scan(_ words: UnsafeBufferPointer<UInt>, for runner: CodeRunner) {
        ForkGuard.enter()
        defer { ForkGuard.leave() }
        let identity = ObjectIdentifier(self)
        // As long as the runner is pending the batch is not freed; it may become smaller.
        let batch = withRetirement { $0.pending[ObjectIdentifier(runner)] == nil ? [] : $0.batch }
        guard !batch.isEmpty else { return }
        let found = StackScan(batch).blocks(namedBy: words).map { batch[$0] }
        SyncPoint.scanBeforeReport.reach(in: identity)
        withRetirement { $0.report(runner, found) }
        advanceRetirement()
    }

    // MARK: Retiring and freeing

    /// The last use of a block has ended. The thread holds a pin.
    func retire(_ block: CodeBlock) {
        let identity = ObjectIdentifier(self)
        SyncPoint.retireBeforeList.reach(in: identity)
        retiredBytes.add(block.byteCount, ordering: .relaxed)
        withRetirement { $0.add(block) }
        SyncPoint.retireAfterList.reach(in: identity)
    }

    /// Frees what is retired and nobody is in, as far as that can be known now; what is not known yet is freed later, by
    /// whoever comes by. Thread-safe, never waits for a thread that runs.
    public func reclaim() {
        withRetirement { $0.isDemanded = $0.isDemanded || !$0.waiting.isEmpty }
        advanceRetirement()
    }

    /// Does what can be done now towards freeing.
    private func advanceRetirement() {
        ForkGuard.enter()
        defer { ForkGuard.leave() }
        while takeRetirementStep() {}
    }

    /// Does the next step, if there is one. Returns whether to look for another.
    private func takeRetirementStep() -> Bool {
        let identity = ObjectIdentifier(self)
        guard let step = withRetirement({ $0.takeStep(isPinned: isPinned) }) else { return false }
        if step == .begin {
            SyncPoint.reclaimBeforeBarrier.reach(in: identity)
            guard ProcessBarrier.execute() else {
                withRetirement { $0.giveUp() }
                return false
            }
            SyncPoint.reclaimAfterBarrier.reach(in: identity)
            withRetirement { $0.didPassBarrier() }
        }
        guard let blocks = withRetirement({ $0.look() }) else { return false }
        SyncPoint.reclaimAfterLook.reach(in: identity)
        let rest = free(blocks)
        withRetirement { $0.endStep(leaving: rest) }
        // Who held a pin may have let go of it while this thread was at the step.
        return rest.isEmpty || !isPinned
    }

    private var isPinned: Bool { pins.load(ordering: .sequentiallyConsistent) != 0 }

    /// Frees blocks that nobody is in, until somebody holds a pin. Returns those that are left.
    private func free(_ blocks: [CodeBlock]) -> [CodeBlock] {
        let identity = ObjectIdentifier(self)
        for (number, block) in blocks.enumerated() {
            // Found by address means in the list: see `block(containing:)`.
            let announcers = withCommitLock { mutable -> [CodeAnnouncer]? in
                guard !isPinned else { return nil }
                mutable.remove(block)
                map.remove(block.unmanaged)
                retiredBytes.subtract(block.byteCount, ordering: .relaxed)
                return mutable.announcers
            }
            guard let announcers else { return Array(blocks[number...]) }
            SyncPoint.freeAfterUnlink.reach(in: identity)
            for announcer in announcers { announcer.willRelease(block) }
            reservation.map.remove(block.unmanaged)
            SyncPoint.freeAfterMapRemove.reach(in: identity)
            block.isFreed.store(true, ordering: .releasing)
            endLoopEntries(from: block)
        }
        return []
    }
}
