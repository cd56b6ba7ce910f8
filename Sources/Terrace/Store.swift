// Stores and how to stop what runs in them.

import TerraceRuntime

/// The home of instances, memories, tables, globals and functions. All of them live as long as the store.
///
/// A store and everything in it belong to one thread or task at a time; only its ``interruptHandle`` may be used elsewhere.
public final class Store {
    public let engine: Engine
    public let storage: StoreStorage

    /// Makes a store. Throws if there is no room for the stack of its code, ``Configuration/wasmStackBytes``.
    public init(_ engine: Engine) throws(ResourceLimitError) {
        self.engine = engine
        storage = try StoreStorage(engine: engine.storage)
        storage.owner = Unmanaged.passUnretained(self).toOpaque()
    }

    /// Stops running code from any thread.
    public var interruptHandle: InterruptHandle { InterruptHandle(state: storage.interruptState) }

    /// Sets the time after which the store's code traps with ``Trap/Kind/interrupted``, in place of an earlier deadline.
    ///
    /// It counts from now and across calls. Once it has passed it stays passed: code that runs traps at its next loop
    /// iteration or call, and so does every later call, also one that a host function makes, until another deadline is
    /// set or ``clearDeadline()`` is called. A host function may do that, for the code that called it too. A duration of
    /// zero or less has passed at once.
    ///
    /// Throws if nothing can watch the time (no thread can be started); the store has no deadline then.
    public func setDeadline(after duration: Duration) throws(ResourceLimitError) {
        let (seconds, attoseconds) = duration.components
        let nanoseconds = Int128(seconds) * 1_000_000_000 + Int128(attoseconds) / 1_000_000_000
        try storage.setDeadline(afterNanoseconds: UInt64(clamping: max(0, nanoseconds)))
    }

    /// Removes the deadline, whether or not it has passed. Does not take back an interrupt.
    public func clearDeadline() { storage.clearDeadline() }

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
    ///
    /// The interrupt lasts until the outermost call has thrown that trap (several before then count as one). So if a host
    /// function catches the trap of a call that it made, the code that called the host function traps as well. Deadlines do
    /// not touch interrupts.
    public func interrupt() { state.interrupt() }
}
