// Stopping a store's running code: interrupts from other threads, and deadlines.
//
// Code must stop while an interrupt is pending or the deadline has passed. The two end differently: an interrupt when the
// outermost activation has reported it, a passed deadline only when the host sets another or removes it. So a host function
// that swallows what a nested call throws gains its guest nothing.

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
        let stackLimit: UInt
        /// Number of the deadline that counts; older ones are void.
        var deadline: UInt64 = 0
        var deadlineHasPassed = false
        var interruptIsPending = false

        /// Makes the store's words say whether code must stop.
        func apply() {
            guard let context else { return }
            let mustStop = deadlineHasPassed || interruptIsPending
            guard context.isInterruptRequested != mustStop else { return }
            // A check that fails without a request resumes: so the request is there whenever a check may fail for it.
            if mustStop { context.setInterruptRequested(true) }
            for limit in limits { limit.set(mustStop ? UInt.max : stackLimit) }
            if !mustStop { context.setInterruptRequested(false) }
        }
    }
    // The lock makes "flag, then limits" one step against registration and reset. The pointers are the store's.
    private let watched: Guarded<Watched>

    /// The place in ``DeadlineTimer``'s heap; -1 = none.
    nonisolated(unsafe) var heapIndex = -1  // protected by the timer's mutex

    init(context: ActivationContext, stackLimit: UInt) {
        watched = Guarded(Watched(context: context, stackLimit: stackLimit))
    }

    /// Makes the store's running code trap with `interrupted` at its next loop iteration or call; if none is running,
    /// the next call does. Callable on any thread, at any time.
    public func interrupt() {
        watched.withLock {
            $0.interruptIsPending = true
            $0.apply()
        }
    }

    /// The outermost activation has reported that it was interrupted. Called by the store's thread.
    func interruptWasReported() {
        watched.withLock {
            $0.interruptIsPending = false
            $0.apply()
        }
    }

    /// The deadline of a number has passed, if it still counts.
    func deadlinePassed(_ deadline: UInt64) {
        watched.withLock {
            guard $0.deadline == deadline else { return }
            $0.deadlineHasPassed = true
            $0.apply()
        }
    }

    /// Makes all earlier deadlines void, passed or not. Returns the number for a new one.
    func renewDeadline() -> UInt64 {
        watched.withLock {
            $0.deadline += 1
            $0.deadlineHasPassed = false
            $0.apply()
            return $0.deadline
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
