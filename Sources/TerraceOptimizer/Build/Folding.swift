// Constants and identities, while nodes are made: every rule leaves at most as many nodes as there were. This file holds
// arithmetic of integers and what all rules work with; comparisons and conversions stand in files of their own.

import TerraceABI
import WasmFormat

/// Integer operators of both widths by the operator on i32; the operators on i64 stand at fixed distances.
enum IntegerOpcodes {
    static var arithmeticDistance: UInt16 { Opcode.i64Add.rawValue - Opcode.i32Add.rawValue }
    static var comparisonDistance: UInt16 { Opcode.i64Eq.rawValue - Opcode.i32Eq.rawValue }

    /// The operator of the wanted width.
    @inline(__always) static func arithmetic(_ narrow: Opcode, is64: Bool) -> Opcode {
        is64 ? Opcode(rawValue: narrow.rawValue &+ arithmeticDistance).unsafelyUnwrapped : narrow
    }

    @inline(__always) static func comparison(_ narrow: Opcode, is64: Bool) -> Opcode {
        is64 ? Opcode(rawValue: narrow.rawValue &+ comparisonDistance).unsafelyUnwrapped : narrow
    }
}

extension Builder {
    // MARK: what is known of values

    @inline(__always) func isConstant(_ value: UInt32) -> Bool { graph.nodes.base[Int(value)].kind == .constant }
    /// The bits of a constant.
    @inline(__always) func bits(_ value: UInt32) -> UInt64 { graph.nodes.base[Int(value)].bits }
    /// How many low bits of an integer may be other than 0.
    @inline(__always) func upperBits(_ value: UInt32) -> UInt8 { graph.upperBits.base[Int(value)] }

    /// The node that computes a value, if it is a plain operator.
    @inline(__always) func pureNode(_ value: UInt32) -> Node { graph.nodes.base[Int(value)] }

    @inline(__always) func isPure(_ node: Node, _ opcode: Opcode) -> Bool {
        node.kind == .pure && node.opcode == opcode
    }

    // MARK: rules

    /// Applies rules to a node that is about to be made: returns the value that it is, or none, and the node is what is to be
    /// made instead.
    mutating func simplify(_ node: inout Node) -> Value {
        // A rule leads to a node with less to do, so few rounds follow each other.
        while true {
            var changed = node
            let value = simplifyOnce(&changed)
            if !value.isNone { return allowance.allows(.fold) ? value : .none }
            guard changed.opcode != node.opcode || changed.a != node.a || changed.b != node.b || changed.c != node.c
            else { return .none }
            guard allowance.allows(.fold) else { return .none }
            node = changed
        }
    }

    @inline(__always) private mutating func simplifyOnce(_ node: inout Node) -> Value {
        let code = node.opcode.rawValue
        switch code {
        case Opcode.i32Eqz.rawValue...Opcode.i32GeU.rawValue: return simplifyComparison(&node, node.opcode, is64: false)
        case Opcode.i64Eqz.rawValue...Opcode.i64GeU.rawValue:
            let narrow = Opcode(rawValue: code &- IntegerOpcodes.comparisonDistance).unsafelyUnwrapped
            return simplifyComparison(&node, narrow, is64: true)
        case Opcode.i32Clz.rawValue...Opcode.i32Rotr.rawValue: return simplifyInteger(&node, node.opcode, is64: false)
        case Opcode.i64Clz.rawValue...Opcode.i64Rotr.rawValue:
            let narrow = Opcode(rawValue: code &- IntegerOpcodes.arithmeticDistance).unsafelyUnwrapped
            return simplifyInteger(&node, narrow, is64: true)
        case Opcode.select.rawValue: return simplifySelect(&node)
        case Opcode.i32WrapI64.rawValue...Opcode.i64Extend32S.rawValue: return simplifyConversion(&node)
        case Opcode.f32Abs.rawValue, Opcode.f32Neg.rawValue, Opcode.f64Abs.rawValue, Opcode.f64Neg.rawValue:
            return simplifySign(&node)
        case Opcode.refIsNull.rawValue: return isConstant(node.a) ? constant(.i32, bits(node.a) == 0 ? 1 : 0) : .none
        case Opcode.refEq.rawValue: return node.a == node.b ? constant(.i32, 1) : .none
        default: return .none
        }
    }

    /// An integer constant of a width.
    @inline(__always) func integer(_ bits: UInt64, is64: Bool) -> UInt64 {
        is64 ? bits : UInt64(UInt32(truncatingIfNeeded: bits))
    }

    @inline(__always) mutating func integerConstant(_ bits: UInt64, is64: Bool) -> Value {
        constant(is64 ? .i64 : .i32, integer(bits, is64: is64))
    }

    private mutating func simplifyInteger(_ node: inout Node, _ narrow: Opcode, is64: Bool) -> Value {
        let width: UInt8 = is64 ? 64 : 32
        switch narrow {
        case .i32Clz, .i32Ctz, .i32Popcnt:
            guard isConstant(node.a) else { return .none }
            let operand = bits(node.a)
            let result: Int
            switch narrow {
            case .i32Clz: result = operand.leadingZeroBitCount &- (is64 ? 0 : 32)
            case .i32Ctz: result = min(operand.trailingZeroBitCount, Int(width))
            default: result = operand.nonzeroBitCount
            }
            return integerConstant(UInt64(result), is64: is64)
        case .i32Add, .i32Mul, .i32And, .i32Or, .i32Xor:
            let isSwapped = isConstant(node.a) ? !isConstant(node.b) : !isConstant(node.b) && node.a > node.b
            if isSwapped { (node.a, node.b) = (node.b, node.a) }
        case .i32DivS, .i32DivU, .i32RemS, .i32RemU: return simplifyDivision(&node, narrow, is64: is64)
        default: break
        }
        guard isConstant(node.b) else {
            if isConstant(node.a) { return simplifyLeftConstant(node, narrow, is64: is64) }
            guard node.a == node.b else {
                simplifyNegated(&node, narrow, is64: is64)
                return .none
            }
            switch narrow {
            case .i32Sub, .i32Xor: return integerConstant(0, is64: is64)
            case .i32And, .i32Or: return Value(node.a)
            default: return .none
            }
        }
        let right = bits(node.b)
        if isConstant(node.a) {
            guard let result = Self.evaluate(narrow, bits(node.a), right, is64: is64) else { return .none }
            return integerConstant(result, is64: is64)
        }
        let left = pureNode(node.a)
        let ones = integer(UInt64.max, is64: is64)
        switch narrow {
        case .i32Add: return right == 0 ? Value(node.a) : .none
        case .i32Sub:
            if right == 0 { return Value(node.a) }
            node.opcode = IntegerOpcodes.arithmetic(.i32Add, is64: is64)
            node.b = integerConstant(0 &- right, is64: is64).index
        case .i32Mul:
            if right == 0 { return Value(node.b) }
            if right == 1 { return Value(node.a) }
            if right & (right &- 1) == 0 {
                node.opcode = IntegerOpcodes.arithmetic(.i32Shl, is64: is64)
                node.b = integerConstant(UInt64(right.trailingZeroBitCount), is64: is64).index
            }
        case .i32And:
            if right == 0 { return Value(node.b) }
            // All bits that may be set stay.
            let possible = upperBits(node.a)
            let mask = possible >= 64 ? UInt64.max : (1 &<< UInt64(possible)) &- 1
            if right & mask == mask { return Value(node.a) }
            if isPure(left, node.opcode), isConstant(left.b) {
                node.a = left.a
                node.b = integerConstant(right & bits(left.b), is64: is64).index
            }
        case .i32Or:
            if right == 0 { return Value(node.a) }
            if right == ones { return Value(node.b) }
        case .i32Xor:
            if right == 0 { return Value(node.a) }
            if isPure(left, node.opcode), isConstant(left.b) {
                node.a = left.a
                node.b = integerConstant(right ^ bits(left.b), is64: is64).index
            }
        case .i32Shl, .i32ShrS, .i32ShrU, .i32Rotl, .i32Rotr:
            return simplifyShift(&node, narrow, left, UInt8(truncatingIfNeeded: right), is64: is64)
        default: break
        }
        return .none
    }

    /// Sums and differences of which one side is a negated number.
    private func simplifyNegated(_ node: inout Node, _ narrow: Opcode, is64: Bool) {
        guard narrow == .i32Add || narrow == .i32Sub else { return }
        let difference = IntegerOpcodes.arithmetic(.i32Sub, is64: is64)
        let right = pureNode(node.b)
        if isPure(right, difference), isConstant(right.a), bits(right.a) == 0 {
            node.opcode = IntegerOpcodes.arithmetic(narrow == .i32Add ? .i32Sub : .i32Add, is64: is64)
            node.b = right.b
            return
        }
        let left = pureNode(node.a)
        if narrow == .i32Add, isPure(left, difference), isConstant(left.a), bits(left.a) == 0 {
            node.opcode = difference
            node.a = node.b
            node.b = left.b
        }
    }

    private mutating func simplifyShift(
        _ node: inout Node, _ narrow: Opcode, _ left: Node, _ count: UInt8, is64: Bool
    ) -> Value {
        let width: UInt8 = is64 ? 64 : 32
        let amount = count & (width &- 1)
        if amount == 0 { return Value(node.a) }
        if amount != count || bits(node.b) > 255 { node.b = integerConstant(UInt64(amount), is64: is64).index }
        guard left.kind == .pure else {
            if narrow == .i32ShrU || narrow == .i32ShrS, upperBits(node.a) <= amount {
                return integerConstant(0, is64: is64)
            }
            return .none
        }
        let inner = isConstant(left.b) ? UInt8(truncatingIfNeeded: bits(left.b)) & (width &- 1) : 0
        let shiftLeft = IntegerOpcodes.arithmetic(.i32Shl, is64: is64)
        switch narrow {
        case .i32Shl:
            guard left.opcode == shiftLeft, inner > 0 else { break }
            if inner &+ amount >= width { return integerConstant(0, is64: is64) }
            node.a = left.a
            node.b = integerConstant(UInt64(inner &+ amount), is64: is64).index
        case .i32ShrU:
            if upperBits(node.a) <= amount { return integerConstant(0, is64: is64) }
            if left.opcode == node.opcode, inner > 0 {
                if inner &+ amount >= width { return integerConstant(0, is64: is64) }
                node.a = left.a
                node.b = integerConstant(UInt64(inner &+ amount), is64: is64).index
            } else if left.opcode == shiftLeft, inner == amount, !is64 || amount > 32 {
                // What is left of it are its low bits.
                node.opcode = IntegerOpcodes.arithmetic(.i32And, is64: is64)
                node.a = left.a
                node.b = integerConstant((1 &<< UInt64(width &- amount)) &- 1, is64: is64).index
            }
        case .i32ShrS:
            if upperBits(node.a) < width {
                node.opcode = IntegerOpcodes.arithmetic(.i32ShrU, is64: is64)
            } else if left.opcode == node.opcode, inner > 0 {
                node.a = left.a
                node.b = integerConstant(UInt64(min(inner &+ amount, width &- 1)), is64: is64).index
            } else if left.opcode == shiftLeft, inner == amount {
                switch width &- amount {
                case 8: node.opcode = is64 ? .i64Extend8S : .i32Extend8S
                case 16: node.opcode = is64 ? .i64Extend16S : .i32Extend16S
                case 32: node.opcode = .i64Extend32S
                default: return .none
                }
                node.a = left.a
                node.b = 0
            }
        default: break
        }
        return .none
    }

    /// The left operand is a constant, the right one is not.
    private mutating func simplifyLeftConstant(_ node: Node, _ narrow: Opcode, is64: Bool) -> Value {
        let left = bits(node.a)
        switch narrow {
        case .i32Shl, .i32ShrU: return left == 0 ? Value(node.a) : .none
        case .i32ShrS, .i32Rotl, .i32Rotr:
            return left == 0 || left == integer(UInt64.max, is64: is64) ? Value(node.a) : .none
        default: return .none
        }
    }

    /// Divisions and remainders. Those that trap stay.
    private mutating func simplifyDivision(_ node: inout Node, _ narrow: Opcode, is64: Bool) -> Value {
        guard isConstant(node.b) else { return .none }
        let right = bits(node.b)
        guard right != 0 else { return .none }
        let ones = integer(UInt64.max, is64: is64)
        if isConstant(node.a) {
            let lowest: UInt64 = is64 ? 1 &<< 63 : 1 &<< 31
            if narrow == .i32DivS, right == ones, bits(node.a) == lowest { return .none }
            guard let result = Self.evaluate(narrow, bits(node.a), right, is64: is64) else { return .none }
            return integerConstant(result, is64: is64)
        }
        if right == 1 {
            return narrow == .i32DivS || narrow == .i32DivU ? Value(node.a) : integerConstant(0, is64: is64)
        }
        if narrow == .i32RemS, right == ones { return integerConstant(0, is64: is64) }
        let width: UInt8 = is64 ? 64 : 32
        if narrow == .i32DivS || narrow == .i32RemS, upperBits(node.a) < width, right >> UInt64(width &- 1) == 0 {
            // No sign on either side.
            node.opcode = IntegerOpcodes.arithmetic(narrow == .i32DivS ? .i32DivU : .i32RemU, is64: is64)
            return .none
        }
        guard right & (right &- 1) == 0 else { return .none }
        if narrow == .i32DivU {
            node.kind = .pure
            node.opcode = IntegerOpcodes.arithmetic(.i32ShrU, is64: is64)
            node.b = integerConstant(UInt64(right.trailingZeroBitCount), is64: is64).index
        } else if narrow == .i32RemU {
            node.kind = .pure
            node.opcode = IntegerOpcodes.arithmetic(.i32And, is64: is64)
            node.b = integerConstant(right &- 1, is64: is64).index
        }
        return .none
    }

    /// What an operator makes of two constants, if it is one of integer arithmetic; divisions do not trap.
    static func evaluate(_ narrow: Opcode, _ left: UInt64, _ right: UInt64, is64: Bool) -> UInt64? {
        is64
            ? evaluate(narrow, left, right)
            : evaluate(narrow, UInt32(truncatingIfNeeded: left), UInt32(truncatingIfNeeded: right)).map { UInt64($0) }
    }

    private static func evaluate<T: FixedWidthInteger & UnsignedInteger>(_ narrow: Opcode, _ left: T, _ right: T) -> T?
    {
        func signed(_ operation: (Int64, Int64) -> Int64) -> T {
            let shift = Int64(64 - T.bitWidth)
            let a = (Int64(bitPattern: UInt64(left)) << shift) >> shift
            let b = (Int64(bitPattern: UInt64(right)) << shift) >> shift
            return T(truncatingIfNeeded: operation(a, b))
        }
        let count = Int(truncatingIfNeeded: right) & (T.bitWidth - 1)
        switch narrow {
        case .i32Add: return left &+ right
        case .i32Sub: return left &- right
        case .i32Mul: return left &* right
        case .i32And: return left & right
        case .i32Or: return left | right
        case .i32Xor: return left ^ right
        case .i32Shl: return left << count
        case .i32ShrU: return left >> count
        case .i32ShrS: return signed { a, _ in a >> Int64(count) }
        case .i32Rotl: return count == 0 ? left : left << count | left >> (T.bitWidth - count)
        case .i32Rotr: return count == 0 ? left : left >> count | left << (T.bitWidth - count)
        case .i32DivU: return left / right
        case .i32RemU: return left % right
        case .i32DivS: return signed { $0 / $1 }
        case .i32RemS: return signed { $1 == -1 ? 0 : $0 % $1 }
        default: return nil
        }
    }
}
