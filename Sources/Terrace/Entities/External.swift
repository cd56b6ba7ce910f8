// Whatever modules import and export.

import TerraceRuntime
import WasmFormat

/// Something that can be imported or exported.
public enum External {
    case function(Function)
    case memory(Memory)
    case table(Table)
    case global(Global)
    case tag(Tag)

    /// What kind of thing it is.
    public var kind: ExternalKind {
        switch self {
        case .function: .function
        case .memory: .memory
        case .table: .table
        case .global: .global
        case .tag: .tag
        }
    }

    var store: Store {
        switch self {
        case .function(let function): function.store
        case .memory(let memory): memory.store
        case .table(let table): table.store
        case .global(let global): global.store
        case .tag(let tag): tag.store
        }
    }

    var storage: ExternalStorage {
        switch self {
        case .function(let function): .function(function.pointer)
        case .memory(let memory): .memory(memory.storage)
        case .table(let table): .table(table.storage)
        case .global(let global): .global(global.storage)
        case .tag(let tag): .tag(tag.storage)
        }
    }

    init(_ storage: ExternalStorage, store: Store) {
        switch storage {
        case .function(let pointer): self = .function(Function(store: store, pointer: pointer))
        case .memory(let memory): self = .memory(Memory(store: store, storage: memory))
        case .table(let table): self = .table(Table(store: store, storage: table))
        case .global(let global): self = .global(Global(store: store, storage: global))
        case .tag(let tag): self = .tag(Tag(store: store, storage: tag))
        }
    }
}

/// The kinds of things that modules import and export.
public typealias ExternalKind = WasmFormat.ExternalKind
