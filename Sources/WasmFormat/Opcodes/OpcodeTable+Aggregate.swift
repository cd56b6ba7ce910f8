// Prefix 0xFB: structures, arrays, casts, i31.
// One row per operator in the order of the cases of `Opcode`: text name, immediates, operands, feature, alignment.

extension OpcodeTable {
    @usableFromInline
    static let aggregate: [OpcodeInfo] = [
        OpcodeInfo(.structNew, "struct.new", .typeIndex, .special, .gc),
        OpcodeInfo(.structNewDefault, "struct.new_default", .typeIndex, .special, .gc),
        OpcodeInfo(.structGet, "struct.get", .typeAndField, .special, .gc),
        OpcodeInfo(.structGetS, "struct.get_s", .typeAndField, .special, .gc),
        OpcodeInfo(.structGetU, "struct.get_u", .typeAndField, .special, .gc),
        OpcodeInfo(.structSet, "struct.set", .typeAndField, .special, .gc),
        OpcodeInfo(.arrayNew, "array.new", .typeIndex, .special, .gc),
        OpcodeInfo(.arrayNewDefault, "array.new_default", .typeIndex, .special, .gc),
        OpcodeInfo(.arrayNewFixed, "array.new_fixed", .typeAndCount, .special, .gc),
        OpcodeInfo(.arrayNewData, "array.new_data", .typeAndData, .special, .gc),
        OpcodeInfo(.arrayNewElem, "array.new_elem", .typeAndElement, .special, .gc),
        OpcodeInfo(.arrayGet, "array.get", .typeIndex, .special, .gc),
        OpcodeInfo(.arrayGetS, "array.get_s", .typeIndex, .special, .gc),
        OpcodeInfo(.arrayGetU, "array.get_u", .typeIndex, .special, .gc),
        OpcodeInfo(.arraySet, "array.set", .typeIndex, .special, .gc),
        OpcodeInfo(.arrayLen, "array.len", .none, .special, .gc),
        OpcodeInfo(.arrayFill, "array.fill", .typeIndex, .special, .gc),
        OpcodeInfo(.arrayCopy, "array.copy", .typePair, .special, .gc),
        OpcodeInfo(.arrayInitData, "array.init_data", .typeAndData, .special, .gc),
        OpcodeInfo(.arrayInitElem, "array.init_elem", .typeAndElement, .special, .gc),
        OpcodeInfo(.refTest, "ref.test", .heapType, .special, .gc),
        OpcodeInfo(.refTestNull, "ref.test", .heapType, .special, .gc),
        OpcodeInfo(.refCast, "ref.cast", .heapType, .special, .gc),
        OpcodeInfo(.refCastNull, "ref.cast", .heapType, .special, .gc),
        OpcodeInfo(.brOnCast, "br_on_cast", .castBranch, .special, .gc),
        OpcodeInfo(.brOnCastFail, "br_on_cast_fail", .castBranch, .special, .gc),
        OpcodeInfo(.anyConvertExtern, "any.convert_extern", .none, .special, .gc),
        OpcodeInfo(.externConvertAny, "extern.convert_any", .none, .special, .gc),
        OpcodeInfo(.refI31, "ref.i31", .none, .special, .gc),
        OpcodeInfo(.i31GetS, "i31.get_s", .none, .special, .gc),
        OpcodeInfo(.i31GetU, "i31.get_u", .none, .special, .gc),
    ]
}
