// Text of integer instructions, of jumps, calls and returns.

extension Disassembler {
    // MARK: opcodes of one byte

    mutating func oneByte(_ opcode: UInt8) throws(Unknown) -> String {
        if opcode < 0x40, opcode & 7 < 6 { return try arithmetic(opcode) }
        switch opcode {
        case 0x50...0x57: return "push " + general(opcode & 7 | (rex & 1) << 3, .qword)
        case 0x58...0x5F: return "pop " + general(opcode & 7 | (rex & 1) << 3, .qword)
        case 0x63:
            modRM = try byte()
            return "movsxd " + general(register, wordSize) + ", " + (try generalOrMemory(.dword, showsSize: true))
        case 0x68: return "push " + (try immediate(.dword))
        case 0x6A: return "push " + (try immediate(.byte))
        case 0x69, 0x6B:
            modRM = try byte()
            let operands = general(register, wordSize) + ", " + (try generalOrMemory(wordSize))
            return "imul " + operands + ", " + (try immediate(opcode == 0x6B ? .byte : wordSize))
        case 0x70...0x7F: return "j\(condition(opcode)) " + (try destination(1))
        case 0x80, 0x81, 0x83:
            modRM = try byte()
            let size = size(opcode)
            let operand = try generalOrMemory(size, showsSize: true)
            let name = Self.arithmetic(digit)
            return name + " " + operand + ", " + (try immediate(opcode == 0x81 ? size : .byte))
        case 0x84, 0x85: return try storeForm("test", size(opcode))
        // Clang takes the register that it names first for ModRM's register field.
        case 0x86, 0x87: return try loadForm("xchg", size(opcode))
        case 0x88, 0x89: return try storeForm("mov", size(opcode))
        case 0x8A, 0x8B: return try loadForm("mov", size(opcode))
        case 0x8D: return try loadForm("lea", wordSize)
        case 0x8F:
            modRM = try byte()
            guard digit == 0 else { throw Unknown() }
            return "pop " + (try generalOrMemory(.qword, showsSize: true))
        case 0x90: return repeatPrefix == 0xF3 ? "pause" : "nop"
        case 0x99: return rex & 8 != 0 ? "cqo" : "cdq"
        case 0xA4 where repeatPrefix == 0xF3: return "rep movsb"
        case 0xAA where repeatPrefix == 0xF3: return "rep stosb"
        case 0xA8, 0xA9: return "test " + general(0, size(opcode)) + ", " + (try immediate(size(opcode)))
        case 0xB8...0xBF:
            let number = opcode & 7 | (rex & 1) << 3
            if rex & 8 != 0 { return "movabs " + general(number, .qword) + ", " + Self.text(try self.number(8)) }
            // The upper half becomes 0.
            return "mov " + general(number, .dword) + ", "
                + Self.text(Int64(UInt32(truncatingIfNeeded: try self.number(4))))
        case 0xC0, 0xC1: return try shift(size(opcode)) + ", " + immediate(.byte)
        case 0xD0, 0xD1: return try shift(size(opcode)) + ", 1"
        case 0xD2, 0xD3: return try shift(size(opcode)) + ", cl"
        case 0xC2: return "ret " + Self.text(Int64(UInt16(truncatingIfNeeded: try number(2))))
        case 0xC3: return "ret"
        case 0xC6, 0xC7:
            modRM = try byte()
            guard digit == 0 else { throw Unknown() }
            let size = size(opcode)
            return "mov " + (try generalOrMemory(size, showsSize: true)) + ", " + (try immediate(size))
        case 0xC9: return "leave"
        case 0xCC: return "int3"
        case 0xE8: return "call " + (try destination(4))
        case 0xE9: return "jmp " + (try destination(4))
        case 0xEB: return "jmp " + (try destination(1))
        case 0xF6, 0xF7: return try unary(size(opcode))
        case 0xFE, 0xFF: return try countOrCall(opcode)
        default: throw Unknown()
        }
    }

    private static func arithmetic(_ number: UInt8) -> String {
        "\(ArithmeticOperation(rawValue: number & 7).unsafelyUnwrapped)"
    }

    private func condition(_ opcode: UInt8) -> Condition { Condition(rawValue: opcode & 15).unsafelyUnwrapped }

    /// One of the eight operations, with two operands in ModRM or with an immediate for rax.
    private mutating func arithmetic(_ opcode: UInt8) throws(Unknown) -> String {
        let name = Self.arithmetic(opcode >> 3)
        let size = size(opcode)
        switch opcode & 7 {
        case 0, 1: return try storeForm(name, size)
        case 2, 3: return try loadForm(name, size)
        default: return name + " " + general(0, size) + ", " + (try immediate(size))
        }
    }

    private mutating func storeForm(_ name: String, _ size: OperandSize) throws(Unknown) -> String {
        modRM = try byte()
        return name + " " + (try generalOrMemory(size)) + ", " + general(register, size)
    }

    private mutating func loadForm(_ name: String, _ size: OperandSize) throws(Unknown) -> String {
        modRM = try byte()
        return name + " " + general(register, size) + ", " + (try generalOrMemory(size))
    }

    private mutating func shift(_ size: OperandSize) throws(Unknown) -> String {
        modRM = try byte()
        guard let operation = ShiftOperation(rawValue: digit) else { throw Unknown() }
        return "\(operation) " + (try generalOrMemory(size, showsSize: true))
    }

    private mutating func unary(_ size: OperandSize) throws(Unknown) -> String {
        modRM = try byte()
        let names = ["test", "", "not", "neg", "mul", "imul", "div", "idiv"]
        let name = names[Int(digit)]
        guard !name.isEmpty else { throw Unknown() }
        let operand = try generalOrMemory(size, showsSize: true)
        return name + " " + operand + (digit == 0 ? ", " + (try immediate(size)) : "")
    }

    private mutating func countOrCall(_ opcode: UInt8) throws(Unknown) -> String {
        modRM = try byte()
        switch digit {
        case 0, 1: return (digit == 0 ? "inc " : "dec ") + (try generalOrMemory(size(opcode), showsSize: true))
        case 2 where opcode == 0xFF: return "call " + (try generalOrMemory(.qword))
        case 4 where opcode == 0xFF: return "jmp " + (try generalOrMemory(.qword))
        case 6 where opcode == 0xFF: return "push " + (try generalOrMemory(.qword, showsSize: true))
        default: throw Unknown()
        }
    }

    // MARK: opcodes behind 0F and 0F 38

    mutating func escaped(map: Map, _ opcode: UInt8) throws(Unknown) -> String {
        if map == .escape0F38 { return try reversedBytes(opcode) }
        switch opcode {
        case 0x0B: return "ud2"
        case 0x1F:
            modRM = try byte()
            return "nop " + (try generalOrMemory(wordSize, showsSize: true))
        case 0x40...0x4F: return try loadForm("cmov\(condition(opcode))", wordSize)
        case 0x80...0x8F: return "j\(condition(opcode)) " + (try destination(4))
        case 0x90...0x9F:
            modRM = try byte()
            return "set\(condition(opcode)) " + (try generalOrMemory(.byte, showsSize: true))
        case 0xA3, 0xAB, 0xB3, 0xBB: return try storeForm(Self.bitTest(opcode >> 3 & 7), wordSize)
        case 0xA4, 0xAC: return try storeForm(opcode == 0xA4 ? "shld" : "shrd", wordSize) + ", " + immediate(.byte)
        case 0xA5, 0xAD: return try storeForm(opcode == 0xA5 ? "shld" : "shrd", wordSize) + ", cl"
        case 0xAE: return try fence()
        case 0xAF: return try loadForm("imul", wordSize)
        case 0xB0, 0xB1: return try storeForm("cmpxchg", size(opcode))
        case 0xB6, 0xB7, 0xBE, 0xBF:
            modRM = try byte()
            let from: OperandSize = opcode & 1 == 0 ? .byte : .word
            let name = opcode < 0xB8 ? "movzx " : "movsx "
            return name + general(register, wordSize) + ", " + (try generalOrMemory(from, showsSize: true))
        case 0xB8 where repeatPrefix == 0xF3: return try loadForm("popcnt", wordSize)
        case 0xBA:
            modRM = try byte()
            guard digit >= 4 else { throw Unknown() }
            return Self.bitTest(digit) + " " + (try generalOrMemory(wordSize, showsSize: true)) + ", "
                + (try immediate(.byte))
        case 0xBC: return try loadForm(repeatPrefix == 0xF3 ? "tzcnt" : "bsf", wordSize)
        case 0xBD: return try loadForm(repeatPrefix == 0xF3 ? "lzcnt" : "bsr", wordSize)
        case 0xC0, 0xC1: return try storeForm("xadd", size(opcode))
        case 0xC7:
            modRM = try byte()
            guard digit == 1, !isRegisterForm, rex & 8 != 0 else { throw Unknown() }
            return "cmpxchg16b " + (try memory())
        case 0xC8...0xCF: return "bswap " + general(opcode & 7 | (rex & 1) << 3, wordSize)
        default: return try legacyVector(map: map, opcode)
        }
    }

    private static func bitTest(_ digit: UInt8) -> String {
        ["bt", "bts", "btr", "btc"][Int(digit & 3)]
    }

    private mutating func fence() throws(Unknown) -> String {
        modRM = try byte()
        switch (isRegisterForm, digit) {
        case (true, 5): return "lfence"
        case (true, 6): return "mfence"
        case (true, 7): return "sfence"
        case (false, 2): return "ldmxcsr " + (try memory())
        case (false, 3): return "stmxcsr " + (try memory())
        default: throw Unknown()
        }
    }

    private mutating func reversedBytes(_ opcode: UInt8) throws(Unknown) -> String {
        guard opcode == 0xF0 || opcode == 0xF1 else { return try legacyVector(map: .escape0F38, opcode) }
        if repeatPrefix == 0xF2 {
            modRM = try byte()
            let to = general(register, rex & 8 != 0 ? .qword : .dword)
            return "crc32 " + to + ", " + (try generalOrMemory(size(opcode), showsSize: true))
        }
        return opcode == 0xF0 ? try loadForm("movbe", wordSize) : try storeForm("movbe", wordSize)
    }

    // MARK: general registers behind a VEX prefix

    /// BMI1 and BMI2; nil if the code means none of them.
    mutating func bitManipulation(_ code: UInt32, _ size: OperandSize, _ second: UInt8) throws(Unknown) -> String? {
        let (to, other) = (general(register, size), general(second, size))
        func third(_ disassembler: inout Disassembler) throws(Unknown) -> String {
            try disassembler.generalOrMemory(size)
        }
        /// `to, r/m, second`
        func counted(_ name: String, _ disassembler: inout Disassembler) throws(Unknown) -> String {
            "\(name) \(to), \(try third(&disassembler)), \(other)"
        }
        /// `to, second, r/m`
        func plain(_ name: String, _ disassembler: inout Disassembler) throws(Unknown) -> String {
            "\(name) \(to), \(other), \(try third(&disassembler))"
        }
        switch code {
        case InstructionCode(0xF7, prefix: .p66, map: .escape0F38).bits: return try counted("shlx", &self)
        case InstructionCode(0xF7, prefix: .pF2, map: .escape0F38).bits: return try counted("shrx", &self)
        case InstructionCode(0xF7, prefix: .pF3, map: .escape0F38).bits: return try counted("sarx", &self)
        case InstructionCode(0xF7, map: .escape0F38).bits: return try counted("bextr", &self)
        case InstructionCode(0xF5, map: .escape0F38).bits: return try counted("bzhi", &self)
        case InstructionCode(0xF2, map: .escape0F38).bits: return try plain("andn", &self)
        case InstructionCode(0xF6, prefix: .pF2, map: .escape0F38).bits: return try plain("mulx", &self)
        case InstructionCode(0xF5, prefix: .pF2, map: .escape0F38).bits: return try plain("pdep", &self)
        case InstructionCode(0xF5, prefix: .pF3, map: .escape0F38).bits: return try plain("pext", &self)
        case InstructionCode(0xF0, prefix: .pF2, map: .escape0F3A).bits:
            return "rorx \(to), \(try third(&self)), " + (try immediate(.byte))
        case InstructionCode(0xF3, map: .escape0F38).bits:
            guard 1...3 ~= digit else { throw Unknown() }
            return ["blsr", "blsmsk", "blsi"][Int(digit) - 1] + " \(other), \(try third(&self))"
        default: return nil
        }
    }
}
