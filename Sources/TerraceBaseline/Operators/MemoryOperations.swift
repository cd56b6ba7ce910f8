// Loads and stores, and the operations on memories, globals and tables.

import TerraceABI
import TerraceAssembler
import TerraceCode
import TerraceCompilation
import WasmFormat

/// An address in a memory, ready for an instruction.
struct EffectiveAddress: BitwiseCopyable {
    var operand: MemoryOperand
    /// Temporaries to free once the instruction is emitted.
    var temporaries: UInt32
}

extension BaselineCompiler {
    /// Pops an index and makes the address of `byteCount` bytes at index + offset, checked where the memory is not
    /// guarded. Uses the scratch register.
    mutating func popAddress(_ argument: MemoryArgument, byteCount: UInt64) -> EffectiveAddress {
        let memory = memories[Int(argument.memory)]
        if memory.isBaseInRegister {
            let top = stack[stack.count &- 1]
            let offset = argument.offset
            if top.kind == .constant {
                _ = popEntry()
                let address = UInt64(UInt32(truncatingIfNeeded: top.value)) &+ offset
                if address <= UInt64(Int32.max) {
                    return EffectiveAddress(
                        operand: MemoryOperand(CallingConvention.memoryBase, Int32(address)), temporaries: 0)
                }
                assembler.movImmediate(CallingConvention.scratch, address)
                return EffectiveAddress(
                    operand: MemoryOperand(CallingConvention.memoryBase, CallingConvention.scratch, 1, 0),
                    temporaries: 0)
            }
            let index = popGeneral()
            let temporaries: UInt32 = index.isOwned ? 1 << UInt32(index.register) : 0
            if offset <= UInt64(Int32.max) {
                return EffectiveAddress(
                    operand: MemoryOperand(CallingConvention.memoryBase, index.general, 1, Int32(offset)),
                    temporaries: temporaries)
            }
            assembler.movImmediate(CallingConvention.scratch, offset)
            assembler.alu(.add, .qword, CallingConvention.scratch, index.general)
            return EffectiveAddress(
                operand: MemoryOperand(CallingConvention.memoryBase, CallingConvention.scratch, 1, 0),
                temporaries: temporaries)
        }
        return popOtherAddress(argument, memory, byteCount: byteCount)
    }

    /// The address in a memory that is not memory 0, or that wants checks.
    private mutating func popOtherAddress(
        _ argument: MemoryArgument, _ memory: MemoryAccess, byteCount: UInt64
    ) -> EffectiveAddress {
        let scratch = CallingConvention.scratch
        let index = popGeneral()
        let end = allocateGeneral()
        free(index)
        let temporaries: UInt32 = 1 << UInt32(end.rawValue)
        if memory.isGuarded {
            if argument.offset == 0 {
                assembler.mov(.dword, end, index.general)
            } else if argument.offset <= UInt64(Int32.max) {
                assembler.lea(.qword, end, MemoryOperand(index.general, Int32(argument.offset)))
            } else {
                assembler.movImmediate(scratch, argument.offset)
                assembler.lea(.qword, end, MemoryOperand(scratch, index.general, 1, 0))
            }
            assembler.mov(.qword, scratch, instance(memory.recordOffset))
            assembler.mov(.qword, scratch, MemoryOperand(scratch, MemoryRecordLayout.base))
            return EffectiveAddress(operand: MemoryOperand(scratch, end, 1, 0), temporaries: temporaries)
        }
        // end = index + offset + byteCount must not overflow nor pass the memory's length.
        let (distance, overflow) = argument.offset.addingReportingOverflow(byteCount)
        if overflow {
            trapAlways(.memoryOutOfBounds)
            return EffectiveAddress(operand: MemoryOperand(end, 0), temporaries: temporaries)
        }
        if distance <= UInt64(Int32.max) {
            assembler.mov(.qword, end, index.general)
            assembler.alu(.add, .qword, end, immediate: Int32(distance))
        } else {
            assembler.movImmediate(scratch, distance)
            assembler.mov(.qword, end, index.general)
            assembler.alu(.add, .qword, end, scratch)
        }
        trap(.memoryOutOfBounds, if: .b)
        assembler.mov(.qword, scratch, instance(memory.recordOffset))
        assembler.alu(.cmp, .qword, end, MemoryOperand(scratch, MemoryRecordLayout.byteLength))
        trap(.memoryOutOfBounds, if: .a)
        assembler.mov(.qword, scratch, MemoryOperand(scratch, MemoryRecordLayout.base))
        return EffectiveAddress(
            operand: MemoryOperand(scratch, end, 1, 0 &- Int32(byteCount)), temporaries: temporaries)
    }

    @inline(__always) mutating func free(_ address: EffectiveAddress) { freeGeneral |= address.temporaries }

    // MARK: loads

    /// How a load widens.
    enum Extension { case none, zero, sign }

    mutating func load(_ width: OperandSize, _ extend: Extension, _ type: MachineType) {
        let argument = reader.readMemoryArgument()
        let address = popAddress(argument, byteCount: UInt64(width.byteCount))
        free(address)
        let destination = generalDestination()
        noteTrap(.memoryOutOfBounds)
        switch extend {
        case .none: assembler.mov(width, destination.general, address.operand)
        case .zero:
            if width == .dword {
                assembler.mov(.dword, destination.general, address.operand)
            } else {
                assembler.movzx(from: width, destination.general, address.operand)
            }
        case .sign: assembler.movsx(from: width, to: size(type), destination.general, address.operand)
        }
        finish(destination, type)
    }

    mutating func loadFloat(_ type: MachineType) {
        let argument = reader.readMemoryArgument()
        let address = popAddress(argument, byteCount: UInt64(type.byteCount))
        free(address)
        let destination = vectorDestination()
        noteTrap(.memoryOutOfBounds)
        load(destination.vector, type, address.operand)
        finish(destination, type)
    }

    // MARK: stores

    mutating func store(_ width: OperandSize, _ type: MachineType) {
        let argument = reader.readMemoryArgument()
        let value = popSource()
        var source = value
        if value.kind == .memory {
            let register = allocateGeneral()
            assembler.mov(size(type), register, frame(value.offset))
            source = .temporary(register, type)
        }
        let address = popAddress(argument, byteCount: UInt64(width.byteCount))
        noteTrap(.memoryOutOfBounds)
        if source.kind == .immediate {
            assembler.movImmediate(width, address.operand, Int32(truncatingIfNeeded: source.value))
        } else {
            assembler.mov(width, address.operand, source.general)
        }
        free(address)
        free(source)
    }

    mutating func storeFloat(_ type: MachineType) {
        let argument = reader.readMemoryArgument()
        let value = popVector()
        let address = popAddress(argument, byteCount: UInt64(type.byteCount))
        noteTrap(.memoryOutOfBounds)
        store(value.vector, type, address.operand)
        free(address)
        free(value)
    }

    // MARK: size and growth

    mutating func memorySize(_ index: Int) {
        let memory = memories[index]
        let destination = generalDestination()
        let register = destination.general
        let length = MemoryOperand(register, MemoryRecordLayout.byteLength)
        assembler.mov(.qword, register, instance(memory.recordOffset))
        if memory.pageSizeLog2 > 0 {
            assembler.mov(.qword, register, length)
            assembler.shift(.shr, .qword, register, immediate: memory.pageSizeLog2)
            // Whatever length the record holds, an i32 has no upper half.
            if !memory.is64 { assembler.mov(.dword, register, register) }
        } else {
            assembler.mov(memory.is64 ? .qword : .dword, register, length)
        }
        finish(destination, memory.is64 ? .i64 : .i32)
    }

    mutating func memoryGrow(_ index: Int) {
        callBuiltin(
            .memoryGrow, immediate: UInt64(index), operands: 1, result: memories[index].is64 ? .i64 : .i32)
    }

    // MARK: globals

    /// The operand of a global's value; an imported one's address goes through the scratch register.
    private mutating func globalOperand(_ global: GlobalAccess) -> MemoryOperand {
        guard global.isIndirect else { return instance(global.offset) }
        assembler.mov(.qword, CallingConvention.scratch, instance(global.offset))
        return MemoryOperand(CallingConvention.scratch, 0)
    }

    mutating func getGlobal(_ index: Int) {
        let global = globals[index]
        let destination = global.type.isGeneral ? generalDestination() : vectorDestination()
        load(global.type, destination.register, globalOperand(global))
        finish(destination, global.type)
    }

    mutating func setGlobal(_ index: Int) {
        let global = globals[index]
        let value = loadEntry(popEntry())
        store(global.type, value.register, globalOperand(global))
        free(value)
    }

    // MARK: tables

    /// Pops an index and makes the operand of a table's element. Uses the scratch register.
    private mutating func popElement(_ tableIndex: Int) -> EffectiveAddress {
        let table = tables[tableIndex]
        let scratch = CallingConvention.scratch
        let index = popGeneral()
        assembler.mov(.qword, scratch, instance(table.recordOffset))
        assembler.alu(.cmp, .qword, index.general, MemoryOperand(scratch, TableRecordLayout.length))
        trap(.tableOutOfBounds, if: .ae)
        assembler.mov(.qword, scratch, MemoryOperand(scratch, TableRecordLayout.base))
        return EffectiveAddress(
            operand: MemoryOperand(scratch, index.general, 8, 0),
            temporaries: index.isOwned ? 1 << UInt32(index.register) : 0)
    }

    mutating func tableGet(_ tableIndex: Int) {
        let address = popElement(tableIndex)
        free(address)
        let destination = generalDestination()
        assembler.mov(.qword, destination.general, address.operand)
        finish(destination, .ref)
    }

    mutating func tableSet(_ tableIndex: Int) {
        let value = popGeneral()
        let address = popElement(tableIndex)
        assembler.mov(.qword, address.operand, value.general)
        free(address)
        free(value)
    }

    mutating func tableSize(_ tableIndex: Int) {
        let table = tables[tableIndex]
        let destination = generalDestination()
        let register = destination.general
        assembler.mov(.qword, register, instance(table.recordOffset))
        assembler.mov(table.is64 ? .qword : .dword, register, MemoryOperand(register, TableRecordLayout.length))
        finish(destination, table.is64 ? .i64 : .i32)
    }

    /// `table.grow`: the operands are the reference and the number of elements, the builtin wants them the other way.
    mutating func tableGrow(_ tableIndex: Int) {
        swapTopOperands()
        callBuiltin(
            .tableGrow, immediate: UInt64(tableIndex), operands: 2, result: tables[tableIndex].is64 ? .i64 : .i32)
    }

    /// Exchanges the two top operands, which are general and of 8-byte slots.
    private mutating func swapTopOperands() {
        lowerMarks(to: stack.count &- 2)
        // Slots belong to positions: an entry that is in its slot must leave it first.
        for index in [stack.count - 1, stack.count - 2] where stack[index].kind == .slot {
            let entry = stack[index]
            let register = allocateGeneral()
            assembler.mov(size(entry.type), register, frame(entry.slot))
            stack.element(index).pointee.kind = .register
            stack.element(index).pointee.register = register.rawValue
        }
        let upper = stack.count &- 1
        let lower = stack.count &- 2
        let slots = (stack[upper].slot, stack[lower].slot)
        let entry = stack[upper]
        stack[upper] = stack[lower]
        stack[lower] = entry
        stack.element(upper).pointee.slot = slots.0
        stack.element(lower).pointee.slot = slots.1
    }
}

extension OperandSize {
    @inline(__always) var byteCount: Int {
        switch self {
        case .byte: 1
        case .word: 2
        case .dword: 4
        case .qword: 8
        }
    }
}
