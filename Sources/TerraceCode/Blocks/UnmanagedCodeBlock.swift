// A block without reference counting: what lookups return, and where all questions about a block are answered.

import TerraceABI

/// A reference to a ``CodeBlock`` that owns nothing. Using it allocates nothing, takes no lock and counts no references,
/// so all of it may be used in a signal handler.
///
/// Valid while the block lives. The ``Code`` of a PC that a thread is at, or will return to, lives.
@frozen public struct UnmanagedCodeBlock: Equatable, @unchecked Sendable {  // the record is immutable while it is valid
    @usableFromInline let record: UnsafeMutablePointer<CodeBlockRecord>

    @inlinable init(_ record: UnsafeMutablePointer<CodeBlockRecord>) { self.record = record }

    @inlinable public var kind: CodeBlockKind { record.pointee.kind }

    /// Where the block lies.
    @inlinable public var placement: CodePlacement {
        CodePlacement(
            segmentBase: CodeAddress(rawValue: record.pointee.base &- UInt(record.pointee.blockStart)),
            blockStart: SegmentOffset(rawValue: record.pointee.blockStart), byteCount: record.pointee.byteCount)
    }
    @inlinable public var base: CodeAddress { CodeAddress(rawValue: record.pointee.base) }
    @inlinable public var byteCount: Int { Int(record.pointee.byteCount) }

    /// The code that the block belongs to. Unretained.
    @inlinable public var code: Unmanaged<Code>? { record.pointee.code.map { Unmanaged.fromOpaque($0) } }
    /// The block as an object. Unretained.
    @inlinable public var block: Unmanaged<CodeBlock>? { record.pointee.block.map { Unmanaged.fromOpaque($0) } }

    // Tables, valid as long as the block.
    @inlinable public var codeRanges: UnsafeBufferPointer<CodeRange> {
        UnsafeBufferPointer(start: record.pointee.codeRanges, count: Int(record.pointee.codeRangeCount))
    }
    @inlinable public var callSites: UnsafeBufferPointer<CallSite> {
        UnsafeBufferPointer(start: record.pointee.callSites, count: Int(record.pointee.callSiteCount))
    }
    @inlinable public var trapSites: UnsafeBufferPointer<TrapSite> {
        UnsafeBufferPointer(start: record.pointee.trapSites, count: Int(record.pointee.trapSiteCount))
    }
    @inlinable public var stackMaps: UnsafeBufferPointer<StackMap> {
        UnsafeBufferPointer(start: record.pointee.stackMaps, count: Int(record.pointee.stackMapCount))
    }
    @inlinable public var handlerRanges: UnsafeBufferPointer<HandlerRange> {
        UnsafeBufferPointer(start: record.pointee.handlerRanges, count: Int(record.pointee.handlerRangeCount))
    }
    @inlinable public var inlineNodes: UnsafeBufferPointer<InlineNode> {
        UnsafeBufferPointer(start: record.pointee.inlineNodes, count: Int(record.pointee.inlineNodeCount))
    }
    @inlinable public var inlineRanges: UnsafeBufferPointer<InlineRange> {
        UnsafeBufferPointer(start: record.pointee.inlineRanges, count: Int(record.pointee.inlineRangeCount))
    }
    @inlinable public var functionRanges: FunctionRanges {
        FunctionRanges(
            representation: record.pointee.functionRepresentation, firstFunction: record.pointee.firstFunction,
            count: Int(record.pointee.functionCount), table: record.pointee.functionTable, ranges: codeRanges)
    }

    /// The code range at a place, or nil between ranges.
    @inlinable public func codeRange(at offset: BlockOffset) -> CodeRange? {
        let ranges = codeRanges
        let after = firstIndex(in: ranges) { $0.begin > offset }
        guard after > 0, ranges[after &- 1].contains(offset) else { return nil }
        return ranges[after &- 1]
    }

    /// The code range at an address, or nil between ranges or outside the block.
    @inlinable public func codeRange(at address: CodeAddress) -> CodeRange? {
        guard let offset = placement.blockOffset(of: address) else { return nil }
        return codeRange(at: offset)
    }

    /// The trap site of the instruction at an address.
    @inlinable public func trapSite(at address: CodeAddress) -> TrapSite? {
        guard let offset = placement.blockOffset(of: address) else { return nil }
        let sites = trapSites
        let index = firstIndex(in: sites) { $0.offset >= offset }
        return index < sites.count && sites[index].offset == offset ? sites[index] : nil
    }

    /// The call site that returns to an address.
    @inlinable public func callSite(returningTo address: CodeAddress) -> CallSite? {
        guard let offset = placement.blockOffset(of: address) else { return nil }
        let sites = callSites
        let index = firstIndex(in: sites) { $0.returnOffset >= offset }
        return index < sites.count && sites[index].returnOffset == offset ? sites[index] : nil
    }

    /// The references in a frame whose call returns to an address; nil if the block says nothing about it.
    @inlinable public func stackMap(returningTo address: CodeAddress) -> StackMapBits? {
        guard let offset = placement.blockOffset(of: address) else { return nil }
        let maps = stackMaps
        let index = firstIndex(in: maps) { $0.offset >= offset }
        guard index < maps.count, maps[index].offset == offset else { return nil }
        let firstSlot = Int(maps[index].firstSlot)
        return StackMapBits(
            words: record.pointee.stackMapWords.map { $0 + Int(maps[index].firstWord) },
            slots: firstSlot..<firstSlot + Int(maps[index].slotCount))
    }

    /// The handlers that protect the instruction at a place, innermost first.
    /// - Parameter offset: for a frame that waits at a call, one less than the return offset.
    @inlinable public func handlers(at offset: BlockOffset) -> EnclosingHandlers {
        EnclosingHandlers(handlerRanges, at: offset)
    }

    /// The source frames of the instruction at a place, innermost first; nil outside functions.
    /// - Parameters:
    ///   - offset: for a frame that waits at a call, one less than the return offset.
    ///   - bytecodeOffset: what the trap site or call site says.
    @inlinable public func sourceFrames(at offset: BlockOffset, bytecodeOffset: UInt32) -> SourceFrames? {
        guard let range = codeRange(at: offset), range.kind.isFunctionBody else { return nil }
        return SourceFrames(
            nodes: inlineNodes, ranges: inlineRanges, offset: offset, bytecodeOffset: bytecodeOffset,
            rootFunction: range.functionIndex)
    }
}
