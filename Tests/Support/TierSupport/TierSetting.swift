// The ways in which tests let functions move from tier to tier.

import Terrace
import TerraceTiering

/// How an engine's functions move.
public enum TierSetting: String, CaseIterable, Sendable {
    /// All are compiled by the second tier before they run.
    case optimized
    /// Each moves at its first call.
    case atOnce
    /// None moves at a call, each at the first loop header that it comes to.
    case inLoops
    /// The same at loops that contain no others.
    case inInnermostLoops
    /// Soon, by counters, at calls and loops.
    case soon
    /// At once, in the background.
    case background

    /// A configuration in which the second tier is watched.
    public func configuration(_ standIn: StandIn = StandIn()) -> Configuration {
        switch self {
        case .optimized: standIn.configuration(.optimized)
        case .atOnce: standIn.configuration()
        case .inLoops: standIn.configuration(sites: .loops)
        case .inInnermostLoops: standIn.configuration(sites: .innermostLoops)
        case .soon: standIn.configuration(threshold: 1)
        case .background: standIn.configuration(isDeterministic: false)
        }
    }
}
