// Taking code away that may be made again: because the limit on a module's code is reached, or because somebody asks.

import Synchronization
import TerraceThreads

extension Code {
    /// What may be retired and not freed yet, beyond the limit on code: as much again, but no less than this.
    static let leastRetiredBytes = 8 << 20

    /// Takes its functions from a block: they are as if never compiled, and the next call compiles them. The block's code
    /// is freed when nobody is in it; whoever is goes on. A claim for better code of a function ends; a commit that was
    /// under way for it counts all the same. Loops that lead to the block lead there no more.
    ///
    /// A function that baseline cannot compile, whose cell has no thunk (``setCells(of:toThunksAt:stride:)``), or whose best
    /// code is elsewhere, is left alone. Thread-safe. Returns how many functions were taken.
    @discardableResult
    public func evict(_ block: CodeBlock) -> Int {
        ForkGuard.enter()
        defer { ForkGuard.leave() }
        let identity = ObjectIdentifier(self)
        SyncPoint.evictAfterChoice.reach(in: identity)
        let distance = UInt32(block.base.rawValue - reservation.base.rawValue)
        var functions: [Int] = []
        var loops = 0
        pin()
        block.functionRanges.forEach { range in
            let function = Int(range.functionIndex)
            guard thunk(function) != nil, states.evict(function, entry: distance + range.begin.rawValue) else { return }
            functions.append(function)
        }
        if let keeper = loopEntries {
            loops = block.codeRanges.count { range in
                range.kind == .loopEntry
                    && keeper.withdrawLoopEntry(of: range.functionIndex, at: block.placement.address(of: range.begin))
            }
        }
        for _ in 0..<loops where block.endFunction() { retire(block) }
        if !functions.isEmpty {
            SyncPoint.evictAfterState.reach(in: identity)
            for function in functions { storeCell(function) }
            SyncPoint.evictAfterCell.reach(in: identity)
            for _ in functions where block.endFunction() { retire(block) }
            withCommitLock { $0.statistics.evictedFunctionCount += functions.count }
        }
        unpin()
        return functions.count
    }

    /// A call has come through a function's thunk. If the function has code, this is its entry, and callers go there again.
    ///
    /// The caller is in an activation of a store that uses this code, and jumps to the entry before its next safepoint.
    public func recall(_ functionIndex: Int) -> CodeAddress? {
        guard state(of: functionIndex).tier != nil else { return nil }
        pin()
        defer { unpin() }
        SyncPoint.recallBeforeCell.reach(in: ObjectIdentifier(self))
        storeCell(functionIndex)
        guard let entry = functionEntry(functionIndex) else { return nil }
        // Pinned: what a state names is in the map.
        map.lookup(entry)?.block?.takeUnretainedValue().isOnProbation.store(false, ordering: .relaxed)
        return entry
    }

    /// Counts bytes of a block that is about to be committed, and room for it in the list. If the limit on code is reached,
    /// the coldest code goes first; it counts until nobody is in it, but not against the same limit.
    func countBytes(_ count: Int, isStubs: Bool, stubCount: Int) throws(CodeError) {
        guard count <= maximumCodeBytes else { throw .moduleLimitReached(maximumCodeBytes) }
        enum Decision {
            case granted(probationers: [CodeBlock])
            case evict(CodeBlock)
            case full
        }
        // Once something must go, a little more goes: freeing costs as much for many as for one.
        var slack = 0
        var isLastAttempt = false
        var victimsLeft = Int.max
        while true {
            let decision = withCommitLock { mutable -> Decision in
                let live = mutable.codeBytes - retiredBytes.load(ordering: .relaxed)
                let mostRetired = max(maximumCodeBytes, Code.leastRetiredBytes)
                guard mutable.codeBytes - maximumCodeBytes <= mostRetired - count else { return .full }
                if count <= maximumCodeBytes - live - slack {
                    mutable.codeBytes += count
                    mutable.reserve(stubCount: isStubs ? stubCount : 0)
                    return .granted(probationers: mutable.probationers(live: live + count, limit: maximumCodeBytes))
                }
                victimsLeft = min(victimsLeft, 2 * mutable.blocks.count)
                victimsLeft -= 1
                slack = min(maximumCodeBytes / 16, maximumCodeBytes - count)
                guard hasThunks, victimsLeft >= 0, let victim = mutable.blocks.nextVictim() else { return .full }
                return .evict(victim)
            }
            switch decision {
            case .granted(let probationers):
                for block in probationers { putOnProbation(block) }
                if slack > 0 { reclaim() }
                return
            case .evict(let block): evict(block)
            case .full:
                // What was freed by now may do.
                guard !isLastAttempt else { throw .codeMemoryExhausted }
                isLastAttempt = true
                slack = 0
                reclaim()
            }
        }
    }

    /// Sends the callers of a block's functions through their thunks. That is right for any function at any time.
    private func putOnProbation(_ block: CodeBlock) {
        let distance = UInt32(block.base.rawValue - reservation.base.rawValue)
        block.functionRanges.forEach { range in
            let function = Int(range.functionIndex)
            let state = states.load(function)
            guard state.tier != nil, state.entryDistance == distance + range.begin.rawValue, let thunk = thunk(function)
            else { return }
            cells[function].store(thunk, ordering: .releasing)
        }
    }
}

extension Code.Mutable {
    /// The blocks that go on probation now. From three quarters of the limit on a quarter of the code is on probation.
    fileprivate mutating func probationers(live: Int, limit: Int) -> [CodeBlock] {
        guard live > limit / 4 * 3 else { return [] }
        var result: [CodeBlock] = []
        while blocks.probationBytes < live / 4, result.count < 16, let block = blocks.nextProbationer() {
            result.append(block)
        }
        return result
    }

    /// Makes room in the lists for one more block.
    fileprivate mutating func reserve(stubCount: Int) {
        pendingBlockCount += 1
        blocks.reserve(pendingBlockCount)
        if stubCount > 0 { stubs.reserveCapacity(stubs.count + stubCount) }
    }
}
