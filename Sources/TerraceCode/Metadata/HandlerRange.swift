// Which exception handlers protect which code. *Planned*: no tier makes handlers yet.

/// Code protected by the handlers of one `try_table`.
///
/// Ranges nest like the blocks that they come from. They are sorted by `begin`, an outer one before an inner one that
/// begins at the same place; each names the one around it.
@frozen public struct HandlerRange: Hashable, Sendable, BitwiseCopyable {
    public var begin: BlockOffset
    public var end: BlockOffset
    /// Where execution goes on, with the instance, memory base, frame pointer and stack pointer of the frame restored.
    public var landing: BlockOffset
    /// Index of the enclosing range, or ``none``.
    public var parent: UInt32
    /// Which `try_table` of the function: numbered by the decoder, the same in every tier.
    public var handlerIndex: UInt32

    @inlinable public static var none: UInt32 { UInt32.max }

    @inlinable public init(
        begin: BlockOffset, end: BlockOffset, landing: BlockOffset, parent: UInt32 = HandlerRange.none,
        handlerIndex: UInt32
    ) {
        self.begin = begin
        self.end = end
        self.landing = landing
        self.parent = parent
        self.handlerIndex = handlerIndex
    }

    @inlinable public func contains(_ offset: BlockOffset) -> Bool { begin <= offset && offset < end }

    /// Sorts ranges, which nest but may come in any order, and fills in their parents.
    public static func link(_ ranges: inout [HandlerRange]) {
        ranges.sort { $0.begin != $1.begin ? $0.begin < $1.begin : $0.end > $1.end }
        var open: [Int] = []
        for index in ranges.indices {
            while let last = open.last, ranges[last].end <= ranges[index].begin { open.removeLast() }
            ranges[index].parent = open.last.map { UInt32($0) } ?? none
            if let last = open.last { precondition(ranges[index].end <= ranges[last].end, "handler ranges nest") }
            open.append(index)
        }
    }
}

/// The handlers that protect a place, innermost first. Valid as long as the block.
@frozen public struct EnclosingHandlers: Sequence, IteratorProtocol {
    @usableFromInline let ranges: UnsafeBufferPointer<HandlerRange>
    @usableFromInline let offset: BlockOffset
    @usableFromInline var next_: UInt32

    /// - Parameter offset: of an instruction; for a frame that waits at a call, one less than the return offset.
    @inlinable init(_ ranges: UnsafeBufferPointer<HandlerRange>, at offset: BlockOffset) {
        self.ranges = ranges
        self.offset = offset
        let after = firstIndex(in: ranges) { $0.begin > offset }
        next_ = after == 0 ? HandlerRange.none : UInt32(truncatingIfNeeded: after &- 1)
    }

    @inlinable public mutating func next() -> HandlerRange? {
        while next_ != HandlerRange.none {
            let range = ranges[Int(next_)]
            next_ = range.parent
            if range.contains(offset) { return range }
        }
        return nil
    }
}

/// First index whose element satisfies `condition`, in a buffer where all that do stand behind all that do not.
@inlinable @inline(__always)
func firstIndex<Element: BitwiseCopyable>(
    in buffer: UnsafeBufferPointer<Element>, where condition: (Element) -> Bool
) -> Int {
    var low = 0
    var high = buffer.count
    while low < high {
        let middle = (low &+ high) >> 1
        if condition(buffer[middle]) { high = middle } else { low = middle &+ 1 }
    }
    return low
}
