// A run of code with its metadata, as an object.

import Synchronization

/// Immutable description of a run of code in a segment: which function is where, which PC can trap and why, which return
/// address belongs to which call, where references live.
///
/// A block may hold a whole tier, one function of it, the stubs that all tiers share, or stubs made on demand. Nothing
/// outside a block assumes that it is complete. Owns its metadata and, with others, its segment.
public final class CodeBlock: @unchecked Sendable {  // immutable after publication, but for an atomic
    /// A block is at most this large, so that 32-bit offsets and displacements do.
    public static let maximumByteCount = 1 << 30

    /// Where questions about the block are answered, without reference counting.
    public let unmanaged: UnmanagedCodeBlock
    public let segment: CodeSegment
    private let liveFunctions = Atomic<Int>(0)

    /// Takes over the record.
    init(record: UnsafeMutablePointer<CodeBlockRecord>, segment: CodeSegment) {
        unmanaged = UnmanagedCodeBlock(record)
        self.segment = segment
        record.pointee.block = UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())
    }

    deinit {
        ForkGuard.enter()
        segment.reservation.records.release(unmanaged.record)
        ForkGuard.leave()
    }

    public var kind: CodeBlockKind { unmanaged.kind }
    public var placement: CodePlacement { unmanaged.placement }
    public var base: CodeAddress { unmanaged.base }
    public var byteCount: Int { unmanaged.byteCount }
    /// Sorted by `begin`. Valid as long as the block.
    public var codeRanges: UnsafeBufferPointer<CodeRange> { unmanaged.codeRanges }
    public var functionRanges: FunctionRanges { unmanaged.functionRanges }
    /// The bytes as they run.
    public var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base.pointer, count: byteCount)
    }
    /// Bytes that the metadata takes.
    public var metadataByteCount: Int {
        MemoryLayout<CodeBlockRecord>.stride + unmanaged.record.pointee.tableBytes
    }

    /// How many functions have their best code in this block, and how many of its loop entries may still be taken. Once it has fallen to 0 it stays there, and no new call
    /// comes here; frames that are under way may still return here. *Planned*: to free blocks by it.
    public var liveFunctionCount: Int { liveFunctions.load(ordering: .acquiring) }

    /// Before the first function of the block is published.
    func setLiveFunctionCount(_ count: Int) { liveFunctions.store(count, ordering: .releasing) }
    /// A function has better code now, or a loop entry is taken no more.
    func removeLiveFunction() { liveFunctions.subtract(1, ordering: .acquiringAndReleasing) }

    /// Address of a function's code; nil if the block does not hold it.
    public func entry(ofFunction functionIndex: UInt32) -> CodeAddress? {
        unmanaged.functionRanges[functionIndex].map { placement.address(of: $0.begin) }
    }
}
