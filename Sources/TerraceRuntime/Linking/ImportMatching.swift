// Whether a definition may stand for an import: the rules of the specification's "External Type Matching".

import WasmFormat

extension EngineStorage {
    /// Checks one import.
    ///
    /// - Returns: what is wrong, or nil if the definition fits.
    func mismatch(of external: ExternalStorage, for entry: Import, of module: CompiledModule) -> String? {
        guard external.kind == entry.type.kind else {
            return "expected a \(entry.type.kind), found a \(external.kind)"
        }
        switch (external, entry.type) {
        case (.function(let function), .function(let typeIndex)):
            let actual = function.pointee.typeID
            let expected = module.canonicalTypeIDs[Int(typeIndex)]
            if actual == expected || types.isSubtype(actual, expected) { return nil }
            return "expected a function of type \(functionType(canonicalID: expected)), "
                + "found one of type \(functionType(canonicalID: actual))"
        case (.table(let table), .table(let expected)):
            let actual = table.currentType
            let element = module.canonical(expected.element)
            if actual.element != element { return "expected a table of \(element), found one of \(actual.element)" }
            if actual.is64 != expected.is64 { return "the widths of indices differ" }
            return mismatch(of: actual.limits, for: expected.limits)
        case (.memory(let memory), .memory(let expected)):
            let actual = memory.currentType
            if actual.is64 != expected.is64 { return "the widths of addresses differ" }
            if actual.isShared != expected.isShared { return "one memory is shared, the other is not" }
            if actual.pageSizeLog2 != expected.pageSizeLog2 { return "the page sizes differ" }
            return mismatch(of: actual.limits, for: expected.limits)
        case (.global(let global), .global(let expected)):
            let type = module.canonical(expected.type)
            if global.type.isMutable != expected.isMutable {
                return "expected a \(expected.isMutable ? "variable" : "constant") global"
            }
            let fits = expected.isMutable ? global.type.type == type : isSubtype(global.type.type, type)
            return fits ? nil : "expected a global of type \(type), found one of type \(global.type.type)"
        case (.tag(let tag), .tag(let typeIndex)):
            return tag.typeID == module.canonicalTypeIDs[Int(typeIndex)] ? nil : "the tags' types differ"
        default:
            return "the kinds differ"
        }
    }

    private func mismatch(of actual: Limits, for expected: Limits) -> String? {
        if actual.minimum < expected.minimum {
            return "expected a size of at least \(expected.minimum), found \(actual.minimum)"
        }
        guard let maximum = expected.maximum else { return nil }
        guard let actualMaximum = actual.maximum, actualMaximum <= maximum else {
            return "expected a maximum of at most \(maximum)"
        }
        return nil
    }
}
