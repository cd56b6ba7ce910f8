// Machine instructions as text, one a line, and after allocation where everything is.

import TerraceABI
import TerraceCompilation

/// What a machine calls its operations and registers, for printers and messages.
struct MachineNames {
    var operation: (UInt16) -> String
    var register: (RegisterClass, UInt8) -> String
}

/// Prints machine functions.
///
///     b1(v3: i32): ; loop 0, ×8, from b0 b4
///       v5 = arithmetic.qword v3, v4/m
///       v6{rax}, v7{rdx} = divide.dword v5{rax}, late v3
///       store.dword v6, [v5 + v3*4 + 16]
///
/// `/m` may be in memory, `late` is read after definitions are written, `early` written before uses are read, `{rax}` is a
/// fixed register, `~1` would best get the register of operand 1. After allocation `@` says where an operand is.
struct MachinePrinter {
    var names: MachineNames
    /// Whether the results of the allocator are printed.
    var isAllocated = false

    init(names: MachineNames, isAllocated: Bool = false) {
        self.names = names
        self.isAllocated = isAllocated
    }

    func print(_ function: borrowing MachineFunction) -> String {
        lines(function).map { $0.text + "\n" }.joined()
    }

    /// The same line by line, with the position of the instruction that each is about.
    func lines(_ function: borrowing MachineFunction) -> [(text: String, position: Int?)] {
        var output: [(text: String, position: Int?)] = []
        var move = 0
        for index in 0..<function.blocks.count {
            output.append((header(function, index), nil))
            let block = function.blocks[index]
            for position in Int(block.start)..<Int(block.end) {
                for line in moves(function, upTo: position, &move) { output.append((line, position)) }
                // The successors stand where the block ends.
                let end = position + 1 == Int(block.end) ? successors(function, block) : ""
                output.append(("  " + text(function, position) + end, position))
            }
            if block.start == block.end || !function.instructions[Int(block.end) - 1].flags.contains(.isTerminator) {
                for line in moves(function, upTo: Int(block.end), &move) { output.append((line, nil)) }
            }
        }
        return output
    }

    private func header(_ function: borrowing MachineFunction, _ index: Int) -> String {
        let block = function.blocks[index]
        var line = "b\(index)"
        if block.parameterCount > 0 {
            var parameters: [String] = []
            for offset in 0..<Int(block.parameterCount) {
                let register = function.parameters[Int(block.parameterStart) + offset]
                parameters.append("\(name(function, register)): \(function.registers[register.position].type)")
            }
            line += "(" + parameters.joined(separator: ", ") + ")"
        }
        line += block.isCold ? " cold:" : ":"
        var notes: [String] = []
        if block.loop != Loop.none { notes.append((block.isLoopHeader ? "loop " : "in loop ") + "\(block.loop)") }
        if block.frequency != 1 { notes.append("×\(block.frequency)") }
        if block.predecessorCount > 0 {
            let start = Int(block.predecessorStart)
            var sources: [String] = []
            for position in start..<start + Int(block.predecessorCount) {
                sources.append("b\(function.predecessors[position])")
            }
            notes.append("from " + sources.joined(separator: " "))
        }
        return notes.isEmpty ? line : line + " ; " + notes.joined(separator: ", ")
    }

    private func successors(_ function: borrowing MachineFunction, _ block: MachineBlock) -> String {
        guard block.successorCount > 0 else { return "" }
        var targets: [String] = []
        for offset in 0..<Int(block.successorCount) {
            let target = function.successors[Int(block.successorStart) + offset]
            var text = "b\(target)"
            if block.successorCount == 1, function.blocks[Int(target)].parameterCount > 0 {
                var arguments: [String] = []
                for argument in 0..<Int(function.blocks[Int(target)].parameterCount) {
                    arguments.append(name(function, function.arguments[Int(block.argumentStart) + argument]))
                }
                text += "(" + arguments.joined(separator: ", ") + ")"
            }
            targets.append(text)
        }
        return " → " + targets.joined(separator: " ")
    }

    private func moves(_ function: borrowing MachineFunction, upTo position: Int, _ next: inout Int) -> [String] {
        var output: [String] = []
        while isAllocated, next < function.moves.count, Int(function.moves[next].position) <= position {
            let move = function.moves[next]
            output.append(
                "    \(move.kind == .exchange ? "exchange" : "move") \(name(function, move.register)): "
                    + "\(location(move.from)) → \(location(move.to))")
            next += 1
        }
        return output
    }

    /// A register; constants and slots of the frame show what they are.
    func name(_ function: borrowing MachineFunction, _ register: VirtualRegister) -> String {
        if register.isNone { return "nothing" }
        guard register.position < function.registers.count else { return "v\(register.index)?" }
        let info = function.registers[register.position]
        switch info.origin {
        case .constant: return "c\(register.index)"
        case .frameSlot: return "v\(register.index)[\(Int32(bitPattern: info.payload))]"
        case .instruction, .blockParameter: return "v\(register.index)"
        }
    }

    func location(_ location: Location) -> String {
        if location.isSlot { return "[\(location.offset)]" }
        if location.isRegister { return names.register(location.isVector ? .vector : .general, location.number) }
        return location == .constant ? "constant" : "nowhere"
    }

    private func text(_ function: borrowing MachineFunction, _ operandIndex: Int, _ operand: Operand) -> String {
        var text = name(function, operand.register)
        switch operand.role {
        case .use, .define: break
        case .lateUse: text = "late " + text
        case .earlyDefine: text = "early " + text
        case .temporary: text = "temporary " + text
        }
        switch operand.place {
        case .register: break
        case .registerOrMemory: text += "/m"
        case .fixed:
            let isVector =
                operand.register.position < function.registers.count
                && function.registers[operand.register.position].registerClass == .vector
            text += "{" + names.register(isVector ? .vector : .general, operand.fixed) + "}"
        }
        if operand.hint != Operand.noHint { text += "~\(operand.hint)" }
        if isAllocated, operandIndex < function.locations.count {
            text += "@" + location(function.locations[operandIndex])
        }
        return text
    }

    /// The instruction at a position.
    func text(_ function: borrowing MachineFunction, _ position: Int) -> String {
        let instruction = function.instructions[position]
        var definitions: [String] = []
        var others: [String] = []
        let start = Int(instruction.operandStart)
        let addressCount =
            (instruction.addressBase == .register ? 1 : 0) + (instruction.scaleLog2 == Instruction.noIndex ? 0 : 1)
        var useEnd = start + Int(instruction.operandCount)
        while useEnd > start, function.operands[useEnd - 1].role == .temporary { useEnd -= 1 }
        let addressStart = instruction.addressBase == .none ? useEnd : max(start, useEnd - addressCount)
        var addressRegisters: [String] = []
        for index in start..<start + Int(instruction.operandCount) {
            let operand = function.operands[index]
            let text = text(function, index, operand)
            if operand.role == .define || operand.role == .earlyDefine {
                definitions.append(text)
            } else if index >= addressStart, index < useEnd {
                addressRegisters.append(text)
            } else {
                others.append(text)
            }
        }
        if instruction.addressBase != .none { others.append(address(instruction, addressRegisters)) }
        var line = definitions.isEmpty ? "" : definitions.joined(separator: ", ") + " = "
        line += names.operation(instruction.operation) + ".\(instruction.size)"
        if !others.isEmpty { line += " " + others.joined(separator: ", ") }
        if instruction.condition != 0 { line += " if \(instruction.condition)" }
        if instruction.immediate != 0 { line += " #\(instruction.immediate)" }
        if instruction.addressBase == .none, instruction.displacement != 0 { line += " at \(instruction.displacement)" }
        if instruction.payload != 0 { line += " !\(instruction.payload)" }
        return line
    }

    private func address(_ instruction: Instruction, _ registers: [String]) -> String {
        var terms: [String] = []
        var rest = registers[...]
        if instruction.addressBase == .register {
            terms.append(rest.popFirst() ?? "?")
        } else if instruction.addressBase != .absolute {
            terms.append("\(instruction.addressBase)")
        }
        if instruction.scaleLog2 != Instruction.noIndex {
            let scale = 1 << Int(instruction.scaleLog2 & 3)
            terms.append((rest.popFirst() ?? "?") + (scale == 1 ? "" : "*\(scale)"))
        }
        if instruction.displacement != 0 || terms.isEmpty { terms.append("\(instruction.displacement)") }
        return "[" + terms.joined(separator: " + ") + "]"
    }
}
