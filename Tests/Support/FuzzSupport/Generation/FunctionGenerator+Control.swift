// Blocks, loops, conditionals, branches and calls.

import WasmFormat

extension FunctionGenerator {
    // MARK: structure

    /// Writes what stands between a construct's start and its end: code that leaves the results.
    private mutating func inside(_ results: [ValueKind], size: Int, _ random: inout SeededRandom) {
        statements(size: size / 2, &random)
        for kind in results {
            expression(kind, size: size / 2 / results.count, &random)
        }
    }

    mutating func block(_ results: [ValueKind], size: Int, _ random: inout SeededRandom) {
        let parameters = pushParameters(size: size / 4, &random)
        emit(.block)
        blockType(parameters, results)
        labels.append(Label(types: results, isTarget: true))
        if !parameters.isEmpty { consume(parameters, &random) }
        inside(results, size: size, &random)
        labels.removeLast()
        emit(.end)
    }

    mutating func conditional(_ results: [ValueKind], size: Int, _ random: inout SeededRandom) {
        let parameters = pushParameters(size: size / 4, &random)
        condition(size: size / 4, &random)
        emit(.if)
        blockType(parameters, results)
        labels.append(Label(types: results, isTarget: true))
        if !parameters.isEmpty { consume(parameters, &random) }
        inside(results, size: size / 2, &random)
        if !results.isEmpty || !parameters.isEmpty || random.chance(percent: 50) {
            emit(.else)
            if !parameters.isEmpty { consume(parameters, &random) }
            inside(results, size: size / 2, &random)
        }
        labels.removeLast()
        emit(.end)
    }

    /// A conditional without alternative whose parameters are its results.
    mutating func conditionalKeepingParameters(size: Int, _ random: inout SeededRandom) {
        var kinds = plan.kinds(upTo: 3, &random)
        kinds.append(plan.kind(&random))
        for kind in kinds {
            expression(kind, size: size / 8, &random)
        }
        condition(size: size / 4, &random)
        emit(.if)
        blockType(kinds, kinds)
        labels.append(Label(types: kinds, isTarget: true))
        consume(kinds, &random)
        inside(kinds, size: size / 2, &random)
        labels.removeLast()
        emit(.end)
        consume(kinds, &random)
    }

    mutating func loop(_ results: [ValueKind], size: Int, _ random: inout SeededRandom) {
        let counts = counters < Self.counterCount && random.chance(percent: 60)
        if counts {
            let counter = firstCounter + counters
            constant(i32: Int32(1 + random.below(6)))
            emit(.localSet, counter)
            counters += 1
            emit(.loop)
            blockType([], results)
            labels.append(Label(types: [], isTarget: false))
            inside(results, size: size, &random)
            emit(.localGet, counter)
            constant(i32: 1)
            emit(.i32Sub)
            emit(.localTee, counter)
            if random.chance(percent: 40) {
                constant(i32: 0)
                emit(.i32GtS)
            }
            emit(.brIf, 0)
            labels.removeLast()
            emit(.end)
            counters -= 1
            return
        }
        let parameters = pushParameters(size: size / 4, &random)
        emit(.loop)
        blockType(parameters, results)
        labels.append(Label(types: parameters, isTarget: true))
        spendFuel()
        if !parameters.isEmpty { consume(parameters, &random) }
        inside(results, size: size, &random)
        if random.chance(percent: 50) {
            // A way back that is taken sometimes.
            for kind in parameters {
                var stream = random.fork()
                expression(kind, size: 2, &stream)
            }
            condition(size: 3, &random)
            emit(.brIf, 0)
            consume(parameters, &random)
        }
        labels.removeLast()
        emit(.end)
    }

    /// Values for a construct to take; often none.
    private mutating func pushParameters(size: Int, _ random: inout SeededRandom) -> [ValueKind] {
        guard random.chance(percent: 25) else { return [] }
        let kinds = plan.kinds(upTo: 4, &random)
        for kind in kinds {
            expression(kind, size: size / kinds.count, &random)
        }
        return kinds
    }

    // MARK: branches

    /// The depth of some label that takes values of these types.
    func label(accepting types: [ValueKind], _ random: inout SeededRandom) -> Int? {
        let depths = labels.indices.filter { labels[$0].isTarget && labels[$0].types == types }
            .map { labels.count - 1 - $0 }
        return depths.isEmpty ? nil : random.pick(depths)
    }

    /// Any label that may be a target.
    private func anyLabel(_ random: inout SeededRandom) -> Int {
        random.pick(labels.indices.filter { labels[$0].isTarget }.map { labels.count - 1 - $0 })
    }

    private mutating func pushBranchValues(_ types: [ValueKind], size: Int, _ random: inout SeededRandom) {
        for kind in types {
            expression(kind, size: size / types.count, &random)
        }
    }

    mutating func branchIf(size: Int, _ random: inout SeededRandom) {
        let depth = anyLabel(&random)
        let types = labels[labels.count - 1 - depth].types
        pushBranchValues(types, size: size / 2, &random)
        condition(size: size / 2, &random)
        emit(.brIf, depth)
        consume(types, &random)
    }

    /// `br_on_null` and `br_on_non_null`.
    mutating func branchOnNull(size: Int, _ random: inout SeededRandom) {
        let targets = labels.indices.filter { labels[$0].isTarget }
        let withReference = targets.filter { labels[$0].types.last == .funcref }
        let label = random.pick(!withReference.isEmpty && random.chance(percent: 60) ? withReference : targets)
        var types = labels[label].types
        let depth = labels.count - 1 - label
        if types.last == .funcref, random.chance(percent: 70) {
            types.removeLast()
            pushBranchValues(types, size: size / 2, &random)
            expression(.funcref, size: size / 2, &random)
            emit(.brOnNonNull, depth)
            if plan.options.derivedTypes { store(size: 2, &random) }
        } else {
            pushBranchValues(types, size: size / 2, &random)
            expression(.funcref, size: size / 2, &random)
            emit(.brOnNull, depth)
            consume([.funcref], &random)
            if plan.options.derivedTypes { store(size: 2, &random) }
        }
        consume(types, &random)
    }

    /// `br_on_cast` and `br_on_cast_fail`.
    mutating func branchOnCast(size: Int, _ random: inout SeededRandom) {
        let targets = labels.indices.filter { labels[$0].isTarget && labels[$0].types.last == .funcref }
        guard let label = targets.isEmpty ? nil : random.pick(targets) else {
            // Inside a block that takes a reference there is a target.
            emit(.block)
            blockType([], [.funcref])
            labels.append(Label(types: [.funcref], isTarget: true))
            branchOnCast(size: size, &random)
            leaf(.funcref, &random)
            labels.removeLast()
            emit(.end)
            return consume([.funcref], &random)
        }
        let types = labels[label].types
        pushBranchValues(types, size: size, &random)
        emit(random.chance(percent: 50) ? .brOnCast : .brOnCastFail)
        // From funcref to a type that accepts null or not.
        code.append(random.chance(percent: 50) ? 3 : 1)
        code.appendUnsigned(labels.count - 1 - label)
        code.append(0x70)
        heapType(&random)
        // Shows which way it went, where the reference would not.
        if plan.options.derivedTypes { store(size: 2, &random) }
        consume(types, &random)
    }

    /// Leaves the present place for good.
    mutating func terminator(size: Int, _ random: inout SeededRandom) {
        switch random.pick(weights: [40, 25, 25, plan.options.tailCalls ? 20 : 0, 1]) {
        case 0:
            let depth = anyLabel(&random)
            pushBranchValues(labels[labels.count - 1 - depth].types, size: size, &random)
            emit(.br, depth)
        case 1: branchTable(size: size, &random)
        case 2:
            pushBranchValues(signature.results, size: size, &random)
            emit(.return)
        case 3: tailCall(size: size, &random)
        default: emit(.unreachable)
        }
        // What follows cannot run, but must be valid.
        if random.chance(percent: 40) { statements(size: min(size, 12), &random) }
    }

    private mutating func branchTable(size: Int, _ random: inout SeededRandom) {
        let first = anyLabel(&random)
        let types = labels[labels.count - 1 - first].types
        let depths = labels.indices.filter { labels[$0].isTarget && labels[$0].types == types }
            .map { labels.count - 1 - $0 }
        pushBranchValues(types, size: size / 2, &random)
        let count = random.pick([0, 1, 2, 3, 4, 5, 9, 40])
        if plan.options.customPageSizes, random.chance(percent: 25) {
            memorySizeIndex(near: count, &random)
        } else {
            expression(.i32, size: size / 2, &random)
        }
        if random.chance(percent: plan.options.customPageSizes ? 40 : 70) {
            constant(i32: Int32(random.pick([1, 3, 7, 15, 63])))
            emit(.i32And)
        }
        emit(.brTable, count)
        for _ in 0...count { code.appendUnsigned(random.pick(depths)) }
    }

    // MARK: calls

    private mutating func pushArguments(_ signature: Signature, size: Int, _ random: inout SeededRandom) {
        for kind in signature.parameters {
            expression(kind, size: size / signature.parameters.count, &random)
        }
    }

    /// A call of some function; returns what it leaves.
    mutating func anyCall(size: Int, _ random: inout SeededRandom) -> [ValueKind] {
        call(random.below(plan.functions.count), size: size, &random)
    }

    private mutating func call(_ function: Int, size: Int, _ random: inout SeededRandom) -> [ValueKind] {
        let signature = plan.functions[function]
        pushArguments(signature, size: size, &random)
        switch random.pick(weights: [55, 30, plan.options.references ? 15 : 0]) {
        case 0: emit(.call, plan.index(ofFunction: function))
        case 1:
            let table = pushTableIndexAnywhere(signature, &random)
            emit(.callIndirect, plan.typeIndex(signature, level: indirectLevel(&random)), table)
        default:
            pushTypedReference(function, &random)
            emit(.callRef, plan.typeIndex(signature))
        }
        return signature.results
    }

    /// A reference of a function's own type; rarely null.
    private mutating func pushTypedReference(_ function: Int, _ random: inout SeededRandom) {
        let signature = plan.functions[function]
        if random.chance(percent: 2) {
            emit(.refNull)
            code.appendSigned(Int64(plan.typeIndex(signature)))
        } else if random.chance(percent: 30) {
            pushTableIndex(signature, &random)
            emit(.tableGet, 0)
            emit(random.chance(percent: 50) ? .refCast : .refCastNull)
            code.appendSigned(Int64(plan.typeIndex(signature, level: indirectLevel(&random))))
        } else {
            emit(.refFunc, plan.index(ofFunction: function))
        }
    }

    /// The level of a type that a function is expected to have: a derived one only rarely, because it often has not.
    private func indirectLevel(_ random: inout SeededRandom) -> Int {
        plan.options.derivedTypes && random.chance(percent: 25) ? plan.level(&random) : 0
    }

    /// An index for an indirect call through some table, which is returned.
    private mutating func pushTableIndexAnywhere(_ signature: Signature, _ random: inout SeededRandom) -> Int {
        let others = plan.furtherTables.indices.filter { plan.furtherTables[$0].kind == .funcref }
        guard !others.isEmpty, random.chance(percent: 30) else {
            pushTableIndex(signature, &random)
            return 0
        }
        let table = random.pick(others)
        // The segments of these tables repeat the functions in order.
        let slots = (0..<plan.furtherTables[table].count).filter {
            plan.functions[$0 % plan.functions.count] == signature
        }
        let slot = slots.isEmpty || random.chance(percent: 5) ? random.below(24) : random.pick(slots)
        if plan.furtherTables[table].is64 { constant(i64: Int64(slot)) } else { constant(i32: Int32(slot)) }
        return table + 1
    }

    /// An index for an indirect call, mostly of a function of the right type.
    private mutating func pushTableIndex(_ signature: Signature, _ random: inout SeededRandom) {
        let slots = plan.tableSlots.indices.filter { slot in
            plan.tableSlots[slot] == signature
        }
        if slots.isEmpty || random.chance(percent: 4) {
            expression(plan.tableIs64 ? .i64 : .i32, size: 2, &random)
            tableConstant(15)
            emit(plan.tableIs64 ? .i64And : .i32And)
            return
        }
        let slot = random.pick(slots)
        if !plan.tableIs64, random.chance(percent: 40) {
            // The same value in a way that compilers do not see through.
            emit(.globalGet, plan.fuelGlobal)
            constant(i32: 0)
            emit(.i32And)
            constant(i32: Int32(slot))
            emit(.i32Or)
        } else {
            tableConstant(slot)
        }
    }

    /// A call that leaves a value of a type; what else it leaves is consumed.
    mutating func call(yielding kind: ValueKind, size: Int, _ random: inout SeededRandom) {
        let candidates = plan.functions.indices.filter { plan.functions[$0].results.contains(kind) }
        guard !candidates.isEmpty else { return leaf(kind, &random) }
        let results = call(random.pick(candidates), size: size - 1, &random)
        let index = results.firstIndex(of: kind) ?? 0
        var rest = results
        while rest.count > index + 1 { consume([rest.removeLast()], &random) }
        // What lies below must go from under the value.
        if index > 0 {
            let targets = writableLocals(kind)
            if targets.isEmpty {
                emit(.drop)
                consume(Array(rest.dropLast()), &random)
                leaf(kind, &random)
            } else {
                let local = random.pick(targets)
                emit(.localSet, local)
                consume(Array(rest.dropLast()), &random)
                emit(.localGet, local)
            }
        }
    }

    private mutating func tailCall(size: Int, _ random: inout SeededRandom) {
        let candidates = plan.functions.indices.filter { plan.functions[$0].results == signature.results }
        guard !candidates.isEmpty else { return emit(.unreachable) }
        let function = random.pick(candidates)
        pushArguments(plan.functions[function], size: size, &random)
        switch random.pick(weights: [50, 35, plan.options.references ? 15 : 0]) {
        case 0: emit(.returnCall, plan.index(ofFunction: function))
        case 1:
            let table = pushTableIndexAnywhere(plan.functions[function], &random)
            let type = plan.typeIndex(plan.functions[function], level: indirectLevel(&random))
            emit(.returnCallIndirect, type, table)
        default:
            pushTypedReference(function, &random)
            emit(.returnCallRef, plan.typeIndex(plan.functions[function]))
        }
    }
}
