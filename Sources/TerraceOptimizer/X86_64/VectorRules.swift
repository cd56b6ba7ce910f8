// Which operators on floating-point numbers and vectors are one machine instruction, or one and a little: a row for each.
// What takes more instructions stands in Selector+VectorSequences.swift; conversions between register files and scalar
// minimum and maximum in files of their own.

import TerraceAssembler
import WasmFormat

/// How much of an operand an instruction reads, and so which loads and slots may be its memory operand.
enum SourceWidth: UInt8, BitwiseCopyable {
    /// 4 bytes: an f32.
    case single
    /// 8 bytes: an f64.
    case double
    /// The lower 8 bytes of a vector.
    case lowHalf
    /// 16 bytes. Memory must be 16-aligned in the legacy encoding.
    case full
}

/// How an operator becomes machine instructions.
struct VectorRule: BitwiseCopyable {
    enum Shape: UInt8, BitwiseCopyable {
        /// Not by a row of this table.
        case none
        /// `d = op(a)`
        case unary
        /// `d = op(a)`; the instruction leaves the upper lanes as another register has them.
        case scalarUnary
        /// `d = op(a, b)`. Floating-point arithmetic is of this shape as well: of two NaNs the first one's payload wins.
        case binary
        /// `d = op(a, b)` or `op(b, a)`, as it suits
        case commutative
        /// `d = op(b, a)`
        case swapped
        /// `d = ~op(a, b)` or `~op(b, a)`, as it suits
        case commutativeInverted
        /// `d = ~op(a, b)`
        case inverted
        /// `d = ~op(b, a)`
        case swappedInverted
        /// `d = second(op(a, b), a)`: unsigned comparisons, from minimum or maximum and equality.
        case extremum
        /// `d = ~second(op(a, b), a)`
        case extremumInverted
        /// `d = op(0, a)`
        case negate
        /// Shift by a count modulo lane width, which is `immediate + 1`.
        case shift
        /// `d = op(upper half of a)`
        case upperHalf
        /// `d = op(a, 0)`: the upper half interleaved with zeros.
        case upperHalfWithZero
        /// `d = op(a, constant)`, a mask on the signs: `second` is 0 for the sign bits, 1 for all others, of 32-bit lanes, 2
        /// and 3 of 64-bit lanes.
        case signs
        /// `d = op(a)` with the lane as immediate.
        case extract
        /// As `extract`, then extended with its sign from `second` bytes.
        case extractSigned
        /// `d = op(a, b)`, `b` in a general register, with the lane as immediate.
        case insert
        /// `d`, a general register, `= op(a)`
        case toGeneral
    }

    var operation: UInt32 = 0
    var second: UInt32 = 0
    var shape = Shape.none
    var source = SourceWidth.full
    /// -1 if the instruction has none.
    var immediate: Int16 = -1
}

/// The rows, by ordinal of the operator.
enum VectorRules {
    /// Never written after its initialisation and never freed.
    nonisolated(unsafe) static let byOpcode: UnsafePointer<VectorRule> = {
        let table = UnsafeMutablePointer<VectorRule>.allocate(capacity: Opcode.allCases.count)
        table.initialize(repeating: VectorRule(), count: Opcode.allCases.count)
        for group in [scalars, memory, lanes, comparisons, integers, floats] {
            for row in group {
                assert(table[row.opcode.ordinal].shape == .none, "two rows of one operator")
                table[row.opcode.ordinal] = row.rule
            }
        }
        return UnsafePointer(table)
    }()

    private struct Row {
        var opcode: Opcode
        var rule: VectorRule

        init(
            _ opcode: Opcode, _ shape: VectorRule.Shape, _ operation: VectorOperation, _ immediate: Int16 = -1,
            _ source: SourceWidth = .full, second: UInt32 = 0
        ) {
            self.opcode = opcode
            rule = VectorRule(
                operation: operation.rawValue, second: second, shape: shape, source: source, immediate: immediate)
        }

        init(_ opcode: Opcode, _ shape: VectorRule.Shape, _ operation: VectorOperation, then second: VectorOperation) {
            self.init(opcode, shape, operation, second: second.rawValue)
        }
    }

    /// Modes of the rounding instructions, with the inexact exception suppressed.
    private static let nearest: Int16 = 8
    private static let down: Int16 = 9
    private static let up: Int16 = 10
    private static let towardsZero: Int16 = 11

    private static let scalars: [Row] = [
        Row(.f32Add, .binary, .addss, -1, .single),
        Row(.f32Sub, .binary, .subss, -1, .single),
        Row(.f32Mul, .binary, .mulss, -1, .single),
        Row(.f32Div, .binary, .divss, -1, .single),
        Row(.f32Sqrt, .scalarUnary, .sqrtss, -1, .single),
        Row(.f32Ceil, .scalarUnary, .roundss, up, .single),
        Row(.f32Floor, .scalarUnary, .roundss, down, .single),
        Row(.f32Trunc, .scalarUnary, .roundss, towardsZero, .single),
        Row(.f32Nearest, .scalarUnary, .roundss, nearest, .single),
        Row(.f32Abs, .signs, .andps, second: 1),
        Row(.f32Neg, .signs, .xorps, second: 0),
        Row(.f32DemoteF64, .scalarUnary, .cvtsd2ss, -1, .double),
        Row(.f64Add, .binary, .addsd, -1, .double),
        Row(.f64Sub, .binary, .subsd, -1, .double),
        Row(.f64Mul, .binary, .mulsd, -1, .double),
        Row(.f64Div, .binary, .divsd, -1, .double),
        Row(.f64Sqrt, .scalarUnary, .sqrtsd, -1, .double),
        Row(.f64Ceil, .scalarUnary, .roundsd, up, .double),
        Row(.f64Floor, .scalarUnary, .roundsd, down, .double),
        Row(.f64Trunc, .scalarUnary, .roundsd, towardsZero, .double),
        Row(.f64Nearest, .scalarUnary, .roundsd, nearest, .double),
        Row(.f64Abs, .signs, .andps, second: 3),
        Row(.f64Neg, .signs, .xorps, second: 2),
        Row(.f64PromoteF32, .scalarUnary, .cvtss2sd, -1, .single),
    ]

    /// Loads; their operand is an address.
    private static let memory: [Row] = [
        Row(.f32Load, .unary, .movss, -1, .single),
        Row(.f64Load, .unary, .movsd, -1, .double),
        Row(.v128Load, .unary, .movups),
        Row(.v128Load8x8S, .unary, .pmovsxbw, -1, .lowHalf),
        Row(.v128Load8x8U, .unary, .pmovzxbw, -1, .lowHalf),
        Row(.v128Load16x4S, .unary, .pmovsxwd, -1, .lowHalf),
        Row(.v128Load16x4U, .unary, .pmovzxwd, -1, .lowHalf),
        Row(.v128Load32x2S, .unary, .pmovsxdq, -1, .lowHalf),
        Row(.v128Load32x2U, .unary, .pmovzxdq, -1, .lowHalf),
        Row(.v128Load32Zero, .unary, .movss, -1, .single),
        Row(.v128Load64Zero, .unary, .movsd, -1, .double),
    ]

    private static let lanes: [Row] = [
        Row(.i8x16RelaxedSwizzle, .binary, .pshufb),
        Row(.f64x2Splat, .unary, .movddup, -1, .double),
        Row(.i8x16ExtractLaneS, .extractSigned, .pextrb, second: 1),
        Row(.i8x16ExtractLaneU, .extract, .pextrb),
        Row(.i16x8ExtractLaneS, .extractSigned, .pextrw, second: 2),
        Row(.i16x8ExtractLaneU, .extract, .pextrw),
        Row(.i32x4ExtractLane, .extract, .pextrd),
        Row(.i64x2ExtractLane, .extract, .pextrq),
        Row(.i8x16ReplaceLane, .insert, .pinsrb),
        Row(.i16x8ReplaceLane, .insert, .pinsrw),
        Row(.i32x4ReplaceLane, .insert, .pinsrd),
        Row(.i64x2ReplaceLane, .insert, .pinsrq),
        Row(.i8x16Bitmask, .toGeneral, .pmovmskb),
        Row(.i32x4Bitmask, .toGeneral, .movmskps),
        Row(.i64x2Bitmask, .toGeneral, .movmskpd),
        Row(.v128And, .commutative, .pand),
        Row(.v128Or, .commutative, .por),
        Row(.v128Xor, .commutative, .pxor),
        Row(.v128Andnot, .swapped, .pandn),
    ]

    private static let comparisons: [Row] = [
        Row(.i8x16Eq, .commutative, .pcmpeqb),
        Row(.i8x16Ne, .commutativeInverted, .pcmpeqb),
        Row(.i8x16GtS, .binary, .pcmpgtb),
        Row(.i8x16LtS, .swapped, .pcmpgtb),
        Row(.i8x16LeS, .inverted, .pcmpgtb),
        Row(.i8x16GeS, .swappedInverted, .pcmpgtb),
        Row(.i8x16GeU, .extremum, .pmaxub, then: .pcmpeqb),
        Row(.i8x16LtU, .extremumInverted, .pmaxub, then: .pcmpeqb),
        Row(.i8x16LeU, .extremum, .pminub, then: .pcmpeqb),
        Row(.i8x16GtU, .extremumInverted, .pminub, then: .pcmpeqb),
        Row(.i16x8Eq, .commutative, .pcmpeqw),
        Row(.i16x8Ne, .commutativeInverted, .pcmpeqw),
        Row(.i16x8GtS, .binary, .pcmpgtw),
        Row(.i16x8LtS, .swapped, .pcmpgtw),
        Row(.i16x8LeS, .inverted, .pcmpgtw),
        Row(.i16x8GeS, .swappedInverted, .pcmpgtw),
        Row(.i16x8GeU, .extremum, .pmaxuw, then: .pcmpeqw),
        Row(.i16x8LtU, .extremumInverted, .pmaxuw, then: .pcmpeqw),
        Row(.i16x8LeU, .extremum, .pminuw, then: .pcmpeqw),
        Row(.i16x8GtU, .extremumInverted, .pminuw, then: .pcmpeqw),
        Row(.i32x4Eq, .commutative, .pcmpeqd),
        Row(.i32x4Ne, .commutativeInverted, .pcmpeqd),
        Row(.i32x4GtS, .binary, .pcmpgtd),
        Row(.i32x4LtS, .swapped, .pcmpgtd),
        Row(.i32x4LeS, .inverted, .pcmpgtd),
        Row(.i32x4GeS, .swappedInverted, .pcmpgtd),
        Row(.i32x4GeU, .extremum, .pmaxud, then: .pcmpeqd),
        Row(.i32x4LtU, .extremumInverted, .pmaxud, then: .pcmpeqd),
        Row(.i32x4LeU, .extremum, .pminud, then: .pcmpeqd),
        Row(.i32x4GtU, .extremumInverted, .pminud, then: .pcmpeqd),
        Row(.i64x2Eq, .commutative, .pcmpeqq),
        Row(.i64x2Ne, .commutativeInverted, .pcmpeqq),
        // SSE4.2; see `compareWide` for processors without.
        Row(.i64x2GtS, .binary, .pcmpgtq),
        Row(.i64x2LtS, .swapped, .pcmpgtq),
        Row(.i64x2LeS, .inverted, .pcmpgtq),
        Row(.i64x2GeS, .swappedInverted, .pcmpgtq),
        // Predicates: 0 equal, 1 less, 2 less or equal, 4 not equal or unordered.
        Row(.f32x4Eq, .commutative, .cmpps, 0),
        Row(.f32x4Ne, .commutative, .cmpps, 4),
        Row(.f32x4Lt, .binary, .cmpps, 1),
        Row(.f32x4Le, .binary, .cmpps, 2),
        Row(.f32x4Gt, .swapped, .cmpps, 1),
        Row(.f32x4Ge, .swapped, .cmpps, 2),
        Row(.f64x2Eq, .commutative, .cmppd, 0),
        Row(.f64x2Ne, .commutative, .cmppd, 4),
        Row(.f64x2Lt, .binary, .cmppd, 1),
        Row(.f64x2Le, .binary, .cmppd, 2),
        Row(.f64x2Gt, .swapped, .cmppd, 1),
        Row(.f64x2Ge, .swapped, .cmppd, 2),
    ]

    private static let integers: [Row] = [
        Row(.i8x16Add, .commutative, .paddb),
        Row(.i8x16AddSatS, .commutative, .paddsb),
        Row(.i8x16AddSatU, .commutative, .paddusb),
        Row(.i8x16Sub, .binary, .psubb),
        Row(.i8x16SubSatS, .binary, .psubsb),
        Row(.i8x16SubSatU, .binary, .psubusb),
        Row(.i8x16MinS, .commutative, .pminsb),
        Row(.i8x16MinU, .commutative, .pminub),
        Row(.i8x16MaxS, .commutative, .pmaxsb),
        Row(.i8x16MaxU, .commutative, .pmaxub),
        Row(.i8x16AvgrU, .commutative, .pavgb),
        Row(.i8x16Abs, .unary, .pabsb),
        Row(.i8x16Neg, .negate, .psubb),
        Row(.i8x16NarrowI16x8S, .binary, .packsswb),
        Row(.i8x16NarrowI16x8U, .binary, .packuswb),
        Row(.i16x8Add, .commutative, .paddw),
        Row(.i16x8AddSatS, .commutative, .paddsw),
        Row(.i16x8AddSatU, .commutative, .paddusw),
        Row(.i16x8Sub, .binary, .psubw),
        Row(.i16x8SubSatS, .binary, .psubsw),
        Row(.i16x8SubSatU, .binary, .psubusw),
        Row(.i16x8Mul, .commutative, .pmullw),
        Row(.i16x8MinS, .commutative, .pminsw),
        Row(.i16x8MinU, .commutative, .pminuw),
        Row(.i16x8MaxS, .commutative, .pmaxsw),
        Row(.i16x8MaxU, .commutative, .pmaxuw),
        Row(.i16x8AvgrU, .commutative, .pavgw),
        Row(.i16x8Abs, .unary, .pabsw),
        Row(.i16x8Neg, .negate, .psubw),
        Row(.i16x8NarrowI32x4S, .binary, .packssdw),
        Row(.i16x8NarrowI32x4U, .binary, .packusdw),
        Row(.i16x8Shl, .shift, .psllw, 15),
        Row(.i16x8ShrS, .shift, .psraw, 15),
        Row(.i16x8ShrU, .shift, .psrlw, 15),
        Row(.i16x8RelaxedQ15mulrS, .commutative, .pmulhrsw),
        Row(.i16x8ExtendLowI8x16S, .unary, .pmovsxbw, -1, .lowHalf),
        Row(.i16x8ExtendLowI8x16U, .unary, .pmovzxbw, -1, .lowHalf),
        Row(.i16x8ExtendHighI8x16S, .upperHalf, .pmovsxbw),
        Row(.i16x8ExtendHighI8x16U, .upperHalfWithZero, .punpckhbw),
        Row(.i32x4Add, .commutative, .paddd),
        Row(.i32x4Sub, .binary, .psubd),
        Row(.i32x4Mul, .commutative, .pmulld),
        Row(.i32x4MinS, .commutative, .pminsd),
        Row(.i32x4MinU, .commutative, .pminud),
        Row(.i32x4MaxS, .commutative, .pmaxsd),
        Row(.i32x4MaxU, .commutative, .pmaxud),
        Row(.i32x4DotI16x8S, .commutative, .pmaddwd),
        Row(.i32x4Abs, .unary, .pabsd),
        Row(.i32x4Neg, .negate, .psubd),
        Row(.i32x4Shl, .shift, .pslld, 31),
        Row(.i32x4ShrS, .shift, .psrad, 31),
        Row(.i32x4ShrU, .shift, .psrld, 31),
        Row(.i32x4ExtendLowI16x8S, .unary, .pmovsxwd, -1, .lowHalf),
        Row(.i32x4ExtendLowI16x8U, .unary, .pmovzxwd, -1, .lowHalf),
        Row(.i32x4ExtendHighI16x8S, .upperHalf, .pmovsxwd),
        Row(.i32x4ExtendHighI16x8U, .upperHalfWithZero, .punpckhwd),
        Row(.i64x2Add, .commutative, .paddq),
        Row(.i64x2Sub, .binary, .psubq),
        Row(.i64x2Neg, .negate, .psubq),
        Row(.i64x2Shl, .shift, .psllq, 63),
        Row(.i64x2ShrU, .shift, .psrlq, 63),
        Row(.i64x2ExtendLowI32x4S, .unary, .pmovsxdq, -1, .lowHalf),
        Row(.i64x2ExtendLowI32x4U, .unary, .pmovzxdq, -1, .lowHalf),
        Row(.i64x2ExtendHighI32x4S, .upperHalf, .pmovsxdq),
        Row(.i64x2ExtendHighI32x4U, .upperHalfWithZero, .punpckhdq),
    ]

    private static let floats: [Row] = [
        Row(.f32x4Add, .binary, .addps),
        Row(.f32x4Sub, .binary, .subps),
        Row(.f32x4Mul, .binary, .mulps),
        Row(.f32x4Div, .binary, .divps),
        Row(.f32x4Pmin, .swapped, .minps),
        Row(.f32x4Pmax, .swapped, .maxps),
        Row(.f32x4RelaxedMin, .binary, .minps),
        Row(.f32x4RelaxedMax, .binary, .maxps),
        Row(.f32x4Sqrt, .unary, .sqrtps),
        Row(.f32x4Abs, .signs, .andps, second: 1),
        Row(.f32x4Neg, .signs, .xorps, second: 0),
        Row(.f32x4Ceil, .unary, .roundps, up),
        Row(.f32x4Floor, .unary, .roundps, down),
        Row(.f32x4Trunc, .unary, .roundps, towardsZero),
        Row(.f32x4Nearest, .unary, .roundps, nearest),
        Row(.f64x2Add, .binary, .addpd),
        Row(.f64x2Sub, .binary, .subpd),
        Row(.f64x2Mul, .binary, .mulpd),
        Row(.f64x2Div, .binary, .divpd),
        Row(.f64x2Pmin, .swapped, .minpd),
        Row(.f64x2Pmax, .swapped, .maxpd),
        Row(.f64x2RelaxedMin, .binary, .minpd),
        Row(.f64x2RelaxedMax, .binary, .maxpd),
        Row(.f64x2Sqrt, .unary, .sqrtpd),
        Row(.f64x2Abs, .signs, .andps, second: 3),
        Row(.f64x2Neg, .signs, .xorps, second: 2),
        Row(.f64x2Ceil, .unary, .roundpd, up),
        Row(.f64x2Floor, .unary, .roundpd, down),
        Row(.f64x2Trunc, .unary, .roundpd, towardsZero),
        Row(.f64x2Nearest, .unary, .roundpd, nearest),
        Row(.f32x4ConvertI32x4S, .unary, .cvtdq2ps),
        Row(.f64x2ConvertLowI32x4S, .unary, .cvtdq2pd, -1, .lowHalf),
        Row(.f32x4DemoteF64x2Zero, .unary, .cvtpd2ps),
        Row(.f64x2PromoteLowF32x4, .unary, .cvtps2pd, -1, .lowHalf),
    ]
}
