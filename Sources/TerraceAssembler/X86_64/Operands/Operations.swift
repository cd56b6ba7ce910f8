// The small enumerations that parameterise instructions. Raw values are the numbers that the encodings use.

/// Width of an integer operand. The raw value is the base-2 logarithm of the number of bytes.
@frozen public enum OperandSize: UInt8, Sendable, CaseIterable {
    case byte, word, dword, qword

    @inlinable public var byteCount: Int { 1 &<< Int(rawValue) }
}

/// A condition on the flags.
@frozen public enum Condition: UInt8, Sendable, CaseIterable {
    case o, no, b, ae, e, ne, be, a, s, ns, p, np, l, ge, le, g

    /// The condition that holds exactly when this one does not.
    @inlinable public var inverted: Condition { Condition(rawValue: rawValue ^ 1).unsafelyUnwrapped }

    /// The condition that holds for `cmp b, a` exactly when this one holds for `cmp a, b`.
    @inlinable public var swapped: Condition {
        switch self {
        case .b: .a
        case .a: .b
        case .ae: .be
        case .be: .ae
        case .l: .g
        case .g: .l
        case .ge: .le
        case .le: .ge
        default: self
        }
    }
}

/// The eight two-operand integer operations that share one family of encodings.
@frozen public enum ArithmeticOperation: UInt8, Sendable, CaseIterable {
    case add, or, adc, sbb, and, sub, xor, cmp
}

/// Shifts and rotations; raw values are ModRM digits (rcl and rcr are left out).
@frozen public enum ShiftOperation: UInt8, Sendable, CaseIterable {
    case rol = 0
    case ror = 1
    case shl = 4
    case shr = 5
    case sar = 7
}

/// Operations on one bit of an operand; raw values are ModRM digits.
@frozen public enum BitTestOperation: UInt8, Sendable, CaseIterable {
    case test = 4
    case set = 5
    case reset = 6
    case complement = 7
}
