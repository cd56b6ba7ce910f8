// Functions, instructions and constant expressions as text.

import WasmFormat

extension ModulePrinter {
    // MARK: Functions

    mutating func printFunction(_ index: Int) {
        guard let body = module.body(index) else { return }
        let locals = names.locals(of: UInt32(index))
        let typeIndex = module.functionTypeIndices[index]
        out.line("(func")
        out.definition(names.functions, UInt32(index))
        out.text(" ")
        typeUse(typeIndex, parameters: locals)

        var reader = TrustedReader(module.bytes, at: body.bytes.lowerBound)
        var local = UInt32(module.functionType(index).parameters.count)
        for _ in 0..<reader.readU32() {
            let count = reader.readU32()
            let type = reader.readValueType()
            printLocals(local, count, type, locals)
            local += count
        }
        var code = CodePrinting(locals: locals, labelNames: names.labels(of: UInt32(index)))
        reader.offset = body.codeOffset
        instructions(&reader, &code)
        out.text(")")
    }

    /// Locals of one type: those without names together in one clause.
    private mutating func printLocals(_ first: UInt32, _ count: UInt32, _ type: ValueType, _ names: PrintedNameSpace) {
        var isOpen = false
        for local in first..<(first + count) {
            let isNamed = names.isNamed(local)
            if isOpen, isNamed {
                out.text(")")
                isOpen = false
            }
            if !isOpen {
                out.line(depth: 0)
                out.text("(local")
            }
            if isNamed { out.name(names.definition(local)) }
            out.text(" ")
            valueType(type)
            if isNamed { out.text(")") } else { isOpen = true }
        }
        if isOpen { out.text(")") }
    }

    /// The instructions of a constant expression, on the same line.
    mutating func expression(_ expression: ConstantExpression) {
        var reader = TrustedReader(module.bytes, at: expression.offset)
        while true {
            let opcode = reader.readOpcode()
            if opcode == .end { return }
            out.text(" ")
            out.text(opcode.info.staticName)
            var code = CodePrinting(locals: nil, labelNames: [:])
            immediates(of: opcode, &reader, &code)
        }
    }

    // MARK: Instructions

    /// What is known of the code being printed.
    struct CodePrinting {
        var locals: PrintedNameSpace?
        let labelNames: [UInt32: String]
        /// Names of the open labels, outside in; nil for those without.
        var labels: [[UInt8]?] = []
        var nextLabel: UInt32 = 0

        init(locals: PrintedNameSpace?, labelNames: [UInt32: String]) {
            self.locals = locals
            self.labelNames = labelNames
        }

        /// Opens a label and gives its name.
        mutating func push() -> [UInt8]? {
            var name: [UInt8]?
            if let known = labelNames[nextLabel], !known.isEmpty { name = Array(known.utf8) }
            nextLabel += 1
            labels.append(name)
            return name
        }
    }

    /// Instructions up to the `end` that belongs to none of them.
    private mutating func instructions(_ reader: inout TrustedReader, _ code: inout CodePrinting) {
        while true {
            let opcode = reader.readOpcode()
            switch opcode {
            case .end:
                if code.labels.isEmpty { return }
                code.labels.removeLast()
                out.line(depth: code.labels.count)
                out.text("end")
            case .else:
                out.line(depth: code.labels.count - 1)
                out.text("else")
            case .block, .loop, .if, .tryTable:
                out.line(depth: code.labels.count)
                out.text(opcode.info.staticName)
                structured(opcode, &reader, &code)
            default:
                out.line(depth: code.labels.count)
                out.text(opcode.info.staticName)
                immediates(of: opcode, &reader, &code)
            }
        }
    }

    private mutating func structured(
        _ opcode: Opcode, _ reader: inout TrustedReader, _ code: inout CodePrinting
    ) {
        if let name = code.push() {
            out.text(" ")
            out.identifier(name)
        }
        switch reader.readBlockType() {
        case .empty: break
        case .value(let type):
            out.text(" (result ")
            valueType(type)
            out.text(")")
        case .function(let index):
            out.text(" ")
            typeUse(index)
        }
        guard opcode == .tryTable else { return }
        for _ in 0..<reader.readU32() {
            let kind = reader.readByte()
            switch kind {
            case 0: out.text(" (catch ")
            case 1: out.text(" (catch_ref ")
            case 2: out.text(" (catch_all ")
            default: out.text(" (catch_all_ref ")
            }
            if kind < 2 {
                out.reference(names.tags, reader.readU32())
                out.text(" ")
            }
            // Clauses of `try_table` name labels outside of it.
            label(reader.readU32() + 1, code, shownDepth: -1)
            out.text(")")
        }
    }

    /// A label by its name, unless it has none, an inner label hides it, or it is far out, where looking for such an
    /// inner label would take long. `shownDepth` is added to the number.
    private mutating func label(_ depth: UInt32, _ code: borrowing CodePrinting, shownDepth: Int = 0) {
        let position = code.labels.count - 1 - Int(depth)
        if position >= 0, depth < 100, let name = code.labels[position],
            !code.labels[(position + 1)..<(code.labels.count + min(shownDepth, 0))].contains(where: { $0 == name })
        {
            out.identifier(name)
        } else {
            out.signedNumber(Int64(depth) + Int64(shownDepth))
        }
    }

    // MARK: Immediates

    private mutating func index(_ space: PrintedNameSpace, _ index: UInt32) {
        out.text(" ")
        out.reference(space, index)
    }

    /// An index that may be left out where it is 0.
    private mutating func optionalIndex(_ space: PrintedNameSpace, _ index: UInt32) {
        if index != 0 { self.index(space, index) }
    }

    private mutating func immediates(
        of opcode: Opcode, _ reader: inout TrustedReader, _ code: inout CodePrinting
    ) {
        switch opcode.info.immediates {
        case .none, .blockType, .tryTable: break
        case .labelIndex:
            out.text(" ")
            label(reader.readU32(), code)
        case .labelTable:
            for _ in 0...reader.readU32() {
                out.text(" ")
                label(reader.readU32(), code)
            }
        case .functionIndex: index(names.functions, reader.readU32())
        case .typeIndex: index(names.types, reader.readU32())
        case .callIndirect:
            let type = reader.readU32()
            optionalIndex(names.tables, reader.readU32())
            out.text(" ")
            typeUse(type)
        case .localIndex:
            out.text(" ")
            let local = reader.readU32()
            if let locals = code.locals { out.reference(locals, local) } else { out.number(UInt64(local)) }
        case .globalIndex: index(names.globals, reader.readU32())
        case .tagIndex: index(names.tags, reader.readU32())
        case .tableIndex: optionalIndex(names.tables, reader.readU32())
        case .tableIndexPair:
            index(names.tables, reader.readU32())
            index(names.tables, reader.readU32())
        case .memoryArgument: memoryArgument(opcode, &reader)
        case .memoryArgumentLane:
            memoryArgument(opcode, &reader)
            out.text(" ")
            out.number(UInt64(reader.readByte()))
        case .memoryIndex: optionalIndex(names.memories, reader.readU32())
        case .memoryIndexPair:
            index(names.memories, reader.readU32())
            index(names.memories, reader.readU32())
        case .dataAndMemory:
            let segment = reader.readU32()
            optionalIndex(names.memories, reader.readU32())
            index(names.dataSegments, segment)
        case .dataIndex: index(names.dataSegments, reader.readU32())
        case .elementAndTable:
            let segment = reader.readU32()
            optionalIndex(names.tables, reader.readU32())
            index(names.elements, segment)
        case .elementIndex: index(names.elements, reader.readU32())
        case .i32Const:
            out.text(" ")
            out.signedNumber(Int64(reader.readS32()))
        case .i64Const:
            out.text(" ")
            out.signedNumber(reader.readS64())
        case .f32Const:
            out.text(" ")
            float(UInt64(reader.readF32Bits()), .single)
        case .f64Const:
            out.text(" ")
            float(reader.readF64Bits(), .double)
        case .v128Const:
            let (low, high) = reader.readV128()
            out.text(" i32x4")
            for word in [low & 0xFFFF_FFFF, low >> 32, high & 0xFFFF_FFFF, high >> 32] {
                out.text(" ")
                out.hexadecimal(word)
            }
        case .shuffle:
            for _ in 0..<16 {
                out.text(" ")
                out.number(UInt64(reader.readByte()))
            }
        case .lane:
            out.text(" ")
            out.number(UInt64(reader.readByte()))
        case .valueTypes:
            out.text(" (result")
            for _ in 0..<reader.readU32() {
                out.text(" ")
                valueType(reader.readValueType())
            }
            out.text(")")
        case .heapType:
            out.text(" ")
            let type = reader.readHeapType()
            switch opcode {
            case .refNull: heapType(type)
            default: reference(type, isNullable: opcode == .refTestNull || opcode == .refCastNull)
            }
        case .castBranch:
            let flags = reader.readByte()
            out.text(" ")
            label(reader.readU32(), code)
            out.text(" ")
            reference(reader.readHeapType(), isNullable: flags & 1 != 0)
            out.text(" ")
            reference(reader.readHeapType(), isNullable: flags & 2 != 0)
        case .typeAndField:
            let type = reader.readU32()
            index(names.types, type)
            let field = reader.readU32()
            out.text(" ")
            if let name = names.field(of: type, field) {
                out.identifier(name)
            } else {
                out.number(UInt64(field))
            }
        case .typeAndCount:
            index(names.types, reader.readU32())
            out.text(" ")
            out.number(UInt64(reader.readU32()))
        case .typeAndData:
            index(names.types, reader.readU32())
            index(names.dataSegments, reader.readU32())
        case .typeAndElement:
            index(names.types, reader.readU32())
            index(names.elements, reader.readU32())
        case .typePair:
            index(names.types, reader.readU32())
            index(names.types, reader.readU32())
        case .fence: _ = reader.readByte()
        }
    }

    private mutating func memoryArgument(_ opcode: Opcode, _ reader: inout TrustedReader) {
        let argument = reader.readMemoryArgument()
        optionalIndex(names.memories, argument.memory)
        if argument.offset != 0 {
            out.text(" offset=")
            out.number(argument.offset)
        }
        if argument.alignment != UInt32(opcode.info.naturalAlignment) {
            out.text(" align=")
            out.number(UInt64(1) << UInt64(argument.alignment))
        }
    }

    // MARK: Numbers

    /// A floating-point number that reads back as the same bits.
    private mutating func float(_ bits: UInt64, _ format: FloatFormat) {
        let magnitude = bits & ~format.signBit
        if magnitude != bits { out.text("-") }
        if magnitude == format.infinity {
            out.text("inf")
        } else if magnitude == format.infinity | format.quietBit {
            out.text("nan")
        } else if magnitude > format.infinity {
            out.text("nan:")
            out.hexadecimal(magnitude & ~format.infinity)
        } else if format.significandBits == 52 {
            out.string(Double(bitPattern: magnitude).description)
        } else {
            out.string(Float(bitPattern: UInt32(magnitude)).description)
        }
    }
}
