// Tables of references.

import TerraceRuntime
import WasmFormat

/// The type of a table: element type, limits, width of indices.
public typealias TableType = WasmFormat.TableType

/// A table of a store.
public struct Table {
    public let store: Store
    // Owned by the store.
    unowned(unsafe) let storage: TableStorage

    init(store: Store, storage: TableStorage) {
        self.store = store
        self.storage = storage
    }

    /// Makes a table of the type's minimum size, filled with a value or null.
    public init(_ store: Store, _ type: TableType, filledWith value: Value? = nil) throws(EntityError) {
        var initial: RawReference = 0
        if let value {
            guard let raw = value.raw(as: type.element, store: store) else { throw .typeMismatch }
            initial = raw.reference
        } else if !type.element.isNullable {
            throw .typeMismatch
        }
        guard store.storage.keepType(of: type.element) else { throw .typeIsGone }
        do throws(ResourceLimitError) {
            self.init(store: store, storage: try store.storage.makeTable(type, initial: initial))
        } catch {
            throw .limit(error)
        }
    }

    /// The declared type.
    public var type: TableType { storage.type }
    /// Current number of elements.
    public var count: Int { storage.count }

    /// An element; nil if the index is out of range.
    public subscript(index: Int) -> Value? {
        guard index >= 0, index < storage.count else { return nil }
        let raw = RawValue(reference: storage.elements[index])
        return Value(raw: raw, type: storage.type.element, store: store)
    }

    /// Changes an element.
    public func set(_ index: Int, to value: Value) throws(EntityError) {
        guard index >= 0, index < storage.count else { throw .outOfRange }
        guard let raw = value.raw(as: storage.type.element, store: store) else { throw .typeMismatch }
        storage.elements[index] = raw.reference
    }

    /// Grows by a number of elements. Returns the count before, or nil if a limit does not allow it.
    public func grow(by count: UInt64, filledWith value: Value) throws(EntityError) -> UInt64? {
        guard let raw = value.raw(as: storage.type.element, store: store) else { throw .typeMismatch }
        return storage.grow(by: count, initial: raw.reference)
    }
}

extension Table: Equatable {
    /// Whether both are the same table.
    public static func == (a: Table, b: Table) -> Bool { a.storage === b.storage }
}

/// A use of a table or global that its type does not allow.
public enum EntityError: Error, CustomStringConvertible {
    case typeMismatch
    case immutable
    case outOfRange
    case limit(ResourceLimitError)
    /// The type refers to one of a module that is gone. Types of modules mean something as long as the module lives, or a
    /// store with something of that type.
    case typeIsGone

    public var description: String {
        switch self {
        case .typeMismatch: "the value's type does not fit"
        case .immutable: "the global is immutable"
        case .outOfRange: "the index is out of range"
        case .limit(let error): error.description
        case .typeIsGone: "the type refers to a type of a module that is gone"
        }
    }
}
