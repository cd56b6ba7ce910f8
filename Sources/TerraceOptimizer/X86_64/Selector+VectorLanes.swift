// Vectors' lanes and bits: splats, extraction, choices by a mask, shifts of lanes that the machine does not shift.

import TerraceABI
import TerraceAssembler
import WasmFormat

extension Selector {
    mutating func splat(_ d: VirtualRegister, _ a: Value, byteCount: Int) {
        let insert: VectorOperation
        let broadcast: VectorOperation
        switch byteCount {
        case 1: (insert, broadcast) = (.pinsrb, .vpbroadcastb)
        case 2: (insert, broadcast) = (.pinsrw, .vpbroadcastw)
        case 4: (insert, broadcast) = (.pinsrd, .vpbroadcastd)
        default: (insert, broadcast) = (.pinsrq, .movddup)
        }
        // Loads of other widths are no lane; slots hold more than lanes of 8 and 16 bits, which does not matter here.
        let source = laneSource(a, of: insert)
        if source.register.isNone {
            if features.avx2 || byteCount == 8 { return unary(broadcast, d, source) }
            if features.avx, byteCount == 4 { return unary(.vbroadcastss, d, source) }
            if byteCount < 4 {
                let lane = newVector()
                begin(.vectorInsert)
                current.payload = insert.rawValue
                current.immediate = 0
                define(lane, hint: 1)
                use(zeroVector())
                use(source)
                finish()
                return spread(d, lane, byteCount: byteCount)
            }
            let lane = newVector()
            unary(.movss, lane, source)
            return spread(d, lane, byteCount: 4)
        }
        let lane = newVector()
        fromGeneral(lane, source, byteCount == 8 ? .qword : .dword)
        spread(d, lane, byteCount: byteCount)
    }

    /// `d =` the lowest lane of `a` in all lanes.
    mutating func spread(_ d: VirtualRegister, _ a: VirtualRegister, byteCount: Int) {
        switch byteCount {
        case 1:
            if features.avx2 {
                unary(.vpbroadcastb, d, a)
            } else {
                binary(.pshufb, d, a, zeroVector())
            }
        case 2:
            if features.avx2 {
                unary(.vpbroadcastw, d, a)
            } else {
                let low = newVector()
                unary(.pshuflw, low, a, immediate: 0)
                unary(.pshufd, d, low, immediate: 0)
            }
        case 4: unary(.pshufd, d, a, immediate: 0)
        default: binary(.punpcklqdq, d, a, a)
        }
    }

    mutating func splatSingle(_ d: VirtualRegister, _ a: Value) {
        if features.avx {
            let source = source(a, .single)
            // From registers only AVX2 can.
            if source.register.isNone || features.avx2 { return unary(.vbroadcastss, d, source) }
        }
        unary(.pshufd, d, register(a), immediate: 0)
    }

    mutating func extractSingle(_ d: VirtualRegister, _ a: Value, lane: UInt32) {
        if lane == 0 { return moveLane(d, a) }
        if lane == 1 { return unary(.movshdup, d, register(a)) }
        unary(.pshufd, d, register(a), immediate: Int16(truncatingIfNeeded: lane))
    }

    mutating func extractDouble(_ d: VirtualRegister, _ a: Value, lane: UInt32) {
        if lane == 0 { return moveLane(d, a) }
        unary(.pshufd, d, register(a), immediate: 0xEE)
    }

    /// The lowest lane: lanes above it mean nothing in a number.
    mutating func moveLane(_ d: VirtualRegister, _ a: Value) {
        begin(.copy)
        current.flags.insert(.isCopy)
        define(d, hint: 1)
        use(register(a))
        finish()
    }

    mutating func replaceDouble(_ d: VirtualRegister, _ a: Value, _ b: Value, lane: UInt32) {
        let source = source(b, .double)
        if source.register.isNone {
            binary(lane == 0 ? .movlps : .movhps, d, register(a), source)
        } else {
            binary(lane == 0 ? .movsd : .unpcklpd, d, register(a), source.register)
        }
    }
}

// MARK: bits

extension Selector {
    /// Whether every lane of bytes of a vector is all zeros or all ones.
    func isMask(_ value: Value) -> Bool {
        let node = graph.pointee.nodes[value.position]
        guard node.kind == .pure else { return false }
        switch node.opcode {
        case .v128Not: return isMask(Value(node.a))
        case .v128And, .v128Or, .v128Xor: return isComparison(Value(node.a)) && isComparison(Value(node.b))
        default: return isComparison(value)
        }
    }

    private func isComparison(_ value: Value) -> Bool {
        let node = graph.pointee.nodes[value.position]
        guard node.kind == .pure else { return false }
        switch node.opcode {
        case .i8x16Eq, .i8x16Ne, .i8x16LtS, .i8x16LtU, .i8x16GtS, .i8x16GtU, .i8x16LeS, .i8x16LeU, .i8x16GeS, .i8x16GeU,
            .i16x8Eq, .i16x8Ne, .i16x8LtS, .i16x8LtU, .i16x8GtS, .i16x8GtU, .i16x8LeS, .i16x8LeU, .i16x8GeS, .i16x8GeU,
            .i32x4Eq, .i32x4Ne, .i32x4LtS, .i32x4LtU, .i32x4GtS, .i32x4GtU, .i32x4LeS, .i32x4LeU, .i32x4GeS, .i32x4GeU,
            .i64x2Eq, .i64x2Ne, .i64x2LtS, .i64x2GtS, .i64x2LeS, .i64x2GeS,
            .f32x4Eq, .f32x4Ne, .f32x4Lt, .f32x4Gt, .f32x4Le, .f32x4Ge,
            .f64x2Eq, .f64x2Ne, .f64x2Lt, .f64x2Gt, .f64x2Le, .f64x2Ge:
            return true
        default: return false
        }
    }

    /// `d = a where the mask is set, b elsewhere`
    mutating func bitSelect(_ d: VirtualRegister, _ a: Value, _ b: Value, _ mask: Value) {
        if let bits = vectorConstant(mask), let pattern = ShufflePattern(blendOf: bits) {
            return shuffle(d, a, b, pattern.bits)
        }
        let maskRegister = register(mask)
        if features.avx, isMask(mask) {
            let source = source(a, .full)
            return blend(.pblendvb, d, register(b), source, mask: maskRegister)
        }
        let first = newVector()
        let second = newVector()
        commutative(.pand, first, maskRegister, source(a, .full))
        binary(.pandn, second, maskRegister, source(b, .full))
        commutative(.por, d, first, second)
    }
}

// MARK: shifts

extension Selector {
    /// The count of a shift, if it is a constant, reduced.
    private func constantCount(_ count: Value, _ last: UInt32) -> UInt32? {
        let node = graph.pointee.nodes[count.position]
        return node.kind == .constant ? node.a & last : nil
    }

    /// A shift count modulo lane width, plus `bias`, as the machine wants it: in a vector register.
    mutating func count(_ count: Value, _ last: UInt32, bias: UInt32 = 0) -> VirtualRegister {
        let low = newVector()
        fromGeneral(low, VectorSource(register(count), .registerOrMemory), .dword)
        let reduced = newVector()
        commutative(.pand, reduced, low, constant(UInt64(last), 0))
        guard bias != 0 else { return reduced }
        let biased = newVector()
        commutative(.paddd, biased, reduced, constant(UInt64(bias), 0))
        return biased
    }

    mutating func shiftLanes(
        _ operation: VectorOperation, _ d: VirtualRegister, _ a: Value, _ count: Value, lastCount: UInt32
    ) {
        if let count = constantCount(count, lastCount) {
            shift(operation, d, register(a), by: count)
        } else {
            binary(operation, d, register(a), self.count(count, lastCount))
        }
    }

    /// Lanes of 8 bits shift as words; what came from the neighbour is masked away.
    mutating func shiftBytes(_ operation: ShiftOperation, _ d: VirtualRegister, _ a: Value, _ count: Value) {
        let operand = register(a)
        if let count = constantCount(count, 7) {
            return shiftBytes(operation, d, operand, by: count)
        }
        if operation == .sar {
            // In two halves whose bytes stand in the words' upper bytes.
            let count = self.count(count, 7, bias: 8)
            let low = newVector()
            let high = newVector()
            binary(.punpcklbw, low, operand, operand)
            binary(.punpckhbw, high, operand, operand)
            let shiftedLow = newVector()
            let shiftedHigh = newVector()
            binary(.psraw, shiftedLow, low, count)
            binary(.psraw, shiftedHigh, high, count)
            return binary(.packsswb, d, shiftedLow, shiftedHigh)
        }
        let count = self.count(count, 7)
        let shift: VectorOperation = operation == .shl ? .psllw : .psrlw
        let shifted = newVector()
        binary(shift, shifted, operand, count)
        // All ones, shifted likewise, have the mask in their lower byte, or for shifts to the right in their upper byte.
        let words = newVector()
        binary(shift, words, onesVector(), count)
        let mask = newVector()
        if operation == .shl {
            binary(.pshufb, mask, words, zeroVector())
        } else {
            binary(.pshufb, mask, words, constant(0x0101_0101_0101_0101))
        }
        commutative(.pand, d, shifted, mask)
    }

    mutating func shiftBytes(
        _ operation: ShiftOperation, _ d: VirtualRegister, _ operand: VirtualRegister, by count: UInt32
    ) {
        let all: UInt64 = 0x0101_0101_0101_0101
        switch operation {
        case .shl where count == 1: commutative(.paddb, d, operand, operand)
        case .shl:
            let shifted = newVector()
            shift(.psllw, shifted, operand, by: count)
            commutative(.pand, d, shifted, constant(all &* UInt64(0xFF &<< count & 0xFF)))
        case .sar where count == 7: binary(.pcmpgtb, d, zeroVector(), operand)
        case .shr, .sar:
            let shifted = newVector()
            shift(.psrlw, shifted, operand, by: count)
            let masked = operation == .shr ? d : newVector()
            commutative(.pand, masked, shifted, constant(all &* UInt64(0xFF &>> count)))
            guard operation == .sar else { return }
            // The sign's copies, by a subtraction.
            let sign = constant(all &* UInt64(0x80 &>> count))
            let flipped = newVector()
            commutative(.pxor, flipped, masked, sign)
            binary(.psubb, d, flipped, sign)
        default: fail("no such shift")
        }
    }

    /// Arithmetic shift of 64-bit lanes: logically, then the sign bit's copies by a subtraction.
    mutating func shiftWideArithmetic(_ d: VirtualRegister, _ a: Value, _ count: Value) {
        let operand = register(a)
        let shifted = newVector()
        let flipped = newVector()
        if let count = constantCount(count, 63) {
            if count == 63, features.sse42 { return binary(.pcmpgtq, d, zeroVector(), operand) }
            shift(.psrlq, shifted, operand, by: count)
            let sign = constant((1 &<< 63) &>> UInt64(count))
            commutative(.pxor, flipped, shifted, sign)
            return binary(.psubq, d, flipped, sign)
        }
        let count = self.count(count, 63)
        let sign = newVector()
        binary(.psrlq, sign, constantRegister(1 &<< 63, 1 &<< 63), count)
        binary(.psrlq, shifted, operand, count)
        commutative(.pxor, flipped, shifted, sign)
        binary(.psubq, d, flipped, sign)
    }

    /// Signed `a > b` of 64-bit lanes without SSE4.2: the upper halves decide, or where they are equal the borrow of `b - a`.
    mutating func compareWide(_ d: VirtualRegister, _ a: Value, _ b: Value, isInverted: Bool) {
        let left = register(a)
        let right = register(b)
        let difference = newVector()
        binary(.psubq, difference, right, left)
        let equal = newVector()
        commutative(.pcmpeqd, equal, left, right)
        let borrow = newVector()
        commutative(.pand, borrow, difference, equal)
        let greater = newVector()
        binary(.pcmpgtd, greater, left, right)
        let either = newVector()
        commutative(.por, either, borrow, greater)
        let sign = newVector()
        shift(.psrad, sign, either, by: 31)
        let mask = isInverted ? newVector() : d
        unary(.pshufd, mask, sign, immediate: 0xF5)
        if isInverted { invert(d, mask) }
    }
}
