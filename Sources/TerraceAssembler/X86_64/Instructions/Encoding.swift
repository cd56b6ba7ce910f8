// The encoders behind all integer instructions: operand-size and mandatory prefixes, REX, escape bytes, opcode, operand.
// With constant arguments, as nearly everywhere, what remains after inlining is a few stores.

/// What identifies an instruction apart from its operands and their size.
@frozen @usableFromInline struct InstructionCode: BitwiseCopyable {
    /// Bits 0–7 opcode, 8–9 mandatory prefix (none, 66, F3, F2), 10–11 map (one byte, 0F, 0F 38, 0F 3A).
    @usableFromInline var bits: UInt32

    @inlinable @inline(__always) init(_ opcode: UInt8, prefix: Prefix = .none, map: Map = .oneByte) {
        bits = UInt32(opcode) | prefix.rawValue &<< 8 | map.rawValue &<< 10
    }

    @inlinable var opcode: UInt32 { bits & 0xFF }
    @inlinable var prefix: UInt32 { (bits &>> 8) & 3 }
    @inlinable var map: UInt32 { (bits &>> 10) & 3 }

    /// `0F xx`
    @inlinable @inline(__always) static func escaped(_ opcode: UInt8, prefix: Prefix = .none) -> Self {
        Self(opcode, prefix: prefix, map: .escape0F)
    }

    /// The code of an instruction whose opcode's lowest bit says "not byte-sized".
    @inlinable @inline(__always) static func sized(_ opcode: UInt8, _ size: OperandSize, map: Map = .oneByte) -> Self {
        Self(opcode | (size == .byte ? 0 : 1), map: map)
    }
}

/// Mandatory prefixes; raw values are those of the VEX field `pp`.
@frozen @usableFromInline enum Prefix: UInt32 { case none, p66, pF3, pF2 }
/// Opcode maps; raw values are those of the VEX field `mmmmm`.
@frozen @usableFromInline enum Map: UInt32 { case oneByte, escape0F, escape0F38, escape0F3A }

extension Assembler {
    /// Emits everything in front of ModRM.
    ///
    /// - Parameters:
    ///   - reg: number of the register in ModRM's register field, or the digit that stands there.
    ///   - extensions: REX.B in bit 0 and REX.X in bit 1.
    ///   - forceREX: a byte register needs REX to mean spl, bpl, sil or dil.
    @inlinable @inline(__always) mutating func emitOpcode(
        _ code: InstructionCode, _ size: OperandSize, reg: UInt8, extensions: UInt8, forceREX: Bool
    ) {
        var p = cursor
        if size == .word {
            p.storeBytes(of: 0x66, as: UInt8.self)
            p += 1
        }
        if code.prefix != 0 {
            p.storeBytes(of: UInt8(truncatingIfNeeded: 0xF2F3_6600 &>> (code.prefix &* 8)), as: UInt8.self)
            p += 1
        }
        let rex: UInt8 = 0x40 | (size == .qword ? 8 : 0) | (reg &>> 3) &<< 2 | extensions
        p.storeBytes(of: rex, as: UInt8.self)
        p += (rex != 0x40 || forceREX) ? 1 : 0
        switch code.map {
        case 0:
            p.storeBytes(of: UInt8(truncatingIfNeeded: code.opcode), as: UInt8.self)
            p += 1
        case 1:
            p.storeBytes(of: UInt16(truncatingIfNeeded: 0x0F | code.opcode &<< 8), as: UInt16.self)
            p += 2
        default:
            let escape: UInt32 = code.map == 2 ? 0x380F : 0x3A0F
            p.storeBytes(of: escape | code.opcode &<< 16, as: UInt32.self)
            p += 3
        }
        cursor = p
    }

    @inlinable @inline(__always) mutating func emitModRM(reg: UInt8, rm: UInt8) {
        cursor.storeBytes(of: 0xC0 | (reg & 7) &<< 3 | (rm & 7), as: UInt8.self)
        cursor += 1
    }

    /// Emits ModRM, SIB and displacement; `trailing` bytes of immediate will follow.
    @inlinable @inline(__always)
    mutating func emitOperand(reg: UInt8, _ memory: MemoryOperand, trailing: Int32 = 0) {
        cursor.storeBytes(of: memory.encoding | UInt64((reg & 7) &<< 3), as: UInt64.self)
        cursor += memory.length
        if memory.isSymbolic { resolve(memory, trailing: trailing) }
    }

    /// An instruction whose operands are both registers. `reg` and `rm` are hardware numbers (or a digit in `reg`).
    @inlinable @inline(__always) mutating func emit(
        _ code: InstructionCode, _ size: OperandSize, reg: UInt8, rm: UInt8, forceREX: Bool = false
    ) {
        reserve()
        emitOpcode(code, size, reg: reg, extensions: rm &>> 3, forceREX: forceREX)
        emitModRM(reg: reg, rm: rm)
    }

    /// An instruction with a memory operand.
    @inlinable @inline(__always) mutating func emit(
        _ code: InstructionCode, _ size: OperandSize, reg: UInt8, _ memory: MemoryOperand, trailing: Int32 = 0,
        forceREX: Bool = false
    ) {
        reserve()
        emitOpcode(code, size, reg: reg, extensions: memory.extensionBits, forceREX: forceREX)
        emitOperand(reg: reg, memory, trailing: trailing)
    }

    // Two general registers, one of which may be a byte register.

    @inlinable @inline(__always) mutating func emit(
        _ code: InstructionCode, _ size: OperandSize, reg: GeneralRegister, rm: GeneralRegister
    ) {
        let forceREX = size == .byte && (reg.rawValue | rm.rawValue) >= 4
        emit(code, size, reg: reg.rawValue, rm: rm.rawValue, forceREX: forceREX)
    }

    @inlinable @inline(__always) mutating func emit(
        _ code: InstructionCode, _ size: OperandSize, reg: GeneralRegister, _ memory: MemoryOperand,
        trailing: Int32 = 0
    ) {
        emit(
            code, size, reg: reg.rawValue, memory, trailing: trailing, forceREX: size == .byte && reg.rawValue >= 4)
    }

    /// One general register and a digit in the register field.
    @inlinable @inline(__always) mutating func emit(
        _ code: InstructionCode, _ size: OperandSize, digit: UInt8, rm: GeneralRegister
    ) {
        emit(code, size, reg: digit, rm: rm.rawValue, forceREX: size == .byte && rm.rawValue >= 4)
    }

    // Immediates. The room was reserved with the instruction.

    @inlinable @inline(__always) mutating func appendImmediate8(_ value: UInt8) {
        cursor.storeBytes(of: value, as: UInt8.self)
        cursor += 1
    }

    /// Appends one, two or four bytes, by the operand size.
    @inlinable @inline(__always) mutating func appendImmediate(_ value: Int32, _ size: OperandSize) {
        cursor.storeBytes(of: value, as: Int32.self)
        cursor += immediateLength(size)
    }

    @inlinable @inline(__always) func immediateLength(_ size: OperandSize) -> Int {
        switch size {
        case .byte: 1
        case .word: 2
        case .dword, .qword: 4
        }
    }
}
