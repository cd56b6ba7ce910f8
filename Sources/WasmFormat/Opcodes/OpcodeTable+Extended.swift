// Prefix 0xFC: saturating truncation, bulk memory and tables, wide arithmetic.
// One row per operator: text name, immediates, operands, feature, effects, alignment.

extension OpcodeTable {
    @usableFromInline
    static let extended: [OpcodeInfo] = [
        OpcodeInfo(.i32TruncSatF32S, "i32.trunc_sat_f32_s", .none, .f32ToI32, .saturatingTruncation),
        OpcodeInfo(.i32TruncSatF32U, "i32.trunc_sat_f32_u", .none, .f32ToI32, .saturatingTruncation),
        OpcodeInfo(.i32TruncSatF64S, "i32.trunc_sat_f64_s", .none, .f64ToI32, .saturatingTruncation),
        OpcodeInfo(.i32TruncSatF64U, "i32.trunc_sat_f64_u", .none, .f64ToI32, .saturatingTruncation),
        OpcodeInfo(.i64TruncSatF32S, "i64.trunc_sat_f32_s", .none, .f32ToI64, .saturatingTruncation),
        OpcodeInfo(.i64TruncSatF32U, "i64.trunc_sat_f32_u", .none, .f32ToI64, .saturatingTruncation),
        OpcodeInfo(.i64TruncSatF64S, "i64.trunc_sat_f64_s", .none, .f64ToI64, .saturatingTruncation),
        OpcodeInfo(.i64TruncSatF64U, "i64.trunc_sat_f64_u", .none, .f64ToI64, .saturatingTruncation),
        OpcodeInfo(.memoryInit, "memory.init", .dataAndMemory, .special, .bulkMemory, effects: .call),
        OpcodeInfo(.dataDrop, "data.drop", .dataIndex, .noneToNone, .bulkMemory, effects: .builtin),
        OpcodeInfo(.memoryCopy, "memory.copy", .memoryIndexPair, .special, .bulkMemory, effects: .call),
        OpcodeInfo(.memoryFill, "memory.fill", .memoryIndex, .special, .bulkMemory, effects: .call),
        OpcodeInfo(.tableInit, "table.init", .elementAndTable, .special, .bulkMemory, effects: .trappingBuiltin),
        OpcodeInfo(.elemDrop, "elem.drop", .elementIndex, .noneToNone, .bulkMemory, effects: .builtin),
        OpcodeInfo(.tableCopy, "table.copy", .tableIndexPair, .special, .bulkMemory, effects: .trappingBuiltin),
        OpcodeInfo(.tableGrow, "table.grow", .tableIndex, .special, .referenceTypes, effects: .builtin),
        OpcodeInfo(.tableSize, "table.size", .tableIndex, .special, .referenceTypes),
        OpcodeInfo(.tableFill, "table.fill", .tableIndex, .special, .referenceTypes, effects: .trappingBuiltin),
        OpcodeInfo(.i64Add128, "i64.add128", .none, .i64I64I64I64ToI64I64, .wideArithmetic),
        OpcodeInfo(.i64Sub128, "i64.sub128", .none, .i64I64I64I64ToI64I64, .wideArithmetic),
        OpcodeInfo(.i64MulWideS, "i64.mul_wide_s", .none, .i64I64ToI64I64, .wideArithmetic),
        OpcodeInfo(.i64MulWideU, "i64.mul_wide_u", .none, .i64I64ToI64I64, .wideArithmetic),
    ]
}
