// One thread for all deadlines of the process, started when the first is set.

import Glibc
import TerraceThreads

/// Interrupts stores when their deadlines pass.
final class DeadlineTimer: @unchecked Sendable {
    // All fields are protected by `mutex`, which with `condition` is never freed: the timer lives as long as the process.
    static let shared = DeadlineTimer()

    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var heap = DeadlineHeap()
    /// The process whose thread waits: a forked child has no such thread, and needs one of its own.
    private var runningIn: pid_t = 0
    /// The thread does nothing that needs more, and this much is there even where address space is short.
    private static let threadStackBytes = 128 << 10

    private init() { pthread_mutex_init(mutex, nil) }

    /// Interrupts `target` after some time, unless its deadlines have been renewed by then.
    func schedule(
        _ target: InterruptState, deadline: UInt64, afterNanoseconds delay: UInt64
    ) throws(ResourceLimitError) {
        let (sum, overflow) = monotonicNanoseconds().addingReportingOverflow(delay)
        let entry = DeadlineHeap.Entry(nanoseconds: overflow ? UInt64.max : sum, deadline: deadline, target: target)
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        if runningIn != getpid() { try start() }
        heap.insert(entry)
        if heap.first?.target === target { pthread_cond_signal(condition) }
    }

    /// Forgets a target's deadline.
    func cancel(_ target: InterruptState) {
        pthread_mutex_lock(mutex)
        heap.remove(target)
        pthread_mutex_unlock(mutex)
    }

    /// Starts the thread, with a condition that nobody waits for. The mutex is held.
    private func start() throws(ResourceLimitError) {
        var clock = pthread_condattr_t()
        pthread_condattr_init(&clock)
        pthread_condattr_setclock(&clock, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &clock)
        pthread_condattr_destroy(&clock)

        var thread = pthread_t()
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, Self.threadStackBytes)
        let result = pthread_create(
            &thread, &attributes,
            { _ in
                DeadlineTimer.shared.run()
                return nil
            }, nil)
        pthread_attr_destroy(&attributes)
        guard result == 0 else { throw ResourceLimitError("cannot start the thread that watches deadlines", result) }
        runningIn = getpid()
    }

    private func run() {
        // Handlers of the host's must not run on this small stack.
        var signals = sigset_t()
        sigfillset(&signals)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        pthread_mutex_lock(mutex)
        while true {
            guard let next = heap.first else {
                pthread_cond_wait(condition, mutex)
                continue
            }
            guard next.nanoseconds <= monotonicNanoseconds() else {
                var until = timespec()
                until.tv_sec = Int(clamping: next.nanoseconds / 1_000_000_000)
                until.tv_nsec = Int(next.nanoseconds % 1_000_000_000)
                pthread_cond_timedwait(condition, mutex, &until)
                continue
            }
            heap.remove(next.target)
            // Interrupting takes the store's lock: never under ours.
            pthread_mutex_unlock(mutex)
            next.target.deadlinePassed(next.deadline)
            pthread_mutex_lock(mutex)
        }
    }
}
