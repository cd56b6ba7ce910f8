// Moves, extensions, addresses, the stack.

extension Assembler {
    // Moves

    @inlinable public mutating func mov(_ size: OperandSize, _ to: GeneralRegister, _ from: GeneralRegister) {
        emit(.sized(0x88, size), size, reg: from, rm: to)
    }

    @inlinable public mutating func mov(_ size: OperandSize, _ to: GeneralRegister, _ from: MemoryOperand) {
        emit(.sized(0x8A, size), size, reg: to, from)
    }

    @inlinable public mutating func mov(_ size: OperandSize, _ to: MemoryOperand, _ from: GeneralRegister) {
        emit(.sized(0x88, size), size, reg: from, to)
    }

    /// Sets all 64 bits in the shortest way that leaves the flags alone; see ``zero(_:)`` for the one that does not.
    @inlinable public mutating func movImmediate(_ to: GeneralRegister, _ value: UInt64) {
        reserve()
        let low = to.rawValue & 7
        let high = to.rawValue &>> 3
        if value <= UInt64(UInt32.max) {
            cursor.storeBytes(of: 0x41, as: UInt8.self)
            cursor += Int(high)
            cursor.storeBytes(of: 0xB8 | low, as: UInt8.self)
            (cursor + 1).storeBytes(of: UInt32(truncatingIfNeeded: value), as: UInt32.self)
            cursor += 5
        } else if Int64(bitPattern: value) == Int64(Int32(truncatingIfNeeded: value)) {
            cursor.storeBytes(of: 0x48 | high, as: UInt8.self)
            (cursor + 1).storeBytes(of: 0xC7, as: UInt8.self)
            (cursor + 2).storeBytes(of: 0xC0 | low, as: UInt8.self)
            (cursor + 3).storeBytes(of: UInt32(truncatingIfNeeded: value), as: UInt32.self)
            cursor += 7
        } else {
            cursor.storeBytes(of: 0x48 | high, as: UInt8.self)
            (cursor + 1).storeBytes(of: 0xB8 | low, as: UInt8.self)
            (cursor + 2).storeBytes(of: value, as: UInt64.self)
            cursor += 10
        }
    }

    /// Stores an immediate, sign-extended to 64 bits if the size is `qword`.
    @inlinable public mutating func movImmediate(_ size: OperandSize, _ to: MemoryOperand, _ value: Int32) {
        emit(.sized(0xC6, size), size, reg: 0, to, trailing: Int32(immediateLength(size)))
        appendImmediate(value, size)
    }

    /// Sets a register to a 32-bit number, zero-extended, that the linker fills in.
    @inlinable public mutating func movImmediate(
        _ to: GeneralRegister, relocated kind: RelocationKind, _ payload: UInt32, addend: Int32 = 0
    ) {
        reserve()
        cursor.storeBytes(of: 0x41, as: UInt8.self)
        cursor += Int(to.rawValue &>> 3)
        cursor.storeBytes(of: 0xB8 | to.rawValue & 7, as: UInt8.self)
        (cursor + 1).storeBytes(of: 0, as: UInt32.self)
        cursor += 5
        addRelocation(kind, payload, at: offset &- 4, addend: addend)
    }

    /// Sets a register to a 64-bit number that the linker fills in.
    @inlinable public mutating func movImmediate64(
        _ to: GeneralRegister, relocated kind: RelocationKind, _ payload: UInt32, addend: Int32 = 0
    ) {
        reserve()
        cursor.storeBytes(of: 0x48 | to.rawValue &>> 3, as: UInt8.self)
        (cursor + 1).storeBytes(of: 0xB8 | to.rawValue & 7, as: UInt8.self)
        (cursor + 2).storeBytes(of: 0, as: UInt64.self)
        cursor += 10
        addRelocation(kind, payload, at: offset &- 8, addend: addend)
    }

    /// Sets all 64 bits to zero with the shortest instruction. Changes the flags.
    @inlinable public mutating func zero(_ register: GeneralRegister) {
        emit(.init(0x31), .dword, reg: register, rm: register)
    }

    // Extensions

    /// Zero-extends a byte or word to 64 bits.
    @inlinable public mutating func movzx(from: OperandSize, _ to: GeneralRegister, _ source: GeneralRegister) {
        assert(from == .byte || from == .word)
        let forceREX = from == .byte && source.rawValue >= 4
        emit(.sized(0xB6, from, map: .escape0F), .dword, reg: to.rawValue, rm: source.rawValue, forceREX: forceREX)
    }

    /// Loads a byte or word and zero-extends it to 64 bits.
    @inlinable public mutating func movzx(from: OperandSize, _ to: GeneralRegister, _ source: MemoryOperand) {
        assert(from == .byte || from == .word)
        emit(.sized(0xB6, from, map: .escape0F), .dword, reg: to, source)
    }

    /// Sign-extends to 32 bits (and zero-extends that to 64) or to 64.
    @inlinable public mutating func movsx(
        from: OperandSize, to size: OperandSize, _ to: GeneralRegister, _ source: GeneralRegister
    ) {
        assert(from.rawValue < size.rawValue)
        let forceREX = from == .byte && source.rawValue >= 4
        emit(signExtension(from), size, reg: to.rawValue, rm: source.rawValue, forceREX: forceREX)
    }

    /// Loads and sign-extends to 32 bits (and zero-extends that to 64) or to 64.
    @inlinable public mutating func movsx(
        from: OperandSize, to size: OperandSize, _ to: GeneralRegister, _ source: MemoryOperand
    ) {
        assert(from.rawValue < size.rawValue)
        emit(signExtension(from), size, reg: to, source)
    }

    @inlinable @inline(__always) func signExtension(_ from: OperandSize) -> InstructionCode {
        from == .dword ? .init(0x63) : .sized(0xBE, from, map: .escape0F)
    }

    // Addresses

    @inlinable public mutating func lea(_ size: OperandSize, _ to: GeneralRegister, _ address: MemoryOperand) {
        emit(.init(0x8D), size, reg: to, address)
    }

    // Exchange and byte order

    @inlinable public mutating func xchg(_ size: OperandSize, _ a: GeneralRegister, _ b: GeneralRegister) {
        emit(.sized(0x86, size), size, reg: a, rm: b)
    }

    /// Atomic, as always with memory.
    @inlinable public mutating func xchg(_ size: OperandSize, _ a: MemoryOperand, _ b: GeneralRegister) {
        emit(.sized(0x86, size), size, reg: b, a)
    }

    /// Reverses the bytes; the size is `dword` or `qword`.
    @inlinable public mutating func bswap(_ size: OperandSize, _ register: GeneralRegister) {
        reserve()
        emitOpcode(
            .escaped(0xC8 | register.rawValue & 7), size, reg: 0, extensions: register.rawValue &>> 3, forceREX: false)
    }

    /// Loads with the bytes reversed (needs MOVBE).
    @inlinable public mutating func movbe(_ size: OperandSize, _ to: GeneralRegister, _ from: MemoryOperand) {
        emit(.init(0xF0, map: .escape0F38), size, reg: to, from)
    }

    /// Stores with the bytes reversed (needs MOVBE).
    @inlinable public mutating func movbe(_ size: OperandSize, _ to: MemoryOperand, _ from: GeneralRegister) {
        emit(.init(0xF1, map: .escape0F38), size, reg: from, to)
    }

    // Stack

    @inlinable public mutating func push(_ register: GeneralRegister) {
        reserve()
        emitOpcode(
            .init(0x50 | register.rawValue & 7), .dword, reg: 0, extensions: register.rawValue &>> 3, forceREX: false)
    }

    @inlinable public mutating func push(_ memory: MemoryOperand) {
        emit(.init(0xFF), .dword, reg: 6, memory)
    }

    /// Pushes 8 bytes: the immediate, sign-extended.
    @inlinable public mutating func pushImmediate(_ value: Int32) {
        reserve()
        if value == Int32(Int8(truncatingIfNeeded: value)) {
            cursor.storeBytes(of: 0x6A, as: UInt8.self)
            (cursor + 1).storeBytes(of: UInt8(truncatingIfNeeded: value), as: UInt8.self)
            cursor += 2
        } else {
            cursor.storeBytes(of: 0x68, as: UInt8.self)
            (cursor + 1).storeBytes(of: value, as: Int32.self)
            cursor += 5
        }
    }

    @inlinable public mutating func pop(_ register: GeneralRegister) {
        reserve()
        emitOpcode(
            .init(0x58 | register.rawValue & 7), .dword, reg: 0, extensions: register.rawValue &>> 3, forceREX: false)
    }

    @inlinable public mutating func pop(_ memory: MemoryOperand) {
        emit(.init(0x8F), .dword, reg: 0, memory)
    }

    @inlinable public mutating func leave() { emit8(0xC9) }

    // String operations: rdi destination, rsi source, rcx count, al value.

    @inlinable public mutating func repMovsb() {
        emit8(0xF3)
        emit8(0xA4)
    }

    @inlinable public mutating func repStosb() {
        emit8(0xF3)
        emit8(0xAA)
    }
}
