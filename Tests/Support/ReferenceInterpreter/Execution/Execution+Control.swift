// Control instructions: blocks, branches, calls.

import WasmFormat

extension Execution {
    /// Carries out a control instruction; false if this is none.
    mutating func control(_ instruction: Instruction) throws(Failure) -> Bool {
        switch instruction.opcode {
        case .unreachable: throw .trap(.unreachable)
        case .nop: break
        case .block: enter(instruction)
        case .loop: enter(instruction)
        case .if: conditional(instruction)
        // The end of the first alternative: the second is passed over.
        case .else: frames[top].next = instruction.endPosition
        case .end: leave()
        case .br: branch(instruction.index)
        case .brIf: if popI32() != 0 { branch(instruction.index) }
        case .brTable:
            let labels = frames[top].code.labelLists[instruction.index]
            let number = Int(popI32())
            branch(number < labels.count - 1 ? labels[number] : labels[labels.count - 1])
        case .return: finish()
        case .call: try call(instance.functions[instruction.index])
        case .callIndirect: try call(indirect(instruction))
        case .callRef: try call(popFunction())
        case .returnCall: try tailCall(instance.functions[instruction.index])
        case .returnCallIndirect: try tailCall(indirect(instruction))
        case .returnCallRef: try tailCall(popFunction())
        default: return false
        }
        return true
    }

    // MARK: blocks

    /// Opens a block whose first instruction is the next.
    private mutating func enter(_ instruction: Instruction) {
        let isLoop = instruction.opcode == .loop
        frames[top].labels.append(
            Label(
                arity: isLoop ? instruction.parameters : instruction.results,
                height: stack.count - instruction.parameters,
                target: isLoop ? frames[top].next : instruction.endPosition + 1, isLoop: isLoop))
    }

    private mutating func conditional(_ instruction: Instruction) {
        let condition = popI32()
        enter(instruction)
        if condition == 0 {
            frames[top].next = instruction.elsePosition.map { $0 + 1 } ?? instruction.endPosition
        }
    }

    /// The end of a block, or of the function.
    private mutating func leave() {
        if frames[top].labels.count == 1 { return finish() }
        frames[top].labels.removeLast()
    }

    /// A branch to a label, counted from the innermost.
    mutating func branch(_ depth: Int) {
        let position = frames[top].labels.count - 1 - depth
        if position == 0 { return finish() }
        let label = frames[top].labels[position]
        keep(label.arity, above: label.height)
        frames[top].labels.removeLast(label.isLoop ? depth : depth + 1)
        frames[top].next = label.target
    }

    /// Leaves of the values above a height only the last ones.
    private mutating func keep(_ count: Int, above height: Int) {
        stack.removeSubrange(height..<(stack.count - count))
    }

    // MARK: calls

    /// Calls a function, whose arguments are on the stack.
    mutating func call(_ address: Int) throws(Failure) {
        let function = machine.functions[address]
        let height = stack.count - function.type.parameters.count
        let arguments = Array(stack[height...])
        stack.removeLast(arguments.count)
        switch function.body {
        case .host(let body):
            machine.fuel = fuel
            defer { fuel = machine.fuel }
            stack += try body(arguments)
        case .defined(let instance, let index):
            let code = instance.loaded.code(ofFunction: index)
            let locals = arguments + code.localTypes.map(Self.defaultValue)
            guard machine.activeCalls < machine.bounds.callDepth,
                locals.count <= machine.bounds.locals - machine.activeLocals
            else { throw .trap(.stackExhausted) }
            machine.activeCalls += 1
            machine.activeLocals += locals.count
            let results = function.type.results.count
            let label = Label(arity: results, height: height, target: code.instructions.count, isLoop: false)
            frames.append(
                Frame(instance: instance, code: code, resultCount: results, locals: locals, labels: [label]))
        }
    }

    /// Returns from the function on top; its results are on top of the stack.
    private mutating func finish() {
        keep(frames[top].resultCount, above: frames[top].labels[0].height)
        removeFrame()
    }

    private mutating func removeFrame() {
        machine.activeCalls -= 1
        machine.activeLocals -= frames[top].locals.count
        frames.removeLast()
    }

    /// Calls a function in place of the one on top, which is gone before.
    private mutating func tailCall(_ address: Int) throws(Failure) {
        keep(machine.functions[address].type.parameters.count, above: frames[top].labels[0].height)
        removeFrame()
        try call(address)
    }

    /// The function that `call_indirect` means.
    private mutating func indirect(_ instruction: Instruction) throws(Failure) -> Int {
        let table = instance.tables[instruction.second]
        let index = popAddress()
        guard index < table.length else { throw .trap(.tableOutOfBounds) }
        guard case .function(let address) = table.elements[Int(index)] else { throw .trap(.uninitializedElement) }
        let expected = instance.loaded.typeNumbers[instruction.index]
        guard machine.types.isSubtype(machine.functions[address].typeNumber, expected) else {
            throw .trap(.indirectCallTypeMismatch)
        }
        return address
    }

    /// The function that `call_ref` means.
    private mutating func popFunction() throws(Failure) -> Int {
        guard case .function(let address) = popReference() else { throw .trap(.nullReference) }
        return address
    }

    /// What a local starts with. One of a type without default is written before it is read.
    private static func defaultValue(_ type: ValueType) -> Value {
        switch type.kind {
        case .i32: .i32(0)
        case .i64: .i64(0)
        case .f32: .f32(0)
        case .f64: .f64(0)
        case .v128: .v128(Vector(low: 0, high: 0))
        case .ref: .reference(.null)
        }
    }
}
