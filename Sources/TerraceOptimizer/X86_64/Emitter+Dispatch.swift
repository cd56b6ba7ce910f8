// Which room encodes an instruction.

import TerraceABI
import TerraceAssembler

extension Emitter {
    mutating func emitInstruction() {
        guard let operation = MachineOperation(rawValue: instruction.operation) else {
            return fail("no such operation")
        }
        if !instruction.node.isNone { enter(origin) }
        switch operation {
        case .entry: break
        case .copy: emitCopy()
        case .jump: emitJump()
        case .branchIf:
            emitFlags(0)
            emitBranch(FlagCondition(rawValue: instruction.condition))
        case .branchTable: emitBranchTable()
        case .return: emitReturn()
        case .trap:
            trapAlways(
                TrapKind(rawValue: UInt8(truncatingIfNeeded: instruction.payload)).unsafelyUnwrapped, blockOrigin)
        case .setIf: emitSet()
        case .selectIf: emitSelect()
        case .trapIf:
            emitFlags(0)
            trap(
                TrapKind(rawValue: FlagPayload(rawValue: instruction.payload).own).unsafelyUnwrapped,
                if: FlagCondition(rawValue: instruction.condition))
        case .arithmetic: emitArithmetic()
        case .arithmeticImmediate: emitArithmeticImmediate()
        case .arithmeticStore:
            noteFault(instruction)
            assembler.alu(arithmeticOperation, instruction.size, addressOperand(instruction), general(0))
        case .arithmeticStoreImmediate:
            noteFault(instruction)
            assembler.alu(
                arithmeticOperation, instruction.size, addressOperand(instruction), immediate: instruction.immediate)
        case .lea: assembler.lea(instruction.size, general(0), addressOperand(instruction))
        case .addUnsigned: emitAddUnsigned()
        case .andNot:
            if isMemory(2) {
                assembler.andn(instruction.size, general(0), general(1), memory(2))
            } else {
                assembler.andn(instruction.size, general(0), general(1), general(2))
            }
        case .lowestBit:
            switch LowestBit(rawValue: instruction.payload).unsafelyUnwrapped {
            case .reset: assembler.blsr(instruction.size, general(0), general(1))
            case .isolate: assembler.blsi(instruction.size, general(0), general(1))
            case .mask: assembler.blsmsk(instruction.size, general(0), general(1))
            }
        case .constantQuotient: emitConstantQuotient()
        case .multiply: emitMultiply()
        case .multiplyImmediate: emitMultiplyImmediate()
        case .shiftImmediate: emitShiftImmediate()
        case .shift:
            move(instruction.size, general(0), general(1))
            assembler.shiftByCL(shiftOperation, instruction.size, general(0))
        case .shiftX: emitShiftX()
        case .rotateX:
            if isMemory(1) {
                assembler.rorx(
                    instruction.size, general(0), memory(1), UInt8(truncatingIfNeeded: instruction.immediate))
            } else {
                assembler.rorx(
                    instruction.size, general(0), general(1), UInt8(truncatingIfNeeded: instruction.immediate))
            }
        case .negate:
            move(instruction.size, general(0), general(1))
            assembler.neg(instruction.size, general(0))
        case .not:
            move(instruction.size, general(0), general(1))
            assembler.not(instruction.size, general(0))
        case .countLeadingZeros: emitCountLeadingZeros()
        case .countTrailingZeros: emitCountTrailingZeros()
        case .populationCount: emitPopulationCount()
        case .populationCountLong: emitPopulationCountLong()
        case .extend: emitExtension()
        case .divide: emitDivision()
        case .multiplyWide: emitMultiplyWide()
        case .arithmetic128: emitArithmetic128()
        case .load: emitLoad()
        case .store:
            noteFault(instruction)
            assembler.mov(instruction.size, addressOperand(instruction), general(0))
        case .storeImmediate:
            noteFault(instruction)
            assembler.movImmediate(instruction.size, addressOperand(instruction), instruction.immediate)
        case .loadValue:
            noteFault(instruction)
            load(payloadType, location(0), addressOperand(instruction))
        case .storeValue:
            noteFault(instruction)
            store(payloadType, addressOperand(instruction), location(0))
        case .memoryBase:
            assembler.mov(.qword, general(0), instance(instruction.displacement))
            assembler.mov(.qword, general(0), MemoryOperand(general(0), MemoryRecordLayout.base))
        case .memorySize: emitMemorySize()
        case .boundsCheck: emitBoundsCheck()
        case .tableGet:
            let element = tableElement(general(1))
            assembler.mov(.qword, general(0), element)
        case .tableSet:
            let element = tableElement(general(0))
            assembler.mov(.qword, element, general(1))
        case .tableSize:
            assembler.mov(.qword, general(0), instance(instruction.displacement))
            assembler.mov(instruction.size, general(0), MemoryOperand(general(0), TableRecordLayout.length))
        case .interruptCheck: emitInterruptCheck()
        case .pushArguments:
            assembler.alu(.sub, .qword, CallingConvention.stackPointer, immediate: instruction.immediate)
        case .callFunction: emitCallFunction()
        case .callImport: emitCallImport()
        case .callReference: emitCallReference()
        case .callBuiltin: emitCallBuiltin()
        case .signatureCheck: emitSignatureCheck()
        case .tailCallFunction, .tailCallImport, .tailCallReference: emitTailCall(operation)
        default: emitVector(operation, instruction)
        }
    }

    /// Where the end of the block that the present instruction ends is reported.
    var blockOrigin: Origin { graph.pointee.blocks[Int(UInt32(bitPattern: instruction.displacement))].origin }

    @inline(__always) var payloadType: MachineType {
        MachineType(rawValue: UInt8(truncatingIfNeeded: instruction.payload)).unsafelyUnwrapped
    }

    private mutating func emitCopy() {
        let from = location(1)
        let to = location(0)
        if from == to { return }
        if !from.isVector, to.isRegister {
            // An i32 has no upper half, whatever its copy is taken for.
            move(size(operandType(1)), general(0), general(1))
        } else if to.isVector {
            assembler.movaps(vector(0), vector(1))
        } else {
            fail("a copy between places that are no registers")
        }
    }
}
