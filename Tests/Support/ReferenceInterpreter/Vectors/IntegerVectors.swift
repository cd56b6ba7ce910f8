// Vector instructions on lanes of integers.

import WasmFormat

extension Execution {
    // MARK: shapes

    private mutating func shift<Lane: FixedWidthInteger>(_ type: Lane.Type, _ operation: (Lane, Int) -> Lane) {
        let places = Int(popI32()) % Lane.bitWidth
        lanewise { (a: Lane) in operation(a, places) }
    }

    private mutating func allTrue<Lane: FixedWidthInteger>(_ type: Lane.Type) {
        push(popVector().lanes(Lane.self).allSatisfy { $0 != 0 })
    }

    private mutating func bitmask<Lane: FixedWidthInteger & SignedInteger>(_ type: Lane.Type) {
        var mask: UInt32 = 0
        for (index, lane) in popVector().lanes(Lane.self).enumerated() where lane < 0 { mask |= 1 << UInt32(index) }
        push(.i32(mask))
    }

    /// Lanes of the lower operand, then those of the upper one, each the nearest number of the narrower type.
    private mutating func narrow<Lane: FixedWidthInteger, Narrow: FixedWidthInteger>(
        from type: Lane.Type, to narrow: Narrow.Type
    ) {
        let right = popVector().lanes(Lane.self)
        let lanes = popVector().lanes(Lane.self) + right
        push(.v128(Vector(lanes.map { Integers.saturate($0, to: Narrow.self) })))
    }

    /// The lower or upper half of a vector's lanes, widened.
    private func half<Lane: FixedWidthInteger, Wide: FixedWidthInteger>(
        _ vector: Vector, _ isHigh: Bool, _ type: Lane.Type, to wide: Wide.Type
    ) -> [Wide] {
        let lanes = vector.lanes(Lane.self).map { Wide($0) }
        return Array(isHigh ? lanes[(lanes.count / 2)...] : lanes[..<(lanes.count / 2)])
    }

    private mutating func extend<Lane: FixedWidthInteger, Wide: FixedWidthInteger>(
        _ type: Lane.Type, to wide: Wide.Type, high: Bool
    ) {
        push(.v128(Vector(half(popVector(), high, type, to: wide))))
    }

    private mutating func extendedMultiply<Lane: FixedWidthInteger, Wide: FixedWidthInteger>(
        _ type: Lane.Type, to wide: Wide.Type, high: Bool
    ) {
        let right = half(popVector(), high, type, to: wide)
        let left = half(popVector(), high, type, to: wide)
        push(.v128(Vector(zip(left, right).map { $0 &* $1 })))
    }

    private func pairwiseSums<Lane: FixedWidthInteger, Wide: FixedWidthInteger>(
        _ lanes: [Lane], to wide: Wide.Type
    ) -> [Wide] {
        stride(from: 0, to: lanes.count, by: 2).map { Wide(lanes[$0]) &+ Wide(lanes[$0 + 1]) }
    }

    /// `ivdotsat`: products of signed bytes, neighbours added with saturation. In the deterministic profile both operands
    /// are signed.
    private func dotProducts(_ left: Vector, _ right: Vector) -> [Int16] {
        let (a, b) = (left.lanes(Int8.self), right.lanes(Int8.self))
        return stride(from: 0, to: 16, by: 2).map { index in
            let first = Int32(a[index]) * Int32(b[index])
            return Integers.saturate(first + Int32(a[index + 1]) * Int32(b[index + 1]), to: Int16.self)
        }
    }

    // MARK: operators

    mutating func integerVector(_ opcode: Opcode) -> Bool {
        integerComparison(opcode) || bytes(opcode) || halves(opcode) || words(opcode) || doubles(opcode)
    }

    private mutating func integerComparison(_ opcode: Opcode) -> Bool {
        switch opcode {
        case .i8x16Eq: compareLanes(UInt8.self, ==)
        case .i8x16Ne: compareLanes(UInt8.self, !=)
        case .i8x16LtS: compareLanes(Int8.self, <)
        case .i8x16LtU: compareLanes(UInt8.self, <)
        case .i8x16GtS: compareLanes(Int8.self, >)
        case .i8x16GtU: compareLanes(UInt8.self, >)
        case .i8x16LeS: compareLanes(Int8.self, <=)
        case .i8x16LeU: compareLanes(UInt8.self, <=)
        case .i8x16GeS: compareLanes(Int8.self, >=)
        case .i8x16GeU: compareLanes(UInt8.self, >=)
        case .i16x8Eq: compareLanes(UInt16.self, ==)
        case .i16x8Ne: compareLanes(UInt16.self, !=)
        case .i16x8LtS: compareLanes(Int16.self, <)
        case .i16x8LtU: compareLanes(UInt16.self, <)
        case .i16x8GtS: compareLanes(Int16.self, >)
        case .i16x8GtU: compareLanes(UInt16.self, >)
        case .i16x8LeS: compareLanes(Int16.self, <=)
        case .i16x8LeU: compareLanes(UInt16.self, <=)
        case .i16x8GeS: compareLanes(Int16.self, >=)
        case .i16x8GeU: compareLanes(UInt16.self, >=)
        case .i32x4Eq: compareLanes(UInt32.self, ==)
        case .i32x4Ne: compareLanes(UInt32.self, !=)
        case .i32x4LtS: compareLanes(Int32.self, <)
        case .i32x4LtU: compareLanes(UInt32.self, <)
        case .i32x4GtS: compareLanes(Int32.self, >)
        case .i32x4GtU: compareLanes(UInt32.self, >)
        case .i32x4LeS: compareLanes(Int32.self, <=)
        case .i32x4LeU: compareLanes(UInt32.self, <=)
        case .i32x4GeS: compareLanes(Int32.self, >=)
        case .i32x4GeU: compareLanes(UInt32.self, >=)
        case .i64x2Eq: compareLanes(UInt64.self, ==)
        case .i64x2Ne: compareLanes(UInt64.self, !=)
        case .i64x2LtS: compareLanes(Int64.self, <)
        case .i64x2GtS: compareLanes(Int64.self, >)
        case .i64x2LeS: compareLanes(Int64.self, <=)
        case .i64x2GeS: compareLanes(Int64.self, >=)
        default: return false
        }
        return true
    }

    private mutating func bytes(_ opcode: Opcode) -> Bool {
        switch opcode {
        case .i8x16Abs: lanewise { (a: Int8) in a.magnitude }
        case .i8x16Neg: lanewise { (a: UInt8) in 0 &- a }
        case .i8x16Popcnt: lanewise { (a: UInt8) in UInt8(a.nonzeroBitCount) }
        case .i8x16AllTrue: allTrue(UInt8.self)
        case .i8x16Bitmask: bitmask(Int8.self)
        case .i8x16NarrowI16x8S: narrow(from: Int16.self, to: Int8.self)
        case .i8x16NarrowI16x8U: narrow(from: Int16.self, to: UInt8.self)
        case .i8x16Shl: shift(UInt8.self, <<)
        case .i8x16ShrS: shift(Int8.self, >>)
        case .i8x16ShrU: shift(UInt8.self, >>)
        case .i8x16Add: lanewise { (a: UInt8, b: UInt8) in a &+ b }
        case .i8x16AddSatS: lanewise { (a: Int8, b: Int8) in Integers.saturate(Int(a) + Int(b), to: Int8.self) }
        case .i8x16AddSatU: lanewise { (a: UInt8, b: UInt8) in Integers.saturate(Int(a) + Int(b), to: UInt8.self) }
        case .i8x16Sub: lanewise { (a: UInt8, b: UInt8) in a &- b }
        case .i8x16SubSatS: lanewise { (a: Int8, b: Int8) in Integers.saturate(Int(a) - Int(b), to: Int8.self) }
        case .i8x16SubSatU: lanewise { (a: UInt8, b: UInt8) in Integers.saturate(Int(a) - Int(b), to: UInt8.self) }
        case .i8x16MinS: lanewise { (a: Int8, b: Int8) in min(a, b) }
        case .i8x16MinU: lanewise { (a: UInt8, b: UInt8) in min(a, b) }
        case .i8x16MaxS: lanewise { (a: Int8, b: Int8) in max(a, b) }
        case .i8x16MaxU: lanewise { (a: UInt8, b: UInt8) in max(a, b) }
        case .i8x16AvgrU: lanewise { (a: UInt8, b: UInt8) in UInt8((Int(a) + Int(b) + 1) / 2) }
        default: return false
        }
        return true
    }

    private mutating func halves(_ opcode: Opcode) -> Bool {
        switch opcode {
        case .i16x8Abs: lanewise { (a: Int16) in a.magnitude }
        case .i16x8Neg: lanewise { (a: UInt16) in 0 &- a }
        case .i16x8AllTrue: allTrue(UInt16.self)
        case .i16x8Bitmask: bitmask(Int16.self)
        case .i16x8NarrowI32x4S: narrow(from: Int32.self, to: Int16.self)
        case .i16x8NarrowI32x4U: narrow(from: Int32.self, to: UInt16.self)
        case .i16x8Shl: shift(UInt16.self, <<)
        case .i16x8ShrS: shift(Int16.self, >>)
        case .i16x8ShrU: shift(UInt16.self, >>)
        case .i16x8Add: lanewise { (a: UInt16, b: UInt16) in a &+ b }
        case .i16x8AddSatS: lanewise { (a: Int16, b: Int16) in Integers.saturate(Int(a) + Int(b), to: Int16.self) }
        case .i16x8AddSatU: lanewise { (a: UInt16, b: UInt16) in Integers.saturate(Int(a) + Int(b), to: UInt16.self) }
        case .i16x8Sub: lanewise { (a: UInt16, b: UInt16) in a &- b }
        case .i16x8SubSatS: lanewise { (a: Int16, b: Int16) in Integers.saturate(Int(a) - Int(b), to: Int16.self) }
        case .i16x8SubSatU: lanewise { (a: UInt16, b: UInt16) in Integers.saturate(Int(a) - Int(b), to: UInt16.self) }
        case .i16x8Mul: lanewise { (a: UInt16, b: UInt16) in a &* b }
        case .i16x8MinS: lanewise { (a: Int16, b: Int16) in min(a, b) }
        case .i16x8MinU: lanewise { (a: UInt16, b: UInt16) in min(a, b) }
        case .i16x8MaxS: lanewise { (a: Int16, b: Int16) in max(a, b) }
        case .i16x8MaxU: lanewise { (a: UInt16, b: UInt16) in max(a, b) }
        case .i16x8AvgrU: lanewise { (a: UInt16, b: UInt16) in UInt16((Int(a) + Int(b) + 1) / 2) }
        case .i16x8Q15mulrSatS, .i16x8RelaxedQ15mulrS:
            lanewise { (a: Int16, b: Int16) in Integers.saturate((Int(a) * Int(b) + 0x4000) >> 15, to: Int16.self) }
        case .i16x8ExtaddPairwiseI8x16S: push(.v128(Vector(pairwiseSums(popVector().lanes(Int8.self), to: Int16.self))))
        case .i16x8ExtaddPairwiseI8x16U:
            push(.v128(Vector(pairwiseSums(popVector().lanes(UInt8.self), to: UInt16.self))))
        case .i16x8ExtendLowI8x16S: extend(Int8.self, to: Int16.self, high: false)
        case .i16x8ExtendHighI8x16S: extend(Int8.self, to: Int16.self, high: true)
        case .i16x8ExtendLowI8x16U: extend(UInt8.self, to: UInt16.self, high: false)
        case .i16x8ExtendHighI8x16U: extend(UInt8.self, to: UInt16.self, high: true)
        case .i16x8ExtmulLowI8x16S: extendedMultiply(Int8.self, to: Int16.self, high: false)
        case .i16x8ExtmulHighI8x16S: extendedMultiply(Int8.self, to: Int16.self, high: true)
        case .i16x8ExtmulLowI8x16U: extendedMultiply(UInt8.self, to: UInt16.self, high: false)
        case .i16x8ExtmulHighI8x16U: extendedMultiply(UInt8.self, to: UInt16.self, high: true)
        case .i16x8RelaxedDotI8x16I7x16S:
            let right = popVector()
            push(.v128(Vector(dotProducts(popVector(), right))))
        default: return false
        }
        return true
    }

    private mutating func words(_ opcode: Opcode) -> Bool {
        switch opcode {
        case .i32x4Abs: lanewise { (a: Int32) in a.magnitude }
        case .i32x4Neg: lanewise { (a: UInt32) in 0 &- a }
        case .i32x4AllTrue: allTrue(UInt32.self)
        case .i32x4Bitmask: bitmask(Int32.self)
        case .i32x4Shl: shift(UInt32.self, <<)
        case .i32x4ShrS: shift(Int32.self, >>)
        case .i32x4ShrU: shift(UInt32.self, >>)
        case .i32x4Add: lanewise { (a: UInt32, b: UInt32) in a &+ b }
        case .i32x4Sub: lanewise { (a: UInt32, b: UInt32) in a &- b }
        case .i32x4Mul: lanewise { (a: UInt32, b: UInt32) in a &* b }
        case .i32x4MinS: lanewise { (a: Int32, b: Int32) in min(a, b) }
        case .i32x4MinU: lanewise { (a: UInt32, b: UInt32) in min(a, b) }
        case .i32x4MaxS: lanewise { (a: Int32, b: Int32) in max(a, b) }
        case .i32x4MaxU: lanewise { (a: UInt32, b: UInt32) in max(a, b) }
        case .i32x4DotI16x8S:
            let right = popVector().lanes(Int16.self)
            let left = popVector().lanes(Int16.self)
            // Only the product of two smallest numbers, twice, needs the wrapping.
            push(
                .v128(
                    Vector(
                        stride(from: 0, to: 8, by: 2).map { (index: Int) -> Int32 in
                            Int32(left[index]) * Int32(right[index])
                                &+ Int32(left[index + 1]) * Int32(right[index + 1])
                        })))
        case .i32x4ExtaddPairwiseI16x8S:
            push(.v128(Vector(pairwiseSums(popVector().lanes(Int16.self), to: Int32.self))))
        case .i32x4ExtaddPairwiseI16x8U:
            push(.v128(Vector(pairwiseSums(popVector().lanes(UInt16.self), to: UInt32.self))))
        case .i32x4ExtendLowI16x8S: extend(Int16.self, to: Int32.self, high: false)
        case .i32x4ExtendHighI16x8S: extend(Int16.self, to: Int32.self, high: true)
        case .i32x4ExtendLowI16x8U: extend(UInt16.self, to: UInt32.self, high: false)
        case .i32x4ExtendHighI16x8U: extend(UInt16.self, to: UInt32.self, high: true)
        case .i32x4ExtmulLowI16x8S: extendedMultiply(Int16.self, to: Int32.self, high: false)
        case .i32x4ExtmulHighI16x8S: extendedMultiply(Int16.self, to: Int32.self, high: true)
        case .i32x4ExtmulLowI16x8U: extendedMultiply(UInt16.self, to: UInt32.self, high: false)
        case .i32x4ExtmulHighI16x8U: extendedMultiply(UInt16.self, to: UInt32.self, high: true)
        case .i32x4RelaxedDotI8x16I7x16AddS:
            let addend = popVector().lanes(Int32.self)
            let right = popVector()
            let sums: [Int32] = pairwiseSums(dotProducts(popVector(), right), to: Int32.self)
            push(.v128(Vector(zip(sums, addend).map { $0 &+ $1 })))
        default: return false
        }
        return true
    }

    private mutating func doubles(_ opcode: Opcode) -> Bool {
        switch opcode {
        case .i64x2Abs: lanewise { (a: Int64) in a.magnitude }
        case .i64x2Neg: lanewise { (a: UInt64) in 0 &- a }
        case .i64x2AllTrue: allTrue(UInt64.self)
        case .i64x2Bitmask: bitmask(Int64.self)
        case .i64x2Shl: shift(UInt64.self, <<)
        case .i64x2ShrS: shift(Int64.self, >>)
        case .i64x2ShrU: shift(UInt64.self, >>)
        case .i64x2Add: lanewise { (a: UInt64, b: UInt64) in a &+ b }
        case .i64x2Sub: lanewise { (a: UInt64, b: UInt64) in a &- b }
        case .i64x2Mul: lanewise { (a: UInt64, b: UInt64) in a &* b }
        case .i64x2ExtendLowI32x4S: extend(Int32.self, to: Int64.self, high: false)
        case .i64x2ExtendHighI32x4S: extend(Int32.self, to: Int64.self, high: true)
        case .i64x2ExtendLowI32x4U: extend(UInt32.self, to: UInt64.self, high: false)
        case .i64x2ExtendHighI32x4U: extend(UInt32.self, to: UInt64.self, high: true)
        case .i64x2ExtmulLowI32x4S: extendedMultiply(Int32.self, to: Int64.self, high: false)
        case .i64x2ExtmulHighI32x4S: extendedMultiply(Int32.self, to: Int64.self, high: true)
        case .i64x2ExtmulLowI32x4U: extendedMultiply(UInt32.self, to: UInt64.self, high: false)
        case .i64x2ExtmulHighI32x4U: extendedMultiply(UInt32.self, to: UInt64.self, high: true)
        default: return false
        }
        return true
    }
}
