// Sequences of instructions that both compilers emit.

import TerraceAssembler

extension Assembler {
    /// Counts the bits of a register in place where the processor has no instruction for it. `half` holds the same value, and is
    /// overwritten, as is the scratch register.
    public mutating func countBits(_ size: OperandSize, _ value: GeneralRegister, half: GeneralRegister) {
        // Sums of neighbouring bits, pairs, nibbles, then of all bytes by a multiplication.
        let mask = CallingConvention.scratch
        func constant(_ byte: UInt64) -> UInt64 {
            let bits = byte &* 0x0101_0101_0101_0101
            return size == .qword ? bits : bits & 0xFFFF_FFFF
        }
        shift(.shr, size, half, immediate: 1)
        movImmediate(mask, constant(0x55))
        alu(.and, size, half, mask)
        alu(.sub, size, value, half)
        mov(size, half, value)
        shift(.shr, size, half, immediate: 2)
        movImmediate(mask, constant(0x33))
        alu(.and, size, value, mask)
        alu(.and, size, half, mask)
        alu(.add, size, value, half)
        mov(size, half, value)
        shift(.shr, size, half, immediate: 4)
        alu(.add, size, value, half)
        movImmediate(mask, constant(0x0F))
        alu(.and, size, value, mask)
        movImmediate(mask, constant(0x01))
        imul(size, value, mask)
        shift(.shr, size, value, immediate: size == .qword ? 56 : 24)
    }

    /// Behind `bsr`, makes the number of the highest bit the count of leading zeros. Overwrites the scratch register.
    public mutating func finishLeadingZeros(_ size: OperandSize, _ register: GeneralRegister) {
        // For 0 the register was left alone and the zero flag is set: 2 * width - 1 becomes width.
        let width: UInt64 = size == .dword ? 32 : 64
        movImmediate(CallingConvention.scratch, 2 * width - 1)
        cmov(.e, size, register, CallingConvention.scratch)
        alu(.xor, size, register, immediate: Int32(width - 1))
    }

    /// Behind `bsf`, the same for trailing zeros.
    public mutating func finishTrailingZeros(_ size: OperandSize, _ register: GeneralRegister) {
        movImmediate(CallingConvention.scratch, size == .dword ? 32 : 64)
        cmov(.e, size, register, CallingConvention.scratch)
    }

    /// Jumps to the function whose reference is in r10, in its instance.
    public mutating func jumpToReference() {
        mov(.qword, CallingConvention.instance, MemoryOperand(.r10, FunctionReferenceLayout.instance))
        mov(.qword, CallingConvention.scratch, MemoryOperand(.r10, FunctionReferenceLayout.cell))
        mov(
            .qword, CallingConvention.memoryBase,
            MemoryOperand(CallingConvention.instance, InstanceLayout.memory0Base))
        jmp(MemoryOperand(CallingConvention.scratch, 0))
    }
}
