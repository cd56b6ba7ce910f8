// A test's way to make the k-th reservation of a commit fail.

import Synchronization
import TerraceThreads

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Makes chosen reservations fail, so that tests can show that every failure leaves things as they were.
///
/// Every step of a commit that may fail asks here first. While nothing is armed that costs one predictable branch.
public enum FailureInjection {
    /// What checks count for: all that are done for an object, or all that a thread does.
    private enum Scope: Hashable {
        case object(ObjectIdentifier)
        case thread(pthread_t)

        init(_ object: AnyObject?) { self = object.map { .object(ObjectIdentifier($0)) } ?? .thread(pthread_self()) }
    }

    private struct State {
        /// Checks that still pass before one fails; nil = count only.
        var remaining: Int?
        var isLasting = false
        var count = 0
    }

    @usableFromInline static let isArmed = Atomic<Bool>(false)
    private static let states = Guarded<[Scope: State]>([:])

    /// From now on, makes the check number `index` (from 0) fail that is done for `scope`, a ``Code`` or
    /// ``CodeReservation``, or by the calling thread if `scope` is nil; without an index, counts the checks and lets all
    /// pass. Replaces what was armed for it before.
    /// - Parameter isLasting: all checks after that fail too, as when memory has run out.
    public static func arm(failing index: Int?, isLasting: Bool = false, in scope: AnyObject?) {
        states.withLock { states in
            states[Scope(scope)] = State(remaining: index, isLasting: isLasting)
            isArmed.store(true, ordering: .sequentiallyConsistent)
        }
    }

    /// Ends injection for `scope`, and returns how many checks were done since it was armed.
    @discardableResult public static func disarm(in scope: AnyObject?) -> Int {
        states.withLock { states in
            let state = states.removeValue(forKey: Scope(scope))
            isArmed.store(!states.isEmpty, ordering: .sequentiallyConsistent)
            return state?.count ?? 0
        }
    }

    /// Called before each reservation.
    @inlinable @inline(__always)
    public static func check(_ scope: ObjectIdentifier, _ error: CodeError) throws(CodeError) {
        if _slowPath(isArmed.load(ordering: .relaxed)), fails(scope) { throw error }
    }

    @usableFromInline @inline(never) static func fails(_ scope: ObjectIdentifier) -> Bool {
        states.withLock { states in
            var fails = false
            for scope in [Scope.object(scope), .thread(pthread_self())] {
                guard var state = states[scope] else { continue }
                state.count += 1
                if let remaining = state.remaining {
                    fails = fails || remaining == 0 || remaining < 0 && state.isLasting
                    state.remaining = remaining - 1
                }
                states[scope] = state
            }
            return fails
        }
    }
}
