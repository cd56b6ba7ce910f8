// Natural numbers of any size: just what exact conversion of decimal numbers needs.

/// A natural number, least significant limb first, no leading zero limbs.
struct BigInteger {
    private(set) var limbs: [UInt64]

    init(_ value: UInt64) { limbs = value == 0 ? [] : [value] }

    var isZero: Bool { limbs.isEmpty }

    var bitCount: Int {
        guard let top = limbs.last else { return 0 }
        return limbs.count * 64 - top.leadingZeroBitCount
    }

    /// self × factor + addend
    mutating func multiply(by factor: UInt64, adding addend: UInt64 = 0) {
        var carry = addend
        for index in limbs.indices {
            let (high, low) = limbs[index].multipliedFullWidth(by: factor)
            let (sum, overflow) = low.addingReportingOverflow(carry)
            limbs[index] = sum
            carry = high &+ (overflow ? 1 : 0)
        }
        if carry != 0 { limbs.append(carry) }
    }

    static let tenToThe19: UInt64 = 10_000_000_000_000_000_000

    /// self × 10^exponent
    mutating func multiply(byPowerOfTen exponent: Int) {
        var rest = exponent
        while rest >= 19 {
            multiply(by: Self.tenToThe19)
            rest -= 19
        }
        var factor: UInt64 = 1
        for _ in 0..<rest { factor *= 10 }
        if factor > 1 { multiply(by: factor) }
    }

    mutating func shiftLeft(_ count: Int) {
        guard count > 0, !limbs.isEmpty else { return }
        let bits = UInt64(count % 64)
        if bits != 0 {
            var carry: UInt64 = 0
            for index in limbs.indices {
                let limb = limbs[index]
                limbs[index] = limb << bits | carry
                carry = limb >> (64 - bits)
            }
            if carry != 0 { limbs.append(carry) }
        }
        if count >= 64 { limbs.insert(contentsOf: repeatElement(0, count: count / 64), at: 0) }
    }

    static func isLess(_ left: BigInteger, _ right: BigInteger) -> Bool {
        if left.limbs.count != right.limbs.count { return left.limbs.count < right.limbs.count }
        for index in left.limbs.indices.reversed() where left.limbs[index] != right.limbs[index] {
            return left.limbs[index] < right.limbs[index]
        }
        return false
    }

    /// self − other, which must not be larger.
    mutating func subtract(_ other: BigInteger) {
        var borrow: UInt64 = 0
        for index in limbs.indices {
            let subtrahend = index < other.limbs.count ? other.limbs[index] : 0
            let (first, underflow1) = limbs[index].subtractingReportingOverflow(subtrahend)
            let (second, underflow2) = first.subtractingReportingOverflow(borrow)
            limbs[index] = second
            borrow = underflow1 || underflow2 ? 1 : 0
        }
        while limbs.last == 0 { limbs.removeLast() }
    }

    /// The `bits` most significant bits (64 or 128) as high and low word, and whether any bit below them is set. The
    /// value is (high·2⁶⁴ + low) · 2^exponent, with the top bit of `high` set.
    func leadingBits() -> (high: UInt64, low: UInt64, exponent: Int, isInexact: Bool) {
        func limb(_ index: Int) -> UInt64 { index >= 0 && index < limbs.count ? limbs[index] : 0 }
        let top = limbs.count - 1
        let shift = UInt64(limb(top).leadingZeroBitCount)
        func shifted(_ index: Int) -> UInt64 {
            shift == 0 ? limb(index) : limb(index) << shift | limb(index - 1) >> (64 - shift)
        }
        var isInexact = shift == 0 ? false : limb(top - 2) << shift != 0
        if shift == 0, limb(top - 2) != 0 { isInexact = true }
        if top >= 3 { isInexact = isInexact || limbs[0..<(top - 2)].contains { $0 != 0 } }
        return (shifted(top), shifted(top - 1), bitCount - 128, isInexact)
    }

    /// The first 128 bits of numerator ÷ denominator: (high·2⁶⁴ + low) · 2^exponent, the top bit of `high` set, and
    /// whether the division leaves a rest.
    static func divide(
        _ numerator: BigInteger, by denominator: BigInteger
    ) -> (high: UInt64, low: UInt64, exponent: Int, isInexact: Bool) {
        var rest = numerator
        var divisor = denominator
        let difference = divisor.bitCount - rest.bitCount
        if difference > 0 { rest.shiftLeft(difference) } else { divisor.shiftLeft(-difference) }
        var high: UInt64 = 0
        var low: UInt64 = 0
        var steps = 0
        while high >> 63 == 0 {
            high = high << 1 | low >> 63
            low <<= 1
            if !isLess(rest, divisor) {
                rest.subtract(divisor)
                low |= 1
            }
            rest.shiftLeft(1)
            steps += 1
        }
        return (high, low, -difference - (steps - 1), !rest.isZero)
    }
}
