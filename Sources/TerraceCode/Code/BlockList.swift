// The blocks of a module's code, in the order of their commits.

/// A list from which elements go as well, both in constant time (when it is half empty it is packed). Behind its code's lock.
struct BlockList: Sendable {
    private var slots: [CodeBlock?] = []
    private(set) var count = 0
    private var clock = EvictionClock()

    var all: [CodeBlock] { slots.compactMap { $0 } }

    /// Makes room for more, so that appending them cannot fail.
    mutating func reserve(_ more: Int) {
        let needed = slots.count + more
        if slots.capacity < needed { slots.reserveCapacity(needed * 2) }
    }

    mutating func append(_ block: CodeBlock) {
        block.listIndex = slots.count
        slots.append(block)
        count += 1
    }

    /// Removes a block that is in the list.
    mutating func remove(_ block: CodeBlock) {
        precondition(slots[block.listIndex] === block, "a block is freed once")
        slots[block.listIndex] = nil
        count -= 1
        clock.forget(block)
        if slots.count >= 64, count < slots.count / 2 { pack() }
    }

    private mutating func pack() {
        clock.willPack(slots)
        var end = 0
        for index in slots.indices {
            guard let block = slots[index] else { continue }
            block.listIndex = end
            slots[end] = block
            end += 1
        }
        slots.removeLast(slots.count - end)  // keeps the room
    }

    /// See ``EvictionClock/probationer(_:)``.
    mutating func nextProbationer() -> CodeBlock? { clock.probationer(slots) }
    /// See ``EvictionClock/victim(_:)``.
    mutating func nextVictim() -> CodeBlock? { clock.victim(slots) }
    /// Code of the blocks that are on probation, or were recalled since.
    var probationBytes: Int { clock.bytesBetween }
}
