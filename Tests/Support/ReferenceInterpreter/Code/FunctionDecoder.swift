// From the bytes of a function body to instructions, with the ends of blocks found.

import WasmFormat

/// Decodes one function body.
struct FunctionDecoder {
    private let module: WasmModule
    private var reader: CodeReader
    private var instructions: [Instruction] = []
    private var labelLists: [[Int]] = []
    /// Positions of the blocks that are open.
    private var open: [Int] = []

    static func decode(_ body: FunctionBody, of module: WasmModule) -> FunctionCode {
        var decoder = FunctionDecoder(
            module: module, reader: CodeReader(module.bytes.buffer, at: body.bytes.lowerBound))
        let locals = decoder.locals()
        decoder.decodeInstructions(upTo: body.bytes.upperBound)
        return FunctionCode(
            localTypes: locals, instructions: decoder.instructions, labelLists: decoder.labelLists)
    }

    private init(module: WasmModule, reader: CodeReader) {
        self.module = module
        self.reader = reader
    }

    private mutating func locals() -> [ValueType] {
        var types: [ValueType] = []
        for _ in 0..<reader.index() {
            let count = reader.index()
            types += Array(repeating: valueType(), count: count)
        }
        return types
    }

    private mutating func decodeInstructions(upTo end: Int) {
        while reader.position < end {
            var instruction = Instruction(opcode())
            immediates(&instruction)
            let position = instructions.count
            switch instruction.opcode {
            case .block, .loop, .if, .tryTable: open.append(position)
            case .else: instructions[open[open.count - 1]].elsePosition = position
            case .end:
                // The function's own end closes no block.
                if let start = open.popLast() {
                    instructions[start].endPosition = position
                    if let middle = instructions[start].elsePosition { instructions[middle].endPosition = position }
                }
            default: break
            }
            instructions.append(instruction)
        }
    }

    private mutating func opcode() -> Opcode {
        let byte = reader.byte()
        guard let page = OpcodePage(prefix: byte) else { return Opcode.decode(byte)! }
        return Opcode.decode(page, UInt32(reader.unsigned()))!
    }

    // MARK: immediates

    private mutating func immediates(_ instruction: inout Instruction) {
        switch instruction.opcode.info.immediates {
        case .none: break
        case .blockType: blockType(&instruction)
        case .labelIndex, .functionIndex, .typeIndex, .localIndex, .globalIndex, .tagIndex, .tableIndex, .memoryIndex,
            .dataIndex, .elementIndex:
            instruction.index = reader.index()
        case .callIndirect, .tableIndexPair, .memoryIndexPair, .dataAndMemory, .elementAndTable, .typeAndField,
            .typeAndCount, .typeAndData, .typeAndElement, .typePair:
            instruction.index = reader.index()
            instruction.second = reader.index()
        case .labelTable:
            instruction.index = labelLists.count
            var labels: [Int] = []
            for _ in 0...reader.index() { labels.append(reader.index()) }
            labelLists.append(labels)
        case .memoryArgument: memoryArgument(&instruction)
        case .memoryArgumentLane:
            memoryArgument(&instruction)
            instruction.lane = Int(reader.byte())
        case .i32Const, .i64Const: instruction.bits = UInt64(bitPattern: reader.signed())
        case .f32Const: instruction.bits = reader.littleEndian(4)
        case .f64Const: instruction.bits = reader.littleEndian(8)
        case .v128Const, .shuffle:
            instruction.bits = reader.littleEndian(8)
            instruction.highBits = reader.littleEndian(8)
        case .lane, .fence: instruction.lane = Int(reader.byte())
        case .valueTypes: for _ in 0..<reader.index() { _ = valueType() }
        case .heapType:
            instruction.heapType = heapType()
            instruction.acceptsNull = instruction.opcode == .refTestNull || instruction.opcode == .refCastNull
        case .castBranch:
            let flags = reader.byte()
            instruction.acceptsNull = flags & 2 != 0
            instruction.index = reader.index()
            _ = heapType()
            instruction.heapType = heapType()
        case .tryTable:
            blockType(&instruction)
            for _ in 0..<reader.index() {
                // catch, catch_ref, catch_all, catch_all_ref: the first two name a tag.
                if reader.byte() < 2 { _ = reader.index() }
                _ = reader.index()
            }
        }
    }

    private mutating func memoryArgument(_ instruction: inout Instruction) {
        let flags = reader.unsigned()
        instruction.index = flags & 0x40 != 0 ? reader.index() : 0
        instruction.bits = reader.unsigned()
    }

    private mutating func blockType(_ instruction: inout Instruction) {
        let start = reader
        let code = reader.signed()
        if code >= 0 {
            let type = module.functionType(typeIndex: UInt32(code))
            instruction.parameters = type.parameters.count
            instruction.results = type.results.count
        } else if code != -64 {
            // A value type: it may be longer than one number.
            reader = start
            _ = valueType()
            instruction.results = 1
        }
    }

    private mutating func heapType() -> HeapType {
        let code = reader.signed()
        return code >= 0 ? .concrete(UInt32(code)) : HeapType(abstractCode: UInt8(code & 0x7F))!
    }

    private mutating func valueType() -> ValueType {
        switch reader.byte() {
        case 0x7F: return .i32
        case 0x7E: return .i64
        case 0x7D: return .f32
        case 0x7C: return .f64
        case 0x7B: return .v128
        case 0x64: return .ref(heapType(), nullable: false)
        case 0x63: return .ref(heapType(), nullable: true)
        case let code: return .ref(HeapType(abstractCode: code)!, nullable: true)
        }
    }
}
