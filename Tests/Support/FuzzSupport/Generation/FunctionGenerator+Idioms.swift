// Shapes that compilers look for: bit tricks, rotations made of shifts, sums with scaled parts, divisions by constants, stores of
// what was read in the same place. Put together at random they would hardly ever come about.

import WasmFormat

/// A piece of an idiom.
enum Piece {
    /// The first or second local.
    case x, y
    case number(Int64)
    /// Any constant; one that is not zero.
    case constant, divisor
    /// An operator on 32 and on 64 bits.
    case apply(Opcode, Opcode)
}

extension Piece {
    static var add: Piece { .apply(.i32Add, .i64Add) }
    static var subtract: Piece { .apply(.i32Sub, .i64Sub) }
    static var multiply: Piece { .apply(.i32Mul, .i64Mul) }
    static var and: Piece { .apply(.i32And, .i64And) }
    static var or: Piece { .apply(.i32Or, .i64Or) }
    static var xor: Piece { .apply(.i32Xor, .i64Xor) }
    static var left: Piece { .apply(.i32Shl, .i64Shl) }
    static var rightUnsigned: Piece { .apply(.i32ShrU, .i64ShrU) }
    static var rightSigned: Piece { .apply(.i32ShrS, .i64ShrS) }
}

extension FunctionGenerator {
    /// What yields a value of the type of its locals.
    private static var values: [[Piece]] {
        [
            [.x, .y, .number(-1), .xor, .and],
            [.x, .x, .number(-1), .add, .and],
            [.x, .x, .number(1), .subtract, .and],
            [.x, .x, .number(-1), .add, .xor],
            [.x, .number(0), .x, .subtract, .and],
            [.x, .number(-1), .xor],
            [.x, .constant, .left, .x, .constant, .rightUnsigned, .or],
            [.x, .number(7), .left, .x, .number(25), .rightUnsigned, .or],
            [.x, .number(24), .left, .number(24), .rightSigned],
            [.x, .number(0xFF), .and],
            [.x, .number(0xFFFF), .and],
            [.x, .number(0xFFFF_FFFF), .and],
            [.x, .y, .number(3), .left, .add, .constant, .add],
            [.x, .number(1), .left, .x, .add],
            [.x, .number(9), .multiply, .y, .add],
            [.x, .constant, .multiply],
            [.x, .y, .number(31), .and, .left],
            [.x, .y, .number(63), .and, .rightSigned],
            [.x, .divisor, .apply(.i32DivU, .i64DivU)],
            [.x, .divisor, .apply(.i32RemU, .i64RemU)],
            [.x, .number(7), .apply(.i32DivS, .i64DivS)],
            [.x, .divisor, .number(0x7FFF_FFFF), .and, .number(1), .or, .apply(.i32DivS, .i64DivS)],
            [.x, .divisor, .number(0x7FFF_FFFF), .and, .number(1), .or, .apply(.i32RemS, .i64RemS)],
            [.x, .number(16), .apply(.i32DivS, .i64DivS)],
            [.x, .number(16), .apply(.i32RemS, .i64RemS)],
            [.x, .y, .apply(.i32Rotl, .i64Rotl), .constant, .apply(.i32Rotr, .i64Rotr)],
        ]
    }

    /// What yields a condition.
    private static var conditions: [[Piece]] {
        [
            [.x, .number(1), .y, .left, .and, .number(0), .apply(.i32Ne, .i64Ne)],
            [.x, .y, .rightUnsigned, .number(1), .and, .apply(.i32Eqz, .i64Eqz)],
            [.x, .number(1 << 40), .and, .apply(.i32Eqz, .i64Eqz)],
            [.x, .number(40), .rightSigned, .number(1), .and, .apply(.i32Eqz, .i64Eqz)],
            [.x, .y, .and, .number(0), .apply(.i32Ne, .i64Ne)],
            [.x, .constant, .and, .apply(.i32Eqz, .i64Eqz)],
            [.x, .y, .subtract, .number(0), .apply(.i32LtS, .i64LtS)],
            [.x, .constant, .add, .apply(.i32Eqz, .i64Eqz)],
            [.x, .constant, .add, .constant, .apply(.i32LtU, .i64LtU)],
            [.x, .number(1), .apply(.i32GeU, .i64GeU)],
            [.x, .number(-1), .apply(.i32GtS, .i64GtS)],
            [.x, .constant, .apply(.i32LeU, .i64LeU)],
        ]
    }

    /// An idiom that yields an integer of a type, or nothing where there are no locals for it.
    mutating func idiom(_ kind: ValueKind, _ random: inout SeededRandom) -> Bool {
        if kind == .i32, random.chance(percent: 40) { return bitCondition(&random) }
        return emit(random.pick(Self.values), kind, &random)
    }

    /// An idiom that yields a condition.
    mutating func bitCondition(_ random: inout SeededRandom) -> Bool {
        emit(random.pick(Self.conditions), random.chance(percent: 50) ? .i32 : .i64, &random)
    }

    private mutating func emit(_ pieces: [Piece], _ kind: ValueKind, _ random: inout SeededRandom) -> Bool {
        let readable = readableLocals(kind)
        guard !readable.isEmpty else { return false }
        let x = random.pick(readable)
        let y = random.pick(readable)
        for piece in pieces {
            switch piece {
            case .x: emit(.localGet, x)
            case .y: emit(.localGet, y)
            case .number(let number): constant(number, kind)
            case .constant: constant(kind, &random)
            case .divisor: constant(random.pick([3, 5, 7, 10, 11, 60, 641, 1000, 0x7FFF_FFFF, -3, -10]), kind)
            case .apply(let narrow, let wide): emit(kind == .i32 ? narrow : wide)
            }
        }
        return true
    }

    private mutating func constant(_ number: Int64, _ kind: ValueKind) {
        if kind == .i32 { constant(i32: Int32(truncatingIfNeeded: number)) } else { constant(i64: number) }
    }

    /// A store of what stood in the same place, changed.
    mutating func change(size: Int, _ random: inout SeededRandom) {
        let shapes: [(Opcode, Opcode, ValueKind)] = [
            (.i32Load, .i32Store, .i32), (.i32Load8U, .i32Store8, .i32), (.i32Load16S, .i32Store16, .i32),
            (.i64Load, .i64Store, .i64), (.i64Load32U, .i64Store32, .i64), (.i64Load8S, .i64Store8, .i64),
        ]
        let (load, store, kind) = random.pick(shapes)
        let indices = readableLocals(plan.memories[0].is64 ? .i64 : .i32)
        guard !indices.isEmpty else { return self.store(size: size, &random) }
        let index = random.pick(indices)
        let offset = random.below(64)
        // Twice the same address, in bounds.
        for round in 0..<2 {
            emit(.localGet, index)
            constant(0x3F, plan.memories[0].is64 ? .i64 : .i32)
            emit(plan.memories[0].is64 ? .i64And : .i32And)
            if round == 1 { memoryArgument(load, offset) }
        }
        expression(kind, size: size - 2, &random)
        let isWide = kind == .i64
        emit(
            random.pick([
                isWide ? .i64Add : .i32Add, isWide ? .i64Sub : .i32Sub, isWide ? .i64And : .i32And,
                isWide ? .i64Or : .i32Or, isWide ? .i64Xor : .i32Xor,
            ]))
        memoryArgument(store, offset)
    }

    private mutating func memoryArgument(_ opcode: Opcode, _ offset: Int) {
        emit(opcode)
        code.appendUnsigned(0)
        code.appendUnsigned(UInt64(offset))
    }
}
