// Nodes by what they compute: a hash table with open addressing that is emptied by counting up a stamp.

import TerraceCompilation

/// From a node to the value that is known to equal it.
struct ValueTable: ~Copyable {
    struct Entry: BitwiseCopyable {
        /// The node's bytes.
        var key: SIMD2<UInt64>
        var value: UInt32
        /// From which block on it is known.
        var block: BlockIndex
        /// The entry is one if this is the table's.
        var stamp: UInt32
    }

    private var entries: UnsafeMutablePointer<Entry>
    private var mask: Int
    private var count = 0
    private var stamp: UInt32 = 1
    private static var smallest: Int { 1 << 10 }

    init() {
        entries = Self.allocate(Self.smallest)
        mask = Self.smallest - 1
    }

    deinit { entries.deallocate() }

    private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<Entry> {
        let entries = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
        entries.initialize(repeating: Entry(key: .zero, value: 0, block: 0, stamp: 0), count: capacity)
        return entries
    }

    mutating func removeAll() {
        count = 0
        stamp &+= 1
        if stamp == 0 {
            stamp = 1
            entries.update(repeating: Entry(key: .zero, value: 0, block: 0, stamp: 0), count: mask &+ 1)
        }
    }

    mutating func shrink() {
        guard mask >= Self.smallest << 4 else { return }
        entries.deallocate()
        entries = Self.allocate(Self.smallest)
        mask = Self.smallest - 1
        count = 0
        stamp = 1
    }

    @inline(__always) private static func key(_ node: Node) -> SIMD2<UInt64> {
        unsafeBitCast(node, to: SIMD2<UInt64>.self)
    }

    @inline(__always) private static func hash(_ key: SIMD2<UInt64>) -> Int {
        let mixed = (key.x &* 0x9E37_79B9_7F4A_7C15) ^ (key.y &* 0xC2B2_AE3D_27D4_EB4F)
        return Int(truncatingIfNeeded: mixed ^ (mixed &>> 32))
    }

    /// Where a node stands, or the free place where it would stand. Valid until the next ``add(_:_:_:)``.
    @inline(__always) func find(_ node: Node) -> UnsafeMutablePointer<Entry> {
        let key = Self.key(node)
        var index = Self.hash(key) & mask
        while true {
            let entry = entries + index
            if entry.pointee.stamp != stamp || entry.pointee.key == key { return entry }
            index = (index &+ 1) & mask
        }
    }

    @inline(__always) func isUsed(_ entry: UnsafeMutablePointer<Entry>) -> Bool { entry.pointee.stamp == stamp }

    /// Sets what a node is known to equal, at the place that ``find(_:)`` has just returned.
    @inline(__always) mutating func set(
        _ entry: UnsafeMutablePointer<Entry>, _ node: Node, _ value: Value, _ block: BlockIndex
    ) {
        let isNew = entry.pointee.stamp != stamp
        entry.pointee = Entry(key: Self.key(node), value: value.index, block: block, stamp: stamp)
        if isNew {
            count &+= 1
            if count &* 2 > mask { grow() }
        }
    }

    @inline(never) private mutating func grow() {
        let old = entries
        let oldCount = mask &+ 1
        entries = Self.allocate(oldCount * 2)
        mask = oldCount * 2 - 1
        for index in 0..<oldCount where old[index].stamp == stamp {
            var target = Self.hash(old[index].key) & mask
            while entries[target].stamp == stamp { target = (target &+ 1) & mask }
            entries[target] = old[index]
        }
        old.deallocate()
    }
}
