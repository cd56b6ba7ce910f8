// The lock that everything in the engine uses.

import Synchronization

#if !TERRACE_THREAD_SANITIZER
    /// A value behind a lock; see `Synchronization.Mutex`, which it is.
    public typealias Guarded = Mutex
#else
    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Darwin)
        import Darwin
    #endif

    /// A value behind a lock that ThreadSanitizer sees: the system library's mutex waits and wakes where it does not look,
    /// so that it reports races between threads that exclude each other.
    public struct Guarded<Value: ~Copyable>: ~Copyable {
        private let mutex: UnsafeMutablePointer<pthread_mutex_t>
        private let value: UnsafeMutablePointer<Value>

        public init(_ initial: consuming sending Value) {
            mutex = .allocate(capacity: 1)
            pthread_mutex_init(mutex, nil)
            value = .allocate(capacity: 1)
            value.initialize(to: initial)
        }

        deinit {
            pthread_mutex_destroy(mutex)
            mutex.deallocate()
            value.deinitialize(count: 1)
            value.deallocate()
        }

        public borrowing func withLock<Result: ~Copyable, Failure: Error>(
            _ body: (inout sending Value) throws(Failure) -> sending Result
        ) throws(Failure) -> sending Result {
            pthread_mutex_lock(mutex)
            defer { pthread_mutex_unlock(mutex) }
            return try body(&value.pointee)
        }
    }

    extension Guarded: @unchecked Sendable where Value: ~Copyable {}  // the value is reached with the mutex held
#endif
