// Integer arithmetic and bit operations.

import TerraceABI
import TerraceAssembler
import TerraceCode
import WasmFormat

extension BaselineCompiler {
    // MARK: two operands

    /// `add`, `sub`, `and`, `or`, `xor`.
    mutating func arithmetic(_ operation: ArithmeticOperation, _ type: MachineType, commutative: Bool) {
        var right = popSource()
        var left = popSource()
        let size = size(type)
        let destination = generalDestination(reusing: left, or: right, if: commutative)
        if isRegister(right, destination.register), !isRegister(left, destination.register) {
            if commutative {
                swap(&left, &right)
            } else {
                assembler.mov(size, CallingConvention.scratch, right.general)
                right = .borrowed(CallingConvention.scratch, type)
            }
        }
        let register = destination.general
        if left.kind == .general, left.register != destination.register {
            // Three-operand additions through lea.
            if operation == .add, right.kind == .immediate {
                assembler.lea(size, register, MemoryOperand(left.general, Int32(right.value)))
                finishArithmetic(left, right, destination, type)
                return
            }
            if operation == .add, right.kind == .general {
                assembler.lea(size, register, MemoryOperand(left.general, right.general, 1, 0))
                finishArithmetic(left, right, destination, type)
                return
            }
            if operation == .sub, right.kind == .immediate, right.value != Int64(Int32.min) {
                assembler.lea(size, register, MemoryOperand(left.general, Int32(0 &- right.value)))
                finishArithmetic(left, right, destination, type)
                return
            }
        }
        move(left, to: register)
        switch right.kind {
        case .general: assembler.alu(operation, size, register, right.general)
        case .memory: assembler.alu(operation, size, register, frame(right.offset))
        default: assembler.alu(operation, size, register, immediate: Int32(right.value))
        }
        noteFlags(of: destination, type)
        finishArithmetic(left, right, destination, type)
    }

    /// Notes that the last instruction set the zero flag by a result.
    @inline(__always) private mutating func noteFlags(of destination: Destination, _ type: MachineType) {
        flagsOffset = assembler.offset
        flagsRegister = destination.register
        flagsType = type
    }

    @inline(__always) private mutating func finishArithmetic(
        _ left: Operand, _ right: Operand, _ destination: Destination, _ type: MachineType
    ) {
        free(left, unless: destination)
        free(right, unless: destination)
        finish(destination, type)
    }

    /// `mul`
    mutating func multiply(_ type: MachineType) {
        var right = popSource()
        var left = popSource()
        if left.kind == .immediate { swap(&left, &right) }
        let size = size(type)
        if right.kind == .immediate {
            // Both constant, which compilers do not leave behind: through a register.
            left = withoutImmediate(left)
            let destination = generalDestination(reusing: left)
            let value = right.value
            if value > 0, value & (value &- 1) == 0 {
                move(left, to: destination.general)
                let shift = UInt8(value.trailingZeroBitCount)
                if shift > 0 { assembler.shift(.shl, size, destination.general, immediate: shift) }
            } else if left.kind == .general {
                assembler.imul(size, destination.general, left.general, immediate: Int32(value))
            } else {
                assembler.imul(size, destination.general, frame(left.offset), immediate: Int32(value))
            }
            finishArithmetic(left, right, destination, type)
            return
        }
        let destination = generalDestination(reusing: left, or: right)
        if isRegister(right, destination.register) { swap(&left, &right) }
        move(left, to: destination.general)
        if right.kind == .general {
            assembler.imul(size, destination.general, right.general)
        } else {
            assembler.imul(size, destination.general, frame(right.offset))
        }
        finishArithmetic(left, right, destination, type)
    }

    /// Shifts and rotations.
    mutating func shift(_ operation: ShiftOperation, _ type: MachineType) {
        let top = stack[stack.count &- 1]
        let size = size(type)
        if top.kind == .constant {
            let count = UInt8(truncatingIfNeeded: popEntry().value & (type == .i32 ? 31 : 63))
            let left = popSource()
            let destination = generalDestination(reusing: left)
            move(left, to: destination.general)
            if count != 0 { assembler.shift(operation, size, destination.general, immediate: count) }
            free(left, unless: destination)
            finish(destination, type)
            return
        }
        if features.bmi2, operation == .shl || operation == .shr || operation == .sar {
            let count = popGeneral()
            let left = popSource()
            let destination = generalDestination(reusing: count, or: left)
            var source = left
            if left.kind == .immediate {
                move(left, to: CallingConvention.scratch)
                source = .borrowed(CallingConvention.scratch, type)
            }
            let register = destination.general
            switch (operation, source.kind) {
            case (.shl, .general): assembler.shlx(size, register, source.general, count.general)
            case (.shr, .general): assembler.shrx(size, register, source.general, count.general)
            case (_, .general): assembler.sarx(size, register, source.general, count.general)
            case (.shl, _): assembler.shlx(size, register, frame(source.offset), count.general)
            case (.shr, _): assembler.shrx(size, register, frame(source.offset), count.general)
            default: assembler.sarx(size, register, frame(source.offset), count.general)
            }
            free(left, unless: destination)
            free(count, unless: destination)
            finish(destination, type)
            return
        }
        // The count goes to cl, the value anywhere else.
        popGeneral(into: .rcx)
        let left = popSource()
        let destination = generalDestination(reusing: left)
        // The destination is never rcx: it is taken, and locals have other registers.
        move(left, to: destination.general)
        assembler.shiftByCL(operation, size, destination.general)
        free(.rcx)
        free(left, unless: destination)
        finish(destination, type)
    }

    /// `div_s`, `div_u`, `rem_s`, `rem_u`.
    mutating func divide(_ type: MachineType, signed: Bool, remainder: Bool) {
        let size = size(type)
        let top = stack[stack.count &- 1]
        if !signed, top.kind == .constant {
            let value = constantBits(top)
            if value != 0, value & (value &- 1) == 0, remainder || value > 1 {
                _ = popEntry()
                divideUnsigned(type, by: value, remainder: remainder)
                return
            }
        }
        // The divisor: any register but rax and rdx.
        var divisor = popGeneral()
        if divisor.register == GeneralRegister.rax.rawValue || divisor.register == GeneralRegister.rdx.rawValue {
            assembler.mov(size, CallingConvention.scratch, divisor.general)
            free(divisor)
            divisor = .borrowed(CallingConvention.scratch, type)
        }
        popGeneral(into: .rax)
        take(.rdx)
        let isConstant = top.kind == .constant && constantBits(top) != 0
        let done = assembler.newLabel()
        if signed {
            if !isConstant {
                assembler.test(size, divisor.general, divisor.general)
                trap(.integerDivideByZero, if: .e)
            }
            if remainder {
                // The most negative value by -1 overflows in hardware, but its remainder is 0.
                if !isConstant || top.value == -1 {
                    let divide = assembler.newLabel()
                    assembler.zero(.rdx)
                    assembler.alu(.cmp, size, divisor.general, immediate: -1)
                    assembler.jccShort(.ne, divide)
                    assembler.jmpShort(done)
                    assembler.bind(divide)
                }
            }
            if type == .i32 { assembler.cdq() } else { assembler.cqo() }
            noteTrap(.integerOverflow)
            assembler.idiv(size, divisor.general)
        } else {
            assembler.zero(.rdx)
            noteTrap(.integerDivideByZero)
            assembler.div(size, divisor.general)
        }
        assembler.bind(done)
        free(divisor)
        let result: GeneralRegister = remainder ? .rdx : .rax
        free(remainder ? .rax : .rdx)
        pushRegister(result, type)
    }

    /// Unsigned division by a power of two that the code names.
    private mutating func divideUnsigned(_ type: MachineType, by value: UInt64, remainder: Bool) {
        let left = popSource()
        let destination = generalDestination(reusing: left)
        let register = destination.general
        move(left, to: register)
        if remainder {
            let mask = value &- 1
            if mask <= UInt64(Int32.max) {
                assembler.alu(.and, .dword, register, immediate: Int32(mask))
            } else {
                assembler.movImmediate(CallingConvention.scratch, mask)
                assembler.alu(.and, .qword, register, CallingConvention.scratch)
            }
        } else {
            assembler.shift(.shr, size(type), register, immediate: UInt8(value.trailingZeroBitCount))
        }
        free(left, unless: destination)
        finish(destination, type)
    }

    // MARK: one operand

    private mutating func unary(
        _ type: MachineType, to result: MachineType,
        _ body: (inout Assembler, GeneralRegister, Operand) -> Void
    ) {
        let operand = withoutImmediate(popSource())
        let destination = generalDestination(reusing: operand)
        body(&assembler, destination.general, operand)
        free(operand, unless: destination)
        finish(destination, result)
    }

    mutating func countLeadingZeros(_ type: MachineType) {
        let size = size(type)
        let hasLZCNT = features.lzcnt
        unary(type, to: type) { assembler, register, operand in
            let memory = MemoryOperand(CallingConvention.framePointer, operand.offset)
            if hasLZCNT {
                if operand.kind == .general {
                    assembler.lzcnt(size, register, operand.general)
                } else {
                    assembler.lzcnt(size, register, memory)
                }
                return
            }
            if operand.kind == .general {
                assembler.bsr(size, register, operand.general)
            } else {
                assembler.bsr(size, register, memory)
            }
            assembler.finishLeadingZeros(size, register)
        }
    }

    mutating func countTrailingZeros(_ type: MachineType) {
        let size = size(type)
        let hasBMI1 = features.bmi1
        unary(type, to: type) { assembler, register, operand in
            let memory = MemoryOperand(CallingConvention.framePointer, operand.offset)
            if hasBMI1 {
                if operand.kind == .general {
                    assembler.tzcnt(size, register, operand.general)
                } else {
                    assembler.tzcnt(size, register, memory)
                }
                return
            }
            if operand.kind == .general {
                assembler.bsf(size, register, operand.general)
            } else {
                assembler.bsf(size, register, memory)
            }
            assembler.finishTrailingZeros(size, register)
        }
    }

    mutating func populationCount(_ type: MachineType) {
        let size = size(type)
        if features.popcnt {
            unary(type, to: type) { assembler, register, operand in
                if operand.kind == .general {
                    assembler.popcnt(size, register, operand.general)
                } else {
                    assembler.popcnt(size, register, MemoryOperand(CallingConvention.framePointer, operand.offset))
                }
            }
            return
        }
        let operand = popGeneral()
        let value = allocateGeneral()
        let half = allocateGeneral()
        assembler.mov(size, value, operand.general)
        assembler.mov(size, half, operand.general)
        assembler.countBits(size, value, half: half)
        free(operand)
        free(half)
        pushRegister(value, type)
    }

    /// Sign extension from the low `width` of a value.
    mutating func signExtend(from width: OperandSize, to type: MachineType) {
        let size = size(type)
        unary(type, to: type) { assembler, register, operand in
            if operand.kind == .general {
                assembler.movsx(from: width, to: size, register, operand.general)
            } else {
                assembler.movsx(
                    from: width, to: size, register, MemoryOperand(CallingConvention.framePointer, operand.offset))
            }
        }
    }

    /// `i32.wrap_i64` and `i64.extend_i32_u`: the low half, the upper half zero.
    mutating func keepLowHalf(to result: MachineType) {
        let top = stack[stack.count &- 1]
        if top.kind == .constant {
            _ = popEntry()
            pushConstant(
                result,
                result == .i32
                    ? Int64(Int32(truncatingIfNeeded: top.value)) : Int64(UInt32(truncatingIfNeeded: top.value)))
            return
        }
        if result == .i64, top.kind == .register {
            // An i32 in a register is zero-extended already.
            stack.element(stack.count &- 1).pointee.type = .i64
            return
        }
        unary(.i32, to: result) { assembler, register, operand in
            if operand.kind == .general {
                assembler.mov(.dword, register, operand.general)
            } else {
                assembler.mov(.dword, register, MemoryOperand(CallingConvention.framePointer, operand.offset))
            }
        }
    }
}
