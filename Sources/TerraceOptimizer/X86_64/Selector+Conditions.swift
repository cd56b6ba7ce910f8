// Conditions: how an i32 that decides something is turned into flags, and what consumes them. A comparison in the block of its
// consumer is made again there, which costs less than a boolean.

import TerraceABI
import TerraceAssembler
import WasmFormat

/// How to set flags so that `condition` holds if a value is not 0.
struct FlagSource: BitwiseCopyable {
    var producer = FlagProducer.compareImmediate
    var condition = FlagCondition(.ne)
    var size = OperandSize.dword
    /// Operands of the producer, in its order; none where it has none, or an address stands for the last one.
    var left = Value.none
    var right = Value.none
    var immediate: Int32 = 0
    var detail: UInt8 = 0
    var hasAddress = false
    var address = Address()
}

extension Selector {
    /// The flags for a condition that the present node consumes; `inverted`: for its being 0.
    mutating func flags(_ value: Value, inverted: Bool = false) -> FlagSource {
        var value = value
        var inverted = inverted
        var mayCover = true
        while true {
            let node = graph.pointee.nodes[value.position]
            guard node.kind == .pure || node.kind == .functionTest, blockOfNode[value.position] == block else { break }
            // What others use besides stays; its operands are read by both, so nothing may be covered below it.
            mayCover = mayCover && canCover(value)
            if node.opcode == .i32Eqz {
                let operand = Value(node.a)
                if mayCover { cover(value) }
                value = operand
                inverted.toggle()
                continue
            }
            if var source = comparison(node, mayCover: mayCover) {
                if mayCover { cover(value) }
                if inverted { source.condition = source.condition.inverted }
                return source
            }
            break
        }
        return compare(immediate: 0, value, inverted ? .e : .ne, .dword, mayCover: mayCover)
    }

    /// The flags of a comparison that is made here. `mayCover`: its operands belong to it alone.
    mutating func comparison(_ node: Node, mayCover: Bool) -> FlagSource? {
        if let condition = IntegerComparisons.condition(node.opcode) {
            let isWide = node.opcode.rawValue >= Opcode.i64Eqz.rawValue
            return compare(node.a, node.b, condition, isWide ? .qword : .dword, mayCover: mayCover)
        }
        if node.kind == .functionTest {
            var source = FlagSource()
            source.producer = .instanceAddress
            source.left = Value(node.a)
            source.size = .qword
            source.immediate = tables.functionRecords[Int(node.b)]
            source.condition = FlagCondition(.e)
            return source
        }
        switch node.opcode {
        case .i64Eqz: return compareWithZero(node.a, .qword, mayCover: mayCover)
        case .i32Eqz: return compareWithZero(node.a, .dword, mayCover: mayCover)
        case .refIsNull:
            var source = FlagSource()
            source.left = Value(node.a)
            source.size = .qword
            source.condition = FlagCondition(.e)
            return source
        case .refEq: return compare(node.a, node.b, .e, .qword, mayCover: mayCover)
        case .i32And where mayCover:
            var source = test(node, .dword, mayCover: mayCover)
            source.condition = source.condition.inverted
            return source
        default: return isVector(node) ? vectorFlags(node, mayCover: mayCover) : nil
        }
    }

    private mutating func compareWithZero(_ operand: UInt32, _ size: OperandSize, mayCover: Bool) -> FlagSource {
        let node = graph.pointee.nodes[Int(operand)]
        if mayCover, node.kind == .pure, node.opcode == (size == .qword ? .i64And : .i32And), canCover(Value(operand)) {
            cover(Value(operand))
            return test(node, size, mayCover: true)
        }
        return compare(immediate: 0, Value(operand), .e, size, mayCover: mayCover)
    }

    /// Flags for `left & right == 0`.
    private mutating func test(_ node: Node, _ size: OperandSize, mayCover: Bool) -> FlagSource {
        var source = FlagSource()
        source.size = size
        source.condition = FlagCondition(.e)
        source.left = Value(node.a)
        if mayCover, let bit = constantBit(node, size) { return bit }
        if let immediate = immediate(Value(node.b)) {
            source.producer = .testImmediate
            source.immediate = immediate
            if mayCover, let load = coverableLoad(source.left, size) {
                source.address = load
                source.hasAddress = true
                source.left = .none
            }
            return source
        }
        if mayCover, let bit = bit(node, size) { return bit }
        source.producer = .test
        source.right = Value(node.b)
        if mayCover, let load = coverableLoad(source.right, size) {
            source.address = load
            source.hasAddress = true
            source.right = .none
        } else if mayCover, let load = coverableLoad(source.left, size) {
            source.left = source.right
            source.right = .none
            source.address = load
            source.hasAddress = true
        }
        return source
    }

    /// Flags for one bit's being 0, `x & 1 << n`: the carry flag clear.
    private mutating func bit(_ node: Node, _ size: OperandSize) -> FlagSource? {
        for turn in 0..<2 {
            let shift = Value(turn == 0 ? node.a : node.b)
            let shifted = graph.pointee.nodes[shift.position]
            guard shifted.kind == .pure, shifted.opcode == (size == .qword ? .i64Shl : .i32Shl),
                immediate(Value(shifted.a)) == 1, !isConstant(Value(shifted.b)), canCover(shift),
                allowance.allows(.idioms)
            else { continue }
            cover(shift)
            var source = FlagSource()
            source.producer = .bit
            source.size = size
            source.condition = FlagCondition(.ae)
            source.left = Value(turn == 0 ? node.b : node.a)
            source.right = Value(shifted.b)
            return source
        }
        return nil
    }

    /// The same for `x >> n & 1`, and for a constant bit that no immediate of `test` reaches.
    private mutating func constantBit(_ node: Node, _ size: OperandSize) -> FlagSource? {
        let mask = graph.pointee.nodes[Int(node.b)]
        guard mask.kind == .constant else { return nil }
        var source = FlagSource()
        source.size = size
        source.condition = FlagCondition(.ae)
        if mask.bits == 1 {
            let shifted = graph.pointee.nodes[Int(node.a)]
            guard shifted.kind == .pure, canCover(Value(node.a)) else { return nil }
            switch shifted.opcode {
            case .i32ShrU, .i64ShrU, .i32ShrS, .i64ShrS: break
            default: return nil
            }
            if isConstant(Value(shifted.b)) {
                let count = graph.pointee.nodes[Int(shifted.b)].a & (size == .qword ? 63 : 31)
                guard size == .qword, count >= 31, allowance.allows(.idioms) else { return nil }
                cover(Value(node.a))
                source.producer = .bitImmediate
                source.left = Value(shifted.a)
                source.immediate = Int32(count)
                return source
            }
            guard allowance.allows(.idioms) else { return nil }
            cover(Value(node.a))
            source.producer = .bit
            source.left = Value(shifted.a)
            source.right = Value(shifted.b)
            return source
        }
        guard size == .qword, immediate(Value(node.b)) == nil, mask.bits.nonzeroBitCount == 1,
            allowance.allows(.idioms)
        else { return nil }
        source.producer = .bitImmediate
        source.left = Value(node.a)
        source.immediate = Int32(mask.bits.trailingZeroBitCount)
        return source
    }

    private mutating func compare(
        _ left: UInt32, _ right: UInt32, _ condition: Condition, _ size: OperandSize, mayCover: Bool
    ) -> FlagSource {
        var left = Value(left)
        var right = Value(right)
        var condition = condition
        if isConstant(left), !isConstant(right) {
            swap(&left, &right)
            condition = condition.swapped
        }
        if let immediate = immediate(right) {
            return compare(immediate: immediate, left, condition, size, mayCover: mayCover)
        }
        var source = FlagSource()
        source.producer = .compare
        source.size = size
        if mayCover, let narrow = compareNarrow(left, right, condition) ?? compareNarrow(right, left, condition.swapped)
        {
            return narrow
        }
        if mayCover, let load = coverableLoad(right, size) {
            source.address = load
            source.hasAddress = true
            source.left = left
        } else if mayCover, let load = coverableLoad(left, size) {
            source.address = load
            source.hasAddress = true
            source.left = right
            condition = condition.swapped
        } else {
            // Above and below-or-equal need two flags, which costs some processors an operation.
            if condition == .a || condition == .be {
                swap(&left, &right)
                condition = condition.swapped
            }
            source.left = mayCover ? lowHalf(left, size) : left
            source.right = mayCover ? lowHalf(right, size) : right
        }
        source.condition = FlagCondition(condition)
        return source
    }

    private mutating func compare(
        immediate: Int32, _ left: Value, _ condition: Condition, _ size: OperandSize, mayCover: Bool
    ) -> FlagSource {
        var source = FlagSource()
        var left = left
        var (immediate, condition) = Self.cheaper(immediate, condition)
        if mayCover, condition == .e || condition == .ne { moveAddend(from: &left, to: &immediate, size) }
        source.producer = .compareImmediate
        source.condition = FlagCondition(condition)
        source.size = size
        source.immediate = immediate
        source.left = left
        guard mayCover else { return source }
        if let load = coverableLoad(left, size) {
            source.left = .none
            source.hasAddress = true
            source.address = load
        } else if let narrow = coverableNarrowLoad(left, immediate, condition) {
            source.left = .none
            source.hasAddress = true
            source.address = narrow.address
            source.size = narrow.size
            source.condition = FlagCondition(narrow.condition)
        } else {
            source.left = lowHalf(left, size)
        }
        return source
    }

    /// Of `x + c == k` makes `x == k - c`.
    private mutating func moveAddend(from left: inout Value, to immediate: inout Int32, _ size: OperandSize) {
        let node = graph.pointee.nodes[left.position]
        guard node.kind == .pure, node.opcode == (size == .qword ? .i64Add : .i32Add), canCover(left),
            let addend = self.immediate(Value(node.b))
        else { return }
        let (difference, overflows) = immediate.subtractingReportingOverflow(addend)
        guard size == .dword || !overflows, allowance.allows(.compares) else { return }
        cover(left)
        left = Value(node.a)
        immediate = difference
    }

    /// The same comparison with zero if there is one, or one that needs fewer flags.
    private static func cheaper(_ immediate: Int32, _ condition: Condition) -> (Int32, Condition) {
        switch (condition, immediate) {
        case (.g, -1): (0, .ge)
        case (.le, -1): (0, .l)
        case (.ge, 1): (0, .g)
        case (.l, 1): (0, .le)
        case (.ae, 1), (.a, 0): (0, .ne)
        case (.b, 1), (.be, 0): (0, .e)
        // Nonnegative, so that it is the same number in every size.
        case (.a, 0..<Int32.max): (immediate &+ 1, .ae)
        case (.be, 0..<Int32.max): (immediate &+ 1, .b)
        default: (immediate, condition)
        }
    }

    /// A load of a byte or two whose comparison with a constant comes out the same in its own width. Covers it.
    private mutating func coverableNarrowLoad(
        _ value: Value, _ immediate: Int32, _ condition: Condition
    ) -> (address: Address, size: OperandSize, condition: Condition)? {
        let node = graph.pointee.nodes[value.position]
        guard node.kind == .load || node.kind == .loadAbsolute else { return nil }
        let width: OperandSize
        let isSigned: Bool
        switch node.opcode {
        case .i32Load8U, .i64Load8U: (width, isSigned) = (.byte, false)
        case .i32Load16U, .i64Load16U: (width, isSigned) = (.word, false)
        case .i32Load8S, .i64Load8S: (width, isSigned) = (.byte, true)
        case .i32Load16S, .i64Load16S: (width, isSigned) = (.word, true)
        default: return nil
        }
        var condition = condition
        let bits: Int32 = width == .byte ? 8 : 16
        if isSigned {
            guard immediate >= -(1 << (bits &- 1)), immediate < 1 << (bits &- 1) else { return nil }
            switch condition {
            case .b, .ae, .be, .a: return nil
            default: break
            }
        } else {
            guard immediate >= 0, immediate < 1 << bits else { return nil }
            // Neither side is negative: signed and unsigned order are the same.
            condition = Self.unsigned(condition)
        }
        guard canCoverLoad(value) else { return nil }
        return (takeLoad(value), width, condition)
    }

    /// A comparison with a load of an unsigned byte or two, in its own width, of what is no wider. Covers the load.
    private mutating func compareNarrow(_ left: Value, _ right: Value, _ condition: Condition) -> FlagSource? {
        let node = graph.pointee.nodes[right.position]
        guard node.kind == .load || node.kind == .loadAbsolute, canCoverLoad(right) else { return nil }
        var source = FlagSource()
        source.producer = .compare
        switch node.opcode {
        case .i32Load8U, .i64Load8U: source.size = .byte
        case .i32Load16U, .i64Load16U: source.size = .word
        default: return nil
        }
        guard upperBits(left) <= 8 &<< Int(source.size.rawValue), !isConstant(left), allowance.allows(.foldedLoads)
        else {
            return nil
        }
        source.address = takeLoad(right)
        source.hasAddress = true
        source.left = left
        source.condition = FlagCondition(Self.unsigned(condition))
        return source
    }

    /// The order of numbers that have no sign.
    private static func unsigned(_ condition: Condition) -> Condition {
        switch condition {
        case .l: .b
        case .ge: .ae
        case .le: .be
        case .g: .a
        default: condition
        }
    }

    /// Adds the operands of flags to the instruction that consumes them, as its last uses. `own`: the consumer's payload.
    mutating func addFlags(_ source: FlagSource, own: UInt8 = 0) {
        current.condition = source.condition.rawValue
        current.size = source.size
        current.immediate = source.immediate
        current.payload = FlagPayload(source.producer, detail: source.detail, own: own).rawValue
        switch source.producer {
        case .compareImmediate, .testImmediate, .bitImmediate:
            if !source.left.isNone { use(register(source.left), .registerOrMemory) }
        case .compare, .test, .orderedCompare:
            if !source.left.isNone { use(register(source.left)) }
            if !source.right.isNone { use(register(source.right), .registerOrMemory) }
        case .bit, .instanceAddress, .vector:
            if !source.left.isNone { use(register(source.left)) }
            if !source.right.isNone { use(register(source.right)) }
        }
        if source.hasAddress { address(source.address) }
    }

    // MARK: consumers

    /// A comparison whose boolean is wanted.
    mutating func selectSet(_ value: Value, _ node: Node) {
        guard let source = comparison(node, mayCover: true) else { return fail("not a comparison") }
        begin(.setIf)
        define(register(value))
        addFlags(source)
        finish()
    }

    /// `select` of integers and references.
    mutating func selectSelect(_ value: Value, _ node: Node) {
        let source = flags(Value(node.c))
        begin(.selectIf)
        define(register(value), hint: 2)
        use(register(Value(node.a)), source.hasAddress ? .register : .registerOrMemory)
        use(register(Value(node.b)))
        addFlags(source, own: (node.type == .i32 ? OperandSize.dword : .qword).rawValue)
        finish()
    }

    /// Traps if the operand is 0.
    mutating func selectTrapUnless(_ node: Node) {
        // Loads stay apart: one instruction reports one place.
        coversLoads = false
        let source = flags(Value(node.a), inverted: true)
        coversLoads = true
        begin(.trapIf)
        addFlags(source, own: UInt8(truncatingIfNeeded: node.b))
        finish()
    }
}

/// Integer comparisons with two operands.
enum IntegerComparisons {
    @inline(__always) static func condition(_ opcode: Opcode) -> Condition? {
        switch opcode {
        case .i32Eq, .i64Eq: .e
        case .i32Ne, .i64Ne: .ne
        case .i32LtS, .i64LtS: .l
        case .i32LtU, .i64LtU: .b
        case .i32GtS, .i64GtS: .g
        case .i32GtU, .i64GtU: .a
        case .i32LeS, .i64LeS: .le
        case .i32LeU, .i64LeU: .be
        case .i32GeS, .i64GeS: .ge
        case .i32GeU, .i64GeU: .ae
        default: nil
        }
    }
}
