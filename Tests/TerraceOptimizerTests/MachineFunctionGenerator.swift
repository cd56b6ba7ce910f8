// Random machine functions for the allocator: reducible, in SSA form, with everything that constrains registers.

import FuzzSupport
import TerraceABI
import TerraceAssembler

@testable import TerraceOptimizer

/// What is generated, and how much of it.
struct GeneratorShape {
    /// Instructions, roughly.
    var size = 60
    /// Values that live for long.
    var variables = 8
    var depth = 3
    /// Of 100 instructions.
    var calls = 6
    var fixed = 10
    var vectors = 20
    /// Parts in which a statement may be nested: more means more blocks and shorter ones.
    var branching = 30
}

/// Generates one function. Values are named by variables that structured statements assign; where ways meet, block
/// parameters carry those that differ.
struct MachineFunctionGenerator {
    private struct Draft {
        var instructions: [Instruction] = []
        var parameters: [VirtualRegister] = []
        var successors: [Int] = []
        var arguments: [VirtualRegister] = []
        var loop = -1
        var isHeader = false
        var frequency: Float = 1
        var isCold = false
    }

    private struct LoopDraft {
        var first: Int
        var end = 0
        var parent: Int
        var depth: Int
        var hasCall = false
    }

    private var random: SeededRandom
    private let shape: GeneratorShape
    private let file = RegisterFile.x86_64
    private var registers: [RegisterInfo] = []
    private var operands: [Operand] = []
    private var blocks: [Draft] = []
    private var loops: [LoopDraft] = []
    private var current = 0
    private var loop = -1
    private var frequency: Float = 1
    private var isCold = false
    /// Values of the variables, and their types.
    private var variables: [VirtualRegister] = []
    private var types: [MachineType] = []
    private var constants: [VirtualRegister] = []
    private var frameSlots: [VirtualRegister] = []
    /// Variables that may be assigned here: loops have parameters for these alone.
    private var assignable: [Int] = []
    private var budget: Int

    init(seed: UInt64, _ shape: GeneratorShape) {
        random = SeededRandom(seed: seed)
        self.shape = shape
        budget = shape.size
    }

    private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
    private mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

    // MARK: building

    private mutating func register(
        _ type: MachineType, _ origin: RegisterOrigin = .instruction, _ payload: UInt32 = 0
    ) -> VirtualRegister {
        registers.append(RegisterInfo(type: type, origin: origin, payload: payload))
        return VirtualRegister(registers.count - 1)
    }

    private mutating func newBlock() -> Int {
        blocks.append(Draft())
        blocks[blocks.count - 1].loop = loop
        blocks[blocks.count - 1].frequency = frequency
        blocks[blocks.count - 1].isCold = isCold
        return blocks.count - 1
    }

    private mutating func emit(_ list: [Operand], _ flags: InstructionFlags = [], base: AddressBase = .none) {
        var instruction = Instruction(operation: UInt16(truncatingIfNeeded: 1 + below(1000)))
        instruction.flags = flags
        instruction.addressBase = base
        instruction.operandStart = UInt32(operands.count)
        instruction.operandCount = UInt8(list.count)
        operands += list
        blocks[current].instructions.append(instruction)
        budget -= 1
    }

    private mutating func jump(to target: Int, _ arguments: [VirtualRegister] = []) {
        emit([], .isTerminator)
        blocks[current].successors = [target]
        blocks[current].arguments = arguments
    }

    private func type(_ register: VirtualRegister) -> MachineType { registers[register.position].type }

    /// A value to use: a variable, a constant, or what stands in the frame.
    private mutating func value(general: Bool) -> VirtualRegister {
        for _ in 0..<20 {
            let kind = below(20)
            let pick =
                kind < 2 && !constants.isEmpty
                ? constants[below(constants.count)]
                : kind == 2 && !frameSlots.isEmpty
                    ? frameSlots[below(frameSlots.count)] : variables[below(variables.count)]
            if type(pick).isGeneral == general { return pick }
        }
        let fitting = (variables + constants).filter { type($0).isGeneral == general }
        return fitting[below(fitting.count)]
    }

    /// A variable to assign: its number, or none.
    private mutating func target(general: Bool) -> Int? {
        let fitting = assignable.filter { types[$0].isGeneral == general }
        return fitting.isEmpty ? nil : fitting[below(fitting.count)]
    }

    private mutating func definition(general: Bool) -> (VirtualRegister, Int?) {
        let number = target(general: general)
        let result = register(number.map { types[$0] } ?? (general ? .i64 : .f64))
        return (result, number)
    }

    private mutating func assign(_ result: (VirtualRegister, Int?)) {
        if let number = result.1 { variables[number] = result.0 }
    }

    private func use(_ register: VirtualRegister, _ place: OperandPlace = .register, late: Bool = false) -> Operand {
        Operand(register: register, role: late ? .lateUse : .use, place: place)
    }
    private func fixedUse(_ register: VirtualRegister, _ number: UInt8, late: Bool = false) -> Operand {
        Operand(register: register, role: late ? .lateUse : .use, place: .fixed, fixed: number)
    }
    private func temporary(_ register: VirtualRegister, fixed: UInt8? = nil) -> Operand {
        Operand(register: register, role: .temporary, place: fixed == nil ? .register : .fixed, fixed: fixed ?? 0)
    }

    // MARK: instructions

    private mutating func plain() {
        let general = !chance(shape.vectors)
        let result = definition(general: general)
        switch below(12) {
        case 0..<4:
            let a = value(general: general)
            let b = value(general: general)
            emit([
                Operand(register: result.0, role: .define, place: .register, hint: 1), use(a),
                use(b, .registerOrMemory, late: chance(50)),
            ])
        case 4..<6:
            emit([
                Operand(register: result.0, role: .define, place: .register),
                use(value(general: general), .registerOrMemory),
            ])
        case 6:
            emit(
                [
                    Operand(register: result.0, role: .define, place: .register), use(value(general: general)),
                ], .isCopy)
        case 7:
            emit(
                [
                    Operand(register: result.0, role: .define, place: .register),
                    use(value(general: true), late: chance(30)), use(value(general: true), late: chance(30)),
                ], .hasAddress, base: .register)
        case 8:
            emit(
                [use(value(general: general)), use(value(general: true)), use(value(general: true))], .hasAddress,
                base: .register)
            return
        case 9:
            emit([
                Operand(register: result.0, role: .earlyDefine, place: .register), use(value(general: general)),
                use(value(general: general), .registerOrMemory),
            ])
        case 10:
            let first = register(general ? .i64 : .f64)
            let second = register(.i32)
            emit([
                Operand(register: result.0, role: .define, place: .register),
                use(value(general: general)), use(value(general: shape.vectors == 0 || !general), .registerOrMemory),
                temporary(first),
                temporary(second),
            ])
        default:
            let second = definition(general: general)
            let count = 1 + below(4)
            var list = [
                Operand(register: result.0, role: .define, place: .register),
                Operand(register: second.0, role: .define, place: .register),
            ]
            for _ in 0..<count { list.append(use(value(general: general), chance(40) ? .registerOrMemory : .register)) }
            emit(list)
            assign(second)
        }
        assign(result)
    }

    private mutating func fixed() {
        let result = definition(general: true)
        switch below(5) {
        case 0, 1:
            // A shift.
            emit([
                Operand(register: result.0, role: .define, place: .register, hint: 1), use(value(general: true)),
                fixedUse(value(general: true), 1, late: chance(50)),
            ])
        case 2:
            // A division: two results.
            let second = definition(general: true)
            emit([
                Operand(register: result.0, role: .define, place: .fixed, fixed: 0),
                Operand(register: second.0, role: chance(50) ? .earlyDefine : .define, place: .fixed, fixed: 2),
                fixedUse(value(general: true), 0), use(value(general: true), late: true),
            ])
            assign(second)
        case 3:
            let clobbered = register(.i64)
            emit([
                Operand(register: result.0, role: .define, place: .fixed, fixed: 0), fixedUse(value(general: true), 0),
                use(value(general: true), .registerOrMemory, late: true), temporary(clobbered, fixed: 2),
            ])
        default:
            emit([
                Operand(register: result.0, role: .define, place: .fixed, fixed: 6),
                fixedUse(value(general: true), 7), fixedUse(value(general: true), 6),
                fixedUse(value(general: true), 1),
            ])
        }
        assign(result)
    }

    private mutating func call() {
        let arguments: [UInt8] = [7, 6, 2, 1, 8, 9]
        var list: [Operand] = []
        var results: [(VirtualRegister, Int?)] = []
        if chance(70) {
            let result = definition(general: true)
            list.append(Operand(register: result.0, role: .define, place: .fixed, fixed: 0))
            results.append(result)
        }
        if chance(shape.vectors), shape.vectors > 0 {
            let result = definition(general: false)
            list.append(Operand(register: result.0, role: .define, place: .fixed, fixed: 0))
            results.append(result)
        }
        for number in 0..<below(7) { list.append(fixedUse(value(general: true), arguments[number])) }
        if shape.vectors > 0 {
            for number in 0..<below(4) { list.append(fixedUse(value(general: false), UInt8(number))) }
        }
        // The callee's address.
        if chance(30) { list.append(use(value(general: true))) }
        emit(list, .isCall)
        results.forEach { assign($0) }
        var number = loop
        while number >= 0, !isCold {
            loops[number].hasCall = true
            number = loops[number].parent
        }
    }

    private mutating func straight() {
        for _ in 0..<1 + below(5) {
            let kind = below(100)
            if kind < shape.calls {
                call()
            } else if kind < shape.calls + shape.fixed {
                fixed()
            } else {
                plain()
            }
        }
    }

    // MARK: control

    private mutating func statements(_ depth: Int) {
        for _ in 0..<1 + below(4) where budget > 0 {
            straight()
            guard depth > 0, chance(shape.branching) else { continue }
            switch below(8) {
            case 0..<3: choice(depth, arms: 2, cold: chance(30))
            case 3: choice(depth, arms: 2 + below(5), cold: false)
            default: repetition(depth)
            }
        }
    }

    private mutating func branch(_ targets: [Int]) {
        var list: [Operand] = []
        for _ in 0..<below(3) { list.append(use(value(general: true), list.isEmpty ? .registerOrMemory : .register)) }
        emit(list, .isTerminator)
        blocks[current].successors = targets
    }

    /// Several ways that meet again.
    private mutating func choice(_ depth: Int, arms: Int, cold: Bool) {
        let origin = current
        branch([])
        let before = variables
        let outerFrequency = frequency
        let outerCold = isCold
        var ends: [(block: Int, variables: [VirtualRegister])] = []
        var targets: [Int] = []
        for arm in 0..<arms {
            isCold = outerCold || (cold && arm == 0)
            frequency = isCold && !outerCold ? outerFrequency / 64 : outerFrequency / Float(arms)
            current = newBlock()
            targets.append(current)
            variables = before
            if chance(80) {
                if isCold, !outerCold { call() }
                statements(depth - 1)
            }
            ends.append((current, variables))
        }
        blocks[origin].successors = targets
        isCold = outerCold
        frequency = outerFrequency
        join(ends)
    }

    /// A block behind several ends, with parameters for the variables that differ, and some that do not.
    private mutating func join(_ ends: [(block: Int, variables: [VirtualRegister])]) {
        let block = newBlock()
        variables = ends[0].variables
        var chosen: [Int] = []
        for number in variables.indices where ends.contains(where: { $0.variables[number] != variables[number] }) {
            chosen.append(number)
        }
        if let extra = assignable.randomElement(using: &random), chance(10), !chosen.contains(extra) {
            chosen.append(extra)
        }
        for end in ends {
            current = end.block
            jump(to: block, chosen.map { end.variables[$0] })
        }
        for number in chosen {
            let parameter = register(types[number], .blockParameter)
            blocks[block].parameters.append(parameter)
            variables[number] = parameter
        }
        current = block
    }

    private mutating func repetition(_ depth: Int) {
        let outerAssignable = assignable
        let outerFrequency = frequency
        assignable = assignable.filter { _ in chance(50) }
        let carried = assignable
        let preheader = current
        loops.append(LoopDraft(first: blocks.count, parent: loop, depth: loop < 0 ? 1 : loops[loop].depth + 1))
        let outerLoop = loop
        loop = loops.count - 1
        let number = loop
        frequency = min(frequency * 8, 32768)
        let header = newBlock()
        current = preheader
        jump(to: header, carried.map { variables[$0] })
        current = header
        blocks[header].isHeader = true
        for index in carried {
            let parameter = register(types[index], .blockParameter)
            blocks[header].parameters.append(parameter)
            variables[index] = parameter
        }
        statements(depth - 1)
        // Ways out of the middle.
        var exits: [(origin: Int, variables: [VirtualRegister])] = []
        for _ in 0..<below(3) {
            let origin = current
            branch([])
            exits.append((origin, variables))
            current = newBlock()
            blocks[origin].successors = [current]
            statements(depth - 1)
        }
        // The way back, and the last way out.
        let bottom = current
        branch([])
        exits.append((bottom, variables))
        let back = newBlock()
        blocks[bottom].successors = [back]
        current = back
        jump(to: header, carried.map { variables[$0] })
        loops[number].end = blocks.count
        loop = outerLoop
        frequency = outerFrequency
        assignable = outerAssignable
        var ends: [(block: Int, variables: [VirtualRegister])] = []
        for exit in exits {
            let block = newBlock()
            if chance(50) {
                blocks[exit.origin].successors.append(block)
            } else {
                blocks[exit.origin].successors.insert(block, at: 0)
            }
            ends.append((block, exit.variables))
        }
        join(ends)
    }

    // MARK: the whole

    mutating func generate(into machine: inout MachineFunction) {
        current = newBlock()
        for index in 0..<8 {
            let type: MachineType = [.i32, .i64, .f64, .v128, .i64, .f32, .i64, .i64][index]
            if type.isGeneral || shape.vectors > 0 { constants.append(register(type, .constant, UInt32(index))) }
        }
        for index in 0..<5 {
            let type: MachineType = [.i64, .i32, .v128, .f64, .ref][index]
            if type.isGeneral || shape.vectors > 0 {
                frameSlots.append(register(type, .frameSlot, UInt32(bitPattern: Int32(16 + 16 * index))))
            }
        }
        // Arguments.
        var list: [Operand] = []
        for number in 0..<shape.variables {
            let type: MachineType =
                shape.vectors > 0 && number % 4 == 1
                ? [.f64, .v128, .f32][number / 4 % 3]
                : [.i64, .i32, .i64, .ref][number % 4 == 3 ? number / 4 % 4 : number % 3]
            types.append(type)
            let generals: [UInt8] = [7, 6, 2, 1, 8, 9]
            let taken = list.filter { type.isGeneral == registers[$0.register.position].type.isGeneral }.count
            if taken < 6, number < 10 {
                let argument = register(type)
                variables.append(argument)
                list.append(
                    Operand(
                        register: argument, role: .define, place: .fixed,
                        fixed: type.isGeneral ? generals[taken] : UInt8(taken)))
            } else {
                variables.append(.none)
            }
        }
        assignable = Array(types.indices)
        emit(list)
        for number in types.indices where variables[number].isNone {
            variables[number] = register(types[number])
            emit([Operand(register: variables[number], role: .define, place: .register)])
        }
        while budget > 0 { statements(shape.depth) }
        // The return uses a few, in fixed places and in others.
        emit(
            [fixedUse(value(general: true), 0)] + variables.filter { type($0).isGeneral }.prefix(4).map { use($0) },
            .isTerminator)
        flatten(into: &machine)
    }

    private func flatten(into machine: inout MachineFunction) {
        machine.reset()
        registers.forEach { machine.registers.append($0) }
        operands.forEach { machine.operands.append($0) }
        var predecessors = [[Int]](repeating: [], count: blocks.count)
        for (number, block) in blocks.enumerated() { block.successors.forEach { predecessors[$0].append(number) } }
        for (number, draft) in blocks.enumerated() {
            var block = MachineBlock()
            block.start = UInt32(machine.instructions.count)
            draft.instructions.forEach { machine.instructions.append($0) }
            block.end = UInt32(machine.instructions.count)
            block.parameterStart = UInt32(machine.parameters.count)
            block.parameterCount = UInt32(draft.parameters.count)
            draft.parameters.forEach { machine.parameters.append($0) }
            block.successorStart = UInt32(machine.successors.count)
            block.successorCount = UInt32(draft.successors.count)
            draft.successors.forEach { machine.successors.append(UInt32($0)) }
            block.argumentStart = UInt32(machine.arguments.count)
            draft.arguments.forEach { machine.arguments.append($0) }
            block.predecessorStart = UInt32(machine.predecessors.count)
            block.predecessorCount = UInt32(predecessors[number].count)
            predecessors[number].forEach { machine.predecessors.append(UInt32($0)) }
            block.loop = draft.loop < 0 ? Loop.none : UInt32(draft.loop)
            block.frequency = draft.frequency
            block.isCold = draft.isCold
            block.isLoopHeader = draft.isHeader
            machine.blocks.append(block)
        }
        for draft in loops {
            machine.loops.append(
                MachineLoop(
                    first: UInt32(draft.first), end: UInt32(draft.end),
                    parent: draft.parent < 0 ? Loop.none : UInt32(draft.parent), depth: UInt32(draft.depth),
                    hasCall: draft.hasCall))
        }
        machine.frameStartBytes = 40
        machine.hasVector = registers.contains { !$0.type.isGeneral }
    }
}
