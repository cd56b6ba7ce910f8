// Statements on tables besides the first.

import WasmFormat

extension FunctionGenerator {
    private mutating func index(_ value: Int, is64: Bool) {
        if is64 { constant(i64: Int64(value)) } else { constant(i32: Int32(value)) }
    }

    /// One operation on one of the further tables, rarely beyond its end.
    mutating func furtherTable(size: Int, _ random: inout SeededRandom) {
        let number = random.below(plan.furtherTables.count)
        let table = plan.furtherTables[number]
        let is64 = table.is64
        let slot = random.below(random.chance(percent: 95) ? table.count : table.maximum + 3)
        let segmentLength = ModulePlan.furtherSegmentLength
        // Behind the first table's segments there are two for each of these tables, of which the second is passive.
        let segment = 1 + plan.passiveElementCounts.count + 2 * number + 1
        switch random.below(8) {
        case 0:
            index(slot, is64: is64)
            expression(table.kind, size: size / 2, &random)
            emit(.tableSet, number + 1)
        case 1:
            index(slot, is64: is64)
            emit(.tableGet, number + 1)
            consume([table.kind], &random)
        case 2:
            expression(table.kind, size: size / 2, &random)
            index(random.pick([0, 1, 2, table.maximum - table.count, 0x7FFF_FFFF]), is64: is64)
            emit(.tableGrow, number + 1)
            consume([is64 ? .i64 : .i32], &random)
        case 3:
            index(slot, is64: is64)
            expression(table.kind, size: size / 2, &random)
            index(random.below(min(3, table.count - min(slot, table.count - 1) + 1)), is64: is64)
            emit(.tableFill, number + 1)
        case 4:
            let sources = plan.furtherTables.indices.filter { plan.furtherTables[$0].kind == table.kind }
            let source = random.pick(sources)
            let other = plan.furtherTables[source]
            index(random.below(table.count), is64: is64)
            if table.kind == .funcref, random.chance(percent: 30) {
                tableConstant(random.below(plan.tableSlots.count))
                index(random.below(2), is64: is64 && plan.tableIs64)
                emit(.tableCopy, number + 1, 0)
            } else {
                index(random.below(other.count), is64: other.is64)
                index(random.below(2), is64: is64 && other.is64)
                emit(.tableCopy, number + 1, source + 1)
            }
        case 5:
            emit(.tableSize, number + 1)
            consume([is64 ? .i64 : .i32], &random)
        case 6:
            let start = random.below(segmentLength + 1)
            index(random.below(max(1, table.count - segmentLength)), is64: is64)
            constant(i32: Int32(start))
            constant(i32: Int32(random.below(segmentLength - start + 1)))
            emit(.tableInit, segment, number + 1)
        default:
            emit(.elemDrop, segment)
            index(0, is64: is64)
            constant(i32: 0)
            constant(i32: random.chance(percent: 30) ? 1 : 0)
            emit(.tableInit, segment, number + 1)
        }
    }
}
