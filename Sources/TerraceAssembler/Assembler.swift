// The assembler's state: the code buffer, labels, pending fix-ups, relocations and the constant pool. What is emitted into it
// by extensions in the folder X86_64 is that machine's. *Planned* uses: the baseline compiler needs no locked instructions and
// fences (threads will), few of BMI, and one function at a time (`removeLabels` is for several in one buffer).

/// Writes x86-64 machine code into a buffer that grows as needed.
///
/// Operands come in Intel order, destination first. Pass the assembler `inout`; it owns its memory, and ``reset()``
/// empties it and keeps the memory of ordinary code. Nothing here throws: misuse (an unbound label, a short jump that does not
/// reach) is noted in ``contradiction``, and the code is worth nothing then. Debug builds stop at once.
@frozen public struct Assembler: ~Copyable {
    @usableFromInline var base: UnsafeMutableRawPointer
    /// Where the next byte goes.
    @usableFromInline var cursor: UnsafeMutableRawPointer
    /// As long as the cursor is not beyond this, a whole instruction fits (see ``slack``).
    @usableFromInline var limit: UnsafeMutableRawPointer
    @usableFromInline var labels: FlatBuffer<LabelState>
    @usableFromInline var fixups: FlatBuffer<Fixup>
    @usableFromInline var pool: ConstantPool
    @usableFromInline var storedRelocations: [Relocation]
    /// The first misuse since the last ``reset()``; nil if the code is sound.
    public private(set) var contradiction: StaticString?

    /// Fields that the linker must fill in, in the order of their emission.
    @inlinable public var relocations: [Relocation] { storedRelocations }

    /// Room that one emission may use: the longest instruction (15 bytes) and what its last 8-byte store overshoots.
    @inlinable static var slack: Int { 32 }

    /// - Parameter capacity: bytes of code for which room is made in advance.
    public init(capacity: Int = 4096) {
        let size = max(capacity, 256) + Self.slack
        base = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        cursor = base
        limit = base + (size - Self.slack)
        labels = FlatBuffer(capacity: 64)
        fixups = FlatBuffer(capacity: 16)
        pool = ConstantPool()
        storedRelocations = []
        contradiction = nil
    }

    deinit { base.deallocate() }

    /// Number of bytes emitted so far, and the offset of the next one.
    @inlinable public var offset: Int32 { Int32(truncatingIfNeeded: cursor - base) }

    /// The code emitted so far. Valid until the next emission.
    @inlinable public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: cursor - base) }

    /// Most bytes of code, and most relocations, whose memory is kept for what comes next.
    private static var keptBytes: Int { 256 << 10 }
    private static var keptRelocations: Int { 8192 }

    /// Forgets everything. Keeps the memory, unless what was there was very large.
    public mutating func reset() {
        if limit - base > Self.keptBytes { replaceBuffer(byteCount: 4096 + Self.slack) }
        cursor = base
        labels.removeAll()
        fixups.removeAll()
        pool.reset()
        storedRelocations.removeAll(keepingCapacity: storedRelocations.capacity <= Self.keptRelocations)
        contradiction = nil
    }

    /// Gives the buffer for one of another size, without what is in it.
    private mutating func replaceBuffer(byteCount: Int) {
        base.deallocate()
        base = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 16)
        limit = base + (byteCount - Self.slack)
    }

    /// Bytes of all buffers, used or not.
    public var bufferBytes: Int {
        limit - base + labels.byteCount + fixups.byteCount + pool.entries.byteCount + pool.uses.byteCount
            + pool.slots.byteCount + storedRelocations.capacity * MemoryLayout<Relocation>.stride
    }

    /// Notes that whoever emits contradicts itself. Compilers note their own contradictions here as well.
    @inline(never) public mutating func contradict(_ what: StaticString) {
        assertionFailure("\(what)")
        if contradiction == nil { contradiction = what }
    }

    /// Ends the code: places what is left of the constant pool and resolves everything that refers to labels.
    ///
    /// Every label that was used must be bound by now.
    public mutating func finish() {
        emitConstantPool()
        resolveFixups()
        checkLabels(from: 0)
    }

    /// Makes sure that one instruction fits.
    @inlinable @inline(__always) mutating func reserve() {
        if _slowPath(cursor > limit) { grow(by: Self.slack) }
    }

    /// Makes sure that `count` bytes fit, and an instruction behind them.
    @usableFromInline @inline(never) mutating func grow(by count: Int) {
        let used = cursor - base
        let size = max(2 * (limit - base), used + count) + Self.slack
        precondition(used + count < Int(Int32.max), "more than 2 GB of code")
        let larger = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        larger.copyMemory(from: base, byteCount: used)
        base.deallocate()
        base = larger
        cursor = larger + used
        limit = larger + (size - Self.slack)
    }

    /// Adds a relocation for a field that has been emitted already.
    ///
    /// - Parameters:
    ///   - offset: where the 4- or 8-byte field is, often `offset - 4` just behind an instruction.
    ///   - addend: see ``Relocation``.
    @inlinable
    public mutating func addRelocation(
        _ kind: RelocationKind, _ payload: UInt32, at offset: Int32, addend: Int32 = 0
    ) {
        storedRelocations.append(
            Relocation(offset: UInt32(bitPattern: offset), kind: kind, payload: payload, addend: addend))
    }
}
