// Which addresses belong to guarded memories: asked by the fault handler, so it takes no lock and allocates nothing.

import CTerrace
import Glibc
import Synchronization

/// The process-wide set of address ranges reserved for guarded memories.
///
/// Each entry is the base of a range of ``GuardedReservation/reservedBytes`` bytes. Entries are atomic words in one
/// fixed array; a slot is 0 when free. Insertions and removals are rare; lookups happen only on faults.
enum GuardedRanges {
    /// More ranges than the address space can hold.
    private static let capacity = 16384

    // Written with atomic operations only, but the pointer, which is set once, before the first memory and the fault
    // handler; the array itself is never freed.
    nonisolated(unsafe) private static var slots = UnsafeMutablePointer<Atomic<UInt>>(bitPattern: 8)!
    private static let highWater = Atomic<Int>(0)

    /// Makes the table, before the fault handler is installed and so before any memory is guarded. (An installation that failed
    /// makes another when it is tried again.)
    static func prepare() throws(ResourceLimitError) {
        let bytes = capacity * MemoryLayout<UInt>.stride
        let address = terrace_mmap(0, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard address != UInt.max, let table = UnsafeMutablePointer<Atomic<UInt>>(bitPattern: address) else {
            throw ResourceLimitError("no room for the table of guarded memories", errno)
        }
        slots = table
        _ = contains(0)  // initialises what the handler reads
    }

    /// Registers a range; false if the table is full.
    static func insert(base: UInt) -> Bool {
        for index in 0..<capacity {
            let (exchanged, _) = slots[index].compareExchange(
                expected: 0, desired: base, ordering: .acquiringAndReleasing)
            if exchanged {
                var seen = highWater.load(ordering: .acquiring)
                while seen < index + 1 {
                    (_, seen) = highWater.compareExchange(
                        expected: seen, desired: index + 1, ordering: .acquiringAndReleasing)
                }
                return true
            }
        }
        return false
    }

    static func remove(base: UInt) {
        for index in 0..<highWater.load(ordering: .acquiring) {
            let (exchanged, _) = slots[index].compareExchange(
                expected: base, desired: 0, ordering: .acquiringAndReleasing)
            if exchanged { return }
        }
    }

    /// Whether an address lies in a registered range. Safe in a signal handler.
    static func contains(_ address: UInt) -> Bool {
        for index in 0..<highWater.load(ordering: .acquiring) {
            let base = slots[index].load(ordering: .acquiring)
            if base != 0, address >= base, address - base < GuardedReservation.reservedBytes { return true }
        }
        return false
    }
}
