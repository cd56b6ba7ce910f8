// Memory arguments, bulk operations on memories and tables, wide arithmetic, atomic operators.

extension FunctionValidator {
    /// Reads a memory argument and gives the type of addresses.
    @inline(__always)
    mutating func readMemoryArgument(naturalAlignment: UInt8) throws(ModuleError) -> ValueType {
        // Usual: memory 0 of 32 bits, one byte of flags, one of offset.
        if reader.remaining >= 2, reader.cursor[0] <= naturalAlignment, reader.cursor[1] < 0x80, tables.memoryCount > 0
        {
            reader.cursor += 2
            return tables.memories[0]
        }
        return try readMemoryArgumentSlowly(naturalAlignment: naturalAlignment, isExact: false)
    }

    @inline(never)
    mutating func readMemoryArgumentSlowly(
        naturalAlignment: UInt8, isExact: Bool
    ) throws(ModuleError) -> ValueType {
        let flags = try reader.readU32()
        guard flags < 0x80 else { throw malformed("malformed memop flags") }
        var memory = 0
        if flags & 0x40 != 0 {
            try require(.multipleMemories)
            memory = Int(try reader.readU32())
        }
        let offset = try reader.readU64()
        guard memory < tables.memoryCount else { throw unknown("memory", memory) }
        let addressType = tables.memories[memory]
        let alignment = flags & 0x3F
        if isExact && alignment != naturalAlignment { throw invalid("atomic alignment must be natural") }
        if alignment > naturalAlignment { throw invalid("alignment must not be larger than natural") }
        if addressType == .i32 && offset > UInt64(UInt32.max) { throw invalid("offset out of range") }
        return addressType
    }

    /// Operators behind 0xFC.
    mutating func validateExtended(_ opcode: Opcode) throws(ModuleError) {
        switch opcode {
        case .memoryInit:
            let segment = Int(try reader.readU32())
            let addressType = try readMemory()
            try checkDataIndex(segment)
            try pop(.i32)
            try pop(.i32)
            try pop(addressType)
        case .dataDrop: try readDataIndex()
        case .memoryCopy:
            let destination = try readMemory()
            let source = try readMemory()
            try pop(narrower(destination, source))
            try pop(source)
            try pop(destination)
        case .memoryFill:
            let addressType = try readMemory()
            try pop(addressType)
            try pop(.i32)
            try pop(addressType)
        case .tableInit:
            let index = Int(try reader.readU32())
            let table = try readTable()
            let segment = try elementType(ofSegment: index)
            guard types.isSubtype(segment, table.element) else {
                throw invalid("type mismatch: segment of \(segment) for table of \(table.element)")
            }
            try pop(.i32)
            try pop(.i32)
            try pop(table.addressType)
        case .elemDrop: _ = try readElementSegment()
        case .tableCopy:
            let destination = try readTable()
            let source = try readTable()
            guard types.isSubtype(source.element, destination.element) else {
                throw invalid("type mismatch: copy from table of \(source.element) to \(destination.element)")
            }
            try pop(narrower(destination.addressType, source.addressType))
            try pop(source.addressType)
            try pop(destination.addressType)
        case .tableGrow:
            let table = try readTable()
            try pop(table.addressType)
            try pop(table.element)
            try push(table.addressType)
        case .tableSize: try push(try readTable().addressType)
        case .tableFill:
            let table = try readTable()
            try pop(table.addressType)
            try pop(table.element)
            try pop(table.addressType)
        default: try applyPlain(rows[opcode.ordinal].signature)
        }
    }

    /// The type of lengths that fit both address types.
    private func narrower(_ a: ValueType, _ b: ValueType) -> ValueType { a == .i32 || b == .i32 ? .i32 : .i64 }

    /// Operators behind 0xFE.
    mutating func validateAtomic(_ row: UnsafePointer<OpcodeInfo>) throws(ModuleError) {
        if row.pointee.immediates == .fence {
            guard try reader.readByte() == 0 else { throw malformed("zero byte expected") }
            return
        }
        let addressType = try readMemoryArgumentSlowly(naturalAlignment: row.pointee.naturalAlignment, isExact: true)
        try applyPlain(row.pointee.signature, addressType: addressType)
    }
}
