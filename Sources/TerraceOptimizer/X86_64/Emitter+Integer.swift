// Integer instructions. Two-address forms get their copy here, where registers are known.

import TerraceABI
import TerraceAssembler

extension Emitter {
    @inline(__always) var arithmeticOperation: ArithmeticOperation {
        ArithmeticOperation(rawValue: UInt8(truncatingIfNeeded: instruction.payload)).unsafelyUnwrapped
    }
    @inline(__always) var shiftOperation: ShiftOperation {
        ShiftOperation(rawValue: UInt8(truncatingIfNeeded: instruction.payload)).unsafelyUnwrapped
    }

    /// Notes that the last machine instruction set the zero flag by a result.
    @inline(__always) private mutating func noteFlags(_ register: GeneralRegister) {
        flagsOffset = assembler.offset
        flagsRegister = register
        flagsSize = instruction.size
    }

    mutating func emitArithmetic() {
        let operation = arithmeticOperation
        let size = instruction.size
        let to = general(0)
        let left = general(1)
        if hasAddress {
            move(size, to, left)
            noteFault(instruction)
            assembler.alu(operation, size, to, addressOperand(instruction))
            noteFlags(to)
            return
        }
        if isMemory(2) {
            let operand = memory(2)
            move(size, to, left)
            assembler.alu(operation, size, to, operand)
            noteFlags(to)
            return
        }
        let right = general(2)
        if to == left {
            assembler.alu(operation, size, to, right)
            noteFlags(to)
        } else if to == right {
            if operation == .sub {
                assembler.neg(size, to)
                assembler.alu(.add, size, to, left)
            } else {
                assembler.alu(operation, size, to, left)
            }
        } else if operation == .add {
            assembler.lea(size, to, MemoryOperand(left, right, 1, 0))
        } else {
            assembler.mov(size, to, left)
            assembler.alu(operation, size, to, right)
            noteFlags(to)
        }
    }

    mutating func emitArithmeticImmediate() {
        let operation = arithmeticOperation
        var size = instruction.size
        let to = general(0)
        let left = general(1)
        let immediate = instruction.immediate
        if operation == .and, immediate >= 0 { size = .dword }
        if to != left {
            if operation == .add {
                assembler.lea(size, to, MemoryOperand(left, immediate))
                return
            }
            assembler.mov(size, to, left)
        }
        if operation == .add, immediate == 128 {
            assembler.alu(.sub, size, to, immediate: -128)
        } else {
            assembler.alu(operation, size, to, immediate: immediate)
        }
        noteFlags(to)
    }

    mutating func emitAddUnsigned() {
        assembler.movImmediate(CallingConvention.scratch, UInt64(UInt32(bitPattern: instruction.immediate)))
        assembler.lea(.qword, general(0), MemoryOperand(CallingConvention.scratch, general(1), 1, 0))
    }

    mutating func emitMultiply() {
        let size = instruction.size
        let to = general(0)
        let left = general(1)
        if hasAddress {
            move(size, to, left)
            noteFault(instruction)
            assembler.imul(size, to, addressOperand(instruction))
        } else if isMemory(2) {
            let operand = memory(2)
            move(size, to, left)
            assembler.imul(size, to, operand)
        } else if to == general(2) {
            assembler.imul(size, to, left)
        } else {
            move(size, to, left)
            assembler.imul(size, to, general(2))
        }
    }

    mutating func emitMultiplyImmediate() {
        let size = instruction.size
        if isMemory(1) {
            assembler.imul(size, general(0), memory(1), immediate: instruction.immediate)
        } else {
            assembler.imul(size, general(0), general(1), immediate: instruction.immediate)
        }
    }

    mutating func emitShiftImmediate() {
        let size = instruction.size
        let to = general(0)
        let source = general(1)
        let count = UInt8(truncatingIfNeeded: instruction.immediate)
        let operation = shiftOperation
        if to != source {
            if operation == .shl, count == 1 {
                assembler.lea(size, to, MemoryOperand(source, source, 1, 0))
                return
            }
            if features.bmi2, operation == .rol || operation == .ror, count != 0 {
                let width: UInt8 = size == .qword ? 64 : 32
                assembler.rorx(size, to, source, operation == .ror ? count : width &- count)
                return
            }
            assembler.mov(size, to, source)
        }
        if count != 0 {
            assembler.shift(operation, size, to, immediate: count)
            if operation != .rol, operation != .ror { noteFlags(to) }
        }
    }

    mutating func emitShiftX() {
        let size = instruction.size
        let to = general(0)
        let count = general(2)
        if isMemory(1) {
            let source = memory(1)
            switch shiftOperation {
            case .shl: assembler.shlx(size, to, source, count)
            case .shr: assembler.shrx(size, to, source, count)
            default: assembler.sarx(size, to, source, count)
            }
            return
        }
        let source = general(1)
        switch shiftOperation {
        case .shl: assembler.shlx(size, to, source, count)
        case .shr: assembler.shrx(size, to, source, count)
        default: assembler.sarx(size, to, source, count)
        }
    }

    mutating func emitExtension() {
        let from = instruction.size
        let to = general(0)
        let kind = Extension(rawValue: instruction.payload).unsafelyUnwrapped
        let size: OperandSize = kind == .signTo64 ? .qword : .dword
        if isMemory(1) {
            let source = memory(1)
            if kind != .zero {
                assembler.movsx(from: from, to: size, to, source)
            } else if from == .dword {
                assembler.mov(.dword, to, source)
            } else {
                assembler.movzx(from: from, to, source)
            }
            return
        }
        let source = general(1)
        if kind != .zero {
            assembler.movsx(from: from, to: size, to, source)
        } else if from == .dword {
            assembler.mov(.dword, to, source)
        } else {
            assembler.movzx(from: from, to, source)
        }
    }

    // MARK: counts

    /// An instruction that counts bits, with its source in a register or memory.
    private mutating func emitCount(
        _ register: (inout Assembler, OperandSize, GeneralRegister, GeneralRegister) -> Void,
        _ memory: (inout Assembler, OperandSize, GeneralRegister, MemoryOperand) -> Void
    ) {
        if isMemory(1) {
            let source = self.memory(1)
            memory(&assembler, instruction.size, general(0), source)
        } else {
            register(&assembler, instruction.size, general(0), general(1))
        }
    }

    mutating func emitCountLeadingZeros() {
        if features.lzcnt { return emitCount({ $0.lzcnt($1, $2, $3) }, { $0.lzcnt($1, $2, $3) }) }
        emitCount({ $0.bsr($1, $2, $3) }, { $0.bsr($1, $2, $3) })
        assembler.finishLeadingZeros(instruction.size, general(0))
    }

    mutating func emitCountTrailingZeros() {
        if features.bmi1 { return emitCount({ $0.tzcnt($1, $2, $3) }, { $0.tzcnt($1, $2, $3) }) }
        emitCount({ $0.bsf($1, $2, $3) }, { $0.bsf($1, $2, $3) })
        assembler.finishTrailingZeros(instruction.size, general(0))
    }

    mutating func emitPopulationCount() { emitCount({ $0.popcnt($1, $2, $3) }, { $0.popcnt($1, $2, $3) }) }

    mutating func emitPopulationCountLong() {
        move(instruction.size, general(0), general(1))
        assembler.mov(instruction.size, general(2), general(0))
        assembler.countBits(instruction.size, general(0), half: general(2))
    }

    // MARK: divisions and wide products

    mutating func emitDivision() {
        let size = instruction.size
        let payload = DivisionPayload(rawValue: instruction.payload)
        let divisor = general(3)
        guard payload.contains(.signed) else {
            assembler.zero(.rdx)
            if !payload.contains(.neverByZero) { noteTrap(.integerDivideByZero) }
            assembler.div(size, divisor)
            return
        }
        if !payload.contains(.neverByZero) {
            assembler.test(size, divisor, divisor)
            trap(.integerDivideByZero, if: .e)
        }
        let done = assembler.newLabel()
        if payload.contains(.remainder), !payload.contains(.neverByMinusOne) {
            // The most negative value by -1 overflows in hardware, but its remainder is 0.
            let divide = assembler.newLabel()
            assembler.zero(.rdx)
            assembler.alu(.cmp, size, divisor, immediate: -1)
            assembler.jccShort(.ne, divide)
            assembler.jmpShort(done)
            assembler.bind(divide)
        }
        if size == .dword { assembler.cdq() } else { assembler.cqo() }
        if !payload.contains(.neverByMinusOne) { noteTrap(.integerOverflow) }
        assembler.idiv(size, divisor)
        assembler.bind(done)
    }

    /// The quotient by a constant that is no power of two, by a multiplication with its reciprocal (Granlund and Montgomery
    /// 1994) in 64 bits.
    mutating func emitConstantQuotient() {
        let scratch = CallingConvention.scratch
        let to = general(0)
        let source = general(1)
        let other = general(2)
        if instruction.payload != 0 {
            // The reciprocal has 32 bits with the highest one set; the product of that and 31 bits fits.
            let divisor = instruction.immediate
            let shift = 31 &- divisor.magnitude.leadingZeroBitCount
            let reciprocal = (UInt64(1) << UInt64(32 &+ shift)) / UInt64(divisor.magnitude) &+ 1
            assembler.movImmediate(other, reciprocal)
            assembler.movsx(from: .dword, to: .qword, scratch, source)
            assembler.imul(.qword, other, scratch)
            assembler.shift(.sar, .qword, other, immediate: UInt8(32 &+ shift))
            // Rounded down; one more if negative. Of a negative divisor, the other way round.
            assembler.shift(.sar, .dword, scratch, immediate: 31)
            if divisor > 0 {
                assembler.alu(.sub, .dword, other, scratch)
                assembler.mov(.dword, to, other)
            } else {
                assembler.alu(.sub, .dword, scratch, other)
                assembler.mov(.dword, to, scratch)
            }
            return
        }
        let divisor = UInt32(bitPattern: instruction.immediate)
        // The least shift whose reciprocal is exact enough: 33 bits always are.
        let shift = 31 &- divisor.leadingZeroBitCount
        let power = UInt64(1) << UInt64(32 &+ shift)
        let reciprocal = power / UInt64(divisor) &+ 1
        let error = reciprocal &* UInt64(divisor) &- power
        if error <= UInt64(1) << UInt64(shift) {
            assembler.movImmediate(scratch, reciprocal)
            assembler.imul(.qword, scratch, source)
            assembler.shift(.shr, .qword, scratch, immediate: UInt8(32 &+ shift))
            assembler.mov(.dword, to, scratch)
            return
        }
        // 33 bits: 2^32 and the rest, whose product's upper half is averaged with the dividend.
        let wide = (UInt64(1) << UInt64(33 &+ shift)) / UInt64(divisor) &+ 1
        assembler.movImmediate(scratch, wide & 0xFFFF_FFFF)
        assembler.imul(.qword, scratch, source)
        assembler.shift(.shr, .qword, scratch, immediate: 32)
        assembler.mov(.dword, other, source)
        assembler.alu(.sub, .dword, other, scratch)
        assembler.shift(.shr, .dword, other, immediate: 1)
        assembler.alu(.add, .dword, other, scratch)
        assembler.shift(.shr, .dword, other, immediate: UInt8(shift))
        assembler.mov(.dword, to, other)
    }

    mutating func emitMultiplyWide() {
        let signed = instruction.payload != 0
        if signed {
            assembler.imulWide(.qword, general(3))
        } else if isMemory(3) {
            assembler.mul(.qword, memory(3))
        } else {
            assembler.mul(.qword, general(3))
        }
    }

    mutating func emitArithmetic128() {
        let isSubtraction = instruction.payload != 0
        move(.qword, general(0), general(2))
        move(.qword, general(1), general(3))
        assembler.alu(isSubtraction ? .sub : .add, .qword, general(0), general(4))
        assembler.alu(isSubtraction ? .sbb : .adc, .qword, general(1), general(5))
    }
}
