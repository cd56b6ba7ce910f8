// Vector instructions: moves of lanes, bits, and what is neither integer nor floating-point arithmetic.

import WasmFormat

extension Execution {
    /// Carries out an operator of the vector page that touches no memory; false if `opcode` is none.
    mutating func vector(_ instruction: Instruction) -> Bool {
        lanes(instruction) || vectorBits(instruction.opcode) || integerVector(instruction.opcode)
            || floatVector(instruction.opcode)
    }

    // MARK: shapes that all kinds of lanes share

    /// Applies an operation to each lane.
    mutating func lanewise<Lane: FixedWidthInteger, Result: FixedWidthInteger>(
        _ operation: (Lane) -> Result
    ) {
        push(.v128(Vector(popVector().lanes(Lane.self).map(operation))))
    }

    /// Applies an operation to each pair of lanes with the same number.
    mutating func lanewise<Lane: FixedWidthInteger, Result: FixedWidthInteger>(
        _ operation: (Lane, Lane) -> Result
    ) {
        let right = popVector().lanes(Lane.self)
        let left = popVector().lanes(Lane.self)
        push(.v128(Vector(zip(left, right).map(operation))))
    }

    /// Applies an operation to each three lanes with the same number.
    mutating func lanewise<Lane: FixedWidthInteger, Result: FixedWidthInteger>(
        _ operation: (Lane, Lane, Lane) -> Result
    ) {
        let third = popVector().lanes(Lane.self)
        let second = popVector().lanes(Lane.self)
        let first = popVector().lanes(Lane.self)
        push(.v128(Vector(first.indices.map { operation(first[$0], second[$0], third[$0]) })))
    }

    /// Lanes of ones where a relation holds, of zeros where it does not.
    mutating func compareLanes<Lane: FixedWidthInteger>(_ type: Lane.Type, _ relation: (Lane, Lane) -> Bool) {
        lanewise { (a: Lane, b: Lane) -> Lane in relation(a, b) ? ~0 : 0 }
    }

    private mutating func splat<Lane: FixedWidthInteger>(_ lane: Lane) {
        push(.v128(Vector(Array(repeating: lane, count: 128 / Lane.bitWidth))))
    }

    /// Puts a lane, which was popped already, into the vector below it.
    private mutating func replaceLane<Lane: FixedWidthInteger>(_ index: Int, _ lane: Lane) {
        var vector = popVector()
        vector[index] = lane
        push(.v128(vector))
    }

    // MARK: operators

    private mutating func lanes(_ instruction: Instruction) -> Bool {
        let lane = instruction.lane
        switch instruction.opcode {
        case .v128Const: push(.v128(Vector(low: instruction.bits, high: instruction.highBits)))
        case .i8x16Shuffle:
            let right = popVector().lanes(UInt8.self)
            let both = popVector().lanes(UInt8.self) + right
            let choice = Vector(low: instruction.bits, high: instruction.highBits).lanes(UInt8.self)
            push(.v128(Vector(choice.map { both[Int($0)] })))
        case .i8x16Swizzle, .i8x16RelaxedSwizzle:
            let choice = popVector().lanes(UInt8.self)
            let bytes = popVector().lanes(UInt8.self)
            push(.v128(Vector(choice.map { $0 < 16 ? bytes[Int($0)] : 0 })))
        case .i8x16Splat: splat(UInt8(truncatingIfNeeded: popI32()))
        case .i16x8Splat: splat(UInt16(truncatingIfNeeded: popI32()))
        case .i32x4Splat: splat(popI32())
        case .i64x2Splat: splat(popI64())
        case .f32x4Splat: splat(popF32())
        case .f64x2Splat: splat(popF64())
        case .i8x16ExtractLaneS: push(.i32(UInt32(bitPattern: Int32(popVector()[lane] as Int8))))
        case .i8x16ExtractLaneU: push(.i32(UInt32(popVector()[lane] as UInt8)))
        case .i16x8ExtractLaneS: push(.i32(UInt32(bitPattern: Int32(popVector()[lane] as Int16))))
        case .i16x8ExtractLaneU: push(.i32(UInt32(popVector()[lane] as UInt16)))
        case .i32x4ExtractLane: push(.i32(popVector()[lane]))
        case .i64x2ExtractLane: push(.i64(popVector()[lane]))
        case .f32x4ExtractLane: push(.f32(popVector()[lane]))
        case .f64x2ExtractLane: push(.f64(popVector()[lane]))
        case .i8x16ReplaceLane: replaceLane(lane, UInt8(truncatingIfNeeded: popI32()))
        case .i16x8ReplaceLane: replaceLane(lane, UInt16(truncatingIfNeeded: popI32()))
        case .i32x4ReplaceLane: replaceLane(lane, popI32())
        case .i64x2ReplaceLane: replaceLane(lane, popI64())
        case .f32x4ReplaceLane: replaceLane(lane, popF32())
        case .f64x2ReplaceLane: replaceLane(lane, popF64())
        default: return false
        }
        return true
    }

    private mutating func vectorBits(_ opcode: Opcode) -> Bool {
        switch opcode {
        case .v128Not: lanewise { (a: UInt64) in ~a }
        case .v128And: lanewise { (a: UInt64, b: UInt64) in a & b }
        case .v128Andnot: lanewise { (a: UInt64, b: UInt64) in a & ~b }
        case .v128Or: lanewise { (a: UInt64, b: UInt64) in a | b }
        case .v128Xor: lanewise { (a: UInt64, b: UInt64) in a ^ b }
        case .v128Bitselect, .i8x16RelaxedLaneselect, .i16x8RelaxedLaneselect, .i32x4RelaxedLaneselect,
            .i64x2RelaxedLaneselect:
            lanewise { (a: UInt64, b: UInt64, mask: UInt64) in a & mask | b & ~mask }
        case .v128AnyTrue:
            let vector = popVector()
            push(vector.low | vector.high != 0)
        default: return false
        }
        return true
    }
}
