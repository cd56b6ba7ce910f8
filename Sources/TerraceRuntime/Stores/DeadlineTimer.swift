// One thread for all deadlines of the process, started when the first is set.

import Glibc
import TerraceTiering

/// Interrupts stores when their deadlines pass.
final class DeadlineTimer: @unchecked Sendable {
    // All fields are protected by `mutex`, which with `condition` is never freed: the timer lives as long as the process.
    static let shared = DeadlineTimer()

    private struct Entry {
        var nanoseconds: UInt64
        /// The target's number for this deadline.
        var deadline: UInt64
        weak var target: InterruptState?
    }
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var entries: [Entry] = []
    private var isRunning = false

    private init() {
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    /// Interrupts `target` after some time, unless its deadlines have been renewed by then.
    func schedule(_ target: InterruptState, deadline: UInt64, afterNanoseconds delay: UInt64) {
        let (sum, overflow) = monotonicNanoseconds().addingReportingOverflow(delay)
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        entries.removeAll { $0.target === target || $0.target == nil }
        entries.append(Entry(nanoseconds: overflow ? UInt64.max : sum, deadline: deadline, target: target))
        if isRunning {
            pthread_cond_signal(condition)
        } else {
            isRunning = true
            var thread = pthread_t()
            var attributes = pthread_attr_t()
            pthread_attr_init(&attributes)
            pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
            let result = pthread_create(
                &thread, &attributes,
                { _ in
                    DeadlineTimer.shared.run()
                    return nil
                }, nil)
            pthread_attr_destroy(&attributes)
            isRunning = result == 0
        }
    }

    /// Forgets a target's deadline.
    func cancel(_ target: InterruptState) {
        pthread_mutex_lock(mutex)
        entries.removeAll { $0.target === target || $0.target == nil }
        pthread_mutex_unlock(mutex)
    }

    private func run() {
        pthread_mutex_lock(mutex)
        while true {
            let now = monotonicNanoseconds()
            var due: [(target: InterruptState, deadline: UInt64)] = []
            entries.removeAll { entry in
                guard entry.nanoseconds <= now else { return entry.target == nil }
                if let target = entry.target { due.append((target, entry.deadline)) }
                return true
            }
            if !due.isEmpty {
                // Interrupting takes the store's lock: never under ours.
                pthread_mutex_unlock(mutex)
                for (target, deadline) in due { target.deadlinePassed(deadline) }
                pthread_mutex_lock(mutex)
                continue
            }
            if let next = entries.min(by: { $0.nanoseconds < $1.nanoseconds }) {
                var until = timespec()
                until.tv_sec = Int(clamping: next.nanoseconds / 1_000_000_000)
                until.tv_nsec = Int(next.nanoseconds % 1_000_000_000)
                pthread_cond_timedwait(condition, mutex, &until)
            } else {
                pthread_cond_wait(condition, mutex)
            }
        }
    }
}
