// Skipping what follows an opcode.

extension TrustedReader {
    /// Skips the immediates of an operator that was just read.
    public mutating func skipImmediates(of opcode: Opcode) {
        switch opcode.info.immediates {
        case .none: break
        case .blockType: _ = readBlockType()
        case .labelIndex, .functionIndex, .typeIndex, .localIndex, .globalIndex, .tagIndex, .tableIndex, .memoryIndex,
            .dataIndex, .elementIndex, .i32Const, .i64Const:
            skipLEB()
        case .callIndirect, .tableIndexPair, .memoryIndexPair, .dataAndMemory, .elementAndTable, .typeAndField,
            .typeAndCount, .typeAndData, .typeAndElement, .typePair:
            skipLEB()
            skipLEB()
        case .labelTable:
            for _ in 0...readU32() { skipLEB() }
        case .memoryArgument: _ = readMemoryArgument()
        case .memoryArgumentLane:
            _ = readMemoryArgument()
            cursor += 1
        case .f32Const: cursor += 4
        case .f64Const: cursor += 8
        case .v128Const, .shuffle: cursor += 16
        case .lane, .fence: cursor += 1
        case .valueTypes:
            for _ in 0..<readU32() { _ = readValueType() }
        case .heapType: _ = readHeapType()
        case .castBranch:
            cursor += 1
            skipLEB()
            _ = readHeapType()
            _ = readHeapType()
        case .tryTable:
            _ = readBlockType()
            for _ in 0..<readU32() {
                let kind = readByte()
                if kind & 2 == 0 { skipLEB() }
                skipLEB()
            }
        }
    }
}
