// "Binary Format: Values": numbers in the bytes of a validated body. Written anew, so that a mistake in the engine's reader
// is not repeated here.

/// A cursor over bytes that validation has accepted.
struct CodeReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private(set) var position: Int

    /// - Parameter bytes: must live as long as the reader.
    init(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) {
        self.bytes = bytes
        self.position = position
    }

    mutating func byte() -> UInt8 {
        defer { position += 1 }
        return bytes[position]
    }

    /// Unsigned LEB128.
    mutating func unsigned() -> UInt64 {
        let byte = self.byte()
        return byte < 0x80 ? UInt64(byte) : unsigned() << 7 | UInt64(byte - 0x80)
    }

    mutating func index() -> Int { Int(unsigned()) }

    /// Signed LEB128.
    mutating func signed() -> Int64 {
        let byte = self.byte()
        if byte < 0x40 { return Int64(byte) }
        if byte < 0x80 { return Int64(byte) - 0x80 }
        return signed() << 7 | Int64(byte - 0x80)
    }

    /// A little-endian number of so many bytes.
    mutating func littleEndian(_ count: Int) -> UInt64 {
        var value: UInt64 = 0
        for number in 0..<count { value |= UInt64(byte()) << UInt64(8 * number) }
        return value
    }
}
