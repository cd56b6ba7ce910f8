// A run of bytes in a block with one purpose: a function's body or a stub.

import TerraceABI

/// What the bytes of a ``CodeRange`` are. Raw values are stable: ``StubID`` contains them.
@frozen public enum CodeRangeKind: UInt8, Sendable, CaseIterable, BitwiseCopyable {
    /// Body of a defined function.
    case function
    /// Host into wasm, one per machine signature; `functionIndex` is the signature's number in its bank of stubs.
    case entryStub
    /// Wasm to a host function, one per machine signature, with a number as above; without one it traps: the stub for want of
    /// another.
    case hostCallStub
    /// Wasm to a runtime operation; `functionIndex` is the ``Builtin``'s raw value.
    case builtinStub
    /// Where a trap leaves wasm code.
    case trapExit
    /// Compiles the function whose index a thunk has loaded, and goes there.
    case lazyCompileStub
    /// Per-function thunks that name themselves to the lazy-compile stub: one range may cover many.
    case lazyThunk
    /// Body of a defined function for entry at one of its loops: no entry cell leads to it.
    case loopEntry
    /// *Planned*: where an exception leaves wasm code.
    case throwStub
    /// What a function of another instance returns to when it was tail-called: gives the caller its instance back.
    case tailCallReturn
    /// Notes the callee of an indirect call.
    case callTargetStub

    /// Whether frames of wasm functions belong to such code.
    @inlinable public var isFunctionBody: Bool { self == .function || self == .loopEntry }
}

/// A run of bytes in a block with one purpose.
@frozen public struct CodeRange: Hashable, Sendable, BitwiseCopyable {
    public var begin: BlockOffset
    public var end: BlockOffset
    /// Function index in its module, or a stub's number; ``none`` if there is neither.
    public var functionIndex: UInt32
    public var kind: CodeRangeKind
    /// Whether the function makes no frame: it calls nothing, and its return address is where the stack pointer points.
    public var isFrameless: Bool

    /// The `functionIndex` of ranges that have none.
    @inlinable public static var none: UInt32 { UInt32.max }

    @inlinable public init(
        kind: CodeRangeKind, begin: BlockOffset, end: BlockOffset, functionIndex: UInt32 = CodeRange.none,
        isFrameless: Bool = false
    ) {
        self.kind = kind
        self.begin = begin
        self.end = end
        self.functionIndex = functionIndex
        self.isFrameless = isFrameless
    }

    @inlinable public func contains(_ offset: BlockOffset) -> Bool { begin <= offset && offset < end }
    @inlinable public var byteCount: Int { Int(end.rawValue &- begin.rawValue) }
}

/// Names a stub: its kind and number. The payload of `.stub` relocations and the key of the stub table.
@frozen public struct StubID: RawRepresentable, Hashable, Sendable, BitwiseCopyable {
    /// Kind in the upper 8 bits, number in the lower 24 (all ones = none).
    public let rawValue: UInt32
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// - Parameter number: what the stub's ``CodeRange`` has as its `functionIndex`.
    @inlinable public init(_ kind: CodeRangeKind, _ number: UInt32 = CodeRange.none) {
        rawValue = UInt32(kind.rawValue) << 24 | number & 0xFF_FFFF
    }
    @inlinable public init(builtin: Builtin) {
        self.init(.builtinStub, UInt32(truncatingIfNeeded: builtin.rawValue))
    }
}
