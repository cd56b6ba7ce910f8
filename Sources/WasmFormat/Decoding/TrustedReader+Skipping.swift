// Skipping what follows an opcode. All who pass over operators do it here: the compilers' scans, dead code, listings.

extension TrustedReader {
    /// Skips the immediates of an operator that was just read.
    @inlinable
    public mutating func skipImmediates(of opcode: Opcode) { skip(row(of: opcode).pointee.immediates) }

    /// Skips immediates of a kind.
    @inlinable
    public mutating func skip(_ immediates: ImmediateKind) { cursor = end(of: immediates) }

    /// Where immediates that begin at the cursor end.
    @inline(never)
    public func end(of immediates: ImmediateKind) -> UnsafePointer<UInt8> {
        var reader = self
        switch immediates.shape {
        case .nothing: break
        case .number: reader.skipLEB()
        case .twoNumbers:
            reader.skipLEB()
            reader.skipLEB()
        case .type: reader.skipType()
        case .types:
            for _ in 0..<reader.readU32InPlace() { reader.skipType() }
        case .labelTable:
            for _ in 0...reader.readU32InPlace() { reader.skipLEB() }
        case .memoryArgument: reader.skipMemoryArgument()
        case .memoryArgumentLane:
            reader.skipMemoryArgument()
            reader.cursor += 1
        case .oneByte: reader.cursor += 1
        case .fourBytes: reader.cursor += 4
        case .eightBytes: reader.cursor += 8
        case .sixteenBytes: reader.cursor += 16
        case .castBranch:
            reader.cursor += 1
            reader.skipLEB()
            reader.skipLEB()
            reader.skipLEB()
        case .tryTable:
            reader.skipType()
            for _ in 0..<reader.readU32InPlace() {
                // Bit 1: any exception, hence no tag.
                if reader.readByte() & 2 == 0 { reader.skipLEB() }
                reader.skipLEB()
            }
        }
        return reader.cursor
    }

    /// Skips a LEB128 number.
    @inlinable
    @inline(__always)
    public mutating func skipLEB() {
        while readByte() >= 0x80 {}
    }

    /// Skips a value type or a block type.
    @inlinable
    @inline(__always)
    public mutating func skipType() {
        let byte = cursor.pointee
        skipLEB()
        // `(ref ht)` and `(ref null ht)`
        if byte == 0x64 || byte == 0x63 { skipLEB() }
    }

    /// Skips alignment, memory and offset of a load or store.
    @inlinable
    @inline(__always)
    public mutating func skipMemoryArgument() {
        let flags = readU32InPlace()
        if flags & 0x40 != 0 { skipLEB() }
        skipLEB()
    }
}
