// Floating-point literals with exact rounding to nearest, ties to even, for numbers of any length.
// Hexadecimal literals are rounded from their bits. Decimal literals take the first way that is sure: exact
// floating-point arithmetic (Clinger), a product with a 128-bit power of ten (Eisel and Lemire), big integers.

/// The two binary formats.
struct FloatFormat: Sendable {
    /// Explicit bits of the significand.
    let significandBits: Int
    let exponentBits: Int
    var bias: Int { 1 << (exponentBits - 1) - 1 }
    var infinity: UInt64 { UInt64(1 << exponentBits - 1) << UInt64(significandBits) }
    var signBit: UInt64 { 1 << UInt64(significandBits + exponentBits) }
    var quietBit: UInt64 { 1 << UInt64(significandBits - 1) }

    static let single = FloatFormat(significandBits: 23, exponentBits: 8)
    static let double = FloatFormat(significandBits: 52, exponentBits: 11)

    /// The bits of the number `significand`·2^exponent, plus something smaller than one unit of `significand` if
    /// `isInexact`; nil if it rounds to infinity. The top bit of `significand` is set.
    func round(_ significand: UInt64, exponent: Int, isInexact: Bool) -> UInt64? {
        let topExponent = exponent + 63
        if topExponent > bias { return nil }
        let minimum = 1 - bias
        let isSubnormal = topExponent < minimum
        let precision = significandBits + 1 - (isSubnormal ? minimum - topExponent : 0)
        if precision < 0 { return 0 }
        var kept: UInt64
        let isTie: Bool
        let roundsUp: Bool
        if precision == 0 {
            kept = 0
            isTie = significand == 1 << 63 && !isInexact
            roundsUp = !isTie
        } else {
            let shift = UInt64(64 - precision)
            let half: UInt64 = 1 << (shift - 1)
            let rest = significand & (half << 1 &- 1)
            kept = significand >> shift
            isTie = rest == half && !isInexact
            roundsUp = rest > half || (rest == half && isInexact)
        }
        if roundsUp || (isTie && kept & 1 == 1) { kept += 1 }
        // The leading one of a normal number adds itself to the exponent field; so does a carry out of the significand.
        let bits = isSubnormal ? kept : kept &+ UInt64(topExponent + bias - 1) << UInt64(significandBits)
        return bits >= infinity ? nil : bits
    }
}

enum FloatOutcome {
    case bits(UInt64)
    case malformed
    case outOfRange
}

/// Converts floating-point literals; keeps the powers of ten that it has worked out.
struct FloatReader {
    private var powers = PowersOfTen()

    /// Reads the literal in `start..<end`.
    mutating func read(
        _ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ format: FloatFormat
    ) -> FloatOutcome {
        var position = start
        var sign: UInt64 = 0
        if position < end, base[position] == UInt8(ascii: "-") || base[position] == UInt8(ascii: "+") {
            if base[position] == UInt8(ascii: "-") { sign = format.signBit }
            position += 1
        }
        guard position < end else { return .malformed }
        switch base[position] {
        case UInt8(ascii: "i"):
            return matches("inf", base, position, end) ? .bits(sign | format.infinity) : .malformed
        case UInt8(ascii: "n"):
            return readNaN(base, position, end, sign, format)
        default:
            break
        }
        let outcome: FloatOutcome
        if position + 1 < end, base[position] == UInt8(ascii: "0"), base[position + 1] == UInt8(ascii: "x") {
            outcome = readHexadecimal(base, position + 2, end, format)
        } else {
            outcome = readDecimal(base, position, end, format)
        }
        guard case .bits(let bits) = outcome else { return outcome }
        return .bits(sign | bits)
    }

    private func matches(_ word: StaticString, _ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
        end - start == word.utf8CodeUnitCount && equal(word.utf8Start, base + start, end - start)
    }

    private func readNaN(
        _ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ sign: UInt64, _ format: FloatFormat
    ) -> FloatOutcome {
        if matches("nan", base, start, end) { return .bits(sign | format.infinity | format.quietBit) }
        guard end - start > 6, matches("nan:0x", base, start, start + 6),
            let payload = IntegerLiteral(base, start + 4, end)
        else { return .malformed }
        guard let value = payload.unsigned(bits: UInt64(format.significandBits)), value != 0 else {
            return .outOfRange
        }
        return .bits(sign | format.infinity | value)
    }

    // MARK: Shape

    /// Where the parts of a number are: digits before and after the point, and the exponent.
    private struct Parts {
        var integer: Range<Int>
        var fraction: Range<Int>
        /// Clamped to ±2²⁸.
        var exponent = 0
    }

    private func split(
        _ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int, isHexadecimal: Bool
    ) -> Parts? {
        /// Reads digits with single underscores between them; nil if there are none or an underscore stands wrong.
        func digits(_ from: Int, isHexadecimal: Bool) -> Int? {
            var position = from
            var lastWasDigit = false
            while position < end {
                let character = base[position]
                if character == UInt8(ascii: "_") {
                    guard lastWasDigit else { return nil }
                    lastWasDigit = false
                } else if isHexadecimal ? hexDigit(character) != nil : character &- UInt8(ascii: "0") < 10 {
                    lastWasDigit = true
                } else {
                    break
                }
                position += 1
            }
            return lastWasDigit ? position : nil
        }
        guard var position = digits(start, isHexadecimal: isHexadecimal) else { return nil }
        var parts = Parts(integer: start..<position, fraction: position..<position)
        if position < end, base[position] == UInt8(ascii: ".") {
            position += 1
            parts.fraction = position..<position
            let marker = isHexadecimal ? UInt8(ascii: "p") : UInt8(ascii: "e")
            if position < end, base[position] | 0x20 != marker {
                guard let fractionEnd = digits(position, isHexadecimal: isHexadecimal) else { return nil }
                parts.fraction = position..<fractionEnd
                position = fractionEnd
            }
        }
        if position < end {
            guard base[position] | 0x20 == (isHexadecimal ? UInt8(ascii: "p") : UInt8(ascii: "e")) else { return nil }
            position += 1
            var isNegative = false
            if position < end, base[position] == UInt8(ascii: "-") || base[position] == UInt8(ascii: "+") {
                isNegative = base[position] == UInt8(ascii: "-")
                position += 1
            }
            guard let exponentEnd = digits(position, isHexadecimal: false), exponentEnd == end else { return nil }
            for index in position..<end where base[index] != UInt8(ascii: "_") {
                parts.exponent = min(parts.exponent * 10 + Int(base[index] - UInt8(ascii: "0")), 1 << 28)
            }
            if isNegative { parts.exponent = -parts.exponent }
        }
        return parts
    }

    // MARK: Hexadecimal

    private func readHexadecimal(
        _ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ format: FloatFormat
    ) -> FloatOutcome {
        guard let parts = split(base, start, end, isHexadecimal: true) else { return .malformed }
        var significand: UInt64 = 0
        var isInexact = false
        var exponent = parts.exponent
        func take(_ range: Range<Int>, isFraction: Bool) {
            for index in range {
                guard let digit = hexDigit(base[index]) else { continue }
                if significand >> 60 == 0 {
                    significand = significand << 4 | UInt64(digit)
                    if isFraction { exponent -= 4 }
                } else {
                    if digit != 0 { isInexact = true }
                    if !isFraction { exponent += 4 }
                }
            }
        }
        take(parts.integer, isFraction: false)
        take(parts.fraction, isFraction: true)
        if significand == 0 { return .bits(0) }
        let shift = significand.leadingZeroBitCount
        guard
            let bits = format.round(
                significand << UInt64(shift), exponent: exponent - shift, isInexact: isInexact)
        else { return .outOfRange }
        return .bits(bits)
    }

    // MARK: Decimal

    private mutating func readDecimal(
        _ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ format: FloatFormat
    ) -> FloatOutcome {
        guard let parts = split(base, start, end, isHexadecimal: false) else { return .malformed }
        // The first 19 significant digits as an integer; `exponent` is the power of ten of its last digit.
        var leading: UInt64 = 0
        var leadingCount = 0
        var exponent = parts.exponent
        var isTruncated = false
        for (range, isFraction) in [(parts.integer, false), (parts.fraction, true)] {
            for index in range where base[index] != UInt8(ascii: "_") {
                let digit = base[index] - UInt8(ascii: "0")
                if leadingCount < 19 {
                    leading = leading * 10 + UInt64(digit)
                    if leading != 0 { leadingCount += 1 }
                    if isFraction { exponent -= 1 }
                } else {
                    if digit != 0 { isTruncated = true }
                    if !isFraction { exponent += 1 }
                }
            }
        }
        if leading == 0 { return .bits(0) }
        // Far outside of both formats; within these bounds the big numbers stay small.
        if exponent > 400 { return .outOfRange }
        if exponent < -420 { return .bits(0) }

        if !isTruncated {
            if let bits = exactProduct(leading, exponent, format) { return .bits(bits) }
            if let bits = powers.product(leading, exponent, format) { return .bits(bits) }
        } else if let low = powers.product(leading, exponent, format),
            let high = powers.product(leading + 1, exponent, format), low == high
        {
            return .bits(low)
        }
        return readWithBigIntegers(base, parts, format)
    }

    /// Significand and power of ten both exact in the format: one correctly rounded operation.
    private func exactProduct(_ significand: UInt64, _ exponent: Int, _ format: FloatFormat) -> UInt64? {
        guard significand >> UInt64(format.significandBits + 1) == 0 else { return nil }
        if format.significandBits == 52 {
            guard exponent >= -22, exponent <= 22 else { return nil }
            var power = 1.0
            for _ in 0..<abs(exponent) { power *= 10 }
            let value = Double(significand)
            return (exponent < 0 ? value / power : value * power).bitPattern
        }
        guard exponent >= -10, exponent <= 10 else { return nil }
        var power: Float = 1
        for _ in 0..<abs(exponent) { power *= 10 }
        let value = Float(significand)
        return UInt64((exponent < 0 ? value / power : value * power).bitPattern)
    }

    /// Exact. No binary fraction of these formats, nor a tie between two, has more than 767 significant digits: of
    /// digits behind the first 800 it only matters whether one of them is not zero.
    private func readWithBigIntegers(
        _ base: UnsafePointer<UInt8>, _ parts: Parts, _ format: FloatFormat
    ) -> FloatOutcome {
        var number = BigInteger(0)
        var exponent = parts.exponent
        var count = 0
        var hasMore = false
        var chunk: UInt64 = 0
        var chunkScale: UInt64 = 1
        for (range, isFraction) in [(parts.integer, false), (parts.fraction, true)] {
            for index in range where base[index] != UInt8(ascii: "_") {
                let digit = UInt64(base[index] - UInt8(ascii: "0"))
                if count < 800 {
                    chunk = chunk * 10 + digit
                    chunkScale *= 10
                    if chunkScale == BigInteger.tenToThe19 {
                        number.append(chunk, scale: chunkScale)
                        chunk = 0
                        chunkScale = 1
                    }
                    if count > 0 || digit != 0 { count += 1 }
                    if isFraction { exponent -= 1 }
                } else {
                    if digit != 0 { hasMore = true }
                    if !isFraction { exponent += 1 }
                }
            }
        }
        number.append(chunk, scale: chunkScale)
        if hasMore {
            number.append(1, scale: 10)
            exponent -= 1
        }
        let leading: (high: UInt64, low: UInt64, exponent: Int, isInexact: Bool)
        if exponent >= 0 {
            number.multiply(byPowerOfTen: exponent)
            leading = number.leadingBits()
        } else {
            var divisor = BigInteger(1)
            divisor.multiply(byPowerOfTen: -exponent)
            leading = BigInteger.divide(number, by: divisor)
        }
        guard
            let bits = format.round(
                leading.high, exponent: leading.exponent + 64, isInexact: leading.low != 0 || leading.isInexact)
        else { return .outOfRange }
        return .bits(bits)
    }
}

extension BigInteger {
    /// self × scale + value
    fileprivate mutating func append(_ value: UInt64, scale: UInt64) {
        if isZero { self = BigInteger(value) } else { multiply(by: scale, adding: value) }
    }
}

/// 128-bit powers of ten, worked out when first needed.
private struct PowersOfTen {
    private static let lowest = -348
    private static let highest = 347
    /// Truncated significands, the top bit of `high` set; zero when not yet known.
    private var entries: [(high: UInt64, low: UInt64)] = []

    private mutating func power(_ exponent: Int) -> (high: UInt64, low: UInt64) {
        if entries.isEmpty { entries = Array(repeating: (0, 0), count: Self.highest - Self.lowest + 1) }
        let index = exponent - Self.lowest
        if entries[index].high == 0 {
            var magnitude = BigInteger(1)
            magnitude.multiply(byPowerOfTen: abs(exponent))
            let bits = exponent < 0 ? BigInteger.divide(BigInteger(1), by: magnitude) : magnitude.leadingBits()
            entries[index] = (bits.high, bits.low)
        }
        return entries[index]
    }

    /// The bits of significand·10^exponent, or nil when the 128-bit product does not decide the rounding (or the
    /// result is not a normal number).
    mutating func product(_ significand: UInt64, _ exponent: Int, _ format: FloatFormat) -> UInt64? {
        guard exponent >= Self.lowest, exponent <= Self.highest else { return nil }
        let power = power(exponent)
        let zeros = significand.leadingZeroBitCount
        let normalized = significand << UInt64(zeros)
        // floor(exponent · log2(10)), exact in this range.
        var binaryExponent = (217_706 * exponent) >> 16 + 64 + format.bias - zeros

        // Bits below the rounding bit when the product has its top bit clear.
        let dropped = UInt64(61 - format.significandBits)
        let mask: UInt64 = 1 << dropped - 1
        var (high, low) = normalized.multipliedFullWidth(by: power.high)
        if high & mask == mask, low &+ normalized < normalized {
            // The power is truncated; its low word may still carry into the bits that matter.
            let second = normalized.multipliedFullWidth(by: power.low)
            let (sum, carry) = low.addingReportingOverflow(second.high)
            let mergedHigh = carry ? high + 1 : high
            if mergedHigh & mask == mask, sum == .max, second.low &+ normalized < normalized { return nil }
            (high, low) = (mergedHigh, sum)
        }
        let top = high >> 63
        var rounded = high >> (top + dropped)
        binaryExponent -= Int(1 ^ top)
        // Exactly half way, as far as the truncated product tells.
        if low == 0, high & mask == 0, rounded & 3 == 1 { return nil }
        rounded = (rounded + rounded & 1) >> 1
        if rounded >> UInt64(format.significandBits + 1) != 0 {
            rounded >>= 1
            binaryExponent += 1
        }
        guard binaryExponent > 0, binaryExponent < 1 << format.exponentBits - 1 else { return nil }
        return UInt64(binaryExponent) << UInt64(format.significandBits) | rounded
            & (1 << UInt64(format.significandBits) - 1)
    }
}
