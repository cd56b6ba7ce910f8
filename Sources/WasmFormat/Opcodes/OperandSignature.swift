// What a plain operator takes from the operand stack and leaves there, packed into one word.

/// Operands and results of an operator whose types do not depend on context (except for the width of addresses).
///
/// Bits 0–2 count the operands, bits 3–4 the results; from bit 8 one hexadecimal digit per operand (first pushed lowest),
/// from bit 24 one per result. A digit is the raw value of a numeric ``ValueType``, or 6 for an address.
@frozen
public struct OperandSignature: Hashable, Sendable {
    public let bits: UInt32

    @inlinable
    public init(bits: UInt32) { self.bits = bits }

    /// The digit that stands for an address: i32 or i64 as the memory has it.
    @inlinable
    public static var addressDigit: UInt32 { 6 }

    /// How many values the operator takes.
    @inlinable
    public var operandCount: Int { Int(bits & 7) }

    /// How many values the operator leaves.
    @inlinable
    public var resultCount: Int { Int((bits >> 3) & 3) }

    /// Whether the signature says all; if not, the validator has a rule of its own for the operator.
    @inlinable
    public var isPlain: Bool { self != .special }

    /// The type of an operand, counted from the deepest; `addressType` where it is an address.
    @inlinable
    public func operand(_ index: Int, addressType: ValueType = .i32) -> ValueType {
        let digit = (bits >> UInt32(8 + 4 * index)) & 0xF
        return digit == Self.addressDigit ? addressType : ValueType(rawValue: digit)
    }

    /// The type of a result, counted from the deepest.
    @inlinable
    public func result(_ index: Int) -> ValueType {
        ValueType(rawValue: (bits >> UInt32(24 + 4 * index)) & 0xF)
    }

    /// Types of all operands, deepest first.
    public func operands(addressType: ValueType = .i32) -> [ValueType] {
        (0..<operandCount).map { operand($0, addressType: addressType) }
    }

    /// Types of all results, deepest first.
    public var results: [ValueType] { (0..<resultCount).map { result($0) } }

    /// Types depend on context: control, calls, locals, globals, tables, references, aggregates.
    @inlinable
    public static var special: Self { Self(bits: 0xFFFF_FFFF) }
}

extension OperandSignature {
    @inlinable public static var noneToNone: Self { Self(bits: 0x0000_0000) }
    @inlinable public static var noneToF32: Self { Self(bits: 0x0300_0008) }
    @inlinable public static var noneToF64: Self { Self(bits: 0x0400_0008) }
    @inlinable public static var noneToI32: Self { Self(bits: 0x0100_0008) }
    @inlinable public static var noneToI64: Self { Self(bits: 0x0200_0008) }
    @inlinable public static var noneToV128: Self { Self(bits: 0x0500_0008) }
    @inlinable public static var addressF32ToNone: Self { Self(bits: 0x0000_3602) }
    @inlinable public static var addressF64ToNone: Self { Self(bits: 0x0000_4602) }
    @inlinable public static var addressI32ToNone: Self { Self(bits: 0x0000_1602) }
    @inlinable public static var addressI64ToNone: Self { Self(bits: 0x0000_2602) }
    @inlinable public static var addressToF32: Self { Self(bits: 0x0300_0609) }
    @inlinable public static var addressToF64: Self { Self(bits: 0x0400_0609) }
    @inlinable public static var addressToI32: Self { Self(bits: 0x0100_0609) }
    @inlinable public static var addressToI64: Self { Self(bits: 0x0200_0609) }
    @inlinable public static var addressToV128: Self { Self(bits: 0x0500_0609) }
    @inlinable public static var addressV128ToNone: Self { Self(bits: 0x0000_5602) }
    @inlinable public static var f32ToF32: Self { Self(bits: 0x0300_0309) }
    @inlinable public static var f32ToF64: Self { Self(bits: 0x0400_0309) }
    @inlinable public static var f32ToI32: Self { Self(bits: 0x0100_0309) }
    @inlinable public static var f32ToI64: Self { Self(bits: 0x0200_0309) }
    @inlinable public static var f32ToV128: Self { Self(bits: 0x0500_0309) }
    @inlinable public static var f64ToF32: Self { Self(bits: 0x0300_0409) }
    @inlinable public static var f64ToF64: Self { Self(bits: 0x0400_0409) }
    @inlinable public static var f64ToI32: Self { Self(bits: 0x0100_0409) }
    @inlinable public static var f64ToI64: Self { Self(bits: 0x0200_0409) }
    @inlinable public static var f64ToV128: Self { Self(bits: 0x0500_0409) }
    @inlinable public static var i32ToF32: Self { Self(bits: 0x0300_0109) }
    @inlinable public static var i32ToF64: Self { Self(bits: 0x0400_0109) }
    @inlinable public static var i32ToI32: Self { Self(bits: 0x0100_0109) }
    @inlinable public static var i32ToI64: Self { Self(bits: 0x0200_0109) }
    @inlinable public static var i32ToV128: Self { Self(bits: 0x0500_0109) }
    @inlinable public static var i64ToF32: Self { Self(bits: 0x0300_0209) }
    @inlinable public static var i64ToF64: Self { Self(bits: 0x0400_0209) }
    @inlinable public static var i64ToI32: Self { Self(bits: 0x0100_0209) }
    @inlinable public static var i64ToI64: Self { Self(bits: 0x0200_0209) }
    @inlinable public static var i64ToV128: Self { Self(bits: 0x0500_0209) }
    @inlinable public static var v128ToF32: Self { Self(bits: 0x0300_0509) }
    @inlinable public static var v128ToF64: Self { Self(bits: 0x0400_0509) }
    @inlinable public static var v128ToI32: Self { Self(bits: 0x0100_0509) }
    @inlinable public static var v128ToI64: Self { Self(bits: 0x0200_0509) }
    @inlinable public static var v128ToV128: Self { Self(bits: 0x0500_0509) }
    @inlinable public static var addressI32ToI32: Self { Self(bits: 0x0100_160A) }
    @inlinable public static var addressI64ToI64: Self { Self(bits: 0x0200_260A) }
    @inlinable public static var addressV128ToV128: Self { Self(bits: 0x0500_560A) }
    @inlinable public static var f32F32ToF32: Self { Self(bits: 0x0300_330A) }
    @inlinable public static var f32F32ToI32: Self { Self(bits: 0x0100_330A) }
    @inlinable public static var f64F64ToF64: Self { Self(bits: 0x0400_440A) }
    @inlinable public static var f64F64ToI32: Self { Self(bits: 0x0100_440A) }
    @inlinable public static var i32I32ToI32: Self { Self(bits: 0x0100_110A) }
    @inlinable public static var i64I64ToI32: Self { Self(bits: 0x0100_220A) }
    @inlinable public static var i64I64ToI64: Self { Self(bits: 0x0200_220A) }
    @inlinable public static var v128F32ToV128: Self { Self(bits: 0x0500_350A) }
    @inlinable public static var v128F64ToV128: Self { Self(bits: 0x0500_450A) }
    @inlinable public static var v128I32ToV128: Self { Self(bits: 0x0500_150A) }
    @inlinable public static var v128I64ToV128: Self { Self(bits: 0x0500_250A) }
    @inlinable public static var v128V128ToV128: Self { Self(bits: 0x0500_550A) }
    @inlinable public static var addressI32I32ToI32: Self { Self(bits: 0x0101_160B) }
    @inlinable public static var addressI32I64ToI32: Self { Self(bits: 0x0102_160B) }
    @inlinable public static var addressI64I64ToI32: Self { Self(bits: 0x0102_260B) }
    @inlinable public static var addressI64I64ToI64: Self { Self(bits: 0x0202_260B) }
    @inlinable public static var i64I64ToI64I64: Self { Self(bits: 0x2200_2212) }
    @inlinable public static var v128V128V128ToV128: Self { Self(bits: 0x0505_550B) }
    @inlinable public static var i64I64I64I64ToI64I64: Self { Self(bits: 0x2222_2214) }
}
