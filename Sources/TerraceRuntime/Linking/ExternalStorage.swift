// What instances import and export, and its types.

import WasmFormat

/// An entity that can be imported or exported: an unowned handle, valid while its store lives.
public enum ExternalStorage {
    case function(FunctionPointer)
    case table(TableStorage)
    case memory(MemoryStorage)
    case global(GlobalStorage)
    case tag(TagStorage)

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

/// The type of an import or export. Concrete types are given with canonical ids.
public enum ExternalDescription: Hashable, Sendable {
    case function(FunctionType)
    case table(TableType)
    case memory(MemoryType)
    case global(GlobalType)
    case tag(FunctionType)

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
