// Prefix 0xFB: structures, arrays, casts, i31.
// One row per operator: text name, immediates, operands, feature, effects, alignment.

extension OpcodeTable {
    @usableFromInline
    static let aggregate: [OpcodeInfo] = [
        OpcodeInfo(.structNew, "struct.new", .typeIndex, .special, .gc, effects: .trappingBuiltin),
        OpcodeInfo(.structNewDefault, "struct.new_default", .typeIndex, .special, .gc, effects: .trappingBuiltin),
        OpcodeInfo(.structGet, "struct.get", .typeAndField, .special, .gc, effects: .trap),
        OpcodeInfo(.structGetS, "struct.get_s", .typeAndField, .special, .gc, effects: .trap),
        OpcodeInfo(.structGetU, "struct.get_u", .typeAndField, .special, .gc, effects: .trap),
        OpcodeInfo(.structSet, "struct.set", .typeAndField, .special, .gc, effects: .trap),
        OpcodeInfo(.arrayNew, "array.new", .typeIndex, .special, .gc, effects: .trappingBuiltin),
        OpcodeInfo(.arrayNewDefault, "array.new_default", .typeIndex, .special, .gc, effects: .trappingBuiltin),
        OpcodeInfo(.arrayNewFixed, "array.new_fixed", .typeAndCount, .special, .gc, effects: .trappingBuiltin),
        OpcodeInfo(.arrayNewData, "array.new_data", .typeAndData, .special, .gc, effects: .trappingBuiltin),
        OpcodeInfo(.arrayNewElem, "array.new_elem", .typeAndElement, .special, .gc, effects: .trappingBuiltin),
        OpcodeInfo(.arrayGet, "array.get", .typeIndex, .special, .gc, effects: .trap),
        OpcodeInfo(.arrayGetS, "array.get_s", .typeIndex, .special, .gc, effects: .trap),
        OpcodeInfo(.arrayGetU, "array.get_u", .typeIndex, .special, .gc, effects: .trap),
        OpcodeInfo(.arraySet, "array.set", .typeIndex, .special, .gc, effects: .trap),
        OpcodeInfo(.arrayLen, "array.len", .none, .special, .gc, effects: .trap),
        OpcodeInfo(.arrayFill, "array.fill", .typeIndex, .special, .gc, effects: .trappingBuiltin),
        OpcodeInfo(.arrayCopy, "array.copy", .typePair, .special, .gc, effects: .trappingBuiltin),
        OpcodeInfo(.arrayInitData, "array.init_data", .typeAndData, .special, .gc, effects: .trappingBuiltin),
        OpcodeInfo(.arrayInitElem, "array.init_elem", .typeAndElement, .special, .gc, effects: .trappingBuiltin),
        OpcodeInfo(.refTest, "ref.test", .heapType, .special, .gc, effects: .builtin),
        OpcodeInfo(.refTestNull, "ref.test", .heapType, .special, .gc, effects: .builtin),
        OpcodeInfo(.refCast, "ref.cast", .heapType, .special, .gc, effects: .trappingBuiltin),
        OpcodeInfo(.refCastNull, "ref.cast", .heapType, .special, .gc, effects: .trappingBuiltin),
        OpcodeInfo(.brOnCast, "br_on_cast", .castBranch, .special, .gc, effects: .builtin),
        OpcodeInfo(.brOnCastFail, "br_on_cast_fail", .castBranch, .special, .gc, effects: .builtin),
        OpcodeInfo(.anyConvertExtern, "any.convert_extern", .none, .special, .gc),
        OpcodeInfo(.externConvertAny, "extern.convert_any", .none, .special, .gc),
        OpcodeInfo(.refI31, "ref.i31", .none, .special, .gc),
        OpcodeInfo(.i31GetS, "i31.get_s", .none, .special, .gc, effects: .trap),
        OpcodeInfo(.i31GetU, "i31.get_u", .none, .special, .gc, effects: .trap),
    ]
}
