// What fills gaps between pieces of code: traps where control never comes, no-operations where it passes.

/// What fills the gap in front of an aligned position.
@frozen public enum Padding: Sendable {
    /// `int3`, for gaps that control never reaches.
    case trap
    /// Long no-operations.
    case nop
}

extension Assembler {
    /// Fills up to a multiple of `alignment`, a power of two.
    public mutating func align(to alignment: Int, with padding: Padding) {
        precondition(alignment > 0 && alignment & (alignment - 1) == 0, "an alignment is a power of two")
        let count = -Int(offset) & (alignment - 1)
        switch padding {
        case .trap:
            if limit - cursor < count { grow(by: count) }
            cursor.initializeMemory(as: UInt8.self, repeating: Self.trapByte, count: count)
            cursor += count
        case .nop:
            nop(count)
        }
    }

    /// Emits no-operations of `count` bytes altogether, as few as possible.
    public mutating func nop(_ count: Int = 1) {
        var rest = count
        while rest > 0 {
            reserve()
            let length = min(rest, 9)
            let (low, high) = Self.longNops[length - 1]
            cursor.storeBytes(of: low, as: UInt64.self)
            (cursor + 8).storeBytes(of: high, as: UInt8.self)
            cursor += length
            rest -= length
        }
    }

    /// The recommended no-operations of 1 to 9 bytes.
    private static let longNops: [(UInt64, UInt8)] = [
        (0x90, 0), (0x9066, 0), (0x1F0F, 0), (0x0040_1F0F, 0), (0x0044_1F0F, 0), (0x441F_0F66, 0),
        (0x0080_1F0F, 0), (0x0084_1F0F, 0), (0x841F_0F66, 0),
    ]

    /// `int3`: what a byte is that must not be run.
    private static var trapByte: UInt8 { 0xCC }
}
