// What a shuffle of bytes is like: the shapes that the machine has an instruction for, found in the 16 lane numbers.

/// Where the 16 bytes of a shuffle's result come from: 0–15 the first operand, 16–31 the second, ``zero`` nowhere.
struct ShufflePattern: Equatable, BitwiseCopyable {
    var lanes: SIMD16<UInt8>

    /// The byte is zero, for the machine's byte shuffle too.
    static var zero: UInt8 { 0x80 }
    /// Every byte from its own place of the first operand.
    static let identity = ShufflePattern(lanes: SIMD16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15))

    init(lanes: SIMD16<UInt8>) { self.lanes = lanes }

    /// The lane numbers as an operator has them.
    init(_ bits: SIMD2<UInt64>) { lanes = unsafeBitCast(bits, to: SIMD16<UInt8>.self) }

    /// The first operand's bytes where a mask has all bits, the second's where it has none; nil if it has bytes of both.
    init?(blendOf mask: SIMD2<UInt64>) {
        let bytes = unsafeBitCast(mask, to: SIMD16<UInt8>.self)
        guard all(bytes .== 0 .| bytes .== 0xFF) else { return nil }
        lanes = Self.identity.lanes.replacing(with: Self.identity.lanes &+ 16, where: bytes .== 0)
    }

    var bits: SIMD2<UInt64> { unsafeBitCast(lanes, to: SIMD2<UInt64>.self) }

    var isIdentity: Bool { self == .identity }
    var hasZeros: Bool { any(lanes .== Self.zero) }
    /// Whether some byte comes from the first operand, or from the second.
    var usesFirst: Bool { any(lanes .< 16) }
    var usesSecond: Bool { any(lanes .>= 16 .& lanes .< 32) }

    /// The pattern with the operands' names exchanged.
    var swapped: ShufflePattern {
        ShufflePattern(lanes: lanes.replacing(with: lanes ^ 16, where: lanes .< 32))
    }

    /// The lanes of one operand alone, the others zero. The second operand's are numbered from 0.
    func part(second: Bool) -> ShufflePattern {
        let base: UInt8 = second ? 16 : 0
        let isOwn = lanes .>= base .& lanes .< base &+ 16
        return ShufflePattern(lanes: SIMD16(repeating: Self.zero).replacing(with: lanes &- base, where: isOwn))
    }

    /// The bytes that this pattern takes from an operand which is itself made by another pattern.
    func applied(to inner: ShufflePattern) -> ShufflePattern {
        var result = self
        for index in 0..<16 where lanes[index] < 16 { result.lanes[index] = inner.lanes[Int(lanes[index])] }
        return result
    }

    // MARK: wider lanes

    /// The pattern as one of wider lanes, each of which has all its bytes side by side, in one piece and in order: number
    /// of the lane by place, of up to `32 / width`, or ``zero``. Nil if it is no such pattern.
    func lanes(ofBytes width: Int) -> SIMD8<UInt8>? {
        var result = SIMD8<UInt8>(repeating: 0)
        for lane in 0..<16 / width {
            let first = lanes[lane * width]
            if first == Self.zero {
                for byte in 1..<width where lanes[lane * width + byte] != Self.zero { return nil }
                result[lane] = Self.zero
                continue
            }
            guard first & UInt8(width - 1) == 0 else { return nil }
            for byte in 1..<width where lanes[lane * width + byte] != first + UInt8(byte) { return nil }
            result[lane] = first / UInt8(width)
        }
        return result
    }

    /// The immediate of a shuffle of four lanes.
    static func immediate(_ lanes: SIMD8<UInt8>, from start: Int = 0) -> Int16 {
        var result: Int16 = 0
        for index in 0..<4 { result |= Int16(lanes[start + index] & 3) << Int16(2 * index) }
        return result
    }

    // MARK: shapes of one operand

    /// Lane `i` from lane `i + n` of the operand, round its end.
    var rotation: UInt8? {
        let count = lanes[0]
        guard count < 16 else { return nil }
        return lanes == (Self.identity.lanes &+ count) & 15 ? count : nil
    }

    /// Bytes to shift the operand down by, zeros following.
    var shiftDown: UInt8? {
        let count = lanes[0]
        guard count >= 1, count < 16 else { return nil }
        let from = Self.identity.lanes &+ count
        return lanes == from.replacing(with: Self.zero, where: from .>= 16) ? count : nil
    }

    /// Bytes to shift the operand up by, zeros following.
    var shiftUp: UInt8? {
        let count = lanes[15] > 15 ? 16 : 15 - lanes[15]
        guard count >= 1, count < 16 else { return nil }
        let places = Self.identity.lanes
        return lanes == (places &- count).replacing(with: Self.zero, where: places .< count) ? count : nil
    }

    /// Lanes of `from` bytes, each with zeros behind it up to `to` bytes.
    func isZeroExtension(from: Int, to: Int) -> Bool {
        for index in 0..<16 {
            let byte = index % to
            let expected = byte < from ? UInt8(index / to * from + byte) : Self.zero
            if lanes[index] != expected { return false }
        }
        return true
    }

    // MARK: shapes of two operands

    /// Lanes of `width` bytes of both operands in turn, from the lower halves or the upper ones.
    func isInterleaving(width: Int, upper: Bool) -> Bool {
        for index in 0..<16 {
            let pair = index / (2 * width)
            let isSecond = index / width % 2 == 1
            let expected = (upper ? 8 : 0) + pair * width + index % width + (isSecond ? 16 : 0)
            if lanes[index] != UInt8(expected) { return false }
        }
        return true
    }

    /// 16 bytes side by side of the second operand behind the first: where they begin.
    var window: UInt8? {
        let count = lanes[0]
        guard count >= 1, count < 16 else { return nil }
        return lanes == Self.identity.lanes &+ count ? count : nil
    }

    /// Whether each byte comes from its own place of either operand.
    var isBlend: Bool { all(lanes & 0xEF .== Self.identity.lanes) }

    /// Of a blend of lanes of `width` bytes, a bit for each that comes from the second operand; nil if lanes are mixed.
    func blendMask(width: Int) -> Int16? {
        var result: Int16 = 0
        for lane in 0..<16 / width {
            let isSecond = lanes[lane * width] >= 16
            for byte in 1..<max(width, 2) where byte < width {
                if (lanes[lane * width + byte] >= 16) != isSecond { return nil }
            }
            if isSecond { result |= 1 << Int16(lane) }
        }
        return result
    }
}
