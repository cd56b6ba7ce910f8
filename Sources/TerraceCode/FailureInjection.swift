// A test's way to make the k-th reservation of a commit fail.

import Synchronization
import TerraceThreads

/// Makes chosen reservations fail, so that tests can show that every failure leaves things as they were.
///
/// Every step of a commit that may fail asks here first. While nothing is armed that costs one predictable branch.
public enum FailureInjection {
    private struct State {
        /// Checks that still pass before one fails; nil = count only.
        var remaining: Int?
        var count = 0
    }

    @usableFromInline static let isArmed = Atomic<Bool>(false)
    private static let states = Guarded<[ObjectIdentifier: State]>([:])

    /// From now on, makes the check number `index` (from 0) fail that is done for `scope`, a ``Code`` or
    /// ``CodeReservation``; with nil, counts the checks and lets all pass. Replaces what was armed for it before.
    public static func arm(failing index: Int?, in scope: AnyObject) {
        states.withLock { states in
            states[ObjectIdentifier(scope)] = State(remaining: index)
            isArmed.store(true, ordering: .sequentiallyConsistent)
        }
    }

    /// Ends injection for `scope`, and returns how many checks were done since it was armed.
    @discardableResult public static func disarm(in scope: AnyObject) -> Int {
        states.withLock { states in
            let state = states.removeValue(forKey: ObjectIdentifier(scope))
            isArmed.store(!states.isEmpty, ordering: .sequentiallyConsistent)
            return state?.count ?? 0
        }
    }

    /// Called before each reservation.
    @inlinable @inline(__always)
    static func check(_ scope: ObjectIdentifier, _ error: CodeError) throws(CodeError) {
        if _slowPath(isArmed.load(ordering: .relaxed)), fails(scope) { throw error }
    }

    @usableFromInline @inline(never) static func fails(_ scope: ObjectIdentifier) -> Bool {
        states.withLock { states in
            guard var state = states[scope] else { return false }
            defer { states[scope] = state }
            state.count += 1
            guard let remaining = state.remaining else { return false }
            state.remaining = remaining - 1
            return remaining == 0
        }
    }
}
