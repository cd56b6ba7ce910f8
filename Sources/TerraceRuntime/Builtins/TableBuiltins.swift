// Bulk operations on tables, as the specification defines them: checked first, then carried out in full.

import TerraceCode

extension BuiltinFunctions {
    static func tableGrow(
        _ data: UnsafeMutableRawPointer, _ table: UInt64, _ delta: UInt64, _ value: UInt64
    ) -> Int64 {
        let table = InstanceStorage.of(data).tables[Int(table)]
        return size(table.grow(by: delta, initial: UInt(value)), is64: table.type.is64)
    }

    static func tableFill(
        _ data: UnsafeMutableRawPointer, _ table: UInt64, _ offset: UInt64, _ value: UInt64, _ length: UInt64
    ) -> Int64 {
        let table = InstanceStorage.of(data).tables[Int(table)]
        guard table.contains(offset: offset, length: length) else { return trap(.tableOutOfBounds) }
        table.elements[Int(offset)..<Int(offset + length)].update(repeating: UInt(value))
        return 0
    }

    static func tableCopy(
        _ data: UnsafeMutableRawPointer, _ tables: UInt64, _ to: UInt64, _ from: UInt64, _ length: UInt64
    ) -> Int64 {
        let instance = InstanceStorage.of(data)
        let target = instance.tables[Int(tables & 0xFFFF_FFFF)]
        let source = instance.tables[Int(tables >> 32)]
        guard source.contains(offset: from, length: length), target.contains(offset: to, length: length) else {
            return trap(.tableOutOfBounds)
        }
        if length > 0, let targetBase = target.record.pointee.base, let sourceBase = source.record.pointee.base {
            // Correct for overlapping areas.
            (targetBase + Int(to)).update(from: sourceBase + Int(from), count: Int(length))
        }
        return 0
    }

    static func tableInit(
        _ data: UnsafeMutableRawPointer, _ pair: UInt64, _ to: UInt64, _ from: UInt64, _ length: UInt64
    ) -> Int64 {
        let instance = InstanceStorage.of(data)
        let table = instance.tables[Int(pair & 0xFFFF_FFFF)]
        let index = Int(pair >> 32)
        let items = instance.module.module.elementSegments[index].items
        let size = instance.droppedElements[index] ? 0 : UInt64(items.count)
        guard length <= size, from <= size - length, table.contains(offset: to, length: length) else {
            return trap(.tableOutOfBounds)
        }
        guard length > 0 else { return 0 }
        let target = table.elements
        if case .functions(let functions) = items {
            for number in 0..<Int(length) {
                target[Int(to) + number] = UInt(bitPattern: instance.function(functions[Int(from) + number]))
            }
        } else if let values = instance.evaluatedElements[index] {
            for number in 0..<Int(length) { target[Int(to) + number] = values[Int(from) + number] }
        }
        return 0
    }

    static func elementDrop(_ data: UnsafeMutableRawPointer, _ segment: UInt64) -> Int64 {
        let instance = InstanceStorage.of(data)
        instance.droppedElements[Int(segment)] = true
        instance.evaluatedElements[Int(segment)] = nil
        return 0
    }
}
