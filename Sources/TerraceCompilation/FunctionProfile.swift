// What counting code has learnt of a function, as a compiler reads it.

import TerraceABI

/// A callee of an indirect call, and how often it was called there.
@frozen public struct CallTarget: Hashable, Sendable, BitwiseCopyable {
    /// Its index in the module, or ``foreign``, or ``none``.
    public var function: UInt32
    public var count: UInt32

    /// A function of another instance, or of the host.
    @inlinable public static var foreign: UInt32 { CallSiteProfileLayout.foreign }
    /// There is no such callee.
    @inlinable public static var none: UInt32 { CallSiteProfileLayout.none }

    @inlinable public init(function: UInt32, count: UInt32) {
        self.function = function
        self.count = count
    }
}

/// The callees of one indirect call: the first three that were met, and how many calls went elsewhere. The fields stand as
/// ``CallSiteProfileLayout`` says. Threads that share the code lose counts to one another.
@frozen public struct CallSiteProfile: Hashable, Sendable, BitwiseCopyable {
    public var first = CallTarget(function: CallTarget.none, count: 0)
    public var second = CallTarget(function: CallTarget.none, count: 0)
    public var third = CallTarget(function: CallTarget.none, count: 0)
    /// Calls of functions that are none of the three.
    public var otherCount: UInt32 = 0
    private var reserved: UInt32 = 0

    /// Nothing was called.
    @inlinable public init() {}
}

/// What is known of a function's past.
public struct FunctionProfile: Sendable {
    /// By the site's number, as ``FunctionPrescan/indirectCalls`` counts; sites behind the last are not known.
    public var callSites: [CallSiteProfile] = []

    /// Nothing is known.
    public init() {}
}
