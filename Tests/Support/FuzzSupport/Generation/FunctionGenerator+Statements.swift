// Statements: code that leaves the operand stack as it was.

import WasmFormat

extension FunctionGenerator {
    mutating func statements(size: Int, _ random: inout SeededRandom) {
        guard size > 0 else { return }
        var rest = size
        while rest > 0 {
            let part = 1 + random.below(max(1, size * 2 / 3))
            statement(size: min(part, rest), &random)
            rest -= part
        }
    }

    mutating func statement(size: Int, _ outer: inout SeededRandom) {
        var random = outer.fork()
        if omits(random) { return }
        switch random.pick(weights: [
            40, 5, 22, 9, 3, 12, 4, 8, 10, 8, 2, 12, 16, 4, 2, 1, plan.options.references ? 2 : 0,
            plan.options.references ? 2 : 0, plan.options.wideArithmetic ? 6 : 0, plan.options.exactNaNs ? 6 : 0,
            plan.furtherTables.isEmpty ? 0 : 6, plan.options.idioms ? 10 : 0,
        ]) {
        case 0:
            guard writableLocals > 0 else { return store(size: size, &random) }
            let local = random.chance(percent: 60) ? random.below(min(writableLocals, 8)) : random.below(writableLocals)
            expression(locals[local], size: size - 1, &random)
            emit(.localSet, local)
        case 1: teeChain(size: size, &random)
        case 2: store(size: size, &random)
        case 3:
            let targets = plan.globals.indices.filter { $0 != plan.fuelGlobal && plan.globals[$0].isMutable }
            guard !targets.isEmpty else { return store(size: size, &random) }
            let global = random.pick(targets)
            expression(plan.globals[global].kind, size: size - 1, &random)
            emit(.globalSet, global)
        case 4:
            expression(plan.kind(&random), size: size, &random)
            emit(.drop)
        case 5: conditional([], size: size, &random)
        case 6: conditionalKeepingParameters(size: size, &random)
        case 7: block([], size: size, &random)
        case 8: loop([], size: size, &random)
        case 9: branchIf(size: size, &random)
        case 10: terminatorInside(size: size, &random)
        case 11:
            let results = anyCall(size: size, &random)
            consume(results, &random)
        case 12: juggle(size: size, &random)
        case 13: bulk(size: size, &random)
        case 14: table(size: size, &random)
        case 15: emit(.nop)
        case 16: branchOnNull(size: size, &random)
        case 17: branchOnCast(size: size, &random)
        case 18: wideArithmetic(size: size, &random)
        case 19: storeExactFloat(size: size, &random)
        case 20: furtherTable(size: size, &random)
        default: change(size: size, &random)
        }
    }

    /// 128-bit sums, differences and products.
    private mutating func wideArithmetic(size: Int, _ random: inout SeededRandom) {
        let opcode = random.pick([Opcode.i64Add128, .i64Sub128, .i64MulWideS, .i64MulWideU])
        let operands = opcode.info.signature.operandCount
        for _ in 0..<operands { expression(.i64, size: size / operands - 1, &random) }
        emit(opcode)
        if random.chance(percent: 30) { statements(size: size / 4, &random) }
        consume([.i64, .i64], &random)
    }

    /// Several locals set to one value.
    private mutating func teeChain(size: Int, _ random: inout SeededRandom) {
        let kind = plan.kind(&random)
        let targets = writableLocals(kind)
        expression(kind, size: size - 1, &random)
        for _ in 0..<random.below(5) where !targets.isEmpty { emit(.localTee, random.pick(targets)) }
        emit(.drop)
    }

    /// Values that wait on the stack while statements run.
    private mutating func juggle(size: Int, _ random: inout SeededRandom) {
        let count = 1 + random.below(random.chance(percent: 25) ? 20 : 5)
        var kinds: [ValueKind] = []
        for _ in 0..<count {
            let kind = plan.kind(&random)
            kinds.append(kind)
            expression(kind, size: random.chance(percent: 60) ? 0 : size / 2 / count, &random)
        }
        statements(size: size / 2, &random)
        consume(kinds, &random)
    }

    /// A terminator in a block or behind a condition, so that not everything behind it is dead.
    private mutating func terminatorInside(size: Int, _ random: inout SeededRandom) {
        if random.chance(percent: 70) {
            condition(size: size / 3, &random)
            emit(.if)
        } else {
            emit(.block)
        }
        code.append(0x40)
        labels.append(Label(types: [], isTarget: true))
        terminator(size: size / 2, &random)
        labels.removeLast()
        emit(.end)
    }

    // MARK: memories and tables

    private mutating func constantIndex(_ value: Int, is64: Bool) {
        if is64 { constant(i64: Int64(value)) } else { constant(i32: Int32(value)) }
    }

    private mutating func bulk(size: Int, _ random: inout SeededRandom) {
        let memory = random.below(plan.memories.count)
        let is64 = plan.memories[memory].is64
        let small = min(300, plan.memories[memory].minimumBytes / 4)
        let length = random.chance(percent: 97) ? random.below(small) : 70_000
        switch random.below(4) {
        case 0:
            _ = address(memory: memory, size: size / 2, &random)
            expression(.i32, size: size / 2, &random)
            constantIndex(length, is64: is64)
            emit(.memoryFill, memory)
        case 1:
            let source = random.below(plan.memories.count)
            _ = address(memory: memory, size: size / 2, &random)
            _ = address(memory: source, size: size / 2, &random)
            constantIndex(length, is64: is64 && plan.memories[source].is64)
            emit(.memoryCopy, memory, source)
        case 2 where !plan.passiveDataLengths.isEmpty:
            let segment = random.below(plan.passiveDataLengths.count)
            let bytes = plan.passiveDataLengths[segment]
            let start = random.below(bytes + 1)
            _ = address(memory: memory, size: size / 2, &random)
            constant(i32: Int32(start))
            constant(i32: Int32(random.below(bytes - start + 1)))
            emit(.memoryInit, segment, memory)
        case 3 where !plan.passiveDataLengths.isEmpty && random.chance(percent: plan.options.richModules ? 50 : 8):
            let segment = random.below(plan.passiveDataLengths.count)
            emit(.dataDrop, segment)
            guard plan.options.richModules else { return }
            // Nothing is left to copy; seldom that is asked for all the same.
            constantIndex(random.below(200), is64: is64)
            constant(i32: 0)
            constant(i32: random.chance(percent: 30) ? 1 : 0)
            emit(.memoryInit, segment, memory)
        default: store(size: size, &random)
        }
    }

    private mutating func table(size: Int, _ random: inout SeededRandom) {
        let slots = plan.tableSlots.count
        switch random.below(5) {
        case 0:
            tableConstant(random.below(slots))
            expression(.funcref, size: size / 2, &random)
            emit(.tableSet, 0)
        case 1:
            tableConstant(random.below(slots))
            expression(.funcref, size: size / 2, &random)
            tableConstant(random.below(2))
            emit(.tableFill, 0)
        case 2:
            tableConstant(random.below(slots))
            tableConstant(random.below(slots))
            tableConstant(random.below(3))
            emit(.tableCopy, 0, 0)
        case 3 where !plan.passiveElementCounts.isEmpty:
            let segment = random.below(plan.passiveElementCounts.count)
            tableConstant(random.below(slots))
            constant(i32: 0)
            constant(i32: Int32(random.below(plan.passiveElementCounts[segment] + 1)))
            emit(.tableInit, segment, 0)
        case 4 where !plan.passiveElementCounts.isEmpty && random.chance(percent: 8):
            emit(.elemDrop, random.below(plan.passiveElementCounts.count))
        default:
            tableConstant(random.below(slots))
            tableConstant(random.below(slots))
            emit(.tableGet, 0)
            emit(.tableSet, 0)
        }
    }
}
