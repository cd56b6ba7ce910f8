// What is told of functions that move from tier to tier.

import Synchronization
import TerraceCode
import TerraceThreads

/// A function came to a tier, or did not.
public struct TierEvent: Sendable, Hashable {
    /// A quality of code.
    public enum Tier: String, Sendable, Hashable {
        case baseline, optimized

        init(_ tier: CodeTier) { self = tier == .baseline ? .baseline : .optimized }
    }

    /// Why a function was compiled.
    public enum Reason: Sendable, Hashable {
        /// It was called for the first time.
        case firstCall
        /// All functions of the module were compiled before they ran.
        case ahead
        /// It was called so often.
        case calls
        /// One of its loops ran for so long: the code is entered at that loop, and calls are not concerned. Loops count from 0 in
        /// the order of their bytes.
        case loop(Int)
    }

    /// What the module's name section gives.
    public var moduleName: String?
    /// In the module's index space, imports first.
    public var functionIndex: UInt32
    public var functionName: String?
    /// The tier that calls ran in before; nil if there was no code.
    public var from: Tier?
    public var to: Tier
    public var reason: Reason
    /// From the request to the beginning of the work.
    public var queueTime: Duration
    /// What compiling took.
    public var compileTime: Duration
    /// Bytes of the function's body.
    public var bytecodeBytes: Int
    /// Bytes of machine code that were made; 0 after a failure.
    public var codeBytes: Int
    /// Functions whose bodies took the place of calls, in the order of those calls; a function is there once for each.
    public var inlinedFunctions: [UInt32] = []
    /// Why there is no code of the tier; nil if there is.
    public var failure: String?
    /// When, from a moment that is the same for all events of the process.
    public var time: Duration
}

/// Those who want to know of an engine's events. Usable from any thread.
public final class TierEvents: Sendable {
    private struct Observers {
        var next = 0
        var bodies: [Int: @Sendable (TierEvent) -> Void] = [:]
        var ends: [Int: @Sendable () -> Void] = [:]
    }

    private let isObserved = Atomic<Bool>(false)
    private let observers = Guarded(Observers())

    public init() {}

    deinit {
        for end in observers.withLock({ $0.ends }).values { end() }
    }

    /// Calls `body` for each event from now on, on the thread where it happens, until ``remove(_:)``; and `end` when there will
    /// be no more. Nothing keeps these alive for the observer's sake.
    public func observe(
        atEnd end: @escaping @Sendable () -> Void = {}, _ body: @escaping @Sendable (TierEvent) -> Void
    ) -> Int {
        observers.withLock { observers in
            observers.next += 1
            observers.bodies[observers.next] = body
            observers.ends[observers.next] = end
            isObserved.store(true, ordering: .relaxed)
            return observers.next
        }
    }

    /// Ends what ``observe(_:)`` began.
    public func remove(_ observer: Int) {
        let old = observers.withLock { observers in
            let old = (observers.bodies.removeValue(forKey: observer), observers.ends.removeValue(forKey: observer))
            isObserved.store(!observers.bodies.isEmpty, ordering: .relaxed)
            return old
        }
        _ = old  // Released with no lock held.
    }

    /// Tells everybody. While nobody listens that costs a branch.
    @inline(__always) func post(_ event: () -> TierEvent) {
        if _slowPath(isObserved.load(ordering: .relaxed)) { tell(event()) }
    }

    @inline(never) private func tell(_ event: TierEvent) {
        let bodies = observers.withLock { Array($0.bodies.values) }
        for body in bodies { body(event) }
    }
}
