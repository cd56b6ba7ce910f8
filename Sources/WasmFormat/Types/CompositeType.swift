// Function, structure and array types, and the subtypes that a type section is made of.

/// Parameters and results of functions, blocks and tags.
@frozen
public struct FunctionType: Hashable, Sendable {
    public var parameters: [ValueType]
    public var results: [ValueType]

    public init(parameters: [ValueType] = [], results: [ValueType] = []) {
        self.parameters = parameters
        self.results = results
    }
}

extension FunctionType: CustomStringConvertible {
    public var description: String {
        func list(_ types: [ValueType]) -> String { "[" + types.map(\.description).joined(separator: " ") + "]" }
        return "\(list(parameters)) -> \(list(results))"
    }
}

/// What a field or an element holds.
@frozen
public enum StorageType: Hashable, Sendable {
    case i8
    case i16
    case value(ValueType)

    /// The type of the value that a read gives and a write takes.
    @inlinable
    public var unpacked: ValueType {
        if case .value(let type) = self { type } else { .i32 }
    }

    /// Whether reads must say how to extend.
    @inlinable
    public var isPacked: Bool {
        if case .value = self { false } else { true }
    }
}

/// A field of a structure, or the element of an array.
@frozen
public struct FieldType: Hashable, Sendable {
    public var storage: StorageType
    public var isMutable: Bool

    public init(storage: StorageType, isMutable: Bool) {
        self.storage = storage
        self.isMutable = isMutable
    }
}

/// A structure type.
@frozen
public struct StructType: Hashable, Sendable {
    public var fields: [FieldType]

    public init(fields: [FieldType] = []) { self.fields = fields }
}

/// An array type.
@frozen
public struct ArrayType: Hashable, Sendable {
    public var element: FieldType

    public init(element: FieldType) { self.element = element }
}

/// What a type definition describes.
@frozen
public enum CompositeType: Hashable, Sendable {
    case function(FunctionType)
    case structure(StructType)
    case array(ArrayType)

    /// The function type, if it is one.
    public var functionType: FunctionType? {
        if case .function(let type) = self { type } else { nil }
    }
}

/// An entry of the type section.
@frozen
public struct SubType: Hashable, Sendable {
    /// Whether no further types may be derived.
    public var isFinal: Bool
    /// The type that this one is derived from.
    public var supertype: UInt32?
    public var composite: CompositeType

    public init(isFinal: Bool = true, supertype: UInt32? = nil, composite: CompositeType) {
        self.isFinal = isFinal
        self.supertype = supertype
        self.composite = composite
    }
}
