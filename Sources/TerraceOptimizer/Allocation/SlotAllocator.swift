// Allocation without thought: every value in its slot, loaded in front of each instruction and stored behind it. What the
// allocator can be compared with when a result is wrong.

import TerraceABI
import TerraceCompilation

/// Gives each value a slot and each operand whatever register is free. Slow code, but hardly anything to be wrong about.
struct SlotAllocator: ~Copyable {
    private var slots = RawStack<Int32>(capacity: 1024)
    private let file: RegisterFile
    private var frameBytes: Int32 = 0
    private var taken = InlineArray<2, UInt32>(repeating: 0)

    init(_ file: RegisterFile) { self.file = file }

    mutating func allocate(_ function: UnsafeMutablePointer<MachineFunction>) {
        let count = function.pointee.registers.count
        slots.refill(count: count, with: 0)
        frameBytes = function.pointee.frameStartBytes
        for index in 0..<count {
            let info = function.pointee.registers[index]
            switch info.origin {
            case .frameSlot: slots[index] = Int32(bitPattern: info.payload)
            case .constant: break
            default:
                let slot = newSlot(info.type)
                slots[index] = slot
            }
        }
        function.pointee.locations.refill(count: function.pointee.operands.count, with: .none)
        function.pointee.moves.count = 0
        var used: UInt32 = 0
        for index in 0..<function.pointee.blocks.count {
            let block = function.pointee.blocks[index]
            for position in Int(block.start)..<Int(block.end) {
                if position &+ 1 == Int(block.end) { passArguments(function, block) }
                used |= allocate(function, position)
            }
        }
        function.pointee.frameBytes = frameBytes
        function.pointee.usedPreserved = used & file.preserved[0]
    }

    private mutating func newSlot(_ type: MachineType) -> Int32 {
        let bytes: Int32 = type == .v128 ? 16 : 8
        frameBytes = (frameBytes &+ bytes &+ bytes &- 1) & ~(bytes &- 1)
        return 0 &- frameBytes
    }

    private func home(_ function: UnsafeMutablePointer<MachineFunction>, _ register: VirtualRegister) -> Location {
        function.pointee.registers[register.position].origin == .constant ? .constant : .slot(slots[register.position])
    }

    private func move(
        _ function: UnsafeMutablePointer<MachineFunction>, _ position: Int, _ register: VirtualRegister,
        _ from: Location, _ to: Location
    ) {
        function.pointee.moves.append(
            InsertedMove(
                position: UInt32(position), kind: .move, type: function.pointee.registers[register.position].type,
                register: register, from: from, to: to))
    }

    /// In two steps, since a parameter may be another's argument.
    private mutating func passArguments(_ function: UnsafeMutablePointer<MachineFunction>, _ block: MachineBlock) {
        guard block.successorCount == 1 else { return }
        let target = function.pointee.blocks[Int(function.pointee.successors[Int(block.successorStart)])]
        let count = Int(target.parameterCount)
        let position = Int(block.end) &- 1
        var between: [Location] = []
        for index in 0..<count {
            let argument = function.pointee.arguments[Int(block.argumentStart) &+ index]
            between.append(.slot(newSlot(function.pointee.registers[argument.position].type)))
            move(function, position, argument, home(function, argument), between[index])
        }
        for index in 0..<count {
            let argument = function.pointee.arguments[Int(block.argumentStart) &+ index]
            let parameter = function.pointee.parameters[Int(target.parameterStart) &+ index]
            move(function, position, argument, between[index], .slot(slots[parameter.position]))
        }
    }

    /// Places the operands of an instruction, and returns the general registers among them.
    private mutating func allocate(_ function: UnsafeMutablePointer<MachineFunction>, _ position: Int) -> UInt32 {
        let instruction = function.pointee.instructions[position]
        let range = Int(instruction.operandStart)..<Int(instruction.operandStart) &+ Int(instruction.operandCount)
        taken = [0, 0]
        for index in range where function.pointee.operands[index].place == .fixed {
            let operand = function.pointee.operands[index]
            let kind = function.pointee.registers[operand.register.position].registerClass
            taken[Int(kind.rawValue)] |= 1 << UInt32(operand.fixed)
            function.pointee.locations[index] = .register(kind, operand.fixed)
        }
        var hasMemory = instruction.flags.contains(.hasAddress)
        for index in range {
            let operand = function.pointee.operands[index]
            let kind = function.pointee.registers[operand.register.position].registerClass
            if operand.place == .registerOrMemory, !hasMemory {
                hasMemory = true
                function.pointee.locations[index] = home(function, operand.register)
                continue
            }
            if operand.place != .fixed {
                let free = file.allocatable[Int(kind.rawValue)] & ~taken[Int(kind.rawValue)]
                let register = UInt8(free.trailingZeroBitCount)
                taken[Int(kind.rawValue)] |= 1 << UInt32(register)
                function.pointee.locations[index] = .register(kind, register)
            }
            if operand.role.isUse {
                move(
                    function, position, operand.register, home(function, operand.register),
                    function.pointee.locations[index])
            }
        }
        for index in range {
            let operand = function.pointee.operands[index]
            guard operand.role == .define || operand.role == .earlyDefine else { continue }
            move(
                function, position &+ 1, operand.register, function.pointee.locations[index],
                home(function, operand.register))
        }
        return taken[0]
    }
}
