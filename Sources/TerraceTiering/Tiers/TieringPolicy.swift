// When functions move to better code.

/// Which tiers of code an engine uses.
public enum TieringMode: String, Sendable, Hashable, CaseIterable {
    /// All functions run in baseline code.
    case baseline
    /// All functions of a module are compiled for the optimized tier before any runs. What that tier cannot compile runs in
    /// baseline code.
    case optimized
    /// Functions begin in baseline code, which counts how much of it runs. The hot ones move on, while they run.
    case tiered

    /// What an engine does that was not told.
    public static let standard = TieringMode.baseline
}

/// Where functions may move to better code; other than at both places only for tests.
public enum TierUpSites: Sendable, Hashable {
    case callsAndLoops
    /// At no call, and at whichever loop is come to first.
    case loops
    /// At no call, and at loops alone that contain no others.
    case innermostLoops
}

/// How soon functions move.
///
/// To compile a function for the optimized tier pays when the time that it has spent in baseline code is about what the
/// compilation takes; that is so when it has executed about a thousand times the bytes that it consists of. This is what counters
/// measure: calls and rounds of loops, weighted by the bytes of bytecode that they execute.
public struct TieringPolicy: Sendable, Hashable {
    /// How many times its own bytes a function executes before it moves.
    public var threshold: Int
    public var sites: TierUpSites

    /// What is measured to pay. Where a processor is free, to compile costs little, and every moment in baseline code is a loss.
    /// Where there is only one, what compiling takes is taken from the program: so a function has to have run for twenty to thirty
    /// times as long as it takes to compile it, and all compiling together takes a few hundredths of a program's time.
    public static func standardThreshold(forProcessors count: Int) -> Int { count > 1 ? 1000 : 32_000 }
    /// Larger ones count as this one.
    public static let largestThreshold = 100_000

    public init(threshold: Int = standardThreshold(forProcessors: 2), sites: TierUpSites = .callsAndLoops) {
        self.threshold = min(max(threshold, 0), Self.largestThreshold)
        self.sites = sites
    }

    /// What compiling a function costs at least, as if it had so many bytes.
    static let leastBodyBytes = 500

    /// What a function may execute before it moves, in bytes.
    func budget(bodyBytes: Int) -> Int { threshold * max(bodyBytes, Self.leastBodyBytes) }

    /// How much of the budget is given to a counter at once: half, so that there is a second look before a function moves; and no
    /// more than what makes loops look for interrupts about once in a millisecond.
    func installment(bodyBytes: Int) -> Int32 { Int32(min(budget(bodyBytes: bodyBytes) / 2, Int(Self.longestPoll))) }

    /// How many installments a budget has.
    func installmentCount(bodyBytes: Int) -> Int {
        let installment = Int(installment(bodyBytes: bodyBytes))
        return installment == 0 ? 1 : budget(bodyBytes: bodyBytes) / installment
    }

    /// Bytes that are executed in about a millisecond.
    static let longestPoll: Int32 = 1_500_000
    /// What a counter gets when there is nothing to decide: better code is under way, or there will never be any.
    static let rest: Int32 = 1 << 20
    /// What a counter gets when something that is ready shall be noticed soon.
    static let soon: Int32 = 4096
}
