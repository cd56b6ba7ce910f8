// A linear memory: its bytes, its limits, growth. Compiled code sees only the record.

import CTerrace
import Glibc
import TerraceABI
import TerraceCode
import WasmFormat

/// What compiled code sees of a memory; the fields stand as ``MemoryRecordLayout`` says.
@frozen public struct MemoryRecord {
    public var base: UInt
    public var byteLength: UInt
}

/// A linear memory. Owned by its store; used by the one thread that uses the store.
public final class MemoryStorage {
    /// The declared type. ``currentType`` has the present size as its minimum.
    public let type: MemoryType
    public let record: UnsafeMutablePointer<MemoryRecord>
    private let maximumPages: UInt64
    private let pool: MemoryPool
    private var reservation: GuardedReservation?
    /// Size of the mapping of an unguarded memory.
    private var mappedBytes = 0

    /// The most pages that a memory of this type can have. For 32-bit ones an i32 tells the size, so that a memory of
    /// single bytes ends one byte before its addresses do.
    static func representablePages(_ type: MemoryType) -> UInt64 {
        let shift = UInt64(type.pageSizeLog2)
        // More than any address space has, and little enough to calculate with.
        guard !type.is64 else { return (1 << 48) >> shift }
        return min((1 << 32) >> shift, UInt64(UInt32.max))
    }

    public var isGuarded: Bool { reservation != nil }
    @inlinable public var base: UInt { record.pointee.base }
    @inlinable public var byteCount: Int { Int(bitPattern: record.pointee.byteLength) }
    public var pageCount: UInt64 { UInt64(record.pointee.byteLength) >> UInt64(type.pageSizeLog2) }
    /// All bytes. Valid until the memory grows.
    @inlinable public var bytes: UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(start: UnsafeMutableRawPointer(bitPattern: base), count: byteCount)
    }
    /// The type with the present size as its minimum, as import matching wants it.
    public var currentType: MemoryType {
        var type = type
        type.limits.minimum = pageCount
        return type
    }

    /// A new memory of the type's minimum size; nil if that is beyond the limit or the system refuses.
    init?(
        type: MemoryType, maximumBytes: UInt64, pool: MemoryPool, image: MemoryImage? = nil
    ) {
        self.type = type
        self.pool = pool
        let shift = UInt64(type.pageSizeLog2)
        maximumPages = min(
            type.limits.maximum ?? UInt64.max, Self.representablePages(type), maximumBytes >> shift)
        record = UnsafeMutablePointer<MemoryRecord>.allocate(capacity: 1)
        record.initialize(to: MemoryRecord(base: 0, byteLength: 0))
        guard type.limits.minimum <= maximumPages else { return nil }
        let bytes = Int(type.limits.minimum << shift)
        if MemoryGuard.needsNoBoundsCheck(type) {
            guard let reservation = pool.take(image: image, bytes: bytes) else { return nil }
            self.reservation = reservation
            record.pointee = MemoryRecord(base: reservation.base, byteLength: UInt(bytes))
        } else {
            guard resizeMapping(to: bytes) else { return nil }
        }
    }

    deinit {
        if let reservation {
            pool.give(reservation)
        } else if mappedBytes > 0 {
            munmap(UnsafeMutableRawPointer(bitPattern: base), mappedBytes)
        }
        record.deallocate()
    }

    /// Grows by a number of pages. Returns the size before in pages, or nil if that is refused.
    public func grow(by delta: UInt64) -> UInt64? {
        let old = pageCount
        guard delta <= maximumPages, old <= maximumPages - delta else { return nil }
        if delta == 0 { return old }
        let bytes = Int((old + delta) << UInt64(type.pageSizeLog2))
        if reservation != nil {
            guard reservation!.resize(to: bytes) else { return nil }
            record.pointee.byteLength = UInt(bytes)
        } else {
            guard resizeMapping(to: bytes) else { return nil }
        }
        return old
    }

    /// Makes an unguarded memory `bytes` long; its base may change.
    private func resizeMapping(to bytes: Int) -> Bool {
        let page = MemoryImage.systemPageSize
        let needed = (bytes + page - 1) & ~(page - 1)
        if needed > mappedBytes {
            let address: UInt
            if mappedBytes == 0 {
                let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
                address = terrace_mmap(0, needed, PROT_READ | PROT_WRITE, flags, -1, 0)
            } else {
                address = terrace_mremap(base, mappedBytes, needed)
            }
            guard address != UInt.max else { return false }
            record.pointee.base = address
            mappedBytes = needed
        }
        record.pointee.byteLength = UInt(bytes)
        return true
    }

    /// Whether `[offset, offset + length)` lies in the memory.
    @inlinable public func contains(offset: UInt64, length: UInt64) -> Bool {
        let size = UInt64(record.pointee.byteLength)
        return length <= size && offset <= size - length
    }
}
