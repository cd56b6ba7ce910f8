// Flags and what consumes them.

import TerraceABI
import TerraceAssembler

extension Emitter {
    /// Sets the flags that the present instruction consumes; the producer's operands begin with number `first`.
    mutating func emitFlags(_ first: Int) {
        let payload = FlagPayload(rawValue: instruction.payload)
        let size = instruction.size
        switch payload.producer {
        case .compare:
            let left = general(first)
            if hasAddress {
                noteFault(instruction)
                assembler.alu(.cmp, size, left, addressOperand(instruction))
            } else if isMemory(first &+ 1) {
                assembler.alu(.cmp, size, left, memory(first &+ 1))
            } else {
                assembler.alu(.cmp, size, left, general(first &+ 1))
            }
        case .compareImmediate:
            if hasAddress {
                noteFault(instruction)
                assembler.alu(.cmp, size, addressOperand(instruction), immediate: instruction.immediate)
            } else if isMemory(first) {
                assembler.alu(.cmp, size, memory(first), immediate: instruction.immediate)
            } else if instruction.immediate == 0 {
                let isKnown =
                    flagsOffset == assembler.offset && flagsRegister == general(first) && flagsSize == size
                    && instruction.condition & ~1 == Condition.e.rawValue
                if !isKnown { assembler.test(size, general(first), general(first)) }
            } else {
                assembler.alu(.cmp, size, general(first), immediate: instruction.immediate)
            }
        case .test:
            let left = general(first)
            if hasAddress {
                noteFault(instruction)
                assembler.test(size, addressOperand(instruction), left)
            } else if isMemory(first &+ 1) {
                assembler.test(size, memory(first &+ 1), left)
            } else {
                assembler.test(size, left, general(first &+ 1))
            }
        case .testImmediate:
            let immediate = instruction.immediate
            if hasAddress {
                noteFault(instruction)
                assembler.test(size, addressOperand(instruction), immediate: immediate)
            } else if isMemory(first) {
                assembler.test(size, memory(first), immediate: immediate)
            } else if immediate >= 0, immediate < 128 {
                assembler.test(.byte, general(first), immediate: immediate)
            } else {
                assembler.test(immediate >= 0 ? .dword : size, general(first), immediate: immediate)
            }
        case .bit: assembler.bt(size, general(first), general(first &+ 1))
        case .bitImmediate:
            if isMemory(first) {
                assembler.bt(size, memory(first), UInt8(truncatingIfNeeded: instruction.immediate))
            } else {
                assembler.bt(size, general(first), UInt8(truncatingIfNeeded: instruction.immediate))
            }
        case .instanceAddress:
            assembler.lea(.qword, CallingConvention.scratch, instance(instruction.immediate))
            assembler.alu(.cmp, .qword, general(first), CallingConvention.scratch)
        case .orderedCompare, .vector: emitVectorFlags(payload, first)
        }
    }

    /// Whether one of the operands from number `first` on is in a general register.
    private func isUsed(_ register: GeneralRegister, from first: Int) -> Bool {
        for index in first..<Int(instruction.operandCount) where location(index) == .general(register.rawValue) {
            return true
        }
        return false
    }

    mutating func emitSet() {
        let to = general(0)
        let condition = FlagCondition(rawValue: instruction.condition)
        let isFree = !isUsed(to, from: 1)
        if isFree { assembler.zero(to) }
        emitFlags(1)
        switch condition {
        case .equalOrdered, .notEqualOrUnordered:
            let scratch = CallingConvention.scratch
            let isEqual = condition == .equalOrdered
            assembler.setcc(isEqual ? .e : .ne, to)
            assembler.setcc(isEqual ? .np : .p, scratch)
            assembler.alu(isEqual ? .and : .or, .byte, to, scratch)
        default: assembler.setcc(condition.condition, to)
        }
        if !isFree { assembler.movzx(from: .byte, to, to) }
    }

    mutating func emitSelect() {
        let size = OperandSize(rawValue: FlagPayload(rawValue: instruction.payload).own).unsafelyUnwrapped
        let condition = FlagCondition(rawValue: instruction.condition)
        let to = general(0)
        emitFlags(3)
        switch condition {
        case .equalOrdered: emitSelect(size, to, first: (.ne, .p), ifHolds: 2, ifNot: 1)
        case .notEqualOrUnordered: emitSelect(size, to, first: (.ne, .p), ifHolds: 1, ifNot: 2)
        default: emitSelect(size, to, condition.condition)
        }
    }

    private mutating func emitSelect(_ size: OperandSize, _ to: GeneralRegister, _ condition: Condition) {
        let other = general(2)
        if isMemory(1) {
            let operand = memory(1)
            move(size, to, other)
            assembler.cmov(condition, size, to, operand)
        } else if to == general(1), to != other {
            assembler.cmov(condition.inverted, size, to, other)
        } else {
            move(size, to, other)
            assembler.cmov(condition, size, to, general(1))
        }
    }

    /// Operand `ifHolds` if one of two conditions holds, otherwise operand `ifNot`.
    private mutating func emitSelect(
        _ size: OperandSize, _ to: GeneralRegister, first conditions: (Condition, Condition), ifHolds: Int, ifNot: Int
    ) {
        let scratch = CallingConvention.scratch
        // One of the two may be in memory, or where the result goes.
        if isMemory(ifHolds) {
            assembler.mov(size, scratch, memory(ifHolds))
        } else {
            assembler.mov(size, scratch, general(ifHolds))
        }
        if isMemory(ifNot) {
            assembler.mov(size, to, memory(ifNot))
        } else {
            move(size, to, general(ifNot))
        }
        assembler.cmov(conditions.0, size, to, scratch)
        assembler.cmov(conditions.1, size, to, scratch)
    }
}
