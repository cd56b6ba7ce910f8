// Table instructions.

import WasmFormat

extension Execution {
    /// Carries out a table instruction; false if this is none.
    mutating func table(_ instruction: Instruction) throws(Failure) -> Bool {
        switch instruction.opcode {
        case .tableGet:
            let table = instance.tables[instruction.index]
            let index = popAddress()
            try table.check(index, count: 1)
            push(.reference(table.elements[Int(index)]))
        case .tableSet:
            let table = instance.tables[instruction.index]
            let reference = popReference()
            let index = popAddress()
            try table.check(index, count: 1)
            table.elements[Int(index)] = reference
        case .tableSize:
            let table = instance.tables[instruction.index]
            pushAddress(table.length, is64: table.type.is64)
        case .tableGrow:
            let table = instance.tables[instruction.index]
            let count = popAddress()
            pushAddress(table.grow(by: count, initial: popReference()) ?? .max, is64: table.type.is64)
        case .tableFill:
            let table = instance.tables[instruction.index]
            let count = popAddress()
            let reference = popReference()
            let target = popAddress()
            try table.check(target, count: count)
            try spend(count)
            for number in 0..<Int(count) { table.elements[Int(target) + number] = reference }
        case .tableCopy:
            let target = instance.tables[instruction.index]
            let source = instance.tables[instruction.second]
            let count = popAddress()
            let from = popAddress()
            let to = popAddress()
            try source.check(from, count: count)
            try target.check(to, count: count)
            try spend(count)
            let references = Array(source.elements[Int(from)..<Int(from + count)])
            target.elements.replaceSubrange(Int(to)..<Int(to + count), with: references)
        case .tableInit:
            let count = UInt64(popI32())
            let from = UInt64(popI32())
            let to = popAddress()
            try instance.initialize(
                table: instance.tables[instruction.second], at: to, from: instruction.index, from, count)
            try spend(count)
        case .elemDrop: instance.elementSegments[instruction.index] = []
        default: return false
        }
        return true
    }
}
