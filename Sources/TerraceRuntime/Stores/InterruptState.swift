// Stopping a store's running code from another thread.

import Synchronization
import TerraceABI
import TerraceCode
import TerraceThreads

/// The part of a store that other threads may touch: it outlives the store, which closes it at its end.
public final class InterruptState: Sendable {
    /// The stack-limit word of an instance or host function.
    private struct StackLimit: @unchecked Sendable {
        // Atomic; the store frees it after closing this object.
        let word: UnsafeMutablePointer<Atomic<UInt>>
        func set(_ value: UInt) { word.pointee.store(value, ordering: .releasing) }
    }

    private struct Watched {
        /// nil once the store is gone.
        var context: ActivationContext?
        /// The stack-limit words of all instances and host functions of the store.
        var limits: [StackLimit] = []
        var stackLimit: UInt
        /// Number of the deadline that counts; older ones are void.
        var deadline: UInt64 = 0
    }
    // The lock makes "flag, then limits" one step against registration and reset. The pointers are the store's.
    private let watched: Guarded<Watched>

    init(context: ActivationContext, stackLimit: UInt) {
        watched = Guarded(Watched(context: context, stackLimit: stackLimit))
    }

    /// Makes the store's running code trap with `interrupted` at its next loop iteration or call; if none is running,
    /// the next call does. Callable on any thread, at any time.
    public func interrupt() { watched.withLock { Self.interrupt(&$0) } }

    private static func interrupt(_ watched: inout Watched) {
        guard let context = watched.context else { return }
        context.setInterruptRequested(true)
        for limit in watched.limits { limit.set(UInt.max) }
    }

    /// Interrupts if the deadline of that number still counts.
    func deadlinePassed(_ deadline: UInt64) {
        watched.withLock { if $0.deadline == deadline { Self.interrupt(&$0) } }
    }

    /// Makes all earlier deadlines void. Returns the number for a new one.
    func renewDeadline() -> UInt64 {
        watched.withLock {
            $0.deadline += 1
            return $0.deadline
        }
    }

    /// Forgets a pending interrupt. Called by the store's thread when it has been delivered.
    func reset() {
        watched.withLock { watched in
            guard let context = watched.context, context.isInterruptRequested else { return }
            for limit in watched.limits { limit.set(watched.stackLimit) }
            context.setInterruptRequested(false)
        }
    }

    /// Adds a record whose first word is a stack limit, and sets that word.
    func register(_ record: UnsafeMutableRawPointer) {
        let word = record + Int(InstanceLayout.stackLimit)
        let limit = StackLimit(word: word.assumingMemoryBound(to: Atomic<UInt>.self))
        watched.withLock { watched in
            let pending = watched.context.map { $0.isInterruptRequested } ?? false
            limit.set(pending ? UInt.max : watched.stackLimit)
            watched.limits.append(limit)
        }
    }

    /// The store is going away.
    func close() {
        watched.withLock {
            $0.context = nil
            $0.limits = []
        }
    }
}
