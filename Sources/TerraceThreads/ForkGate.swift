// The gate that keeps the process from forking while a thread holds a lock of the engine or makes code. A child has the one
// thread that forked: a lock that another thread held, and what that thread had half done, would stay so for ever.

import CTerrace
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Counts the threads that must not be cut off by a fork; `fork(2)` waits for them, and they for it.
///
/// Thread-safe. A thread that comes while a fork waits has to wait too, so that a stream of newcomers does not starve the
/// fork; one that is inside already may enter again. Hence the rule that makes this free of deadlocks: whoever is inside
/// waits only for locks whose holders are inside (every ``Guarded`` sees to that), and for nobody else.
///
/// This is about `fork` as the C library offers it: no handler runs in a child that a bare system call made.
public enum ForkGate {
    private struct Word: @unchecked Sendable {  // never written after its making, never freed
        /// How many threads are inside, or ``isForking``; and ``isAwaited``.
        let pointer: UnsafeMutablePointer<Atomic<UInt32>>
    }

    private static let isForking: UInt32 = 1 << 31
    private static let isAwaited: UInt32 = 1 << 30

    private static let word: Word = {
        let pointer = UnsafeMutablePointer<Atomic<UInt32>>.allocate(capacity: 1)
        pointer.initialize(to: Atomic(0))
        pthread_atfork({ ForkGate.close() }, { ForkGate.open() }, { ForkGate.open() })
        return Word(pointer: pointer)
    }()

    private static let actions = Guarded<[@Sendable () -> Void]>([])

    /// Makes the thread that forks call `action` each time, when nobody else is inside.
    public static func beforeForks(_ action: @escaping @Sendable () -> Void) {
        actions.withLock { $0.append(action) }
    }

    /// Keeps the process from forking until ``leave()`` on the same thread. May nest.
    @inlinable @inline(__always) public static func enter() {
        let depth = terrace_thread_fork_gate_depth()!
        if depth.pointee == 0 { pass() }
        depth.pointee &+= 1
    }

    /// Ends what ``enter()`` began.
    @inlinable @inline(__always) public static func leave() {
        let depth = terrace_thread_fork_gate_depth()!
        depth.pointee &-= 1
        if depth.pointee == 0 { giveBack() }
    }

    /// Whether a fork waits now.
    static var isForkAwaited: Bool { word.pointer.pointee.load(ordering: .acquiring) & isAwaited != 0 }

    @usableFromInline static func pass() {
        let word = word.pointer
        var old = word.pointee.load(ordering: .relaxed)
        while true {
            if _slowPath(old & (isForking | isAwaited) != 0) {
                terrace_wait_on_address(word, old)
                old = word.pointee.load(ordering: .relaxed)
                continue
            }
            let (exchanged, now) = word.pointee.weakCompareExchange(
                expected: old, desired: old + 1, ordering: .acquiring)
            if exchanged { return }
            old = now
        }
    }

    @usableFromInline static func giveBack() {
        let word = word.pointer
        if _slowPath(word.pointee.subtract(1, ordering: .releasing).newValue & isAwaited != 0) {
            terrace_wake_address(word)
        }
    }

    /// Waits until nobody else is inside, and closes the gate.
    private static func close() {
        let word = word.pointer
        let depth = terrace_thread_fork_gate_depth()!
        let own: UInt32 = depth.pointee > 0 ? 1 : 0
        while true {
            let old = word.pointee.load(ordering: .relaxed)
            if old & ~isAwaited == own {
                if word.pointee.compareExchange(expected: old, desired: isForking | own, ordering: .acquiring).exchanged
                {
                    break
                }
            } else if old & isAwaited != 0
                || word.pointee.compareExchange(expected: old, desired: old | isAwaited, ordering: .relaxed).exchanged
            {
                terrace_wait_on_address(word, old | isAwaited)
            }
        }
        // What follows may use locks, although the gate is closed.
        depth.pointee &+= 1
        for action in actions.withLock({ $0 }) { action() }
    }

    /// Opens the gate, in the parent and in the child.
    private static func open() {
        let depth = terrace_thread_fork_gate_depth()!
        depth.pointee &-= 1
        word.pointer.pointee.store(depth.pointee > 0 ? 1 : 0, ordering: .releasing)
        terrace_wake_address(word.pointer)
    }
}
