// Fences and locked read-modify-write instructions. (`xchg` with memory is atomic by itself.)

extension Assembler {
    @inlinable public mutating func mfence() {
        emitBytes3(0x0F, 0xAE, 0xF0)
    }

    @inlinable public mutating func lfence() {
        emitBytes3(0x0F, 0xAE, 0xE8)
    }

    @inlinable public mutating func sfence() {
        emitBytes3(0x0F, 0xAE, 0xF8)
    }

    @inlinable @inline(__always) mutating func emitBytes3(_ a: UInt32, _ b: UInt32, _ c: UInt32) {
        reserve()
        cursor.storeBytes(of: a | b &<< 8 | c &<< 16, as: UInt32.self)
        cursor += 3
    }

    /// Emits the lock prefix and leaves room for the instruction behind it.
    @inlinable @inline(__always) mutating func lock() { emit8(0xF0) }

    @inlinable
    public mutating func lockAlu(
        _ operation: ArithmeticOperation, _ size: OperandSize, _ to: MemoryOperand, _ from: GeneralRegister
    ) {
        lock()
        alu(operation, size, to, from)
    }

    @inlinable
    public mutating func lockAlu(
        _ operation: ArithmeticOperation, _ size: OperandSize, _ to: MemoryOperand, immediate: Int32
    ) {
        lock()
        alu(operation, size, to, immediate: immediate)
    }

    @inlinable public mutating func lockInc(_ size: OperandSize, _ operand: MemoryOperand) {
        lock()
        inc(size, operand)
    }

    @inlinable public mutating func lockDec(_ size: OperandSize, _ operand: MemoryOperand) {
        lock()
        dec(size, operand)
    }

    @inlinable public mutating func lockNot(_ size: OperandSize, _ operand: MemoryOperand) {
        lock()
        not(size, operand)
    }

    @inlinable public mutating func lockNeg(_ size: OperandSize, _ operand: MemoryOperand) {
        lock()
        neg(size, operand)
    }

    /// Adds the register to memory and puts the old value into the register.
    @inlinable public mutating func lockXadd(_ size: OperandSize, _ to: MemoryOperand, _ from: GeneralRegister) {
        lock()
        emit(.sized(0xC0, size, map: .escape0F), size, reg: from, to)
    }

    /// If memory equals rax, stores the register there; otherwise loads it into rax. ZF tells which.
    @inlinable public mutating func lockCmpxchg(_ size: OperandSize, _ to: MemoryOperand, _ from: GeneralRegister) {
        lock()
        emit(.sized(0xB0, size, map: .escape0F), size, reg: from, to)
    }

    /// As ``lockCmpxchg(_:_:_:)`` for 16 bytes: rdx:rax against memory, rcx:rbx goes in. Needs 16-byte alignment.
    @inlinable public mutating func lockCmpxchg16b(_ to: MemoryOperand) {
        lock()
        emit(.escaped(0xC7), .qword, reg: 1, to)
    }
}
