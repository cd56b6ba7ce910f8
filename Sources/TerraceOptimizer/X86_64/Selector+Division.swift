// Divisions: by constants as shifts or as multiplications with reciprocals (Granlund and Montgomery, "Division by invariant
// integers using multiplication", 1994), all others by the machine's instruction.

import TerraceABI
import TerraceAssembler
import WasmFormat

extension Selector {
    mutating func selectDivision(_ value: Value, _ node: Node) {
        var size: OperandSize = node.type == .i32 ? .dword : .qword
        var payload: DivisionPayload = []
        switch node.opcode {
        case .i32DivS, .i64DivS: payload = .signed
        case .i32RemS, .i64RemS: payload = [.signed, .remainder]
        case .i32DivU, .i64DivU: break
        case .i32RemU, .i64RemU: payload = .remainder
        default: return fail("an operator that traps")
        }
        let divisor = graph.pointee.nodes[Int(node.b)]
        if divisor.kind == .constant {
            if divisor.bits != 0 { payload.insert(.neverByZero) }
            if divisor.bits != (size == .qword ? UInt64.max : UInt64(UInt32.max)) { payload.insert(.neverByMinusOne) }
            if selectConstantDivision(value, node, divisor.bits, payload, size) { return }
        }
        if size == .qword, upperBits(Value(node.a)) <= 32, upperBits(Value(node.b)) <= 32 {
            // Both have 32 bits and no sign.
            size = .dword
            payload.remove(.signed)
        }
        let type = node.type.machine
        let quotient = payload.contains(.remainder) ? newRegister(type) : register(value)
        let remainder = payload.contains(.remainder) ? register(value) : newRegister(type)
        begin(.divide, size)
        define(quotient, fixed: .rax)
        define(remainder, fixed: .rdx)
        current.payload = payload.rawValue
        use(register(Value(node.a)), fixed: .rax)
        use(register(Value(node.b)), late: true)
        finish()
    }

    private mutating func selectConstantDivision(
        _ value: Value, _ node: Node, _ divisor: UInt64, _ payload: DivisionPayload, _ size: OperandSize
    ) -> Bool {
        let width = size == .qword ? 64 : 32
        let isSigned = payload.contains(.signed)
        let isNegative = isSigned && divisor >> UInt64(width &- 1) != 0
        let magnitude = isNegative ? (0 &- divisor) & (UInt64.max >> UInt64(64 &- width)) : divisor
        let isPower = magnitude & (magnitude &- 1) == 0
        // The builder makes shifts and masks of unsigned divisions by powers of two.
        guard magnitude >= 2, isSigned || !isPower, size == .qword || magnitude <= 1 << 31, allowance.allows(.idioms)
        else { return false }
        let dividend = register(Value(node.a))
        let isRemainder = payload.contains(.remainder)
        if isPower {
            let count = Int32(magnitude.trailingZeroBitCount)
            if isRemainder {
                powerRemainder(register(value), dividend, count, size)
            } else {
                powerQuotient(register(value), dividend, count, isNegative, size)
            }
            return true
        }
        let quotient = isRemainder ? newRegister(node.type.machine) : register(value)
        if size == .dword {
            begin(.constantQuotient, .dword)
            define(quotient)
            current.immediate = Int32(truncatingIfNeeded: Int64(bitPattern: divisor))
            current.payload = isSigned ? 1 : 0
            use(dividend)
            temporary(.i64)
            finish()
        } else if isSigned {
            signedQuotient(quotient, dividend, magnitude, isNegative)
        } else {
            unsignedQuotient(quotient, dividend, magnitude)
        }
        guard isRemainder else { return true }
        let product = newRegister(node.type.machine)
        if let immediate = immediate(Value(node.b)) {
            begin(.multiplyImmediate, size)
            define(product)
            current.immediate = immediate
            use(quotient)
        } else {
            begin(.multiply, size)
            define(product, hint: 1)
            use(quotient)
            use(register(Value(node.b)), .registerOrMemory)
        }
        finish()
        arithmetic(.sub, register(value), dividend, product, size)
        return true
    }

    // MARK: powers of two

    /// What a negative dividend gets added so that the shift behind rounds to zero: 2^count - 1.
    private mutating func roundedDividend(
        _ dividend: VirtualRegister, _ count: Int32, _ size: OperandSize
    ) -> VirtualRegister {
        let type = machine.pointee.registers[dividend.position].type
        let width: Int32 = size == .qword ? 64 : 32
        var sign = dividend
        if count > 1 {
            sign = newRegister(type)
            shift(.sar, sign, dividend, width &- 1, size)
        }
        let bias = newRegister(type)
        shift(.shr, bias, sign, width &- count, size)
        let sum = newRegister(type)
        arithmetic(.add, sum, bias, dividend, size)
        return sum
    }

    private mutating func powerQuotient(
        _ result: VirtualRegister, _ dividend: VirtualRegister, _ count: Int32, _ isNegative: Bool, _ size: OperandSize
    ) {
        let sum = roundedDividend(dividend, count, size)
        guard isNegative else { return shift(.sar, result, sum, count, size) }
        let quotient = newRegister(machine.pointee.registers[dividend.position].type)
        shift(.sar, quotient, sum, count, size)
        begin(.negate, size)
        define(result, hint: 1)
        use(quotient)
        finish()
    }

    private mutating func powerRemainder(
        _ result: VirtualRegister, _ dividend: VirtualRegister, _ count: Int32, _ size: OperandSize
    ) {
        let type = machine.pointee.registers[dividend.position].type
        let sum = roundedDividend(dividend, count, size)
        let multiple = newRegister(type)
        if count < 32 {
            begin(.arithmeticImmediate, size)
            define(multiple, hint: 1)
            current.payload = UInt32(ArithmeticOperation.and.rawValue)
            current.immediate = -1 << count
            use(sum)
            finish()
        } else {
            let quotient = newRegister(type)
            shift(.sar, quotient, sum, count, size)
            shift(.shl, multiple, quotient, count, size)
        }
        arithmetic(.sub, result, dividend, multiple, size)
    }

    // MARK: reciprocals of 64 bits

    /// 2^(64 + power) / divisor, rounded up, for a power that is less than the divisor and no divisor of it: 64 bits.
    private static func reciprocal(_ power: UInt64, _ divisor: UInt64) -> UInt64 {
        divisor.dividingFullWidth((power, 0)).quotient &+ 1
    }

    private mutating func unsignedQuotient(
        _ result: VirtualRegister, _ dividend: VirtualRegister, _ divisor: UInt64
    ) {
        var divisor = divisor
        var dividend = dividend
        var power = UInt64(63 &- divisor.leadingZeroBitCount)
        var reciprocal = Self.reciprocal(1 << power, divisor)
        var room = power
        // How much too large the reciprocal is; so much does no harm with dividends of 64 bits.
        if reciprocal &* divisor > 1 << room, divisor & 1 == 0 {
            // An even divisor: its zeros first, then the dividend is shorter.
            let zeros = divisor.trailingZeroBitCount
            let shorter = newRegister(.i64)
            shift(.shr, shorter, dividend, Int32(zeros), .qword)
            dividend = shorter
            divisor >>= UInt64(zeros)
            power &-= UInt64(zeros)
            reciprocal = Self.reciprocal(1 << power, divisor)
            room = power &+ UInt64(zeros)
        }
        if reciprocal &* divisor <= 1 << room {
            let product = multiplyHigh(dividend, reciprocal, isSigned: false)
            shift(.shr, result, product, Int32(power), .qword)
            return
        }
        // 65 bits: 2^64 and the rest, whose product's upper half is averaged with the dividend.
        let rest = divisor.dividingFullWidth(((2 << power) &- divisor, 0)).quotient &+ 1
        let product = multiplyHigh(dividend, rest, isSigned: false)
        let difference = newRegister(.i64)
        arithmetic(.sub, difference, dividend, product, .qword)
        let half = newRegister(.i64)
        shift(.shr, half, difference, 1, .qword)
        let sum = newRegister(.i64)
        arithmetic(.add, sum, half, product, .qword)
        shift(.shr, result, sum, Int32(power), .qword)
    }

    private mutating func signedQuotient(
        _ result: VirtualRegister, _ dividend: VirtualRegister, _ magnitude: UInt64, _ isNegative: Bool
    ) {
        let power = 63 &- magnitude.leadingZeroBitCount
        // Less 2^64, so that it is a signed number; hence the dividend is added to the product.
        let product = multiplyHigh(dividend, Self.reciprocal(1 << UInt64(power), magnitude), isSigned: true)
        let sum = newRegister(.i64)
        arithmetic(.add, sum, product, dividend, .qword)
        let quotient = newRegister(.i64)
        shift(.sar, quotient, sum, Int32(power), .qword)
        let sign = newRegister(.i64)
        shift(.sar, sign, dividend, 63, .qword)
        // Rounded down; one more if negative. Of a negative divisor, the other way round.
        if isNegative {
            arithmetic(.sub, result, sign, quotient, .qword)
        } else {
            arithmetic(.sub, result, quotient, sign, .qword)
        }
    }

    /// The upper half of a product with a constant.
    private mutating func multiplyHigh(
        _ value: VirtualRegister, _ factor: UInt64, isSigned: Bool
    ) -> VirtualRegister {
        let high = newRegister(.i64)
        let low = newRegister(.i64)
        begin(.multiplyHigh, .qword)
        define(low, fixed: .rax)
        define(high, fixed: .rdx)
        current.payload = UInt32(truncatingIfNeeded: graph.pointee.words.count)
        current.immediate = isSigned ? 1 : 0
        use(value, late: true)
        finish()
        graph.pointee.words.append(factor)
        return high
    }

    // MARK: pieces

    private mutating func shift(
        _ operation: ShiftOperation, _ result: VirtualRegister, _ source: VirtualRegister, _ count: Int32,
        _ size: OperandSize
    ) {
        begin(.shiftImmediate, size)
        define(result, hint: 1)
        current.payload = UInt32(operation.rawValue)
        current.immediate = count
        use(source)
        finish()
    }

    private mutating func arithmetic(
        _ operation: ArithmeticOperation, _ result: VirtualRegister, _ left: VirtualRegister, _ right: VirtualRegister,
        _ size: OperandSize
    ) {
        begin(.arithmetic, size)
        define(result, hint: 1)
        current.payload = UInt32(operation.rawValue)
        use(left)
        use(right)
        finish()
    }
}
