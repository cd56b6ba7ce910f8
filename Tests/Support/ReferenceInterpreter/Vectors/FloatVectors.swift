// Vector instructions on lanes of floating-point numbers, and conversions of lanes. Relaxed operators have the results of
// the deterministic profile.

import WasmFormat

extension Execution {
    private mutating func compareFloats<Bits: FixedWidthInteger>(_ relation: (Bits, Bits) -> Bool) {
        compareLanes(Bits.self, relation)
    }

    mutating func floatVector(_ opcode: Opcode) -> Bool {
        singles(opcode) || doubles(opcode) || conversion(opcode)
    }

    private mutating func singles(_ opcode: Opcode) -> Bool {
        switch opcode {
        case .f32x4Eq: compareFloats(Float.equal)
        case .f32x4Ne: compareFloats(Float.notEqual)
        case .f32x4Lt: compareFloats(Float.less)
        case .f32x4Gt: compareFloats(Float.greater)
        case .f32x4Le: compareFloats(Float.lessOrEqual)
        case .f32x4Ge: compareFloats(Float.greaterOrEqual)
        case .f32x4Abs: lanewise(Float.absolute)
        case .f32x4Neg: lanewise(Float.negate)
        case .f32x4Ceil: lanewise(Float.ceiling)
        case .f32x4Floor: lanewise(Float.floor)
        case .f32x4Trunc: lanewise(Float.truncate)
        case .f32x4Nearest: lanewise(Float.nearest)
        case .f32x4Sqrt: lanewise(Float.squareRoot)
        case .f32x4Add: lanewise(Float.add)
        case .f32x4Sub: lanewise(Float.subtract)
        case .f32x4Mul: lanewise(Float.multiply)
        case .f32x4Div: lanewise(Float.divide)
        case .f32x4Min, .f32x4RelaxedMin: lanewise(Float.minimum)
        case .f32x4Max, .f32x4RelaxedMax: lanewise(Float.maximum)
        case .f32x4Pmin: lanewise(Float.pseudoMinimum)
        case .f32x4Pmax: lanewise(Float.pseudoMaximum)
        case .f32x4RelaxedMadd: lanewise(Float.multiplyAdd)
        case .f32x4RelaxedNmadd: lanewise(Float.negativeMultiplyAdd)
        default: return false
        }
        return true
    }

    private mutating func doubles(_ opcode: Opcode) -> Bool {
        switch opcode {
        case .f64x2Eq: compareFloats(Double.equal)
        case .f64x2Ne: compareFloats(Double.notEqual)
        case .f64x2Lt: compareFloats(Double.less)
        case .f64x2Gt: compareFloats(Double.greater)
        case .f64x2Le: compareFloats(Double.lessOrEqual)
        case .f64x2Ge: compareFloats(Double.greaterOrEqual)
        case .f64x2Abs: lanewise(Double.absolute)
        case .f64x2Neg: lanewise(Double.negate)
        case .f64x2Ceil: lanewise(Double.ceiling)
        case .f64x2Floor: lanewise(Double.floor)
        case .f64x2Trunc: lanewise(Double.truncate)
        case .f64x2Nearest: lanewise(Double.nearest)
        case .f64x2Sqrt: lanewise(Double.squareRoot)
        case .f64x2Add: lanewise(Double.add)
        case .f64x2Sub: lanewise(Double.subtract)
        case .f64x2Mul: lanewise(Double.multiply)
        case .f64x2Div: lanewise(Double.divide)
        case .f64x2Min, .f64x2RelaxedMin: lanewise(Double.minimum)
        case .f64x2Max, .f64x2RelaxedMax: lanewise(Double.maximum)
        case .f64x2Pmin: lanewise(Double.pseudoMinimum)
        case .f64x2Pmax: lanewise(Double.pseudoMaximum)
        case .f64x2RelaxedMadd: lanewise(Double.multiplyAdd)
        case .f64x2RelaxedNmadd: lanewise(Double.negativeMultiplyAdd)
        default: return false
        }
        return true
    }

    /// The lower lanes of a vector through a conversion; what is missing at the end is zero.
    private mutating func convertLow<Lane: FixedWidthInteger, Result: FixedWidthInteger>(
        _ operation: (Lane) -> Result
    ) {
        push(.v128(Vector(popVector().lanes(Lane.self)[..<2].map(operation))))
    }

    private mutating func conversion(_ opcode: Opcode) -> Bool {
        switch opcode {
        case .i32x4TruncSatF32x4S, .i32x4RelaxedTruncF32x4S: lanewise { Float.toIntegerSaturating($0, Int32.self) }
        case .i32x4TruncSatF32x4U, .i32x4RelaxedTruncF32x4U: lanewise { Float.toIntegerSaturating($0, UInt32.self) }
        case .i32x4TruncSatF64x2SZero, .i32x4RelaxedTruncF64x2SZero:
            convertLow { Double.toIntegerSaturating($0, Int32.self) }
        case .i32x4TruncSatF64x2UZero, .i32x4RelaxedTruncF64x2UZero:
            convertLow { Double.toIntegerSaturating($0, UInt32.self) }
        case .f32x4ConvertI32x4S: lanewise { (a: Int32) in Float.fromInteger(a) }
        case .f32x4ConvertI32x4U: lanewise { (a: UInt32) in Float.fromInteger(a) }
        case .f64x2ConvertLowI32x4S: convertLow { (a: Int32) in Double.fromInteger(a) }
        case .f64x2ConvertLowI32x4U: convertLow { (a: UInt32) in Double.fromInteger(a) }
        case .f32x4DemoteF64x2Zero: convertLow(Double.demote)
        case .f64x2PromoteLowF32x4: convertLow(Double.promote)
        default: return false
        }
        return true
    }
}
