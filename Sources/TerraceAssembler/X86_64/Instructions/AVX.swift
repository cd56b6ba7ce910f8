// The VEX encoding: vector instructions with three operands, and the general-register instructions of BMI.

extension Assembler {
    /// Emits the VEX prefix, in its two-byte form if possible, and the opcode.
    ///
    /// - Parameters:
    ///   - w: 0 or 1.
    ///   - vvvv: number of the further register, 0 if there is none.
    ///   - extensions: B in bit 0 and X in bit 1.
    @inlinable @inline(__always) mutating func emitVEXOpcode(
        _ code: InstructionCode, w: UInt32, wide: Bool, reg: UInt8, vvvv: UInt8, extensions: UInt8
    ) {
        let last = (UInt32(vvvv) ^ 15) &<< 3 | (wide ? 4 : 0) | code.prefix
        let r: UInt32 = (UInt32(reg) &>> 3 ^ 1) &<< 7
        if code.map == 1 && w == 0 && extensions == 0 {
            cursor.storeBytes(of: 0xC5 | (r | last) &<< 8 | code.opcode &<< 16, as: UInt32.self)
            cursor += 3
        } else {
            let second = r | (UInt32(extensions) ^ 3) &<< 5 | code.map
            cursor.storeBytes(
                of: 0xC4 | second &<< 8 | (w &<< 7 | last) &<< 16 | code.opcode &<< 24, as: UInt32.self)
            cursor += 4
        }
    }

    @inlinable @inline(__always) mutating func emitVEX(
        _ code: InstructionCode, w: UInt32, wide: Bool, reg: UInt8, vvvv: UInt8, rm: UInt8
    ) {
        reserve()
        emitVEXOpcode(code, w: w, wide: wide, reg: reg, vvvv: vvvv, extensions: rm &>> 3)
        emitModRM(reg: reg, rm: rm)
    }

    @inlinable @inline(__always) mutating func emitVEX(
        _ code: InstructionCode, w: UInt32, wide: Bool, reg: UInt8, vvvv: UInt8, _ memory: MemoryOperand,
        trailing: Int32 = 0
    ) {
        reserve()
        emitVEXOpcode(code, w: w, wide: wide, reg: reg, vvvv: vvvv, extensions: memory.extensionBits)
        emitOperand(reg: reg, memory, trailing: trailing)
    }

    // General registers

    @inlinable @inline(__always) mutating func emitVEX(
        _ code: InstructionCode, _ size: OperandSize, reg: GeneralRegister, vvvv: GeneralRegister, rm: GeneralRegister
    ) {
        emitVEX(code, size, reg: reg.rawValue, vvvv: vvvv, rm: rm)
    }

    @inlinable @inline(__always) mutating func emitVEX(
        _ code: InstructionCode, _ size: OperandSize, reg: UInt8, vvvv: GeneralRegister, rm: GeneralRegister
    ) {
        assert(size == .dword || size == .qword)
        emitVEX(code, w: size == .qword ? 1 : 0, wide: false, reg: reg, vvvv: vvvv.rawValue, rm: rm.rawValue)
    }

    @inlinable @inline(__always) mutating func emitVEX(
        _ code: InstructionCode, _ size: OperandSize, reg: GeneralRegister, vvvv: GeneralRegister,
        _ memory: MemoryOperand, trailing: Int32 = 0
    ) {
        assert(size == .dword || size == .qword)
        emitVEX(
            code, w: size == .qword ? 1 : 0, wide: false, reg: reg.rawValue, vvvv: vvvv.rawValue, memory,
            trailing: trailing)
    }

    // Vectors, three operands. `wide` selects 256 bits.

    /// `op to, a, b`
    @inlinable
    public mutating func avx(
        _ op: VectorOperation, _ to: VectorRegister, _ a: VectorRegister, _ b: VectorRegister, wide: Bool = false
    ) {
        assert(!op.has(.legacyOnly) && !op.has(.twoOperands))
        emitVEX(op.code, w: op.w, wide: wide, reg: to.rawValue, vvvv: a.rawValue, rm: b.rawValue)
    }

    @inlinable
    public mutating func avx(
        _ op: VectorOperation, _ to: VectorRegister, _ a: VectorRegister, _ b: MemoryOperand, wide: Bool = false
    ) {
        assert(!op.has(.legacyOnly) && !op.has(.twoOperands))
        emitVEX(op.code, w: op.w, wide: wide, reg: to.rawValue, vvvv: a.rawValue, b)
    }

    @inlinable
    public mutating func avx(
        _ op: VectorOperation, _ to: VectorRegister, _ a: VectorRegister, _ b: VectorRegister, immediate: UInt8,
        wide: Bool = false
    ) {
        avx(op, to, a, b, wide: wide)
        appendImmediate8(immediate)
    }

    @inlinable
    public mutating func avx(
        _ op: VectorOperation, _ to: VectorRegister, _ a: VectorRegister, _ b: MemoryOperand, immediate: UInt8,
        wide: Bool = false
    ) {
        assert(!op.has(.legacyOnly) && !op.has(.twoOperands))
        emitVEX(op.code, w: op.w, wide: wide, reg: to.rawValue, vvvv: a.rawValue, b, trailing: 1)
        appendImmediate8(immediate)
    }

    // Vectors, two operands

    /// `op to, from`, for operations that have only these two operands in their VEX form too.
    @inlinable
    public mutating func avx(
        _ op: VectorOperation, _ to: VectorRegister, _ from: VectorRegister, wide: Bool = false
    ) {
        assert(!op.has(.legacyOnly) && op.has(.twoOperands))
        if op.has(.stores) {
            emitVEX(op.code, w: op.w, wide: wide, reg: from.rawValue, vvvv: 0, rm: to.rawValue)
        } else {
            emitVEX(op.code, w: op.w, wide: wide, reg: to.rawValue, vvvv: 0, rm: from.rawValue)
        }
    }

    /// `op to, [from]`; also the loads `movss` and `movsd`.
    @inlinable
    public mutating func avx(
        _ op: VectorOperation, _ to: VectorRegister, _ from: MemoryOperand, wide: Bool = false
    ) {
        assert(!op.has(.legacyOnly) && (op.has(.twoOperands) || op == .movss || op == .movsd))
        emitVEX(op.code, w: op.w, wide: wide, reg: to.rawValue, vvvv: 0, from)
    }

    @inlinable
    public mutating func avx(
        _ op: VectorOperation, _ to: VectorRegister, _ from: VectorRegister, immediate: UInt8, wide: Bool = false
    ) {
        if !op.has(.twoOperands) { return avxShift(op, to, from, immediate: immediate, wide: wide) }
        avx(op, to, from, wide: wide)
        appendImmediate8(immediate)
    }

    @inlinable
    public mutating func avx(
        _ op: VectorOperation, _ to: VectorRegister, _ from: MemoryOperand, immediate: UInt8, wide: Bool = false
    ) {
        assert(!op.has(.legacyOnly) && op.has(.twoOperands))
        emitVEX(op.code, w: op.w, wide: wide, reg: to.rawValue, vvvv: 0, from, trailing: 1)
        appendImmediate8(immediate)
    }

    /// A shift by a constant: `psllw`, …, `psrldq`.
    @inlinable
    public mutating func avxShift(
        _ op: VectorOperation, _ to: VectorRegister, _ from: VectorRegister, immediate: UInt8, wide: Bool = false
    ) {
        let (code, digit) = op.immediateShift
        emitVEX(code, w: 0, wide: wide, reg: digit, vvvv: to.rawValue, rm: from.rawValue)
        appendImmediate8(immediate)
    }

    /// `to = mask ? b : a`, element by element, by the top bits of `mask`. Operations: `blendvps`, `blendvpd`,
    /// `pblendvb`.
    @inlinable
    public mutating func avxBlend(
        _ op: VectorOperation, _ to: VectorRegister, _ a: VectorRegister, _ b: VectorRegister, _ mask: VectorRegister,
        wide: Bool = false
    ) {
        emitVEX(op.fourOperandBlend, w: 0, wide: wide, reg: to.rawValue, vvvv: a.rawValue, rm: b.rawValue)
        appendImmediate8(mask.rawValue &<< 4)
    }

    @inlinable
    public mutating func avxBlend(
        _ op: VectorOperation, _ to: VectorRegister, _ a: VectorRegister, _ b: MemoryOperand, _ mask: VectorRegister,
        wide: Bool = false
    ) {
        emitVEX(op.fourOperandBlend, w: 0, wide: wide, reg: to.rawValue, vvvv: a.rawValue, b, trailing: 1)
        appendImmediate8(mask.rawValue &<< 4)
    }

    // Stores

    @inlinable
    public mutating func avxStore(
        _ op: VectorOperation, _ to: MemoryOperand, _ from: VectorRegister, wide: Bool = false
    ) {
        assert(!op.has(.legacyOnly) && op.canStore)
        let store = op.stored
        emitVEX(store.code, w: op.w, wide: wide, reg: from.rawValue, vvvv: 0, to)
    }

    @inlinable
    public mutating func avxStore(
        _ op: VectorOperation, _ to: MemoryOperand, _ from: VectorRegister, immediate: UInt8, wide: Bool = false
    ) {
        assert(!op.has(.legacyOnly) && op.canStore)
        let store = op.stored
        emitVEX(store.code, w: op.w, wide: wide, reg: from.rawValue, vvvv: 0, to, trailing: 1)
        appendImmediate8(immediate)
    }

    // General registers; the size is that of the general operand.

    /// To a general register: conversions, `movd`, `movmsk…`. `movq` means `movd` of 64 bits.
    @inlinable
    public mutating func avx(
        _ op: VectorOperation, _ to: GeneralRegister, _ from: VectorRegister, _ size: OperandSize, wide: Bool = false
    ) {
        if op == .movq { return avx(.movd, to, from, .qword) }
        let w: UInt32 = size == .qword || op.has(.wide64) ? 1 : 0
        if op.storesToGeneral {
            emitVEX(op.stored.code, w: w, wide: wide, reg: from.rawValue, vvvv: 0, rm: to.rawValue)
        } else {
            emitVEX(op.code, w: w, wide: wide, reg: to.rawValue, vvvv: 0, rm: from.rawValue)
        }
    }

    /// To a general register: conversions.
    @inlinable
    public mutating func avx(
        _ op: VectorOperation, _ to: GeneralRegister, _ from: MemoryOperand, _ size: OperandSize
    ) {
        emitVEX(op.code, w: size == .qword ? 1 : 0, wide: false, reg: to.rawValue, vvvv: 0, from)
    }

    /// To a general register: `pextr…`, `extractps`.
    @inlinable
    public mutating func avx(
        _ op: VectorOperation, _ to: GeneralRegister, _ from: VectorRegister, _ size: OperandSize = .dword,
        immediate: UInt8
    ) {
        avx(op, to, from, size)
        appendImmediate8(immediate)
    }

    /// From a general register: `movd`. `movq` means `movd` of 64 bits.
    @inlinable
    public mutating func avx(
        _ op: VectorOperation, _ to: VectorRegister, _ from: GeneralRegister, _ size: OperandSize
    ) {
        if op == .movq { return avx(.movd, to, from, .qword) }
        emitVEX(op.code, w: size == .qword ? 1 : 0, wide: false, reg: to.rawValue, vvvv: 0, rm: from.rawValue)
    }

    /// From an integer in memory: `movd`. `movq` means `movd` of 64 bits.
    @inlinable
    public mutating func avx(
        _ op: VectorOperation, _ to: VectorRegister, _ from: MemoryOperand, _ size: OperandSize
    ) {
        if op == .movq { return avx(.movd, to, from, .qword) }
        emitVEX(op.code, w: size == .qword ? 1 : 0, wide: false, reg: to.rawValue, vvvv: 0, from)
    }

    /// From a general register, the other elements from `a`: `cvtsi2ss`, `cvtsi2sd`.
    @inlinable
    public mutating func avx(
        _ op: VectorOperation, _ to: VectorRegister, _ a: VectorRegister, _ from: GeneralRegister, _ size: OperandSize
    ) {
        let w: UInt32 = size == .qword || op.has(.wide64) ? 1 : 0
        emitVEX(op.code, w: w, wide: false, reg: to.rawValue, vvvv: a.rawValue, rm: from.rawValue)
    }

    @inlinable
    public mutating func avx(
        _ op: VectorOperation, _ to: VectorRegister, _ a: VectorRegister, _ from: MemoryOperand, _ size: OperandSize
    ) {
        let w: UInt32 = size == .qword || op.has(.wide64) ? 1 : 0
        emitVEX(op.code, w: w, wide: false, reg: to.rawValue, vvvv: a.rawValue, from)
    }

    /// From a general register, the other elements from `a`: `pinsr…`.
    @inlinable
    public mutating func avx(
        _ op: VectorOperation, _ to: VectorRegister, _ a: VectorRegister, _ from: GeneralRegister,
        _ size: OperandSize = .dword, immediate: UInt8
    ) {
        avx(op, to, a, from, size)
        appendImmediate8(immediate)
    }

    /// Clears the upper halves of all ymm registers, so that legacy instructions run at full speed.
    @inlinable public mutating func vzeroupper() { emitBytes3(0xC5, 0xF8, 0x77) }
}

extension VectorOperation {
    @inlinable var w: UInt32 { has(.wide64) ? 1 : 0 }

    /// The VEX code, with a mask register of choice, of a legacy blend whose mask is xmm0.
    @inlinable var fourOperandBlend: InstructionCode {
        assert(has(.legacyOnly))
        let opcode: UInt8 =
            switch bits & 0xFF {
            case 0x14: 0x4A
            case 0x15: 0x4B
            default: 0x4C
            }
        return InstructionCode(opcode, prefix: .p66, map: .escape0F3A)
    }
}
