// What code memory holds where no code is.

extension CodeSegment {
    /// Fills unused bytes: `int3`.
    @inlinable public static var trapByte: UInt8 { 0xCC }
}
