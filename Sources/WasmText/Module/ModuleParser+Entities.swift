// Functions, tables, memories, globals, tags: their types, and their definitions, imports and exports.

/// Kinds of external entities, with their codes in the binary format.
enum ExternalCode: UInt8 {
    case function = 0, table, memory, global, tag
}

/// The type of addresses of a table or memory.
private enum AddressType { case i32, i64 }

extension ModuleParser {
    // MARK: Imports and exports

    /// `"module" "name" (kind id? type)`
    mutating func parseImport() throws(SyntaxError) {
        try readName()
        importSection.vector(string)
        try readName()
        importSection.vector(string)
        importCount += 1
        try expectOpen()
        let kind = word(of: token)
        cursor += 1
        _ = takeIdentifier()
        switch kind {
        case .func: try parseImportedFunction()
        case .table: try parseImportedTable()
        case .memory: try parseImportedMemory()
        case .global: try parseImportedGlobal()
        case .tag: try parseImportedTag()
        default: throw unexpected(at: cursor - 1)
        }
        try expectClose()
    }

    private mutating func parseImportedFunction() throws(SyntaxError) {
        let isExact = isAtOpen(.exact)
        if isExact { cursor += 2 }
        let type = try readTypeUse(.ignored)
        if isExact { try expectClose() }
        importSection.byte(ExternalCode.function.rawValue | (isExact ? 0x20 : 0))
        importSection.unsigned(type)
        importedFunctionCount += 1
    }

    private mutating func parseImportedTable() throws(SyntaxError) {
        importSection.byte(ExternalCode.table.rawValue)
        importSection.append(try readTableType())
        importedTableCount += 1
    }

    private mutating func parseImportedMemory() throws(SyntaxError) {
        importSection.byte(ExternalCode.memory.rawValue)
        importSection.append(try readMemoryType())
        importedMemoryCount += 1
    }

    private mutating func parseImportedGlobal() throws(SyntaxError) {
        importSection.byte(ExternalCode.global.rawValue)
        let (type, mutability) = try readGlobalType()
        importSection.type(type)
        importSection.byte(mutability)
        importedGlobalCount += 1
    }

    private mutating func parseImportedTag() throws(SyntaxError) {
        importSection.byte(ExternalCode.tag.rawValue)
        importSection.byte(0)
        importSection.unsigned(try readTypeUse(.ignored))
        importedTagCount += 1
    }

    /// `"name" (kind index)`
    mutating func parseExport() throws(SyntaxError) {
        try readName()
        exportSection.vector(string)
        exportCount += 1
        try expectOpen()
        let kind: ExternalCode
        let index: UInt32
        let word = word(of: token)
        cursor += 1
        switch word {
        case .func: (kind, index) = (.function, try readIndex(.function))
        case .table: (kind, index) = (.table, try readIndex(.table))
        case .memory: (kind, index) = (.memory, try readIndex(.memory))
        case .global: (kind, index) = (.global, try readIndex(.global))
        case .tag: (kind, index) = (.tag, try readIndex(.tag))
        default: throw unexpected(at: cursor - 1)
        }
        exportSection.byte(kind.rawValue)
        exportSection.unsigned(index)
        try expectClose()
    }

    /// Reads `id? (export …)* (import …)?` of a definition. True if it is an import, whose names are then written to
    /// the import section.
    private mutating func parseEntityHead(_ kind: ExternalCode, _ index: UInt32) throws(SyntaxError) -> Bool {
        _ = takeIdentifier()
        while isAtOpen(.export) {
            cursor += 2
            try readName()
            exportSection.vector(string)
            exportSection.byte(kind.rawValue)
            exportSection.unsigned(index)
            exportCount += 1
            try expectClose()
        }
        guard isAtOpen(.import) else { return false }
        cursor += 2
        try readName()
        importSection.vector(string)
        try readName()
        importSection.vector(string)
        importCount += 1
        try expectClose()
        return true
    }

    // MARK: Limits

    private mutating func takeAddressType() -> AddressType {
        if takeWord(.i64) { return .i64 }
        _ = takeWord(.i32)
        return .i32
    }

    /// Encoded limits: flags, minimum, maximum.
    private mutating func readLimits(_ address: AddressType) throws(SyntaxError) -> (
        flags: UInt8, encoded: EncodedBytes
    ) {
        var encoded = EncodedBytes()
        encoded.unsigned64(try readUnsigned(bits: 64))
        var flags: UInt8 = address == .i64 ? 4 : 0
        if token.kind == .number {
            encoded.unsigned64(try readUnsigned(bits: 64))
            flags |= 1
        }
        return (flags, encoded)
    }

    // MARK: Tables

    /// `addresstype? limits reftype`
    private mutating func readTableType() throws(SyntaxError) -> EncodedBytes {
        let address = takeAddressType()
        let (flags, limits) = try readLimits(address)
        var type = EncodedBytes()
        type.append(try readReferenceType())
        type.append(flags)
        type.append(limits)
        return type
    }

    mutating func parseTable() throws(SyntaxError) {
        let index = importedTableCount + tableCount
        if try parseEntityHead(.table, index) {
            return try parseImportedTable()
        }
        tableCount += 1
        let probe = isWord(token, .i32) || isWord(token, .i64) ? peek(1) : token
        guard probe.kind != .number else {
            let type = try readTableType()
            if token.kind != .rightParenthesis {
                tableSection.byte(0x40)
                tableSection.byte(0)
                tableSection.append(type)
                try readExpression()
                tableSection.append(expression)
            } else {
                tableSection.append(type)
            }
            return
        }
        // `reftype (elem …)`: the segment gives the size.
        let address = takeAddressType()
        let type = try readReferenceType()
        try expectOpen(.elem)
        let count = try parseInlineElements(table: index, type: type, is64: address == .i64)
        try expectClose()
        tableSection.type(type)
        tableSection.byte(address == .i64 ? 5 : 1)
        tableSection.unsigned(count)
        tableSection.unsigned(count)
    }

    // MARK: Memories

    /// `addresstype? limits shared? (pagesize n)?`
    private mutating func readMemoryType() throws(SyntaxError) -> EncodedBytes {
        let address = takeAddressType()
        var (flags, limits) = try readLimits(address)
        if takeWord(.shared) { flags |= 2 }
        if let logarithm = try takePageSize() {
            flags |= 8
            limits.unsigned64(UInt64(logarithm))
        }
        var type = EncodedBytes()
        type.append(flags)
        type.append(limits)
        return type
    }

    /// The binary logarithm of the page size, if one is given.
    private mutating func takePageSize() throws(SyntaxError) -> Int? {
        guard isAtOpen(.pagesize) else { return nil }
        cursor += 2
        let at = Int(token.start)
        let size = try readUnsigned(bits: 64)
        guard size != 0, size & (size - 1) == 0 else { throw SyntaxError("invalid custom page size", at: at) }
        try expectClose()
        return size.trailingZeroBitCount
    }

    mutating func parseMemory() throws(SyntaxError) {
        let index = importedMemoryCount + memoryCount
        if try parseEntityHead(.memory, index) {
            return try parseImportedMemory()
        }
        memoryCount += 1
        let probe = isWord(token, .i32) || isWord(token, .i64) ? peek(1) : token
        guard probe.kind != .number else {
            memorySection.append(try readMemoryType())
            return
        }
        // `(pagesize n)? (data …)`: the segment gives the size.
        let address = takeAddressType()
        let pageSizeLogarithm = try takePageSize()
        try expectOpen(.data)
        try readStrings()
        try expectClose()
        dataSection.byte(index == 0 ? 0 : 2)
        if index != 0 { dataSection.unsigned(index) }
        dataSection.byte(address == .i64 ? 0x42 : 0x41)
        dataSection.byte(0)
        dataSection.byte(0x0B)
        dataSection.vector(string)

        let shift = UInt64(pageSizeLogarithm ?? 16)
        let pages = shift >= 63 ? (string.count > 0 ? 1 : 0) : (UInt64(string.count) + (1 << shift) - 1) >> shift
        memorySection.byte((address == .i64 ? 5 : 1) | (pageSizeLogarithm == nil ? 0 : 8))
        memorySection.unsigned64(pages)
        memorySection.unsigned64(pages)
        if let pageSizeLogarithm { memorySection.unsigned(UInt32(pageSizeLogarithm)) }
    }

    // MARK: Globals and tags

    private mutating func readGlobalType() throws(SyntaxError) -> (EncodedType, UInt8) {
        guard isAtOpen(.mut) else { return (try readValueType(), 0) }
        cursor += 2
        let type = try readValueType()
        try expectClose()
        return (type, 1)
    }

    mutating func parseGlobal() throws(SyntaxError) {
        if try parseEntityHead(.global, importedGlobalCount + globalCount) {
            return try parseImportedGlobal()
        }
        globalCount += 1
        let (type, mutability) = try readGlobalType()
        globalSection.type(type)
        globalSection.byte(mutability)
        try readExpression()
        globalSection.append(expression)
    }

    mutating func parseTag() throws(SyntaxError) {
        if try parseEntityHead(.tag, importedTagCount + tagCount) {
            return try parseImportedTag()
        }
        tagCount += 1
        tagSection.byte(0)
        tagSection.unsigned(try readTypeUse(.ignored))
    }

    // MARK: Functions

    mutating func parseFunction() throws(SyntaxError) {
        let index = importedFunctionCount + functionCount
        if try parseEntityHead(.function, index) {
            return try parseImportedFunction()
        }
        functionCount += 1
        currentFunction = index
        locals.removeAll()
        functionSection.unsigned(try readTypeUse(.bound))

        body.removeAll()
        try parseLocals()
        for name in locals.names { localNames.append((index, name)) }
        isInFunction = true
        labelOrdinal = 0
        try parseInstructions(.sequence)
        isInFunction = false
        body.byte(0x0B)
        codeSection.vector(body)
    }

    /// Reads `(local …)*` and writes the declaration, neighbours of one type together, to `body`.
    private mutating func parseLocals() throws(SyntaxError) {
        expression.removeAll()
        var groups: UInt32 = 0
        var run: (type: EncodedType, count: UInt32)?
        func flush(_ run: (type: EncodedType, count: UInt32)?, _ expression: inout ByteWriter) {
            guard let run else { return }
            expression.unsigned(run.count)
            expression.type(run.type)
        }
        while isAtOpen(.local) {
            cursor += 2
            let isNamed = token.kind == .identifier
            while token.kind != .rightParenthesis {
                let at = cursor
                let symbol = isNamed ? takeIdentifier() : 0
                let annotation = takeAnnotation(.name, before: cursor)
                let type = try readValueType()
                guard locals.define(symbol: symbol, annotation: annotation) else { throw duplicate("local", at: at) }
                if let current = run, current.type == type {
                    run = (type, current.count + 1)
                } else {
                    flush(run, &expression)
                    run = (type, 1)
                    groups += 1
                }
                if isNamed { break }
            }
            try expectClose()
        }
        flush(run, &expression)
        body.unsigned(groups)
        body.append(expression)
    }
}

/// A few encoded bytes as a value.
struct EncodedBytes {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    mutating func append(_ other: EncodedBytes) { bytes += other.bytes }

    mutating func append(_ type: EncodedType) {
        for index in 0..<type.count { bytes.append(UInt8(truncatingIfNeeded: type.raw >> UInt64(index * 8))) }
    }

    mutating func unsigned64(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}

extension ByteWriter {
    mutating func append(_ encoded: EncodedBytes) { append(encoded.bytes) }
}
