// Rules for conversions, and for floating-point numbers, of which only bits are computed: arithmetic would depend on the modes
// of the thread that compiles.

import TerraceABI
import WasmFormat

extension Builder {
    mutating func simplifyConversion(_ node: inout Node) -> Value {
        let operand = pureNode(node.a)
        if operand.kind == .constant { return convert(node.opcode, operand.bits) }
        let inner = operand.kind == .pure ? operand.opcode : .nop
        switch node.opcode {
        case .i32WrapI64:
            if inner == .i64ExtendI32U || inner == .i64ExtendI32S { return Value(operand.a) }
        case .i64ExtendI32U:
            if inner == .i32WrapI64, upperBits(operand.a) <= 32 { return Value(operand.a) }
        case .i64ExtendI32S:
            if upperBits(node.a) < 32 { node.opcode = .i64ExtendI32U }
        case .i32Extend8S, .i64Extend8S:
            if upperBits(node.a) < 8 || inner == node.opcode { return Value(node.a) }
            let wider: Opcode = node.opcode == .i32Extend8S ? .i32Extend16S : .i64Extend16S
            if inner == wider || inner == .i64Extend32S || keepsLowBits(operand, 8) { node.a = operand.a }
        case .i32Extend16S, .i64Extend16S:
            if upperBits(node.a) < 16 || inner == node.opcode { return Value(node.a) }
            if inner == (node.opcode == .i32Extend16S ? .i32Extend8S : .i64Extend8S) { return Value(node.a) }
            if inner == .i64Extend32S || keepsLowBits(operand, 16) { node.a = operand.a }
        case .i64Extend32S:
            if upperBits(node.a) < 32 || inner == .i64Extend32S || inner == .i64Extend16S || inner == .i64Extend8S
                || inner == .i64ExtendI32S
            {
                return Value(node.a)
            }
            if inner == .i64ExtendI32U {
                node.opcode = .i64ExtendI32S
                node.a = operand.a
            } else if keepsLowBits(operand, 32) {
                node.a = operand.a
            }
        case .i32ReinterpretF32:
            if inner == .f32ReinterpretI32 { return Value(operand.a) }
        case .i64ReinterpretF64:
            if inner == .f64ReinterpretI64 { return Value(operand.a) }
        case .f32ReinterpretI32:
            if inner == .i32ReinterpretF32 { return Value(operand.a) }
        case .f64ReinterpretI64:
            if inner == .i64ReinterpretF64 { return Value(operand.a) }
        default: break
        }
        return .none
    }

    /// Whether a node only masks its first operand, and keeps so many low bits of it.
    private mutating func keepsLowBits(_ node: Node, _ count: UInt64) -> Bool {
        guard node.kind == .pure, node.opcode == .i32And || node.opcode == .i64And, isConstant(node.b) else {
            return false
        }
        let mask: UInt64 = (1 &<< count) &- 1
        return bits(node.b) & mask == mask
    }

    /// What a conversion makes of a constant, if that is the same on every machine.
    private mutating func convert(_ opcode: Opcode, _ bits: UInt64) -> Value {
        let narrow = Int32(truncatingIfNeeded: bits)
        let wide = Int64(bitPattern: bits)
        func low32(_ value: Int64) -> UInt64 { UInt64(UInt32(truncatingIfNeeded: value)) }
        switch opcode {
        case .i32WrapI64: return constant(.i32, low32(wide))
        case .i64ExtendI32S: return constant(.i64, UInt64(bitPattern: Int64(narrow)))
        case .i64ExtendI32U: return constant(.i64, low32(wide))
        case .i32Extend8S: return constant(.i32, low32(Int64(Int8(truncatingIfNeeded: wide))))
        case .i32Extend16S: return constant(.i32, low32(Int64(Int16(truncatingIfNeeded: wide))))
        case .i64Extend8S: return constant(.i64, UInt64(bitPattern: Int64(Int8(truncatingIfNeeded: wide))))
        case .i64Extend16S: return constant(.i64, UInt64(bitPattern: Int64(Int16(truncatingIfNeeded: wide))))
        case .i64Extend32S: return constant(.i64, UInt64(bitPattern: Int64(narrow)))
        case .i32ReinterpretF32: return constant(.i32, bits)
        case .f32ReinterpretI32: return constant(.f32, bits)
        case .i64ReinterpretF64: return constant(.i64, bits)
        case .f64ReinterpretI64: return constant(.f64, bits)
        // Only what no mode of rounding, which is the calling thread's here, could make different.
        case .f32ConvertI32S where narrow.magnitude <= 1 << 24:
            return constant(.f32, UInt64(Float(narrow).bitPattern))
        case .f64ConvertI32S: return constant(.f64, Double(narrow).bitPattern)
        case .f64ConvertI32U: return constant(.f64, Double(UInt32(bitPattern: narrow)).bitPattern)
        case .f64ConvertI64S where wide.magnitude <= 1 << 53: return constant(.f64, Double(wide).bitPattern)
        case .f64PromoteF32:
            let value = Float(bitPattern: UInt32(truncatingIfNeeded: bits))
            return value.isNormal || value.isZero ? constant(.f64, Double(value).bitPattern) : .none
        default: return .none
        }
    }

    // MARK: signs

    mutating func simplifySign(_ node: inout Node) -> Value {
        let operand = pureNode(node.a)
        switch node.opcode {
        case .f32Neg, .f64Neg:
            if isPure(operand, node.opcode) { return Value(operand.a) }
            guard operand.kind == .constant else { return .none }
            return constant(node.type, operand.bits ^ (node.type == .f32 ? 1 &<< 31 : 1 &<< 63))
        case .f32Abs, .f64Abs:
            if isPure(operand, node.opcode) { return Value(node.a) }
            if isPure(operand, node.opcode == .f32Abs ? .f32Neg : .f64Neg) { node.a = operand.a }
            guard operand.kind == .constant else { return .none }
            return constant(node.type, operand.bits & (node.type == .f32 ? (1 &<< 31) &- 1 : (1 &<< 63) &- 1))
        default: break
        }
        return .none
    }
}
