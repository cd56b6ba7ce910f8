// Integer operators that cannot trap.

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
        case .i64Extend32S, .i64ExtendI32S:
            if upperBits(Value(node.a)) < 32 {
                selectCopy(value, Value(node.a))
            } else {
                selectExtension(value, node, .dword, .signTo64)
            }
        case .i32WrapI64:
            if upperBits(Value(node.a)) <= 32 {
                selectCopy(value, Value(node.a))
            } else {
                selectExtension(value, node, .dword, .zero)
            }
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
        if operation == .add, selectSum(value, left, right, size) { return }
        if let immediate = immediate(right) {
            selectArithmetic(value, left, immediate, operation, size)
            return
        }
        if operation == .and || operation == .xor, selectBits(value, left, right, operation, size) { return }
        var load: Address?
        load = coverableLoad(right, size)
        if load == nil, operation != .sub, let other = coverableLoad(left, size) {
            load = other
            left = right
        }
        left = lowHalf(left, size)
        if load == nil { right = lowHalf(right, size) }
        begin(.arithmetic, size)
        define(register(value), hint: 1)
        current.payload = UInt32(operation.rawValue)
        use(register(left))
        if let load { address(load, late: true) } else { use(register(right), .registerOrMemory) }
        finish()
    }

    /// What a 32-bit instruction reads in place of a value: of a wrapped i64, the i64.
    @inline(__always) mutating func lowHalf(_ value: Value, _ size: OperandSize) -> Value {
        guard size == .dword else { return value }
        let node = graph.pointee.nodes[value.position]
        guard node.kind == .pure, node.opcode == .i32WrapI64, canCover(value), !isConstant(Value(node.a)) else {
            return value
        }
        cover(value)
        return Value(node.a)
    }

    // MARK: sums

    /// The parts of a sum that one address can hold.
    private struct Sum {
        var base = Value.none
        var index = Value.none
        var scaleLog2: UInt8 = 0
        var displacement: Int32 = 0
        /// Nodes that it takes in.
        var covered = InlineArray<4, Value>(repeating: .none)
        var coveredCount = 0

        mutating func cover(_ value: Value) -> Bool {
            guard coveredCount < covered.count else { return false }
            covered[coveredCount] = value
            coveredCount += 1
            return true
        }
    }

    /// A sum of three parts, or of a scaled one, as an address.
    private mutating func selectSum(_ value: Value, _ left: Value, _ right: Value, _ size: OperandSize) -> Bool {
        var sum = Sum()
        // Where both sides together are too much, one of them as a whole may do.
        guard
            decompose(left, 2, right, 2, &sum, size) || decompose(left, 0, right, 2, &sum, size)
                || decompose(left, 2, right, 0, &sum, size), allowance.allows(.addresses)
        else { return false }
        for index in 0..<sum.coveredCount { cover(sum.covered[index]) }
        var address = Address()
        if !sum.base.isNone {
            address.base = .register
            address.baseRegister = register(sum.base)
        }
        if !sum.index.isNone {
            address.indexRegister = register(sum.index)
            address.scaleLog2 = sum.scaleLog2
        }
        address.displacement = sum.displacement
        begin(.lea, size)
        define(register(value))
        self.address(address)
        finish()
        return true
    }

    /// Takes both sides apart as deep as said; whether they become an address that is more than a sum of two.
    private func decompose(
        _ left: Value, _ leftDepth: Int, _ right: Value, _ rightDepth: Int, _ sum: inout Sum, _ size: OperandSize
    ) -> Bool {
        sum = Sum()
        return addPart(left, &sum, size, depth: leftDepth) && addPart(right, &sum, size, depth: rightDepth)
            && sum.coveredCount > 0 && (!sum.base.isNone || sum.scaleLog2 > 0)
    }

    private func addPart(_ value: Value, _ sum: inout Sum, _ size: OperandSize, depth: Int) -> Bool {
        if let immediate = immediate(value) {
            let (total, overflows) = sum.displacement.addingReportingOverflow(immediate)
            if overflows, size == .qword { return false }
            sum.displacement = total
            return true
        }
        let node = graph.pointee.nodes[value.position]
        if depth > 0, node.kind == .pure, canCover(value) {
            switch node.opcode {
            case .i32Add, .i64Add:
                let before = sum
                if sum.cover(value), addPart(Value(node.a), &sum, size, depth: depth &- 1),
                    addPart(Value(node.b), &sum, size, depth: depth &- 1)
                {
                    return true
                }
                sum = before
            case .i32Shl, .i64Shl:
                if sum.index.isNone, let count = immediate(Value(node.b)), count >= 1, count <= 3, sum.cover(value) {
                    sum.index = Value(node.a)
                    sum.scaleLog2 = UInt8(count)
                    return true
                }
            default: break
            }
        }
        if sum.base.isNone {
            sum.base = value
            return true
        }
        guard sum.index.isNone else { return false }
        sum.index = value
        return true
    }

    // MARK: bits

    /// `andn` and the instructions on the lowest bit that is set.
    private mutating func selectBits(
        _ value: Value, _ left: Value, _ right: Value, _ operation: ArithmeticOperation, _ size: OperandSize
    ) -> Bool {
        guard features.bmi1, allowance.isEnabled(.idioms) else { return false }
        for turn in 0..<2 {
            let first = turn == 0 ? left : right
            let second = turn == 0 ? right : left
            let node = graph.pointee.nodes[second.position]
            guard node.kind == .pure, canCover(second) else { continue }
            var kind: LowestBit?
            switch node.opcode {
            case .i32Xor, .i64Xor:
                guard operation == .and, immediate(Value(node.b)) == -1, allowance.allows(.idioms) else { continue }
                cover(second)
                begin(.andNot, size)
                define(register(value))
                use(register(Value(node.a)))
                use(register(first), .registerOrMemory)
                finish()
                return true
            case .i32Add, .i64Add:
                if Value(node.a) == first, immediate(Value(node.b)) == -1 {
                    kind = operation == .and ? .reset : .mask
                }
            case .i32Sub, .i64Sub:
                if operation == .and, Value(node.b) == first, immediate(Value(node.a)) == 0 { kind = .isolate }
            default: break
            }
            guard let kind, allowance.allows(.idioms) else { continue }
            cover(second)
            begin(.lowestBit, size)
            define(register(value))
            current.payload = kind.rawValue
            use(register(first))
            finish()
            return true
        }
        return false
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
        let left = lowHalf(left, size)
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
            if immediate == 3 || immediate == 5 || immediate == 9, allowance.allows(.addresses) {
                var address = Address()
                address.base = .register
                address.baseRegister = register(left)
                address.indexRegister = address.baseRegister
                address.scaleLog2 = UInt8((immediate &- 1).trailingZeroBitCount)
                begin(.lea, size)
                define(register(value))
                self.address(address)
                finish()
                return
            }
            left = lowHalf(left, size)
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
        left = lowHalf(left, size)
        if load == nil { right = lowHalf(right, size) }
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
        let source = lowHalf(source, size)
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
