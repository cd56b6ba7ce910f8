// How far each function has come: one atomic word per function.

import CTerrace
import Synchronization

/// A function's place in the tiering protocol, and its best code: one value of an atomic word.
///
/// `cold → claimed → compiling → committed`; from there a claim for a better tier leads round again, and the code that is
/// there stays in use meanwhile. A claim that ends without code leads back to where it began. If that was for want of
/// memory, the next call tries again; if the tier cannot compile the function, the word notes that, for this tier alone,
/// and grants no further claim for it. So every failure has a defined end. A function whose code is evicted is `cold` again.
@frozen public struct FunctionState: RawRepresentable, Hashable, Sendable, BitwiseCopyable {
    /// Bits: 0–2 phase, 3–4 tier, 5–6 target, 7 waiters, 8 + t: tier t has failed, 32–63 entry.
    public let rawValue: UInt64
    @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue }

    @frozen public enum Phase: UInt8, Sendable, BitwiseCopyable {
        /// There is no code and nobody is at it.
        case cold
        /// Somebody will compile it, for ``FunctionState/target``.
        case claimed
        /// Somebody compiles it, for ``FunctionState/target``.
        case compiling
        /// The best code so far is published, and nobody is at better code.
        case committed
    }

    @inlinable public var phase: Phase { Phase(rawValue: UInt8(truncatingIfNeeded: rawValue & 7)) ?? .cold }
    /// Tier of the best published code, if there is any.
    @inlinable public var tier: CodeTier? { CodeTier(rawValue: UInt8(truncatingIfNeeded: rawValue >> 3 & 3)) }
    /// What the present claim is for.
    @inlinable public var target: CodeTier? { CodeTier(rawValue: UInt8(truncatingIfNeeded: rawValue >> 5 & 3)) }
    /// Whether a claim is open.
    @inlinable public var isInFlight: Bool { phase == .claimed || phase == .compiling }
    /// Whether a tier cannot compile the function.
    @inlinable public func hasFailed(_ tier: CodeTier) -> Bool { rawValue & Self.failure(tier) != 0 }

    @inlinable static func failure(_ tier: CodeTier) -> UInt64 { 1 << (8 + UInt64(tier.rawValue)) }
    static var failureMask: UInt64 { CodeTier.allCases.reduce(0) { $0 | failure($1) } }
    @inlinable var hasWaiters: Bool { rawValue & 0x80 != 0 }
    /// The best code's distance from the reservation's base.
    @inlinable var entryDistance: UInt32 { UInt32(truncatingIfNeeded: rawValue >> 32) }

    func with(
        phase: Phase? = nil, tier: CodeTier? = nil, target: CodeTier?? = nil, waiters: Bool? = nil,
        failed: CodeTier? = nil, entry: UInt32? = nil
    ) -> Self {
        var raw = rawValue
        if let phase { raw = raw & ~7 | UInt64(phase.rawValue) }
        if let tier { raw = raw & ~(3 << 3) | UInt64(tier.rawValue) << 3 }
        if let target { raw = raw & ~(3 << 5) | UInt64(target?.rawValue ?? 0) << 5 }
        if let waiters { raw = raw & ~0x80 | (waiters ? 0x80 : 0) }
        if let failed { raw |= Self.failure(failed) }
        if let entry { raw = raw & 0xFFFF_FFFF | UInt64(entry) << 32 }
        return Self(rawValue: raw)
    }

    /// What the word is when nobody is at the function any more.
    var atRest: Self { with(phase: tier == nil ? .cold : .committed, target: .some(nil), waiters: false) }
}

/// The state words of a module's functions. All transitions are compare-and-swaps on one word.
struct FunctionStates: @unchecked Sendable {  // atomics; the memory lives as long as its Code
    let words: UnsafeMutablePointer<Atomic<UInt64>>

    func load(_ index: Int) -> FunctionState {
        FunctionState(rawValue: words[index].load(ordering: .acquiring))
    }

    /// Replaces the word by what `transition` makes of it; stops where that is nil. Returns the old state on success.
    @inline(__always)
    private func change(_ index: Int, _ transition: (FunctionState) -> FunctionState?) -> FunctionState? {
        var old = words[index].load(ordering: .acquiring)
        while true {
            guard let new = transition(FunctionState(rawValue: old)) else { return nil }
            let (exchanged, now) = words[index].weakCompareExchange(
                expected: old, desired: new.rawValue, successOrdering: .sequentiallyConsistent,
                failureOrdering: .acquiring)
            if exchanged { return FunctionState(rawValue: old) }
            old = now
        }
    }

    func claim(_ index: Int, for target: CodeTier) -> Bool {
        change(index) { state in
            if state.isInFlight || state.hasFailed(target) { return nil }
            if let tier = state.tier, tier >= target { return nil }
            return state.with(phase: .claimed, target: target)
        } != nil
    }

    /// Says that work on a claim has begun. False if the claim is settled already: somebody else published the function.
    func beginCompiling(_ index: Int, for target: CodeTier) -> Bool {
        change(index) { $0.phase == .claimed && $0.target == target ? $0.with(phase: .compiling) : nil } != nil
    }

    /// Drops a claim, as if it had never been made.
    func abandon(_ index: Int, for target: CodeTier) { settle(index, target) { $0.atRest } }

    /// Ends a claim because the tier cannot compile the function.
    func fail(_ index: Int, for target: CodeTier) { settle(index, target) { $0.atRest.with(failed: target) } }

    /// Ends a claim, unless it is settled already: a complete tier may have been published meanwhile.
    private func settle(_ index: Int, _ target: CodeTier, _ transition: (FunctionState) -> FunctionState) {
        let old = change(index) { $0.isInFlight && $0.target == target ? transition($0) : nil }
        if old?.hasWaiters == true { wake(index) }
    }

    /// What a publication did.
    struct Publication {
        /// Entry of the code that was the best until now, if there was any and it is not any more.
        var replaced: UInt32?
        /// Whether the published code is the best now.
        var isBest: Bool
        /// Threads wait, to be woken when the cell is stored as well.
        var hasWaiters: Bool
    }

    /// Publishes code; code of a better tier that is there already stays.
    func publish(_ index: Int, tier: CodeTier, entry: UInt32) -> Publication {
        let old = change(index) { state in
            var new = state.with(waiters: false)
            if state.tier.map({ $0 <= tier }) ?? true { new = new.with(tier: tier, entry: entry) }
            // A claim for a still better tier is somebody else's and stays open.
            if state.isInFlight, let target = state.target, target > tier { return new }
            return new.atRest
        }
        guard let old else { return Publication(replaced: nil, isBest: false, hasWaiters: false) }
        let isBest = old.tier.map { $0 <= tier } ?? true
        return Publication(
            replaced: isBest && old.tier != nil ? old.entryDistance : nil, isBest: isBest,
            hasWaiters: old.hasWaiters)
    }

    /// Takes a function's code away if it is the one at an entry: the function is as one that was never compiled, but for
    /// what is known of tiers that cannot. A claim that is open for better code ends: whoever works on it may commit all
    /// the same. False if the code is another, or cannot be made again.
    func evict(_ index: Int, entry: UInt32) -> Bool {
        let old = change(index) { state in
            guard state.tier != nil, state.entryDistance == entry, !state.hasFailed(.baseline) else { return nil }
            return FunctionState(rawValue: state.rawValue & FunctionState.failureMask)
        }
        if old?.hasWaiters == true { wake(index) }
        return old != nil
    }

    /// Waits until there is code of a tier, or nobody is at it any more.
    func waitUntilSettled(_ index: Int, for target: CodeTier) -> FunctionState {
        while true {
            let state = load(index)
            if !state.isInFlight || state.tier.map({ $0 >= target }) ?? false { return state }
            let waiting = state.with(waiters: true)
            if !state.hasWaiters {
                let (exchanged, _) = words[index].compareExchange(
                    expected: state.rawValue, desired: waiting.rawValue, ordering: .sequentiallyConsistent)
                if !exchanged { continue }
            }
            // The lower half of the word holds everything but the entry.
            terrace_wait_on_address(words + index, UInt32(truncatingIfNeeded: waiting.rawValue))
        }
    }

    func wake(_ index: Int) { terrace_wake_address(words + index) }
}
