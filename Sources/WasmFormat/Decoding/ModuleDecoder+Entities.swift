// Imports, functions, tables, memories, tags, globals, exports and the start function.

extension ModuleDecoder {
    mutating func readImports() throws(ModuleError) {
        let count = try reader.readCount(limit: limits.imports, of: "imports")
        imports.reserveCapacity(min(count, reader.remaining / 4))
        for _ in 0..<count {
            let module = try reader.readName(limit: limits.nameBytes)
            let name = try reader.readName(limit: limits.nameBytes)
            imports.append(Import(module: module, name: name, type: try readExternalType()))
        }
        importedFunctionCount = functionTypeIndices.count
        importedTableCount = tables.count
        importedMemoryCount = memories.count
        importedGlobalCount = globals.count
        importedTagCount = tags.count
        escapingFunctions = Bitmap(bound: functionTypeIndices.count)
    }

    private mutating func readExternalType() throws(ModuleError) -> ExternalType {
        let offset = reader.offset
        guard let kind = ExternalKind(rawValue: try reader.readByte()) else {
            throw reader.malformed("malformed import kind", at: offset)
        }
        switch kind {
        case .function:
            let index = try readFunctionTypeIndex()
            functionTypeIndices.append(index)
            return .function(typeIndex: index)
        case .table:
            let type = try readTableType()
            tables.append(type)
            return .table(type)
        case .memory:
            let type = try readMemoryType()
            memories.append(type)
            try checkMemoryCount(at: offset)
            return .memory(type)
        case .global:
            let type = try readGlobalType()
            globals.append(type)
            return .global(type)
        case .tag:
            let index = try readTag()
            tags.append(index)
            return .tag(typeIndex: index)
        }
    }

    mutating func readFunctions() throws(ModuleError) {
        let count = try reader.readCount(limit: limits.functions, of: "functions")
        functionTypeIndices.reserveCapacity(functionTypeIndices.count + count)
        for _ in 0..<count { functionTypeIndices.append(try readFunctionTypeIndex()) }
        escapingFunctions = Bitmap(bound: functionTypeIndices.count)
    }

    // MARK: Tables

    mutating func readTables() throws(ModuleError) {
        let count = try reader.readCount(limit: limits.tables, of: "tables")
        tables.reserveCapacity(tables.count + min(count, reader.remaining / 3))
        for _ in 0..<count {
            let offset = reader.offset
            var hasInitializer = false
            if !reader.isAtEnd, reader.cursor.pointee == 0x40 {
                try require(.functionReferences, at: offset)
                _ = try reader.readByte()
                let reserved = try reader.readByte()
                guard reserved == 0 else { throw reader.malformed("malformed table", at: offset + 1) }
                hasInitializer = true
            }
            var type = try readTableType()
            if hasInitializer {
                type.initializer = try readConstantExpression(type: type.element)
            } else if !type.element.isDefaultable {
                throw ModuleError(
                    .invalid, "type mismatch: table of \(type.element) needs an initializer", offset: offset)
            }
            tables.append(type)
        }
    }

    private mutating func readTableType() throws(ModuleError) -> TableType {
        let element = try readReferenceType()
        let offset = reader.offset
        let flags = try reader.readByte()
        guard flags & ~0b101 == 0 else { throw reader.malformed("malformed limits flags", at: offset) }
        let is64 = flags & 4 != 0
        if is64 { try require(.memory64, at: offset) }
        let limits = try readLimits(hasMaximum: flags & 1 != 0)
        let largest = is64 ? UInt64.max : UInt64(UInt32.max)
        if limits.minimum > largest || (limits.maximum ?? 0) > largest {
            throw ModuleError(.invalid, "table size must be at most 2^32-1", offset: offset)
        }
        try checkOrder(limits, at: offset)
        return TableType(element: element, limits: limits, is64: is64)
    }

    private mutating func readLimits(hasMaximum: Bool) throws(ModuleError) -> Limits {
        let minimum = try reader.readU64()
        return Limits(minimum: minimum, maximum: hasMaximum ? try reader.readU64() : nil)
    }

    private func checkOrder(_ limits: Limits, at offset: Int) throws(ModuleError) {
        if let maximum = limits.maximum, maximum < limits.minimum {
            throw ModuleError(.invalid, "size minimum must not be greater than maximum", offset: offset)
        }
    }

    // MARK: Memories

    mutating func readMemories() throws(ModuleError) {
        let offset = reader.offset
        let count = try reader.readCount(limit: limits.memories, of: "memories")
        memories.reserveCapacity(memories.count + min(count, reader.remaining / 2))
        for _ in 0..<count {
            memories.append(try readMemoryType())
            try checkMemoryCount(at: offset)
        }
    }

    private func checkMemoryCount(at offset: Int) throws(ModuleError) {
        if memories.count > 1 && !features.contains(.multipleMemories) {
            throw ModuleError(.invalid, "multiple memories", offset: offset)
        }
    }

    private mutating func readMemoryType() throws(ModuleError) -> MemoryType {
        let offset = reader.offset
        let flags = try reader.readByte()
        var known: UInt8 = 0b101
        if features.contains(.threads) { known |= 0b10 }
        if features.contains(.customPageSizes) { known |= 0b1000 }
        guard flags & ~known == 0 else { throw reader.malformed("malformed limits flags", at: offset) }
        let is64 = flags & 4 != 0
        if is64 { try require(.memory64, at: offset) }
        let isShared = flags & 2 != 0
        let limits = try readLimits(hasMaximum: flags & 1 != 0)
        var pageSizeLog2: UInt8 = 16
        if flags & 8 != 0 {
            let pageOffset = reader.offset
            let exponent = try reader.readU32()
            guard exponent == 0 || exponent == 16 else {
                let category: ModuleError.Category = exponent > 64 ? .malformed : .invalid
                throw ModuleError(category, "invalid custom page size", offset: pageOffset)
            }
            pageSizeLog2 = UInt8(exponent)
        }
        if isShared && limits.maximum == nil {
            throw ModuleError(.invalid, "shared memory must have maximum", offset: offset)
        }
        try checkSize(limits, is64: is64, pageSizeLog2: pageSizeLog2, at: offset)
        try checkOrder(limits, at: offset)
        return MemoryType(limits: limits, is64: is64, isShared: isShared, pageSizeLog2: pageSizeLog2)
    }

    private func checkSize(_ limits: Limits, is64: Bool, pageSizeLog2: UInt8, at offset: Int) throws(ModuleError) {
        let addressBits: UInt8 = is64 ? 64 : 32
        let exponent = addressBits - pageSizeLog2
        // A memory of single bytes may not have one more byte than its addresses can tell as a count.
        let largest: UInt64 = pageSizeLog2 == 0 ? (is64 ? .max : UInt64(UInt32.max)) : 1 << UInt64(exponent)
        if limits.minimum > largest || (limits.maximum ?? 0) > largest {
            let size = is64 ? "16 EiB" : "4GiB"
            throw ModuleError(.invalid, "memory size must be at most \(largest) pages (\(size))", offset: offset)
        }
    }

    // MARK: Tags and globals

    mutating func readTags() throws(ModuleError) {
        try require(.exceptions, at: reader.offset)
        let count = try reader.readCount(limit: limits.tags, of: "tags")
        for _ in 0..<count { tags.append(try readTag()) }
    }

    private mutating func readTag() throws(ModuleError) -> UInt32 {
        let offset = reader.offset
        try require(.exceptions, at: offset)
        guard try reader.readByte() == 0 else { throw reader.malformed("malformed tag attribute", at: offset) }
        let index = try readFunctionTypeIndex()
        guard types.entries[Int(index)].resultCount == 0 else {
            throw ModuleError(.invalid, "non-empty tag result type", offset: offset)
        }
        return index
    }

    private mutating func readGlobalType() throws(ModuleError) -> GlobalType {
        let type = try readValueType()
        return GlobalType(type: type, isMutable: try readMutability())
    }

    mutating func readGlobals() throws(ModuleError) {
        let count = try reader.readCount(limit: limits.globals, of: "globals")
        globals.reserveCapacity(globals.count + min(count, reader.remaining / 4))
        globalInitializers.reserveCapacity(min(count, reader.remaining / 4))
        for _ in 0..<count {
            let type = try readGlobalType()
            globalInitializers.append(try readConstantExpression(type: type.type))
            globals.append(type)
        }
    }

    // MARK: Exports and start

    mutating func readExports() throws(ModuleError) {
        let count = try reader.readCount(limit: limits.exports, of: "exports")
        exports.reserveCapacity(min(count, reader.remaining / 3))
        var names = Set<NameBytes>()
        for _ in 0..<count {
            let offset = reader.offset
            let name = try reader.readName(limit: limits.nameBytes)
            let kindOffset = reader.offset
            let nameOffset = kindOffset - name.utf8.count
            guard let kind = ExternalKind(rawValue: try reader.readByte()) else {
                throw reader.malformed("malformed export kind", at: kindOffset)
            }
            let index: UInt32
            switch kind {
            case .function:
                index = try readIndex(below: functionTypeIndices.count, of: "function")
                escapingFunctions.insert(index)
            case .table: index = try readIndex(below: tables.count, of: "table")
            case .memory: index = try readIndex(below: memories.count, of: "memory")
            case .global: index = try readIndex(below: globals.count, of: "global")
            case .tag: index = try readIndex(below: tags.count, of: "tag")
            }
            // By bytes: strings that Unicode holds equivalent are different names.
            let isDuplicate: Bool
            if count <= 8 {
                isDuplicate = exports.contains { $0.name.utf8.elementsEqual(name.utf8) }
            } else {
                isDuplicate = !names.insert(NameBytes(reader.base, nameOffset..<kindOffset)).inserted
            }
            if isDuplicate {
                throw ModuleError(.invalid, "duplicate export name \"\(shortened(name))\"", offset: offset)
            }
            exports.append(Export(name: name, kind: kind, index: index))
        }
    }

    mutating func readStart() throws(ModuleError) {
        let offset = reader.offset
        let index = try readIndex(below: functionTypeIndices.count, of: "function")
        let type = types.entries[Int(functionTypeIndices[Int(index)])]
        guard type.count == 0, type.resultCount == 0 else {
            throw ModuleError(.invalid, "start function must have type [] -> []", offset: offset)
        }
        start = index
    }
}

/// A name in a module's bytes, compared byte by byte. Must not outlive the bytes.
private struct NameBytes: Hashable {
    private let bytes: UnsafeRawBufferPointer

    init(_ base: UnsafePointer<UInt8>, _ range: Range<Int>) {
        bytes = UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count)
    }

    static func == (a: NameBytes, b: NameBytes) -> Bool {
        guard a.bytes.count == b.bytes.count else { return false }
        for index in 0..<a.bytes.count where a.bytes[index] != b.bytes[index] { return false }
        return true
    }

    func hash(into hasher: inout Hasher) { hasher.combine(bytes: bytes) }
}
