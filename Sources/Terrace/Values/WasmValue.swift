// Swift types that correspond to WebAssembly types: what typed functions take and give.

import TerraceRuntime
import WasmFormat

/// A Swift type that corresponds to a WebAssembly value type. The requirements are the engine's; do not add conformances.
public protocol WasmValue {
    /// The corresponding type.
    static var wasmType: ValueType { get }
    /// Reads a value from a slot of 16 bytes.
    static func _load(_ slot: UnsafeRawPointer, _ store: Store) -> Self
    /// Writes a value to a slot of 16 bytes.
    func _store(_ slot: UnsafeMutableRawPointer, _ store: Store)
}

extension Int32: WasmValue {
    @inlinable public static var wasmType: ValueType { .i32 }
    @inlinable @inline(__always) public static func _load(_ slot: UnsafeRawPointer, _ store: Store) -> Int32 {
        slot.load(as: Int32.self)
    }
    // An i32 is zero-extended in registers and slots.
    @inlinable @inline(__always) public func _store(_ slot: UnsafeMutableRawPointer, _ store: Store) {
        slot.storeBytes(of: UInt64(UInt32(bitPattern: self)), as: UInt64.self)
    }
}

extension UInt32: WasmValue {
    @inlinable public static var wasmType: ValueType { .i32 }
    @inlinable @inline(__always) public static func _load(_ slot: UnsafeRawPointer, _ store: Store) -> UInt32 {
        slot.load(as: UInt32.self)
    }
    @inlinable @inline(__always) public func _store(_ slot: UnsafeMutableRawPointer, _ store: Store) {
        slot.storeBytes(of: UInt64(self), as: UInt64.self)
    }
}

extension Int64: WasmValue {
    @inlinable public static var wasmType: ValueType { .i64 }
    @inlinable @inline(__always) public static func _load(_ slot: UnsafeRawPointer, _ store: Store) -> Int64 {
        slot.load(as: Int64.self)
    }
    @inlinable @inline(__always) public func _store(_ slot: UnsafeMutableRawPointer, _ store: Store) {
        slot.storeBytes(of: self, as: Int64.self)
    }
}

extension UInt64: WasmValue {
    @inlinable public static var wasmType: ValueType { .i64 }
    @inlinable @inline(__always) public static func _load(_ slot: UnsafeRawPointer, _ store: Store) -> UInt64 {
        slot.load(as: UInt64.self)
    }
    @inlinable @inline(__always) public func _store(_ slot: UnsafeMutableRawPointer, _ store: Store) {
        slot.storeBytes(of: self, as: UInt64.self)
    }
}

extension Float: WasmValue {
    @inlinable public static var wasmType: ValueType { .f32 }
    @inlinable @inline(__always) public static func _load(_ slot: UnsafeRawPointer, _ store: Store) -> Float {
        slot.load(as: Float.self)
    }
    @inlinable @inline(__always) public func _store(_ slot: UnsafeMutableRawPointer, _ store: Store) {
        slot.storeBytes(of: self, as: Float.self)
    }
}

extension Double: WasmValue {
    @inlinable public static var wasmType: ValueType { .f64 }
    @inlinable @inline(__always) public static func _load(_ slot: UnsafeRawPointer, _ store: Store) -> Double {
        slot.load(as: Double.self)
    }
    @inlinable @inline(__always) public func _store(_ slot: UnsafeMutableRawPointer, _ store: Store) {
        slot.storeBytes(of: self, as: Double.self)
    }
}

extension V128: WasmValue {
    @inlinable public static var wasmType: ValueType { .v128 }
    @inlinable @inline(__always) public static func _load(_ slot: UnsafeRawPointer, _ store: Store) -> V128 {
        slot.load(as: V128.self)
    }
    @inlinable @inline(__always) public func _store(_ slot: UnsafeMutableRawPointer, _ store: Store) {
        slot.storeBytes(of: self, as: V128.self)
    }
}

/// `Function?` corresponds to `funcref`, `ExternalReference?` to `externref`.
extension Optional: WasmValue where Wrapped: WasmReference {
    @inlinable public static var wasmType: ValueType { Wrapped._nullableType }
    @inlinable public static func _load(_ slot: UnsafeRawPointer, _ store: Store) -> Wrapped? {
        let raw = slot.load(as: UInt.self)
        return raw == 0 ? nil : Wrapped._make(raw, store)
    }
    @inlinable public func _store(_ slot: UnsafeMutableRawPointer, _ store: Store) {
        slot.storeBytes(of: self?._raw(store) ?? 0, as: UInt.self)
    }
}

/// A Swift type whose optional corresponds to a reference type.
public protocol WasmReference {
    static var _nullableType: ValueType { get }
    static func _make(_ raw: UInt, _ store: Store) -> Self
    func _raw(_ store: Store) -> UInt
}

extension ExternalReference: WasmReference {
    public static var _nullableType: ValueType { .externref }
    public static func _make(_ raw: UInt, _ store: Store) -> ExternalReference {
        ExternalReference(store.storage.object(of: raw))
    }
    public func _raw(_ store: Store) -> UInt { store.storage.reference(to: object) }
}

extension Function: WasmReference {
    public static var _nullableType: ValueType { .funcref }
    public static func _make(_ raw: UInt, _ store: Store) -> Function { Function(store: store, raw: raw)! }
    public func _raw(_ store: Store) -> UInt {
        precondition(self.store === store, "a function can be used only in its own store")
        return raw
    }
}
