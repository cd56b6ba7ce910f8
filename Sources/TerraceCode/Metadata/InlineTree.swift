// From a place in machine code to the stack of source frames that it stands for. Backtraces read it; *planned*: a tier that
// inlines.

/// A call that a compiler replaced by the callee's body.
@frozen public struct InlineNode: Hashable, Sendable, BitwiseCopyable {
    /// The inlined call that contains this one, or ``none`` if the range's own function does.
    public var parent: UInt32
    /// The function that was inlined.
    public var functionIndex: UInt32
    /// Of the call instruction in the function around it, from the first byte of the module.
    public var callBytecodeOffset: UInt32

    @inlinable public static var none: UInt32 { UInt32.max }

    @inlinable public init(parent: UInt32, functionIndex: UInt32, callBytecodeOffset: UInt32) {
        self.parent = parent
        self.functionIndex = functionIndex
        self.callBytecodeOffset = callBytecodeOffset
    }
}

/// From `begin` to the next range's `begin`, code belongs to an inlined call. Sorted by `begin`.
@frozen public struct InlineRange: Hashable, Sendable, BitwiseCopyable {
    public var begin: BlockOffset
    /// Index of the ``InlineNode``, or `InlineNode.none` for the function itself.
    public var node: UInt32

    @inlinable public init(begin: BlockOffset, node: UInt32) {
        self.begin = begin
        self.node = node
    }
}

/// One frame as the wasm program sees it.
@frozen public struct SourceFrame: Hashable, Sendable, BitwiseCopyable {
    public var functionIndex: UInt32
    /// Of the instruction under way, from the first byte of the module.
    public var bytecodeOffset: UInt32

    @inlinable public init(functionIndex: UInt32, bytecodeOffset: UInt32) {
        self.functionIndex = functionIndex
        self.bytecodeOffset = bytecodeOffset
    }
}

/// The source frames that a place in code stands for, innermost first: as many as calls were inlined there, and the
/// function itself. Valid as long as the block.
@frozen public struct SourceFrames: Sequence, IteratorProtocol {
    @usableFromInline let nodes: UnsafeBufferPointer<InlineNode>
    @usableFromInline let rootFunction: UInt32
    @usableFromInline var node: UInt32
    @usableFromInline var bytecodeOffset: UInt32
    @usableFromInline var isFinished = false

    /// - Parameters:
    ///   - offset: of an instruction; for a frame that waits at a call, one less than the return offset.
    ///   - bytecodeOffset: of the wasm instruction, from a trap site or call site.
    ///   - rootFunction: function whose code range holds `offset`.
    @inlinable init(
        nodes: UnsafeBufferPointer<InlineNode>, ranges: UnsafeBufferPointer<InlineRange>, offset: BlockOffset,
        bytecodeOffset: UInt32, rootFunction: UInt32
    ) {
        self.nodes = nodes
        self.rootFunction = rootFunction
        self.bytecodeOffset = bytecodeOffset
        let after = firstIndex(in: ranges) { $0.begin > offset }
        node = after == 0 ? InlineNode.none : ranges[after &- 1].node
    }

    @inlinable public mutating func next() -> SourceFrame? {
        if isFinished { return nil }
        guard node != InlineNode.none else {
            isFinished = true
            return SourceFrame(functionIndex: rootFunction, bytecodeOffset: bytecodeOffset)
        }
        let inlined = nodes[Int(node)]
        let frame = SourceFrame(functionIndex: inlined.functionIndex, bytecodeOffset: bytecodeOffset)
        bytecodeOffset = inlined.callBytecodeOffset
        node = inlined.parent
        return frame
    }
}
