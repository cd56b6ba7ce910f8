// Integer comparisons, and what the next operator makes of the flags: a branch, a selection, or a boolean.

import TerraceABI
import TerraceAssembler
import TerraceCode
import WasmFormat

extension BaselineCompiler {
    // MARK: comparisons

    /// An integer comparison, and what the next operator does with it.
    mutating func compare(_ condition: Condition, _ type: MachineType) {
        var right = popSource()
        var left = popSource()
        var condition = condition
        let size = size(type)
        if left.kind == .immediate {
            if right.kind == .immediate {
                move(left, to: CallingConvention.scratch)
                left = .borrowed(CallingConvention.scratch, type)
            } else {
                swap(&left, &right)
                condition = condition.swapped
            }
        }
        switch (left.kind, right.kind) {
        case (.general, .general): assembler.alu(.cmp, size, left.general, right.general)
        case (.general, .memory): assembler.alu(.cmp, size, left.general, frame(right.offset))
        case (.general, _):
            if right.value == 0 {
                assembler.test(size, left.general, left.general)
            } else {
                assembler.alu(.cmp, size, left.general, immediate: Int32(right.value))
            }
        case (_, .general): assembler.alu(.cmp, size, frame(left.offset), right.general)
        case (_, .memory):
            assembler.mov(size, CallingConvention.scratch, frame(left.offset))
            assembler.alu(.cmp, size, CallingConvention.scratch, frame(right.offset))
        default: assembler.alu(.cmp, size, frame(left.offset), immediate: Int32(right.value))
        }
        free(left)
        free(right)
        useCondition(condition)
    }

    /// `eqz`
    mutating func compareWithZero(_ type: MachineType) {
        testTop(type)
        useCondition(.e)
    }

    /// Pops an integer and sets the zero flag by it.
    @inline(__always) mutating func testTop(_ type: MachineType) {
        let operand = popSource()
        switch operand.kind {
        case .general:
            if flagsOffset != assembler.offset || flagsRegister != operand.register || flagsType != type {
                assembler.test(size(type), operand.general, operand.general)
            }
        case .memory: assembler.alu(.cmp, size(type), frame(operand.offset), immediate: 0)
        default:
            move(operand, to: CallingConvention.scratch)
            assembler.test(size(type), CallingConvention.scratch, CallingConvention.scratch)
        }
        free(operand)
    }

    /// The flags hold a boolean: lets the next operator use them if it can, else makes it an i32.
    mutating func useCondition(_ condition: Condition) {
        var condition = condition
        while true {
            switch reader.peekByte() {
            case 0x45:
                reader.cursor += 1
                condition = condition.inverted
                continue
            case 0x0D:
                reader.cursor += 1
                let depth = Int(reader.readU32())
                branchIf(condition, depth)
            case 0x04:
                operatorOffset = reader.offset
                reader.cursor += 1
                beginConditional(condition)
            case 0x1B:
                reader.cursor += 1
                select(condition)
            default:
                let destination = generalDestination()
                assembler.setcc(condition, destination.general)
                assembler.movzx(from: .byte, destination.general, destination.general)
                finish(destination, .i32)
            }
            return
        }
    }

    /// `select` whose condition is in the flags.
    mutating func select(_ condition: Condition) {
        let type = stack[stack.count &- 1].type
        if !type.isGeneral {
            selectVector(condition, type)
            return
        }
        let second = withoutImmediate(popSource())
        let first = popSource()
        let size = size(type)
        let destination = generalDestination(reusing: first, or: second)
        let register = destination.general
        if isRegister(second, destination.register), !isRegister(first, destination.register) {
            switch first.kind {
            case .general: assembler.cmov(condition, size, register, first.general)
            case .memory: assembler.cmov(condition, size, register, frame(first.offset))
            default:
                move(first, to: CallingConvention.scratch)
                assembler.cmov(condition, size, register, CallingConvention.scratch)
            }
        } else {
            move(first, to: register)
            if second.kind == .general {
                assembler.cmov(condition.inverted, size, register, second.general)
            } else {
                assembler.cmov(condition.inverted, size, register, frame(second.offset))
            }
        }
        free(first, unless: destination)
        free(second, unless: destination)
        finish(destination, type)
    }

    private mutating func selectVector(_ condition: Condition, _ type: MachineType) {
        let second = popVectorSource()
        let first = popVector()
        let register: VectorRegister
        if first.isOwned {
            register = first.vector
        } else {
            register = allocateVector()
            assembler.movaps(register, first.vector)
        }
        let skip = assembler.newLabel()
        assembler.jccShort(condition, skip)
        if second.kind == .memory {
            load(register, type, frame(second.offset))
        } else {
            assembler.movaps(register, second.vector)
        }
        assembler.bind(skip)
        free(second)
        pushRegister(register, type)
    }
}
