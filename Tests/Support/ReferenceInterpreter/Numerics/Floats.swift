// "Floating-Point Operations" of the specification, on bits.
//
// The specification leaves the bits of many NaNs open. This machine is of the deterministic profile: whatever operator
// makes a NaN makes the positive canonical one. An engine may give another member of the same set; programs that are to
// be compared must look at no more of a NaN than is determined (see `NaN payloads` in CONTRIBUTING.md).

/// A format of floating-point numbers, and its bits.
protocol FloatFormat: BinaryFloatingPoint {
    associatedtype Bits: FixedWidthInteger & UnsignedInteger
    init(bitPattern: Bits)
    var bitPattern: Bits { get }
    /// All bits but the sign.
    static var magnitudeBits: Bits { get }
    static var canonicalNaN: Bits { get }
}

extension Float: FloatFormat {
    static var magnitudeBits: UInt32 { 0x7FFF_FFFF }
    static var canonicalNaN: UInt32 { 0x7FC0_0000 }
}

extension Double: FloatFormat {
    static var magnitudeBits: UInt64 { 0x7FFF_FFFF_FFFF_FFFF }
    static var canonicalNaN: UInt64 { 0x7FF8_0000_0000_0000 }
}

extension FloatFormat {
    /// The bits of a result: a NaN becomes the canonical one.
    private static func result(_ value: Self) -> Bits { value.isNaN ? canonicalNaN : value.bitPattern }

    // MARK: arithmetic

    static func add(_ a: Bits, _ b: Bits) -> Bits { result(Self(bitPattern: a) + Self(bitPattern: b)) }
    static func subtract(_ a: Bits, _ b: Bits) -> Bits { result(Self(bitPattern: a) - Self(bitPattern: b)) }
    static func multiply(_ a: Bits, _ b: Bits) -> Bits { result(Self(bitPattern: a) * Self(bitPattern: b)) }
    static func divide(_ a: Bits, _ b: Bits) -> Bits { result(Self(bitPattern: a) / Self(bitPattern: b)) }
    static func squareRoot(_ a: Bits) -> Bits { result(Self(bitPattern: a).squareRoot()) }

    /// `fmin`
    static func minimum(_ a: Bits, _ b: Bits) -> Bits {
        let (x, y) = (Self(bitPattern: a), Self(bitPattern: b))
        if x.isNaN || y.isNaN { return canonicalNaN }
        if x.isZero && y.isZero { return x.sign == .minus ? a : b }
        return x < y ? a : b
    }

    /// `fmax`
    static func maximum(_ a: Bits, _ b: Bits) -> Bits {
        let (x, y) = (Self(bitPattern: a), Self(bitPattern: b))
        if x.isNaN || y.isNaN { return canonicalNaN }
        if x.isZero && y.isZero { return x.sign == .plus ? a : b }
        return x > y ? a : b
    }

    /// `fpmin` and `fpmax`: one of the operands, with all its bits.
    static func pseudoMinimum(_ a: Bits, _ b: Bits) -> Bits { Self(bitPattern: b) < Self(bitPattern: a) ? b : a }
    static func pseudoMaximum(_ a: Bits, _ b: Bits) -> Bits { Self(bitPattern: a) < Self(bitPattern: b) ? b : a }

    /// `frelaxed_madd` and `frelaxed_nmadd` of the deterministic profile: rounded twice.
    static func multiplyAdd(_ a: Bits, _ b: Bits, _ c: Bits) -> Bits { add(multiply(a, b), c) }
    static func negativeMultiplyAdd(_ a: Bits, _ b: Bits, _ c: Bits) -> Bits { multiplyAdd(negate(a), b, c) }

    // MARK: rounding

    static func ceiling(_ a: Bits) -> Bits { rounded(a, .up) }
    static func floor(_ a: Bits) -> Bits { rounded(a, .down) }
    static func truncate(_ a: Bits) -> Bits { rounded(a, .towardZero) }
    static func nearest(_ a: Bits) -> Bits { rounded(a, .toNearestOrEven) }

    /// A zero that comes of rounding has the operand's sign.
    private static func rounded(_ a: Bits, _ rule: FloatingPointRoundingRule) -> Bits {
        let value = Self(bitPattern: a)
        if value.isNaN { return canonicalNaN }
        let rounded = value.rounded(rule)
        return rounded.isZero ? a & ~magnitudeBits : rounded.bitPattern
    }

    // MARK: signs: bits, of NaNs too

    static func absolute(_ a: Bits) -> Bits { a & magnitudeBits }
    static func negate(_ a: Bits) -> Bits { a ^ ~magnitudeBits }
    static func copySign(_ a: Bits, _ b: Bits) -> Bits { a & magnitudeBits | b & ~magnitudeBits }

    // MARK: comparisons

    static func equal(_ a: Bits, _ b: Bits) -> Bool { Self(bitPattern: a) == Self(bitPattern: b) }
    static func notEqual(_ a: Bits, _ b: Bits) -> Bool { !equal(a, b) }
    static func less(_ a: Bits, _ b: Bits) -> Bool { Self(bitPattern: a) < Self(bitPattern: b) }
    static func lessOrEqual(_ a: Bits, _ b: Bits) -> Bool { Self(bitPattern: a) <= Self(bitPattern: b) }
    static func greater(_ a: Bits, _ b: Bits) -> Bool { less(b, a) }
    static func greaterOrEqual(_ a: Bits, _ b: Bits) -> Bool { lessOrEqual(b, a) }

    // MARK: conversions

    /// `trunc_u` and `trunc_s`
    static func toInteger<Number: FixedWidthInteger>(_ a: Bits, _ type: Number.Type) throws(Failure) -> Number {
        let value = Self(bitPattern: a)
        if value.isNaN { throw .trap(.invalidConversionToInteger) }
        guard let number = Number(exactly: value.rounded(.towardZero)) else { throw .trap(.integerOverflow) }
        return number
    }

    /// `trunc_sat_u` and `trunc_sat_s`
    static func toIntegerSaturating<Number: FixedWidthInteger>(_ a: Bits, _ type: Number.Type) -> Number {
        let value = Self(bitPattern: a)
        if value.isNaN { return 0 }
        return Number(exactly: value.rounded(.towardZero)) ?? (value < 0 ? Number.min : Number.max)
    }

    /// `convert_u` and `convert_s`
    static func fromInteger(_ value: some FixedWidthInteger) -> Bits { Self(value).bitPattern }
}

extension Double {
    /// `promote`
    static func promote(_ a: UInt32) -> UInt64 {
        let value = Float(bitPattern: a)
        return value.isNaN ? canonicalNaN : Double(value).bitPattern
    }

    /// `demote`
    static func demote(_ a: UInt64) -> UInt32 {
        let value = Double(bitPattern: a)
        return value.isNaN ? Float.canonicalNaN : Float(value).bitPattern
    }
}
