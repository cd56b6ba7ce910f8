// What is left of a WebAssembly type in machine code.

import WasmFormat

/// The machine class of a value: which register file and how many bytes.
@frozen public enum MachineType: UInt8, Sendable, Hashable {
    case i32, i64, f32, f64, v128, ref

    /// Whether values of this type live in general registers.
    @inlinable @inline(__always) public var isGeneral: Bool { self == .i32 || self == .i64 || self == .ref }
    /// Size of a value in memory.
    @inlinable public var byteCount: Int32 { self == .v128 ? 16 : (self == .i32 || self == .f32) ? 4 : 8 }
}

extension MachineType {
    /// The machine class of a WebAssembly value type.
    @inlinable public init(_ type: ValueType) {
        switch type.kind {
        case .i32: self = .i32
        case .i64: self = .i64
        case .f32: self = .f32
        case .f64: self = .f64
        case .v128: self = .v128
        case .ref: self = .ref
        }
    }
}
