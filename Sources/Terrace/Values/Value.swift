// Values of any type, for calls whose types are known only at run time.

import TerraceRuntime
import WasmFormat

/// The type of a value: a number, a vector or a reference.
public typealias ValueType = WasmFormat.ValueType
/// What a reference refers to.
public typealias HeapType = WasmFormat.HeapType

/// A WebAssembly value. Bits of floating-point numbers, those of NaNs included, pass unchanged.
public enum Value {
    case i32(Int32)
    case i64(Int64)
    case f32(Float)
    case f64(Double)
    case v128(V128)
    /// A function reference; nil is null.
    case function(Function?)
    /// A reference to a host object; nil is null.
    case external(ExternalReference?)
    /// A reference of another kind (`anyref`, `exnref` and their subtypes), which the host can only pass on. 0 is null.
    case opaque(OpaqueReference)
}

/// A reference that means nothing to the host. Valid in the store that it came from.
public struct OpaqueReference: Hashable {
    /// The top of the reference's hierarchy: `any` or `exn`.
    public let hierarchy: HeapType
    let raw: RawReference

    /// The null reference.
    public static func null(_ hierarchy: HeapType) -> OpaqueReference { OpaqueReference(hierarchy: hierarchy, raw: 0) }
    public var isNull: Bool { raw == 0 }

    init(hierarchy: HeapType, raw: RawReference) {
        self.hierarchy = hierarchy
        self.raw = raw
    }
}

extension Value {
    /// The null reference of a reference type's hierarchy.
    public static func null(_ type: HeapType, isFunctionType: Bool = true) -> Value {
        switch ReferenceHierarchy(type) {
        case .function: .function(nil)
        case .external: .external(nil)
        case .any: .opaque(.null(.any))
        case .exception: .opaque(.null(.exn))
        }
    }

    /// The default value of a type: zero or null; nil for references without null.
    public static func defaultValue(of type: ValueType) -> Value? {
        switch type.kind {
        case .i32: .i32(0)
        case .i64: .i64(0)
        case .f32: .f32(0)
        case .f64: .f64(0)
        case .v128: .v128(V128(low: 0, high: 0))
        case .ref: type.isNullable ? .null(type.heapType) : nil
        }
    }

    /// Reads a value of a type from a slot.
    init(raw: RawValue, type: ValueType, store: Store) {
        switch type.kind {
        case .i32: self = .i32(raw.i32)
        case .i64: self = .i64(raw.i64)
        case .f32: self = .f32(Float(bitPattern: UInt32(truncatingIfNeeded: raw.low)))
        case .f64: self = .f64(Double(bitPattern: raw.low))
        case .v128: self = .v128(V128(low: raw.low, high: raw.high))
        case .ref:
            let reference = raw.reference
            switch ReferenceHierarchy(type.heapType) {
            case .function: self = .function(Function(store: store, raw: reference))
            case .external:
                self = .external(reference == 0 ? nil : ExternalReference(store.storage.object(of: reference)))
            case .any: self = .opaque(OpaqueReference(hierarchy: .any, raw: reference))
            case .exception: self = .opaque(OpaqueReference(hierarchy: .exn, raw: reference))
            }
        }
    }

    /// The value as it stands in a slot, if it is of the type (given with canonical ids) and belongs to the store.
    func raw(as type: ValueType, store: Store) -> RawValue? {
        switch (self, type.kind) {
        case (.i32(let value), .i32): return RawValue(i32: value)
        case (.i64(let value), .i64): return RawValue(i64: value)
        case (.f32(let value), .f32): return RawValue(low: UInt64(value.bitPattern))
        case (.f64(let value), .f64): return RawValue(low: value.bitPattern)
        case (.v128(let value), .v128): return RawValue(low: value.low, high: value.high)
        case (.function(let function), .ref):
            guard ReferenceHierarchy(type.heapType) == .function else { return nil }
            guard let function else { return type.isNullable ? RawValue(low: 0) : nil }
            guard function.store === store, store.storage.engine.isFunction(function.pointer, of: type.heapType) else {
                return nil
            }
            return RawValue(reference: function.raw)
        case (.external(let reference), .ref):
            guard ReferenceHierarchy(type.heapType) == .external else { return nil }
            guard let reference else { return type.isNullable ? RawValue(low: 0) : nil }
            guard type.heapType == .extern else { return nil }
            return RawValue(reference: store.storage.reference(to: reference.object))
        case (.opaque(let reference), .ref):
            guard reference.isNull, type.isNullable else { return nil }
            let hierarchy = ReferenceHierarchy(type.heapType)
            return hierarchy == ReferenceHierarchy(reference.hierarchy) ? RawValue(low: 0) : nil
        default: return nil
        }
    }
}

/// The four families of reference types, which have no values in common.
enum ReferenceHierarchy: Hashable {
    case function, external, any, exception

    /// Concrete types count as function types: no values of other concrete types reach the host yet.
    init(_ type: HeapType) {
        switch type {
        case .func, .nofunc: self = .function
        case .extern, .noextern: self = .external
        case .exn, .noexn: self = .exception
        default: self = type.isConcrete ? .function : .any
        }
    }
}

extension Value: CustomStringConvertible {
    public var description: String {
        switch self {
        case .i32(let value): "i32:\(value)"
        case .i64(let value): "i64:\(value)"
        case .f32(let value): "f32:\(value)"
        case .f64(let value): "f64:\(value)"
        case .v128(let value): "v128:\(value)"
        case .function(let function): function.map { "function:\($0.type)" } ?? "function:null"
        case .external(let reference): reference.map { "external:\($0.object)" } ?? "external:null"
        case .opaque(let reference): reference.isNull ? "\(reference.hierarchy):null" : "\(reference.hierarchy):…"
        }
    }
}
