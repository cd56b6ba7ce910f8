// Where a frame holds references while it waits at a call: what the collector reads.

/// Which slots of a frame hold references when the call that returns to `offset` is under way.
///
/// Slot k is the 8 bytes at `[rbp - 8 * (k + 1)]`; slot 0 is the frame's instance. Equal bit patterns may share words.
@frozen public struct StackMap: Hashable, Sendable, BitwiseCopyable {
    /// Of the instruction after the call, as in ``CallSite``.
    public var offset: BlockOffset
    /// Index of the first of `(slotCount + 31) / 32` words of bits.
    public var firstWord: UInt32
    /// Slots that the map covers; those beyond hold no references.
    public var slotCount: UInt32

    @inlinable public init(offset: BlockOffset, firstWord: UInt32, slotCount: UInt32) {
        self.offset = offset
        self.firstWord = firstWord
        self.slotCount = slotCount
    }

    @inlinable public var wordCount: Int { (Int(slotCount) + 31) / 32 }
}

/// A stack map with its bits. Valid as long as its block.
@frozen public struct StackMapBits: Sequence {
    @usableFromInline let words: UnsafePointer<UInt32>?
    public let slotCount: Int

    @inlinable init(words: UnsafePointer<UInt32>?, slotCount: Int) {
        self.words = words
        self.slotCount = slotCount
    }

    /// Whether the slot holds a reference.
    @inlinable public func contains(_ slot: Int) -> Bool {
        guard slot >= 0, slot < slotCount, let words else { return false }
        return words[slot >> 5] >> UInt32(slot & 31) & 1 != 0
    }

    /// Visits the slots that hold references, in rising order.
    @inlinable public func makeIterator() -> Iterator { Iterator(bits: self) }

    @frozen public struct Iterator: IteratorProtocol {
        @usableFromInline let bits: StackMapBits
        @usableFromInline var word = 0
        @usableFromInline var rest: UInt32

        @inlinable init(bits: StackMapBits) {
            self.bits = bits
            rest = bits.slotCount > 0 ? bits.words?[0] ?? 0 : 0
        }

        @inlinable public mutating func next() -> Int? {
            while rest == 0 {
                word += 1
                guard word * 32 < bits.slotCount, let words = bits.words else { return nil }
                rest = words[word]
            }
            let slot = word * 32 + rest.trailingZeroBitCount
            rest &= rest &- 1
            return slot < bits.slotCount ? slot : nil
        }
    }
}

/// Collects the stack maps of a compilation in rising order of offset, sharing equal runs of words that follow one
/// another: neighbouring calls mostly have the same live references.
public struct StackMapBuilder: Sendable {
    public private(set) var maps: [StackMap] = []
    public private(set) var words: [UInt32] = []

    public init() {}

    /// Adds the map of the call that returns to `offset`. The offset is larger than all before.
    public mutating func add(offset: BlockOffset, referenceSlots: some Sequence<Int>) {
        precondition(maps.last.map { $0.offset < offset } ?? true, "stack maps come in rising order")
        var bits: [UInt32] = []
        var slotCount = 0
        for slot in referenceSlots {
            while bits.count <= slot >> 5 { bits.append(0) }
            bits[slot >> 5] |= 1 << UInt32(slot & 31)
            slotCount = max(slotCount, slot + 1)
        }
        if let last = maps.last, last.wordCount == bits.count,
            words[Int(last.firstWord)..<Int(last.firstWord) + last.wordCount].elementsEqual(bits)
        {
            maps.append(StackMap(offset: offset, firstWord: last.firstWord, slotCount: UInt32(slotCount)))
            return
        }
        maps.append(StackMap(offset: offset, firstWord: UInt32(words.count), slotCount: UInt32(slotCount)))
        words.append(contentsOf: bits)
    }

    public mutating func removeAll() {
        maps.removeAll(keepingCapacity: true)
        words.removeAll(keepingCapacity: true)
    }
}
