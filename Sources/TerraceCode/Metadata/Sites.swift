// Single places in code that have a meaning at run time: instructions that trap and addresses that calls return to.

import TerraceABI

/// An instruction that may trap: `ud2`, or a load, store or division that the hardware faults on.
@frozen public struct TrapSite: Hashable, Sendable, BitwiseCopyable {
    /// Of the instruction's first byte.
    public var offset: BlockOffset
    /// Of the wasm instruction, from the first byte of the module.
    public var bytecodeOffset: UInt32
    public var kind: TrapSiteKind

    @inlinable public init(offset: BlockOffset, kind: TrapKind, bytecodeOffset: UInt32) {
        self.init(offset: offset, kind: TrapSiteKind(kind), bytecodeOffset: bytecodeOffset)
    }

    @inlinable public init(offset: BlockOffset, kind: TrapSiteKind, bytecodeOffset: UInt32) {
        self.offset = offset
        self.kind = kind
        self.bytecodeOffset = bytecodeOffset
    }
}

/// How a call finds its callee.
@frozen public enum CallSiteKind: UInt8, Sendable, CaseIterable, BitwiseCopyable {
    /// A defined function of the same module: the instance stays.
    case direct
    case `import`
    case indirect
    case reference
    /// A runtime operation.
    case builtin
}

/// The place that a call returns to.
@frozen public struct CallSite: Hashable, Sendable, BitwiseCopyable {
    /// Of the instruction after the call. May be the end of the block.
    public var returnOffset: BlockOffset
    /// Of the wasm instruction, from the first byte of the module.
    public var bytecodeOffset: UInt32
    public var kind: CallSiteKind

    @inlinable public init(returnOffset: BlockOffset, bytecodeOffset: UInt32, kind: CallSiteKind) {
        self.returnOffset = returnOffset
        self.bytecodeOffset = bytecodeOffset
        self.kind = kind
    }
}
