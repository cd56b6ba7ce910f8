// A global as the host and importing instances see it: its type and where its value stands.

import WasmFormat

/// A global variable or constant. Its value stands in a 16-byte slot: in the data of the instance that defines it, or
/// in memory of its own if the host made it.
public final class GlobalStorage {
    /// With concrete reference types in canonical ids.
    public let type: GlobalType
    /// 16 bytes, 16-aligned.
    public let slot: UnsafeMutableRawPointer
    private let ownsSlot: Bool

    /// A global whose value stands in an instance's data.
    init(type: GlobalType, slot: UnsafeMutableRawPointer) {
        self.type = type
        self.slot = slot
        ownsSlot = false
    }

    /// A global of the host's.
    init(type: GlobalType, value: RawValue) {
        self.type = type
        slot = UnsafeMutableRawPointer.allocate(byteCount: 16, alignment: 16)
        slot.storeBytes(of: value, as: RawValue.self)
        ownsSlot = true
    }

    deinit { if ownsSlot { slot.deallocate() } }
}

/// A value of any type as it stands in a slot; numbers narrower than 64 bits are zero-extended.
@frozen public struct RawValue: Hashable, Sendable, BitwiseCopyable {
    public var low: UInt64
    public var high: UInt64
    @inlinable public init(low: UInt64, high: UInt64 = 0) {
        self.low = low
        self.high = high
    }
    @inlinable public init(i32 value: Int32) { self.init(low: UInt64(UInt32(bitPattern: value))) }
    @inlinable public init(i64 value: Int64) { self.init(low: UInt64(bitPattern: value)) }
    @inlinable public init(reference: RawReference) { self.init(low: UInt64(reference)) }
    @inlinable public var i32: Int32 { Int32(truncatingIfNeeded: low) }
    @inlinable public var i64: Int64 { Int64(bitPattern: low) }
    @inlinable public var reference: RawReference { UInt(low) }
}

/// A tag: an identity with a type. Exceptions that carry it come in a later version.
public final class TagStorage {
    /// Canonical id of the tag's function type.
    public let typeID: UInt32
    init(typeID: UInt32) { self.typeID = typeID }
}
