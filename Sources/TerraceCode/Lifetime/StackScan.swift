// Looks for code addresses on a stack.

/// Which of some blocks the words of a stack may name.
///
/// Every word is looked at, whatever it is: a return address is found wherever the compiler of its frame put it, and no
/// rule about frames has to hold for memory to be safe. A number of the guest's, or a word that an earlier frame left, may
/// look like an address: it delays freeing, no more.
struct StackScan {
    /// First address and one behind the last of each block, in rising order, and the block's place in the list.
    private let ranges: [(begin: UInt, end: UInt, index: Int)]

    init(_ blocks: [CodeBlock]) {
        ranges = blocks.indices.map { index in
            let begin = blocks[index].base.rawValue
            return (begin, begin + UInt(blocks[index].byteCount), index)
        }.sorted { $0.begin < $1.begin }
    }

    /// The places in the list of blocks that words name. The end of a block counts: a call that never returns may be its
    /// last instruction.
    func blocks(namedBy words: UnsafeBufferPointer<UInt>) -> Set<Int> {
        guard let low = ranges.first?.begin, let high = ranges.last?.end else { return [] }
        var found: Set<Int> = []
        for word in words where word >= low && word <= high {
            // Where one block ends the next may begin: the address counts for both.
            var index = partition { $0.begin <= word }
            while index > 0, ranges[index - 1].end >= word {
                index -= 1
                found.insert(ranges[index].index)
            }
        }
        return found
    }

    /// How many ranges from the first on a rule holds for.
    private func partition(_ holds: ((begin: UInt, end: UInt, index: Int)) -> Bool) -> Int {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if holds(ranges[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
