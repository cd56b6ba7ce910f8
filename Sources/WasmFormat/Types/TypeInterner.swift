// Finding equivalent recursion groups: equal keys, equal groups.

/// Maps keys of recursion groups to the first number that was given to an equal group.
///
/// A key is a string of words that describes the group's types in order, with references into the group written relative
/// to its start and all other references by the numbers that this interner gave. Then iso-recursive equivalence is
/// equality of keys.
struct TypeInterner {
    private var groups: [Group] = []
    /// Places in `groups` that are free again.
    private var free: [UInt32] = []
    /// Open addressing; 0 is free, otherwise index of the group plus one.
    private var table: [UInt32] = Array(repeating: 0, count: 16)

    private struct Group {
        var hash: UInt32
        var number: UInt32
        var key: [UInt32]
    }

    private static func hash(_ key: [UInt32]) -> UInt32 {
        // Seeded per process: a module cannot be made so that all its groups meet in one place.
        var hasher = Hasher()
        key.withUnsafeBytes { hasher.combine(bytes: $0) }
        return UInt32(truncatingIfNeeded: hasher.finalize())
    }

    /// The number of an equal group; if there is none, `number` is remembered for this one.
    mutating func intern(_ key: [UInt32], number: UInt32) -> UInt32 {
        let hash = Self.hash(key)
        let mask = table.count - 1
        var slot = Int(hash) & mask
        while table[slot] != 0 {
            let index = Int(table[slot]) - 1
            if groups[index].hash == hash, isKey(key, ofGroup: index) { return groups[index].number }
            slot = (slot + 1) & mask
        }
        let group = Group(hash: hash, number: number, key: key)
        if let index = free.popLast() {
            groups[Int(index)] = group
            table[slot] = index + 1
        } else {
            groups.append(group)
            table[slot] = UInt32(groups.count)
        }
        if (groups.count - free.count) * 2 > table.count { grow() }
        return number
    }

    private mutating func grow() {
        let old = table
        table = Array(repeating: 0, count: old.count * 2)
        let mask = table.count - 1
        for entry in old where entry != 0 {
            var slot = Int(groups[Int(entry) - 1].hash) & mask
            while table[slot] != 0 { slot = (slot + 1) & mask }
            table[slot] = entry
        }
    }

    /// Forgets a key that was interned.
    mutating func remove(_ key: [UInt32]) {
        let hash = Self.hash(key)
        let mask = table.count - 1
        var slot = Int(hash) & mask
        while true {
            precondition(table[slot] != 0, "a group is removed once")
            let index = Int(table[slot]) - 1
            if groups[index].hash == hash, isKey(key, ofGroup: index) { break }
            slot = (slot + 1) & mask
        }
        groups[Int(table[slot]) - 1].key = []
        free.append(table[slot] - 1)
        // What was displaced beyond the slot moves up, so that searches still find it.
        var next = (slot + 1) & mask
        while table[next] != 0 {
            let home = Int(groups[Int(table[next]) - 1].hash) & mask
            if (next - home) & mask >= (next - slot) & mask {
                table[slot] = table[next]
                slot = next
            }
            next = (next + 1) & mask
        }
        table[slot] = 0
    }

    // A loop by hand: comparing slices would instantiate generic metadata when an engine starts.
    private func isKey(_ key: [UInt32], ofGroup index: Int) -> Bool {
        let count = key.count
        guard groups[index].key.count == count else { return false }
        for position in 0..<count where groups[index].key[position] != key[position] { return false }
        return true
    }
}
