// Constants that code loads from memory: deduplicated, placed behind the code by `emitConstantPool()`.

/// A constant in an assembler's pool; names it in ``MemoryOperand/ripRelative(constant:)``.
@frozen public struct PoolConstant: Hashable, Sendable, BitwiseCopyable {
    @usableFromInline let index: Int32
    @usableFromInline init(index: Int32) { self.index = index }
}

/// Constants by value, and the places that use them.
@usableFromInline @frozen struct ConstantPool: ~Copyable {
    @frozen @usableFromInline struct Entry: BitwiseCopyable {
        @usableFromInline var low: UInt64
        @usableFromInline var high: UInt64
        /// 4, 8 or 16.
        @usableFromInline var byteCount: Int32
        /// Offset in the code, negative until the constant is placed.
        @usableFromInline var position: Int32
    }

    /// A 4-byte field that refers to a constant not placed yet.
    @frozen @usableFromInline struct Use: BitwiseCopyable {
        @usableFromInline var field: Int32
        @usableFromInline var entry: UInt32
        /// Bytes from the field to the instruction's end.
        @usableFromInline var distance: Int32
    }

    @usableFromInline var entries: FlatBuffer<Entry>
    @usableFromInline var uses: FlatBuffer<Use>
    /// Open addressing: index of an entry or -1. The size is a power of two.
    @usableFromInline var slots: FlatBuffer<Int32>
    /// Entries below this are placed.
    @usableFromInline var placed: Int
    @usableFromInline let seed: Seed

    /// What hashes depend on besides the constants. Drawn once per process: nobody can choose constants that meet.
    @frozen @usableFromInline struct Seed: BitwiseCopyable {
        @usableFromInline let first: UInt64
        @usableFromInline let second: UInt64
        @usableFromInline let third: UInt64

        static let ofProcess = Seed(
            first: .random(in: 0...UInt64.max), second: .random(in: 0...UInt64.max) | 1,
            third: .random(in: 0...UInt64.max) | 1)
    }

    /// Slots of an empty pool: what the pool of a large function costs ends with that function.
    private static var smallestSlotCount: Int { 64 }

    init() {
        entries = FlatBuffer(capacity: 16)
        uses = FlatBuffer(capacity: 32)
        slots = FlatBuffer(capacity: Self.smallestSlotCount)
        placed = 0
        seed = Seed.ofProcess
        clearSlots(Self.smallestSlotCount)
    }

    mutating func reset() {
        if entries.count > 0 {
            slots.removeAll()
            clearSlots(Self.smallestSlotCount)
        }
        entries.removeAll()
        uses.removeAll()
        placed = 0
    }

    private mutating func clearSlots(_ count: Int) {
        slots.refill(count: count, with: -1)
    }

    func position(of entry: UInt32) -> Int32 { entries[Int(entry)].position }

    /// Two rounds of a full product, folded; every bit depends on the secret seed.
    private func hash(_ low: UInt64, _ high: UInt64, _ byteCount: Int32) -> Int {
        let once = (low ^ seed.first).multipliedFullWidth(by: high ^ seed.second)
        let mixed = once.high ^ once.low ^ UInt64(truncatingIfNeeded: byteCount)
        let twice = mixed.multipliedFullWidth(by: seed.third)
        return Int(truncatingIfNeeded: twice.high ^ twice.low)
    }

    /// How far entries are from where their search begins, summed: a measure of what searches cost.
    var displacement: Int {
        let mask = slots.count - 1
        var sum = 0
        for slot in 0..<slots.count where slots[slot] >= 0 {
            let entry = entries[Int(slots[slot])]
            sum += (slot - hash(entry.low, entry.high, entry.byteCount)) & mask
        }
        return sum
    }

    /// The entry for a value, old or new.
    mutating func entry(_ low: UInt64, _ high: UInt64, byteCount: Int32) -> Int32 {
        if 2 * entries.count >= slots.count {
            clearSlots(2 * slots.count)
            for index in 0..<entries.count {
                let entry = entries[index]
                slots[freeSlot(entry.low, entry.high, entry.byteCount).slot] = Int32(index)
            }
        }
        let (slot, found) = freeSlot(low, high, byteCount)
        if found >= 0 { return found }
        let index = Int32(entries.count)
        entries.append(Entry(low: low, high: high, byteCount: byteCount, position: -1))
        slots[slot] = index
        return index
    }

    /// The slot that holds the value's entry (`found`), or the free one where it belongs (`found` negative).
    private func freeSlot(_ low: UInt64, _ high: UInt64, _ byteCount: Int32) -> (slot: Int, found: Int32) {
        let mask = slots.count - 1
        var slot = hash(low, high, byteCount) & mask
        while true {
            let index = slots[slot]
            if index < 0 { return (slot, -1) }
            let entry = entries[Int(index)]
            if entry.low == low && entry.high == high && entry.byteCount == byteCount { return (slot, index) }
            slot = (slot + 1) & mask
        }
    }
}

extension Assembler {
    /// A 4-byte constant.
    public mutating func constant32(_ bits: UInt32) -> MemoryOperand {
        .ripRelative(constant: PoolConstant(index: pool.entry(UInt64(bits), 0, byteCount: 4)))
    }

    /// An 8-byte constant.
    public mutating func constant64(_ bits: UInt64) -> MemoryOperand {
        .ripRelative(constant: PoolConstant(index: pool.entry(bits, 0, byteCount: 8)))
    }

    /// A 16-byte constant, 16-aligned if the code is.
    public mutating func constant128(_ low: UInt64, _ high: UInt64) -> MemoryOperand {
        .ripRelative(constant: PoolConstant(index: pool.entry(low, high, byteCount: 16)))
    }

    /// Places the constants that have been asked for and not been placed yet. Later uses refer to the same place, so a
    /// compiler may place constants after each function or once at the end (as ``finish()`` does).
    public mutating func emitConstantPool() {
        guard pool.placed < pool.entries.count || pool.uses.count > 0 else { return }
        // Largest first, so that only the first needs padding.
        for byteCount: Int32 in [16, 8, 4] {
            for index in pool.placed..<pool.entries.count where pool.entries[index].byteCount == byteCount {
                var entry = pool.entries[index]
                align(to: Int(byteCount), with: .trap)
                entry.position = offset
                pool.entries[index] = entry
                if byteCount == 4 {
                    emit32(UInt32(truncatingIfNeeded: entry.low))
                } else {
                    emit64(entry.low)
                    if byteCount == 16 { emit64(entry.high) }
                }
            }
        }
        pool.placed = pool.entries.count
        for index in 0..<pool.uses.count {
            let use = pool.uses[index]
            patch32(at: use.field, pool.entries[Int(use.entry)].position - (use.field + use.distance))
        }
        pool.uses.count = 0
    }
}
