// How far each function has come: one atomic word per function.

import CTerrace
import Synchronization

/// A function's place in the tiering protocol, and its best code: one value of an atomic word.
///
/// `cold → claimed → compiling → committed`; from there a claim for a better tier leads round again, and the code that is
/// there stays in use meanwhile. A failure leads to `failed`, which refuses some claims and then allows one, and after
/// ``maximumFailures`` of them to `disabled`. So every failure has a defined end.
@frozen public struct FunctionState: RawRepresentable, Hashable, Sendable, BitwiseCopyable {
    /// Bits: 0–2 phase, 3–4 tier, 5–6 target, 7 waiters, 8–15 failures, 16–31 refusals left, 32–63 entry.
    public let rawValue: UInt64
    @inlinable public init(rawValue: UInt64) { self.rawValue = rawValue }

    @frozen public enum Phase: UInt8, Sendable, BitwiseCopyable {
        /// Nothing was compiled and nobody is at it.
        case cold
        /// Somebody will compile it, for ``FunctionState/target``.
        case claimed
        /// Somebody compiles it, for ``FunctionState/target``.
        case compiling
        /// The best code so far is published, and nobody is at better code.
        case committed
        /// The last attempt failed; the next are refused for a while.
        case failed
        /// No attempt will be made any more.
        case disabled
    }

    /// Failures after which no more attempts are made.
    public static let maximumFailures = 8

    @inlinable public var phase: Phase { Phase(rawValue: UInt8(truncatingIfNeeded: rawValue & 7)) ?? .disabled }
    /// Tier of the best published code, if there is any.
    @inlinable public var tier: CodeTier? { CodeTier(rawValue: UInt8(truncatingIfNeeded: rawValue >> 3 & 3)) }
    /// What the present claim is for.
    @inlinable public var target: CodeTier? { CodeTier(rawValue: UInt8(truncatingIfNeeded: rawValue >> 5 & 3)) }
    /// Whether a claim is open.
    @inlinable public var isInFlight: Bool { phase == .claimed || phase == .compiling }
    /// Attempts that failed.
    @inlinable public var failureCount: Int { Int(rawValue >> 8 & 0xFF) }
    /// Claims that will still be refused.
    @inlinable public var refusalsLeft: Int { Int(rawValue >> 16 & 0xFFFF) }

    @inlinable var hasWaiters: Bool { rawValue & 0x80 != 0 }
    /// The best code's distance from the reservation's base.
    @inlinable var entryDistance: UInt32 { UInt32(truncatingIfNeeded: rawValue >> 32) }

    func with(
        phase: Phase? = nil, tier: CodeTier? = nil, target: CodeTier?? = nil, waiters: Bool? = nil,
        failures: Int? = nil, refusals: Int? = nil, entry: UInt32? = nil
    ) -> Self {
        var raw = rawValue
        if let phase { raw = raw & ~7 | UInt64(phase.rawValue) }
        if let tier { raw = raw & ~(3 << 3) | UInt64(tier.rawValue) << 3 }
        if let target { raw = raw & ~(3 << 5) | UInt64(target?.rawValue ?? 0) << 5 }
        if let waiters { raw = raw & ~0x80 | (waiters ? 0x80 : 0) }
        if let failures { raw = raw & ~(0xFF << 8) | UInt64(failures) << 8 }
        if let refusals { raw = raw & ~(0xFFFF << 16) | UInt64(refusals) << 16 }
        if let entry { raw = raw & 0xFFFF_FFFF | UInt64(entry) << 32 }
        return Self(rawValue: raw)
    }
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
        var isClaimed = false
        _ = change(index) { state in
            isClaimed = false
            if let tier = state.tier, tier >= target { return nil }
            switch state.phase {
            case .claimed, .compiling, .disabled: return nil
            case .failed where state.refusalsLeft > 0: return state.with(refusals: state.refusalsLeft - 1)
            case .cold, .committed, .failed:
                isClaimed = true
                return state.with(phase: .claimed, target: target)
            }
        }
        return isClaimed
    }

    /// Says that work on a claim has begun. False if the claim is settled already: somebody else published the function.
    func beginCompiling(_ index: Int, for target: CodeTier) -> Bool {
        change(index) { $0.phase == .claimed && $0.target == target ? $0.with(phase: .compiling) : nil } != nil
    }

    /// Drops a claim, as if it had never been made.
    func abandon(_ index: Int, for target: CodeTier) {
        settle(index, target) {
            $0.with(phase: $0.tier == nil ? .cold : .committed, target: .some(nil), waiters: false)
        }
    }

    /// Gives up a claim because there was no way to make the code.
    func fail(_ index: Int, for target: CodeTier, permanently: Bool) {
        settle(index, target) { state in
            let failures = min(state.failureCount + 1, 255)
            let isFinal = permanently || failures >= FunctionState.maximumFailures
            return state.with(
                phase: isFinal ? .disabled : .failed, target: .some(nil), waiters: false, failures: failures,
                refusals: isFinal ? 0 : 1 << failures)
        }
    }

    /// Ends a claim, unless it is settled already: a complete tier may have been published meanwhile.
    private func settle(_ index: Int, _ target: CodeTier, _ transition: (FunctionState) -> FunctionState) {
        let old = change(index) { $0.isInFlight && $0.target == target ? transition($0) : nil }
        if old?.hasWaiters == true { wake(index) }
    }

    /// Ends all attempts for a function that nobody has claimed.
    func disable(_ index: Int) {
        _ = change(index) { $0.isInFlight ? nil : $0.with(phase: .disabled, target: .some(nil)) }
    }

    /// Publishes code; code of a better tier that is there already stays. Returns whether threads wait, to be woken when
    /// the cell is stored as well.
    func publish(_ index: Int, tier: CodeTier, entry: UInt32) -> Bool {
        let old = change(index) { state in
            var new = state.with(waiters: false)
            if state.tier.map({ $0 <= tier }) ?? true { new = new.with(tier: tier, entry: entry) }
            // A claim for a still better tier is somebody else's and stays open.
            if state.isInFlight, let target = state.target, target > tier { return new }
            if state.phase == .disabled { return new }
            return new.with(phase: .committed, target: .some(nil), failures: 0, refusals: 0)
        }
        return old?.hasWaiters ?? false
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
