// Instructions on vector registers: in the VEX encoding with three operands where the processor has AVX, otherwise in the
// legacy encoding, which overwrites its first operand.

import TerraceABI
import TerraceAssembler

extension Emitter {
    private var scratch: VectorRegister { CallingConvention.vectorScratch }

    /// Encodes an operation from ``MachineOperation/firstVector`` on.
    mutating func emitVector(_ operation: MachineOperation, _ instruction: Instruction) {
        switch operation {
        case .vectorUnary: emitVectorUnary()
        case .vectorScalarUnary: emitVectorScalarUnary()
        case .vectorBinary: emitVectorBinary(isCommutative: false)
        case .vectorCommutative: emitVectorBinary(isCommutative: true)
        case .vectorShiftImmediate: emitVectorShift()
        case .vectorBlend: emitVectorBlend()
        case .vectorMultiplyAdd: emitMultiplyAdd()
        case .vectorInsert: emitVectorInsert()
        case .vectorToGeneral: emitVectorToGeneral()
        case .vectorFromGeneral: emitVectorFromGeneral()
        case .vectorStore: emitVectorStore()
        case .vectorSelectIf: emitVectorSelect()
        case .convertToFloat: emitConversionToFloat()
        case .convertUnsigned: emitUnsignedConversion()
        case .truncate: emitTruncation()
        case .floatExtremum: emitExtremum()
        default: fail("an operation that nobody encodes")
        }
    }

    @inline(__always) var vectorOperation: VectorOperation { VectorOperation(rawValue: instruction.payload) }

    /// The instruction's immediate, or none.
    @inline(__always) private var byte: UInt8? {
        instruction.immediate < 0 ? nil : UInt8(truncatingIfNeeded: instruction.immediate)
    }

    @inline(__always) mutating func copy(_ to: VectorRegister, _ from: VectorRegister) {
        if to != from { assembler.movaps(to, from) }
    }

    /// The memory operand that stands for use number `index`, if one does.
    @inline(__always) private mutating func memorySource(_ index: Int) -> MemoryOperand? {
        if hasAddress { return addressOperand(instruction) }
        return isMemory(index) ? memory(index) : nil
    }

    // MARK: one operand

    private mutating func emitVectorUnary() {
        let operation = vectorOperation
        let to = vector(0)
        if let operand = memorySource(1) {
            noteFault(instruction)
            switch (features.avx, byte) {
            case (true, let byte?): assembler.avx(operation, to, operand, immediate: byte)
            case (true, nil): assembler.avx(operation, to, operand)
            case (false, let byte?): assembler.sse(operation, to, operand, immediate: byte)
            case (false, nil): assembler.sse(operation, to, operand)
            }
            return
        }
        let from = vector(1)
        switch (features.avx, byte) {
        case (true, let byte?): assembler.avx(operation, to, from, immediate: byte)
        case (true, nil): assembler.avx(operation, to, from)
        case (false, let byte?): assembler.sse(operation, to, from, immediate: byte)
        case (false, nil): assembler.sse(operation, to, from)
        }
    }

    /// The instruction keeps the upper lanes of something: of its own operand, so that it waits for nothing else.
    private mutating func emitVectorScalarUnary() {
        let operation = vectorOperation
        let to = vector(0)
        let from = vector(1)
        if features.avx {
            if let byte {
                assembler.avx(operation, to, from, from, immediate: byte)
            } else {
                assembler.avx(operation, to, from, from)
            }
            return
        }
        copy(to, from)
        if let byte {
            assembler.sse(operation, to, from, immediate: byte)
        } else {
            assembler.sse(operation, to, from)
        }
    }

    private mutating func emitVectorShift() {
        let count = UInt8(truncatingIfNeeded: instruction.immediate)
        if features.avx {
            assembler.avxShift(vectorOperation, vector(0), vector(1), immediate: count)
        } else {
            copy(vector(0), vector(1))
            assembler.sse(vectorOperation, vector(0), immediate: count)
        }
    }

    // MARK: two operands

    private mutating func emitVectorBinary(isCommutative: Bool) {
        let operation = vectorOperation
        let to = vector(0)
        var left = vector(1)
        if let operand = memorySource(2) {
            if !features.avx { copy(to, left) }
            noteFault(instruction)
            switch (features.avx, byte) {
            case (true, let byte?): assembler.avx(operation, to, left, operand, immediate: byte)
            case (true, nil): assembler.avx(operation, to, left, operand)
            case (false, let byte?): assembler.sse(operation, to, operand, immediate: byte)
            case (false, nil): assembler.sse(operation, to, operand)
            }
            return
        }
        var right = vector(2)
        if features.avx {
            // Numbers from 8 on are free in the first operand only.
            if isCommutative, right.rawValue >= 8, left.rawValue < 8 { swap(&left, &right) }
            if let byte {
                assembler.avx(operation, to, left, right, immediate: byte)
            } else {
                assembler.avx(operation, to, left, right)
            }
            return
        }
        if to == right, left != right {
            if isCommutative {
                swap(&left, &right)
            } else {
                assembler.movaps(scratch, right)
                right = scratch
            }
        }
        copy(to, left)
        if let byte {
            assembler.sse(operation, to, right, immediate: byte)
        } else {
            assembler.sse(operation, to, right)
        }
    }

    // MARK: three operands

    /// Operands: the lanes where the mask is not set, the mask, the lanes where it is.
    private mutating func emitVectorBlend() {
        if let operand = memorySource(3) {
            noteFault(instruction)
            assembler.avxBlend(vectorOperation, vector(0), vector(1), operand, vector(2))
        } else {
            assembler.avxBlend(vectorOperation, vector(0), vector(1), vector(3), vector(2))
        }
    }

    /// `a * b + c` in the form that overwrites what ends in the result's register. The operation is given in its form 213.
    ///
    /// Of several NaNs the first factor's wins, which is `b` in the baseline tier's instruction, and so in all forms here.
    private mutating func emitMultiplyAdd() {
        let form132 = VectorOperation(rawValue: instruction.payload &- 0x10)
        let form213 = vectorOperation
        let form231 = VectorOperation(rawValue: instruction.payload &+ 0x10)
        let to = vector(0)
        let a = vector(1)
        let b = vector(2)
        if let operand = memorySource(3) {
            if to == b, to != a {
                noteFault(instruction)
                assembler.avx(.movups, scratch, operand)
                assembler.avx(form132, to, scratch, a)
            } else {
                copy(to, a)
                noteFault(instruction)
                assembler.avx(form213, to, b, operand)
            }
            return
        }
        let c = vector(3)
        if to == a {
            assembler.avx(form213, to, b, c)
        } else if to == b {
            assembler.avx(form132, to, c, a)
        } else {
            copy(to, c)
            assembler.avx(form231, to, b, a)
        }
    }

    // MARK: general registers

    private mutating func emitVectorInsert() {
        let operation = vectorOperation
        let lane = UInt8(truncatingIfNeeded: instruction.immediate)
        let to = vector(0)
        let from = vector(1)
        if !features.avx { copy(to, from) }
        if let operand = memorySource(2) {
            noteFault(instruction)
            if features.avx {
                assembler.avx(operation, to, from, operand, immediate: lane)
            } else {
                assembler.sse(operation, to, operand, immediate: lane)
            }
        } else if features.avx {
            assembler.avx(operation, to, from, general(2), instruction.size, immediate: lane)
        } else {
            assembler.sse(operation, to, general(2), instruction.size, immediate: lane)
        }
    }

    private mutating func emitVectorToGeneral() {
        let operation = vectorOperation
        let to = general(0)
        if isMemory(1) {
            assembler.mov(instruction.size, to, memory(1))
            return
        }
        switch (features.avx, byte) {
        case (true, let byte?): assembler.avx(operation, to, vector(1), instruction.size, immediate: byte)
        case (true, nil): assembler.avx(operation, to, vector(1), instruction.size)
        case (false, let byte?): assembler.sse(operation, to, vector(1), instruction.size, immediate: byte)
        case (false, nil): assembler.sse(operation, to, vector(1), instruction.size)
        }
    }

    private mutating func emitVectorFromGeneral() {
        let to = vector(0)
        if let operand = memorySource(1) {
            noteFault(instruction)
            let load: VectorOperation = instruction.size == .qword ? .movsd : .movss
            if features.avx { assembler.avx(load, to, operand) } else { assembler.sse(load, to, operand) }
        } else if features.avx {
            assembler.avx(.movd, to, general(1), instruction.size)
        } else {
            assembler.sse(.movd, to, general(1), instruction.size)
        }
    }

    private mutating func emitVectorStore() {
        let operation = vectorOperation
        let operand = addressOperand(instruction)
        noteFault(instruction)
        switch (features.avx, byte) {
        case (true, let byte?): assembler.avxStore(operation, operand, vector(0), immediate: byte)
        case (true, nil): assembler.avxStore(operation, operand, vector(0))
        case (false, let byte?): assembler.sseStore(operation, operand, vector(0), immediate: byte)
        case (false, nil): assembler.sseStore(operation, operand, vector(0))
        }
    }

    // MARK: flags

    /// Sets flags by floating-point numbers or vectors; the producer's operands begin with number `first`.
    mutating func emitVectorFlags(_ payload: FlagPayload, _ first: Int) {
        if payload.producer == .orderedCompare {
            let operation: VectorOperation = payload.detail == 0 ? .ucomiss : .ucomisd
            let left = vector(first)
            if let operand = memorySource(first &+ 1) {
                noteFault(instruction)
                if features.avx {
                    assembler.avx(operation, left, operand)
                } else {
                    assembler.sse(operation, left, operand)
                }
            } else {
                emitTwoOperands(operation, left, vector(first &+ 1))
            }
            return
        }
        let operand = vector(first)
        let equal: VectorOperation
        switch VectorTest(rawValue: payload.detail) {
        case .anyTrue: return emitTwoOperands(.ptest, operand, operand)
        case .allBytes: equal = .pcmpeqb
        case .allWords: equal = .pcmpeqw
        case .allDoublewords: equal = .pcmpeqd
        case .allQuadwords: equal = .pcmpeqq
        case nil: return fail("no such test")
        }
        zero(scratch)
        if features.avx {
            assembler.avx(equal, scratch, scratch, operand)
        } else {
            assembler.sse(equal, scratch, operand)
        }
        emitTwoOperands(.ptest, scratch, scratch)
    }

    private mutating func emitTwoOperands(_ operation: VectorOperation, _ left: VectorRegister, _ right: VectorRegister)
    {
        if features.avx { assembler.avx(operation, left, right) } else { assembler.sse(operation, left, right) }
    }

    @inline(__always) mutating func zero(_ register: VectorRegister) {
        if features.avx {
            assembler.avx(.xorps, register, register, register)
        } else {
            assembler.zero(register)
        }
    }

    @inline(__always) mutating func ones(_ register: VectorRegister) {
        if features.avx {
            assembler.avx(.pcmpeqd, register, register, register)
        } else {
            assembler.sse(.pcmpeqd, register, register)
        }
    }

    /// Operand 2 if the condition holds, operand 1 if not; then those of the flags.
    private mutating func emitVectorSelect() {
        var condition = FlagCondition(rawValue: instruction.condition)
        let to = vector(0)
        var other = vector(1)
        var chosen = vector(2)
        emitFlags(3)
        if condition == .notEqualOrUnordered || (to == chosen && condition != .equalOrdered) {
            condition = condition.inverted
            swap(&other, &chosen)
        }
        if other == chosen { return copy(to, other) }
        let skip = assembler.newLabel()
        if condition == .equalOrdered {
            if to == chosen {
                let replace = assembler.newLabel()
                assembler.jccShort(.p, replace)
                assembler.jccShort(.e, skip)
                assembler.bind(replace)
                assembler.movaps(to, other)
            } else {
                copy(to, other)
                assembler.jccShort(.ne, skip)
                assembler.jccShort(.p, skip)
                assembler.movaps(to, chosen)
            }
        } else {
            copy(to, other)
            assembler.jccShort(condition.inverted.condition, skip)
            assembler.movaps(to, chosen)
        }
        assembler.bind(skip)
    }
}
