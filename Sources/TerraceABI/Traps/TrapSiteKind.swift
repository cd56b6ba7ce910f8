// What the fault handler makes of a fault at a place in compiled code.

/// The meaning of a trap site: a trap, or a check whose failure means one thing or another.
@frozen public struct TrapSiteKind: RawRepresentable, Hashable, Sendable, BitwiseCopyable {
    /// That of the ``TrapKind``, or from 128 on, a check's number.
    public let rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// A fault here is a trap.
    @inlinable public init(_ trap: TrapKind) { self.init(rawValue: trap.rawValue) }

    /// The prologue's check against the stack limit: ``TrapKind/stackExhausted``, or ``TrapKind/interrupted``.
    @inlinable public static var stackLimit: Self { Self(rawValue: 128) }
    /// The check in a loop header: ``TrapKind/interrupted``, or execution resumes behind the instruction.
    @inlinable public static var interruptCheck: Self { Self(rawValue: 129) }

    /// The trap that a fault here is, unless the site is a check.
    @inlinable public var trap: TrapKind? { TrapKind(rawValue: rawValue) }
}

extension TrapSiteKind: CustomStringConvertible {
    public var description: String {
        switch self {
        case .stackLimit: "stackLimit"
        case .interruptCheck: "interruptCheck"
        default: trap.map { "\($0)" } ?? "\(rawValue)"
        }
    }
}
