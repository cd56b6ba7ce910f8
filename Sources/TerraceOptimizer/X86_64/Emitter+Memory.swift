// Loads, bounds checks, tables.

import TerraceABI
import TerraceAssembler

extension Emitter {
    mutating func emitLoad() {
        let from = instruction.size
        let to = general(0)
        let address = addressOperand(instruction)
        noteFault(instruction)
        switch Extension(rawValue: instruction.payload).unsafelyUnwrapped {
        case .zero:
            if from.rawValue >= OperandSize.dword.rawValue {
                assembler.mov(from, to, address)
            } else {
                assembler.movzx(from: from, to, address)
            }
        case .signTo32: assembler.movsx(from: from, to: .dword, to, address)
        case .signTo64: assembler.movsx(from: from, to: .qword, to, address)
        }
    }

    mutating func emitMemorySize() {
        let to = general(0)
        let length = MemoryOperand(to, MemoryRecordLayout.byteLength)
        let shift = UInt8(truncatingIfNeeded: instruction.payload)
        assembler.mov(.qword, to, instance(instruction.displacement))
        if shift > 0 {
            assembler.mov(.qword, to, length)
            assembler.shift(.shr, .qword, to, immediate: shift)
            // Whatever length the record holds, an i32 has no upper half.
            if instruction.size == .dword { assembler.mov(.dword, to, to) }
        } else {
            assembler.mov(instruction.size, to, length)
        }
    }

    /// index + distance must not overflow nor pass the memory's length.
    mutating func emitBoundsCheck() {
        let scratch = CallingConvention.scratch
        let index = general(0)
        let end = general(1)
        let distance = graph.pointee.words[Int(instruction.payload)]
        if distance <= UInt64(Int32.max) {
            if operandType(0) == .i32 {
                assembler.lea(.qword, end, MemoryOperand(index, Int32(distance)))
            } else {
                assembler.mov(.qword, end, index)
                assembler.alu(.add, .qword, end, immediate: Int32(distance))
                trap(.memoryOutOfBounds, if: .b)
            }
        } else {
            assembler.movImmediate(scratch, distance)
            assembler.mov(.qword, end, index)
            assembler.alu(.add, .qword, end, scratch)
            trap(.memoryOutOfBounds, if: .b)
        }
        assembler.mov(.qword, scratch, instance(instruction.displacement))
        assembler.alu(.cmp, .qword, end, MemoryOperand(scratch, MemoryRecordLayout.byteLength))
        trap(.memoryOutOfBounds, if: .a)
    }

    /// Checks a table's index, and returns the operand of the element.
    mutating func tableElement(_ index: GeneralRegister) -> MemoryOperand {
        let scratch = CallingConvention.scratch
        if instruction.immediate >= 0 {
            assembler.alu(.cmp, .qword, index, immediate: instruction.immediate)
            trap(.tableOutOfBounds, if: .ae)
        }
        assembler.mov(.qword, scratch, instance(instruction.displacement))
        if instruction.immediate == Selector.unknownTableLength {
            assembler.alu(.cmp, .qword, index, MemoryOperand(scratch, TableRecordLayout.length))
            trap(.tableOutOfBounds, if: .ae)
        }
        assembler.mov(.qword, scratch, MemoryOperand(scratch, TableRecordLayout.base))
        return MemoryOperand(scratch, index, 8, 0)
    }
}
