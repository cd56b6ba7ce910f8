// Finding equivalent recursion groups: equal keys, equal groups.

/// Maps keys of recursion groups to the first number that was given to an equal group.
///
/// A key is a string of words that describes the group's types in order, with references into the group written relative
/// to its start and all other references by the numbers that this interner gave. Then iso-recursive equivalence is
/// equality of keys.
struct TypeInterner {
    private var words: [UInt32] = []
    private var groups: [Group] = []
    /// Open addressing; 0 is free, otherwise index of the group plus one.
    private var table: [UInt32] = Array(repeating: 0, count: 16)

    private struct Group {
        var hash: UInt32
        var start: Int
        var count: Int
        var firstType: UInt32
    }

    /// The number of the first type of an equal group; if there is none, `firstType` is remembered for this one.
    mutating func intern(_ key: [UInt32], firstType: UInt32) -> UInt32 {
        // Seeded per process: a module cannot be made so that all its groups meet in one place.
        var hasher = Hasher()
        key.withUnsafeBytes { hasher.combine(bytes: $0) }
        let hash = UInt32(truncatingIfNeeded: hasher.finalize())
        var mask = table.count - 1
        var slot = Int(hash) & mask
        while table[slot] != 0 {
            let group = groups[Int(table[slot]) - 1]
            if group.hash == hash, isKey(key, of: group) { return group.firstType }
            slot = (slot + 1) & mask
        }
        groups.append(Group(hash: hash, start: words.count, count: key.count, firstType: firstType))
        words.append(contentsOf: key)
        table[slot] = UInt32(groups.count)
        if groups.count * 2 > table.count {
            table = Array(repeating: 0, count: table.count * 2)
            mask = table.count - 1
            for (index, group) in groups.enumerated() {
                var slot = Int(group.hash) & mask
                while table[slot] != 0 { slot = (slot + 1) & mask }
                table[slot] = UInt32(index) + 1
            }
        }
        return firstType
    }

    // A loop by hand: comparing slices would instantiate generic metadata when an engine starts.
    private func isKey(_ key: [UInt32], of group: Group) -> Bool {
        guard group.count == key.count else { return false }
        for index in 0..<key.count where words[group.start + index] != key[index] { return false }
        return true
    }
}
