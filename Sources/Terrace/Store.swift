// Stores and how to stop what runs in them.

import TerraceRuntime

/// The home of instances, memories, tables, globals and functions. All of them live as long as the store.
///
/// A store and everything in it belong to one thread or task at a time; only its ``interruptHandle`` may be used elsewhere.
public final class Store {
    public let engine: Engine
    public let storage: StoreStorage

    public init(_ engine: Engine) {
        self.engine = engine
        storage = StoreStorage(engine: engine.storage)
        storage.owner = Unmanaged.passUnretained(self).toOpaque()
    }

    /// Stops running code from any thread.
    public var interruptHandle: InterruptHandle { InterruptHandle(state: storage.interruptState) }

    /// Makes code that still runs after a time trap with ``Trap/Kind/interrupted``; nil removes the deadline.
    ///
    /// The deadline counts from now and across calls. Setting or removing it also forgets an interrupt that has not
    /// been noticed yet.
    public func setDeadline(after duration: Duration?) {
        guard let duration else { return storage.setDeadline(afterNanoseconds: nil) }
        let (seconds, attoseconds) = duration.components
        let nanoseconds = Int128(seconds) * 1_000_000_000 + Int128(attoseconds) / 1_000_000_000
        storage.setDeadline(afterNanoseconds: UInt64(clamping: max(0, nanoseconds)))
    }

    /// Calls `body` with the store that a host function was given, without touching its reference count.
    @inlinable @inline(__always)
    static func with<Result>(_ owner: UnsafeMutableRawPointer, _ body: (Store) throws -> Result) rethrows -> Result {
        try Unmanaged<Store>.fromOpaque(owner)._withUnsafeGuaranteedRef(body)
    }
}

/// Stops a store's code. Usable from any thread, also after the store is gone.
public struct InterruptHandle: Sendable {
    let state: InterruptState

    /// Makes running code trap with ``Trap/Kind/interrupted`` at its next loop iteration or call. If none is running,
    /// the next call traps.
    public func interrupt() { state.interrupt() }
}
