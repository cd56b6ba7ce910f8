// Types of generated values.

import WasmFormat

/// A value type as far as the generator knows them.
public enum ValueKind: UInt8, Sendable, CaseIterable {
    case i32, i64, f32, f64, v128, funcref, externref

    var code: UInt8 {
        switch self {
        case .i32: 0x7F
        case .i64: 0x7E
        case .f32: 0x7D
        case .f64: 0x7C
        case .v128: 0x7B
        case .funcref: 0x70
        case .externref: 0x6F
        }
    }

    init?(_ type: ValueType) {
        switch type {
        case .i32: self = .i32
        case .i64: self = .i64
        case .f32: self = .f32
        case .f64: self = .f64
        case .v128: self = .v128
        default: return nil
        }
    }
}

/// Parameters and results.
public struct Signature: Hashable, Sendable {
    public var parameters: [ValueKind]
    public var results: [ValueKind]

    public init(_ parameters: [ValueKind], _ results: [ValueKind]) {
        self.parameters = parameters
        self.results = results
    }
}
