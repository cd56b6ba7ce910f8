// Element and data segments, and the frames of function bodies.

extension ModuleDecoder {
    mutating func readElementSegments() throws(ModuleError) {
        let count = try reader.readCount(limit: limits.elementSegments, of: "element segments")
        elementSegments.reserveCapacity(min(count, reader.remaining / 3))
        for _ in 0..<count { elementSegments.append(try readElementSegment()) }
    }

    /// Flags: bit 0 passive or declarative, bit 1 explicit table (or declarative), bit 2 expressions instead of indices.
    private mutating func readElementSegment() throws(ModuleError) -> ElementSegment {
        let offset = reader.offset
        let flags = try reader.readU32()
        guard flags < 8 else { throw reader.malformed("malformed elements segment kind", at: offset) }
        if flags != 0 { try require(.bulkMemory, at: offset) }
        let hasExpressions = flags & 4 != 0
        var mode: ElementSegment.Mode = flags & 2 != 0 ? .declarative : .passive
        var tableElement: ValueType?
        if flags & 1 == 0 {
            let table = flags & 2 != 0 ? try readTableIndex() : 0
            guard table < tables.count else {
                throw ModuleError(.invalid, "unknown table \(table)", offset: offset)
            }
            tableElement = tables[Int(table)].element
            mode = .active(table: table, offset: try readConstantExpression(type: tables[Int(table)].addressType))
        }
        var type = hasExpressions ? ValueType.funcref : .ref(.func, nullable: false)
        if flags & 3 != 0 {
            if hasExpressions {
                type = try readReferenceType()
            } else {
                let kindOffset = reader.offset
                guard try reader.readByte() == 0 else {
                    throw reader.malformed("malformed element kind", at: kindOffset)
                }
            }
        }
        if let tableElement, !types.isSubtype(type, tableElement) {
            throw ModuleError(
                .invalid, "type mismatch: element segment of \(type) for table of \(tableElement)", offset: offset)
        }
        let items =
            hasExpressions
            ? ElementSegment.Items.expressions(try readElementExpressions(type))
            : .functions(try readElementFunctions())
        return ElementSegment(type: type, mode: mode, items: items)
    }

    private mutating func readTableIndex() throws(ModuleError) -> UInt32 {
        try readIndex(below: tables.count, of: "table")
    }

    private mutating func readElementFunctions() throws(ModuleError) -> [UInt32] {
        let count = try reader.readCount(limit: limits.segmentElements, of: "elements")
        var indices: [UInt32] = []
        indices.reserveCapacity(count)
        for _ in 0..<count {
            let index = try readIndex(below: functionTypeIndices.count, of: "function")
            escapingFunctions.insert(index)
            indices.append(index)
        }
        return indices
    }

    private mutating func readElementExpressions(_ type: ValueType) throws(ModuleError) -> [ConstantExpression] {
        let count = try reader.readCount(limit: limits.segmentElements, of: "elements")
        var expressions: [ConstantExpression] = []
        expressions.reserveCapacity(min(count, reader.remaining / 3))
        for _ in 0..<count { expressions.append(try readConstantExpression(type: type)) }
        return expressions
    }

    // MARK: Data

    mutating func readDataSegments() throws(ModuleError) {
        let count = try reader.readCount(limit: limits.dataSegments, of: "data segments")
        if let dataCount, dataCount != count {
            throw reader.malformed("data count and data section have inconsistent lengths")
        }
        dataSegments.reserveCapacity(min(count, reader.remaining / 2))
        for _ in 0..<count {
            let offset = reader.offset
            let flags = try reader.readU32()
            guard flags < 3 else { throw reader.malformed("malformed data segment kind", at: offset) }
            if flags != 0 { try require(.bulkMemory, at: offset) }
            var mode = DataSegment.Mode.passive
            if flags != 1 {
                let memory = flags == 2 ? try reader.readU32() : 0
                guard memory < memories.count else {
                    throw ModuleError(.invalid, "unknown memory \(memory)", offset: offset)
                }
                let address = try readConstantExpression(type: memories[Int(memory)].addressType)
                mode = .active(memory: memory, offset: address)
            }
            let size = Int(try reader.readU32())
            dataSegments.append(DataSegment(mode: mode, bytes: try reader.readRange(size)))
        }
    }

    // MARK: Code

    mutating func readCode() throws(ModuleError) {
        let section = reader.offset..<(reader.offset + reader.remaining)
        codeSection = section
        let count = try reader.readCount(limit: limits.functions, of: "functions")
        // Fewer bodies than functions are noticed at the end, after errors in the order of sections.
        if count > functionTypeIndices.count - importedFunctionCount {
            throw reader.malformed("function and code section have inconsistent lengths", at: section.lowerBound)
        }
        bodies.reserveCapacity(min(count, reader.remaining / 3))
        for index in 0..<count {
            let functionIndex = UInt32(importedFunctionCount + index)
            do throws(ModuleError) {
                bodies.append(try readBody(functionIndex: functionIndex))
            } catch {
                var error = error
                error.functionIndex = functionIndex
                throw error
            }
        }
    }

    private mutating func readBody(functionIndex: UInt32) throws(ModuleError) -> FunctionBody {
        let offset = reader.offset
        let size = Int(try reader.readU32())
        if size > limits.functionBytes { throw ModuleError(.limit, "function body of \(size) bytes", offset: offset) }
        let range = try reader.readRange(size)
        var body = BinaryReader(base: bytes.base, range: range)
        let runs = try body.readCount(limit: .max, of: "local declarations")
        let localsOffset = body.offset
        var total = UInt64(types.entries[Int(functionTypeIndices[Int(functionIndex)])].count)
        for _ in 0..<runs {
            let runOffset = body.offset
            total += UInt64(try body.readU32())
            if total > UInt64(UInt32.max) { throw body.malformed("too many locals", at: runOffset) }
            let typeOffset = body.offset
            let type = try body.readValueType(typeBound: types.count)
            try require(type.feature, at: typeOffset)
        }
        if total > limits.locals {
            throw ModuleError(.limit, "too many locals: \(total), limit \(limits.locals)", offset: localsOffset)
        }
        return FunctionBody(bytes: range, codeOffset: body.offset)
    }
}
