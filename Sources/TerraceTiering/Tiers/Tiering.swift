// What an engine's modules share of tiering: how, when, with which compilers, on which threads.

import TerraceThreads

/// An engine's choices about tiers, its queue, and its compilers of the second tier. Usable from any thread.
public final class Tiering: Sendable {
    public let mode: TieringMode
    public let policy: TieringPolicy
    /// Whether functions are compiled by the very thread that asks, so that every run does the same at the same places.
    public let isDeterministic: Bool
    public let events: TierEvents
    /// Nil in baseline mode.
    let tierTwo: TierTwo?
    public let queue: CompileQueue

    /// - Parameters:
    ///   - tierTwo: where compilers of the second tier come from. Without any, all code is baseline code that does not count.
    ///   - threads: most threads that compile in the background.
    public init(
        mode: TieringMode = .standard, policy: TieringPolicy = TieringPolicy(), isDeterministic: Bool = false,
        events: TierEvents = TierEvents(), tierTwo: TierTwo? = nil, threads: Int = 1
    ) {
        self.mode = tierTwo == nil ? .baseline : mode
        self.policy = policy
        self.isDeterministic = isDeterministic
        self.events = events
        self.tierTwo = self.mode == .baseline ? nil : tierTwo
        queue = CompileQueue(maximumThreads: threads)
    }

    deinit { queue.stop() }

    /// How many background threads suit a number of processors: wasm code has one for itself, where there are several.
    public static func threads(forProcessors count: Int) -> Int { max(1, min(count - 1, 4)) }
}
