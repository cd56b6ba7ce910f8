// Calls of functions and of the runtime, and operators on references that need them.

import TerraceABI
import TerraceCompilation
import WasmFormat

extension Builder {
    // MARK: functions

    /// Pops a signature's arguments into the pool and returns the first one's position.
    private mutating func popArguments(_ signature: MachineSignature) -> UInt32 {
        let start = UInt32(truncatingIfNeeded: graph.pool.count)
        let first = stack.count &- Int(signature.parameterCount)
        var index = first
        while index < stack.count {
            graph.pool.append(stack[index])
            index &+= 1
        }
        stack.count = first
        return start
    }

    /// How many arguments and results all calls of a function may have: a call of two bytes may have a thousand, and each is a value.
    static func mostCallOperands(bodyBytes: Int) -> Int { (1 << 16) + 16 * bodyBytes }

    /// A call with the top operands as arguments.
    private mutating func makeCall(
        _ target: CallTarget, _ typeIndex: UInt32, reference: Value = .none, isIndirect: Bool = false
    ) -> UInt32 {
        let signature = signatures[Int(typeIndex)]
        callOperands &+= Int(signature.parameterCount &+ signature.resultCount)
        let call = CallInfo(
            target: target, isIndirect: isIndirect, typeIndex: typeIndex, reference: reference,
            argumentStart: popArguments(signature), argumentCount: signature.parameterCount)
        graph.calls.append(call)
        return UInt32(truncatingIfNeeded: graph.calls.count &- 1)
    }

    /// Places a call and pushes its results.
    private mutating func placeCall(_ call: UInt32, changing lanes: UInt16 = VersionLanes.all) {
        let signature = signatures[Int(graph.calls[Int(call)].typeIndex)]
        let count = Int(signature.resultCount)
        let start = Int(signature.resultStart)
        let value = place(Node(.call, count == 0 ? .none : ResultType(types[start]), .nop, call))
        if lanes != 0 { change(lanes) }
        guard count > 0 else { return }
        push(value)
        for index in 1..<max(count, 1) {
            let result = Node(
                .result, ResultType(types[start &+ index]), .nop, value.index, UInt32(truncatingIfNeeded: index))
            push(place(result))
        }
    }

    private mutating func target(_ functionIndex: UInt32) -> CallTarget {
        Int(functionIndex) < environment.unsafelyUnwrapped.importedFunctionCount
            ? .imported(functionIndex) : .function(functionIndex)
    }

    mutating func call(_ functionIndex: UInt32) {
        if let planned = plannedCall(), plan.calls[Int(planned)].isInlined { return beginInlined(planned) }
        callDirectly(functionIndex)
    }

    /// Calls a function by its name.
    mutating func callDirectly(_ functionIndex: UInt32) {
        let call = makeCall(target(functionIndex), functionTypes[Int(functionIndex)])
        placeCall(call, changing: scan.callees.writes(of: functionIndex))
    }

    /// Pops a table index, and gets and checks the function reference there.
    private mutating func tableFunction(typeIndex: UInt32, tableIndex: UInt32) -> Value {
        let reference = tableElement(tableIndex, pop())
        check(Node(.signatureCheck, .none, .nop, reference.index, typeIndex))
        return reference
    }

    mutating func callIndirect(typeIndex: UInt32, tableIndex: UInt32) {
        let planned = plannedCall()
        let reference = tableElement(tableIndex, pop())
        if let planned { return callGuessed(planned, reference, typeIndex: typeIndex, isIndirect: true) }
        callThrough(reference, typeIndex: typeIndex, isIndirect: true)
    }

    mutating func callReference(typeIndex: UInt32) {
        let planned = plannedCall()
        let reference = pop()
        if let planned { return callGuessed(planned, reference, typeIndex: typeIndex, isIndirect: false) }
        callThrough(reference, typeIndex: typeIndex, isIndirect: false)
    }

    /// Calls the function behind a reference. Of a table's element nothing is known yet; any other is of the right type, or
    /// null.
    mutating func callThrough(_ reference: Value, typeIndex: UInt32, isIndirect: Bool) {
        if isIndirect { check(Node(.signatureCheck, .none, .nop, reference.index, typeIndex)) }
        placeCall(makeCall(.reference(isChecked: isIndirect), typeIndex, reference: reference, isIndirect: isIndirect))
    }

    // MARK: tail calls

    mutating func returnCall(_ functionIndex: UInt32) {
        terminate(.tailCall, payload: makeCall(target(functionIndex), functionTypes[Int(functionIndex)]))
    }

    mutating func returnCallIndirect(typeIndex: UInt32, tableIndex: UInt32) {
        let reference = tableFunction(typeIndex: typeIndex, tableIndex: tableIndex)
        let call = makeCall(.reference(isChecked: true), typeIndex, reference: reference, isIndirect: true)
        terminate(.tailCall, payload: call)
    }

    mutating func returnCallReference(typeIndex: UInt32) {
        let reference = pop()
        terminate(.tailCall, payload: makeCall(.reference(isChecked: false), typeIndex, reference: reference))
    }

    // MARK: checks

    /// Places a check, unless it was made on every path to here. What it asks about never changes.
    mutating func check(_ node: Node) {
        if needsCheck(node) { place(node) }
    }

    // MARK: the runtime

    /// Calls a builtin with up to four operands.
    @discardableResult mutating func callBuiltin(
        _ builtin: Builtin, result: ResultType, _ a: Value, _ b: Value = .none, _ c: Value = .none, _ d: Value = .none
    ) -> Value {
        let start = graph.pool.count
        graph.pool.append(a)
        if !b.isNone { graph.pool.append(b) }
        if !c.isNone { graph.pool.append(c) }
        if !d.isNone { graph.pool.append(d) }
        let call = UInt32(truncatingIfNeeded: graph.calls.count)
        graph.calls.append(
            CallInfo(
                target: .builtin(builtin), argumentStart: UInt32(truncatingIfNeeded: start),
                argumentCount: UInt32(truncatingIfNeeded: graph.pool.count &- start)))
        let changed = VersionLanes.lanes(changedBy: builtin)
        if changed != 0 { change(changed) }
        return place(Node(.call, result, .nop, call))
    }

    /// Calls a builtin with nothing but an immediate, and pushes its result if it has one.
    mutating func callBuiltin(_ builtin: Builtin, immediate: UInt64, result: ResultType) {
        let value = callBuiltin(builtin, result: result, constant(.i64, immediate))
        if result != .none { push(value) }
    }

    // MARK: references

    /// Asks the runtime whether a reference is of a heap type: an i32.
    private mutating func askReferenceType(_ reference: Value, _ type: HeapType, acceptsNull: Bool) -> Value {
        let expected: Value
        let module = environment.unsafelyUnwrapped.module
        if type.isConcrete, case .function = module.types[Int(type.typeIndex)].composite {
            expected = typeIdentifier(type.typeIndex)
        } else {
            // No structures or arrays exist yet, and what stands for a host object must not be read as a function's record.
            expected = constant(.i32, UInt64((type.isConcrete ? HeapType.none : type).rawValue))
        }
        let flags = constant(.i64, acceptsNull ? 1 : 0)
        let matches = callBuiltin(.referenceTest, result: .i32, reference, expected, flags)
        let isIdentifier = graph.nodes[expected.position].kind == .typeIdentifier
        graph.calls.element(graph.calls.count &- 1).pointee.typeIndex = isIdentifier ? type.typeIndex : UInt32.max
        return matches
    }

    mutating func testReference(acceptsNull: Bool) {
        let type = reader.readHeapType()
        push(askReferenceType(pop(), type, acceptsNull: acceptsNull))
    }

    mutating func castReference(acceptsNull: Bool) {
        let type = reader.readHeapType()
        let matches = askReferenceType(top, type, acceptsNull: acceptsNull)
        check(Node(.trapUnless, .none, .nop, matches.index, UInt32(TrapKind.castFailure.rawValue)))
    }

    /// `br_on_cast` and `br_on_cast_fail`: the reference stays on both paths.
    mutating func branchOnCast(ifMatching: Bool) -> Bool {
        // Bit 1 of the flags: the type to cast to accepts null.
        let flags = reader.readByte()
        let depth = reader.readU32()
        _ = reader.readHeapType()
        let matches = askReferenceType(top, reader.readHeapType(), acceptsNull: flags & 2 != 0)
        return branchIf(matches, depth, isTaken: ifMatching)
    }

    /// `br_on_null`: the reference stays where it is not null.
    mutating func branchOnNull(_ depth: UInt32) -> Bool {
        let reference = pop()
        let isReachable = branchIf(pure(.refIsNull, .i32, reference), depth)
        push(reference)
        return isReachable
    }

    /// `br_on_non_null`: the reference goes where it is not null.
    mutating func branchOnNonNull(_ depth: UInt32) -> Bool {
        let isNull = pure(.refIsNull, .i32, top)
        let isReachable = branchIf(isNull, depth, isTaken: false)
        stack.count &-= 1
        return isReachable
    }
}
