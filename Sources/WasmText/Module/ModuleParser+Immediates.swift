// What follows the name of an instruction, except for its operands.

import WasmFormat

extension ModuleParser {
    /// Writes opcode and immediates to `body`; the cursor is behind the name.
    @inline(__always)
    mutating func writeInstruction(_ shape: UnsafePointer<InstructionShape>) throws(SyntaxError) {
        let immediates = shape.pointee.immediates
        body.opcode(shape.pointee)
        switch immediates {
        case .none: if shape.pointee.opcode == .select { try writeSelectTypes() }
        case .localIndex: body.unsigned(try readIndex(.local))
        case .i32Const: body.signed(Int64(Int32(truncatingIfNeeded: try readInteger(bits: 32))))
        case .i64Const: body.signed(Int64(bitPattern: try readInteger(bits: 64)))
        case .labelIndex: body.unsigned(try readLabel())
        case .functionIndex: body.unsigned(try readIndex(.function))
        case .globalIndex: body.unsigned(try readIndex(.global))
        case .memoryArgument: try writeMemoryArgument(shape.pointee.naturalAlignment)
        default: try writeRareImmediates(shape)
        }
    }

    @inline(never)
    private mutating func writeRareImmediates(_ shape: UnsafePointer<InstructionShape>) throws(SyntaxError) {
        switch shape.pointee.immediates {
        case .none, .localIndex, .i32Const, .i64Const, .labelIndex, .functionIndex, .globalIndex, .memoryArgument:
            break  // read by the caller
        case .blockType, .tryTable:
            break  // structured instructions are read with their frames
        case .f32Const: body.fixed32(UInt32(truncatingIfNeeded: try readFloat(.single)))
        case .f64Const: body.fixed64(try readFloat(.double))
        case .v128Const:
            let value = try readVector()
            body.fixed64(value.low)
            body.fixed64(value.high)
        case .labelTable: try writeLabelTable()
        case .typeIndex: body.unsigned(try readIndex(.type))
        case .callIndirect:
            let table = isIndex(token) ? try readIndex(.table) : 0
            body.unsigned(try readTypeUse(.forbidden))
            body.unsigned(table)
        case .tagIndex: body.unsigned(try readIndex(.tag))
        case .tableIndex: body.unsigned(isIndex(token) ? try readIndex(.table) : 0)
        case .tableIndexPair: try writeOptionalPair(.table)
        case .memoryIndexPair: try writeOptionalPair(.memory)
        case .memoryArgumentLane: try writeMemoryArgumentLane(shape.pointee.naturalAlignment)
        case .memoryIndex: body.unsigned(isIndex(token) ? try readIndex(.memory) : 0)
        case .dataAndMemory:
            usesDataIndex = true
            try writeSegmentAndEntity(segment: .data, entity: .memory)
        case .elementAndTable: try writeSegmentAndEntity(segment: .element, entity: .table)
        case .dataIndex:
            usesDataIndex = true
            body.unsigned(try readIndex(.data))
        case .elementIndex: body.unsigned(try readIndex(.element))
        case .shuffle:
            for _ in 0..<16 {
                guard token.kind == .number else {
                    throw SyntaxError("invalid lane length: \(unexpected().message)", at: Int(token.start))
                }
                body.byte(try readShuffleLane())
            }
            if token.kind == .number { throw SyntaxError("invalid lane length", at: Int(token.start)) }
        case .lane: body.byte(try readLane())
        case .valueTypes: try writeSelectTypes()
        case .heapType: try writeHeapTypeImmediate(shape.pointee.opcode)
        case .castBranch: try writeCastBranch()
        case .typeAndField:
            let type = try readIndex(.type)
            body.unsigned(type)
            body.unsigned(try readField(of: type))
        case .typeAndCount:
            body.unsigned(try readIndex(.type))
            body.unsigned(UInt32(truncatingIfNeeded: try readUnsigned(bits: 32)))
        case .typeAndData:
            usesDataIndex = true
            body.unsigned(try readIndex(.type))
            body.unsigned(try readIndex(.data))
        case .typeAndElement:
            body.unsigned(try readIndex(.type))
            body.unsigned(try readIndex(.element))
        case .typePair:
            body.unsigned(try readIndex(.type))
            body.unsigned(try readIndex(.type))
        case .fence: body.byte(0)
        }
    }

    // MARK: Memory

    private mutating func writeMemoryArgument(_ naturalAlignment: UInt8) throws(SyntaxError) {
        let memory = isIndex(token) ? try readIndex(.memory) : 0
        try writeMemoryArgument(naturalAlignment, memory)
    }

    private mutating func writeMemoryArgument(_ naturalAlignment: UInt8, _ memory: UInt32) throws(SyntaxError) {
        var offset: UInt64 = 0
        var alignment = naturalAlignment
        if token.kind == .offsetEquals { offset = try readAssigned(prefixLength: 7) }
        if token.kind == .alignEquals {
            let at = Int(token.start)
            let value = try readAssigned(prefixLength: 6)
            guard value != 0, value & (value - 1) == 0 else {
                throw SyntaxError("alignment must be a power of two", at: at)
            }
            alignment = UInt8(value.trailingZeroBitCount)
        }
        if memory == 0 {
            body.byte(alignment)
        } else {
            body.byte(alignment | 0x40)
            body.unsigned(memory)
        }
        body.unsigned64(offset)
    }

    /// The number behind `offset=` or `align=`.
    private mutating func readAssigned(prefixLength: Int) throws(SyntaxError) -> UInt64 {
        let token = token
        guard let literal = IntegerLiteral(base, Int(token.start) + prefixLength, Int(token.link)), !literal.hasSign
        else { throw SyntaxError("unknown operator \(text(of: token))", at: Int(token.start)) }
        guard let value = literal.unsigned(bits: 64) else {
            throw SyntaxError("i64 constant out of range", at: Int(token.start))
        }
        cursor &+= 1
        return value
    }

    /// `x? memarg lane`: a number is a memory index only if something of the rest follows it besides the lane.
    private mutating func writeMemoryArgumentLane(_ naturalAlignment: UInt8) throws(SyntaxError) {
        var memory: UInt32 = 0
        if token.kind == .identifier {
            memory = try readIndex(.memory)
        } else if token.kind == .number {
            switch peek(1).kind {
            case .number, .offsetEquals, .alignEquals: memory = try readIndex(.memory)
            default: break
            }
        }
        try writeMemoryArgument(naturalAlignment, memory)
        body.byte(try readLane())
    }

    private mutating func readLane() throws(SyntaxError) -> UInt8 {
        UInt8(truncatingIfNeeded: try readUnsigned(bits: 8))
    }

    /// A lane of a shuffle; any other number is out of range.
    private mutating func readShuffleLane() throws(SyntaxError) -> UInt8 {
        do throws(SyntaxError) {
            return try readLane()
        } catch {
            guard token.kind == .number, error.message.hasPrefix("unexpected token") else { throw error }
            throw SyntaxError("i8 constant out of range", at: error.offset)
        }
    }

    // MARK: Indices that may be left out

    /// Two indices of one space, or none.
    private mutating func writeOptionalPair(_ space: Space) throws(SyntaxError) {
        guard isIndex(token) else {
            body.byte(0)
            body.byte(0)
            return
        }
        body.unsigned(try readIndex(space))
        body.unsigned(try readIndex(space))
    }

    /// `entity? segment` in the text, segment and entity in the binary format.
    private mutating func writeSegmentAndEntity(segment: Space, entity: Space) throws(SyntaxError) {
        let index = isIndex(token) && isIndex(peek(1)) ? try readIndex(entity) : 0
        body.unsigned(try readIndex(segment))
        body.unsigned(index)
    }

    // MARK: Labels and blocks

    private mutating func writeLabelTable() throws(SyntaxError) {
        clauses.removeAll()
        var count: UInt32 = 0
        var last = try readLabel()
        while isIndex(token) {
            clauses.unsigned(last)
            count += 1
            last = try readLabel()
        }
        body.unsigned(count)
        body.append(clauses)
        body.unsigned(last)
    }

    /// Reads a block type and writes it to `body`.
    mutating func writeBlockType() throws(SyntaxError) {
        guard token.kind == .leftParenthesis, peek(1).kind == .word else { return body.byte(0x40) }
        let start = cursor
        let index = try takeTypeClause()
        try readSignature(.forbidden)
        if let index {
            try check(index, againstSignatureAt: start)
            body.type(EncodedType(typeIndex: index))
        } else if parameterCount == 0, resultCount == 0 {
            body.byte(0x40)
        } else if parameterCount == 0, resultCount == 1 {
            body.append(resultTypes)
        } else {
            body.type(EncodedType(typeIndex: indexOfSignature()))
        }
    }

    /// The catch clauses of `try_table`.
    mutating func writeCatches() throws(SyntaxError) {
        clauses.removeAll()
        var count: UInt32 = 0
        while token.kind == .leftParenthesis, let word = word(of: peek(1)) {
            let code: UInt8
            switch word {
            case .catch: code = 0
            case .catchRef: code = 1
            case .catchAll: code = 2
            case .catchAllRef: code = 3
            default: throw unexpected(at: cursor + 1)
            }
            cursor += 2
            clauses.byte(code)
            if code < 2 { clauses.unsigned(try readIndex(.tag)) }
            clauses.unsigned(try readLabel())
            try expectClose()
            count += 1
        }
        body.unsigned(count)
        body.append(clauses)
    }

    // MARK: Types

    /// `(result t*)*` behind `select`; makes it the typed form, whose opcode replaces the one just written.
    private mutating func writeSelectTypes() throws(SyntaxError) {
        guard isAtOpen(.result) else { return }
        try readSignature(.forbidden)
        body.truncate(to: body.count - 1)
        body.opcode(.of(.selectTyped))
        body.unsigned(resultCount)
        body.append(resultTypes)
    }

    private mutating func writeHeapTypeImmediate(_ opcode: Opcode) throws(SyntaxError) {
        if opcode == .refNull { return body.type(try readHeapType()) }
        // `ref.test` and `ref.cast` are written with the non-null form; the nullable one is the next code.
        let (heapType, isNullable) = try readReference()
        if isNullable {
            body.incrementLastByte()
        }
        body.type(heapType)
    }

    private mutating func writeCastBranch() throws(SyntaxError) {
        let label = try readLabel()
        let source = try readReference()
        let destination = try readReference()
        body.byte((source.isNullable ? 1 : 0) | (destination.isNullable ? 2 : 0))
        body.unsigned(label)
        body.type(source.heapType)
        body.type(destination.heapType)
    }

    private mutating func readField(of type: UInt32) throws(SyntaxError) -> UInt32 {
        guard token.kind == .identifier else { return UInt32(truncatingIfNeeded: try readUnsigned(bits: 32)) }
        guard let field = fieldIndices[UInt64(type) << 32 | UInt64(token.link)] else { throw unknown("field") }
        cursor += 1
        return field
    }

    // MARK: Vectors

    /// A shape and its lanes.
    mutating func readVector() throws(SyntaxError) -> (low: UInt64, high: UInt64) {
        let bits: UInt64
        var format: FloatFormat?
        switch word(of: token) {
        case .i8x16: bits = 8
        case .i16x8: bits = 16
        case .i32x4: bits = 32
        case .i64x2: bits = 64
        case .f32x4: (bits, format) = (32, .single)
        case .f64x2: (bits, format) = (64, .double)
        default: throw unexpected()
        }
        cursor += 1
        var halves: (low: UInt64, high: UInt64) = (0, 0)
        let lanesPerHalf = 64 / bits
        var count = 0
        while peek(count).kind == .number, count <= 2 * lanesPerHalf { count += 1 }
        guard count == 2 * lanesPerHalf else {
            let error = unexpected(at: cursor + count)
            guard error.message.hasPrefix("unexpected token") else { throw error }
            throw SyntaxError("wrong number of lane literals", at: Int(token.start))
        }
        for lane in 0..<(2 * lanesPerHalf) {
            let value = if let format { try readFloat(format) } else { try readInteger(bits: bits) }
            if lane < lanesPerHalf {
                halves.low |= value << (lane * bits)
            } else {
                halves.high |= value << ((lane - lanesPerHalf) * bits)
            }
        }
        return halves
    }
}
