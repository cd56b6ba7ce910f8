// Where a frame holds references while it waits at a call: what the collector reads. *Planned*: no tier makes stack maps yet.

/// Which slots of a frame hold references when the call that returns to `offset` is under way.
///
/// Slot k is the 8 bytes at `[frame pointer - 8 * (k + 1)]`, for negative k too: slot 0 is the frame's instance, slots -1 and -2 are
/// the saved frame pointer and the return address, and from slot -3 downwards stand the arguments that the caller passed on the
/// stack, the first at ``incomingArgument(_:)`` 0. A frame owns its incoming arguments, also while it calls others; the
/// outgoing ones of the call under way are its callee's and are not named.
///
/// Only what will be read again is named: a local or operand whose last use is over is absent, and so is a slot that was
/// not written yet on this path. The collector may leave what is absent as it is or overwrite it. Equal bit patterns may
/// share words.
@frozen public struct StackMap: Hashable, Sendable, BitwiseCopyable {
    /// Of the instruction after the call, as in ``CallSite``.
    public var offset: BlockOffset
    /// Index of the first of `(slotCount + 31) / 32` words of bits.
    public var firstWord: UInt32
    /// The lowest slot that the map covers, which the first bit stands for.
    public var firstSlot: Int32
    /// Slots that the map covers; others hold no references.
    public var slotCount: UInt32

    @inlinable public init(offset: BlockOffset, firstWord: UInt32, firstSlot: Int32 = 0, slotCount: UInt32) {
        self.offset = offset
        self.firstWord = firstWord
        self.firstSlot = firstSlot
        self.slotCount = slotCount
    }

    /// The slot of the 8 bytes at `[frame pointer + 16 + 8 * index]`.
    @inlinable public static func incomingArgument(_ index: Int) -> Int { -3 - index }

    @inlinable public var wordCount: Int { (Int(slotCount) + 31) / 32 }
}

/// A stack map with its bits. Valid as long as its block.
@frozen public struct StackMapBits: Sequence {
    @usableFromInline let words: UnsafePointer<UInt32>?
    /// The slots that the map covers.
    public let slots: Range<Int>

    @inlinable init(words: UnsafePointer<UInt32>?, slots: Range<Int>) {
        self.words = words
        self.slots = slots
    }

    /// Whether the slot holds a reference.
    @inlinable public func contains(_ slot: Int) -> Bool {
        guard slots.contains(slot), let words else { return false }
        let bit = slot - slots.lowerBound
        return words[bit >> 5] >> UInt32(bit & 31) & 1 != 0
    }

    /// Visits the slots that hold references, in rising order.
    @inlinable public func makeIterator() -> Iterator { Iterator(bits: self) }

    @frozen public struct Iterator: IteratorProtocol {
        @usableFromInline let bits: StackMapBits
        @usableFromInline var word = 0
        @usableFromInline var rest: UInt32

        @inlinable init(bits: StackMapBits) {
            self.bits = bits
            rest = bits.slots.isEmpty ? 0 : bits.words?[0] ?? 0
        }

        @inlinable public mutating func next() -> Int? {
            while rest == 0 {
                word += 1
                guard word * 32 < bits.slots.count, let words = bits.words else { return nil }
                rest = words[word]
            }
            let bit = word * 32 + rest.trailingZeroBitCount
            rest &= rest &- 1
            return bit < bits.slots.count ? bits.slots.lowerBound + bit : nil
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
    public mutating func add(offset: BlockOffset, referenceSlots: some Collection<Int>) {
        assert(maps.last.map { $0.offset < offset } ?? true, "stack maps come in rising order")
        let firstSlot = min(referenceSlots.min() ?? 0, 0)
        let slotCount = (referenceSlots.max() ?? firstSlot - 1) - firstSlot + 1
        var bits = [UInt32](repeating: 0, count: (slotCount + 31) / 32)
        for slot in referenceSlots {
            let bit = slot - firstSlot
            bits[bit >> 5] |= 1 << UInt32(bit & 31)
        }
        var firstWord = words.count
        if let last = maps.last, last.wordCount == bits.count,
            words[Int(last.firstWord)..<Int(last.firstWord) + last.wordCount].elementsEqual(bits)
        {
            firstWord = Int(last.firstWord)
        } else {
            words.append(contentsOf: bits)
        }
        maps.append(
            StackMap(
                offset: offset, firstWord: UInt32(firstWord), firstSlot: Int32(firstSlot),
                slotCount: UInt32(slotCount)))
    }

    public mutating func removeAll() {
        maps.removeAll(keepingCapacity: true)
        words.removeAll(keepingCapacity: true)
    }
}
