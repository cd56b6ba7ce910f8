// Constant expressions: read and checked in one pass over an operand stack of types.

extension ModuleDecoder {
    /// Reads an expression up to its `end` and checks that it leaves one value of a type.
    mutating func readConstantExpression(type expected: ValueType) throws(ModuleError) -> ConstantExpression {
        let start = reader.offset
        var instructions: [ConstantInstruction] = []
        var stack: [ValueType] = []
        while true {
            let offset = reader.offset
            let opcode = try readOpcode()
            if opcode == .end { break }
            let instruction = try readConstantInstruction(opcode, at: offset)
            try apply(instruction, to: &stack, at: offset)
            instructions.append(instruction)
        }
        guard stack.count == 1, types.isSubtype(stack[0], expected) else {
            let found = stack.map(\.description).joined(separator: " ")
            throw ModuleError(
                .invalid, "type mismatch: constant expression must give [\(expected)], gives [\(found)]", offset: start)
        }
        return ConstantExpression(instructions, offset: start)
    }

    private mutating func readOpcode() throws(ModuleError) -> Opcode {
        let offset = reader.offset
        let byte = try reader.readByte()
        if let page = OpcodePage(prefix: byte) {
            let code = try reader.readU32()
            guard let opcode = Opcode.decode(page, code) else {
                throw reader.malformed("illegal opcode \(hexByte(byte)) \(hexByte(code))", at: offset)
            }
            return opcode
        }
        guard let opcode = Opcode.decode(byte) else {
            throw reader.malformed("illegal opcode \(hexByte(byte))", at: offset)
        }
        return opcode
    }

    private mutating func readConstantInstruction(
        _ opcode: Opcode, at offset: Int
    ) throws(ModuleError) -> ConstantInstruction {
        switch opcode {
        case .i32Const: return .i32Const(try reader.readS32())
        case .i64Const: return .i64Const(try reader.readS64())
        case .f32Const: return .f32Const(try reader.readLittleEndian32())
        case .f64Const: return .f64Const(try reader.readLittleEndian64())
        case .v128Const:
            try require(.simd, at: offset)
            let low = try reader.readLittleEndian64()
            return .v128Const(low: low, high: try reader.readLittleEndian64())
        case .globalGet:
            let index = try readIndex(below: globals.count, of: "global")
            if globals[Int(index)].isMutable {
                throw ModuleError(.invalid, "constant expression required: global \(index) is mutable", offset: offset)
            }
            if index >= importedGlobalCount { try require(.gc, at: offset) }
            return .globalGet(index)
        case .refNull:
            try require(.referenceTypes, at: offset)
            return .refNull(types.normalized(try reader.readHeapType(typeBound: types.count)))
        case .refFunc:
            let index = try readIndex(below: functionTypeIndices.count, of: "function")
            escapingFunctions.insert(index)
            return .refFunc(index)
        case .i32Add, .i32Sub, .i32Mul, .i64Add, .i64Sub, .i64Mul:
            try require(.extendedConstants, at: offset)
            switch opcode {
            case .i32Add: return .i32Add
            case .i32Sub: return .i32Sub
            case .i32Mul: return .i32Mul
            case .i64Add: return .i64Add
            case .i64Sub: return .i64Sub
            default: return .i64Mul
            }
        case .structNew, .structNewDefault, .arrayNew, .arrayNewDefault, .arrayNewFixed:
            try require(.gc, at: offset)
            let index = try readIndex(below: types.count, of: "type")
            let isStructure = opcode == .structNew || opcode == .structNewDefault
            guard types.entries[Int(index)].kind == (isStructure ? .structure : .array) else {
                let expected = isStructure ? "a structure" : "an array"
                throw ModuleError(.invalid, "type mismatch: type \(index) is not \(expected)", offset: offset)
            }
            switch opcode {
            case .structNew: return .structNew(typeIndex: index)
            case .structNewDefault: return .structNewDefault(typeIndex: index)
            case .arrayNew: return .arrayNew(typeIndex: index)
            case .arrayNewDefault: return .arrayNewDefault(typeIndex: index)
            default: return .arrayNewFixed(typeIndex: index, count: try reader.readU32())
            }
        case .refI31, .anyConvertExtern, .externConvertAny:
            try require(.gc, at: offset)
            return opcode == .refI31 ? .refI31 : opcode == .anyConvertExtern ? .anyConvertExtern : .externConvertAny
        default:
            throw ModuleError(.invalid, "constant expression required, found \(opcode.textName)", offset: offset)
        }
    }

    private func apply(
        _ instruction: ConstantInstruction, to stack: inout [ValueType], at offset: Int
    ) throws(ModuleError) {
        func pop(_ expected: ValueType) throws(ModuleError) {
            guard let found = stack.popLast(), types.isSubtype(found, expected) else {
                throw ModuleError(.invalid, "type mismatch: constant expression needs \(expected)", offset: offset)
            }
        }
        func object(_ index: UInt32) -> ValueType {
            types.normalized(.ref(.concrete(index), nullable: false))
        }
        switch instruction {
        case .i32Const: stack.append(.i32)
        case .i64Const: stack.append(.i64)
        case .f32Const: stack.append(.f32)
        case .f64Const: stack.append(.f64)
        case .v128Const: stack.append(.v128)
        case .globalGet(let index): stack.append(globals[Int(index)].type)
        case .refNull(let heapType): stack.append(.ref(heapType, nullable: true))
        case .refFunc(let index): stack.append(object(functionTypeIndices[Int(index)]))
        case .i32Add, .i32Sub, .i32Mul:
            try pop(.i32)
            try pop(.i32)
            stack.append(.i32)
        case .i64Add, .i64Sub, .i64Mul:
            try pop(.i64)
            try pop(.i64)
            stack.append(.i64)
        case .structNew(let index):
            let entry = types.entries[Int(index)]
            for field in (0..<Int(entry.count)).reversed() { try pop(types.field(field, of: entry).unpacked) }
            stack.append(object(index))
        case .structNewDefault(let index), .arrayNewDefault(let index):
            let entry = types.entries[Int(index)]
            guard entry.isDefaultable else {
                throw ModuleError(.invalid, "type mismatch: type \(index) has no default value", offset: offset)
            }
            if entry.kind == .array { try pop(.i32) }
            stack.append(object(index))
        case .arrayNew(let index):
            try pop(.i32)
            try pop(types.field(0, of: types.entries[Int(index)]).unpacked)
            stack.append(object(index))
        case .arrayNewFixed(let index, let count):
            let element = types.field(0, of: types.entries[Int(index)]).unpacked
            for _ in 0..<count { try pop(element) }
            stack.append(object(index))
        case .refI31:
            try pop(.i32)
            stack.append(.ref(.i31, nullable: false))
        case .anyConvertExtern, .externConvertAny:
            let toAny = instruction == .anyConvertExtern
            guard let found = stack.popLast(),
                types.isSubtype(found, .ref(toAny ? .extern : .any, nullable: true))
            else {
                throw ModuleError(.invalid, "type mismatch in conversion of references", offset: offset)
            }
            stack.append(.ref(toAny ? .any : .extern, nullable: found.isNullable))
        }
    }
}

/// Two or more lower-case hexadecimal digits.
func hexByte(_ value: some BinaryInteger) -> String {
    let digits = String(value, radix: 16)
    return digits.count < 2 ? "0" + digits : digits
}
