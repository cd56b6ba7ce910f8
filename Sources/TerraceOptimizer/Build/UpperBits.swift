// What is known of an integer's upper bits from what it is computed from.

import TerraceABI
import WasmFormat

extension Builder {
    /// How many low bits of a node's value may be other than 0.
    @inline(__always) mutating func possibleBits(_ node: Node) -> UInt8 {
        guard node.type == .i32 || node.type == .i64 else { return 64 }
        return node.type == .i32 ? min(possibleBits(node, width: 32), 32) : possibleBits(node, width: 64)
    }

    private mutating func possibleBits(_ node: Node, width: UInt8) -> UInt8 {
        switch node.opcode {
        case .i32Eqz, .i32Eq, .i32Ne, .i32LtS, .i32LtU, .i32GtS, .i32GtU, .i32LeS, .i32LeU, .i32GeS, .i32GeU, .i64Eqz,
            .i64Eq, .i64Ne, .i64LtS, .i64LtU, .i64GtS, .i64GtU, .i64LeS, .i64LeU, .i64GeS, .i64GeU, .f32Eq, .f32Ne,
            .f32Lt, .f32Gt, .f32Le, .f32Ge, .f64Eq, .f64Ne, .f64Lt, .f64Gt, .f64Le, .f64Ge, .refIsNull, .refEq,
            .v128AnyTrue, .i8x16AllTrue, .i16x8AllTrue, .i32x4AllTrue, .i64x2AllTrue:
            return 1
        case .i32And, .i64And: return min(upperBits(node.a), upperBits(node.b))
        case .i32Or, .i64Or, .i32Xor, .i64Xor: return max(upperBits(node.a), upperBits(node.b))
        case .i32Add, .i64Add: return min(width, max(upperBits(node.a), upperBits(node.b)) &+ 1)
        case .i32Mul, .i64Mul: return min(width, upperBits(node.a) &+ upperBits(node.b))
        case .i32Shl, .i64Shl:
            guard isConstant(node.b) else { return width }
            return min(width, upperBits(node.a) &+ UInt8(bits(node.b) & UInt64(width &- 1)))
        case .i32ShrU, .i64ShrU:
            guard isConstant(node.b) else { return upperBits(node.a) }
            let count = UInt8(bits(node.b) & UInt64(width &- 1))
            return upperBits(node.a) > count ? upperBits(node.a) &- count : 0
        case .i32DivU, .i64DivU: return upperBits(node.a)
        case .i32RemU, .i64RemU: return min(upperBits(node.a), upperBits(node.b))
        case .i32Clz, .i32Ctz, .i32Popcnt: return 6
        case .i64Clz, .i64Ctz, .i64Popcnt: return 7
        case .i64ExtendI32U, .i32WrapI64: return upperBits(node.a)
        case .select: return max(upperBits(node.a), upperBits(node.b))
        case .i32Load8U, .i64Load8U, .i8x16ExtractLaneU: return 8
        case .i32Load16U, .i64Load16U, .i16x8ExtractLaneU, .i8x16Bitmask: return 16
        case .i64Load32U: return 32
        case .i16x8Bitmask: return 8
        case .i32x4Bitmask: return 4
        case .i64x2Bitmask: return 2
        default: return width
        }
    }
}
