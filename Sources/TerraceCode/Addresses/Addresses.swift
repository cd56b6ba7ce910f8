// The three kinds of address that code has. They never mix: each is a type of its own, and `CodePlacement` is the only
// place that turns one into another.

/// Offset in bytes from the first byte of a ``CodeBlock``. All metadata is in block offsets.
@frozen
public struct BlockOffset: RawRepresentable, Hashable, Comparable, Sendable, BitwiseCopyable,
    ExpressibleByIntegerLiteral
{
    public let rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
    @inlinable public init(integerLiteral value: UInt32) { rawValue = value }
    /// From an assembler's offset, which is never negative.
    @inlinable public init(_ value: some BinaryInteger) { rawValue = UInt32(truncatingIfNeeded: value) }
    @inlinable public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
    /// The offset so many bytes further on.
    @inlinable public func advanced(by bytes: UInt32) -> Self { Self(rawValue: rawValue &+ bytes) }
}

/// Offset in bytes from the first byte of a ``CodeSegment``.
@frozen public struct SegmentOffset: RawRepresentable, Hashable, Comparable, Sendable, BitwiseCopyable {
    public let rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
    @inlinable public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// An absolute program counter: an address in the executable view of the code reservation.
@frozen public struct CodeAddress: RawRepresentable, Hashable, Comparable, Sendable, BitwiseCopyable {
    public let rawValue: UInt
    @inlinable public init(rawValue: UInt) { self.rawValue = rawValue }
    @inlinable public init(_ pointer: UnsafeRawPointer) { rawValue = UInt(bitPattern: pointer) }
    @inlinable public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
    /// The address as a pointer, for calling it. Never null for code that exists.
    @inlinable public var pointer: UnsafeRawPointer? { UnsafeRawPointer(bitPattern: rawValue) }
}

/// Where a block lies: the one converter between the three kinds of address.
@frozen public struct CodePlacement: Hashable, Sendable, BitwiseCopyable {
    /// First byte of the segment in the executable view.
    public let segmentBase: CodeAddress
    /// First byte of the block in its segment.
    public let blockStart: SegmentOffset
    /// Bytes that the block holds.
    public let byteCount: UInt32

    @inlinable public init(segmentBase: CodeAddress, blockStart: SegmentOffset, byteCount: UInt32) {
        self.segmentBase = segmentBase
        self.blockStart = blockStart
        self.byteCount = byteCount
    }

    /// Address of the block's first byte.
    @inlinable public var base: CodeAddress {
        CodeAddress(rawValue: segmentBase.rawValue &+ UInt(blockStart.rawValue))
    }

    /// Address of a place in the block (or of its end).
    @inlinable public func address(of offset: BlockOffset) -> CodeAddress {
        CodeAddress(rawValue: base.rawValue &+ UInt(offset.rawValue))
    }

    /// Place in the segment of a place in the block.
    @inlinable public func segmentOffset(of offset: BlockOffset) -> SegmentOffset {
        SegmentOffset(rawValue: blockStart.rawValue &+ offset.rawValue)
    }

    /// Place in the block of an address; nil if the address is outside. The end itself is inside, because a return
    /// address may stand there.
    @inlinable public func blockOffset(of address: CodeAddress) -> BlockOffset? {
        let distance = address.rawValue &- base.rawValue
        return distance <= UInt(byteCount) ? BlockOffset(rawValue: UInt32(truncatingIfNeeded: distance)) : nil
    }
}
