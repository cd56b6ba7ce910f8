// Floating-point arithmetic and comparisons, and conversions between number types.

import TerraceABI
import TerraceAssembler
import TerraceCode
import WasmFormat

extension BaselineCompiler {
    @inline(__always) func absoluteMask(_ type: MachineType) -> (UInt64, UInt64) {
        let bits: UInt64 = type == .f32 ? 0x7FFF_FFFF_7FFF_FFFF : 0x7FFF_FFFF_FFFF_FFFF
        return (bits, bits)
    }

    @inline(__always) func signMask(_ type: MachineType) -> (UInt64, UInt64) {
        let bits: UInt64 = type == .f32 ? 0x8000_0000_8000_0000 : 0x8000_0000_0000_0000
        return (bits, bits)
    }

    @inline(__always) mutating func constant(_ bits: (UInt64, UInt64)) -> MemoryOperand {
        assembler.constant128(bits.0, bits.1)
    }

    /// `add`, `sub`, `mul`, `div`.
    mutating func floatArithmetic(_ operation: VectorOperation, _ type: MachineType) {
        let right = popVectorSource()
        let left = popVector()
        let destination = vectorDestination(reusing: left, or: right, if: features.avx)
        let register = destination.vector
        if features.avx {
            if right.kind == .memory {
                assembler.avx(operation, register, left.vector, frame(right.offset))
            } else {
                assembler.avx(operation, register, left.vector, right.vector)
            }
        } else {
            var source = right
            if right.kind == .vector, right.register == destination.register, left.register != right.register {
                assembler.movaps(CallingConvention.vectorScratch, right.vector)
                source.register = CallingConvention.vectorScratch.rawValue
                source.isOwned = false
            }
            if left.register != destination.register { assembler.movaps(register, left.vector) }
            if source.kind == .memory {
                assembler.sse(operation, register, frame(source.offset))
            } else {
                assembler.sse(operation, register, source.vector)
            }
        }
        free(left, unless: destination)
        free(right, unless: destination)
        finish(destination, type)
    }

    /// A copy of the top operand in a register that may be written: popped.
    mutating func popVectorCopy() -> VectorRegister {
        let operand = popVector()
        if operand.isOwned { return operand.vector }
        let register = allocateVector()
        assembler.movaps(register, operand.vector)
        return register
    }

    /// `min` and `max`: NaN if either is NaN, and -0 below +0. The machine's own do neither.
    mutating func minimumOrMaximum(_ type: MachineType, isMinimum: Bool) {
        let right = popVector()
        let register = popVectorCopy()
        let single = type == .f32
        let isNaN = assembler.newLabel()
        let differ = assembler.newLabel()
        let done = assembler.newLabel()
        assembler.sse(single ? .ucomiss : .ucomisd, register, right.vector)
        assembler.jccShort(.ne, differ)
        assembler.jccShort(.p, isNaN)
        // Equal: only the signs of zeros can differ.
        assembler.sse(isMinimum ? .orps : .andps, register, right.vector)
        assembler.jmpShort(done)
        assembler.bind(isNaN)
        assembler.sse(single ? .addss : .addsd, register, right.vector)
        assembler.jmpShort(done)
        assembler.bind(differ)
        if isMinimum {
            assembler.sse(single ? .minss : .minsd, register, right.vector)
        } else {
            assembler.sse(single ? .maxss : .maxsd, register, right.vector)
        }
        assembler.bind(done)
        free(right)
        pushRegister(register, type)
    }

    mutating func copySign(_ type: MachineType) {
        let sign = popVector()
        let register = popVectorCopy()
        let scratch = CallingConvention.vectorScratch
        assembler.movaps(scratch, sign.vector)
        assembler.sse(.andps, scratch, constant(signMask(type)))
        assembler.sse(.andps, register, constant(absoluteMask(type)))
        assembler.sse(.orps, register, scratch)
        free(sign)
        pushRegister(register, type)
    }

    /// `abs` and `neg`: an operation with a mask.
    mutating func floatSign(_ operation: VectorOperation, _ mask: (UInt64, UInt64), _ type: MachineType) {
        let operand = popVector()
        let destination = vectorDestination(reusing: operand)
        let memory = constant(mask)
        if features.avx {
            assembler.avx(operation, destination.vector, operand.vector, memory)
        } else {
            if operand.register != destination.register { assembler.movaps(destination.vector, operand.vector) }
            assembler.sse(operation, destination.vector, memory)
        }
        free(operand, unless: destination)
        finish(destination, type)
    }

    mutating func squareRoot(_ type: MachineType) {
        let operand = popVector()
        let destination = vectorDestination(reusing: operand)
        assembler.sse(type == .f32 ? .sqrtss : .sqrtsd, destination.vector, operand.vector)
        free(operand, unless: destination)
        finish(destination, type)
    }

    /// `ceil`, `floor`, `trunc`, `nearest`; the mode is the machine's, with the inexact exception suppressed.
    mutating func round(_ type: MachineType, mode: UInt8) {
        let operand = popVector()
        let destination = vectorDestination(reusing: operand)
        if type == .f32 {
            assembler.roundss(destination.vector, operand.vector, mode)
        } else {
            assembler.roundsd(destination.vector, operand.vector, mode)
        }
        free(operand, unless: destination)
        finish(destination, type)
    }

    // MARK: comparisons

    /// `lt`, `gt`, `le`, `ge`: with the operands in the right order, "above" is false for NaN.
    mutating func floatCompare(_ condition: Condition, swapped: Bool, _ type: MachineType) {
        let operation: VectorOperation = type == .f32 ? .ucomiss : .ucomisd
        if swapped {
            let right = popVector()
            let left = popVectorSource()
            if left.kind == .memory {
                assembler.sse(operation, right.vector, frame(left.offset))
            } else {
                assembler.sse(operation, right.vector, left.vector)
            }
            free(left)
            free(right)
        } else {
            let right = popVectorSource()
            let left = popVector()
            if right.kind == .memory {
                assembler.sse(operation, left.vector, frame(right.offset))
            } else {
                assembler.sse(operation, left.vector, right.vector)
            }
            free(left)
            free(right)
        }
        useCondition(condition)
    }

    /// `eq` and `ne`: the flags of a comparison would need two tests, a mask needs one.
    mutating func floatEqual(_ type: MachineType, isEqual: Bool) {
        let right = popVectorSource()
        let left = popVector()
        let scratch = CallingConvention.vectorScratch
        let operation: VectorOperation = type == .f32 ? .cmpss : .cmpsd
        // Predicates: 0 is equal (ordered), 4 not equal (or unordered).
        let predicate: UInt8 = isEqual ? 0 : 4
        assembler.movaps(scratch, left.vector)
        if right.kind == .memory {
            assembler.sse(operation, scratch, frame(right.offset), immediate: predicate)
        } else {
            assembler.sse(operation, scratch, right.vector, immediate: predicate)
        }
        assembler.movd(CallingConvention.scratch, scratch)
        assembler.test(.dword, CallingConvention.scratch, CallingConvention.scratch)
        free(left)
        free(right)
        useCondition(.ne)
    }

    // MARK: conversions

    /// Integer to float. `unsigned` 32-bit values convert as 64-bit ones, since registers hold them zero-extended.
    mutating func convert(_ source: MachineType, to type: MachineType, unsigned: Bool) {
        let operand = popGeneral()
        let destination = vectorDestination()
        let register = destination.vector
        let operation: VectorOperation = type == .f32 ? .cvtsi2ss : .cvtsi2sd
        // The conversion keeps the upper lanes, and with them a dependency on the old value.
        assembler.zero(register)
        if !(unsigned && source == .i64) {
            let size: OperandSize = source == .i64 || unsigned ? .qword : .dword
            assembler.sse(operation, register, operand.general, size)
            free(operand)
            finish(destination, type)
            return
        }
        let big = assembler.newLabel()
        let done = assembler.newLabel()
        let half = CallingConvention.scratch
        let low = allocateGeneral()
        assembler.test(.qword, operand.general, operand.general)
        assembler.jccShort(.s, big)
        assembler.sse(operation, register, operand.general, .qword)
        assembler.jmpShort(done)
        assembler.bind(big)
        // Half of it, the lost bit kept sticky for correct rounding, then doubled.
        assembler.mov(.qword, half, operand.general)
        assembler.mov(.qword, low, operand.general)
        assembler.shift(.shr, .qword, half, immediate: 1)
        assembler.alu(.and, .dword, low, immediate: 1)
        assembler.alu(.or, .qword, half, low)
        assembler.sse(operation, register, half, .qword)
        assembler.sse(type == .f32 ? .addss : .addsd, register, register)
        assembler.bind(done)
        free(low)
        free(operand)
        finish(destination, type)
    }

    /// `f64.promote_f32`, `f32.demote_f64`.
    mutating func convertFloat(to type: MachineType) {
        let operand = popVector()
        let destination = vectorDestination(reusing: operand)
        assembler.sse(type == .f64 ? .cvtss2sd : .cvtsd2ss, destination.vector, operand.vector)
        free(operand, unless: destination)
        finish(destination, type)
    }

    /// Bits of a float as an integer.
    mutating func reinterpretAsInteger(_ type: MachineType) {
        let operand = popVectorSource()
        let destination = generalDestination()
        if operand.kind == .memory {
            assembler.mov(size(type), destination.general, frame(operand.offset))
        } else if type == .i32 {
            assembler.movd(destination.general, operand.vector)
        } else {
            assembler.movq(destination.general, operand.vector)
        }
        free(operand)
        finish(destination, type)
    }

    /// Bits of an integer as a float.
    mutating func reinterpretAsFloat(_ type: MachineType) {
        let operand = popGeneral()
        let destination = vectorDestination()
        if type == .f32 {
            assembler.movd(destination.vector, operand.general)
        } else {
            assembler.movq(destination.vector, operand.general)
        }
        free(operand)
        finish(destination, type)
    }

    /// 2^63, or 2^64, in a float type.
    private mutating func powerOfTwo(_ exponent: UInt64, _ type: MachineType) -> MemoryOperand {
        type == .f32
            ? assembler.constant32(UInt32((exponent &+ 127) &<< 23)) : assembler.constant64((exponent &+ 1023) &<< 52)
    }

    private mutating func negativePowerOfTwo(_ exponent: UInt64, _ type: MachineType) -> MemoryOperand {
        type == .f32
            ? assembler.constant32(UInt32((exponent &+ 127) &<< 23) | 1 << 31)
            : assembler.constant64((exponent &+ 1023) &<< 52 | 1 << 63)
    }

    /// Float to integer, trapping on NaN and overflow.
    mutating func truncate(_ source: MachineType, to type: MachineType, unsigned: Bool) {
        let operand = popVector()
        let single = source == .f32
        let compare: VectorOperation = single ? .ucomiss : .ucomisd
        let convert: VectorOperation = single ? .cvttss2si : .cvttsd2si
        let scratch = CallingConvention.scratch
        let destination = generalDestination()
        let register = destination.general
        assembler.sse(compare, operand.vector, operand.vector)
        trap(.invalidConversionToInteger, if: .p)
        if type == .i32 {
            // The 64-bit conversion covers all 32-bit results; whatever is outside shows in its upper half.
            assembler.sse(convert, register, operand.vector, .qword)
            if unsigned {
                assembler.mov(.dword, scratch, register)
            } else {
                assembler.movsx(from: .dword, to: .qword, scratch, register)
            }
            assembler.alu(.cmp, .qword, scratch, register)
            trap(.integerOverflow, if: .ne)
            if !unsigned { assembler.mov(.dword, register, register) }
        } else if !unsigned {
            let fits = assembler.newLabel()
            assembler.sse(convert, register, operand.vector, .qword)
            // Only the most negative result is ambiguous: it also says "out of range".
            assembler.alu(.cmp, .qword, register, immediate: 1)
            assembler.jcc(.no, fits)
            assembler.sse(compare, operand.vector, negativePowerOfTwo(63, source))
            trap(.integerOverflow, if: .ne)
            assembler.bind(fits)
        } else {
            let big = assembler.newLabel()
            let done = assembler.newLabel()
            assembler.sse(compare, operand.vector, powerOfTwo(63, source))
            assembler.jcc(.ae, big)
            assembler.sse(convert, register, operand.vector, .qword)
            assembler.test(.qword, register, register)
            trap(.integerOverflow, if: .s)
            assembler.jmp(done)
            assembler.bind(big)
            let reduced = CallingConvention.vectorScratch
            assembler.movaps(reduced, operand.vector)
            assembler.sse(single ? .subss : .subsd, reduced, powerOfTwo(63, source))
            assembler.sse(convert, register, reduced, .qword)
            assembler.test(.qword, register, register)
            trap(.integerOverflow, if: .s)
            assembler.movImmediate(scratch, 1 << 63)
            assembler.alu(.xor, .qword, register, scratch)
            assembler.bind(done)
        }
        free(operand)
        finish(destination, type)
    }

    /// Float to integer, saturating; NaN becomes 0.
    mutating func truncateSaturating(_ source: MachineType, to type: MachineType, unsigned: Bool) {
        let operand = popVector()
        let single = source == .f32
        let compare: VectorOperation = single ? .ucomiss : .ucomisd
        let convert: VectorOperation = single ? .cvttss2si : .cvttsd2si
        let vectorScratch = CallingConvention.vectorScratch
        let destination = generalDestination()
        let register = destination.general
        let done = assembler.newLabel()
        if !unsigned {
            let size: OperandSize = type == .i32 ? .dword : .qword
            assembler.sse(convert, register, operand.vector, size)
            assembler.alu(.cmp, size, register, immediate: 1)
            assembler.jcc(.no, done)
            // Out of range, NaN, or exactly the most negative value.
            assembler.zero(register)
            assembler.sse(compare, operand.vector, operand.vector)
            assembler.jcc(.p, done)
            assembler.movImmediate(register, type == .i32 ? 0x7FFF_FFFF : 0x7FFF_FFFF_FFFF_FFFF)
            assembler.zero(vectorScratch)
            assembler.sse(compare, operand.vector, vectorScratch)
            assembler.jcc(.a, done)
            assembler.movImmediate(register, type == .i32 ? 0x8000_0000 : 1 << 63)
        } else {
            // Not above zero, or NaN: 0.
            assembler.zero(register)
            assembler.zero(vectorScratch)
            assembler.sse(compare, operand.vector, vectorScratch)
            assembler.jcc(.be, done)
            assembler.movImmediate(register, type == .i32 ? 0xFFFF_FFFF : ~0)
            assembler.sse(compare, operand.vector, powerOfTwo(type == .i32 ? 32 : 64, source))
            assembler.jcc(.ae, done)
            if type == .i32 {
                assembler.sse(convert, register, operand.vector, .qword)
            } else {
                let big = assembler.newLabel()
                assembler.sse(compare, operand.vector, powerOfTwo(63, source))
                assembler.jcc(.ae, big)
                assembler.sse(convert, register, operand.vector, .qword)
                assembler.jmp(done)
                assembler.bind(big)
                assembler.movaps(vectorScratch, operand.vector)
                assembler.sse(single ? .subss : .subsd, vectorScratch, powerOfTwo(63, source))
                assembler.sse(convert, register, vectorScratch, .qword)
                assembler.movImmediate(CallingConvention.scratch, 1 << 63)
                assembler.alu(.xor, .qword, register, CallingConvention.scratch)
            }
        }
        assembler.bind(done)
        free(operand)
        finish(destination, type)
    }
}
