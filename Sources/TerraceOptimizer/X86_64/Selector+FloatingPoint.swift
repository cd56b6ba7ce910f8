// Floating-point numbers: comparisons, minimum and maximum, signs, and choices between values in vector registers. Plain
// arithmetic stands in VectorRules, conversions in Selector+Conversions.swift.

import TerraceABI
import TerraceAssembler
import WasmFormat

extension Selector {
    /// Selects an operator on numbers that has no row in ``VectorRules``.
    mutating func selectFloat(_ d: VirtualRegister, _ node: Node) {
        let a = Value(node.a)
        let b = Value(node.b)
        switch node.opcode {
        case .f32Min: extremum(d, a, b, .minss)
        case .f32Max: extremum(d, a, b, .maxss)
        case .f64Min: extremum(d, a, b, .minsd)
        case .f64Max: extremum(d, a, b, .maxsd)
        case .f32Copysign: copySign(d, a, b, sign: 0x8000_0000_8000_0000)
        case .f64Copysign: copySign(d, a, b, sign: 0x8000_0000_0000_0000)
        case .f32Eq: setEqual(d, a, b, .cmpss, .single, predicate: 0)
        case .f32Ne: setEqual(d, a, b, .cmpss, .single, predicate: 4)
        case .f64Eq: setEqual(d, a, b, .cmpsd, .double, predicate: 0)
        case .f64Ne: setEqual(d, a, b, .cmpsd, .double, predicate: 4)
        case .f32Lt, .f32Gt, .f32Le, .f32Ge, .f64Lt, .f64Gt, .f64Le, .f64Ge: selectSet(self.node, node)
        case .select, .selectTyped: choose(d, node)
        default: selectConversion(d, node)
        }
    }

    // MARK: arithmetic

    /// `min` and `max`: NaN if either is NaN, and -0 below +0. The machine's own give the second operand for NaNs and zeros.
    private mutating func extremum(_ d: VirtualRegister, _ a: Value, _ b: Value, _ operation: VectorOperation) {
        // With a constant that is neither, and an operand whose NaNs are quiet, the machine's own will do.
        if isOrdinaryNumber(b), isQuiet(a) { return binary(operation, d, register(b), register(a)) }
        if isOrdinaryNumber(a), isQuiet(b) { return binary(operation, d, register(a), register(b)) }
        begin(.floatExtremum)
        current.payload = operation.rawValue
        define(d, hint: 1)
        use(register(a))
        use(register(b), late: !features.avx && a != b)
        finish()
    }

    /// Whether a value is a constant that is neither zero nor NaN.
    private func isOrdinaryNumber(_ value: Value) -> Bool {
        let node = graph.pointee.nodes[value.position]
        guard node.kind == .constant else { return false }
        if node.type == .f32 {
            let magnitude = node.a & 0x7FFF_FFFF
            return magnitude != 0 && magnitude <= 0x7F80_0000
        }
        let magnitude = node.bits & (~0 &>> 1)
        return magnitude != 0 && magnitude <= 0x7FF0_0000_0000_0000
    }

    /// Whether a value comes from arithmetic, which makes no signalling NaNs.
    private func isQuiet(_ value: Value) -> Bool {
        let node = graph.pointee.nodes[value.position]
        guard node.kind == .pure else { return false }
        switch node.opcode {
        case .f32Add, .f32Sub, .f32Mul, .f32Div, .f32Sqrt, .f32Min, .f32Max,
            .f32Ceil, .f32Floor, .f32Trunc, .f32Nearest,
            .f64Add, .f64Sub, .f64Mul, .f64Div, .f64Sqrt, .f64Min, .f64Max,
            .f64Ceil, .f64Floor, .f64Trunc, .f64Nearest,
            .f32DemoteF64, .f64PromoteF32, .f32ConvertI32S, .f32ConvertI32U, .f32ConvertI64S, .f32ConvertI64U,
            .f64ConvertI32S, .f64ConvertI32U, .f64ConvertI64S, .f64ConvertI64U:
            return true
        default: return false
        }
    }

    private mutating func copySign(_ d: VirtualRegister, _ a: Value, _ b: Value, sign: UInt64) {
        let mask = constant(sign)
        let signs = newVector()
        commutative(.andps, signs, register(b), mask)
        let magnitude = newVector()
        binary(.andnps, magnitude, mask.register, register(a))
        commutative(.orps, d, magnitude, signs)
    }

    // MARK: comparisons

    /// `eq` and `ne` as booleans: flags would need two tests, a mask needs none.
    private mutating func setEqual(
        _ d: VirtualRegister, _ a: Value, _ b: Value, _ compare: VectorOperation, _ width: SourceWidth, predicate: Int16
    ) {
        let source = source(b, width)
        let mask = newVector()
        binary(compare, mask, register(a), source, immediate: predicate)
        let ones = newRegister(.i32)
        toGeneral(.movd, ones, mask)
        begin(.arithmeticImmediate)
        current.payload = UInt32(ArithmeticOperation.and.rawValue)
        current.immediate = 1
        define(d, hint: 1)
        use(ones)
        finish()
    }

    /// The flags for an i32 that is made from numbers or vectors, if there are any. `mayCover`: its operands belong to it
    /// alone.
    ///
    /// With the operands in the right order, "above" is false for NaN, and "not above" true; so only equality looks at the
    /// parity flag.
    mutating func vectorFlags(_ node: Node, mayCover: Bool) -> FlagSource? {
        let a = Value(node.a)
        let b = Value(node.b)
        var source = FlagSource()
        switch node.opcode {
        case .f32Eq, .f32Ne, .f64Eq, .f64Ne:
            let isDouble = node.opcode == .f64Eq || node.opcode == .f64Ne
            let isEqual = node.opcode == .f32Eq || node.opcode == .f64Eq
            source.condition = isEqual ? .equalOrdered : .notEqualOrUnordered
            orderedCompare(a, b, isDouble, mayCover, isSymmetric: true, &source)
        case .f32Gt: orderedCompare(a, b, false, mayCover, &source, .a)
        case .f32Ge: orderedCompare(a, b, false, mayCover, &source, .ae)
        case .f32Lt: orderedCompare(b, a, false, mayCover, &source, .a)
        case .f32Le: orderedCompare(b, a, false, mayCover, &source, .ae)
        case .f64Gt: orderedCompare(a, b, true, mayCover, &source, .a)
        case .f64Ge: orderedCompare(a, b, true, mayCover, &source, .ae)
        case .f64Lt: orderedCompare(b, a, true, mayCover, &source, .a)
        case .f64Le: orderedCompare(b, a, true, mayCover, &source, .ae)
        case .v128AnyTrue: vectorTest(.anyTrue, a, .ne, &source)
        case .i8x16AllTrue: vectorTest(.allBytes, a, .e, &source)
        case .i16x8AllTrue: vectorTest(.allWords, a, .e, &source)
        case .i32x4AllTrue: vectorTest(.allDoublewords, a, .e, &source)
        case .i64x2AllTrue: vectorTest(.allQuadwords, a, .e, &source)
        default: return nil
        }
        return source
    }

    private mutating func orderedCompare(
        _ left: Value, _ right: Value, _ isDouble: Bool, _ mayCover: Bool, _ source: inout FlagSource,
        _ condition: Condition
    ) {
        source.condition = FlagCondition(condition)
        orderedCompare(left, right, isDouble, mayCover, isSymmetric: false, &source)
    }

    private mutating func orderedCompare(
        _ left: Value, _ right: Value, _ isDouble: Bool, _ mayCover: Bool, isSymmetric: Bool, _ source: inout FlagSource
    ) {
        source.producer = .orderedCompare
        source.detail = isDouble ? 1 : 0
        source.left = left
        source.right = right
        guard mayCover else { return }
        let load: Opcode = isDouble ? .f64Load : .f32Load
        if let address = coverableFloat(right, load) {
            source.right = .none
            source.hasAddress = true
            source.address = address
        } else if isSymmetric, let address = coverableFloat(left, load) {
            source.left = right
            source.right = .none
            source.hasAddress = true
            source.address = address
        }
    }

    private mutating func coverableFloat(_ value: Value, _ opcode: Opcode) -> Address? {
        let node = graph.pointee.nodes[value.position]
        guard node.opcode == opcode, node.kind == .load || node.kind == .loadAbsolute, canCoverLoad(value) else {
            return nil
        }
        return takeLoad(value)
    }

    private func vectorTest(_ test: VectorTest, _ a: Value, _ condition: Condition, _ source: inout FlagSource) {
        source.producer = .vector
        source.condition = FlagCondition(condition)
        source.detail = test.rawValue
        source.left = a
    }

    // MARK: choices

    /// `select` of numbers and vectors.
    private mutating func choose(_ d: VirtualRegister, _ node: Node) {
        let ifTrue = Value(node.a)
        let ifFalse = Value(node.b)
        let condition = Value(node.c)
        let comparison = graph.pointee.nodes[condition.position]
        if comparison.kind == .pure, node.type != .v128, blockOfNode[condition.position] == block,
            let compared = FloatComparison(comparison.opcode), compared.isDouble == (node.type == .f64)
        {
            if compared.isStrict, chooseExtremum(d, node, comparison, compared) {
                coverCondition(condition)
                return
            }
            if features.avx {
                let mask = newVector()
                let left = compared.isSwapped ? comparison.b : comparison.a
                let right = compared.isSwapped ? comparison.a : comparison.b
                coverCondition(condition)
                binary(
                    compared.isDouble ? .cmpsd : .cmpss, mask, register(Value(left)), register(Value(right)),
                    immediate: compared.predicate)
                if isPositiveZero(ifFalse) { return commutative(.andps, d, mask, register(ifTrue)) }
                if isPositiveZero(ifTrue) { return binary(.andnps, d, mask, register(ifFalse)) }
                return blend(
                    compared.isDouble ? .blendvpd : .blendvps, d, register(ifFalse), VectorSource(register(ifTrue)),
                    mask: mask)
            }
        }
        let source = flags(condition)
        begin(.vectorSelectIf)
        define(d, hint: 1)
        use(register(ifFalse))
        use(register(ifTrue))
        addFlags(source, own: node.type.rawValue)
        finish()
    }

    /// Takes a condition in if nobody else wants it; otherwise it is computed twice, which is cheap.
    private mutating func coverCondition(_ condition: Value) {
        if canCover(condition) { cover(condition) }
    }

    private func isPositiveZero(_ value: Value) -> Bool {
        let node = graph.pointee.nodes[value.position]
        return node.kind == .constant && node.bits == 0
    }

    /// `a < b ? a : b` and its kin, which is what the machine's minimum and maximum are.
    private mutating func chooseExtremum(
        _ d: VirtualRegister, _ node: Node, _ comparison: Node, _ compared: FloatComparison
    ) -> Bool {
        // As `low < high`.
        let low = compared.isSwapped ? comparison.b : comparison.a
        let high = compared.isSwapped ? comparison.a : comparison.b
        let width: SourceWidth = compared.isDouble ? .double : .single
        if node.a == low, node.b == high {
            // The second operand unless the first is less.
            binary(compared.isDouble ? .minsd : .minss, d, register(Value(low)), source(Value(high), width))
            return true
        }
        if node.a == high, node.b == low {
            // The second operand unless the first is greater.
            binary(compared.isDouble ? .maxsd : .maxss, d, register(Value(high)), source(Value(low), width))
            return true
        }
        return false
    }
}

/// A comparison of numbers as an instruction that makes a mask.
struct FloatComparison: BitwiseCopyable {
    var isDouble: Bool
    /// Whether the operands change places.
    var isSwapped: Bool
    /// 0 equal, 1 less, 2 less or equal, 4 not equal or unordered.
    var predicate: Int16

    /// Less, or greater.
    var isStrict: Bool { predicate == 1 }

    init?(_ opcode: Opcode) {
        switch opcode {
        case .f32Eq, .f64Eq: (isSwapped, predicate) = (false, 0)
        case .f32Ne, .f64Ne: (isSwapped, predicate) = (false, 4)
        case .f32Lt, .f64Lt: (isSwapped, predicate) = (false, 1)
        case .f32Le, .f64Le: (isSwapped, predicate) = (false, 2)
        case .f32Gt, .f64Gt: (isSwapped, predicate) = (true, 1)
        case .f32Ge, .f64Ge: (isSwapped, predicate) = (true, 2)
        default: return nil
        }
        isDouble = opcode.rawValue >= Opcode.f64Eq.rawValue
    }
}

/// How a vector sets the zero flag.
enum VectorTest: UInt8, BitwiseCopyable {
    /// Zero if no bit is set.
    case anyTrue
    /// Zero if no lane is zero.
    case allBytes, allWords, allDoublewords, allQuadwords
}
