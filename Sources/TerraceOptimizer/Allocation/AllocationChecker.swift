// Proves an allocation without knowing how it was made: goes over the function forward with what every register and slot is
// known to hold, to a fixpoint, and looks whether every operand finds its value. For tests, fuzzing and self-checks: it takes
// its time.

import TerraceABI

/// What is wrong with an allocation.
struct AllocationMistake: Error, CustomStringConvertible {
    var message: String
    /// Index of the instruction.
    var position: Int
    var description: String { "allocation at instruction \(position): \(message)" }
}

/// Checks allocations. Every use must see its value on every path; slots are read after they were written and inside the
/// frame; nothing survives a call but in preserved registers and slots, references in slots alone; fixed operands,
/// early definitions, late uses and temporaries get the registers that their roles ask for; used preserved registers are
/// declared; parameters receive their arguments. Constants may be made anew at any time.
struct AllocationChecker {
    /// What registers and slots hold: sets of values, since a parameter and its argument may be one.
    private struct State: Equatable {
        var registers = [[UInt32]](repeating: [], count: 64)
        var slots: [Int32: [UInt32]] = [:]
    }

    private let file: RegisterFile
    private var entries: [State?] = []

    init(_ file: RegisterFile) { self.file = file }

    /// Throws the first mistake of an allocated function.
    mutating func check(_ machine: borrowing MachineFunction) throws(AllocationMistake) {
        entries = Array(repeating: nil, count: machine.blocks.count)
        guard machine.blocks.count > 0 else { return }
        guard machine.locations.count == machine.operands.count else {
            throw AllocationMistake(message: "locations are missing", position: 0)
        }
        try checkOrder(machine)
        let firstMoves = firstMoves(machine)
        entries[0] = State()
        var dirty = [Bool](repeating: false, count: machine.blocks.count)
        dirty[0] = true
        var isDirty = true
        while isDirty {
            isDirty = false
            for block in 0..<machine.blocks.count where dirty[block] {
                dirty[block] = false
                guard var state = entries[block] else { continue }
                try run(machine, block, firstMoves[block], &state, reports: false)
                let here = machine.blocks[block]
                for edge in here.successorStart..<here.successorStart + here.successorCount {
                    let target = Int(machine.successors[Int(edge)])
                    let arriving = cross(machine, here, target, state)
                    let met = entries[target].map { meet($0, arriving) } ?? arriving
                    if met != entries[target] {
                        entries[target] = met
                        dirty[target] = true
                        isDirty = true
                    }
                }
            }
        }
        for block in 0..<machine.blocks.count {
            guard var state = entries[block] else { continue }
            try run(machine, block, firstMoves[block], &state, reports: true)
        }
        entries = []
    }

    private func checkOrder(_ machine: borrowing MachineFunction) throws(AllocationMistake) {
        var last: UInt32 = 0
        for index in 0..<machine.moves.count {
            let move = machine.moves[index]
            if move.position < last || Int(move.position) >= machine.instructions.count {
                throw AllocationMistake(message: "move \(index) out of order", position: Int(move.position))
            }
            last = move.position
        }
    }

    /// By block, its first move.
    private func firstMoves(_ machine: borrowing MachineFunction) -> [Int] {
        var result: [Int] = []
        var move = 0
        for block in 0..<machine.blocks.count {
            while move < machine.moves.count, machine.moves[move].position < machine.blocks[block].start { move += 1 }
            result.append(move)
        }
        return result
    }

    // MARK: states

    private func meet(_ left: State, _ right: State) -> State {
        var result = State()
        for register in 0..<64 {
            result.registers[register] = left.registers[register].filter { right.registers[register].contains($0) }
        }
        for (slot, values) in left.slots {
            guard let others = right.slots[slot] else { continue }
            let common = values.filter { others.contains($0) }
            if !common.isEmpty { result.slots[slot] = common }
        }
        return result
    }

    /// What an edge makes of a state: parameters are where their arguments were, and nowhere else.
    private func cross(
        _ machine: borrowing MachineFunction, _ source: MachineBlock, _ target: Int, _ state: State
    ) -> State {
        let here = machine.blocks[target]
        guard here.parameterCount > 0 else { return state }
        var parametersOf: [UInt32: [UInt32]] = [:]
        var parameters: Set<UInt32> = []
        for index in 0..<here.parameterCount {
            let parameter = machine.parameters[Int(here.parameterStart + index)].index
            let argument = machine.arguments[Int(source.argumentStart + index)].index
            parametersOf[argument, default: []].append(parameter)
            parameters.insert(parameter)
        }
        func renamed(_ values: [UInt32]) -> [UInt32] {
            var result: [UInt32] = []
            for value in values {
                if !parameters.contains(value) { result.append(value) }
                result += parametersOf[value] ?? []
            }
            return result.sorted()
        }
        var result = State()
        for register in 0..<64 where !state.registers[register].isEmpty {
            result.registers[register] = renamed(state.registers[register])
        }
        for (slot, values) in state.slots {
            let values = renamed(values)
            if !values.isEmpty { result.slots[slot] = values }
        }
        return result
    }

    private func width(_ type: MachineType) -> Int32 { type == .v128 ? 16 : 8 }

    /// Whether a place holds a value.
    private func holds(
        _ machine: borrowing MachineFunction, _ state: State, _ location: Location, _ register: VirtualRegister
    ) -> Bool {
        let info = machine.registers[register.position]
        if location == .constant { return info.origin == .constant }
        if location.isRegister { return state.registers[Int(location.rawValue)].contains(register.index) }
        guard location.isSlot else { return false }
        if info.origin == .frameSlot, location.offset == Int32(bitPattern: info.payload) { return true }
        return state.slots[location.offset]?.contains(register.index) ?? false
    }

    // MARK: blocks

    private func run(
        _ machine: borrowing MachineFunction, _ block: Int, _ firstMove: Int, _ state: inout State, reports: Bool
    ) throws(AllocationMistake) {
        let here = machine.blocks[block]
        var move = firstMove
        for position in Int(here.start)..<Int(here.end) {
            while move < machine.moves.count, machine.moves[move].position == position {
                try apply(machine, machine.moves[move], &state, reports: reports)
                move += 1
            }
            // Emission may use the scratch registers within any instruction.
            for registerClass in RegisterClass.allCases {
                let scratch = file.scratch[Int(registerClass.rawValue)]
                state.registers[Int(Location.register(registerClass, scratch).rawValue)] = []
            }
            if reports { try checkInstruction(machine, position, state) }
            execute(machine, position, &state)
        }
    }

    private func apply(
        _ machine: borrowing MachineFunction, _ move: InsertedMove, _ state: inout State, reports: Bool
    ) throws(AllocationMistake) {
        let position = Int(move.position)
        func fail(_ message: String) throws(AllocationMistake) {
            if reports {
                throw AllocationMistake(
                    message: "move of v\(move.register.index) from \(move.from.rawValue) to \(move.to.rawValue): "
                        + message, position: position)
            }
        }
        if reports { try checkPlaces(machine, move) }
        if !holds(machine, state, move.from, move.register) { try fail("it is not there") }
        let width = width(move.type)
        if move.kind == .exchange {
            state.registers.swapAt(Int(move.from.rawValue & 31), Int(move.to.rawValue & 31))
            return
        }
        let values: [UInt32] =
            if move.from == .constant {
                [move.register.index]
            } else if move.from.isRegister {
                state.registers[Int(move.from.rawValue)]
            } else {
                ((state.slots[move.from.offset] ?? [])
                    + (holds(machine, state, move.from, move.register)
                        ? [move.register.index] : []))
                    .sorted().reduce(into: []) { result, value in
                        if result.last != value { result.append(value) }
                    }
            }
        if move.to.isRegister {
            state.registers[Int(move.to.rawValue)] = values
            return
        }
        let offset = move.to.offset
        // Whatever it overlaps is gone.
        for distance in -15..<Int32(16) where distance != 0 {
            guard let others = state.slots[offset &+ distance], let first = others.first else { continue }
            let otherWidth = self.width(machine.registers[Int(first)].type)
            if distance < width, -distance < otherWidth { state.slots[offset &+ distance] = nil }
        }
        state.slots[offset] = values
    }

    private func checkPlaces(_ machine: borrowing MachineFunction, _ move: InsertedMove) throws(AllocationMistake) {
        let position = Int(move.position)
        let info = machine.registers[move.register.position]
        func fail(_ message: String) throws(AllocationMistake) {
            throw AllocationMistake(message: "move of v\(move.register.index): " + message, position: position)
        }
        if move.type != info.type { try fail("its type is \(move.type) instead of \(info.type)") }
        for location in [move.from, move.to] where location.isRegister {
            if location.isVector != (info.registerClass == .vector) { try fail("a register of the wrong class") }
            let known =
                file.allocatable[Int(info.registerClass.rawValue)] >> UInt32(location.number) & 1 != 0
                || file.scratch[Int(info.registerClass.rawValue)] == location.number
            if !known { try fail("register \(location.number) holds no values") }
        }
        if move.kind == .exchange {
            if !move.from.isRegister || !move.to.isRegister || move.from.isVector || move.to.isVector {
                try fail("only general registers are exchanged")
            }
            try checkPreserved(machine, move.from, position)
        }
        if !move.from.isRegister && !move.to.isRegister { try fail("neither end is a register") }
        if move.to.isSlot {
            let offset = move.to.offset
            if offset < 0 &- machine.frameBytes || offset &+ width(move.type) > 0 &- machine.frameStartBytes {
                try fail("slot \(offset) is outside of the allocator's part of the frame")
            }
        } else if !move.to.isRegister {
            try fail("no place to go")
        } else {
            try checkPreserved(machine, move.to, position)
        }
    }

    private func checkPreserved(
        _ machine: borrowing MachineFunction, _ location: Location, _ position: Int
    ) throws(AllocationMistake) {
        guard location.isRegister, !location.isVector else { return }
        let bit: UInt32 = 1 << UInt32(location.number)
        if file.preserved[0] & bit != 0, machine.usedPreserved & bit == 0 {
            throw AllocationMistake(
                message: "preserved register \(location.number) is written but not declared", position: position)
        }
    }

    // MARK: instructions

    private func checkInstruction(
        _ machine: borrowing MachineFunction, _ position: Int, _ state: State
    ) throws(AllocationMistake) {
        let instruction = machine.instructions[position]
        let start = Int(instruction.operandStart)
        let end = start + Int(instruction.operandCount)
        var memoryOperands = instruction.flags.contains(.hasAddress) ? 1 : 0
        for number in start..<end {
            let operand = machine.operands[number]
            let location = machine.locations[number]
            let info = machine.registers[operand.register.position]
            func fail(_ message: String) throws(AllocationMistake) {
                throw AllocationMistake(
                    message: "operand \(number - start) (v\(operand.register.index)): " + message, position: position)
            }
            if location.isRegister {
                if location.isVector != (info.registerClass == .vector) { try fail("a register of the wrong class") }
                let isAllocatable =
                    file.allocatable[Int(info.registerClass.rawValue)] >> UInt32(location.number) & 1 != 0
                if !isAllocatable { try fail("register \(location.number) holds no values") }
                if !operand.role.isUse { try checkPreserved(machine, location, position) }
            } else {
                memoryOperands += 1
                if operand.place != .registerOrMemory || !operand.role.isUse { try fail("not in a register") }
                if memoryOperands > 1 { try fail("a second operand in memory") }
            }
            if operand.place == .fixed, location != .register(info.registerClass, operand.fixed) {
                try fail("not in its fixed register \(operand.fixed)")
            }
            if operand.role.isUse, !holds(machine, state, location, operand.register) {
                try fail("its value is not in \(location.rawValue)")
            }
            for other in start..<end where other != number {
                if conflict(operand.role, machine.operands[other].role), location.isRegister,
                    machine.locations[other] == location
                {
                    try fail("shares register \(location.number) with operand \(other - start)")
                }
            }
        }
    }

    /// Whether operands of these roles must have different registers.
    private func conflict(_ role: OperandRole, _ other: OperandRole) -> Bool {
        switch role {
        case .use: false
        case .lateUse: other == .define
        case .define: other == .define
        case .earlyDefine, .temporary: true
        }
    }

    private func execute(_ machine: borrowing MachineFunction, _ position: Int, _ state: inout State) {
        let instruction = machine.instructions[position]
        if instruction.flags.contains(.isCall) {
            for register in 0..<64 {
                let isVector = register >= 32
                if file.preserved[isVector ? 1 : 0] >> UInt32(register & 31) & 1 == 0 {
                    state.registers[register] = []
                } else {
                    state.registers[register].removeAll { machine.registers[Int($0)].isReference }
                }
            }
        }
        let start = Int(instruction.operandStart)
        for number in start..<start + Int(instruction.operandCount) where !machine.operands[number].role.isUse {
            let location = machine.locations[number]
            guard location.isRegister else { continue }
            state.registers[Int(location.rawValue)] =
                machine.operands[number].role == .temporary ? [] : [machine.operands[number].register.index]
        }
    }
}
