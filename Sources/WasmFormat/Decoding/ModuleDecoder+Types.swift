// The type section: recursion groups, subtypes, and the rules for declared supertypes.

extension ModuleDecoder {
    mutating func readTypes() throws(ModuleError) {
        let groupCount = try reader.readCount(limit: limits.recursionGroups, of: "recursion groups")
        for _ in 0..<groupCount { try readGroup() }
    }

    private mutating func readGroup() throws(ModuleError) {
        let first = types.count
        let offset = reader.offset
        var size = 1
        if !reader.isAtEnd, reader.cursor.pointee == 0x4E {
            try require(.gc, at: offset)
            _ = try reader.readByte()
            size = try reader.readCount(limit: limits.types, of: "types")
        }
        if first + size > limits.types { throw ModuleError(.limit, "too many types", offset: offset) }
        for _ in 0..<size { types.append(try readSubType(typeBound: first + size)) }
        types.finishGroup(size: size)
        try checkSupertypes(first: first, offset: offset)
    }

    private mutating func readSubType(typeBound: Int) throws(ModuleError) -> SubType {
        let offset = reader.offset
        let byte = try reader.readByte()
        guard byte == 0x50 || byte == 0x4F else {
            return SubType(composite: try readCompositeType(byte, at: offset, typeBound: typeBound))
        }
        try require(.gc, at: offset)
        let supertypesOffset = reader.offset
        let supertypeCount = try reader.readCount(limit: limits.types, of: "supertypes")
        guard supertypeCount <= 1 else {
            throw ModuleError(.invalid, "sub type with \(supertypeCount) super types", offset: supertypesOffset)
        }
        var supertype: UInt32?
        if supertypeCount == 1 {
            let index = try reader.readU32()
            guard index < types.count else {
                throw ModuleError(.invalid, "unknown type \(index)", offset: supertypesOffset + 1)
            }
            supertype = index
        }
        let compositeOffset = reader.offset
        let composite = try readCompositeType(try reader.readByte(), at: compositeOffset, typeBound: typeBound)
        return SubType(isFinal: byte == 0x4F, supertype: supertype, composite: composite)
    }

    private mutating func readCompositeType(
        _ byte: UInt8, at offset: Int, typeBound: Int
    ) throws(ModuleError) -> CompositeType {
        switch byte {
        case 0x60:
            let parameters = try readTypeList(limit: limits.parameters, of: "parameters", typeBound: typeBound)
            let results = try readTypeList(limit: limits.results, of: "results", typeBound: typeBound)
            return .function(FunctionType(parameters: parameters, results: results))
        case 0x5F:
            try require(.gc, at: offset)
            let count = try reader.readCount(limit: limits.structFields, of: "fields")
            var fields: [FieldType] = []
            fields.reserveCapacity(count)
            for _ in 0..<count { fields.append(try readField(typeBound: typeBound)) }
            return .structure(StructType(fields: fields))
        case 0x5E:
            try require(.gc, at: offset)
            return .array(ArrayType(element: try readField(typeBound: typeBound)))
        default:
            // As a number of seven bits with sign this is no known form.
            throw reader.malformed(
                byte & 0x80 != 0 ? "integer representation too long" : "malformed definition type", at: offset)
        }
    }

    private mutating func readTypeList(
        limit: Int, of what: String, typeBound: Int
    ) throws(ModuleError) -> [ValueType] {
        let count = try reader.readCount(limit: limit, of: what)
        var list: [ValueType] = []
        list.reserveCapacity(count)
        for _ in 0..<count {
            let offset = reader.offset
            let type = try reader.readValueType(typeBound: typeBound)
            try require(type.feature, at: offset)
            list.append(type)
        }
        return list
    }

    private mutating func readField(typeBound: Int) throws(ModuleError) -> FieldType {
        let offset = reader.offset
        let storage: StorageType
        if !reader.isAtEnd, reader.cursor.pointee == 0x78 {
            _ = try reader.readByte()
            storage = .i8
        } else if !reader.isAtEnd, reader.cursor.pointee == 0x77 {
            _ = try reader.readByte()
            storage = .i16
        } else if !reader.isAtEnd, reader.cursor.pointee &- 0x7B < 5 {
            storage = .value(try reader.readValueType(typeBound: typeBound))
        } else {
            storage = .value(try reader.readReferenceType(typeBound: typeBound, orElse: "malformed storage type"))
        }
        try require(storage.unpacked.feature, at: offset)
        return FieldType(storage: storage, isMutable: try readMutability())
    }

    mutating func readMutability() throws(ModuleError) -> Bool {
        let offset = reader.offset
        let byte = try reader.readByte()
        guard byte < 2 else { throw reader.malformed("malformed mutability", at: offset) }
        return byte == 1
    }

    /// Checks the supertypes of the types from `first` on. First all depths, which subtyping reads, then the shapes.
    private func checkSupertypes(first: Int, offset: Int) throws(ModuleError) {
        for index in first..<types.count {
            let entry = types.entries[index]
            guard entry.supertype != .max else { continue }
            let depth = types.entries[Int(entry.supertype)].depth + 1
            if depth > limits.subtypingDepth {
                throw ModuleError(.limit, "sub type hierarchy is too deep", offset: offset)
            }
            types.setDepth(depth, of: index)
        }
        for index in first..<types.count {
            let entry = types.entries[index]
            guard entry.supertype != .max else { continue }
            let supertype = types.entries[Int(entry.supertype)]
            if supertype.isFinal || !types.matches(entry, supertype) {
                throw ModuleError(
                    .invalid, "sub type \(index) does not match super type \(entry.supertype)", offset: offset)
            }
        }
    }
}
