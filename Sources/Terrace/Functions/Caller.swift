// What a host function knows of the code that called it.

import TerraceRuntime

/// The circumstances of a host function's call. Valid until the host function returns.
public struct Caller {
    // The store outlives every call in it.
    public unowned(unsafe) let store: Store

    @inlinable init(store: Store) { self.store = store }

    /// The instance whose code made the call; nil if the host called the function directly.
    public var instance: Instance? {
        store.storage.callerInstance.map { Instance(store: store, storage: $0) }
    }

    /// A memory that the calling instance exports.
    public func memory(named name: String = "memory") -> Memory? {
        guard let storage = store.storage.callerInstance?.exportedMemory(name) else { return nil }
        return Memory(store: store, storage: storage)
    }

    /// The bytes of a memory that the calling instance exports: what ``memory(named:)`` gives, faster. They must not be
    /// used after the memory grows or the host function returns.
    public func memoryBytes(named name: String = "memory") -> UnsafeMutableRawBufferPointer? {
        store.storage.callerMemoryBytes(name)
    }

    /// Anything that the calling instance exports.
    public func export(named name: String) -> External? { instance?[name] }
}
