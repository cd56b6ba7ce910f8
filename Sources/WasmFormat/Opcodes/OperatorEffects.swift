// What an operator may do besides computing its results.

/// Effects of an operator that a compiler must know of, as far as they do not depend on context.
@frozen
public struct OperatorEffects: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    @inlinable
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The operator may end in a trap.
    @inlinable public static var mayTrap: Self { Self(rawValue: 1) }
    /// The operator may change a memory, or let another thread's changes be seen.
    @inlinable public static var writesMemory: Self { Self(rawValue: 2) }
    /// Compiled code may call a function or a builtin on the way, so that nothing in a caller-saved register survives.
    @inlinable public static var callsOut: Self { Self(rawValue: 4) }
    /// The callee is known at run time only: such sites are numbered in each function, for what is learnt there.
    @inlinable public static var callsIndirectly: Self { Self(rawValue: 8) }
}

/// What the rows of the table say.
extension OperatorEffects {
    @inlinable static var trap: Self { .mayTrap }
    @inlinable static var store: Self { Self(rawValue: 1 | 2) }
    @inlinable static var fence: Self { .writesMemory }
    /// Everything that a callee may do; also what bulk operations on memories do.
    @inlinable static var call: Self { Self(rawValue: 1 | 2 | 4) }
    @inlinable static var indirectCall: Self { Self(rawValue: 1 | 2 | 4 | 8) }
    /// The runtime is called.
    @inlinable static var builtin: Self { .callsOut }
    @inlinable static var trappingBuiltin: Self { Self(rawValue: 1 | 4) }
}
