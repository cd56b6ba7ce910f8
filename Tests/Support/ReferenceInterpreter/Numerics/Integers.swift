// "Integer Operations" of the specification, for whatever Swift's operators do not do the same way.

enum Integers {
    /// `idiv_u`
    static func divide<Number: FixedWidthInteger & UnsignedInteger>(
        _ a: Number, _ b: Number
    ) throws(Failure) -> Number {
        if b == 0 { throw .trap(.integerDivideByZero) }
        return a / b
    }

    /// `idiv_s`
    static func divide<Number: FixedWidthInteger & SignedInteger>(_ a: Number, _ b: Number) throws(Failure) -> Number {
        if b == 0 { throw .trap(.integerDivideByZero) }
        if a == .min, b == -1 { throw .trap(.integerOverflow) }
        return a / b
    }

    /// `irem_u`
    static func remainder<Number: FixedWidthInteger & UnsignedInteger>(
        _ a: Number, _ b: Number
    ) throws(Failure) -> Number {
        if b == 0 { throw .trap(.integerDivideByZero) }
        return a % b
    }

    /// `irem_s`: the one quotient that does not fit leaves no rest.
    static func remainder<Number: FixedWidthInteger & SignedInteger>(
        _ a: Number, _ b: Number
    ) throws(Failure) -> Number {
        if b == 0 { throw .trap(.integerDivideByZero) }
        return b == -1 ? 0 : a % b
    }

    /// `ishl`, `ishr_u` and `ishr_s`: by the number of places modulo the width.
    static func shiftLeft<Number: FixedWidthInteger>(_ value: Number, by places: Number) -> Number {
        value << modulo(places, Number.bitWidth)
    }
    static func shiftRight<Number: FixedWidthInteger>(_ value: Number, by places: Number) -> Number {
        value >> modulo(places, Number.bitWidth)
    }

    /// `irotl` and `irotr`
    static func rotateLeft<Number: FixedWidthInteger & UnsignedInteger>(_ value: Number, by places: Number) -> Number {
        let places = modulo(places, Number.bitWidth)
        return places == 0 ? value : value << places | value >> (Number.bitWidth - places)
    }
    static func rotateRight<Number: FixedWidthInteger & UnsignedInteger>(_ value: Number, by places: Number) -> Number {
        let places = modulo(places, Number.bitWidth)
        return places == 0 ? value : value >> places | value << (Number.bitWidth - places)
    }

    private static func modulo<Number: FixedWidthInteger>(_ places: Number, _ width: Int) -> Int {
        Int(truncatingIfNeeded: places) & (width - 1)
    }

    /// `sat_s` and `sat_u`: the nearest number of a type.
    static func saturate<Number: FixedWidthInteger>(_ value: some BinaryInteger, to type: Number.Type) -> Number {
        Number(clamping: value)
    }
}
