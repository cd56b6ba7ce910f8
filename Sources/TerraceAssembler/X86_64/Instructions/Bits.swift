// Shifts, rotations, bit counts, bit tests, and the VEX-encoded bit manipulation of BMI1 and BMI2.

extension Assembler {
    // Shifts and rotations

    @inlinable
    public mutating func shift(
        _ operation: ShiftOperation, _ size: OperandSize, _ operand: GeneralRegister, immediate: UInt8
    ) {
        if immediate == 1 {
            emit(.sized(0xD0, size), size, digit: operation.rawValue, rm: operand)
        } else {
            emit(.sized(0xC0, size), size, digit: operation.rawValue, rm: operand)
            appendImmediate8(immediate)
        }
    }

    @inlinable
    public mutating func shift(
        _ operation: ShiftOperation, _ size: OperandSize, _ operand: MemoryOperand, immediate: UInt8
    ) {
        if immediate == 1 {
            emit(.sized(0xD0, size), size, reg: operation.rawValue, operand)
        } else {
            emit(.sized(0xC0, size), size, reg: operation.rawValue, operand, trailing: 1)
            appendImmediate8(immediate)
        }
    }

    @inlinable
    public mutating func shiftByCL(_ operation: ShiftOperation, _ size: OperandSize, _ operand: GeneralRegister) {
        emit(.sized(0xD2, size), size, digit: operation.rawValue, rm: operand)
    }

    @inlinable
    public mutating func shiftByCL(_ operation: ShiftOperation, _ size: OperandSize, _ operand: MemoryOperand) {
        emit(.sized(0xD2, size), size, reg: operation.rawValue, operand)
    }

    /// Shifts left, bits of `from` coming in at the bottom.
    @inlinable
    public mutating func shld(
        _ size: OperandSize, _ to: GeneralRegister, _ from: GeneralRegister, immediate: UInt8
    ) {
        emit(.escaped(0xA4), size, reg: from, rm: to)
        appendImmediate8(immediate)
    }

    /// Shifts right, bits of `from` coming in at the top.
    @inlinable
    public mutating func shrd(
        _ size: OperandSize, _ to: GeneralRegister, _ from: GeneralRegister, immediate: UInt8
    ) {
        emit(.escaped(0xAC), size, reg: from, rm: to)
        appendImmediate8(immediate)
    }

    @inlinable public mutating func shldByCL(_ size: OperandSize, _ to: GeneralRegister, _ from: GeneralRegister) {
        emit(.escaped(0xA5), size, reg: from, rm: to)
    }

    @inlinable public mutating func shrdByCL(_ size: OperandSize, _ to: GeneralRegister, _ from: GeneralRegister) {
        emit(.escaped(0xAD), size, reg: from, rm: to)
    }

    // Counts. bsf and bsr leave the destination undefined for 0; lzcnt, tzcnt and popcnt need their CPU features.

    @inlinable public mutating func bsf(_ size: OperandSize, _ to: GeneralRegister, _ from: GeneralRegister) {
        emit(.escaped(0xBC), size, reg: to, rm: from)
    }

    @inlinable public mutating func bsf(_ size: OperandSize, _ to: GeneralRegister, _ from: MemoryOperand) {
        emit(.escaped(0xBC), size, reg: to, from)
    }

    @inlinable public mutating func bsr(_ size: OperandSize, _ to: GeneralRegister, _ from: GeneralRegister) {
        emit(.escaped(0xBD), size, reg: to, rm: from)
    }

    @inlinable public mutating func bsr(_ size: OperandSize, _ to: GeneralRegister, _ from: MemoryOperand) {
        emit(.escaped(0xBD), size, reg: to, from)
    }

    @inlinable public mutating func lzcnt(_ size: OperandSize, _ to: GeneralRegister, _ from: GeneralRegister) {
        emit(.escaped(0xBD, prefix: .pF3), size, reg: to, rm: from)
    }

    @inlinable public mutating func lzcnt(_ size: OperandSize, _ to: GeneralRegister, _ from: MemoryOperand) {
        emit(.escaped(0xBD, prefix: .pF3), size, reg: to, from)
    }

    @inlinable public mutating func tzcnt(_ size: OperandSize, _ to: GeneralRegister, _ from: GeneralRegister) {
        emit(.escaped(0xBC, prefix: .pF3), size, reg: to, rm: from)
    }

    @inlinable public mutating func tzcnt(_ size: OperandSize, _ to: GeneralRegister, _ from: MemoryOperand) {
        emit(.escaped(0xBC, prefix: .pF3), size, reg: to, from)
    }

    @inlinable public mutating func popcnt(_ size: OperandSize, _ to: GeneralRegister, _ from: GeneralRegister) {
        emit(.escaped(0xB8, prefix: .pF3), size, reg: to, rm: from)
    }

    @inlinable public mutating func popcnt(_ size: OperandSize, _ to: GeneralRegister, _ from: MemoryOperand) {
        emit(.escaped(0xB8, prefix: .pF3), size, reg: to, from)
    }

    // Single bits

    /// Copies bit `immediate` into the carry flag.
    @inlinable public mutating func bt(_ size: OperandSize, _ operand: GeneralRegister, _ immediate: UInt8) {
        bitTest(.test, size, operand, immediate: immediate)
    }

    @inlinable public mutating func bt(_ size: OperandSize, _ operand: MemoryOperand, _ immediate: UInt8) {
        bitTest(.test, size, operand, immediate: immediate)
    }

    /// Copies the bit that `index` names (modulo the size) into the carry flag.
    @inlinable public mutating func bt(_ size: OperandSize, _ operand: GeneralRegister, _ index: GeneralRegister) {
        bitTest(.test, size, operand, index)
    }

    /// Copies a bit into the carry flag, then sets, resets or complements it, or leaves it.
    @inlinable
    public mutating func bitTest(
        _ operation: BitTestOperation, _ size: OperandSize, _ operand: GeneralRegister, immediate: UInt8
    ) {
        emit(.escaped(0xBA), size, digit: operation.rawValue, rm: operand)
        appendImmediate8(immediate)
    }

    @inlinable
    public mutating func bitTest(
        _ operation: BitTestOperation, _ size: OperandSize, _ operand: MemoryOperand, immediate: UInt8
    ) {
        emit(.escaped(0xBA), size, reg: operation.rawValue, operand, trailing: 1)
        appendImmediate8(immediate)
    }

    @inlinable
    public mutating func bitTest(
        _ operation: BitTestOperation, _ size: OperandSize, _ operand: GeneralRegister, _ index: GeneralRegister
    ) {
        emit(.escaped(0x83 | operation.rawValue &<< 3), size, reg: index, rm: operand)
    }

    // BMI. Sizes are `dword` and `qword`.

    /// `to = source << count` without flags (BMI2).
    @inlinable
    public mutating func shlx(
        _ size: OperandSize, _ to: GeneralRegister, _ source: GeneralRegister, _ count: GeneralRegister
    ) {
        emitVEX(.init(0xF7, prefix: .p66, map: .escape0F38), size, reg: to, vvvv: count, rm: source)
    }

    @inlinable
    public mutating func shlx(
        _ size: OperandSize, _ to: GeneralRegister, _ source: MemoryOperand, _ count: GeneralRegister
    ) {
        emitVEX(.init(0xF7, prefix: .p66, map: .escape0F38), size, reg: to, vvvv: count, source)
    }

    /// `to = source >> count`, unsigned, without flags (BMI2).
    @inlinable
    public mutating func shrx(
        _ size: OperandSize, _ to: GeneralRegister, _ source: GeneralRegister, _ count: GeneralRegister
    ) {
        emitVEX(.init(0xF7, prefix: .pF2, map: .escape0F38), size, reg: to, vvvv: count, rm: source)
    }

    @inlinable
    public mutating func shrx(
        _ size: OperandSize, _ to: GeneralRegister, _ source: MemoryOperand, _ count: GeneralRegister
    ) {
        emitVEX(.init(0xF7, prefix: .pF2, map: .escape0F38), size, reg: to, vvvv: count, source)
    }

    /// `to = source >> count`, signed, without flags (BMI2).
    @inlinable
    public mutating func sarx(
        _ size: OperandSize, _ to: GeneralRegister, _ source: GeneralRegister, _ count: GeneralRegister
    ) {
        emitVEX(.init(0xF7, prefix: .pF3, map: .escape0F38), size, reg: to, vvvv: count, rm: source)
    }

    @inlinable
    public mutating func sarx(
        _ size: OperandSize, _ to: GeneralRegister, _ source: MemoryOperand, _ count: GeneralRegister
    ) {
        emitVEX(.init(0xF7, prefix: .pF3, map: .escape0F38), size, reg: to, vvvv: count, source)
    }

    /// `to = source` rotated right, without flags (BMI2).
    @inlinable
    public mutating func rorx(
        _ size: OperandSize, _ to: GeneralRegister, _ source: GeneralRegister, _ count: UInt8
    ) {
        emitVEX(.init(0xF0, prefix: .pF2, map: .escape0F3A), size, reg: to, vvvv: .rax, rm: source)
        appendImmediate8(count)
    }

    @inlinable
    public mutating func rorx(_ size: OperandSize, _ to: GeneralRegister, _ source: MemoryOperand, _ count: UInt8) {
        emitVEX(.init(0xF0, prefix: .pF2, map: .escape0F3A), size, reg: to, vvvv: .rax, source, trailing: 1)
        appendImmediate8(count)
    }

    /// `to = ~a & b` (BMI1).
    @inlinable
    public mutating func andn(
        _ size: OperandSize, _ to: GeneralRegister, _ a: GeneralRegister, _ b: GeneralRegister
    ) {
        emitVEX(.init(0xF2, map: .escape0F38), size, reg: to, vvvv: a, rm: b)
    }

    @inlinable
    public mutating func andn(_ size: OperandSize, _ to: GeneralRegister, _ a: GeneralRegister, _ b: MemoryOperand) {
        emitVEX(.init(0xF2, map: .escape0F38), size, reg: to, vvvv: a, b)
    }

    /// Unsigned `high:low = rdx * operand` without flags (BMI2).
    @inlinable
    public mutating func mulx(
        _ size: OperandSize, _ high: GeneralRegister, _ low: GeneralRegister, _ by: GeneralRegister
    ) {
        emitVEX(.init(0xF6, prefix: .pF2, map: .escape0F38), size, reg: high, vvvv: low, rm: by)
    }

    @inlinable
    public mutating func mulx(
        _ size: OperandSize, _ high: GeneralRegister, _ low: GeneralRegister, _ by: MemoryOperand
    ) {
        emitVEX(.init(0xF6, prefix: .pF2, map: .escape0F38), size, reg: high, vvvv: low, by)
    }

    /// Extracts the field whose start and length are the low bytes of `control` (BMI1).
    @inlinable
    public mutating func bextr(
        _ size: OperandSize, _ to: GeneralRegister, _ source: GeneralRegister, _ control: GeneralRegister
    ) {
        emitVEX(.init(0xF7, map: .escape0F38), size, reg: to, vvvv: control, rm: source)
    }

    @inlinable
    public mutating func bextr(
        _ size: OperandSize, _ to: GeneralRegister, _ source: MemoryOperand, _ control: GeneralRegister
    ) {
        emitVEX(.init(0xF7, map: .escape0F38), size, reg: to, vvvv: control, source)
    }

    /// Clears the bits from position `index` on (BMI2).
    @inlinable
    public mutating func bzhi(
        _ size: OperandSize, _ to: GeneralRegister, _ source: GeneralRegister, _ index: GeneralRegister
    ) {
        emitVEX(.init(0xF5, map: .escape0F38), size, reg: to, vvvv: index, rm: source)
    }

    /// Scatters the low bits of `source` to where `mask` is set (BMI2).
    @inlinable
    public mutating func pdep(
        _ size: OperandSize, _ to: GeneralRegister, _ source: GeneralRegister, _ mask: GeneralRegister
    ) {
        emitVEX(.init(0xF5, prefix: .pF2, map: .escape0F38), size, reg: to, vvvv: source, rm: mask)
    }

    /// Gathers the bits of `source` at which `mask` is set (BMI2).
    @inlinable
    public mutating func pext(
        _ size: OperandSize, _ to: GeneralRegister, _ source: GeneralRegister, _ mask: GeneralRegister
    ) {
        emitVEX(.init(0xF5, prefix: .pF3, map: .escape0F38), size, reg: to, vvvv: source, rm: mask)
    }

    /// Clears the lowest set bit (BMI1).
    @inlinable public mutating func blsr(_ size: OperandSize, _ to: GeneralRegister, _ source: GeneralRegister) {
        emitVEX(.init(0xF3, map: .escape0F38), size, reg: 1, vvvv: to, rm: source)
    }

    /// Keeps everything up to the lowest set bit (BMI1).
    @inlinable public mutating func blsmsk(_ size: OperandSize, _ to: GeneralRegister, _ source: GeneralRegister) {
        emitVEX(.init(0xF3, map: .escape0F38), size, reg: 2, vvvv: to, rm: source)
    }

    /// Keeps only the lowest set bit (BMI1).
    @inlinable public mutating func blsi(_ size: OperandSize, _ to: GeneralRegister, _ source: GeneralRegister) {
        emitVEX(.init(0xF3, map: .escape0F38), size, reg: 3, vvvv: to, rm: source)
    }

    // Checksums (SSE4.2)

    /// Adds `size` bits of `from` to the CRC-32C in the low half of `to`.
    @inlinable public mutating func crc32(_ size: OperandSize, _ to: GeneralRegister, _ from: GeneralRegister) {
        emit(
            .init(size == .byte ? 0xF0 : 0xF1, prefix: .pF2, map: .escape0F38), size, reg: to.rawValue,
            rm: from.rawValue, forceREX: size == .byte && from.rawValue >= 4)
    }
}
