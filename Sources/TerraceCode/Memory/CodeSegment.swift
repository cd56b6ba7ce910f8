// Executable memory that holds linked code. It knows nothing of what the bytes mean.

import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// A run of executable memory into which blocks are appended. Blocks own it together; it dies with the last of them.
///
/// Bytes that no block uses are trapping instructions. Thread-safe.
public final class CodeSegment: Sendable {
    /// Blocks begin at multiples of this. ``CodeBlockMap`` depends on it.
    @inlinable public static var blockAlignment: Int { 64 }

    public let reservation: CodeReservation
    /// First byte.
    public let base: CodeAddress
    /// Bytes that the segment can hold.
    public let capacity: Int
    private let pages: CodeReservation.CodePages
    /// Bytes handed out from the start; ``capacity`` once sealed.
    private let used: Atomic<Int>
    private let isInUse = Atomic<Bool>(false)

    /// An empty segment for a block of `byteCount` bytes.
    /// - Parameter capacity: if more can be appended later, the segment accepts at least so many bytes in all.
    public init(byteCount: Int, capacity: Int = 0, in reservation: CodeReservation) throws(CodeError) {
        guard max(byteCount, capacity) <= reservation.byteCount else { throw .codeMemoryExhausted }
        pages = try reservation.allocateCode(byteCount: byteCount, capacity: capacity)
        base = pages.address
        self.capacity = pages.byteCount
        self.reservation = reservation
        used = Atomic(0)
    }

    deinit {
        ForkGuard.enter()
        reservation.releaseCode(pages)
        ForkGuard.leave()
    }

    /// Whether code can be added while code that is there runs. Not so on private pages, nor in a file that another
    /// process shares since a fork.
    var isAppendable: Bool { pages.file?.isCurrent ?? false }

    /// Says that a published block lies here; true the first time.
    func beginUse() -> Bool { !isInUse.exchange(true, ordering: .relaxed) }

    /// Bytes handed out, padding included.
    public var usedByteCount: Int { used.load(ordering: .relaxed) }

    /// Room for a block.
    struct Room {
        let start: SegmentOffset
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
                return Room(start: SegmentOffset(rawValue: UInt32(start)), usedBefore: old, usedAfter: end)
            }
            old = now
        }
    }

    /// Takes back room that was handed out last; if more was handed out since, the room stays unused. Nothing was written
    /// into it.
    func cancel(_ room: Room) {
        _ = used.compareExchange(
            expected: room.usedAfter, desired: room.usedBefore, ordering: .acquiringAndReleasing)
    }

    /// Accepts no more blocks from now on.
    func seal() { used.store(capacity, ordering: .releasing) }

    /// Writes a block's linked bytes where room was handed out for them. They can be run afterwards. On failure the
    /// segment accepts no more blocks.
    func write(_ bytes: UnsafeRawBufferPointer, at start: SegmentOffset) throws(CodeError) {
        do throws(CodeError) { try reservation.write(bytes, at: Int(start.rawValue), in: pages) } catch {
            seal()
            throw error
        }
    }
}
