// The lock that everything in the engine uses, and a value behind it.

import CTerrace
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A value behind a lock. No fork happens while it is held (``ForkGate``), so a child never finds it taken.
///
/// Not the system library's `Mutex`: in a forked child that one takes the thread for its parent's, and ends the process
/// when two threads meet there; and ThreadSanitizer does not see it.
public struct Guarded<Value: ~Copyable>: ~Copyable {
    @usableFromInline let lock: Lock
    @usableFromInline let value: UnsafeMutablePointer<Value>

    @inlinable public init(_ initial: consuming sending Value) {
        lock = Lock()
        value = .allocate(capacity: 1)
        value.initialize(to: initial)
    }

    @inlinable deinit {
        lock.destroy()
        value.deinitialize(count: 1)
        value.deallocate()
    }

    /// Calls `body` with the value, and with the lock held: it must not take the same lock again.
    @inlinable public borrowing func withLock<Result: ~Copyable, Failure: Error>(
        _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        ForkGate.enter()
        lock.lock()
        defer {
            lock.unlock()
            ForkGate.leave()
        }
        return try body(&value.pointee)
    }
}

extension Guarded: @unchecked Sendable where Value: ~Copyable {}  // the value is reached with the lock held

#if !TERRACE_THREAD_SANITIZER
    /// A lock alone, which does not keep forks out: a word that a thread sleeps on. 0 free, 1 held, 2 held and perhaps waited
    /// for.
    public struct Lock: @unchecked Sendable {  // the pointer never changes
        @usableFromInline let word: UnsafeMutablePointer<Atomic<UInt32>>

        @inlinable public init() {
            word = .allocate(capacity: 1)
            word.initialize(to: Atomic(0))
        }

        @inlinable func destroy() { word.deallocate() }

        @inlinable @inline(__always) public func lock() {
            if !word.pointee.compareExchange(expected: 0, desired: 1, ordering: .acquiring).exchanged { wait() }
        }

        @inlinable @inline(__always) public func unlock() {
            if word.pointee.exchange(0, ordering: .releasing) == 2 { terrace_wake_one(word) }
        }

        /// What is done with locks held takes about as long as falling asleep.
        private static let spins = 100

        @usableFromInline @inline(never) func wait() {
            for _ in 0..<Self.spins {
                if word.pointee.load(ordering: .relaxed) == 0,
                    word.pointee.compareExchange(expected: 0, desired: 1, ordering: .acquiring).exchanged
                {
                    return
                }
            }
            while word.pointee.exchange(2, ordering: .acquiring) != 0 { terrace_wait_on_address(word, 2) }
        }
    }
#else
    /// A lock that ThreadSanitizer sees.
    public struct Lock: @unchecked Sendable {  // the pointer never changes
        @usableFromInline let mutex: UnsafeMutablePointer<pthread_mutex_t>

        @inlinable public init() {
            mutex = .allocate(capacity: 1)
            pthread_mutex_init(mutex, nil)
        }

        @inlinable func destroy() {
            pthread_mutex_destroy(mutex)
            mutex.deallocate()
        }

        @inlinable public func lock() { pthread_mutex_lock(mutex) }
        @inlinable public func unlock() { pthread_mutex_unlock(mutex) }
    }
#endif
