// Executable memory that holds linked code. It knows nothing of what the bytes mean.

import Synchronization
import TerraceThreads

#if canImport(Glibc)
    import Glibc
#endif

/// A run of executable memory into which blocks are appended, and later put where others were freed. Blocks own it
/// together; it dies with the last of them.
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
    /// Room of blocks that were freed, in units of ``blockAlignment``.
    private let freed = Guarded(Extents())
    /// The largest of it, in bytes: what a look without the lock tells.
    private let largestFreed = Atomic<Int>(0)
    private let isBroken = Atomic<Bool>(false)
    /// Whether the segment is in the list of those with freed blocks. Protected by the lock of the code whose list it is.
    nonisolated(unsafe) var isListed = false

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

    /// Bytes handed out from the start, padding included; what was taken back among them.
    public var usedByteCount: Int { used.load(ordering: .relaxed) }

    /// Room for a block.
    struct Room {
        let start: SegmentOffset
        /// Whether code ran here before.
        let isReused: Bool
        /// What was handed out before, so that it can be so again; of room that is reused, its own bounds.
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
                    start: SegmentOffset(rawValue: UInt32(start)), isReused: false, usedBefore: old, usedAfter: end)
            }
            old = now
        }
    }

    /// Takes back room that was handed out last; if more was handed out since, the room stays unused. Nothing was written
    /// into it.
    func cancel(_ room: Room) {
        if room.isReused { return insertFreed(room.usedBefore..<room.usedAfter) }
        _ = used.compareExchange(
            expected: room.usedAfter, desired: room.usedBefore, ordering: .acquiringAndReleasing)
    }

    // MARK: Room of freed blocks

    /// Takes back the room of a block that nobody is in and nobody finds: fills it with trapping bytes, and hands it out
    /// again. Not where the bytes may not change any more, on private pages and after a fork.
    func takeBack(from start: SegmentOffset, byteCount: Int) {
        guard isAppendable, !isBroken.load(ordering: .relaxed) else { return }
        let begin = Int(start.rawValue)
        let end = min(begin + Self.roundedToBlocks(byteCount), capacity)
        do throws(CodeError) { try reservation.fill(at: begin, count: end - begin, in: pages) } catch { return }
        insertFreed(begin..<end)
    }

    private static func roundedToBlocks(_ byteCount: Int) -> Int {
        (max(byteCount, 1) + blockAlignment - 1) & ~(blockAlignment - 1)
    }

    private func insertFreed(_ bytes: Range<Int>) {
        let unit = Self.blockAlignment
        freed.withLock { freed in
            freed.insert(start: bytes.lowerBound / unit, count: bytes.count / unit)
            largestFreed.store(freed.largestCount * unit, ordering: .relaxed)
        }
    }

    /// Hands out room of freed blocks; nil if none is large enough.
    func reserveFreed(byteCount: Int, alignment: Int) -> Room? {
        let bytes = Self.roundedToBlocks(byteCount)
        guard alignment <= Self.blockAlignment, largestFreed.load(ordering: .relaxed) >= bytes, isAppendable,
            !isBroken.load(ordering: .relaxed)
        else { return nil }
        let unit = Self.blockAlignment
        return freed.withLock { freed in
            guard let first = freed.takeLowest(bytes / unit) else { return nil }
            largestFreed.store(freed.largestCount * unit, ordering: .relaxed)
            let begin = first * unit
            return Room(
                start: SegmentOffset(rawValue: UInt32(begin)), isReused: true, usedBefore: begin,
                usedAfter: begin + bytes)
        }
    }

    /// Room that can be had again.
    var freedByteCount: Int { freed.withLock { $0.totalCount * Self.blockAlignment } }

    /// Accepts no more blocks from now on.
    func seal() { used.store(capacity, ordering: .releasing) }

    /// Writes a block's linked bytes where room was handed out for them. They can be run afterwards. On failure the
    /// segment accepts no more blocks.
    func write(_ bytes: UnsafeRawBufferPointer, at start: SegmentOffset) throws(CodeError) {
        do throws(CodeError) { try reservation.write(bytes, at: Int(start.rawValue), in: pages) } catch {
            isBroken.store(true, ordering: .relaxed)
            seal()
            throw error
        }
    }
}
