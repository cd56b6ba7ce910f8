// Global variables and constants; tags.

import TerraceRuntime
import WasmFormat

/// The type of a global: value type and mutability.
public typealias GlobalType = WasmFormat.GlobalType

/// A global of a store.
public struct Global {
    public let store: Store
    // Owned by the store.
    unowned(unsafe) let storage: GlobalStorage

    init(store: Store, storage: GlobalStorage) {
        self.store = store
        self.storage = storage
    }

    /// Makes a global with a value.
    public init(_ store: Store, _ type: GlobalType, _ value: Value) throws(EntityError) {
        guard let raw = value.raw(as: type.type, store: store) else { throw .typeMismatch }
        guard store.storage.keepType(of: type.type) else { throw .typeIsGone }
        self.init(store: store, storage: store.storage.makeGlobal(type, value: raw))
    }

    public var type: GlobalType { storage.type }

    /// The current value.
    public var value: Value {
        Value(raw: storage.slot.load(as: RawValue.self), type: storage.type.type, store: store)
    }

    /// Changes the value of a mutable global.
    public func set(_ value: Value) throws(EntityError) {
        guard storage.type.isMutable else { throw .immutable }
        guard let raw = value.raw(as: storage.type.type, store: store) else { throw .typeMismatch }
        storage.slot.storeBytes(of: raw, as: RawValue.self)
    }
}

extension Global: Equatable {
    /// Whether both are the same global.
    public static func == (a: Global, b: Global) -> Bool { a.storage.slot == b.storage.slot }
}

/// An exception tag of a store: an identity with a type.
public struct Tag {
    public let store: Store
    // Owned by the store.
    unowned(unsafe) let storage: TagStorage

    init(store: Store, storage: TagStorage) {
        self.store = store
        self.storage = storage
    }

    /// Makes a tag for exceptions with values of some types.
    public init(_ store: Store, parameters: [ValueType]) throws(EntityError) {
        guard let tag = store.storage.makeTag(FunctionType(parameters: parameters)) else { throw .typeIsGone }
        self.init(store: store, storage: tag)
    }

    public var type: FunctionSignature {
        store.storage.engine.functionType(canonicalID: storage.typeID)
    }
}

extension Tag: Equatable {
    /// Whether both are the same tag.
    public static func == (a: Tag, b: Tag) -> Bool { a.storage === b.storage }
}
