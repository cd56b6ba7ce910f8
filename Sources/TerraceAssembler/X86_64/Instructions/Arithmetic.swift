// Integer arithmetic and comparisons.

extension Assembler {
    // The eight operations

    @inlinable
    public mutating func alu(
        _ operation: ArithmeticOperation, _ size: OperandSize, _ to: GeneralRegister, _ from: GeneralRegister
    ) {
        emit(.sized(operation.rawValue &<< 3, size), size, reg: from, rm: to)
    }

    @inlinable
    public mutating func alu(
        _ operation: ArithmeticOperation, _ size: OperandSize, _ to: GeneralRegister, _ from: MemoryOperand
    ) {
        emit(.sized(operation.rawValue &<< 3 | 2, size), size, reg: to, from)
    }

    @inlinable
    public mutating func alu(
        _ operation: ArithmeticOperation, _ size: OperandSize, _ to: MemoryOperand, _ from: GeneralRegister
    ) {
        emit(.sized(operation.rawValue &<< 3, size), size, reg: from, to)
    }

    /// The immediate is sign-extended to 64 bits if the size is `qword`, and cut to the size if that is smaller.
    @inlinable
    public mutating func alu(
        _ operation: ArithmeticOperation, _ size: OperandSize, _ to: GeneralRegister, immediate: Int32
    ) {
        if size == .byte {
            if to == .rax {
                reserve()
                appendImmediate8(operation.rawValue &<< 3 | 4)
            } else {
                emit(.init(0x80), size, digit: operation.rawValue, rm: to)
            }
            appendImmediate8(UInt8(truncatingIfNeeded: immediate))
        } else if fitsByte(immediate, size) {
            emit(.init(0x83), size, digit: operation.rawValue, rm: to)
            appendImmediate8(UInt8(truncatingIfNeeded: immediate))
        } else {
            if to == .rax {
                reserve()
                emitOpcode(.init(operation.rawValue &<< 3 | 5), size, reg: 0, extensions: 0, forceREX: false)
            } else {
                emit(.init(0x81), size, digit: operation.rawValue, rm: to)
            }
            appendImmediate(immediate, size)
        }
    }

    /// The immediate is sign-extended to 64 bits if the size is `qword`, and cut to the size if that is smaller.
    @inlinable
    public mutating func alu(
        _ operation: ArithmeticOperation, _ size: OperandSize, _ to: MemoryOperand, immediate: Int32
    ) {
        if size == .byte || fitsByte(immediate, size) {
            emit(.init(size == .byte ? 0x80 : 0x83), size, reg: operation.rawValue, to, trailing: 1)
            appendImmediate8(UInt8(truncatingIfNeeded: immediate))
        } else {
            emit(.init(0x81), size, reg: operation.rawValue, to, trailing: Int32(immediateLength(size)))
            appendImmediate(immediate, size)
        }
    }

    /// Whether a sign-extended byte means the same to an instruction of this size.
    @inlinable @inline(__always) func fitsByte(_ immediate: Int32, _ size: OperandSize) -> Bool {
        let value = size == .word ? Int32(Int16(truncatingIfNeeded: immediate)) : immediate
        return value == Int32(Int8(truncatingIfNeeded: value))
    }

    /// The immediate is a 32-bit number that the linker fills in. The size is `dword` or `qword`.
    @inlinable
    public mutating func alu(
        _ operation: ArithmeticOperation, _ size: OperandSize, _ to: GeneralRegister, relocated kind: RelocationKind,
        _ payload: UInt32
    ) {
        emit(.init(0x81), size, digit: operation.rawValue, rm: to)
        appendImmediate(0, .dword)
        addRelocation(kind, payload, at: offset &- 4)
    }

    /// The immediate is a 32-bit number that the linker fills in. The size is `dword` or `qword`.
    @inlinable
    public mutating func alu(
        _ operation: ArithmeticOperation, _ size: OperandSize, _ to: MemoryOperand, relocated kind: RelocationKind,
        _ payload: UInt32
    ) {
        emit(.init(0x81), size, reg: operation.rawValue, to, trailing: 4)
        appendImmediate(0, .dword)
        addRelocation(kind, payload, at: offset &- 4)
    }

    // Test

    @inlinable public mutating func test(_ size: OperandSize, _ a: GeneralRegister, _ b: GeneralRegister) {
        emit(.sized(0x84, size), size, reg: b, rm: a)
    }

    @inlinable public mutating func test(_ size: OperandSize, _ a: MemoryOperand, _ b: GeneralRegister) {
        emit(.sized(0x84, size), size, reg: b, a)
    }

    @inlinable public mutating func test(_ size: OperandSize, _ a: GeneralRegister, immediate: Int32) {
        if a == .rax {
            reserve()
            emitOpcode(.sized(0xA8, size), size, reg: 0, extensions: 0, forceREX: false)
        } else {
            emit(.sized(0xF6, size), size, digit: 0, rm: a)
        }
        appendImmediate(immediate, size)
    }

    @inlinable public mutating func test(_ size: OperandSize, _ a: MemoryOperand, immediate: Int32) {
        emit(.sized(0xF6, size), size, reg: 0, a, trailing: Int32(immediateLength(size)))
        appendImmediate(immediate, size)
    }

    // Multiplication and division. The one-operand forms use rdx:rax; sizes of imul are not `byte`.

    @inlinable public mutating func imul(_ size: OperandSize, _ to: GeneralRegister, _ by: GeneralRegister) {
        emit(.escaped(0xAF), size, reg: to, rm: by)
    }

    @inlinable public mutating func imul(_ size: OperandSize, _ to: GeneralRegister, _ by: MemoryOperand) {
        emit(.escaped(0xAF), size, reg: to, by)
    }

    @inlinable
    public mutating func imul(
        _ size: OperandSize, _ to: GeneralRegister, _ a: GeneralRegister, immediate: Int32
    ) {
        if fitsByte(immediate, size) {
            emit(.init(0x6B), size, reg: to, rm: a)
            appendImmediate8(UInt8(truncatingIfNeeded: immediate))
        } else {
            emit(.init(0x69), size, reg: to, rm: a)
            appendImmediate(immediate, size)
        }
    }

    @inlinable
    public mutating func imul(
        _ size: OperandSize, _ to: GeneralRegister, _ a: MemoryOperand, immediate: Int32
    ) {
        if fitsByte(immediate, size) {
            emit(.init(0x6B), size, reg: to, a, trailing: 1)
            appendImmediate8(UInt8(truncatingIfNeeded: immediate))
        } else {
            emit(.init(0x69), size, reg: to, a, trailing: Int32(immediateLength(size)))
            appendImmediate(immediate, size)
        }
    }

    /// Unsigned `rdx:rax = rax * operand`.
    @inlinable public mutating func mul(_ size: OperandSize, _ by: GeneralRegister) { unary(4, size, by) }
    @inlinable public mutating func mul(_ size: OperandSize, _ by: MemoryOperand) { unary(4, size, by) }
    /// Signed `rdx:rax = rax * operand`.
    @inlinable public mutating func imulWide(_ size: OperandSize, _ by: GeneralRegister) { unary(5, size, by) }
    @inlinable public mutating func imulWide(_ size: OperandSize, _ by: MemoryOperand) { unary(5, size, by) }
    /// Unsigned division of `rdx:rax`: quotient in rax, remainder in rdx.
    @inlinable public mutating func div(_ size: OperandSize, _ by: GeneralRegister) { unary(6, size, by) }
    @inlinable public mutating func div(_ size: OperandSize, _ by: MemoryOperand) { unary(6, size, by) }
    /// Signed division of `rdx:rax`: quotient in rax, remainder in rdx.
    @inlinable public mutating func idiv(_ size: OperandSize, _ by: GeneralRegister) { unary(7, size, by) }
    @inlinable public mutating func idiv(_ size: OperandSize, _ by: MemoryOperand) { unary(7, size, by) }

    // One operand

    @inlinable public mutating func neg(_ size: OperandSize, _ operand: GeneralRegister) { unary(3, size, operand) }
    @inlinable public mutating func neg(_ size: OperandSize, _ operand: MemoryOperand) { unary(3, size, operand) }
    @inlinable public mutating func not(_ size: OperandSize, _ operand: GeneralRegister) { unary(2, size, operand) }
    @inlinable public mutating func not(_ size: OperandSize, _ operand: MemoryOperand) { unary(2, size, operand) }

    /// The instructions F6 and F7, told apart by a digit.
    @inlinable @inline(__always)
    mutating func unary(_ digit: UInt8, _ size: OperandSize, _ operand: GeneralRegister) {
        emit(.sized(0xF6, size), size, digit: digit, rm: operand)
    }

    @inlinable @inline(__always)
    mutating func unary(_ digit: UInt8, _ size: OperandSize, _ operand: MemoryOperand) {
        emit(.sized(0xF6, size), size, reg: digit, operand)
    }

    @inlinable public mutating func inc(_ size: OperandSize, _ operand: GeneralRegister) {
        emit(.sized(0xFE, size), size, digit: 0, rm: operand)
    }

    @inlinable public mutating func inc(_ size: OperandSize, _ operand: MemoryOperand) {
        emit(.sized(0xFE, size), size, reg: 0, operand)
    }

    @inlinable public mutating func dec(_ size: OperandSize, _ operand: GeneralRegister) {
        emit(.sized(0xFE, size), size, digit: 1, rm: operand)
    }

    @inlinable public mutating func dec(_ size: OperandSize, _ operand: MemoryOperand) {
        emit(.sized(0xFE, size), size, reg: 1, operand)
    }

    /// Sign-extends eax into edx:eax.
    @inlinable public mutating func cdq() { emit8(0x99) }

    /// Sign-extends rax into rdx:rax.
    @inlinable public mutating func cqo() {
        emit8(0x48)
        emit8(0x99)
    }

    // Conditions

    @inlinable
    public mutating func cmov(
        _ condition: Condition, _ size: OperandSize, _ to: GeneralRegister, _ from: GeneralRegister
    ) {
        emit(.escaped(0x40 | condition.rawValue), size, reg: to, rm: from)
    }

    @inlinable
    public mutating func cmov(
        _ condition: Condition, _ size: OperandSize, _ to: GeneralRegister, _ from: MemoryOperand
    ) {
        emit(.escaped(0x40 | condition.rawValue), size, reg: to, from)
    }

    /// Sets a byte register to 0 or 1; its upper bits stay.
    @inlinable public mutating func setcc(_ condition: Condition, _ to: GeneralRegister) {
        emit(.escaped(0x90 | condition.rawValue), .byte, digit: 0, rm: to)
    }

    @inlinable public mutating func setcc(_ condition: Condition, _ to: MemoryOperand) {
        emit(.escaped(0x90 | condition.rawValue), .byte, reg: 0, to)
    }
}
