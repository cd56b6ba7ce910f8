// Vector operators that take several instructions: what the machine lacks, or does otherwise than the specification.

import TerraceABI
import TerraceAssembler
import TerraceCode
import WasmFormat

extension BaselineCompiler {
    private var scratch: VectorRegister { CallingConvention.vectorScratch }

    /// The same 64 bits in both halves, as a constant in memory.
    private mutating func both(_ bits: UInt64) -> MemoryOperand { assembler.constant128(bits, bits) }

    // MARK: shifts

    /// Pops a shift count and puts it, reduced, into the scratch register as the machine wants it.
    private mutating func popCount(mask: Int32, plus: Int32 = 0) {
        let count = popGeneral()
        let reduced = CallingConvention.scratch
        assembler.mov(.dword, reduced, count.general)
        assembler.alu(.and, .dword, reduced, immediate: mask)
        if plus != 0 { assembler.alu(.add, .dword, reduced, immediate: plus) }
        assembler.movd(scratch, reduced)
        free(count)
    }

    mutating func shiftLanes(_ operation: VectorOperation, mask: Int32) {
        let top = stack[stack.count &- 1]
        if top.kind == .constant {
            _ = popEntry()
            let register = popVectorCopy()
            assembler.sse(operation, register, immediate: UInt8(top.value & Int64(mask)))
            pushRegister(register, .v128)
            return
        }
        popCount(mask: mask)
        let register = popVectorCopy()
        assembler.sse(operation, register, scratch)
        pushRegister(register, .v128)
    }

    /// Bytes shift as words, in two halves whose bytes stand in the words' upper (`shr`) or lower (`shl`) bytes.
    mutating func shiftBytes(_ operation: ShiftOperation) {
        let isLeft = operation == .shl
        popCount(mask: 7, plus: isLeft ? 0 : 8)
        let low = popVectorCopy()
        let high = allocateVector()
        if isLeft {
            // Zero the words' upper bytes before and after, so that the unsigned pack saturates nothing.
            assembler.movaps(high, low)
            assembler.sse(.psrlw, high, immediate: 8)
            assembler.sse(.pand, low, both(0x00FF_00FF_00FF_00FF))
            assembler.sse(.psllw, low, scratch)
            assembler.sse(.psllw, high, scratch)
            assembler.sse(.pand, low, both(0x00FF_00FF_00FF_00FF))
            assembler.sse(.psllw, high, immediate: 8)
            assembler.sse(.por, low, high)
        } else {
            assembler.movaps(high, low)
            assembler.sse(.punpckhbw, high, high)
            assembler.sse(.punpcklbw, low, low)
            let shift: VectorOperation = operation == .sar ? .psraw : .psrlw
            assembler.sse(shift, low, scratch)
            assembler.sse(shift, high, scratch)
            assembler.sse(operation == .sar ? .packsswb : .packuswb, low, high)
        }
        free(high)
        pushRegister(low, .v128)
    }

    /// Arithmetic shift of 64-bit lanes: logically, then the sign bit's copies by a subtraction.
    mutating func shiftWideArithmetic() {
        popCount(mask: 63)
        let register = popVectorCopy()
        let sign = allocateVector()
        assembler.movups(sign, both(1 << 63))
        assembler.sse(.psrlq, sign, scratch)
        assembler.sse(.psrlq, register, scratch)
        assembler.sse(.pxor, register, sign)
        assembler.sse(.psubq, register, sign)
        free(sign)
        pushRegister(register, .v128)
    }

    // MARK: integer arithmetic

    /// The lower 64 bits of 64-bit products, from 32-bit products.
    mutating func multiplyWide() {
        let right = popVector()
        let left = popVector()
        let register = allocateVector()
        assembler.movaps(scratch, left.vector)
        assembler.sse(.psrlq, scratch, immediate: 32)
        assembler.sse(.pmuludq, scratch, right.vector)
        assembler.movaps(register, right.vector)
        assembler.sse(.psrlq, register, immediate: 32)
        assembler.sse(.pmuludq, register, left.vector)
        assembler.sse(.paddq, scratch, register)
        assembler.sse(.psllq, scratch, immediate: 32)
        assembler.movaps(register, left.vector)
        assembler.sse(.pmuludq, register, right.vector)
        assembler.sse(.paddq, register, scratch)
        free(left)
        free(right)
        pushRegister(register, .v128)
    }

    mutating func absoluteWide() {
        let register = popVectorCopy()
        assembler.sse(.pshufd, scratch, register, immediate: 0xF5)
        assembler.sse(.psrad, scratch, immediate: 31)
        assembler.sse(.pxor, register, scratch)
        assembler.sse(.psubq, register, scratch)
        pushRegister(register, .v128)
    }

    /// `extmul` of bytes: both operands widen, then words multiply.
    mutating func multiplyBytes(_ extend: VectorOperation, high: Bool) {
        let right = popVector()
        let left = popVector()
        let register = allocateVector()
        if high {
            assembler.sse(.pshufd, register, left.vector, immediate: 0xEE)
            assembler.sse(.pshufd, scratch, right.vector, immediate: 0xEE)
            assembler.sse(extend, register, register)
            assembler.sse(extend, scratch, scratch)
        } else {
            assembler.sse(extend, register, left.vector)
            assembler.sse(extend, scratch, right.vector)
        }
        assembler.sse(.pmullw, register, scratch)
        free(left)
        free(right)
        pushRegister(register, .v128)
    }

    /// `extmul` of words: lower and upper halves of the products interleave.
    mutating func multiplyWords(_ upper: VectorOperation, _ interleave: VectorOperation) {
        let right = popVector()
        let left = popVector()
        let register = allocateVector()
        assembler.movaps(register, left.vector)
        assembler.movaps(scratch, left.vector)
        assembler.sse(.pmullw, register, right.vector)
        assembler.sse(upper, scratch, right.vector)
        assembler.sse(interleave, register, scratch)
        free(left)
        free(right)
        pushRegister(register, .v128)
    }

    /// `extmul` of 32-bit lanes, which are brought to the even places first.
    mutating func multiplyDoublewords(_ multiply: VectorOperation, selection: UInt8) {
        let right = popVector()
        let left = popVector()
        let register = allocateVector()
        assembler.sse(.pshufd, register, left.vector, immediate: selection)
        assembler.sse(.pshufd, scratch, right.vector, immediate: selection)
        assembler.sse(multiply, register, scratch)
        free(left)
        free(right)
        pushRegister(register, .v128)
    }

    /// `i16x8.q15mulr_sat_s`: the machine's product is wrong in one case only, -1 times -1.
    mutating func multiplyRoundingSaturating() {
        let right = popVector()
        let register = popVectorCopy()
        assembler.sse(.pmulhrsw, register, right.vector)
        assembler.movups(scratch, both(0x8000_8000_8000_8000))
        assembler.sse(.pcmpeqw, scratch, register)
        assembler.sse(.pxor, register, scratch)
        free(right)
        pushRegister(register, .v128)
    }

    /// `extadd_pairwise` of bytes: a multiply-add with ones, whose first operand is unsigned and second signed.
    mutating func addPairsOfBytes(signed: Bool) {
        let ones = both(0x0101_0101_0101_0101)
        if signed {
            let operand = popVector()
            let register = allocateVector()
            assembler.movups(register, ones)
            assembler.sse(.pmaddubsw, register, operand.vector)
            free(operand)
            pushRegister(register, .v128)
        } else {
            let register = popVectorCopy()
            assembler.sse(.pmaddubsw, register, ones)
            pushRegister(register, .v128)
        }
    }

    /// `extadd_pairwise` of words; unsigned ones are made signed, and the bias added back.
    mutating func addPairsOfWords(signed: Bool) {
        let register = popVectorCopy()
        if !signed { assembler.sse(.pxor, register, both(0x8000_8000_8000_8000)) }
        assembler.sse(.pmaddwd, register, both(0x0001_0001_0001_0001))
        if !signed { assembler.sse(.paddd, register, both(0x0001_0000_0001_0000)) }
        pushRegister(register, .v128)
    }

    /// Sums of products of neighbouring signed bytes, saturated to 16 bits each: twice -128 times -128 does not fit.
    mutating func dotOfSignedBytes() {
        let right = popVector()
        let left = popVector()
        let low = allocateVector()
        let high = allocateVector()
        assembler.sse(.pmovsxbw, low, left.vector)
        assembler.sse(.pmovsxbw, scratch, right.vector)
        assembler.sse(.pmaddwd, low, scratch)
        assembler.sse(.pshufd, high, left.vector, immediate: 0xEE)
        assembler.sse(.pshufd, scratch, right.vector, immediate: 0xEE)
        assembler.sse(.pmovsxbw, high, high)
        assembler.sse(.pmovsxbw, scratch, scratch)
        assembler.sse(.pmaddwd, high, scratch)
        assembler.sse(.packssdw, low, high)
        free(high)
        free(left)
        free(right)
        pushRegister(low, .v128)
    }

    mutating func dotAndAdd() {
        let addend = popVector()
        if environment.deterministicRelaxedVectors {
            dotOfSignedBytes()
            let products = popVectorCopy()
            assembler.sse(.pmaddwd, products, both(0x0001_0001_0001_0001))
            assembler.sse(.paddd, products, addend.vector)
            free(addend)
            pushRegister(products, .v128)
            return
        }
        let right = popVectorCopy()
        let left = popVector()
        assembler.sse(.pmaddubsw, right, left.vector)
        assembler.sse(.pmaddwd, right, both(0x0001_0001_0001_0001))
        assembler.sse(.paddd, right, addend.vector)
        free(left)
        free(addend)
        pushRegister(right, .v128)
    }

    /// Bits per byte, through a table of the counts of nibbles.
    mutating func populationCountOfBytes() {
        let operand = popVector()
        let counts = allocateVector()
        let upper = allocateVector()
        let table = assembler.constant128(0x0302_0201_0201_0100, 0x0403_0302_0302_0201)
        let nibbles = both(0x0F0F_0F0F_0F0F_0F0F)
        assembler.movaps(scratch, operand.vector)
        assembler.sse(.pand, scratch, nibbles)
        assembler.movups(counts, table)
        assembler.sse(.pshufb, counts, scratch)
        assembler.movaps(scratch, operand.vector)
        assembler.sse(.psrlw, scratch, immediate: 4)
        assembler.sse(.pand, scratch, nibbles)
        assembler.movups(upper, table)
        assembler.sse(.pshufb, upper, scratch)
        assembler.sse(.paddb, counts, upper)
        free(upper)
        free(operand)
        pushRegister(counts, .v128)
    }

    // MARK: floating point

    /// `min`: both orders of the machine's minimum, joined so that -0 and NaN win, and NaNs made quiet and canonical.
    mutating func vectorMinimum(
        _ minimum: VectorOperation, _ or: VectorOperation, _ compare: VectorOperation, _ shift: VectorOperation,
        _ andNot: VectorOperation, payload: UInt8
    ) {
        let right = popVector()
        let register = popVectorCopy()
        assembler.movaps(scratch, right.vector)
        assembler.sse(minimum, scratch, register)
        assembler.sse(minimum, register, right.vector)
        assembler.sse(or, scratch, register)
        // Predicate 3: unordered. The mask without its payload bits clears them in the result.
        assembler.sse(compare, register, scratch, immediate: 3)
        assembler.sse(or, scratch, register)
        assembler.sse(shift, register, immediate: payload)
        assembler.sse(andNot, register, scratch)
        free(right)
        pushRegister(register, .v128)
    }

    /// `max`: as `min`, with the sign of zeros settled by a subtraction.
    mutating func vectorMaximum(
        _ maximum: VectorOperation, _ subtract: VectorOperation, _ compare: VectorOperation, _ shift: VectorOperation,
        _ andNot: VectorOperation, payload: UInt8
    ) {
        let right = popVector()
        let register = popVectorCopy()
        assembler.movaps(scratch, right.vector)
        assembler.sse(maximum, scratch, register)
        assembler.sse(maximum, register, right.vector)
        // Where the two orders differ, zeros of both signs or a NaN met.
        assembler.sse(.xorps, register, scratch)
        assembler.sse(.orps, scratch, register)
        assembler.sse(subtract, scratch, register)
        assembler.sse(compare, register, scratch, immediate: 3)
        assembler.sse(shift, register, immediate: payload)
        assembler.sse(andNot, register, scratch)
        free(right)
        pushRegister(register, .v128)
    }

    /// `relaxed_madd` (`a * b + c`) and `relaxed_nmadd` (`-(a * b) + c`).
    mutating func multiplyAdd(_ multiply: VectorOperation, _ combine: VectorOperation, fused: VectorOperation) {
        let addend = popVector()
        let right = popVector()
        let register = popVectorCopy()
        if environment.features.fma, !environment.deterministicRelaxedVectors {
            assembler.avx(fused, register, right.vector, addend.vector)
            free(addend)
            free(right)
            pushRegister(register, .v128)
            return
        }
        assembler.sse(multiply, register, right.vector)
        assembler.movaps(scratch, addend.vector)
        assembler.sse(combine, scratch, register)
        assembler.movaps(register, scratch)
        free(addend)
        free(right)
        pushRegister(register, .v128)
    }

    // MARK: conversions

    /// Unsigned 32-bit lanes: the halves convert exactly, and their sum rounds once.
    mutating func convertUnsignedLanes() {
        let register = popVectorCopy()
        assembler.movaps(scratch, register)
        assembler.sse(.pand, scratch, both(0x0000_FFFF_0000_FFFF))
        assembler.sse(.psrld, register, immediate: 16)
        assembler.sse(.cvtdq2ps, scratch, scratch)
        assembler.sse(.cvtdq2ps, register, register)
        assembler.sse(.mulps, register, both(0x4780_0000_4780_0000))
        assembler.sse(.addps, register, scratch)
        pushRegister(register, .v128)
    }

    /// Unsigned 32-bit lanes to f64: as the low bits of 2^52, which is then taken away.
    mutating func convertLowUnsignedLanes() {
        let register = popVectorCopy()
        assembler.sse(.unpcklps, register, both(0x4330_0000_4330_0000))
        assembler.sse(.subpd, register, both(0x4330_0000_0000_0000))
        pushRegister(register, .v128)
    }

    /// f32 lanes to i32, saturating, NaN to 0.
    mutating func truncateLanes() {
        let register = popVectorCopy()
        assembler.movaps(scratch, register)
        assembler.sse(.cmpps, scratch, scratch, immediate: 0)
        assembler.sse(.andps, register, scratch)
        // Too large converts to 0x80000000; flipping all bits makes it the largest.
        assembler.movups(scratch, both(0x4F00_0000_4F00_0000))
        assembler.sse(.cmpps, scratch, register, immediate: 2)
        assembler.sse(.cvttps2dq, register, register)
        assembler.sse(.pxor, register, scratch)
        pushRegister(register, .v128)
    }

    /// f32 lanes to u32, saturating: what is from 2^31 on converts as the excess over it, added back.
    mutating func truncateLanesUnsigned() {
        let register = popVectorCopy()
        let excess = allocateVector()
        assembler.zero(scratch)
        assembler.sse(.maxps, register, scratch)
        assembler.movups(scratch, both(0x4F00_0000_4F00_0000))
        assembler.movaps(excess, register)
        assembler.sse(.subps, excess, scratch)
        assembler.sse(.cmpps, scratch, excess, immediate: 2)
        assembler.sse(.cvttps2dq, excess, excess)
        assembler.sse(.pxor, excess, scratch)
        assembler.zero(scratch)
        assembler.sse(.pmaxsd, excess, scratch)
        assembler.sse(.cvttps2dq, register, register)
        assembler.sse(.paddd, register, excess)
        free(excess)
        pushRegister(register, .v128)
    }

    /// f64 lanes to i32 in the lower half, saturating, NaN to 0.
    mutating func truncateWideLanes() {
        let register = popVectorCopy()
        assembler.movaps(scratch, register)
        assembler.sse(.cmppd, scratch, scratch, immediate: 0)
        assembler.sse(.andpd, scratch, both(0x41DF_FFFF_FFC0_0000))
        assembler.sse(.minpd, register, scratch)
        assembler.sse(.cvttpd2dq, register, register)
        pushRegister(register, .v128)
    }

    /// f64 lanes to u32 in the lower half: clamped, then read off the low bits after adding 2^52.
    mutating func truncateWideLanesUnsigned() {
        let register = popVectorCopy()
        assembler.zero(scratch)
        assembler.sse(.maxpd, register, scratch)
        assembler.sse(.minpd, register, both(0x41EF_FFFF_FFE0_0000))
        assembler.sse(.roundpd, register, register, immediate: 0x0B)
        assembler.sse(.addpd, register, both(0x4330_0000_0000_0000))
        assembler.sse(.shufps, register, scratch, immediate: 0x88)
        pushRegister(register, .v128)
    }
}
