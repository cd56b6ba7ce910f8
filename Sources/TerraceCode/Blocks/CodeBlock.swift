// A run of code with its metadata, as an object.

import Synchronization

/// Immutable description of a run of code in a segment: which function is where, which PC can trap and why, which return
/// address belongs to which call, where references live.
///
/// A block may hold a whole tier, one function of it, the stubs that all tiers share, or stubs made on demand. Nothing
/// outside a block assumes that it is complete. Owns its metadata and, with others, its segment.
public final class CodeBlock: @unchecked Sendable {  // immutable after publication, but for what says otherwise
    /// A block is at most this large, so that 32-bit offsets and displacements do.
    public static let maximumByteCount = 1 << 30

    /// Where questions about the block are answered, without reference counting.
    public let unmanaged: UnmanagedCodeBlock
    public let segment: CodeSegment
    /// Functions whose best code is here, and loops that lead here; in the upper half the publisher, as stubs keep it.
    private let uses: Atomic<Int>
    private static let publisherUse = 1 << 32
    /// The block's place in the list of its ``Code``. Protected by the code's lock.
    var listIndex = -1
    /// Between the hands of the code's ``EvictionClock``. Protected by the code's lock.
    var isBetweenHands = false
    /// Set while callers are sent through the thunks of the block's functions, until one comes: see ``EvictionClock``.
    let isOnProbation = Atomic<Bool>(false)
    /// Set by who knows that nobody is in the block: when the last reference goes, its room may be used again.
    let isFreed = Atomic<Bool>(false)

    /// Takes over the record. The block has one use for each of its functions and loop entries, and one more, that of who publishes it.
    init(record: UnsafeMutablePointer<CodeBlockRecord>, segment: CodeSegment) {
        unmanaged = UnmanagedCodeBlock(record)
        self.segment = segment
        uses = Atomic(Self.publisherUse + unmanaged.codeRanges.count { $0.kind.isFunctionBody })
        record.pointee.block = UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())
    }

    deinit {
        ForkGuard.enter()
        if isFreed.load(ordering: .acquiring) { segment.takeBack(from: placement.blockStart, byteCount: byteCount) }
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

    /// How many functions have their best code in this block, and how many of its loop entries may still be taken.
    public var liveFunctionCount: Int { uses.load(ordering: .acquiring) & (Self.publisherUse - 1) }

    /// Whether anything outside the block leads here. Once false it stays so: no new call comes to the block, and when
    /// nobody is in it any more it is freed (`Retirement.swift`).
    public var isUsed: Bool { uses.load(ordering: .acquiring) != 0 }

    /// Whoever publishes the block has done so. True if that was the last use.
    func endUse() -> Bool { uses.subtract(Self.publisherUse, ordering: .acquiringAndReleasing).newValue == 0 }
    /// A function's best code is elsewhere, and its cell leads there; or a loop leads here no more. True if it was the last use.
    func endFunction() -> Bool { uses.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 }

    /// Address of a function's code; nil if the block does not hold it.
    public func entry(ofFunction functionIndex: UInt32) -> CodeAddress? {
        unmanaged.functionRanges[functionIndex].map { placement.address(of: $0.begin) }
    }
}
