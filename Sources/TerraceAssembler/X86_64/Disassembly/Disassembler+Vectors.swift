// Text of vector instructions, legacy and VEX, by the catalog of vector operations.

extension Disassembler {
    /// The catalog by code, in the legacy encoding and behind a VEX prefix. An operation stands there under the code of its
    /// store as well, if it has one of its own.
    private struct Tables {
        struct Row {
            var entry: VectorOperationEntry
            var isStore: Bool
        }
        var legacy: [UInt32: [Row]] = [:]
        var vex: [UInt32: [Row]] = [:]

        init() {
            for entry in VectorOperation.catalog {
                let operation = entry.operation
                let code = operation.code.bits
                let load = Row(entry: entry, isStore: operation.has(.stores))
                if entry.hasLegacyForm { legacy[code, default: []].append(load) }
                if entry.hasVEXForm {
                    vex[entry.shape == .blend ? operation.fourOperandBlend.bits : code, default: []].append(load)
                }
                let stored = operation.stored.code.bits
                guard stored != code else { continue }
                if entry.hasLegacyForm { legacy[stored, default: []].append(Row(entry: entry, isStore: true)) }
                if entry.hasVEXForm { vex[stored, default: []].append(Row(entry: entry, isStore: true)) }
            }
        }

        static let all = Tables()
    }

    /// The row that the size bit and the form of the operand choose among those of one code.
    private func choose(_ rows: [Tables.Row]?, isWide64: Bool) throws(Unknown) -> Tables.Row {
        guard let rows else { throw Unknown() }
        let suited = rows.filter { row in
            switch row.entry.shape {
            case .registers: isRegisterForm
            case .moveHalf: !isRegisterForm
            default: true
            }
        }
        guard let row = suited.first(where: { $0.entry.operation.has(.wide64) == isWide64 }) ?? suited.first else {
            throw Unknown()
        }
        return row
    }

    // MARK: legacy

    mutating func legacyVector(map: Map, _ opcode: UInt8) throws(Unknown) -> String {
        modRM = try byte()
        let code = InstructionCode(opcode, prefix: prefix, map: map).bits
        if let shift = try immediateShift(code, names: "", first: nil, isWide: false) { return shift }
        let row = try choose(Tables.all.legacy[code], isWide64: rex & 8 != 0)
        let entry = row.entry
        let size: OperandSize = rex & 8 != 0 ? .qword : .dword
        var name = entry.mnemonic
        let operands: String
        let own = vector(register)
        switch entry.shape {
        case .moveGeneral:
            if size == .qword { name = "movq" }
            let other = try generalOrMemory(size)
            operands = row.isStore ? "\(other), \(own)" : "\(own), \(other)"
        case .toGeneral, .toGeneralRegister: operands = general(register, size) + ", " + (try vectorOrMemory())
        case .fromGeneral: operands = own + ", " + (try generalOrMemory(size, showsSize: true))
        case .insert: operands = own + ", " + (try generalOrMemory(size))
        case .extract: operands = try generalOrMemory(size) + ", " + own
        case .extractWord:
            operands = row.isStore ? try memory() + ", " + own : general(register, size) + ", " + (try vectorOrMemory())
        case .blend: operands = own + ", " + (try vectorOrMemory()) + ", xmm0"
        default:
            let other = try vectorOrMemory()
            operands = row.isStore ? "\(other), \(own)" : "\(own), \(other)"
        }
        return name + " " + operands + (entry.immediate ? ", " + (try unsignedByte()) : "")
    }

    /// A shift by a constant; nil if the code means none.
    private mutating func immediateShift(
        _ code: UInt32, names prefix: String, first: UInt8?, isWide: Bool
    ) throws(Unknown) -> String? {
        guard code & 0xFFF == InstructionCode.escaped(UInt8(code & 0xFF), prefix: .p66).bits,
            0x71...0x73 ~= code & 0xFF, isRegisterForm
        else { return nil }
        let found = VectorOperation.catalog.first { entry in
            guard entry.shape == .shift || entry.shape == .shiftBytes else { return false }
            let shift = entry.operation.immediateShift
            return shift.code.bits == code && shift.digit == digit
        }
        guard let found else { throw Unknown() }
        var operands = [vector(otherRegister, isWide: isWide)]
        if let first { operands.insert(vector(first, isWide: isWide), at: 0) }
        return prefix + found.mnemonic + " " + operands.joined(separator: ", ") + ", " + (try unsignedByte())
    }

    private mutating func unsignedByte() throws(Unknown) -> String { String(try byte()) }

    // MARK: VEX

    mutating func vex(isLong: Bool) throws(Unknown) -> String {
        guard !hasOperandPrefix, repeatPrefix == 0, rex == 0 else { throw Unknown() }
        var first: UInt8 = 0xE1
        if isLong { first = try byte() }
        let last = try byte()
        if !isLong { first = last & 0x80 | 0x61 }
        let isWide64 = isLong && last & 0x80 != 0
        let isWide = last & 4 != 0
        let second = ~(last >> 3) & 15
        // The register bits are inverted; with a REX that says the same, operands are read as ever. The 0x40 lets byte
        // registers have their names.
        rex = 0x40 | (isWide64 ? 8 : 0) | ~(first >> 5) & 7
        guard let map = Map(rawValue: UInt32(first & 0x1F)), map != .oneByte,
            let prefix = Prefix(rawValue: UInt32(last & 3))
        else { throw Unknown() }
        let opcode = try byte()
        if map == .escape0F, opcode == 0x77, prefix == .none, !isWide { return "vzeroupper" }
        modRM = try byte()
        let code = InstructionCode(opcode, prefix: prefix, map: map).bits
        let size: OperandSize = isWide64 ? .qword : .dword
        if let text = try bitManipulation(code, size, second) { return text }
        if let shift = try immediateShift(code, names: "v", first: second, isWide: isWide) { return shift }
        let row = try choose(Tables.all.vex[code], isWide64: isWide64)
        return try vexVector(row.entry, isStore: row.isStore, second, size, isWide: isWide)
    }

    private mutating func vexVector(
        _ entry: VectorOperationEntry, isStore: Bool, _ second: UInt8, _ size: OperandSize, isWide: Bool
    ) throws(Unknown) -> String {
        var name = entry.operation.has(.vexOnly) ? entry.mnemonic : "v" + entry.mnemonic
        let own = vector(register, isWide: isWide && (isStore || entry.wide != .halfDestination))
        let middle = entry.hasThreeOperands ? ", " + vector(second, isWide: isWide) : ""
        var operands: String
        switch entry.shape {
        case .moveGeneral:
            if size == .qword { name = "vmovq" }
            let other = try generalOrMemory(size)
            operands = isStore ? "\(other), \(own)" : "\(own), \(other)"
        case .toGeneral: operands = general(register, size) + ", " + (try vectorOrMemory())
        case .toGeneralRegister: operands = general(register, size) + ", " + (try vectorOrMemory(isWide: isWide))
        case .fromGeneral: operands = own + middle + ", " + (try generalOrMemory(size, showsSize: true))
        case .insert: operands = own + middle + ", " + (try generalOrMemory(size))
        case .extract: operands = try generalOrMemory(size) + ", " + own
        case .extractWord:
            operands = isStore ? try memory() + ", " + own : general(register, size) + ", " + (try vectorOrMemory())
        case .blend:
            operands = own + ", " + vector(second, isWide: isWide) + ", " + (try vectorOrMemory(isWide: isWide))
            operands += ", " + vector(try byte() >> 4, isWide: isWide)
        case .moveScalar:
            let other = try vectorOrMemory()
            let between = isRegisterForm ? ", " + vector(second) : ""
            operands = isStore ? "\(other)\(between), \(own)" : "\(own)\(between), \(other)"
        case .moveHalf:
            let other = try memory()
            operands = isStore ? "\(other), \(own)" : "\(own)\(middle), \(other)"
        case .shift, .insertHalf, .broadcast: operands = own + middle + ", " + (try vectorOrMemory())
        case .extractHalf, .storeHalf: operands = try vectorOrMemory() + ", " + own
        default:
            var other = try vectorOrMemory(isWide: isWide && entry.wide != .halfSource)
            // Nothing else says how wide the source is.
            if entry.wide == .halfDestination, !isRegisterForm { other = (isWide ? "y" : "x") + "mmword ptr " + other }
            operands = isStore ? "\(other), \(own)" : "\(own)\(middle), \(other)"
        }
        return name + " " + operands + (entry.immediate ? ", " + (try unsignedByte()) : "")
    }
}
