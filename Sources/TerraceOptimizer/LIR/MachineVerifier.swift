// Whether machine instructions keep what the allocator relies on. For tests and fuzzers: thorough, not quick.

import TerraceABI
import TerraceCompilation

/// Checks a ``MachineFunction`` before allocation.
struct MachineVerifier {
    var file: RegisterFile
    var names: MachineNames

    /// By virtual register: the position of its definition; parameters have the one in front of their block's first
    /// instruction. ``undefined`` where there is none.
    var definitions: [Int] = []
    /// By virtual register: the block that defines it.
    var homes: [Int] = []
    /// By virtual register: the instruction whose temporary it is, or -1.
    var temporaries: [Int] = []
    /// By block: when a walk over the dominator tree comes in and goes out.
    var entered: [Int] = []
    var left: [Int] = []

    static var undefined: Int { -2 }

    init(file: RegisterFile, names: MachineNames) {
        self.file = file
        self.names = names
    }

    /// Throws the first mistake that it finds.
    mutating func verify(_ function: borrowing MachineFunction) throws(VerifierMistake) {
        try checkBlocks(function)
        try checkEdges(function)
        try checkLoops(function)
        findDominators(function)
        try findDefinitions(function)
        for block in 0..<function.blocks.count {
            let range = Int(function.blocks[block].start)..<Int(function.blocks[block].end)
            for position in range {
                try checkInstruction(function, block, position)
                for index in operands(function, position) where function.operands[index].role.isUse {
                    try checkUse(function, function.operands[index].register, block, position)
                }
            }
            try checkArguments(function, block)
        }
    }

    func operands(_ function: borrowing MachineFunction, _ position: Int) -> Range<Int> {
        let instruction = function.instructions[position]
        let start = Int(instruction.operandStart)
        return start..<start + Int(instruction.operandCount)
    }

    /// Origins agree with where definitions are, and each register has one.
    private mutating func findDefinitions(_ function: borrowing MachineFunction) throws(VerifierMistake) {
        definitions = [Int](repeating: Self.undefined, count: function.registers.count)
        homes = [Int](repeating: -1, count: function.registers.count)
        temporaries = [Int](repeating: -1, count: function.registers.count)
        for index in 0..<function.blocks.count {
            let block = function.blocks[index]
            for offset in 0..<Int(block.parameterCount) {
                let register = function.parameters[Int(block.parameterStart) + offset]
                guard register.position < function.registers.count else {
                    throw VerifierMistake(message: "block \(index): parameter \(offset) is no register")
                }
                if function.registers[register.position].origin != .blockParameter {
                    throw VerifierMistake(message: "block \(index): parameter v\(register.index) is of another origin")
                }
                try define(register, index, Int(block.start) - 1)
            }
            for position in Int(block.start)..<Int(block.end) {
                for operandIndex in operands(function, position) {
                    let operand = function.operands[operandIndex]
                    guard operand.register.position < function.registers.count else {
                        throw mistake(function, index, position, "an operand is no register")
                    }
                    guard !operand.role.isUse else { continue }
                    if function.registers[operand.register.position].origin != .instruction {
                        throw mistake(
                            function, index, position, "defines v\(operand.register.index), whose origin is another")
                    }
                    try define(operand.register, index, position)
                    if operand.role == .temporary { temporaries[operand.register.position] = position }
                }
            }
        }
    }

    private mutating func define(
        _ register: VirtualRegister, _ block: Int, _ position: Int
    ) throws(VerifierMistake) {
        if definitions[register.position] != Self.undefined {
            throw VerifierMistake(
                message: "block \(block), instruction \(position): v\(register.index) is defined twice")
        }
        definitions[register.position] = position
        homes[register.position] = block
    }

    private func checkUse(
        _ function: borrowing MachineFunction, _ register: VirtualRegister, _ block: Int, _ position: Int
    ) throws(VerifierMistake) {
        guard register.position < function.registers.count else {
            throw mistake(function, block, position, "an operand is no register")
        }
        switch function.registers[register.position].origin {
        case .constant, .frameSlot: return
        case .instruction, .blockParameter: break
        }
        if temporaries[register.position] >= 0 {
            throw mistake(function, block, position, "v\(register.index) is a temporary")
        }
        let definition = definitions[register.position]
        if definition == Self.undefined {
            throw mistake(function, block, position, "v\(register.index) is never defined")
        }
        let home = homes[register.position]
        if home == block {
            if definition >= position {
                throw mistake(function, block, position, "v\(register.index) is defined later")
            }
        } else if entered[home] > entered[block] || left[home] < left[block] {
            throw mistake(
                function, block, position, "v\(register.index) is defined in block \(home), which does not dominate")
        }
    }

    private func checkArguments(_ function: borrowing MachineFunction, _ index: Int) throws(VerifierMistake) {
        let block = function.blocks[index]
        guard block.successorCount == 1 else { return }
        let target = function.blocks[Int(function.successors[Int(block.successorStart)])]
        for offset in 0..<Int(target.parameterCount) {
            guard Int(block.argumentStart) + offset < function.arguments.count else {
                throw VerifierMistake(message: "block \(index): argument \(offset) does not exist")
            }
            let argument = function.arguments[Int(block.argumentStart) + offset]
            try checkUse(function, argument, index, Int(block.end))
            let parameter = function.parameters[Int(target.parameterStart) + offset]
            if function.registers[argument.position].type != function.registers[parameter.position].type {
                throw VerifierMistake(
                    message:
                        "block \(index): argument \(offset), v\(argument.index), is of another type than its parameter")
            }
        }
    }

    /// A mistake, with where it is.
    func mistake(
        _ function: borrowing MachineFunction, _ block: Int, _ position: Int, _ message: String
    ) -> VerifierMistake {
        var text = "block \(block)"
        if position >= 0, position < function.instructions.count, position < Int(function.blocks[block].end) {
            text += ", instruction \(position), " + MachinePrinter(names: names).text(function, position)
        }
        return VerifierMistake(message: "\(text): \(message)")
    }
}

// MARK: flow

extension MachineVerifier {
    private func checkBlocks(_ function: borrowing MachineFunction) throws(VerifierMistake) {
        var end = 0
        for index in 0..<function.blocks.count {
            let block = function.blocks[index]
            if Int(block.start) != end || block.end < block.start || Int(block.end) > function.instructions.count {
                throw VerifierMistake(message: "block \(index): its instructions do not follow those of the last block")
            }
            end = Int(block.end)
            if block.start == block.end || !function.instructions[end - 1].flags.contains(.isTerminator) {
                if block.successorCount != 1 {
                    throw VerifierMistake(
                        message: "block \(index): \(block.successorCount) successors and no terminator")
                }
            }
            for position in Int(block.start)..<max(Int(block.start), end - 1)
            where function.instructions[position].flags.contains(.isTerminator) {
                throw mistake(function, index, position, "a terminator in the middle of the block")
            }
        }
        if function.blocks.count == 0 { throw VerifierMistake(message: "there are no blocks") }
        let entry = function.blocks[0]
        if entry.predecessorCount > 0 || entry.parameterCount > 0 {
            throw VerifierMistake(message: "block 0: the entry has predecessors or parameters")
        }
    }

    private func checkEdges(_ function: borrowing MachineFunction) throws(VerifierMistake) {
        var incoming = [Int](repeating: 0, count: function.blocks.count)
        for index in 0..<function.blocks.count {
            let block = function.blocks[index]
            var targets = Set<UInt32>()
            for offset in 0..<Int(block.successorCount) {
                let target = function.successors[Int(block.successorStart) + offset]
                guard Int(target) < function.blocks.count else {
                    throw VerifierMistake(message: "block \(index): successor \(target) does not exist")
                }
                if !targets.insert(target).inserted {
                    throw VerifierMistake(message: "block \(index): successor \(target) stands there twice")
                }
                let other = function.blocks[Int(target)]
                incoming[Int(target)] += 1
                if Int(target) <= index, !other.isLoopHeader {
                    throw VerifierMistake(message: "block \(index): goes back to block \(target), which begins no loop")
                }
                if block.successorCount > 1, other.predecessorCount > 1 || other.parameterCount > 0 {
                    throw VerifierMistake(message: "block \(index): the edge to block \(target) is critical")
                }
                let sources = Int(other.predecessorStart)..<Int(other.predecessorStart + other.predecessorCount)
                var isKnown = false
                for source in sources where function.predecessors[source] == UInt32(index) { isKnown = true }
                if !isKnown {
                    throw VerifierMistake(message: "block \(target): block \(index) is missing among its predecessors")
                }
            }
        }
        for index in 0..<function.blocks.count where incoming[index] != Int(function.blocks[index].predecessorCount) {
            throw VerifierMistake(
                message:
                    "block \(index): \(function.blocks[index].predecessorCount) predecessors, not \(incoming[index])")
        }
        for index in 1..<max(1, function.blocks.count) where incoming[index] == 0 {
            throw VerifierMistake(message: "block \(index): cannot be reached")
        }
    }

    private func checkLoops(_ function: borrowing MachineFunction) throws(VerifierMistake) {
        for index in 0..<function.loops.count {
            let loop = function.loops[index]
            guard loop.first < loop.end, Int(loop.end) <= function.blocks.count,
                function.blocks[Int(loop.first)].isLoopHeader, function.blocks[Int(loop.first)].loop == UInt32(index)
            else { throw VerifierMistake(message: "loop \(index): block \(loop.first) is not its header") }
            if loop.parent == Loop.none {
                if loop.depth != 1 { throw VerifierMistake(message: "loop \(index): its depth is not 1") }
                continue
            }
            guard Int(loop.parent) < function.loops.count else {
                throw VerifierMistake(message: "loop \(index): there is no loop \(loop.parent) around it")
            }
            let parent = function.loops[Int(loop.parent)]
            if parent.first >= loop.first || parent.end < loop.end || loop.depth != parent.depth + 1 {
                throw VerifierMistake(message: "loop \(index): loop \(loop.parent) is not around it")
            }
        }
        // The innermost loop by the ranges is what each block says.
        var expected = [UInt32](repeating: Loop.none, count: function.blocks.count)
        let outerFirst = (0..<function.loops.count).sorted { function.loops[$0].depth < function.loops[$1].depth }
        for index in outerFirst {
            for block in Int(function.loops[index].first)..<Int(function.loops[index].end) {
                expected[block] = UInt32(index)
            }
        }
        for index in 0..<function.blocks.count {
            let block = function.blocks[index]
            if block.loop != expected[index] {
                throw VerifierMistake(message: "block \(index): says loop \(block.loop), stands in \(expected[index])")
            }
            for offset in 0..<Int(block.successorCount) {
                let target = Int(function.successors[Int(block.successorStart) + offset])
                let loop = function.blocks[target].loop
                let isForeign =
                    loop != Loop.none
                    && !(function.loops[Int(loop)].first..<function.loops[Int(loop)].end)
                        .contains(UInt32(index))
                if isForeign, Int(function.loops[Int(loop)].first) != target {
                    throw VerifierMistake(message: "block \(index): enters loop \(loop) in its middle, block \(target)")
                }
            }
        }
    }

    private mutating func findDominators(_ function: borrowing MachineFunction) {
        let count = function.blocks.count
        var parents = [Int](repeating: 0, count: count)
        var depths = [Int](repeating: 0, count: count)
        for index in 1..<max(1, count) {
            let block = function.blocks[index]
            var dominator = -1
            for offset in 0..<Int(block.predecessorCount) {
                var other = Int(function.predecessors[Int(block.predecessorStart) + offset])
                guard other < index else { continue }
                if dominator < 0 {
                    dominator = other
                    continue
                }
                while dominator != other {
                    if depths[dominator] >= depths[other] {
                        dominator = parents[dominator]
                    } else {
                        other = parents[other]
                    }
                }
            }
            parents[index] = max(dominator, 0)
            depths[index] = depths[max(dominator, 0)] + 1
        }
        // Sizes of subtrees, children behind parents; then ranges.
        var sizes = [Int](repeating: 1, count: count)
        for index in stride(from: count - 1, to: 0, by: -1) { sizes[parents[index]] += sizes[index] }
        entered = [Int](repeating: 0, count: count)
        left = [Int](repeating: count, count: count)
        var next = [Int](repeating: 1, count: count)
        for index in 1..<max(1, count) {
            entered[index] = next[parents[index]]
            left[index] = entered[index] + sizes[index]
            next[index] = entered[index] + 1
            next[parents[index]] += sizes[index]
        }
    }
}
