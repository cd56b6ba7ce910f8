// Which operators are built by their rows alone: a table that is computed from the rows.

import TerraceABI
import WasmFormat

/// How an operator becomes nodes.
struct OperatorShape: BitwiseCopyable {
    enum Form: UInt8 {
        /// Has code of its own, or cannot be built.
        case special
        /// One result of one, two or three operands.
        case unary, binary, ternary
        /// The same, and may trap.
        case trappingUnary, trappingBinary
        /// Two results of two or four operands.
        case many
        case load, store
        /// A lane number follows.
        case extractLane, replaceLane
    }

    var form: Form
    /// Of the result.
    var type: ResultType
    var operandCount: UInt8
    /// Binary logarithm of the bytes that a load or store accesses.
    var widthLog2: UInt8

    init(_ row: OpcodeInfo) {
        form = .special
        type = .none
        operandCount = 0
        widthLog2 = row.naturalAlignment
        let signature = row.signature
        guard signature.isPlain, row.page != .atomic, row.opcode.strictForm == row.opcode else { return }
        operandCount = UInt8(signature.operandCount)
        if signature.resultCount > 0 { type = ResultType(MachineType(signature.result(0))) }
        switch (row.immediates, signature.operandCount, signature.resultCount) {
        case (.none, 1, 1): form = row.effects.contains(.mayTrap) ? .trappingUnary : .unary
        case (.none, 2, 1): form = row.effects.contains(.mayTrap) ? .trappingBinary : .binary
        case (.none, 3, 1): form = .ternary
        case (.none, 2, 2), (.none, 4, 2): form = .many
        case (.memoryArgument, 1, 1): form = row.opcode.splatOfLoad == nil ? .load : .special
        case (.memoryArgument, 2, 0): form = .store
        case (.lane, 1, 1): form = .extractLane
        case (.lane, 2, 1): form = .replaceLane
        default: break
        }
    }

    /// By ordinal. Never written after its initialisation and never freed.
    nonisolated(unsafe) static let byOrdinal: UnsafePointer<OperatorShape> = {
        let all = Opcode.allCases
        let table = UnsafeMutablePointer<OperatorShape>.allocate(capacity: all.count)
        for opcode in all { (table + opcode.ordinal).initialize(to: OperatorShape(opcode.info)) }
        return UnsafePointer(table)
    }()
}

extension Opcode {
    /// The operator whose results a relaxed one has in the deterministic profile; the operator itself if there is none.
    var strictForm: Opcode {
        switch self {
        case .i8x16RelaxedSwizzle: .i8x16Swizzle
        case .f32x4RelaxedMin: .f32x4Min
        case .f32x4RelaxedMax: .f32x4Max
        case .f64x2RelaxedMin: .f64x2Min
        case .f64x2RelaxedMax: .f64x2Max
        case .i16x8RelaxedQ15mulrS: .i16x8Q15mulrSatS
        default: self
        }
    }

    /// The scalar load and the operator on its result that a load of a whole vector from one lane is made of.
    var splatOfLoad: (load: Opcode, splat: Opcode, type: ResultType)? {
        switch self {
        case .v128Load8Splat: (.i32Load8U, .i8x16Splat, .i32)
        case .v128Load16Splat: (.i32Load16U, .i16x8Splat, .i32)
        case .v128Load32Splat: (.i32Load, .i32x4Splat, .i32)
        case .v128Load64Splat: (.i64Load, .i64x2Splat, .i64)
        default: nil
        }
    }

    /// The scalar load and the operator that puts its result into a lane.
    var laneOfLoad: (load: Opcode, replace: Opcode, type: ResultType)? {
        switch self {
        case .v128Load8Lane: (.i32Load8U, .i8x16ReplaceLane, .i32)
        case .v128Load16Lane: (.i32Load16U, .i16x8ReplaceLane, .i32)
        case .v128Load32Lane: (.i32Load, .i32x4ReplaceLane, .i32)
        case .v128Load64Lane: (.i64Load, .i64x2ReplaceLane, .i64)
        default: nil
        }
    }

    /// The operator that takes a lane out, and the scalar store of it.
    var laneOfStore: (extract: Opcode, store: Opcode, type: ResultType)? {
        switch self {
        case .v128Store8Lane: (.i8x16ExtractLaneU, .i32Store8, .i32)
        case .v128Store16Lane: (.i16x8ExtractLaneU, .i32Store16, .i32)
        case .v128Store32Lane: (.i32x4ExtractLane, .i32Store, .i32)
        case .v128Store64Lane: (.i64x2ExtractLane, .i64Store, .i64)
        default: nil
        }
    }
}
