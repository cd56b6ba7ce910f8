// A run of the machine: the stack of values, labels and frames, and one step of "Instructions".

import WasmFormat

/// A run from a call by the host to its return.
struct Execution {
    /// A branch target.
    struct Label {
        /// How many values a branch takes along.
        var arity: Int
        /// Height of the value stack under the block's operands.
        var height: Int
        /// Where execution goes on.
        var target: Int
        /// Whether a branch goes to the beginning, and the block stays open.
        var isLoop: Bool
    }

    /// An active function.
    struct Frame {
        let instance: ModuleInstance
        let code: FunctionCode
        let resultCount: Int
        var locals: [Value]
        /// Position of the next instruction.
        var next = 0
        /// The first is the function's own.
        var labels: [Label]
    }

    let machine: Machine
    var stack: [Value] = []
    var frames: [Frame] = []
    /// The machine's fuel, while no host function runs.
    var fuel: UInt64

    static func run(_ machine: Machine, _ address: Int, _ arguments: [Value]) throws(Failure) -> [Value] {
        var execution = Execution(machine: machine, fuel: machine.fuel)
        defer { machine.fuel = execution.fuel }
        execution.stack = arguments
        try execution.call(address)
        while !execution.frames.isEmpty { try execution.step() }
        return execution.stack
    }

    private init(machine: Machine, fuel: UInt64) {
        self.machine = machine
        self.fuel = fuel
    }

    // MARK: the stack

    var top: Int { frames.count - 1 }
    var instance: ModuleInstance { frames[top].instance }

    mutating func push(_ value: Value) { stack.append(value) }
    mutating func push(_ condition: Bool) { stack.append(.i32(condition ? 1 : 0)) }

    mutating func popI32() -> UInt32 {
        guard case .i32(let value) = stack.removeLast() else { preconditionFailure("expected an i32") }
        return value
    }
    mutating func popI64() -> UInt64 {
        guard case .i64(let value) = stack.removeLast() else { preconditionFailure("expected an i64") }
        return value
    }
    mutating func popF32() -> UInt32 {
        guard case .f32(let bits) = stack.removeLast() else { preconditionFailure("expected an f32") }
        return bits
    }
    mutating func popF64() -> UInt64 {
        guard case .f64(let bits) = stack.removeLast() else { preconditionFailure("expected an f64") }
        return bits
    }
    mutating func popVector() -> Vector {
        guard case .v128(let vector) = stack.removeLast() else { preconditionFailure("expected a v128") }
        return vector
    }
    mutating func popReference() -> Reference {
        guard case .reference(let reference) = stack.removeLast() else { preconditionFailure("expected a reference") }
        return reference
    }
    /// An address or index, i32 or i64 as the memory or table has it.
    mutating func popAddress() -> UInt64 {
        switch stack.removeLast() {
        case .i32(let value): return UInt64(value)
        case .i64(let value): return value
        default: preconditionFailure("expected an address")
        }
    }
    /// A size or an index, i32 or i64 as the memory or table has it.
    mutating func pushAddress(_ value: UInt64, is64: Bool) {
        push(is64 ? .i64(value) : .i32(UInt32(truncatingIfNeeded: value)))
    }

    /// Takes some fuel.
    mutating func spend(_ amount: UInt64) throws(Failure) {
        guard fuel >= amount else {
            fuel = 0
            throw .outOfFuel
        }
        fuel -= amount
    }

    // MARK: one instruction

    private mutating func step() throws(Failure) {
        try spend(1)
        let instruction = frames[top].code.instructions[frames[top].next]
        frames[top].next += 1
        machine.isExecuted[instruction.opcode.ordinal] = true
        if variable(instruction) { return }
        if try control(instruction) { return }
        if try scalar(instruction.opcode) { return }
        if try memory(instruction) { return }
        if try table(instruction) { return }
        if try reference(instruction) { return }
        if vector(instruction) { return }
        try unknown(instruction)
    }

    /// Constants, locals, globals, `drop` and `select`.
    private mutating func variable(_ instruction: Instruction) -> Bool {
        switch instruction.opcode {
        case .i32Const: push(.i32(UInt32(truncatingIfNeeded: instruction.bits)))
        case .i64Const: push(.i64(instruction.bits))
        case .f32Const: push(.f32(UInt32(truncatingIfNeeded: instruction.bits)))
        case .f64Const: push(.f64(instruction.bits))
        case .localGet: push(frames[top].locals[instruction.index])
        case .localSet: frames[top].locals[instruction.index] = stack.removeLast()
        case .localTee: frames[top].locals[instruction.index] = stack[stack.count - 1]
        case .globalGet: push(instance.globals[instruction.index].value)
        case .globalSet: instance.globals[instruction.index].value = stack.removeLast()
        case .drop: stack.removeLast()
        case .select, .selectTyped:
            let condition = popI32()
            let second = stack.removeLast()
            if condition == 0 { stack[stack.count - 1] = second }
        default: return false
        }
        return true
    }
}
