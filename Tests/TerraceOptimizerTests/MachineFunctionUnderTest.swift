// Machine functions made by hand, instruction by instruction.

import TerraceABI

@testable import TerraceOptimizer

/// Builds and allocates one function. Blocks are begun in the order of code; loops are told afterwards.
struct MachineFunctionUnderTest: ~Copyable {
    var machine = MachineFunction()
    var statistics = AllocationStatistics()
    private var edges: [(from: Int, to: Int)] = []

    init() {
        machine.frameStartBytes = 40
        begin()
    }

    mutating func value(
        _ type: MachineType = .i64, _ origin: RegisterOrigin = .instruction, payload: UInt32 = 0
    ) -> VirtualRegister {
        machine.registers.append(RegisterInfo(type: type, origin: origin, payload: payload))
        if !type.isGeneral { machine.hasVector = true }
        return VirtualRegister(machine.registers.count - 1)
    }

    /// Begins the next block.
    mutating func begin(
        _ parameters: [VirtualRegister] = [], frequency: Float = 1, isCold: Bool = false, isHeader: Bool = false
    ) {
        var block = MachineBlock()
        block.start = UInt32(machine.instructions.count)
        block.parameterStart = UInt32(machine.parameters.count)
        block.parameterCount = UInt32(parameters.count)
        parameters.forEach { machine.parameters.append($0) }
        block.frequency = frequency
        block.isCold = isCold
        block.isLoopHeader = isHeader
        machine.blocks.append(block)
    }

    mutating func emit(_ operands: [Operand], _ flags: InstructionFlags = []) {
        var instruction = Instruction(operation: 1)
        instruction.flags = flags
        instruction.operandStart = UInt32(machine.operands.count)
        instruction.operandCount = UInt8(operands.count)
        operands.forEach { machine.operands.append($0) }
        machine.instructions.append(instruction)
    }

    /// Ends the block.
    mutating func end(
        _ operands: [Operand] = [], to successors: [Int] = [], _ arguments: [VirtualRegister] = []
    ) {
        emit(operands, .isTerminator)
        let block = machine.blocks.element(machine.blocks.count - 1)
        block.pointee.end = UInt32(machine.instructions.count)
        block.pointee.successorStart = UInt32(machine.successors.count)
        block.pointee.successorCount = UInt32(successors.count)
        block.pointee.argumentStart = UInt32(machine.arguments.count)
        for successor in successors {
            machine.successors.append(UInt32(successor))
            edges.append((machine.blocks.count - 1, successor))
        }
        arguments.forEach { machine.arguments.append($0) }
    }

    mutating func loop(_ blocks: Range<Int>, hasCall: Bool = false) {
        for block in blocks { machine.blocks.element(block).pointee.loop = UInt32(machine.loops.count) }
        machine.loops.append(
            MachineLoop(
                first: UInt32(blocks.lowerBound), end: UInt32(blocks.upperBound), parent: Loop.none, depth: 1,
                hasCall: hasCall))
    }

    /// Allocates, and lets the verifier and the checker look at it.
    mutating func allocate() throws {
        for block in 0..<machine.blocks.count {
            let sources = edges.filter { $0.to == block }
            machine.blocks.element(block).pointee.predecessorStart = UInt32(machine.predecessors.count)
            machine.blocks.element(block).pointee.predecessorCount = UInt32(sources.count)
            for source in sources { machine.predecessors.append(UInt32(source.from)) }
        }
        var verifier = MachineVerifier(file: .x86_64, names: AllocatorTests.names)
        try verifier.verify(machine)
        var allocator = Allocator()
        try allocator.allocate(&machine, .x86_64)
        var checker = AllocationChecker(.x86_64)
        try checker.check(machine)
        statistics = allocator.statistics
    }

    /// The moves in a block.
    func moves(in block: Int) -> [InsertedMove] {
        let range = machine.blocks[block].start..<machine.blocks[block].end
        return (0..<machine.moves.count).map { machine.moves[$0] }.filter { range.contains($0.position) }
    }

    /// Where an operand of an instruction is.
    func location(_ instruction: Int, _ operand: Int) -> Location {
        machine.locations[Int(machine.instructions[instruction].operandStart) + operand]
    }
}

extension Operand {
    static func define(_ register: VirtualRegister, over hint: UInt8 = Operand.noHint) -> Operand {
        Operand(register: register, role: .define, place: .register, hint: hint)
    }
    static func define(_ register: VirtualRegister, in fixed: UInt8) -> Operand {
        Operand(register: register, role: .define, place: .fixed, fixed: fixed)
    }
    static func use(_ register: VirtualRegister) -> Operand {
        Operand(register: register, role: .use, place: .register)
    }
    static func memory(_ register: VirtualRegister) -> Operand {
        Operand(register: register, role: .use, place: .registerOrMemory)
    }
    static func use(_ register: VirtualRegister, in fixed: UInt8) -> Operand {
        Operand(register: register, role: .use, place: .fixed, fixed: fixed)
    }
}
