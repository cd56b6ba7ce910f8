// Integer operators without traps, and divisions.

import TerraceABI
import TerraceAssembler
import WasmFormat

extension Selector {
    mutating func selectInteger(_ value: Value, _ node: Node) {
        let size: OperandSize = node.type == .i32 ? .dword : .qword
        switch node.opcode {
        case .i32Add, .i64Add: selectArithmetic(value, node, .add, size)
        case .i32Sub, .i64Sub: selectSubtraction(value, node, size)
        case .i32And, .i64And: selectArithmetic(value, node, .and, size)
        case .i32Or, .i64Or: selectArithmetic(value, node, .or, size)
        case .i32Xor, .i64Xor: selectArithmetic(value, node, .xor, size)
        case .i32Mul, .i64Mul: selectMultiplication(value, node, size)
        case .i32Shl, .i64Shl: selectShift(value, node, .shl, size)
        case .i32ShrS, .i64ShrS: selectShift(value, node, .sar, size)
        case .i32ShrU, .i64ShrU: selectShift(value, node, .shr, size)
        case .i32Rotl, .i64Rotl: selectShift(value, node, .rol, size)
        case .i32Rotr, .i64Rotr: selectShift(value, node, .ror, size)
        case .i32Clz, .i64Clz: selectCount(value, node, .countLeadingZeros, size)
        case .i32Ctz, .i64Ctz: selectCount(value, node, .countTrailingZeros, size)
        case .i32Popcnt, .i64Popcnt:
            if features.popcnt {
                selectCount(value, node, .populationCount, size)
            } else {
                begin(.populationCountLong, size)
                define(register(value))
                use(register(Value(node.a)))
                temporary(.i64)
                finish()
            }
        case .i32Extend8S: selectExtension(value, node, .byte, .signTo32)
        case .i32Extend16S: selectExtension(value, node, .word, .signTo32)
        case .i64Extend8S: selectExtension(value, node, .byte, .signTo64)
        case .i64Extend16S: selectExtension(value, node, .word, .signTo64)
        case .i64Extend32S, .i64ExtendI32S: selectExtension(value, node, .dword, .signTo64)
        case .i32WrapI64: selectExtension(value, node, .dword, .zero)
        case .i64ExtendI32U: selectCopy(value, Value(node.a))
        case .select, .selectTyped: selectSelect(value, node)
        default: selectSet(value, node)
        }
    }

    mutating func selectCopy(_ value: Value, _ source: Value) {
        begin(.copy, .qword)
        current.flags = .isCopy
        define(register(value), hint: 1)
        use(register(source))
        finish()
    }

    private mutating func selectArithmetic(
        _ value: Value, _ node: Node, _ operation: ArithmeticOperation, _ size: OperandSize
    ) {
        var left = Value(node.a)
        var right = Value(node.b)
        // `sub` of a constant has become an addition or is one; constants stand on the right.
        if operation != .sub, isConstant(left) { swap(&left, &right) }
        if let immediate = immediate(right) {
            selectArithmetic(value, left, immediate, operation, size)
            return
        }
        var load: Address?
        load = coverableLoad(right, size)
        if load == nil, operation != .sub, let other = coverableLoad(left, size) {
            load = other
            left = right
        }
        begin(.arithmetic, size)
        define(register(value), hint: 1)
        current.payload = UInt32(operation.rawValue)
        use(register(left))
        if let load { address(load, late: true) } else { use(register(right), .registerOrMemory) }
        finish()
    }

    private mutating func selectArithmetic(
        _ value: Value, _ left: Value, _ immediate: Int32, _ operation: ArithmeticOperation, _ size: OperandSize
    ) {
        if operation == .and {
            switch (immediate, size) {
            case (0xFF, _): return selectExtension(value, left, .byte, .zero)
            case (0xFFFF, _): return selectExtension(value, left, .word, .zero)
            default: break
            }
        }
        if operation == .xor, immediate == -1 {
            begin(.not, size)
            define(register(value), hint: 1)
            use(register(left))
            finish()
            return
        }
        begin(.arithmeticImmediate, size)
        define(register(value), hint: 1)
        current.payload = UInt32(operation.rawValue)
        current.immediate = immediate
        use(register(left))
        finish()
    }

    private mutating func selectSubtraction(_ value: Value, _ node: Node, _ size: OperandSize) {
        let left = graph.pointee.nodes[Int(node.a)]
        if left.kind == .constant, left.bits == 0 {
            begin(.negate, size)
            define(register(value), hint: 1)
            use(register(Value(node.b)))
            finish()
            return
        }
        if let immediate = immediate(Value(node.b)), immediate != .min {
            selectArithmetic(value, Value(node.a), 0 &- immediate, .add, size)
            return
        }
        selectArithmetic(value, node, .sub, size)
    }

    private mutating func selectMultiplication(_ value: Value, _ node: Node, _ size: OperandSize) {
        var left = Value(node.a)
        var right = Value(node.b)
        if isConstant(left) { swap(&left, &right) }
        if let immediate = immediate(right) {
            if immediate > 0, immediate & (immediate &- 1) == 0 {
                selectShift(value, left, .shl, UInt8(immediate.trailingZeroBitCount), size)
                return
            }
            begin(.multiplyImmediate, size)
            define(register(value))
            current.immediate = immediate
            use(register(left), .registerOrMemory)
            finish()
            return
        }
        var load: Address?
        load = coverableLoad(right, size)
        if load == nil, let other = coverableLoad(left, size) {
            load = other
            left = right
        }
        begin(.multiply, size)
        define(register(value), hint: 1)
        use(register(left))
        if let load { address(load, late: true) } else { use(register(right), .registerOrMemory) }
        finish()
    }

    private mutating func selectShift(_ value: Value, _ node: Node, _ operation: ShiftOperation, _ size: OperandSize) {
        let source = Value(node.a)
        var count = Value(node.b)
        let mask: UInt32 = size == .qword ? 63 : 31
        let amount = graph.pointee.nodes[count.position]
        if amount.kind == .constant {
            selectShift(value, source, operation, UInt8(truncatingIfNeeded: amount.a & mask), size)
            return
        }
        // The machine masks the count itself.
        if amount.kind == .pure, amount.opcode == .i32And || amount.opcode == .i64And, canCover(count),
            isConstant(Value(amount.b)), graph.pointee.nodes[Int(amount.b)].a & mask == mask
        {
            cover(count)
            count = Value(amount.a)
        }
        if features.bmi2, operation == .shl || operation == .shr || operation == .sar {
            begin(.shiftX, size)
            define(register(value))
            current.payload = UInt32(operation.rawValue)
            use(register(source), .registerOrMemory)
            use(register(count))
            finish()
            return
        }
        begin(.shift, size)
        define(register(value), hint: 1)
        current.payload = UInt32(operation.rawValue)
        use(register(source))
        use(register(count), fixed: .rcx, late: true)
        finish()
    }

    private mutating func selectShift(
        _ value: Value, _ source: Value, _ operation: ShiftOperation, _ count: UInt8, _ size: OperandSize
    ) {
        begin(.shiftImmediate, size)
        define(register(value), hint: 1)
        current.payload = UInt32(operation.rawValue)
        current.immediate = Int32(count)
        use(register(source))
        finish()
    }

    private mutating func selectCount(
        _ value: Value, _ node: Node, _ operation: MachineOperation, _ size: OperandSize
    ) {
        begin(operation, size)
        define(register(value))
        use(register(Value(node.a)), .registerOrMemory)
        finish()
    }

    private mutating func selectExtension(
        _ value: Value, _ node: Node, _ from: OperandSize, _ kind: Extension
    ) {
        selectExtension(value, Value(node.a), from, kind)
    }

    private mutating func selectExtension(
        _ value: Value, _ source: Value, _ from: OperandSize, _ kind: Extension
    ) {
        begin(.extend, from)
        define(register(value))
        current.payload = kind.rawValue
        use(register(source), .registerOrMemory)
        finish()
    }

    // MARK: divisions

    mutating func selectDivision(_ value: Value, _ node: Node) {
        let size: OperandSize = node.type == .i32 ? .dword : .qword
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
            let bits = size == .qword ? divisor.bits : UInt64(divisor.a)
            if bits != 0 { payload.insert(.neverByZero) }
            if bits != (size == .qword ? UInt64.max : UInt64(UInt32.max)) { payload.insert(.neverByMinusOne) }
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

    // MARK: several results

    /// 128-bit arithmetic: results are the node and one ``NodeKind/result`` of it.
    mutating func selectPair(_ value: Value, _ node: Node) {
        var high = pendingResult(value, 1)
        forgetPendingResults(value)
        if high.isNone { high = newRegister(.i64) }
        let low = register(value)
        let start = Int(node.a)
        let pool = graph.pointee.pool.base
        switch node.opcode {
        case .i64MulWideS, .i64MulWideU:
            begin(.multiplyWide, .qword)
            define(low, fixed: .rax)
            define(high, fixed: .rdx)
            current.payload = node.opcode == .i64MulWideS ? 1 : 0
            use(register(pool[start]), fixed: .rax)
            use(register(pool[start &+ 1]), node.opcode == .i64MulWideS ? .register : .registerOrMemory)
            finish()
        case .i64Add128, .i64Sub128:
            begin(.arithmetic128, .qword)
            // Written while the others are still to be read.
            add(Operand(register: low, role: .earlyDefine, place: .register))
            add(Operand(register: high, role: .earlyDefine, place: .register))
            current.payload = node.opcode == .i64Sub128 ? 1 : 0
            for index in 0..<4 { use(register(pool[start &+ index]), late: true) }
            finish()
        default: fail("an operator with several results")
        }
    }

    /// A later result of a call or of an operator with several results.
    mutating func selectResult(_ value: Value, _ node: Node) {
        let maker = Value(node.a)
        guard graph.pointee.nodes[maker.position].kind == .call else {
            pendingResults.append(PendingResult(of: maker, index: node.b, register: register(value)))
            return
        }
        var address = Address()
        address.base = .stack
        address.displacement = CallingConvention.resultStride &* Int32(bitPattern: node.b &- 1)
        begin(.loadValue)
        define(register(value))
        current.payload = UInt32(node.type.rawValue)
        self.address(address)
        finish()
    }
}
