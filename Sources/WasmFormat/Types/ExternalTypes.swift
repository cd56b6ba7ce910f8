// Types of what modules import and export: memories, tables, globals; and the import and export entries.

/// Bounds of a memory (in its pages) or a table (in elements).
@frozen
public struct Limits: Hashable, Sendable {
    public var minimum: UInt64
    public var maximum: UInt64?

    public init(minimum: UInt64, maximum: UInt64? = nil) {
        self.minimum = minimum
        self.maximum = maximum
    }
}

/// The type of a memory.
@frozen
public struct MemoryType: Hashable, Sendable {
    /// In pages of `1 << pageSizeLog2` bytes.
    public var limits: Limits
    /// Whether addresses are 64 bits wide.
    public var is64: Bool
    public var isShared: Bool
    /// 16, or 0 for memories measured in bytes.
    public var pageSizeLog2: UInt8

    public init(limits: Limits, is64: Bool = false, isShared: Bool = false, pageSizeLog2: UInt8 = 16) {
        self.limits = limits
        self.is64 = is64
        self.isShared = isShared
        self.pageSizeLog2 = pageSizeLog2
    }

    /// The type of addresses.
    @inlinable
    public var addressType: ValueType { is64 ? .i64 : .i32 }
}

/// The type of a table.
@frozen
public struct TableType: Hashable, Sendable {
    public var element: ValueType
    public var limits: Limits
    /// Whether indices are 64 bits wide.
    public var is64: Bool
    /// What the elements of a defined table start with; without one, null.
    public var initializer: ConstantExpression?

    public init(element: ValueType, limits: Limits, is64: Bool = false, initializer: ConstantExpression? = nil) {
        self.element = element
        self.limits = limits
        self.is64 = is64
        self.initializer = initializer
    }

    /// The type of indices.
    @inlinable
    public var addressType: ValueType { is64 ? .i64 : .i32 }
}

/// The type of a global.
@frozen
public struct GlobalType: Hashable, Sendable {
    public var type: ValueType
    public var isMutable: Bool

    public init(type: ValueType, isMutable: Bool) {
        self.type = type
        self.isMutable = isMutable
    }
}

/// What kind of thing is imported or exported. Raw values are those of the binary format.
@frozen
public enum ExternalKind: UInt8, Hashable, Sendable, CaseIterable {
    case function = 0
    case table = 1
    case memory = 2
    case global = 3
    case tag = 4
}

/// What an import asks for.
@frozen
public enum ExternalType: Hashable, Sendable {
    case function(typeIndex: UInt32)
    case table(TableType)
    case memory(MemoryType)
    case global(GlobalType)
    case tag(typeIndex: UInt32)

    public var kind: ExternalKind {
        switch self {
        case .function: .function
        case .table: .table
        case .memory: .memory
        case .global: .global
        case .tag: .tag
        }
    }
}

/// An entry of the import section.
@frozen
public struct Import: Hashable, Sendable {
    public var module: String
    public var name: String
    public var type: ExternalType

    public init(module: String, name: String, type: ExternalType) {
        self.module = module
        self.name = name
        self.type = type
    }
}

/// An entry of the export section.
@frozen
public struct Export: Hashable, Sendable {
    public var name: String
    public var kind: ExternalKind
    /// In the index space of the kind, imports first.
    public var index: UInt32

    public init(name: String, kind: ExternalKind, index: UInt32) {
        self.name = name
        self.kind = kind
        self.index = index
    }
}
