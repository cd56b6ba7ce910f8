// When compiled code may leave out bounds checks. The one place that says so: the compilers ask the predicate, and the
// runtime asserts it when it makes the memory.

import WasmFormat

/// Memories whose address space is reserved so far that the hardware checks accesses.
public enum MemoryGuard {
    /// Whether loads and stores on a memory of this type need no bounds check in compiled code.
    ///
    /// True for 32-bit memories with pages of 64 KiB. The runtime keeps ``reservedBytes`` of address space for such a
    /// memory, so that a zero-extended 32-bit index plus a 32-bit static offset cannot leave the reservation; what lies
    /// behind the memory's length has no access rights, and the fault becomes a trap. 64-bit indices reach anything, and
    /// a length that is no multiple of the system's page size cannot be guarded, so all other memories are checked.
    @inlinable public static func needsNoBoundsCheck(_ type: MemoryType) -> Bool {
        !type.is64 && type.pageSizeLog2 == 16
    }

    /// Bytes of address space, from a guarded memory's base on, that belong to it alone.
    @inlinable public static var reservedBytes: UInt { (8 << 30) + 65536 }
    /// Bytes that an access reaches at most: the largest index, the largest offset, and the widest access with room.
    @inlinable public static var reachableBytes: UInt { (1 << 32) + (1 << 32) + 64 }
}
