// Integer arithmetic, comparisons and bit operations, and where their results go.

import TerraceAssembler
import TerraceCode
import WasmFormat

/// Where an operator's result goes: a new temporary, or the register of the local that the next operator sets.
struct Destination: BitwiseCopyable {
    /// The local, or -1.
    var local: Int
    var register: UInt8

    @inline(__always) var isLocal: Bool { local >= 0 }
    @inline(__always) var general: GeneralRegister { GeneralRegister(rawValue: register) }
    @inline(__always) var vector: VectorRegister { VectorRegister(rawValue: register) }
}

extension BaselineCompiler {
    // MARK: destinations

    /// The local whose register the result may go to directly: the next operator is `local.set` or `local.tee` of it,
    /// and no operand waits for its old value. The popped operands may still be in that register. -1 if there is none.
    @inline(__always) func nextLocal() -> Int {
        let code = reader.peekByte()
        guard code == 0x21 || code == 0x22 else { return -1 }
        let index = reader.cursor[1]
        guard index < 0x80, homes[Int(index)].isPinned, pendingReads[Int(index)] == 0 else { return -1 }
        return Int(index)
    }

    /// A destination for a general result, allocated anew if it is not a local's.
    @inline(__always) mutating func generalDestination() -> Destination {
        let local = nextLocal()
        if local >= 0 { return Destination(local: local, register: homes[local].register) }
        return Destination(local: -1, register: allocateGeneral().rawValue)
    }

    /// A destination for a result that may take over a popped operand's temporary.
    @inline(__always) mutating func generalDestination(reusing operand: Operand) -> Destination {
        let local = nextLocal()
        if local >= 0 { return Destination(local: local, register: homes[local].register) }
        if operand.kind == .general, operand.isOwned { return Destination(local: -1, register: operand.register) }
        return Destination(local: -1, register: allocateGeneral().rawValue)
    }

    @inline(__always) mutating func vectorDestination() -> Destination {
        let local = nextLocal()
        if local >= 0 { return Destination(local: local, register: homes[local].register) }
        return Destination(local: -1, register: allocateVector().rawValue)
    }

    @inline(__always) mutating func vectorDestination(reusing operand: Operand) -> Destination {
        let local = nextLocal()
        if local >= 0 { return Destination(local: local, register: homes[local].register) }
        if operand.kind == .vector, operand.isOwned { return Destination(local: -1, register: operand.register) }
        return Destination(local: -1, register: allocateVector().rawValue)
    }

    /// Notes that the destination holds a result of a type: pushes it, or consumes the `local.set` or `local.tee`.
    @inline(__always) mutating func finish(_ destination: Destination, _ type: MachineType) {
        if destination.isLocal {
            let isTee = reader.peekByte() == 0x22
            reader.cursor += 2
            noteWritten(homes[destination.local])
            if isTee { getLocal(destination.local) }
        } else {
            push(.register, type, register: destination.register)
        }
    }

    /// Frees a popped operand's temporary unless the result took it.
    @inline(__always) mutating func free(_ operand: Operand, unless destination: Destination) {
        guard operand.isOwned else { return }
        if !destination.isLocal, operand.register == destination.register { return }
        free(operand)
    }

    // MARK: moves of sources

    @inline(__always) mutating func move(_ source: Operand, to register: GeneralRegister) {
        switch source.kind {
        case .general:
            if source.register != register.rawValue { assembler.mov(size(source.type), register, source.general) }
        case .memory: assembler.mov(size(source.type), register, frame(source.offset))
        case .immediate:
            assembler.movImmediate(
                register,
                source.type == .i32
                    ? UInt64(UInt32(truncatingIfNeeded: source.value)) : UInt64(bitPattern: source.value))
        case .vector: preconditionFailure("a vector is no integer source")
        }
    }

    @inline(__always) func isRegister(_ operand: Operand, _ register: UInt8) -> Bool {
        operand.kind == .general && operand.register == register
    }

    // MARK: two operands

    /// `add`, `sub`, `and`, `or`, `xor`.
    mutating func arithmetic(_ operation: ArithmeticOperation, _ type: MachineType, commutative: Bool) {
        var right = popSource()
        var left = popSource()
        let size = size(type)
        let local = nextLocal()
        let destination: Destination
        if local >= 0 {
            destination = Destination(local: local, register: homes[local].register)
            if isRegister(right, destination.register), !isRegister(left, destination.register) {
                if commutative {
                    swap(&left, &right)
                } else {
                    assembler.mov(size, CallingConvention.scratch, right.general)
                    right = Operand(
                        kind: .general, type: type, isOwned: false, register: CallingConvention.scratch.rawValue,
                        offset: 0, value: 0)
                }
            }
        } else if left.kind == .general, left.isOwned {
            destination = Destination(local: -1, register: left.register)
        } else if commutative, right.kind == .general, right.isOwned {
            swap(&left, &right)
            destination = Destination(local: -1, register: left.register)
        } else {
            destination = Destination(local: -1, register: allocateGeneral().rawValue)
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
            if left.kind == .immediate {
                // Both constant, which compilers do not leave behind: through a register.
                let register = allocateGeneral()
                move(left, to: register)
                left = Operand(
                    kind: .general, type: type, isOwned: true, register: register.rawValue, offset: 0, value: 0)
            }
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
        let local = nextLocal()
        let destination: Destination
        if local >= 0 {
            destination = Destination(local: local, register: homes[local].register)
            if isRegister(right, destination.register) { swap(&left, &right) }
        } else if left.kind == .general, left.isOwned {
            destination = Destination(local: -1, register: left.register)
        } else if right.kind == .general, right.isOwned {
            swap(&left, &right)
            destination = Destination(local: -1, register: left.register)
        } else {
            destination = Destination(local: -1, register: allocateGeneral().rawValue)
        }
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
        if hasBMI2, operation == .shl || operation == .shr || operation == .sar {
            let count = popGeneral()
            let left = popSource()
            let destination: Destination
            let local = nextLocal()
            if local >= 0 {
                destination = Destination(local: local, register: homes[local].register)
            } else if count.isOwned {
                destination = Destination(local: -1, register: count.register)
            } else if left.kind == .general, left.isOwned {
                destination = Destination(local: -1, register: left.register)
            } else {
                destination = Destination(local: -1, register: allocateGeneral().rawValue)
            }
            var source = left
            if left.kind == .immediate {
                move(left, to: CallingConvention.scratch)
                source = Operand(
                    kind: .general, type: type, isOwned: false, register: CallingConvention.scratch.rawValue,
                    offset: 0, value: 0)
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
        if top.kind == .register, top.register == GeneralRegister.rcx.rawValue {
            _ = popEntry()
        } else {
            take(.rcx)
            let entry = popEntry()
            moveGeneral(entry, into: .rcx)
        }
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
            divisor = Operand(
                kind: .general, type: type, isOwned: false, register: CallingConvention.scratch.rawValue, offset: 0,
                value: 0)
        }
        let dividend = stack[stack.count &- 1]
        if dividend.kind == .register, dividend.register == GeneralRegister.rax.rawValue {
            _ = popEntry()
        } else {
            take(.rax)
            let entry = popEntry()
            moveGeneral(entry, into: .rax)
        }
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

    // MARK: wide arithmetic

    /// `i64.add128` and `i64.sub128`: the lower halves, then the upper ones with the carry.
    mutating func arithmetic128(_ low: ArithmeticOperation, _ high: ArithmeticOperation) {
        let rightHigh = popSource()
        let rightLow = popSource()
        let leftHigh = popGeneralCopy()
        let leftLow = popGeneralCopy()
        for (operation, left, right) in [(low, leftLow, rightLow), (high, leftHigh, rightHigh)] {
            switch right.kind {
            case .general: assembler.alu(operation, .qword, left, right.general)
            case .memory: assembler.alu(operation, .qword, left, frame(right.offset))
            default: assembler.alu(operation, .qword, left, immediate: Int32(right.value))
            }
        }
        free(rightLow)
        free(rightHigh)
        pushRegister(leftLow, .i64)
        pushRegister(leftHigh, .i64)
    }

    /// `i64.mul_wide_s` and `i64.mul_wide_u`: 128 bits of product in rdx and rax.
    mutating func multiplyWide(signed: Bool) {
        var right = popGeneral()
        if right.register == GeneralRegister.rax.rawValue || right.register == GeneralRegister.rdx.rawValue {
            assembler.mov(.qword, CallingConvention.scratch, right.general)
            free(right)
            right.isOwned = false
            right.register = CallingConvention.scratch.rawValue
        }
        let top = stack[stack.count &- 1]
        if top.kind == .register, top.register == GeneralRegister.rax.rawValue {
            _ = popEntry()
        } else {
            take(.rax)
            let entry = popEntry()
            moveGeneral(entry, into: .rax)
        }
        take(.rdx)
        if signed {
            assembler.imulWide(.qword, right.general)
        } else {
            assembler.mul(.qword, right.general)
        }
        free(right)
        pushRegister(.rax, .i64)
        pushRegister(.rdx, .i64)
    }

    /// Pops an integer into a temporary that may be written.
    mutating func popGeneralCopy() -> GeneralRegister {
        let operand = popGeneral()
        if operand.isOwned { return operand.general }
        let register = allocateGeneral()
        assembler.mov(.qword, register, operand.general)
        return register
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
                left = Operand(
                    kind: .general, type: type, isOwned: false, register: CallingConvention.scratch.rawValue,
                    offset: 0, value: 0)
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
        var second = popSource()
        if second.kind == .immediate {
            let register = allocateGeneral()
            move(second, to: register)
            second = Operand(
                kind: .general, type: type, isOwned: true, register: register.rawValue, offset: 0, value: 0)
        }
        let first = popSource()
        let local = nextLocal()
        let size = size(type)
        let destination: Destination
        if local >= 0 {
            destination = Destination(local: local, register: homes[local].register)
        } else if first.kind == .general, first.isOwned {
            destination = Destination(local: -1, register: first.register)
        } else if second.isOwned {
            destination = Destination(local: -1, register: second.register)
        } else {
            destination = Destination(local: -1, register: allocateGeneral().rawValue)
        }
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

    // MARK: one operand

    private mutating func unary(
        _ type: MachineType, to result: MachineType,
        _ body: (inout Assembler, GeneralRegister, Operand) -> Void
    ) {
        var operand = popSource()
        if operand.kind == .immediate {
            let register = allocateGeneral()
            move(operand, to: register)
            operand = Operand(
                kind: .general, type: operand.type, isOwned: true, register: register.rawValue, offset: 0, value: 0)
        }
        let destination = generalDestination(reusing: operand)
        body(&assembler, destination.general, operand)
        free(operand, unless: destination)
        finish(destination, result)
    }

    mutating func countLeadingZeros(_ type: MachineType) {
        let size = size(type)
        let hasLZCNT = hasLZCNT
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
            // bsr finds the highest bit's number; for 0 it leaves the register, and 2 * width - 1 becomes width.
            let width: UInt64 = size == .dword ? 32 : 64
            if operand.kind == .general {
                assembler.bsr(size, register, operand.general)
            } else {
                assembler.bsr(size, register, memory)
            }
            assembler.movImmediate(CallingConvention.scratch, 2 * width - 1)
            assembler.cmov(.e, size, register, CallingConvention.scratch)
            assembler.alu(.xor, size, register, immediate: Int32(width - 1))
        }
    }

    mutating func countTrailingZeros(_ type: MachineType) {
        let size = size(type)
        let hasBMI1 = hasBMI1
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
            assembler.movImmediate(CallingConvention.scratch, size == .dword ? 32 : 64)
            assembler.cmov(.e, size, register, CallingConvention.scratch)
        }
    }

    mutating func populationCount(_ type: MachineType) {
        let size = size(type)
        if hasPOPCNT {
            unary(type, to: type) { assembler, register, operand in
                if operand.kind == .general {
                    assembler.popcnt(size, register, operand.general)
                } else {
                    assembler.popcnt(size, register, MemoryOperand(CallingConvention.framePointer, operand.offset))
                }
            }
            return
        }
        // Sums of neighbouring bits, pairs, nibbles, then of all bytes by a multiplication.
        let operand = popGeneral()
        let value = allocateGeneral()
        let half = allocateGeneral()
        let mask = CallingConvention.scratch
        let wide = size == .qword
        func constant(_ byte: UInt64) -> UInt64 {
            let bits = byte &* 0x0101_0101_0101_0101
            return wide ? bits : bits & 0xFFFF_FFFF
        }
        assembler.mov(size, value, operand.general)
        assembler.mov(size, half, operand.general)
        assembler.shift(.shr, size, half, immediate: 1)
        assembler.movImmediate(mask, constant(0x55))
        assembler.alu(.and, size, half, mask)
        assembler.alu(.sub, size, value, half)
        assembler.mov(size, half, value)
        assembler.shift(.shr, size, half, immediate: 2)
        assembler.movImmediate(mask, constant(0x33))
        assembler.alu(.and, size, value, mask)
        assembler.alu(.and, size, half, mask)
        assembler.alu(.add, size, value, half)
        assembler.mov(size, half, value)
        assembler.shift(.shr, size, half, immediate: 4)
        assembler.alu(.add, size, value, half)
        assembler.movImmediate(mask, constant(0x0F))
        assembler.alu(.and, size, value, mask)
        assembler.movImmediate(mask, constant(0x01))
        assembler.imul(size, value, mask)
        assembler.shift(.shr, size, value, immediate: wide ? 56 : 24)
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
            stack.base[stack.count &- 1].type = .i64
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

extension Condition {
    /// The condition that holds with the operands of the comparison exchanged.
    @inline(__always) var swapped: Condition {
        switch self {
        case .l: .g
        case .g: .l
        case .le: .ge
        case .ge: .le
        case .b: .a
        case .a: .b
        case .be: .ae
        case .ae: .be
        default: self
        }
    }
}
