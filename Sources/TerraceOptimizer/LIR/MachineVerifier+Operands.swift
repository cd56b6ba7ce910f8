// What must be true of one instruction's operands, and whether registers suffice for them.

import TerraceABI
import TerraceCompilation

extension MachineVerifier {
    func checkInstruction(
        _ function: borrowing MachineFunction, _ block: Int, _ position: Int
    ) throws(VerifierMistake) {
        let instruction = function.instructions[position]
        let range = operands(function, position)
        guard range.upperBound <= function.operands.count else {
            throw mistake(function, block, position, "operands that do not exist")
        }
        var stage = 0
        for index in range {
            let operand = function.operands[index]
            let info = function.registers[operand.register.position]
            // Definitions, uses, temporaries, in this order.
            let next =
                switch operand.role {
                case .define, .earlyDefine: 0
                case .use, .lateUse: 1
                case .temporary: 2
                }
            if next < stage {
                throw mistake(function, block, position, "operand \(index - range.lowerBound) is out of order")
            }
            stage = next
            if operand.place == .registerOrMemory, !operand.role.isUse {
                throw mistake(function, block, position, "v\(operand.register.index) is written in memory")
            }
            if operand.place == .fixed {
                let allocatable = file.allocatable[Int(info.registerClass.rawValue)]
                if operand.fixed > 31 || allocatable & 1 << UInt32(operand.fixed) == 0 {
                    throw mistake(function, block, position, "v\(operand.register.index) is fixed where nothing may be")
                }
            }
            try checkHint(function, block, position, index)
        }
        try checkFlags(function, block, position, instruction, range)
        try checkFixed(function, block, position)
        try checkPressure(function, block, position)
    }

    private func checkHint(
        _ function: borrowing MachineFunction, _ block: Int, _ position: Int, _ index: Int
    ) throws(VerifierMistake) {
        let operand = function.operands[index]
        guard operand.hint != Operand.noHint else { return }
        let range = operands(function, position)
        let wanted = range.lowerBound + Int(operand.hint)
        guard operand.role == .define || operand.role == .earlyDefine else {
            throw mistake(function, block, position, "a hint of what is no definition")
        }
        guard wanted < range.upperBound, function.operands[wanted].role.isUse else {
            throw mistake(function, block, position, "the hint names no use")
        }
        let register = function.operands[wanted].register
        if function.registers[register.position].registerClass
            != function.registers[operand.register.position].registerClass
        {
            throw mistake(function, block, position, "the hint is of another class")
        }
    }

    private func checkFlags(
        _ function: borrowing MachineFunction, _ block: Int, _ position: Int, _ instruction: Instruction,
        _ range: Range<Int>
    ) throws(VerifierMistake) {
        if instruction.flags.contains(.isCopy) {
            guard range.count == 2, function.operands[range.lowerBound].role == .define,
                function.operands[range.lowerBound + 1].role.isUse
            else { throw mistake(function, block, position, "a copy with other operands") }
            let to = function.registers[function.operands[range.lowerBound].register.position]
            let from = function.registers[function.operands[range.lowerBound + 1].register.position]
            if to.registerClass != from.registerClass {
                throw mistake(function, block, position, "a copy between classes")
            }
        }
        if instruction.flags.contains(.hasAddress) != (instruction.addressBase != .none) {
            throw mistake(function, block, position, "its flag and its address disagree")
        }
        if instruction.addressBase == .none, instruction.scaleLog2 != Instruction.noIndex {
            throw mistake(function, block, position, "an index and no address")
        }
        guard instruction.addressBase != .none else { return }
        let count =
            (instruction.addressBase == .register ? 1 : 0) + (instruction.scaleLog2 == Instruction.noIndex ? 0 : 1)
        let uses = range.filter { function.operands[$0].role.isUse }
        guard uses.count >= count else {
            throw mistake(function, block, position, "registers of the address are missing")
        }
        for index in uses.suffix(count) {
            let operand = function.operands[index]
            if function.registers[operand.register.position].registerClass != .general || operand.place != .register {
                throw mistake(function, block, position, "v\(operand.register.index) cannot be in an address")
            }
        }
        if instruction.scaleLog2 != Instruction.noIndex, instruction.scaleLog2 > 3 {
            throw mistake(function, block, position, "a scale of 2^\(instruction.scaleLog2)")
        }
    }

    /// When an operand holds its register: bit 0 while operands are read, bit 1 when results are there.
    private func stages(_ role: OperandRole) -> Int {
        switch role {
        case .use: 1
        case .lateUse, .earlyDefine, .temporary: 3
        case .define: 2
        }
    }

    /// No two operands want one register at one time for different values.
    private func checkFixed(
        _ function: borrowing MachineFunction, _ block: Int, _ position: Int
    ) throws(VerifierMistake) {
        let range = operands(function, position)
        for first in range where function.operands[first].place == .fixed {
            for second in first + 1..<range.upperBound where function.operands[second].place == .fixed {
                let a = function.operands[first]
                let b = function.operands[second]
                guard a.fixed == b.fixed, a.register != b.register,
                    function.registers[a.register.position].registerClass
                        == function.registers[b.register.position].registerClass,
                    stages(a.role) & stages(b.role) != 0
                else { continue }
                throw mistake(
                    function, block, position, "v\(a.register.index) and v\(b.register.index) are fixed in one register"
                )
            }
        }
    }

    /// The registers that the instruction needs at one time exist.
    private func checkPressure(
        _ function: borrowing MachineFunction, _ block: Int, _ position: Int
    ) throws(VerifierMistake) {
        for registerClass in RegisterClass.allCases {
            let available = file.allocatable[Int(registerClass.rawValue)].nonzeroBitCount
            for stage in [1, 2] {
                var needed = Set<UInt32>()
                var fixedTwice = 0
                for index in operands(function, position) {
                    let operand = function.operands[index]
                    guard function.registers[operand.register.position].registerClass == registerClass,
                        operand.place != .registerOrMemory, stages(operand.role) & stage != 0
                    else { continue }
                    // The same value in a fixed place and elsewhere takes two.
                    if !needed.insert(operand.register.index).inserted, operand.place == .fixed { fixedTwice += 1 }
                }
                if needed.count + fixedTwice > available {
                    throw mistake(
                        function, block, position,
                        "needs \(needed.count + fixedTwice) registers of class \(registerClass) at one time")
                }
            }
        }
    }
}
