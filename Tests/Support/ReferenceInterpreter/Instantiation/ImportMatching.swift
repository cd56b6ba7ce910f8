// "External Typing": whether a definition may stand for an import.

import WasmFormat

extension Machine {
    func matches(_ external: External, _ expected: ExternalType, of module: LoadedModule) -> Bool {
        switch (external, expected) {
        case (.function(let address), .function(let typeIndex)):
            return types.isSubtype(functions[address].typeNumber, module.typeNumbers[Int(typeIndex)])
        case (.table(let table), .table(let type)):
            return table.type.element == module.canonical(type.element) && table.type.is64 == type.is64
                && matches(table.currentType.limits, type.limits)
        case (.memory(let memory), .memory(let type)):
            return memory.type.is64 == type.is64 && memory.type.isShared == type.isShared
                && memory.type.pageSizeLog2 == type.pageSizeLog2 && matches(memory.currentType.limits, type.limits)
        case (.global(let global), .global(let type)):
            let valueType = module.canonical(type.type)
            guard global.type.isMutable == type.isMutable else { return false }
            // A variable is read and written: its type must be the same.
            return type.isMutable ? global.type.type == valueType : types.isSubtype(global.type.type, of: valueType)
        case (.tag(let tag), .tag(let typeIndex)):
            return tag.typeNumber == module.typeNumbers[Int(typeIndex)]
        default: return false
        }
    }

    private func matches(_ actual: Limits, _ expected: Limits) -> Bool {
        guard actual.minimum >= expected.minimum else { return false }
        guard let bound = expected.maximum else { return true }
        return actual.maximum.map { $0 <= bound } ?? false
    }
}
