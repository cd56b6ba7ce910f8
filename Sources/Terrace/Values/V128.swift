// A vector of 128 bits.

/// A 128-bit vector value: 16 bytes whose lanes the instructions choose.
@frozen public struct V128: Hashable, Sendable, BitwiseCopyable {
    /// Bytes 0 to 7, little endian.
    public var low: UInt64
    /// Bytes 8 to 15, little endian.
    public var high: UInt64

    @inlinable public init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// From lanes: any vector type of 16 bytes, such as `SIMD4<Float>` or `SIMD16<UInt8>`.
    @inlinable public init<Lanes: SIMD>(_ lanes: Lanes) where Lanes: BitwiseCopyable {
        precondition(MemoryLayout<Lanes>.size == 16, "a v128 has 16 bytes")
        self = unsafeBitCast(lanes, to: V128.self)
    }

    /// As lanes: any vector type of 16 bytes, such as `SIMD4<Float>` or `SIMD16<UInt8>`.
    @inlinable public func lanes<Lanes: SIMD>(_ type: Lanes.Type = Lanes.self) -> Lanes where Lanes: BitwiseCopyable {
        precondition(MemoryLayout<Lanes>.size == 16, "a v128 has 16 bytes")
        return unsafeBitCast(self, to: Lanes.self)
    }
}

extension V128: CustomStringConvertible {
    public var description: String {
        func hex(_ half: UInt64) -> String {
            let digits = String(half, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        return "0x" + hex(high) + hex(low)
    }
}
