// Which code is the coldest.
//
// Nothing counts calls of code that is good enough. So whether a block is used is found out by an experiment: its functions'
// cells are pointed at their first-call thunks (*probation*). The first call that comes costs as much as a call of the
// runtime, points the cell at the code again, and saves the block (`Code.recall`); a block that nobody calls is evicted.
// The alternatives are counters or marks in every prologue, for ever, or the age of code alone, which throws away what is
// hottest as readily as what ran once.

/// Two hands that go round the list of blocks. The front one puts on probation, the back one evicts what still is: the
/// blocks between them have a chance, and those longest on probation go first. Behind the code's lock.
struct EvictionClock: Sendable {
    private var front = 0
    private var back = 0
    /// Code of the blocks between the hands.
    private(set) var bytesBetween = 0

    /// The next block to be put on probation; nil if all are between the hands.
    mutating func probationer(_ slots: [CodeBlock?]) -> CodeBlock? {
        for _ in 0..<slots.count {
            if front >= slots.count { front = 0 }
            if let block = slots[front], block.kind.tier != nil, block.byteCount > 0, block.isUsed {
                if block.isBetweenHands { return nil }
                front += 1
                block.isBetweenHands = true
                bytesBetween += block.byteCount
                block.isOnProbation.store(true, ordering: .relaxed)
                return block
            }
            front += 1
        }
        return nil
    }

    /// The next block to be evicted: one that has been on probation and was not called, or failing that the oldest.
    mutating func victim(_ slots: [CodeBlock?]) -> CodeBlock? {
        while true {
            if bytesBetween == 0, probationer(slots) == nil { return nil }
            guard let block = last(slots) else { return nil }
            if block.isUsed, block.isOnProbation.load(ordering: .relaxed) { return block }
        }
    }

    /// Takes the last block from between the hands.
    private mutating func last(_ slots: [CodeBlock?]) -> CodeBlock? {
        for _ in 0..<slots.count {
            if back >= slots.count { back = 0 }
            defer { back += 1 }
            if let block = slots[back], block.isBetweenHands {
                forget(block)
                return block
            }
        }
        return nil
    }

    /// A block is between the hands no more.
    mutating func forget(_ block: CodeBlock) {
        guard block.isBetweenHands else { return }
        block.isBetweenHands = false
        bytesBetween -= block.byteCount
    }

    /// The empty places of the list are about to be removed.
    mutating func willPack(_ slots: [CodeBlock?]) {
        front = slots.prefix(front).count { $0 != nil }
        back = slots.prefix(back).count { $0 != nil }
    }
}
