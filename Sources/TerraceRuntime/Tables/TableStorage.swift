// A table: 8-byte references, its limits, growth. Compiled code sees only the record.

import TerraceCode
import WasmFormat

/// A reference as it stands in registers, tables and globals: 0 is null; for functions the address of a
/// ``FunctionReferenceLayout`` record; for host references the address of the object.
public typealias RawReference = UInt

/// What compiled code sees of a table; the fields stand as ``TableRecordLayout`` says.
@frozen public struct TableRecord {
    public var base: UnsafeMutablePointer<RawReference>?
    public var length: UInt
}

/// A table. Owned by its store; used by the one thread that uses the store.
public final class TableStorage {
    /// The declared type, with concrete element types in canonical ids. ``currentType`` has the present size.
    public let type: TableType
    public let record: UnsafeMutablePointer<TableRecord>
    private let maximumLength: UInt64
    private var capacity: Int

    @inlinable public var count: Int { Int(bitPattern: record.pointee.length) }
    @inlinable public var elements: UnsafeMutableBufferPointer<RawReference> {
        UnsafeMutableBufferPointer(start: record.pointee.base, count: count)
    }
    /// The type with the present size as its minimum, as import matching wants it.
    public var currentType: TableType {
        var type = type
        type.limits.minimum = UInt64(count)
        return type
    }

    /// A new table of the type's minimum size; nil if that is beyond the limit or there is no memory.
    init?(type: TableType, maximumElements: UInt64, initial: RawReference) {
        self.type = type
        // An i32 tells a 32-bit table's size; a 64-bit one cannot be larger than any address space.
        let representable: UInt64 = type.is64 ? 1 << 44 : UInt64(UInt32.max)
        maximumLength = min(type.limits.maximum ?? UInt64.max, representable, maximumElements)
        record = UnsafeMutablePointer<TableRecord>.allocate(capacity: 1)
        record.initialize(to: TableRecord(base: nil, length: 0))
        capacity = 0
        guard type.limits.minimum <= maximumLength else { return nil }
        let count = Int(type.limits.minimum)
        guard reserve(count) else { return nil }
        record.pointee.length = UInt(count)
        if initial != 0 { elements.update(repeating: initial) }
    }

    deinit {
        CAllocation.free(record.pointee.base)
        record.deallocate()
    }

    /// Makes room for `count` elements; new room is zeroed.
    private func reserve(_ count: Int) -> Bool {
        if count <= capacity { return true }
        let wanted = capacity == 0 ? count : max(count, min(2 * capacity, Int(clamping: maximumLength)))
        guard let base = CAllocation.zeroed(count: wanted, of: RawReference.self) else { return false }
        if let old = record.pointee.base {
            base.update(from: old, count: self.count)
            CAllocation.free(old)
        }
        record.pointee.base = base
        capacity = wanted
        return true
    }

    /// Grows by `delta` elements that hold `initial`. Returns the length before, or nil if that is refused.
    public func grow(by delta: UInt64, initial: RawReference) -> UInt64? {
        let old = count
        guard delta <= maximumLength, UInt64(old) <= maximumLength - delta else { return nil }
        let new = old + Int(delta)
        guard reserve(new) else { return nil }
        record.pointee.length = UInt(new)
        elements[old..<new].update(repeating: initial)
        return UInt64(old)
    }

    /// Whether `[offset, offset + length)` lies in the table.
    @inlinable public func contains(offset: UInt64, length: UInt64) -> Bool {
        let size = UInt64(record.pointee.length)
        return length <= size && offset <= size - length
    }
}
