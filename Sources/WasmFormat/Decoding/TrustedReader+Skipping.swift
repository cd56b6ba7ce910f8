// Skipping the immediates of operators that need not be looked at.

extension TrustedReader {
    /// Skips what stands behind an operator's code.
    public mutating func skipImmediates(of opcode: Opcode) {
        switch opcode.info.immediates {
        case .none: break
        case .blockType: _ = readBlockType()
        case .labelIndex, .functionIndex, .typeIndex, .localIndex, .globalIndex, .tagIndex, .tableIndex, .memoryIndex,
            .dataIndex, .elementIndex, .i32Const, .i64Const, .heapType:
            skipLEB()
        case .callIndirect, .tableIndexPair, .memoryIndexPair, .dataAndMemory, .elementAndTable, .typeAndField,
            .typeAndCount, .typeAndData, .typeAndElement, .typePair:
            skipLEB()
            skipLEB()
        case .labelTable:
            let count = readU32()
            for _ in 0...count { skipLEB() }
        case .memoryArgument: _ = readMemoryArgument()
        case .memoryArgumentLane:
            _ = readMemoryArgument()
            cursor += 1
        case .f32Const: cursor += 4
        case .f64Const: cursor += 8
        case .v128Const, .shuffle: cursor += 16
        case .lane, .fence: cursor += 1
        case .valueTypes:
            let count = readU32()
            for _ in 0..<count { _ = readValueType() }
        case .castBranch:
            // Flags, the label, and the types before and after the cast.
            cursor += 1
            skipLEB()
            skipLEB()
            skipLEB()
        case .tryTable:
            _ = readBlockType()
            let count = readU32()
            for _ in 0..<count {
                // Kinds 0 and 1 name a tag; all name a label.
                if readByte() < 2 { skipLEB() }
                skipLEB()
            }
        }
    }
}
