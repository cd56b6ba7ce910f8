// Instances of modules.

import TerraceRuntime
import WasmFormat

/// A module with its own memories, tables and globals: an unowned handle of what the store owns.
public struct Instance {
    public let store: Store
    // Owned by the store.
    unowned(unsafe) let storage: InstanceStorage

    init(store: Store, storage: InstanceStorage) {
        self.store = store
        self.storage = storage
    }

    /// Instantiates a module: links its imports, evaluates its initialisers, applies its active segments, calls its
    /// start function.
    public init(_ store: Store, _ module: Module, imports: Imports = Imports()) throws(InstantiationError) {
        precondition(store.engine === module.engine, "store and module belong to different engines")
        var externals: [ExternalStorage] = []
        externals.reserveCapacity(module.storage.module.imports.count)
        for entry in module.storage.module.imports {
            guard let definition = imports[entry.module, entry.name] else {
                throw .link(LinkError(.unknownImport, entry, "\(entry.type.kind) is not defined"))
            }
            guard definition.store === store else {
                throw .link(LinkError(.incompatibleType, entry, "the definition belongs to another store"))
            }
            externals.append(definition.storage)
        }
        self.init(store: store, storage: try store.storage.instantiate(module.storage, imports: externals))
    }

    public var module: Module { Module(engine: store.engine, storage: storage.module) }

    /// An export by name.
    public subscript(name: String) -> External? { storage.export(named: name).map { External($0, store: store) } }

    /// All exports, in the module's order.
    public var exports: [(name: String, value: External)] {
        storage.module.module.exports.map { ($0.name, External(storage.export($0), store: store)) }
    }

    /// An exported function.
    public func function(_ name: String) -> Function? {
        if case .function(let function)? = self[name] { function } else { nil }
    }
    /// An exported memory.
    public func memory(_ name: String = "memory") -> Memory? {
        storage.exportedMemory(name).map { Memory(store: store, storage: $0) }
    }
    /// An exported table.
    public func table(_ name: String) -> Table? { if case .table(let table)? = self[name] { table } else { nil } }
    /// An exported global.
    public func global(_ name: String) -> Global? {
        if case .global(let global)? = self[name] { global } else { nil }
    }
}

/// Why a module could not be instantiated.
public typealias InstantiationError = TerraceRuntime.InstantiationError
/// An import that is missing or of the wrong type.
public typealias LinkError = TerraceRuntime.LinkError
