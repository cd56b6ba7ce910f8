// The legacy encoding of vector instructions.

extension Assembler {
    /// `op to, from`. For operations that also have an implicit operand (`blendvps` and its kin: xmm0), see the manual.
    @inlinable public mutating func sse(_ op: VectorOperation, _ to: VectorRegister, _ from: VectorRegister) {
        assert(!op.has(.vexOnly) && !op.has(.stores))
        emit(op.code, op.size, reg: to.rawValue, rm: from.rawValue)
    }

    @inlinable public mutating func sse(_ op: VectorOperation, _ to: VectorRegister, _ from: MemoryOperand) {
        assert(!op.has(.vexOnly) && !op.has(.stores))
        emit(op.code, op.size, reg: to.rawValue, from)
    }

    @inlinable
    public mutating func sse(
        _ op: VectorOperation, _ to: VectorRegister, _ from: VectorRegister, immediate: UInt8
    ) {
        assert(!op.has(.vexOnly) && !op.has(.stores))
        emit(op.code, op.size, reg: to.rawValue, rm: from.rawValue)
        appendImmediate8(immediate)
    }

    @inlinable
    public mutating func sse(_ op: VectorOperation, _ to: VectorRegister, _ from: MemoryOperand, immediate: UInt8) {
        assert(!op.has(.vexOnly) && !op.has(.stores))
        emit(op.code, op.size, reg: to.rawValue, from, trailing: 1)
        appendImmediate8(immediate)
    }

    /// A shift by a constant: `psllw`, …, `psrldq`.
    @inlinable public mutating func sse(_ op: VectorOperation, _ to: VectorRegister, immediate: UInt8) {
        let (code, digit) = op.immediateShift
        emit(code, .dword, reg: digit, rm: to.rawValue)
        appendImmediate8(immediate)
    }

    // Stores: the moves under their own names, and operations that only store.

    @inlinable public mutating func sseStore(_ op: VectorOperation, _ to: MemoryOperand, _ from: VectorRegister) {
        assert(!op.has(.vexOnly) && op.canStore)
        let store = op.stored
        emit(store.code, store.size, reg: from.rawValue, to)
    }

    @inlinable
    public mutating func sseStore(
        _ op: VectorOperation, _ to: MemoryOperand, _ from: VectorRegister, immediate: UInt8
    ) {
        assert(!op.has(.vexOnly) && op.canStore)
        let store = op.stored
        emit(store.code, store.size, reg: from.rawValue, to, trailing: 1)
        appendImmediate8(immediate)
    }

    // General registers: conversions, movd and movq, movmsk…, pextr…, pinsr…. The size is that of the general operand.

    /// To a general register. `movq` means `movd` of 64 bits.
    @inlinable
    public mutating func sse(
        _ op: VectorOperation, _ to: GeneralRegister, _ from: VectorRegister, _ size: OperandSize
    ) {
        if op == .movq { return sse(.movd, to, from, .qword) }
        let size = op.has(.wide64) ? .qword : size
        if op.storesToGeneral {
            emit(op.stored.code, size, reg: from.rawValue, rm: to.rawValue)
        } else {
            emit(op.code, size, reg: to.rawValue, rm: from.rawValue)
        }
    }

    /// To a general register: conversions.
    @inlinable
    public mutating func sse(
        _ op: VectorOperation, _ to: GeneralRegister, _ from: MemoryOperand, _ size: OperandSize
    ) {
        emit(op.code, op.has(.wide64) ? .qword : size, reg: to.rawValue, from)
    }

    /// To a general register: `pextr…`, `extractps`.
    @inlinable
    public mutating func sse(
        _ op: VectorOperation, _ to: GeneralRegister, _ from: VectorRegister, _ size: OperandSize = .dword,
        immediate: UInt8
    ) {
        sse(op, to, from, size)
        appendImmediate8(immediate)
    }

    /// From a general register. `movq` means `movd` of 64 bits.
    @inlinable
    public mutating func sse(
        _ op: VectorOperation, _ to: VectorRegister, _ from: GeneralRegister, _ size: OperandSize
    ) {
        if op == .movq { return sse(.movd, to, from, .qword) }
        emit(op.code, op.has(.wide64) ? .qword : size, reg: to.rawValue, rm: from.rawValue)
    }

    /// From an integer in memory.
    @inlinable
    public mutating func sse(
        _ op: VectorOperation, _ to: VectorRegister, _ from: MemoryOperand, _ size: OperandSize
    ) {
        if op == .movq { return sse(.movd, to, from, .qword) }
        emit(op.code, op.has(.wide64) ? .qword : size, reg: to.rawValue, from)
    }

    /// From a general register: `pinsr…`.
    @inlinable
    public mutating func sse(
        _ op: VectorOperation, _ to: VectorRegister, _ from: GeneralRegister, _ size: OperandSize = .dword,
        immediate: UInt8
    ) {
        emit(op.code, op.has(.wide64) ? .qword : size, reg: to.rawValue, rm: from.rawValue)
        appendImmediate8(immediate)
    }

    // The control and status register: rounding mode, exception masks and flags

    @inlinable public mutating func ldmxcsr(_ from: MemoryOperand) { emit(.escaped(0xAE), .dword, reg: 2, from) }
    @inlinable public mutating func stmxcsr(_ to: MemoryOperand) { emit(.escaped(0xAE), .dword, reg: 3, to) }

    // Everyday moves

    @inlinable public mutating func movaps(_ to: VectorRegister, _ from: VectorRegister) { sse(.movaps, to, from) }
    @inlinable public mutating func movaps(_ to: VectorRegister, _ from: MemoryOperand) { sse(.movaps, to, from) }
    @inlinable public mutating func movaps(_ to: MemoryOperand, _ from: VectorRegister) { sseStore(.movaps, to, from) }
    @inlinable public mutating func movups(_ to: VectorRegister, _ from: MemoryOperand) { sse(.movups, to, from) }
    @inlinable public mutating func movups(_ to: MemoryOperand, _ from: VectorRegister) { sseStore(.movups, to, from) }
    /// Loads 4 bytes; the rest becomes zero.
    @inlinable public mutating func movss(_ to: VectorRegister, _ from: MemoryOperand) { sse(.movss, to, from) }
    @inlinable public mutating func movss(_ to: MemoryOperand, _ from: VectorRegister) { sseStore(.movss, to, from) }
    /// Loads 8 bytes; the rest becomes zero.
    @inlinable public mutating func movsd(_ to: VectorRegister, _ from: MemoryOperand) { sse(.movsd, to, from) }
    @inlinable public mutating func movsd(_ to: MemoryOperand, _ from: VectorRegister) { sseStore(.movsd, to, from) }
    /// The low 32 bits; the rest of the destination becomes zero.
    @inlinable public mutating func movd(_ to: VectorRegister, _ from: GeneralRegister) { sse(.movd, to, from, .dword) }
    @inlinable public mutating func movd(_ to: GeneralRegister, _ from: VectorRegister) { sse(.movd, to, from, .dword) }
    /// The low 64 bits; the rest of the destination becomes zero.
    @inlinable public mutating func movq(_ to: VectorRegister, _ from: GeneralRegister) { sse(.movd, to, from, .qword) }
    @inlinable public mutating func movq(_ to: GeneralRegister, _ from: VectorRegister) { sse(.movd, to, from, .qword) }

    /// Rounds (SSE4.1). Mode: 0 nearest even, 1 down, 2 up, 3 towards zero; plus 8: no inexact exception.
    @inlinable public mutating func roundss(_ to: VectorRegister, _ from: VectorRegister, _ mode: UInt8) {
        sse(.roundss, to, from, immediate: mode)
    }

    @inlinable public mutating func roundss(_ to: VectorRegister, _ from: MemoryOperand, _ mode: UInt8) {
        sse(.roundss, to, from, immediate: mode)
    }

    @inlinable public mutating func roundsd(_ to: VectorRegister, _ from: VectorRegister, _ mode: UInt8) {
        sse(.roundsd, to, from, immediate: mode)
    }

    @inlinable public mutating func roundsd(_ to: VectorRegister, _ from: MemoryOperand, _ mode: UInt8) {
        sse(.roundsd, to, from, immediate: mode)
    }

    /// Sets all bits of a vector register to zero.
    @inlinable public mutating func zero(_ register: VectorRegister) { sse(.xorps, register, register) }
}
