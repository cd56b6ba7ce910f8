// Where locals and operands stand in a frame: a pure function of the bytecode, the same in every tier, so that one
// tier's frame can be taken over by another's code at a loop header.

import TerraceABI

/// Lays out a function's frame, downwards from the frame header, in this order: the locals by index, the address of the
/// results area if the function has more than one result, the operands by height.
///
/// A value takes 8 bytes, a vector 16. What a compiler keeps in registers has its place all the same; which locals these
/// are changes no offset. All offsets are from the frame pointer.
@frozen public struct FrameLayout: Sendable, BitwiseCopyable {
    /// Bytes from the frame pointer to the end of what was laid out so far.
    public var byteCount: Int32

    /// Where the locals begin: each lies right below the one before it.
    @inlinable public static var localsStart: Int32 { 0 &- CallingConvention.frameHeaderBytes }

    /// A frame with nothing but its header.
    @inlinable public init() { byteCount = CallingConvention.frameHeaderBytes }

    /// Bytes of a slot.
    @inlinable @inline(__always) public static func slotBytes(_ type: MachineType) -> Int32 { type == .v128 ? 16 : 8 }

    /// Adds the next local and returns the offset of its slot.
    @inlinable @inline(__always) public mutating func addLocal(_ type: MachineType) -> Int32 {
        byteCount &+= Self.slotBytes(type)
        return 0 &- byteCount
    }

    /// Adds several locals of a type.
    @inlinable @inline(__always) public mutating func addLocals(_ type: MachineType, count: Int) {
        byteCount &+= Self.slotBytes(type) &* Int32(truncatingIfNeeded: count)
    }

    /// Adds the slot for the address of the results area, behind the locals.
    @inlinable public mutating func addResultsArea() -> Int32 { addLocal(.i64) }
}
