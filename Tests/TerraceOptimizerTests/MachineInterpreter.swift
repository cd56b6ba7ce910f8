// Runs machine functions on made-up values, before allocation by virtual registers and after it by registers, slots and moves:
// what instructions see must be the same. It knows nothing of how the checker or the allocator work.

import TerraceABI

@testable import TerraceOptimizer

/// Every operation is a hash of what it reads; the result of a run is a hash of all that instructions have read.
struct MachineInterpreter {
    /// Most instructions that are run: loops end by themselves or by this.
    var fuel = 20_000
    private(set) var trace: UInt64 = 0x9E37_79B9_7F4A_7C15
    private(set) var steps = 0
    private var garbage: UInt64 = 1 << 60

    private func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
        var x = (a ^ b &* 0xBF58_476D_1CE4_E5B9) &+ 0x9E37_79B9_7F4A_7C15
        x = (x ^ x >> 30) &* 0x94D0_49BB_1331_11EB
        return x ^ x >> 29
    }

    /// The value of a constant or of a slot that the function finds. References have the lowest bit set, all others not.
    private func origin(_ info: RegisterInfo) -> UInt64 {
        tagged(mix(UInt64(info.payload), UInt64(info.origin.rawValue)), info.type)
    }

    private func tagged(_ value: UInt64, _ type: MachineType) -> UInt64 { type == .ref ? value | 1 : value & ~1 }

    private mutating func fresh() -> UInt64 {
        garbage &+= 2
        return mix(garbage, 77) & ~1
    }

    private func result(
        _ machine: borrowing MachineFunction, _ position: Int, _ operand: Int, _ seen: UInt64
    ) -> UInt64 {
        let register = machine.operands[operand].register
        if machine.instructions[position].flags.contains(.isCopy) {
            // Copies go between registers of one class.
            return tagged(seen, machine.registers[register.position].type)
        }
        return tagged(mix(mix(seen, UInt64(position)), UInt64(operand)), machine.registers[register.position].type)
    }

    /// The next block, chosen by what was seen and how long it has been going on.
    private func successor(_ machine: borrowing MachineFunction, _ block: MachineBlock, _ seen: UInt64) -> Int? {
        guard block.successorCount > 0 else { return nil }
        let choice = mix(seen, UInt64(steps)) % UInt64(block.successorCount)
        return Int(machine.successors[Int(block.successorStart) + Int(choice)])
    }

    /// Runs by virtual registers.
    mutating func runVirtual(_ machine: borrowing MachineFunction) {
        var values = [UInt64](repeating: 0, count: machine.registers.count)
        for register in 0..<machine.registers.count {
            let info = machine.registers[register]
            if info.origin == .constant || info.origin == .frameSlot { values[register] = origin(info) }
        }
        var block = 0
        while true {
            let here = machine.blocks[block]
            var seen: UInt64 = 0
            for position in Int(here.start)..<Int(here.end) {
                steps += 1
                let instruction = machine.instructions[position]
                let range =
                    Int(instruction.operandStart)..<Int(instruction.operandStart) + Int(instruction.operandCount)
                seen = UInt64(position)
                for operand in range where machine.operands[operand].role.isUse {
                    seen = mix(seen, values[machine.operands[operand].register.position])
                }
                trace = mix(trace, seen)
                for operand in range where !machine.operands[operand].role.isUse {
                    values[machine.operands[operand].register.position] = result(machine, position, operand, seen)
                }
            }
            guard steps < fuel, let next = successor(machine, here, seen) else { return }
            let target = machine.blocks[next]
            var moved: [UInt64] = []
            for index in 0..<target.parameterCount {
                moved.append(values[machine.arguments[Int(here.argumentStart + index)].position])
            }
            for index in 0..<target.parameterCount {
                values[machine.parameters[Int(target.parameterStart + index)].position] = moved[Int(index)]
            }
            block = next
        }
    }

    /// Runs by places.
    mutating func runAllocated(_ machine: borrowing MachineFunction, _ file: RegisterFile) {
        var registers: [UInt64] = []
        for _ in 0..<64 { registers.append(fresh()) }
        // By offset; vectors have a second half that must not be overwritten.
        var memory: [Int32: UInt64] = [:]
        for register in 0..<machine.registers.count {
            let info = machine.registers[register]
            if info.origin == .frameSlot {
                memory[Int32(bitPattern: info.payload)] = origin(info)
                if info.type == .v128 { memory[Int32(bitPattern: info.payload) + 8] = ~origin(info) }
            }
        }
        func read(_ location: Location, _ type: MachineType, _ info: RegisterInfo) -> UInt64 {
            if location.isRegister { return registers[Int(location.rawValue)] }
            if location == .constant { return origin(info) }
            let low = memory[location.offset] ?? 3
            if type == .v128, memory[location.offset + 8] != ~low { return 5 }
            return low
        }
        var firstMoves: [Int] = []
        var move = 0
        for block in 0..<machine.blocks.count {
            while move < machine.moves.count, machine.moves[move].position < machine.blocks[block].start { move += 1 }
            firstMoves.append(move)
        }
        var block = 0
        while true {
            let here = machine.blocks[block]
            var seen: UInt64 = 0
            move = firstMoves[block]
            for position in Int(here.start)..<Int(here.end) {
                steps += 1
                while move < machine.moves.count, machine.moves[move].position == position {
                    let item = machine.moves[move]
                    move += 1
                    if item.kind == .exchange {
                        registers.swapAt(Int(item.from.rawValue), Int(item.to.rawValue))
                        continue
                    }
                    let value = read(item.from, item.type, machine.registers[item.register.position])
                    if item.to.isRegister {
                        registers[Int(item.to.rawValue)] = value
                    } else {
                        memory[item.to.offset] = value
                        if item.type == .v128 { memory[item.to.offset + 8] = ~value }
                    }
                }
                registers[Int(file.scratch[0])] = fresh()
                registers[32 + Int(file.scratch[1])] = fresh()
                let instruction = machine.instructions[position]
                let range =
                    Int(instruction.operandStart)..<Int(instruction.operandStart) + Int(instruction.operandCount)
                // Early definitions and temporaries destroy before uses are read, definitions before late uses are.
                for operand in range
                where machine.operands[operand].role == .earlyDefine || machine.operands[operand].role == .temporary {
                    registers[Int(machine.locations[operand].rawValue)] = fresh()
                }
                var inputs: [Int: UInt64] = [:]
                for late in [OperandRole.use, .lateUse] {
                    for operand in range where machine.operands[operand].role == late {
                        let info = machine.registers[machine.operands[operand].register.position]
                        inputs[operand] = read(machine.locations[operand], info.type, info)
                    }
                    for operand in range where machine.operands[operand].role == .define {
                        registers[Int(machine.locations[operand].rawValue)] = fresh()
                    }
                }
                seen = UInt64(position)
                for operand in range where machine.operands[operand].role.isUse {
                    seen = mix(seen, inputs[operand] ?? 0)
                }
                trace = mix(trace, seen)
                if instruction.flags.contains(.isCall) {
                    for register in 0..<64
                    where file.preserved[register / 32] >> UInt32(register % 32) & 1 == 0
                        || registers[register] & 1 != 0
                    {
                        registers[register] = fresh()
                    }
                }
                for operand in range where !machine.operands[operand].role.isUse {
                    let location = Int(machine.locations[operand].rawValue)
                    registers[location] =
                        machine.operands[operand].role == .temporary
                        ? fresh() : result(machine, position, operand, seen)
                }
            }
            guard steps < fuel, let next = successor(machine, here, seen) else { return }
            block = next
        }
    }
}
