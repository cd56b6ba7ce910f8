// The raw memory of a block's metadata: a record of fixed size, and one allocation with all its tables.

import TerraceABI
import TerraceThreads

#if canImport(Glibc)
    import Glibc
#endif

/// What a block holds.
@frozen public enum CodeBlockKind: UInt8, Sendable, CaseIterable, BitwiseCopyable {
    /// Everything that depends on no tier: trap exit, lazy-compile stub, builtin stubs, …. Made once.
    case sharedStubs
    /// Functions from the baseline compiler: a complete tier, a batch, or one.
    case baseline
    /// Functions from the optimizing compiler: a complete tier, a batch, or one.
    case optimized
    /// Stubs made on demand, whichever tier caused them.
    case lazyStubs

    /// The tier of the functions in the block, if it holds functions.
    @inlinable public var tier: CodeTier? {
        switch self {
        case .baseline: .baseline
        case .optimized: .optimized
        case .sharedStubs, .lazyStubs: nil
        }
    }
}

/// A quality of code; a higher raw value is better code.
@frozen public enum CodeTier: UInt8, Sendable, CaseIterable, Comparable, BitwiseCopyable {
    case baseline = 1
    case optimized = 2

    @inlinable public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
}

/// Fixed-size part of a block's metadata. Immutable while the block lives.
///
/// Records are recycled but their memory is never given back while the reservation lives: a lookup that races with the
/// death of a block (which only a PC that no thread can be at may cause) reads a record that is empty or another's.
@usableFromInline struct CodeBlockRecord {
    // What a fault handler reads stands in the first cache line.
    @usableFromInline var base: UInt = 0
    /// 0 while the record is free.
    @usableFromInline var byteCount: UInt32 = 0
    @usableFromInline var blockStart: UInt32 = 0
    @usableFromInline var trapSites: UnsafePointer<TrapSite>?
    @usableFromInline var trapSiteCount: UInt32 = 0
    @usableFromInline var codeRangeCount: UInt32 = 0
    @usableFromInline var codeRanges: UnsafePointer<CodeRange>?
    @usableFromInline var callSites: UnsafePointer<CallSite>?
    @usableFromInline var callSiteCount: UInt32 = 0
    @usableFromInline var kind = CodeBlockKind.lazyStubs
    @usableFromInline var functionRepresentation = FunctionRanges.Representation.dense
    /// The ``Code`` that owns the block, unretained.
    @usableFromInline var code: UnsafeRawPointer?

    @usableFromInline var functionTable: UnsafePointer<UInt32>?
    @usableFromInline var firstFunction: UInt32 = 0
    @usableFromInline var functionCount: UInt32 = 0
    /// The ``CodeBlock``, unretained.
    @usableFromInline var block: UnsafeRawPointer?
    @usableFromInline var stackMaps: UnsafePointer<StackMap>?
    @usableFromInline var stackMapWords: UnsafePointer<UInt32>?
    @usableFromInline var stackMapCount: UInt32 = 0
    @usableFromInline var handlerRangeCount: UInt32 = 0
    @usableFromInline var handlerRanges: UnsafePointer<HandlerRange>?
    @usableFromInline var inlineNodes: UnsafePointer<InlineNode>?
    @usableFromInline var inlineRanges: UnsafePointer<InlineRange>?
    @usableFromInline var inlineNodeCount: UInt32 = 0
    @usableFromInline var inlineRangeCount: UInt32 = 0
    /// The allocation with all tables; also the link of the pool's free list.
    @usableFromInline var tables: UnsafeMutableRawPointer?
    /// Bytes of `tables`.
    @usableFromInline var tableBytes: Int = 0

    init() {}

    /// Copies the metadata of unlinked code into tables of its own.
    init(copying view: CompiledCodeView, kind: CodeBlockKind) throws(CodeError) {
        let functions = FunctionRanges.Shape(of: view.codeRanges)
        tableBytes =
            byteCountOf(view.codeRanges) + byteCountOf(view.callSites) + byteCountOf(view.trapSites)
            + byteCountOf(view.stackMaps) + byteCountOf(view.stackMapWords) + byteCountOf(view.handlerRanges)
            + byteCountOf(view.inlineNodes) + byteCountOf(view.inlineRanges) + 4 * functions.wordCount
        guard let tables = malloc(max(tableBytes, 1)) else { throw .outOfMemory }
        self.tables = tables
        self.kind = kind
        byteCount = UInt32(view.bytes.count)
        var next = tables  // every element is made of 32-bit words
        (codeRanges, codeRangeCount) = copy(view.codeRanges, to: &next)
        (callSites, callSiteCount) = copy(view.callSites, to: &next)
        (trapSites, trapSiteCount) = copy(view.trapSites, to: &next)
        (stackMaps, stackMapCount) = copy(view.stackMaps, to: &next)
        (stackMapWords, _) = copy(view.stackMapWords, to: &next)
        (handlerRanges, handlerRangeCount) = copy(view.handlerRanges, to: &next)
        (inlineNodes, inlineNodeCount) = copy(view.inlineNodes, to: &next)
        (inlineRanges, inlineRangeCount) = copy(view.inlineRanges, to: &next)
        functionRepresentation = functions.representation
        firstFunction = functions.firstFunction
        functionCount = UInt32(functions.count)
        if functions.count > 0 {
            let table = next.bindMemory(to: UInt32.self, capacity: functions.wordCount)
            do throws(CodeError) {
                try functions.fill(table, from: UnsafeBufferPointer(start: codeRanges, count: Int(codeRangeCount)))
            } catch {
                free(tables)
                throw error
            }
            functionTable = UnsafePointer(table)
        }
    }
}

private func byteCountOf<Element: BitwiseCopyable>(_ buffer: UnsafeBufferPointer<Element>) -> Int {
    buffer.count * MemoryLayout<Element>.stride
}

private func copy<Element: BitwiseCopyable>(
    _ buffer: UnsafeBufferPointer<Element>, to next: inout UnsafeMutableRawPointer
) -> (UnsafePointer<Element>?, UInt32) {
    guard let source = buffer.baseAddress, buffer.count > 0 else { return (nil, 0) }
    let target = next.bindMemory(to: Element.self, capacity: buffer.count)
    target.initialize(from: source, count: buffer.count)
    next += byteCountOf(buffer)
    return (UnsafePointer(target), UInt32(buffer.count))
}

/// Memory for records. Thread-safe.
final class CodeBlockRecordPool: Sendable {
    private static let slabCount = 32

    private struct State: @unchecked Sendable {  // reached through the pool's mutex alone
        var free: UnsafeMutablePointer<CodeBlockRecord>?
        var slabs: [UnsafeMutablePointer<CodeBlockRecord>] = []
        var usedCount = 0
    }

    private let state = Guarded(State())

    deinit {
        state.withLock { state in
            for slab in state.slabs { Glibc.free(slab) }
        }
    }

    /// Records that were taken and not given back.
    var usedCount: Int { state.withLock { $0.usedCount } }

    /// An empty record, or nil if there is no memory.
    func allocate() -> UnsafeMutablePointer<CodeBlockRecord>? {
        state.withLock { state in
            if state.free == nil {
                // Records begin at cache lines, so that a lookup touches one.
                let stride = (MemoryLayout<CodeBlockRecord>.stride + 63) & ~63
                guard let slab = aligned_alloc(64, stride * Self.slabCount) else { return nil }
                for k in (0..<Self.slabCount).reversed() {
                    let record = (slab + k * stride).bindMemory(to: CodeBlockRecord.self, capacity: 1)
                    record.initialize(to: CodeBlockRecord())
                    record.pointee.tables = UnsafeMutableRawPointer(state.free)
                    state.free = record
                }
                state.slabs.append(slab.assumingMemoryBound(to: CodeBlockRecord.self))
            }
            guard let record = state.free else { return nil }
            state.free = record.pointee.tables?.assumingMemoryBound(to: CodeBlockRecord.self)
            record.pointee.tables = nil
            state.usedCount += 1
            return record
        }
    }

    /// Takes back a record and frees its tables.
    func release(_ record: UnsafeMutablePointer<CodeBlockRecord>) {
        free(record.pointee.tables)
        record.pointee = CodeBlockRecord()
        state.withLock { state in
            record.pointee.tables = UnsafeMutableRawPointer(state.free)
            state.free = record
            state.usedCount -= 1
        }
    }
}
