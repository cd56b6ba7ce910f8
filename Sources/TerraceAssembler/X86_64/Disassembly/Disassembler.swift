// Machine code as text, in Intel's syntax: the instructions that the assembler can emit, for people to look at. Whatever else
// stands in the code is shown as bytes.

/// An instruction in machine code.
public struct DisassembledInstruction: Sendable, Hashable {
    /// Bytes from the beginning of the code.
    public var range: Range<Int>
    /// Mnemonic and operands; nil if it is none that the assembler emits, and then it is one byte.
    public var text: String?
    /// Where a jump or call leads, or what an operand relative to the program counter names, in bytes from the beginning of
    /// the code.
    public var target: Int?
}

/// Makes text of machine code.
public struct Disassembler {
    let code: [UInt8]
    /// Where the next byte is read.
    var position = 0
    /// One behind the last byte that belongs to instructions.
    var end = 0

    // The present instruction.
    var hasOperandPrefix = false
    /// F2 or F3, or 0.
    var repeatPrefix: UInt8 = 0
    var isLocked = false
    var rex: UInt8 = 0
    var modRM: UInt8 = 0
    var target: Int?
    /// Whether `target` is still relative to the instruction's end.
    var isTargetRelative = false

    /// What stands in the code is no instruction that is known, or is cut off.
    struct Unknown: Error {}

    public init(_ code: [UInt8]) { self.code = code }

    /// The instructions of a part of the code, one behind the other.
    public mutating func instructions(in range: Range<Int>) -> [DisassembledInstruction] {
        var result: [DisassembledInstruction] = []
        position = range.lowerBound
        end = min(range.upperBound, code.count)
        while position < end {
            let start = position
            let text = try? next()
            if text == nil { position = start + 1 }
            let target = text == nil ? nil : isTargetRelative ? self.target.map { $0 + position } : self.target
            result.append(DisassembledInstruction(range: start..<position, text: text, target: target))
        }
        return result
    }

    private mutating func next() throws(Unknown) -> String {
        hasOperandPrefix = false
        repeatPrefix = 0
        isLocked = false
        rex = 0
        target = nil
        isTargetRelative = false
        var opcode = try byte()
        prefixes: while true {
            switch opcode {
            case 0x66: hasOperandPrefix = true
            case 0xF2, 0xF3: repeatPrefix = opcode
            case 0xF0: isLocked = true
            default: break prefixes
            }
            opcode = try byte()
        }
        if opcode & 0xF0 == 0x40 {
            rex = opcode
            opcode = try byte()
        }
        let text: String
        switch opcode {
        case 0xC4, 0xC5: text = try vex(isLong: opcode == 0xC4)
        case 0x0F:
            opcode = try byte()
            switch opcode {
            case 0x38: text = try escaped(map: .escape0F38, try byte())
            case 0x3A: text = try legacyVector(map: .escape0F3A, try byte())
            default: text = try escaped(map: .escape0F, opcode)
            }
        default: text = try oneByte(opcode)
        }
        return isLocked ? "lock " + text : text
    }

    // MARK: bytes

    mutating func byte() throws(Unknown) -> UInt8 {
        guard position < end else { throw Unknown() }
        position += 1
        return code[position - 1]
    }

    /// A signed number of so many bytes.
    mutating func number(_ count: Int) throws(Unknown) -> Int64 {
        var bits: UInt64 = 0
        for index in 0..<count { bits |= UInt64(try byte()) << UInt64(8 * index) }
        let shift = UInt64(64 - 8 * count)
        return Int64(bitPattern: bits << shift) >> Int64(shift)
    }

    /// The immediate of an operand's size: at most four bytes.
    mutating func immediate(_ size: OperandSize) throws(Unknown) -> String {
        Self.text(try number(min(size.byteCount, 4)))
    }

    /// A number: small ones in decimal.
    static func text(_ number: Int64) -> String {
        if number.magnitude < 1024 { return String(number) }
        return (number < 0 ? "-0x" : "0x") + String(number.magnitude, radix: 16)
    }

    /// The mandatory prefix that was read.
    var prefix: Prefix { repeatPrefix == 0xF3 ? .pF3 : repeatPrefix == 0xF2 ? .pF2 : hasOperandPrefix ? .p66 : .none }

    // MARK: operands

    /// The size of integer operands whose opcode does not say "byte".
    var wordSize: OperandSize { rex & 8 != 0 ? .qword : hasOperandPrefix ? .word : .dword }

    /// The size of integer operands of an opcode whose lowest bit says "not byte".
    func size(_ opcode: UInt8) -> OperandSize { opcode & 1 == 0 ? .byte : wordSize }

    /// ModRM's register field, extended.
    var register: UInt8 { modRM >> 3 & 7 | (rex & 4) << 1 }
    /// The digit in its place.
    var digit: UInt8 { modRM >> 3 & 7 }
    /// The register in ModRM's other field, extended.
    var otherRegister: UInt8 { modRM & 7 | (rex & 1) << 3 }
    var isRegisterForm: Bool { modRM >= 0xC0 }

    func general(_ number: UInt8, _ size: OperandSize) -> String {
        GeneralRegister(rawValue: number).name(size, hasREX: rex != 0)
    }

    func vector(_ number: UInt8, isWide: Bool = false) -> String { (isWide ? "ymm" : "xmm") + String(number) }

    /// A general register or memory.
    ///
    /// - Parameter showsSize: whether nothing else says how much memory that is.
    mutating func generalOrMemory(_ size: OperandSize, showsSize: Bool = false) throws(Unknown) -> String {
        if isRegisterForm { return general(otherRegister, size) }
        return (showsSize ? "\(size) ptr " : "") + (try memory())
    }

    mutating func vectorOrMemory(isWide: Bool = false) throws(Unknown) -> String {
        isRegisterForm ? vector(otherRegister, isWide: isWide) : try memory()
    }

    /// What ModRM, SIB and displacement say.
    mutating func memory() throws(Unknown) -> String {
        let mode = modRM >> 6
        var terms: [String] = []
        var base = modRM & 7
        if base == 4 {
            let sib = try byte()
            base = sib & 7
            if base != 5 || mode != 0 { terms.append(general(base | (rex & 1) << 3, .qword)) }
            let index = sib >> 3 & 7 | (rex & 2) << 2
            if index != 4 {
                let scale = 1 << (sib >> 6)
                terms.append(general(index, .qword) + (scale == 1 ? "" : "*\(scale)"))
            }
        } else if base == 5, mode == 0 {
            let distance = try number(4)
            target = Int(distance)
            isTargetRelative = true
            return Self.address(["rip"], distance)
        } else {
            terms.append(general(base | (rex & 1) << 3, .qword))
        }
        let displacement = mode == 1 ? try number(1) : mode == 2 || base == 5 && mode == 0 ? try number(4) : 0
        return Self.address(terms, displacement)
    }

    private static func address(_ terms: [String], _ displacement: Int64) -> String {
        var text = terms.joined(separator: " + ")
        if terms.isEmpty {
            text = self.text(displacement)
        } else if displacement != 0 {
            text += (displacement < 0 ? " - " : " + ") + self.text(Int64(displacement.magnitude))
        }
        return "[" + text + "]"
    }

    /// Where a jump or call of a distance leads.
    mutating func destination(_ bytes: Int) throws(Unknown) -> String {
        let place = Int(try number(bytes)) + position
        target = place
        return "+0x" + String(place, radix: 16)
    }
}

extension GeneralRegister {
    /// The register's name as an operand of a size.
    ///
    /// - Parameter hasREX: whether the instruction has that prefix: registers 4 to 7 are otherwise ah to bh.
    func name(_ size: OperandSize, hasREX: Bool = true) -> String {
        let index = Int(rawValue & 15)
        if index >= 8 { return "r\(index)" + ["b", "w", "d", ""][Int(size.rawValue)] }
        let name = ["ax", "cx", "dx", "bx", "sp", "bp", "si", "di"][index]
        switch size {
        case .byte where index < 4: return "\(name.first!)l"
        case .byte: return hasREX ? name + "l" : ["ah", "ch", "dh", "bh"][index - 4]
        case .word: return name
        case .dword: return "e" + name
        case .qword: return "r" + name
        }
    }
}
