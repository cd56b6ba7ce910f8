// Integer literals: sign, decimal or hexadecimal digits, single underscores between digits.

/// An integer literal as written.
struct IntegerLiteral {
    var isNegative = false
    var hasSign = false
    var magnitude: UInt64 = 0
    /// The magnitude does not fit in 64 bits.
    var overflows = false

    /// Reads the literal in `start..<end`; nil if the text is not an integer.
    @inline(__always)
    init?(_ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int) {
        var position = start
        if position < end, base[position] == UInt8(ascii: "-") || base[position] == UInt8(ascii: "+") {
            hasSign = true
            isNegative = base[position] == UInt8(ascii: "-")
            position &+= 1
        }
        var isHexadecimal = false
        if position &+ 1 < end, base[position] == UInt8(ascii: "0"), base[position &+ 1] == UInt8(ascii: "x") {
            isHexadecimal = true
            position &+= 2
        }
        var lastWasDigit = false
        while position < end {
            let character = base[position]
            position &+= 1
            if character == UInt8(ascii: "_") {
                guard lastWasDigit else { return nil }
                lastWasDigit = false
                continue
            }
            if isHexadecimal {
                guard let digit = hexDigit(character) else { return nil }
                if magnitude >> 60 != 0 { overflows = true }
                magnitude = magnitude << 4 | UInt64(digit)
            } else {
                let digit = character &- UInt8(ascii: "0")
                guard digit < 10 else { return nil }
                if magnitude >= 0x1999_9999_9999_9999 {
                    let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10)
                    let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
                    if overflow || carry { overflows = true }
                    magnitude = sum
                } else {
                    magnitude = magnitude &* 10 &+ UInt64(digit)
                }
            }
            lastWasDigit = true
        }
        guard lastWasDigit else { return nil }
    }

    /// The value as `bits` bits, written signed or unsigned; nil if it does not fit.
    @inline(__always)
    func value(bits: UInt64) -> UInt64? {
        if overflows { return nil }
        let limit: UInt64 = bits == 64 ? .max : (1 << bits) &- 1
        if isNegative {
            guard magnitude <= 1 << (bits &- 1) else { return nil }
            return (0 &- magnitude) & limit
        }
        return magnitude <= limit ? magnitude : nil
    }

    /// The value as an unsigned number written without a sign.
    @inline(__always)
    func unsigned(bits: UInt64) -> UInt64? {
        overflows || hasSign || (bits < 64 && magnitude >> bits != 0) ? nil : magnitude
    }
}
