// Rules for comparisons of integers, and for choices that hang on them.

import TerraceABI
import WasmFormat

extension Opcode {
    /// The comparison of i32 with exchanged operands.
    var swappedComparison: Opcode {
        switch self {
        case .i32LtS: .i32GtS
        case .i32LtU: .i32GtU
        case .i32GtS: .i32LtS
        case .i32GtU: .i32LtU
        case .i32LeS: .i32GeS
        case .i32LeU: .i32GeU
        case .i32GeS: .i32LeS
        case .i32GeU: .i32LeU
        default: self
        }
    }

    /// The comparison that is true where this one is false, if there is one: of floating-point numbers only equality has it.
    var invertedComparison: Opcode? {
        switch self {
        case .i32Eq: .i32Ne
        case .i32Ne: .i32Eq
        case .i32LtS: .i32GeS
        case .i32LtU: .i32GeU
        case .i32GtS: .i32LeS
        case .i32GtU: .i32LeU
        case .i32LeS: .i32GtS
        case .i32LeU: .i32GtU
        case .i32GeS: .i32LtS
        case .i32GeU: .i32LtU
        case .i64Eq: .i64Ne
        case .i64Ne: .i64Eq
        case .i64LtS: .i64GeS
        case .i64LtU: .i64GeU
        case .i64GtS: .i64LeS
        case .i64GtU: .i64LeU
        case .i64LeS: .i64GtS
        case .i64LeU: .i64GtU
        case .i64GeS: .i64LtS
        case .i64GeU: .i64LtU
        case .f32Eq: .f32Ne
        case .f32Ne: .f32Eq
        case .f64Eq: .f64Ne
        case .f64Ne: .f64Eq
        default: nil
        }
    }
}

extension Builder {
    /// `narrow` is the operator's form on i32.
    mutating func simplifyComparison(_ node: inout Node, _ narrow: Opcode, is64: Bool) -> Value {
        if narrow == .i32Eqz { return simplifyEqualZero(&node, is64: is64) }
        if isConstant(node.a) ? !isConstant(node.b) : !isConstant(node.b) && node.a > node.b {
            (node.a, node.b) = (node.b, node.a)
            node.opcode = IntegerOpcodes.comparison(narrow.swappedComparison, is64: is64)
            return .none
        }
        if node.a == node.b {
            switch narrow {
            case .i32Eq, .i32LeS, .i32LeU, .i32GeS, .i32GeU: return constant(.i32, 1)
            default: return constant(.i32, 0)
            }
        }
        guard isConstant(node.b) else { return .none }
        let right = bits(node.b)
        if isConstant(node.a) {
            guard let isTrue = Self.compare(narrow, bits(node.a), right, is64: is64) else { return .none }
            return constant(.i32, isTrue ? 1 : 0)
        }
        return simplifyComparison(&node, narrow, with: right, is64: is64)
    }

    /// A comparison with a constant.
    private mutating func simplifyComparison(
        _ node: inout Node, _ narrow: Opcode, with right: UInt64, is64: Bool
    ) -> Value {
        let width: UInt8 = is64 ? 64 : 32
        let possible = upperBits(node.a)
        /// Whether the left side is smaller by what is known of its bits, as an unsigned number and a signed one.
        let isBelow = possible < 64 && right >> UInt64(possible) != 0
        let isPositive = right >> UInt64(width &- 1) == 0
        switch narrow {
        case .i32Eq, .i32Ne:
            if isBelow { return constant(.i32, narrow == .i32Ne ? 1 : 0) }
            if possible <= 1, !is64, narrow == .i32Ne ? right == 0 : right == 1 { return Value(node.a) }
            if narrow == .i32Eq, right == 0 || (possible <= 1 && right != 0) {
                // Something that is 0 or 1 is not both.
                guard right == 0 else { return .none }
                node.opcode = is64 ? .i64Eqz : .i32Eqz
                node.b = 0
                return .none
            }
            let left = pureNode(node.a)
            let add = IntegerOpcodes.arithmetic(.i32Add, is64: is64)
            if isPure(left, add), isConstant(left.b) {
                node.a = left.a
                node.b = integerConstant(right &- bits(left.b), is64: is64).index
            }
        case .i32LtU:
            if right == 0 { return constant(.i32, 0) }
            if isBelow { return constant(.i32, 1) }
            if right == 1 {
                node.opcode = is64 ? .i64Eqz : .i32Eqz
                node.b = 0
            }
        case .i32GeU:
            if right == 0 { return constant(.i32, 1) }
            if isBelow { return constant(.i32, 0) }
            if right == 1 {
                node.opcode = IntegerOpcodes.comparison(.i32Ne, is64: is64)
                node.b = integerConstant(0, is64: is64).index
            }
        case .i32GtU:
            if isBelow { return constant(.i32, 0) }
            if right == 0 { node.opcode = IntegerOpcodes.comparison(.i32Ne, is64: is64) }
        case .i32LeU:
            if isBelow { return constant(.i32, 1) }
            if right == 0 {
                node.opcode = is64 ? .i64Eqz : .i32Eqz
                node.b = 0
            }
        case .i32LtS, .i32LeS, .i32GtS, .i32GeS:
            // Of two numbers without sign the comparison is the unsigned one; any is greater than a negative number.
            guard possible < width else { return .none }
            let isLess = narrow == .i32LtS || narrow == .i32LeS
            guard isPositive else { return constant(.i32, isLess ? 0 : 1) }
            if isBelow { return constant(.i32, isLess ? 1 : 0) }
            if right == 0 {
                if narrow == .i32LtS { return constant(.i32, 0) }
                if narrow == .i32GeS { return constant(.i32, 1) }
            }
        default: break
        }
        return .none
    }

    private mutating func simplifyEqualZero(_ node: inout Node, is64: Bool) -> Value {
        if isConstant(node.a) { return constant(.i32, bits(node.a) == 0 ? 1 : 0) }
        let operand = pureNode(node.a)
        guard operand.kind == .pure else { return .none }
        switch operand.opcode {
        case .i32Eqz, .i64Eqz:
            guard !is64 else { return .none }
            // Not 0, where 0 or 1 is asked for.
            let isWide = operand.opcode == .i64Eqz
            if !isWide, upperBits(operand.a) <= 1 { return Value(operand.a) }
            node.opcode = isWide ? .i64Ne : .i32Ne
            node.a = operand.a
            node.b = integerConstant(0, is64: isWide).index
        case .i32Xor where !is64, .i64Xor where is64, .i32Sub where !is64, .i64Sub where is64:
            node.opcode = is64 ? .i64Eq : .i32Eq
            node.a = operand.a
            node.b = operand.b
        case .i64ExtendI32U, .i64ExtendI32S:
            guard is64 else { return .none }
            node.opcode = .i32Eqz
            node.a = operand.a
        default:
            guard !is64, let inverted = operand.opcode.invertedComparison else { return .none }
            node.opcode = inverted
            node.a = operand.a
            node.b = operand.b
        }
        return .none
    }

    /// `select`
    mutating func simplifySelect(_ node: inout Node) -> Value {
        if node.a == node.b { return Value(node.a) }
        if isConstant(node.c) { return Value(bits(node.c) != 0 ? node.a : node.b) }
        let condition = pureNode(node.c)
        if isPure(condition, .i32Eqz) {
            (node.a, node.b) = (node.b, node.a)
            node.c = condition.a
            return .none
        }
        if isPure(condition, .i32Ne), isConstant(condition.b), bits(condition.b) == 0 {
            node.c = condition.a
            return .none
        }
        guard node.type == .i32, isConstant(node.a), isConstant(node.b) else { return .none }
        switch (bits(node.a), bits(node.b)) {
        case (1, 0):
            if upperBits(node.c) <= 1 { return Value(node.c) }
            node = Node(.pure, .i32, .i32Ne, node.c, constant(.i32, 0).index)
        case (0, 1): node = Node(.pure, .i32, .i32Eqz, node.c)
        default: break
        }
        return .none
    }

    /// A condition without what does not change whether it is 0.
    mutating func condition(_ value: Value) -> Value {
        let node = graph.nodes.base[value.position]
        if isPure(node, .i32Ne), isConstant(node.b), bits(node.b) == 0 { return Value(node.a) }
        return value
    }

    /// Whether a comparison of integers holds for two constants; nil if the operator is none.
    static func compare(_ narrow: Opcode, _ left: UInt64, _ right: UInt64, is64: Bool) -> Bool? {
        let shift: Int64 = is64 ? 0 : 32
        let a = (Int64(bitPattern: left) << shift) >> shift
        let b = (Int64(bitPattern: right) << shift) >> shift
        switch narrow {
        case .i32Eq: return left == right
        case .i32Ne: return left != right
        case .i32LtS: return a < b
        case .i32LtU: return left < right
        case .i32GtS: return a > b
        case .i32GtU: return left > right
        case .i32LeS: return a <= b
        case .i32LeU: return left <= right
        case .i32GeS: return a >= b
        case .i32GeU: return left >= right
        default: return nil
        }
    }
}
