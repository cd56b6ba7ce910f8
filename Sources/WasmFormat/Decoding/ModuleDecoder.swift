// Decoding a module: the order of sections, their frames, and what must agree between them.
// The contents of the sections are read in the extensions beside this file.

/// Gathers the parts of a module while its sections are read.
struct ModuleDecoder {
    let bytes: ModuleBytes
    let features: Features
    let limits: DecodingLimits
    /// Over the section being read.
    var reader: BinaryReader

    let types = TypeTable()
    var imports: [Import] = []
    /// Type indices, imports first.
    var functionTypeIndices: [UInt32] = []
    var tables: [TableType] = []
    var memories: [MemoryType] = []
    var globals: [GlobalType] = []
    var globalInitializers: [ConstantExpression] = []
    var tags: [UInt32] = []
    var exports: [Export] = []
    var start: UInt32?
    var elementSegments: [ElementSegment] = []
    var dataSegments: [DataSegment] = []
    var dataCount: UInt32?
    var bodies: [FunctionBody] = []
    var customSections: [CustomSection] = []
    var codeSection: Range<Int>?

    var importedFunctionCount = 0
    var importedTableCount = 0
    var importedMemoryCount = 0
    var importedGlobalCount = 0
    var importedTagCount = 0
    /// Functions that `ref.func` may name in bodies: those that occur outside of bodies.
    var escapingFunctions = Bitmap(bound: 0)

    init(bytes: ModuleBytes, features: Features, limits: DecodingLimits) {
        self.bytes = bytes
        self.features = features
        self.limits = limits
        reader = BinaryReader(base: bytes.base, range: 0..<bytes.count)
    }

    mutating func decode() throws(ModuleError) {
        guard bytes.count <= limits.moduleBytes else {
            throw ModuleError(.limit, "module of \(bytes.count) bytes", offset: 0)
        }
        try readHeader()
        var position = 8
        var lastOrder = 0
        var lastSection: UInt8 = 0
        while position < bytes.count {
            reader = BinaryReader(base: bytes.base, range: position..<bytes.count)
            let idByte = try fileByte()
            guard let id = SectionID(rawValue: idByte) else {
                throw reader.malformed("malformed section id", at: position)
            }
            if id != .custom {
                if id.order <= lastOrder {
                    throw reader.malformed("unexpected content after last section", at: position)
                }
                lastOrder = id.order
                lastSection = idByte
            }
            if reader.isAtEnd { throw reader.malformed("unexpected end") }
            let size = Int(try reader.readU32())
            guard size <= reader.remaining else {
                throw reader.malformed("length out of bounds: unexpected end in section", at: position + 1)
            }
            let contents = reader.offset..<(reader.offset + size)
            reader = BinaryReader(base: bytes.base, range: contents)
            try readSection(id, lastSection: lastSection)
            guard reader.isAtEnd else { throw reader.malformed("section size mismatch") }
            position = contents.upperBound
        }
        try checkCounts()
    }

    private mutating func fileByte() throws(ModuleError) -> UInt8 {
        if reader.isAtEnd { throw reader.malformed("unexpected end") }
        return try reader.readByte()
    }

    private mutating func readHeader() throws(ModuleError) {
        let magic: [UInt8] = [0x00, 0x61, 0x73, 0x6D]
        let version: [UInt8] = [0x01, 0x00, 0x00, 0x00]
        if bytes.count < 4 { throw reader.malformed("unexpected end", at: bytes.count) }
        guard bytes.buffer[0..<4].elementsEqual(magic) else {
            throw reader.malformed("magic header not detected", at: 0)
        }
        if bytes.count < 8 { throw reader.malformed("unexpected end", at: bytes.count) }
        // Where modules have the upper half of their version, components have a layer.
        if bytes.buffer[6..<8].elementsEqual([0x01, 0x00]), bytes.buffer[4] >= 0x0A {
            throw ModuleError(.unsupported, ModuleError.isComponent, offset: 4)
        }
        guard bytes.buffer[4..<8].elementsEqual(version) else {
            throw reader.malformed("unknown binary version", at: 4)
        }
    }

    private mutating func readSection(_ id: SectionID, lastSection: UInt8) throws(ModuleError) {
        switch id {
        case .custom:
            let name = try reader.readName(limit: limits.nameBytes)
            let range = try reader.readRange(reader.remaining)
            customSections.append(CustomSection(name: name, bytes: range, precedingSection: lastSection))
        case .type: try readTypes()
        case .import: try readImports()
        case .function: try readFunctions()
        case .table: try readTables()
        case .memory: try readMemories()
        case .tag: try readTags()
        case .global: try readGlobals()
        case .export: try readExports()
        case .start: try readStart()
        case .element: try readElementSegments()
        case .dataCount:
            try require(.bulkMemory, at: reader.offset)
            let offset = reader.offset
            let count = try reader.readU32()
            if Int(count) > limits.dataSegments { throw ModuleError(.limit, "too many data segments", offset: offset) }
            dataCount = count
        case .code: try readCode()
        case .data: try readDataSegments()
        }
    }

    private func checkCounts() throws(ModuleError) {
        if functionTypeIndices.count - importedFunctionCount != bodies.count {
            throw reader.malformed("function and code section have inconsistent lengths", at: bytes.count)
        }
        if let dataCount, dataSegments.count != dataCount {
            throw reader.malformed("data count and data section have inconsistent lengths", at: bytes.count)
        }
    }

    // MARK: Common checks

    /// Fails if a feature is switched off.
    func require(_ feature: Feature, at offset: Int) throws(ModuleError) {
        if !features.contains(feature) && feature != .core {
            throw ModuleError(.unsupported, "\(feature.name) is not enabled", offset: offset)
        }
    }

    /// A value type of a complete type section, normalised.
    mutating func readValueType() throws(ModuleError) -> ValueType {
        let offset = reader.offset
        let type = try reader.readValueType(typeBound: types.count)
        try require(type.feature, at: offset)
        return types.normalized(type)
    }

    /// A reference type of a complete type section, normalised.
    mutating func readReferenceType() throws(ModuleError) -> ValueType {
        let offset = reader.offset
        let type = try reader.readReferenceType(typeBound: types.count)
        try require(type.feature, at: offset)
        return types.normalized(type)
    }

    /// The index of a function type.
    mutating func readFunctionTypeIndex() throws(ModuleError) -> UInt32 {
        let offset = reader.offset
        let index = try reader.readU32()
        guard index < types.count else { throw ModuleError(.invalid, "unknown type \(index)", offset: offset) }
        guard types.entries[Int(index)].kind == .function else {
            throw ModuleError(.invalid, "type mismatch: type \(index) is not a function type", offset: offset)
        }
        return index
    }

    /// An index below a bound.
    mutating func readIndex(below bound: Int, of what: StaticString) throws(ModuleError) -> UInt32 {
        let offset = reader.offset
        let index = try reader.readU32()
        guard index < bound else { throw ModuleError(.invalid, "unknown \(what) \(index)", offset: offset) }
        return index
    }
}
