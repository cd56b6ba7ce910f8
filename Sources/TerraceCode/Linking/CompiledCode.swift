// What compilers and stub generators hand over: machine code that is not linked yet, and its metadata.

import TerraceABI
import TerraceAssembler

/// Unlinked code and its metadata, borrowed from whoever made them. All offsets are from the first byte of `bytes`.
///
/// A commit links `bytes` where they are and copies everything, so the producer may reuse its memory afterwards. What it
/// fills in does not depend on what was there: code may be committed again, elsewhere. `codeRanges` are sorted by `begin`
/// and do not overlap; `trapSites`, `callSites` and `stackMaps` are sorted by offset; `handlerRanges` and `inlineRanges`
/// are as their types say.
@frozen public struct CompiledCodeView {
    public var bytes: UnsafeMutableRawBufferPointer
    /// A power of two, at most 4096. Blocks are aligned to ``CodeSegment/blockAlignment`` at least.
    public var alignment: Int = 16
    public var codeRanges: UnsafeBufferPointer<CodeRange>
    /// Where there are no ranges yet: of the one that all the code becomes.
    public var isFrameless = false
    public var callSites = UnsafeBufferPointer<CallSite>(start: nil, count: 0)
    public var trapSites = UnsafeBufferPointer<TrapSite>(start: nil, count: 0)
    public var relocations = UnsafeBufferPointer<Relocation>(start: nil, count: 0)
    public var stackMaps = UnsafeBufferPointer<StackMap>(start: nil, count: 0)
    /// The bits that `stackMaps` refer to.
    public var stackMapWords = UnsafeBufferPointer<UInt32>(start: nil, count: 0)
    public var handlerRanges = UnsafeBufferPointer<HandlerRange>(start: nil, count: 0)
    public var inlineNodes = UnsafeBufferPointer<InlineNode>(start: nil, count: 0)
    public var inlineRanges = UnsafeBufferPointer<InlineRange>(start: nil, count: 0)

    @inlinable public init(bytes: UnsafeMutableRawBufferPointer, codeRanges: UnsafeBufferPointer<CodeRange>) {
        self.bytes = bytes
        self.codeRanges = codeRanges
    }
}

/// Unlinked code and its metadata, owned: for stub generators, and for joining the results of many compilations.
public struct CompiledCode: Sendable {
    public var bytes: [UInt8] = []
    public var alignment = 16
    public var codeRanges: [CodeRange] = []
    public var callSites: [CallSite] = []
    public var trapSites: [TrapSite] = []
    public var relocations: [Relocation] = []
    public var stackMaps: [StackMap] = []
    public var stackMapWords: [UInt32] = []
    public var handlerRanges: [HandlerRange] = []
    public var inlineNodes: [InlineNode] = []
    public var inlineRanges: [InlineRange] = []

    public init() {}

    /// Takes over what an assembler made.
    public init(
        bytes: UnsafeRawBufferPointer, codeRanges: [CodeRange], callSites: [CallSite] = [], trapSites: [TrapSite] = [],
        relocations: [Relocation] = [], alignment: Int = 16
    ) {
        self.bytes = Array(bytes)
        self.codeRanges = codeRanges
        self.callSites = callSites
        self.trapSites = trapSites
        self.relocations = relocations
        self.alignment = alignment
    }

    /// Calls `body` with a view of this code, which is valid until `body` returns.
    public mutating func withView<Result, Failure: Error>(
        _ body: (CompiledCodeView) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var bytes: [UInt8] = []
        swap(&bytes, &self.bytes)
        defer { swap(&bytes, &self.bytes) }
        return try bytes.withUnsafeMutableBufferPointer { (bytes) throws(Failure) in
            try codeRanges.withUnsafeBufferPointer { (ranges) throws(Failure) in
                var view = CompiledCodeView(bytes: UnsafeMutableRawBufferPointer(bytes), codeRanges: ranges)
                view.alignment = alignment
                return try callSites.withUnsafeBufferPointer { (calls) throws(Failure) in
                    view.callSites = calls
                    return try trapSites.withUnsafeBufferPointer { (traps) throws(Failure) in
                        view.trapSites = traps
                        return try relocations.withUnsafeBufferPointer { (relocations) throws(Failure) in
                            view.relocations = relocations
                            return try withRareMetadata(view, body)
                        }
                    }
                }
            }
        }
    }

    private func withRareMetadata<Result, Failure: Error>(
        _ view: CompiledCodeView, _ body: (CompiledCodeView) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        if stackMaps.isEmpty && handlerRanges.isEmpty && inlineRanges.isEmpty { return try body(view) }
        var view = view
        return try stackMaps.withUnsafeBufferPointer { (maps) throws(Failure) in
            view.stackMaps = maps
            return try stackMapWords.withUnsafeBufferPointer { (words) throws(Failure) in
                view.stackMapWords = words
                return try handlerRanges.withUnsafeBufferPointer { (handlers) throws(Failure) in
                    view.handlerRanges = handlers
                    return try inlineNodes.withUnsafeBufferPointer { (nodes) throws(Failure) in
                        view.inlineNodes = nodes
                        return try inlineRanges.withUnsafeBufferPointer { (ranges) throws(Failure) in
                            view.inlineRanges = ranges
                            return try body(view)
                        }
                    }
                }
            }
        }
    }

    /// Appends other code behind this, after trapping bytes up to its alignment, and moves its metadata there: how the
    /// functions of a complete tier, compiled one by one, become one block.
    public mutating func append(_ other: CompiledCodeView) {
        alignment = max(alignment, other.alignment)
        let start = (bytes.count + other.alignment - 1) & ~(other.alignment - 1)
        while bytes.count < start { bytes.append(CodeSegment.trapByte) }
        bytes.append(contentsOf: other.bytes)
        let shift = UInt32(start)
        codeRanges.append(other.codeRanges) {
            $0.begin = $0.begin.advanced(by: shift)
            $0.end = $0.end.advanced(by: shift)
        }
        callSites.append(other.callSites) { $0.returnOffset = $0.returnOffset.advanced(by: shift) }
        trapSites.append(other.trapSites) { $0.offset = $0.offset.advanced(by: shift) }
        relocations.append(other.relocations) {
            $0.offset += shift
            if $0.kind == .absolute64 { $0.payload += shift }
        }
        appendRareMetadata(of: other, shift: shift)
    }

    private mutating func appendRareMetadata(of other: CompiledCodeView, shift: UInt32) {
        let firstWord = UInt32(stackMapWords.count)
        stackMapWords.append(contentsOf: other.stackMapWords)
        for var map in other.stackMaps {
            map.offset = map.offset.advanced(by: shift)
            map.firstWord += firstWord
            stackMaps.append(map)
        }
        let firstHandler = UInt32(handlerRanges.count)
        for var handler in other.handlerRanges {
            handler.begin = handler.begin.advanced(by: shift)
            handler.end = handler.end.advanced(by: shift)
            handler.landing = handler.landing.advanced(by: shift)
            if handler.parent != HandlerRange.none { handler.parent += firstHandler }
            handlerRanges.append(handler)
        }
        let firstNode = UInt32(inlineNodes.count)
        for var node in other.inlineNodes {
            if node.parent != InlineNode.none { node.parent += firstNode }
            inlineNodes.append(node)
        }
        // A range lasts until the next one begins: what came before must not reach into the new code, nor the new code
        // into what comes after it.
        if !other.inlineRanges.isEmpty || !inlineRanges.isEmpty,
            other.inlineRanges.first?.begin != 0 || other.inlineRanges.isEmpty
        {
            inlineRanges.append(InlineRange(begin: BlockOffset(rawValue: shift), node: InlineNode.none))
        }
        for var range in other.inlineRanges {
            range.begin = range.begin.advanced(by: shift)
            if range.node != InlineNode.none { range.node += firstNode }
            inlineRanges.append(range)
        }
    }
}

extension Array {
    /// Appends elements in one piece, and changes them where they stand.
    @inline(__always)
    fileprivate mutating func append(_ other: UnsafeBufferPointer<Element>, change: (inout Element) -> Void) {
        let start = count
        append(contentsOf: other)
        withUnsafeMutableBufferPointer { buffer in
            for index in start..<buffer.count { change(&buffer[index]) }
        }
    }
}
