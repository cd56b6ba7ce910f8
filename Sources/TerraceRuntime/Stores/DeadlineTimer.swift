// One thread for all deadlines of the process, started when the first is set.

import CTerrace
import Glibc
import Synchronization
import TerraceThreads

/// Interrupts stores when their deadlines pass. In a forked child, deadlines count from the first that the child sets.
final class DeadlineTimer: @unchecked Sendable {  // a lock and a word that never moves
    static let shared = DeadlineTimer()

    private struct State {
        var heap = DeadlineHeap()
        /// The process whose thread waits: a forked child has no such thread, and needs one of its own.
        var runningIn: pid_t = 0
    }

    private let state = Guarded(State())
    /// Another number whenever the thread has to look at the heap again. Never freed.
    private let changes = UnsafeMutablePointer<Atomic<UInt32>>.allocate(capacity: 1)
    /// The thread does nothing that needs more, and this much is there even where address space is short.
    private static let threadStackBytes = 128 << 10

    private init() { changes.initialize(to: Atomic(0)) }

    /// Interrupts `target` after some time, unless its deadlines have been renewed by then.
    func schedule(
        _ target: InterruptState, deadline: UInt64, afterNanoseconds delay: UInt64
    ) throws(ResourceLimitError) {
        let (sum, overflow) = monotonicNanoseconds().addingReportingOverflow(delay)
        let entry = DeadlineHeap.Entry(nanoseconds: overflow ? UInt64.max : sum, deadline: deadline, target: target)
        let isFirst = try state.withLock { (state) throws(ResourceLimitError) in
            if state.runningIn != getpid() {
                try Self.start()
                state.runningIn = getpid()
            }
            state.heap.insert(entry)
            return state.heap.first?.target === target
        }
        guard isFirst else { return }
        changes.pointee.wrappingAdd(1, ordering: .releasing)
        terrace_wake_address(changes)
    }

    /// Forgets a target's deadline.
    func cancel(_ target: InterruptState) { state.withLock { $0.heap.remove(target) } }

    private static func start() throws(ResourceLimitError) {
        let result = BackgroundThread.start(stackBytes: threadStackBytes) { DeadlineTimer.shared.run() }
        guard result == 0 else { throw ResourceLimitError("cannot start the thread that watches deadlines", result) }
    }

    private enum Step: Sendable {
        case interrupt(DeadlineHeap.Entry)
        case wait(until: UInt64)
    }

    private func run() {
        while true {
            let seen = changes.pointee.load(ordering: .acquiring)
            let step = state.withLock { state -> Step in
                guard let next = state.heap.first else { return .wait(until: .max) }
                guard next.nanoseconds <= monotonicNanoseconds() else { return .wait(until: next.nanoseconds) }
                state.heap.remove(next.target)
                return .interrupt(next)
            }
            switch step {
            // Interrupting takes the store's lock: never under ours.
            case .interrupt(let entry): entry.target.deadlinePassed(entry.deadline)
            case .wait(let moment): terrace_wait_on_address_until(changes, seen, moment)
            }
        }
    }
}
