// The operators that generated code uses, taken from the opcode table.

import WasmFormat

/// A plain operator: operands in, one result out.
struct PlainOperator: Sendable {
    var opcode: Opcode
    var operands: [ValueKind]
    var result: ValueKind
    /// Number of lanes, if a lane follows the opcode.
    var laneCount: Int
    var hasShuffle: Bool
    /// Operand whose NaN bits the operator makes visible, or -1.
    var observedOperand: Int
    /// For vector arithmetic whose NaN results have unspecified bits: the operator that finds NaN lanes.
    var laneEquality: Opcode?
    /// What an operator that may trap divides by, or truncates.
    var mayTrap: Bool
    var isRelaxed: Bool
}

/// A load or a store.
struct MemoryOperator: Sendable {
    var opcode: Opcode
    /// Value operands behind the address.
    var value: ValueKind?
    var result: ValueKind?
    var alignment: Int
    var hasLane: Bool
}

/// All operators by what they yield.
struct OperatorCatalog: Sendable {
    private(set) var byResult: [[PlainOperator]] = Array(repeating: [], count: ValueKind.allCases.count)
    private(set) var loads: [[MemoryOperator]] = Array(repeating: [], count: ValueKind.allCases.count)
    private(set) var stores: [MemoryOperator] = []

    private static let scalar = OperatorCatalog(vectors: false, relaxedVectors: false)
    private static let fixedWidth = OperatorCatalog(vectors: true, relaxedVectors: false)
    private static let relaxed = OperatorCatalog(vectors: true, relaxedVectors: true)

    static func catalog(for options: GeneratorOptions) -> OperatorCatalog {
        options.vectors ? options.relaxedVectors ? relaxed : fixedWidth : scalar
    }

    private init(vectors: Bool, relaxedVectors: Bool) {
        for opcode in Opcode.allCases {
            let info = opcode.info
            guard info.signature.isPlain else { continue }
            switch info.feature {
            case .core, .signExtension, .saturatingTruncation: break
            case .simd where vectors: break
            case .relaxedSIMD where relaxedVectors: break
            default: continue
            }
            let resultCount = info.signature.resultCount
            switch info.immediates {
            case .none, .lane, .shuffle:
                let operands = info.signature.operands().compactMap(ValueKind.init)
                guard resultCount == 1, !operands.isEmpty, operands.count == info.signature.operandCount,
                    let result = ValueKind(info.signature.result(0))
                else { continue }
                add(opcode, operands, result)
            case .memoryArgument, .memoryArgumentLane:
                var entry = MemoryOperator(
                    opcode: opcode, value: nil, result: nil, alignment: Int(info.naturalAlignment),
                    hasLane: info.immediates == .memoryArgumentLane)
                if info.signature.operandCount > 1 { entry.value = ValueKind(info.signature.operand(1)) }
                if resultCount == 1, let result = ValueKind(info.signature.result(0)) {
                    entry.result = result
                    loads[Int(result.rawValue)].append(entry)
                } else {
                    stores.append(entry)
                }
            default: continue
            }
        }
    }

    private mutating func add(_ opcode: Opcode, _ operands: [ValueKind], _ result: ValueKind) {
        let name = opcode.info.name
        var entry = PlainOperator(
            opcode: opcode, operands: operands, result: result, laneCount: 0,
            hasShuffle: opcode.info.immediates == .shuffle, observedOperand: -1, laneEquality: nil,
            mayTrap: opcode.info.effects.contains(.mayTrap), isRelaxed: opcode.info.feature == .relaxedSIMD)
        if opcode.info.immediates == .lane { entry.laneCount = Int(opcode.info.laneCount) }
        switch name {
        case "i32.reinterpret_f32", "i64.reinterpret_f64", "f32x4.splat", "f64x2.splat": entry.observedOperand = 0
        case "f32x4.replace_lane", "f64x2.replace_lane", "f32.copysign", "f64.copysign": entry.observedOperand = 1
        default: break
        }
        let parts = name.split(separator: ".")
        if result == .v128, parts.count == 2, parts[0] == "f32x4" || parts[0] == "f64x2" {
            switch parts[1] {
            case "add", "sub", "mul", "div", "min", "max", "sqrt", "ceil", "floor", "trunc", "nearest",
                "demote_f64x2_zero", "promote_low_f32x4", "relaxed_madd", "relaxed_nmadd", "relaxed_min", "relaxed_max":
                entry.laneEquality = parts[0] == "f32x4" ? .f32x4Eq : .f64x2Eq
            default: break
            }
        }
        byResult[Int(result.rawValue)].append(entry)
    }
}
