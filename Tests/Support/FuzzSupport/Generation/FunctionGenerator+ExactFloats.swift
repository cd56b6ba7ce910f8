// Floating-point code whose NaNs are looked at: every bit where operators keep them all, and else those bits that all NaNs
// of the set that the specification allows have in common.

import WasmFormat

extension FunctionGenerator {
    /// An f32 or f64 made without arithmetic: all its bits are determined, also those of NaNs.
    private mutating func exactFloat(_ kind: ValueKind, size: Int, _ random: inout SeededRandom) {
        let single = kind == .f32
        guard size > 0, random.chance(percent: 80) else {
            // As often a NaN as not, signalling ones too.
            let bits = random.next()
            let payload = random.pick([bits, 1, 0x8_0000_0000_0000, 0x40_0000, bits & 0xFF])
            if single {
                let number = UInt32(truncatingIfNeeded: bits)
                constant(f32: random.chance(percent: 60) ? number | 0x7F80_0000 : number)
            } else {
                constant(f64: random.chance(percent: 60) ? payload | 0x7FF0_0000_0000_0000 | bits & (1 << 63) : bits)
            }
            return
        }
        switch random.below(6) {
        case 0:
            exactFloat(kind, size: size - 1, &random)
            emit(single ? .f32Neg : .f64Neg)
        case 1:
            exactFloat(kind, size: size - 1, &random)
            emit(single ? .f32Abs : .f64Abs)
        case 2:
            exactFloat(kind, size: size / 2, &random)
            exactFloat(kind, size: size / 2, &random)
            emit(single ? .f32Copysign : .f64Copysign)
        case 3:
            expression(single ? .i32 : .i64, size: size / 2, &random)
            emit(single ? .f32ReinterpretI32 : .f64ReinterpretI64)
        case 4:
            let memory = random.below(plan.memories.count)
            let offset = address(memory: memory, size: size / 2, &random)
            let loads = plan.catalog.loads[Int(kind.rawValue)]
            memoryArgument(random.pick(loads), memory: memory, offset: offset, &random)
        default:
            exactFloat(kind, size: size / 3, &random)
            exactFloat(kind, size: size / 3, &random)
            condition(size: size / 3, &random)
            emit(.select)
        }
    }

    /// Stores the bits of an exact number.
    mutating func storeExactFloat(size: Int, _ random: inout SeededRandom) {
        let kind: ValueKind = random.chance(percent: 50) ? .f32 : .f64
        let operation = plan.catalog.stores.first { $0.opcode == (kind == .f32 ? .f32Store : .f64Store) }
        guard let operation else { return }
        let memory = random.below(plan.memories.count)
        let offset = address(memory: memory, size: size / 3, &random)
        exactFloat(kind, size: min(size, 12), &random)
        memoryArgument(operation, memory: memory, offset: offset, &random)
    }

    /// An integer or vector that shows the determined bits of a number; false if the type is another.
    mutating func observeFloat(_ kind: ValueKind, size: Int, _ random: inout SeededRandom) -> Bool {
        switch kind {
        case .i32, .i64:
            let float: ValueKind = kind == .i32 ? .f32 : .f64
            if random.chance(percent: 40) {
                exactFloat(float, size: min(size, 12), &random)
                emit(kind == .i32 ? .i32ReinterpretF32 : .i64ReinterpretF64)
            } else {
                observeArithmetic(float, size: min(size, 12), &random)
            }
        case .v128:
            exactFloat(.f32, size: min(size, 12), &random)
            emit(.f32x4Splat)
        default: return false
        }
        return true
    }

    /// Arithmetic, and the bits that its NaN must have: the quiet bit, and nothing but it if no operand was another NaN
    /// than the canonical one.
    private mutating func observeArithmetic(_ kind: ValueKind, size: Int, _ random: inout SeededRandom) {
        let single = kind == .f32
        let operators: [Opcode] =
            single
            ? [
                .f32Add, .f32Sub, .f32Mul, .f32Div, .f32Min, .f32Max, .f32Sqrt, .f32Ceil, .f32Floor, .f32Trunc,
                .f32Nearest, .f32DemoteF64,
            ]
            : [
                .f64Add, .f64Sub, .f64Mul, .f64Div, .f64Min, .f64Max, .f64Sqrt, .f64Ceil, .f64Floor, .f64Trunc,
                .f64Nearest, .f64PromoteF32,
            ]
        let opcode = random.pick(operators)
        let isCanonical = random.chance(percent: 50)
        for operand in opcode.info.signature.operands().compactMap(ValueKind.init) {
            if isCanonical {
                expression(operand, size: size / 2, &random)
                canonicalize(operand)
            } else {
                exactFloat(operand, size: size / 2, &random)
            }
        }
        emit(opcode)
        if single {
            emit(.i32ReinterpretF32)
            constant(i32: isCanonical ? 0x7FFF_FFFF : 0x7FC0_0000)
            emit(.i32And)
        } else {
            emit(.i64ReinterpretF64)
            constant(i64: isCanonical ? .max : 0x7FF8_0000_0000_0000)
            emit(.i64And)
        }
    }
}
