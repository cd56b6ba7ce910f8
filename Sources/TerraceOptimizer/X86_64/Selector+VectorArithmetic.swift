// Arithmetic of vectors in several instructions.

import TerraceABI
import TerraceAssembler
import WasmFormat

extension Selector {
    /// Whether the upper 32 bits of both 64-bit lanes are zero.
    private func hasZeroUpperHalves(_ value: Value) -> Bool {
        let node = graph.pointee.nodes[value.position]
        switch node.opcode {
        case .i64x2ExtendLowI32x4U, .i64x2ExtendHighI32x4U, .v128Load32x2U: return true
        case .v128And:
            for operand in [Value(node.a), Value(node.b)] {
                if let bits = vectorConstant(operand), (bits.x | bits.y) &>> 32 == 0 { return true }
            }
            return false
        case .i64x2ShrU:
            let count = graph.pointee.nodes[Int(node.b)]
            return count.kind == .constant && count.a & 63 >= 32
        default:
            if let bits = vectorConstant(value) { return (bits.x | bits.y) &>> 32 == 0 }
            return false
        }
    }

    /// The lower 64 bits of 64-bit products, from 32-bit products.
    mutating func multiplyWide(_ d: VirtualRegister, _ a: Value, _ b: Value) {
        let left = register(a)
        let right = register(b)
        let leftIsNarrow = hasZeroUpperHalves(a)
        let rightIsNarrow = hasZeroUpperHalves(b)
        if leftIsNarrow, rightIsNarrow { return commutative(.pmuludq, d, left, right) }
        var crossed = VirtualRegister.none
        if !leftIsNarrow {
            let upper = newVector()
            shift(.psrlq, upper, left, by: 32)
            crossed = newVector()
            commutative(.pmuludq, crossed, upper, right)
        }
        if !rightIsNarrow {
            let upper = newVector()
            shift(.psrlq, upper, right, by: 32)
            let product = newVector()
            commutative(.pmuludq, product, upper, left)
            if crossed.isNone {
                crossed = product
            } else {
                let sum = newVector()
                commutative(.paddq, sum, crossed, product)
                crossed = sum
            }
        }
        let shifted = newVector()
        shift(.psllq, shifted, crossed, by: 32)
        let product = newVector()
        commutative(.pmuludq, product, left, right)
        commutative(.paddq, d, product, shifted)
    }

    mutating func absoluteWide(_ d: VirtualRegister, _ a: Value) {
        let operand = register(a)
        let sign = newVector()
        if features.sse42 {
            binary(.pcmpgtq, sign, zeroVector(), operand)
        } else {
            let upper = newVector()
            unary(.pshufd, upper, operand, immediate: 0xF5)
            shift(.psrad, sign, upper, by: 31)
        }
        let flipped = newVector()
        commutative(.pxor, flipped, operand, sign)
        binary(.psubq, d, flipped, sign)
    }

    /// `extmul` of the lower bytes: both operands widen, then words multiply.
    mutating func multiplyBytes(_ d: VirtualRegister, _ a: Value, _ b: Value, _ extend: VectorOperation) {
        let left = newVector()
        unary(extend, left, source(a, .lowHalf))
        let right = a == b ? left : newVector()
        if a != b { unary(extend, right, source(b, .lowHalf)) }
        commutative(.pmullw, d, left, right)
    }

    /// `extmul` of the upper bytes. Signed ones go to the words' upper bytes: of the products of those the upper words are
    /// wanted.
    mutating func multiplyUpperBytes(_ d: VirtualRegister, _ a: Value, _ b: Value, isSigned: Bool) {
        let zero = zeroVector()
        let left = newVector()
        let right = a == b ? left : newVector()
        if isSigned {
            binary(.punpckhbw, left, zero, source(a, .full))
            if a != b { binary(.punpckhbw, right, zero, source(b, .full)) }
            commutative(.pmulhw, d, left, right)
        } else {
            binary(.punpckhbw, left, register(a), zero)
            if a != b { binary(.punpckhbw, right, register(b), zero) }
            commutative(.pmullw, d, left, right)
        }
    }

    /// `extmul` of words: lower and upper halves of the products interleave.
    mutating func multiplyWords(
        _ d: VirtualRegister, _ a: Value, _ b: Value, _ upper: VectorOperation, _ interleave: VectorOperation
    ) {
        let left = register(a)
        let right = register(b)
        let low = newVector()
        let high = newVector()
        commutative(.pmullw, low, left, right)
        commutative(upper, high, left, right)
        binary(interleave, d, low, high)
    }

    /// `extmul` of 32-bit lanes, which are brought to the even places first.
    mutating func multiplyDoublewords(
        _ d: VirtualRegister, _ a: Value, _ b: Value, _ multiply: VectorOperation, selection: Int16
    ) {
        let left = newVector()
        unary(.pshufd, left, source(a, .full), immediate: selection)
        let right = a == b ? left : newVector()
        if a != b { unary(.pshufd, right, source(b, .full), immediate: selection) }
        commutative(multiply, d, left, right)
    }

    /// `i16x8.q15mulr_sat_s`: the machine's product is wrong in one case only, -1 times -1.
    mutating func multiplyRoundingSaturating(_ d: VirtualRegister, _ a: Value, _ b: Value) {
        let product = newVector()
        commutative(.pmulhrsw, product, a, b)
        let wrong = newVector()
        commutative(.pcmpeqw, wrong, product, constant(0x8000_8000_8000_8000))
        commutative(.pxor, d, product, wrong)
    }

    /// `extadd_pairwise` of unsigned words: the upper ones, moved down, plus the lower ones alone.
    mutating func addPairsOfUnsignedWords(_ d: VirtualRegister, _ a: Value) {
        let operand = register(a)
        let upper = newVector()
        shift(.psrld, upper, operand, by: 16)
        let lower = newVector()
        binary(.pblendw, lower, operand, zeroVector(), immediate: 0xAA)
        commutative(.paddd, d, lower, upper)
    }

    /// Sums of products of neighbouring signed bytes, saturated to 16 bits each: twice -128 times -128 does not fit.
    mutating func dotOfSignedBytes(_ d: VirtualRegister, _ a: Value, _ b: Value) {
        let left = register(a)
        let right = register(b)
        var sums = InlineArray<2, VirtualRegister>(repeating: .none)
        for half in 0..<2 {
            let wideLeft = newVector()
            let wideRight = newVector()
            if half == 0 {
                unary(.pmovsxbw, wideLeft, left)
                unary(.pmovsxbw, wideRight, right)
            } else {
                let upperLeft = newVector()
                let upperRight = newVector()
                unary(.pshufd, upperLeft, left, immediate: 0xEE)
                unary(.pshufd, upperRight, right, immediate: 0xEE)
                unary(.pmovsxbw, wideLeft, upperLeft)
                unary(.pmovsxbw, wideRight, upperRight)
            }
            sums[half] = newVector()
            commutative(.pmaddwd, sums[half], wideLeft, wideRight)
        }
        binary(.packssdw, d, sums[0], sums[1])
    }

    mutating func dotAndAdd(_ d: VirtualRegister, _ a: Value, _ b: Value, _ addend: Value) {
        let words = newVector()
        if tables.deterministicRelaxedVectors {
            dotOfSignedBytes(words, a, b)
        } else {
            binary(.pmaddubsw, words, register(b), source(a, .full))
        }
        let sums = newVector()
        commutative(.pmaddwd, sums, words, constant(Self.oneWords))
        commutative(.paddd, d, sums, source(addend, .full))
    }

    /// Bits per byte, through a table of the counts of nibbles.
    mutating func populationCountOfBytes(_ d: VirtualRegister, _ a: Value) {
        let operand = register(a)
        let table = constantRegister(0x0302_0201_0201_0100, 0x0403_0302_0302_0201)
        let nibbles = constant(0x0F0F_0F0F_0F0F_0F0F)
        let lower = newVector()
        commutative(.pand, lower, operand, nibbles)
        let shifted = newVector()
        shift(.psrlw, shifted, operand, by: 4)
        let upper = newVector()
        commutative(.pand, upper, shifted, nibbles)
        let lowerCounts = newVector()
        let upperCounts = newVector()
        binary(.pshufb, lowerCounts, table, lower)
        binary(.pshufb, upperCounts, table, upper)
        commutative(.paddb, d, lowerCounts, upperCounts)
    }
}

// MARK: floating point

extension Selector {
    /// `min`: both orders of the machine's minimum, joined so that -0 and NaN win, and NaNs made quiet and canonical.
    mutating func vectorMinimum(
        _ d: VirtualRegister, _ a: Value, _ b: Value, _ minimum: VectorOperation, _ compare: VectorOperation,
        _ shiftRight: VectorOperation, payload: UInt32
    ) {
        let left = register(a)
        let right = register(b)
        let one = newVector()
        let other = newVector()
        binary(minimum, one, right, left)
        binary(minimum, other, left, right)
        let either = newVector()
        commutative(.orps, either, one, other)
        // Predicate 3: unordered. The mask without its payload bits clears them in the result.
        let isNaN = newVector()
        binary(compare, isNaN, other, either, immediate: 3)
        let quiet = newVector()
        commutative(.orps, quiet, either, isNaN)
        let mask = newVector()
        shift(shiftRight, mask, isNaN, by: payload)
        binary(.andnps, d, mask, quiet)
    }

    /// `max`: as `min`, with the sign of zeros settled by a subtraction.
    mutating func vectorMaximum(
        _ d: VirtualRegister, _ a: Value, _ b: Value, _ maximum: VectorOperation, _ subtract: VectorOperation,
        _ compare: VectorOperation, _ shiftRight: VectorOperation, payload: UInt32
    ) {
        let left = register(a)
        let right = register(b)
        let one = newVector()
        let other = newVector()
        binary(maximum, one, right, left)
        binary(maximum, other, left, right)
        // Where the two orders differ, zeros of both signs or a NaN met.
        let difference = newVector()
        commutative(.xorps, difference, other, one)
        let either = newVector()
        commutative(.orps, either, one, difference)
        let settled = newVector()
        binary(subtract, settled, either, difference)
        let isNaN = newVector()
        binary(compare, isNaN, difference, settled, immediate: 3)
        let mask = newVector()
        shift(shiftRight, mask, isNaN, by: payload)
        binary(.andnps, d, mask, settled)
    }

    /// `relaxed_madd` (`a * b + c`) and `relaxed_nmadd` (`-(a * b) + c`).
    mutating func multiplyAdd(
        _ d: VirtualRegister, _ a: Value, _ b: Value, _ addend: Value, _ multiply: VectorOperation,
        _ combine: VectorOperation, _ fused: VectorOperation
    ) {
        if features.fma, !tables.deterministicRelaxedVectors {
            let left = register(a)
            let right = register(b)
            let source = source(addend, .full)
            begin(.vectorMultiplyAdd)
            current.payload = fused.rawValue
            define(d, hint: 3)
            use(left)
            use(right)
            use(source)
            finish()
            return
        }
        let product = newVector()
        let source = source(b, .full)
        binary(multiply, product, register(a), source)
        binary(combine, d, register(addend), product)
    }

    /// Unsigned 32-bit lanes: each half becomes the low bits of a power of two, so that one addition rounds.
    mutating func convertUnsignedLanes(_ d: VirtualRegister, _ a: Value) {
        let operand = register(a)
        // 2^23 + lower half
        let lower = newVector()
        binary(.pblendw, lower, operand, constant(0x4B00_0000_4B00_0000), immediate: 0xAA)
        // 2^39 + upper half * 2^16
        let shifted = newVector()
        shift(.psrld, shifted, operand, by: 16)
        let upper = newVector()
        binary(.pblendw, upper, shifted, constant(0x5300_0000_5300_0000), immediate: 0xAA)
        // 2^39 + 2^23
        let exact = newVector()
        binary(.subps, exact, upper, constant(0x5300_0080_5300_0080))
        binary(.addps, d, exact, lower)
    }

    /// f32 lanes to i32, saturating, NaN to 0.
    mutating func truncateLanes(_ d: VirtualRegister, _ a: Value) {
        let operand = register(a)
        let isNumber = newVector()
        binary(.cmpps, isNumber, operand, operand, immediate: 0)
        let number = newVector()
        commutative(.andps, number, operand, isNumber)
        // Too large converts to 0x80000000; flipping all bits makes it the largest.
        let tooLarge = newVector()
        binary(
            .cmpps, tooLarge, constantRegister(0x4F00_0000_4F00_0000, 0x4F00_0000_4F00_0000), number, immediate: 2)
        let converted = newVector()
        unary(.cvttps2dq, converted, number)
        commutative(.pxor, d, converted, tooLarge)
    }

    /// f32 lanes to u32, saturating: what is from 2^31 on converts as the excess over it, added back.
    mutating func truncateLanesUnsigned(_ d: VirtualRegister, _ a: Value) {
        let zero = zeroVector()
        let limit = constantRegister(0x4F00_0000_4F00_0000, 0x4F00_0000_4F00_0000)
        let positive = newVector()
        // NaN is not greater: the second operand wins.
        binary(.maxps, positive, register(a), zero)
        let excess = newVector()
        binary(.subps, excess, positive, limit)
        let tooLarge = newVector()
        binary(.cmpps, tooLarge, limit, excess, immediate: 2)
        let converted = newVector()
        unary(.cvttps2dq, converted, excess)
        let saturated = newVector()
        commutative(.pxor, saturated, converted, tooLarge)
        let added = newVector()
        commutative(.pmaxsd, added, saturated, zero)
        let low = newVector()
        unary(.cvttps2dq, low, positive)
        commutative(.paddd, d, low, added)
    }

    /// f64 lanes to i32 in the lower half, saturating, NaN to 0.
    mutating func truncateWideLanes(_ d: VirtualRegister, _ a: Value) {
        let operand = register(a)
        let isNumber = newVector()
        binary(.cmppd, isNumber, operand, operand, immediate: 0)
        let limit = newVector()
        commutative(.andpd, limit, isNumber, constant(0x41DF_FFFF_FFC0_0000))
        let limited = newVector()
        binary(.minpd, limited, operand, limit)
        unary(.cvttpd2dq, d, limited)
    }

    /// f64 lanes to u32 in the lower half: clamped, then read off the low bits after adding 2^52.
    mutating func truncateWideLanesUnsigned(_ d: VirtualRegister, _ a: Value) {
        let zero = zeroVector()
        let positive = newVector()
        binary(.maxpd, positive, register(a), zero)
        let limited = newVector()
        binary(.minpd, limited, positive, constant(0x41EF_FFFF_FFE0_0000))
        let whole = newVector()
        unary(.roundpd, whole, limited, immediate: 0x0B)
        let magic = newVector()
        binary(.addpd, magic, whole, constant(0x4330_0000_0000_0000))
        binary(.shufps, d, magic, zero, immediate: 0x88)
    }
}
