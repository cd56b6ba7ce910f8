// The deadlines that lie ahead, the earliest first.

/// A binary heap of deadlines, at most one for each target, which knows its place in it.
struct DeadlineHeap {
    struct Entry {
        var nanoseconds: UInt64
        /// The target's number for this deadline.
        var deadline: UInt64
        let target: InterruptState
    }
    private var entries: [Entry] = []

    var first: Entry? { entries.first }

    /// Adds a deadline in place of the target's earlier one, if there is one.
    mutating func insert(_ entry: Entry) {
        remove(entry.target)
        entries.append(entry)
        place(entry, at: entries.count - 1)
        rise(from: entries.count - 1)
    }

    /// Removes a target's deadline, if there is one.
    mutating func remove(_ target: InterruptState) {
        let index = target.heapIndex
        guard index >= 0 else { return }
        target.heapIndex = -1
        let last = entries.removeLast()
        guard index < entries.count else { return }
        place(last, at: index)
        sink(from: index)
        rise(from: index)
    }

    private mutating func place(_ entry: Entry, at index: Int) {
        entries[index] = entry
        entry.target.heapIndex = index
    }

    private mutating func rise(from start: Int) {
        var index = start
        while index > 0 {
            let parent = (index - 1) / 2
            guard entries[index].nanoseconds < entries[parent].nanoseconds else { return }
            exchange(index, parent)
            index = parent
        }
    }

    private mutating func sink(from start: Int) {
        var index = start
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < entries.count {
                if entries[child].nanoseconds < entries[least].nanoseconds { least = child }
            }
            if least == index { return }
            exchange(index, least)
            index = least
        }
    }

    private mutating func exchange(_ a: Int, _ b: Int) {
        let (first, second) = (entries[a], entries[b])
        place(first, at: b)
        place(second, at: a)
    }
}
