// Numeric instructions on scalars: which operation each one is.

import WasmFormat

extension Execution {
    // MARK: shapes

    private mutating func unary32(_ operation: (UInt32) -> UInt32) { push(.i32(operation(popI32()))) }
    private mutating func unary64(_ operation: (UInt64) -> UInt64) { push(.i64(operation(popI64()))) }

    private mutating func binary32(_ operation: (UInt32, UInt32) throws(Failure) -> UInt32) throws(Failure) {
        let right = popI32()
        push(.i32(try operation(popI32(), right)))
    }
    private mutating func binary64(_ operation: (UInt64, UInt64) throws(Failure) -> UInt64) throws(Failure) {
        let right = popI64()
        push(.i64(try operation(popI64(), right)))
    }
    private mutating func signed32(_ operation: (Int32, Int32) throws(Failure) -> Int32) throws(Failure) {
        try binary32 { (a, b) throws(Failure) in
            UInt32(bitPattern: try operation(Int32(bitPattern: a), Int32(bitPattern: b)))
        }
    }
    private mutating func signed64(_ operation: (Int64, Int64) throws(Failure) -> Int64) throws(Failure) {
        try binary64 { (a, b) throws(Failure) in
            UInt64(bitPattern: try operation(Int64(bitPattern: a), Int64(bitPattern: b)))
        }
    }

    private mutating func compare32(_ relation: (UInt32, UInt32) -> Bool) {
        let right = popI32()
        push(relation(popI32(), right))
    }
    private mutating func compare64(_ relation: (UInt64, UInt64) -> Bool) {
        let right = popI64()
        push(relation(popI64(), right))
    }
    private mutating func compareSigned32(_ relation: (Int32, Int32) -> Bool) {
        compare32 { relation(Int32(bitPattern: $0), Int32(bitPattern: $1)) }
    }
    private mutating func compareSigned64(_ relation: (Int64, Int64) -> Bool) {
        compare64 { relation(Int64(bitPattern: $0), Int64(bitPattern: $1)) }
    }

    private mutating func unaryF32(_ operation: (UInt32) -> UInt32) { push(.f32(operation(popF32()))) }
    private mutating func unaryF64(_ operation: (UInt64) -> UInt64) { push(.f64(operation(popF64()))) }
    private mutating func binaryF32(_ operation: (UInt32, UInt32) -> UInt32) {
        let right = popF32()
        push(.f32(operation(popF32(), right)))
    }
    private mutating func binaryF64(_ operation: (UInt64, UInt64) -> UInt64) {
        let right = popF64()
        push(.f64(operation(popF64(), right)))
    }
    private mutating func compareF32(_ relation: (UInt32, UInt32) -> Bool) {
        let right = popF32()
        push(relation(popF32(), right))
    }
    private mutating func compareF64(_ relation: (UInt64, UInt64) -> Bool) {
        let right = popF64()
        push(relation(popF64(), right))
    }

    // MARK: operators

    /// Carries out a numeric operator of the first page or the one behind 0xFC; false if `opcode` is none.
    mutating func scalar(_ opcode: Opcode) throws(Failure) -> Bool {
        if try integer(opcode) { return true }
        if floatingPoint(opcode) { return true }
        return try conversion(opcode)
    }

    private mutating func integer(_ opcode: Opcode) throws(Failure) -> Bool {
        switch opcode {
        case .i32Eqz: push(popI32() == 0)
        case .i32Eq: compare32(==)
        case .i32Ne: compare32(!=)
        case .i32LtS: compareSigned32(<)
        case .i32LtU: compare32(<)
        case .i32GtS: compareSigned32(>)
        case .i32GtU: compare32(>)
        case .i32LeS: compareSigned32(<=)
        case .i32LeU: compare32(<=)
        case .i32GeS: compareSigned32(>=)
        case .i32GeU: compare32(>=)
        case .i64Eqz: push(popI64() == 0)
        case .i64Eq: compare64(==)
        case .i64Ne: compare64(!=)
        case .i64LtS: compareSigned64(<)
        case .i64LtU: compare64(<)
        case .i64GtS: compareSigned64(>)
        case .i64GtU: compare64(>)
        case .i64LeS: compareSigned64(<=)
        case .i64LeU: compare64(<=)
        case .i64GeS: compareSigned64(>=)
        case .i64GeU: compare64(>=)

        case .i32Clz: unary32 { UInt32($0.leadingZeroBitCount) }
        case .i32Ctz: unary32 { UInt32($0.trailingZeroBitCount) }
        case .i32Popcnt: unary32 { UInt32($0.nonzeroBitCount) }
        case .i32Add: try binary32 { (a, b) in a &+ b }
        case .i32Sub: try binary32 { (a, b) in a &- b }
        case .i32Mul: try binary32 { (a, b) in a &* b }
        case .i32DivS: try signed32(Integers.divide)
        case .i32DivU: try binary32(Integers.divide)
        case .i32RemS: try signed32(Integers.remainder)
        case .i32RemU: try binary32(Integers.remainder)
        case .i32And: try binary32 { (a, b) in a & b }
        case .i32Or: try binary32 { (a, b) in a | b }
        case .i32Xor: try binary32 { (a, b) in a ^ b }
        case .i32Shl: try binary32 { (a, b) in Integers.shiftLeft(a, by: b) }
        case .i32ShrS: try signed32 { (a, b) in Integers.shiftRight(a, by: b) }
        case .i32ShrU: try binary32 { (a, b) in Integers.shiftRight(a, by: b) }
        case .i32Rotl: try binary32 { (a, b) in Integers.rotateLeft(a, by: b) }
        case .i32Rotr: try binary32 { (a, b) in Integers.rotateRight(a, by: b) }
        case .i64Clz: unary64 { UInt64($0.leadingZeroBitCount) }
        case .i64Ctz: unary64 { UInt64($0.trailingZeroBitCount) }
        case .i64Popcnt: unary64 { UInt64($0.nonzeroBitCount) }
        case .i64Add: try binary64 { (a, b) in a &+ b }
        case .i64Sub: try binary64 { (a, b) in a &- b }
        case .i64Mul: try binary64 { (a, b) in a &* b }
        case .i64DivS: try signed64(Integers.divide)
        case .i64DivU: try binary64(Integers.divide)
        case .i64RemS: try signed64(Integers.remainder)
        case .i64RemU: try binary64(Integers.remainder)
        case .i64And: try binary64 { (a, b) in a & b }
        case .i64Or: try binary64 { (a, b) in a | b }
        case .i64Xor: try binary64 { (a, b) in a ^ b }
        case .i64Shl: try binary64 { (a, b) in Integers.shiftLeft(a, by: b) }
        case .i64ShrS: try signed64 { (a, b) in Integers.shiftRight(a, by: b) }
        case .i64ShrU: try binary64 { (a, b) in Integers.shiftRight(a, by: b) }
        case .i64Rotl: try binary64 { (a, b) in Integers.rotateLeft(a, by: b) }
        case .i64Rotr: try binary64 { (a, b) in Integers.rotateRight(a, by: b) }
        case .i64Add128: addWide { $0 &+ $1 }
        case .i64Sub128: addWide { $0 &- $1 }
        case .i64MulWideS:
            let right = Int128(Int64(bitPattern: popI64()))
            pushWide(UInt128(bitPattern: Int128(Int64(bitPattern: popI64())) * right))
        case .i64MulWideU:
            let right = UInt128(popI64())
            pushWide(UInt128(popI64()) * right)
        default: return false
        }
        return true
    }

    private mutating func popWide() -> UInt128 {
        let high = popI64()
        return UInt128(high) << 64 | UInt128(popI64())
    }

    private mutating func pushWide(_ value: UInt128) {
        push(.i64(UInt64(truncatingIfNeeded: value)))
        push(.i64(UInt64(truncatingIfNeeded: value >> 64)))
    }

    private mutating func addWide(_ operation: (UInt128, UInt128) -> UInt128) {
        let right = popWide()
        pushWide(operation(popWide(), right))
    }

    private mutating func floatingPoint(_ opcode: Opcode) -> Bool {
        switch opcode {
        case .f32Eq: compareF32(Float.equal)
        case .f32Ne: compareF32(Float.notEqual)
        case .f32Lt: compareF32(Float.less)
        case .f32Gt: compareF32(Float.greater)
        case .f32Le: compareF32(Float.lessOrEqual)
        case .f32Ge: compareF32(Float.greaterOrEqual)
        case .f64Eq: compareF64(Double.equal)
        case .f64Ne: compareF64(Double.notEqual)
        case .f64Lt: compareF64(Double.less)
        case .f64Gt: compareF64(Double.greater)
        case .f64Le: compareF64(Double.lessOrEqual)
        case .f64Ge: compareF64(Double.greaterOrEqual)
        case .f32Abs: unaryF32(Float.absolute)
        case .f32Neg: unaryF32(Float.negate)
        case .f32Ceil: unaryF32(Float.ceiling)
        case .f32Floor: unaryF32(Float.floor)
        case .f32Trunc: unaryF32(Float.truncate)
        case .f32Nearest: unaryF32(Float.nearest)
        case .f32Sqrt: unaryF32(Float.squareRoot)
        case .f32Add: binaryF32(Float.add)
        case .f32Sub: binaryF32(Float.subtract)
        case .f32Mul: binaryF32(Float.multiply)
        case .f32Div: binaryF32(Float.divide)
        case .f32Min: binaryF32(Float.minimum)
        case .f32Max: binaryF32(Float.maximum)
        case .f32Copysign: binaryF32(Float.copySign)
        case .f64Abs: unaryF64(Double.absolute)
        case .f64Neg: unaryF64(Double.negate)
        case .f64Ceil: unaryF64(Double.ceiling)
        case .f64Floor: unaryF64(Double.floor)
        case .f64Trunc: unaryF64(Double.truncate)
        case .f64Nearest: unaryF64(Double.nearest)
        case .f64Sqrt: unaryF64(Double.squareRoot)
        case .f64Add: binaryF64(Double.add)
        case .f64Sub: binaryF64(Double.subtract)
        case .f64Mul: binaryF64(Double.multiply)
        case .f64Div: binaryF64(Double.divide)
        case .f64Min: binaryF64(Double.minimum)
        case .f64Max: binaryF64(Double.maximum)
        case .f64Copysign: binaryF64(Double.copySign)
        default: return false
        }
        return true
    }

    private mutating func conversion(_ opcode: Opcode) throws(Failure) -> Bool {
        switch opcode {
        case .i32WrapI64: push(.i32(UInt32(truncatingIfNeeded: popI64())))
        case .i64ExtendI32S: push(.i64(UInt64(bitPattern: Int64(Int32(bitPattern: popI32())))))
        case .i64ExtendI32U: push(.i64(UInt64(popI32())))
        case .i32Extend8S: unary32 { UInt32(bitPattern: Int32(Int8(truncatingIfNeeded: $0))) }
        case .i32Extend16S: unary32 { UInt32(bitPattern: Int32(Int16(truncatingIfNeeded: $0))) }
        case .i64Extend8S: unary64 { UInt64(bitPattern: Int64(Int8(truncatingIfNeeded: $0))) }
        case .i64Extend16S: unary64 { UInt64(bitPattern: Int64(Int16(truncatingIfNeeded: $0))) }
        case .i64Extend32S: unary64 { UInt64(bitPattern: Int64(Int32(truncatingIfNeeded: $0))) }

        case .i32TruncF32S: push(.i32(UInt32(bitPattern: try Float.toInteger(popF32(), Int32.self))))
        case .i32TruncF32U: push(.i32(try Float.toInteger(popF32(), UInt32.self)))
        case .i32TruncF64S: push(.i32(UInt32(bitPattern: try Double.toInteger(popF64(), Int32.self))))
        case .i32TruncF64U: push(.i32(try Double.toInteger(popF64(), UInt32.self)))
        case .i64TruncF32S: push(.i64(UInt64(bitPattern: try Float.toInteger(popF32(), Int64.self))))
        case .i64TruncF32U: push(.i64(try Float.toInteger(popF32(), UInt64.self)))
        case .i64TruncF64S: push(.i64(UInt64(bitPattern: try Double.toInteger(popF64(), Int64.self))))
        case .i64TruncF64U: push(.i64(try Double.toInteger(popF64(), UInt64.self)))
        case .i32TruncSatF32S: push(.i32(UInt32(bitPattern: Float.toIntegerSaturating(popF32(), Int32.self))))
        case .i32TruncSatF32U: push(.i32(Float.toIntegerSaturating(popF32(), UInt32.self)))
        case .i32TruncSatF64S: push(.i32(UInt32(bitPattern: Double.toIntegerSaturating(popF64(), Int32.self))))
        case .i32TruncSatF64U: push(.i32(Double.toIntegerSaturating(popF64(), UInt32.self)))
        case .i64TruncSatF32S: push(.i64(UInt64(bitPattern: Float.toIntegerSaturating(popF32(), Int64.self))))
        case .i64TruncSatF32U: push(.i64(Float.toIntegerSaturating(popF32(), UInt64.self)))
        case .i64TruncSatF64S: push(.i64(UInt64(bitPattern: Double.toIntegerSaturating(popF64(), Int64.self))))
        case .i64TruncSatF64U: push(.i64(Double.toIntegerSaturating(popF64(), UInt64.self)))

        case .f32ConvertI32S: push(.f32(Float.fromInteger(Int32(bitPattern: popI32()))))
        case .f32ConvertI32U: push(.f32(Float.fromInteger(popI32())))
        case .f32ConvertI64S: push(.f32(Float.fromInteger(Int64(bitPattern: popI64()))))
        case .f32ConvertI64U: push(.f32(Float.fromInteger(popI64())))
        case .f64ConvertI32S: push(.f64(Double.fromInteger(Int32(bitPattern: popI32()))))
        case .f64ConvertI32U: push(.f64(Double.fromInteger(popI32())))
        case .f64ConvertI64S: push(.f64(Double.fromInteger(Int64(bitPattern: popI64()))))
        case .f64ConvertI64U: push(.f64(Double.fromInteger(popI64())))
        case .f32DemoteF64: push(.f32(Double.demote(popF64())))
        case .f64PromoteF32: push(.f64(Double.promote(popF32())))
        case .i32ReinterpretF32: push(.i32(popF32()))
        case .i64ReinterpretF64: push(.i64(popF64()))
        case .f32ReinterpretI32: push(.f32(popI32()))
        case .f64ReinterpretI64: push(.f64(popI64()))
        default: return false
        }
        return true
    }
}
