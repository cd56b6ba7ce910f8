// Executable memory that holds linked code. It knows nothing of what the bytes mean.

import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// A run of executable memory into which blocks are appended. Blocks own it together; it dies with the last of them.
///
/// Bytes that no block uses are trapping instructions. Thread-safe.
public final class CodeSegment: Sendable {
    /// Fills unused bytes: `int3`.
    @inlinable public static var trapByte: UInt8 { 0xCC }
    /// Blocks begin at multiples of this. ``CodeBlockMap`` depends on it.
    @inlinable public static var blockAlignment: Int { 64 }

    public let reservation: CodeReservation
    /// First byte in the executable view.
    public let base: CodeAddress
    /// Bytes that the segment can hold.
    public let capacity: Int
    /// Bytes handed out from the start; ``capacity`` once sealed.
    private let used: Atomic<Int>

    /// An empty segment that accepts at least `capacity` bytes.
    public init(capacity: Int, in reservation: CodeReservation) throws(CodeError) {
        guard capacity <= reservation.byteCount else { throw .codeMemoryExhausted }
        base = try reservation.allocateCode(byteCount: capacity)
        self.capacity = CodeReservation.roundedToPages(max(capacity, 1))
        self.reservation = reservation
        used = Atomic(0)
    }

    deinit { reservation.releaseCode(base, byteCount: capacity) }

    /// Bytes handed out, padding included.
    public var usedByteCount: Int { used.load(ordering: .relaxed) }

    /// Room for a block.
    struct Room {
        let start: SegmentOffset
        let byteCount: Int
        /// What was handed out before, so that it can be so again.
        fileprivate let usedBefore: Int
        fileprivate let usedAfter: Int
    }

    /// Hands out room for a block; nil if there is none.
    func reserve(byteCount: Int, alignment: Int) -> Room? {
        let mask = max(alignment, Self.blockAlignment) - 1
        var old = used.load(ordering: .relaxed)
        while true {
            let start = (old + mask) & ~mask
            let end = start + max(byteCount, 1)  // no two blocks begin at one place
            guard end <= capacity else { return nil }
            let (exchanged, now) = used.weakCompareExchange(
                expected: old, desired: end, ordering: .acquiringAndReleasing)
            if exchanged {
                return Room(
                    start: SegmentOffset(rawValue: UInt32(start)), byteCount: byteCount, usedBefore: old,
                    usedAfter: end)
            }
            old = now
        }
    }

    /// Takes back room that was handed out last; if more was handed out since, the room stays unused.
    func cancel(_ room: Room) {
        memset(writable(room.start), Int32(Self.trapByte), room.byteCount)
        _ = used.compareExchange(
            expected: room.usedAfter, desired: room.usedBefore, ordering: .acquiringAndReleasing)
    }

    /// Accepts no more blocks from now on.
    func seal() { used.store(capacity, ordering: .releasing) }

    /// Where bytes of the segment are written.
    func writable(_ offset: SegmentOffset) -> UnsafeMutableRawPointer {
        reservation.writable(CodeAddress(rawValue: base.rawValue + UInt(offset.rawValue)))
    }
}
