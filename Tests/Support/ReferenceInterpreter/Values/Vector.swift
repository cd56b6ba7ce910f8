// Vectors: 128 bits that operators see as lanes.

/// A vector.
public struct Vector: Hashable, Sendable {
    /// Bytes 0 to 7, the first lowest.
    public var low: UInt64
    /// Bytes 8 to 15.
    public var high: UInt64

    public init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// From lanes, lane 0 first; missing ones are zero.
    init<Lane: FixedWidthInteger>(_ lanes: [Lane]) {
        low = 0
        high = 0
        for (index, lane) in lanes.enumerated() { self[index] = lane }
    }

    /// As lanes, lane 0 first.
    func lanes<Lane: FixedWidthInteger>(_ type: Lane.Type = Lane.self) -> [Lane] {
        (0..<(128 / Lane.bitWidth)).map { self[$0] }
    }

    /// One lane.
    subscript<Lane: FixedWidthInteger>(index: Int) -> Lane {
        get {
            let bit = index * Lane.bitWidth
            return Lane(truncatingIfNeeded: bit < 64 ? low >> UInt64(bit) : high >> UInt64(bit - 64))
        }
        set {
            let bit = index * Lane.bitWidth
            let ones: UInt64 = Lane.bitWidth == 64 ? .max : (1 << UInt64(Lane.bitWidth)) - 1
            let value = UInt64(truncatingIfNeeded: newValue) & ones
            let shift = UInt64(bit & 63)
            if bit < 64 {
                low = low & ~(ones << shift) | value << shift
            } else {
                high = high & ~(ones << shift) | value << shift
            }
        }
    }
}
