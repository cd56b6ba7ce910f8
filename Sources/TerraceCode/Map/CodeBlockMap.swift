// Finds the block that holds a program counter.
//
// A trie over the reservation's addresses, 64 children to a node, whose leaves cover 4 KiB of code each: one bit per 64
// bytes (a granule) says that a block begins there, and an entry in the leaf names the block and its length. Each inner
// node has one bit per child that is not empty; the lowest also holds its leaves' bits, so that a lookup touches one line
// of memory that is likely to be cold: the entry. It walks down to its address's leaf and takes the nearest beginning at
// or before it, going up once where a node has none: at most 4 nodes down, and 3 down again.
//
// Insert stores the entry, then sets bits from the leaf up; removal clears them in the same order. Readers need nothing
// more, because blocks do not overlap: between the beginning of a live block and a PC in it, no bit is set and none can be,
// whatever else is going on. Hence a reader may be stopped anywhere, a writer may be stopped anywhere, and neither waits
// for the other.
//
// Nodes are allocated when an address near them is used first, and freed with the map; nothing is retired while it lives.
// So the map takes at most 512 bytes per 4 KiB of code space ever used, plus 0.5 % for inner nodes.

import Synchronization
import TerraceThreads

#if canImport(Glibc)
    import Glibc
#endif

/// Finds the block that holds a program counter: one per process (is this PC ours?), one per ``Code``.
///
/// Lookups are wait-free, allocate nothing, take no lock and count no references; they may run in a signal handler, also
/// while another thread is stopped inside an insert. This is a handle: whoever makes a map destroys it.
@frozen public struct CodeBlockMap: @unchecked Sendable {  // writers hold `lock`; readers see atomics only
    @usableFromInline typealias Word = UnsafeMutablePointer<Atomic<UInt>>

    /// First address that the map covers.
    @usableFromInline let base: UInt
    /// Bytes that the map covers.
    @usableFromInline let byteCount: UInt
    /// The root: two words of bits, then 128 children, each for 16 MiB.
    @usableFromInline let root: Word
    private let lock: UnsafeMutablePointer<Guarded<Int>>

    @usableFromInline static var granuleShift: UInt { 6 }
    @usableFromInline static var rootBitWords: Int { 2 }
    private static var rootWords: Int { rootBitWords + 128 }
    /// An inner node: a word of bits, then 64 children.
    private static var upperWords: Int { 65 }
    /// A lowest inner node: a word of bits, then the bits of 64 leaves, then the leaves.
    private static var lowerWords: Int { 129 }
    @usableFromInline static var lowerLeaves: Int { 65 }
    /// A leaf: 64 entries.
    private static var leafWords: Int { 64 }

    /// Address of the process's map, 0 while there is none.
    private static let processMap = Atomic<UInt>(0)
    private static let nothing = CodeBlockMap()

    /// The map of the process's reservation: all published blocks of all modules. Empty while there is no reservation.
    ///
    /// The first use may allocate; the runtime does that before it installs its fault handler.
    public static var process: CodeBlockMap {
        guard let map = UnsafePointer<CodeBlockMap>(bitPattern: processMap.load(ordering: .acquiring)) else {
            return nothing
        }
        return map.pointee
    }

    /// Makes a map the process's, for ever. Once.
    static func setProcess(_ map: CodeBlockMap) {
        let box = UnsafeMutablePointer<CodeBlockMap>.allocate(capacity: 1)
        box.initialize(to: map)
        processMap.store(UInt(bitPattern: box), ordering: .releasing)
    }

    /// A map of nothing, which takes no memory.
    private init() {
        base = 0
        byteCount = 0
        // No address is in the range, so no lookup comes here.
        root = Word(bitPattern: MemoryLayout<UInt>.alignment)!
        lock = .allocate(capacity: 1)
        lock.initialize(to: Guarded(0))
    }

    /// An empty map for a range of at most 2 GiB; nil if there is no memory.
    public init?(base: CodeAddress, byteCount: Int) {
        precondition(byteCount <= 2 << 30)
        guard let root = Self.allocateWords(Self.rootWords) else { return nil }
        self.base = base.rawValue
        self.byteCount = UInt(byteCount)
        self.root = root
        lock = .allocate(capacity: 1)
        lock.initialize(to: Guarded(0))
        _ = lookup(base)  // so that nothing is left for the first lookup in a signal handler to set up
    }

    /// Frees the map. No lookup is under way and none follows.
    public func destroy() {
        for top in 0..<128 {
            guard let upper = Self.load(root, Self.rootBitWords + top) else { continue }
            for index in 0..<64 {
                guard let lower = Self.load(upper, 1 + index) else { continue }
                for index in 0..<64 { Self.load(lower, Self.lowerLeaves + index).map { free($0) } }
                free(lower)
            }
            free(upper)
        }
        free(root)
        lock.deinitialize(count: 1)
        lock.deallocate()
    }

    /// Number of blocks.
    public var count: Int { lock.pointee.withLock { $0 } }

    /// The block that holds an address, if any. The trapping bytes behind a block, up to the next multiple of 64, count as
    /// its own.
    @inlinable public func lookup(_ address: CodeAddress) -> UnmanagedCodeBlock? {
        let distance = address.rawValue &- base
        guard distance < byteCount else { return nil }
        let granule = distance >> Self.granuleShift
        guard let (start, entry) = entry(atOrBefore: granule),
            let record = UnsafeMutablePointer<CodeBlockRecord>(bitPattern: (entry >> Self.lengthBits) << 6)
        else { return nil }
        let length = entry & Self.lengthMask
        if _fastPath(granule &- start < length) { return UnmanagedCodeBlock(record) }
        // Only a block of 256 MiB or more does not fit into an entry.
        guard length == Self.lengthMask, address.rawValue &- record.pointee.base < UInt(record.pointee.byteCount) else {
            return nil
        }
        return UnmanagedCodeBlock(record)
    }

    /// The block that holds the call which returns to an address: not always the block at that address.
    @inlinable public func lookup(returnAddress: CodeAddress) -> UnmanagedCodeBlock? {
        lookup(CodeAddress(rawValue: returnAddress.rawValue &- 1))
    }

    // An entry: the record's address divided by 64, then the block's length in granules, or all ones if it is longer.
    @usableFromInline static var lengthBits: UInt { 22 }
    @usableFromInline static var lengthMask: UInt { 1 << lengthBits &- 1 }

    /// The last block that begins at or before a granule: where, and its entry.
    @inlinable @inline(__always) func entry(atOrBefore granule: UInt) -> (start: UInt, entry: UInt)? {
        let (top, high) = (granule >> 18, granule >> 12 & 63)
        let (middle, low) = (granule >> 6 & 63, granule & 63)
        if let upper = Self.load(root, Self.rootBitWords &+ Int(top)) {
            if let lower = Self.load(upper, 1 &+ Int(high)) {
                let bits = Self.bits(lower, 1 &+ Int(middle)) & (UInt.max >> (63 &- low))
                if _fastPath(bits != 0) { return Self.lastEntry(lower, middle, bits, granule >> 6) }
                let leaves = Self.bits(lower) & ((1 << middle) &- 1)
                if leaves != 0 { return Self.lastEntry(lower: lower, leaves, granule >> 12) }
            }
            let bits = Self.bits(upper) & ((1 << high) &- 1)
            if bits != 0 { return Self.lastEntry(upper: upper, bits, top) }
        }
        return entry(beforeTop: top)
    }

    /// The last block that begins in an earlier child of the root: for blocks of many megabytes.
    @usableFromInline func entry(beforeTop top: UInt) -> (start: UInt, entry: UInt)? {
        var word = Int(top >> 6)
        var bits = Self.bits(root, word) & ((1 << (top & 63)) &- 1)
        while bits == 0 {
            guard word > 0 else { return nil }
            word -= 1
            bits = Self.bits(root, word)
        }
        let last = UInt(word) << 6 | Self.highest(bits)
        guard let upper = Self.load(root, Self.rootBitWords &+ Int(last)) else { return nil }
        return Self.lastEntry(upper: upper, Self.bits(upper), last)
    }

    // A node below can turn out empty only if a block was removed meanwhile; then the address looked for is in none.

    /// The last block under the children that `bits` names; `number` is the node's own among its kind.
    @usableFromInline static func lastEntry(
        upper: Word, _ bits: UInt, _ number: UInt
    ) -> (start: UInt, entry: UInt)? {
        guard bits != 0, let lower = load(upper, 1 &+ Int(highest(bits))) else { return nil }
        return lastEntry(lower: lower, Self.bits(lower), number << 6 | highest(bits))
    }

    @usableFromInline static func lastEntry(
        lower: Word, _ leaves: UInt, _ number: UInt
    ) -> (start: UInt, entry: UInt)? {
        guard leaves != 0 else { return nil }
        let leaf = highest(leaves)
        return lastEntry(lower, leaf, bits(lower, 1 &+ Int(leaf)), number << 6 | leaf)
    }

    @inlinable @inline(__always) static func lastEntry(
        _ lower: Word, _ leaf: UInt, _ bits: UInt, _ number: UInt
    ) -> (start: UInt, entry: UInt)? {
        guard bits != 0, let entries = load(lower, lowerLeaves &+ Int(leaf)) else { return nil }
        let index = highest(bits)
        return (number << 6 | index, entries[Int(index)].load(ordering: .acquiring))
    }

    @inlinable @inline(__always) static func bits(_ node: Word, _ index: Int = 0) -> UInt {
        node[index].load(ordering: .acquiring)
    }
    @inlinable @inline(__always) static func highest(_ bits: UInt) -> UInt {
        63 &- UInt(truncatingIfNeeded: bits.leadingZeroBitCount)
    }
    @inlinable @inline(__always) static func load(_ node: Word, _ index: Int) -> Word? {
        Word(bitPattern: node[index].load(ordering: .acquiring))
    }

    /// Makes sure that a block at `start` can be inserted without failing. Returns false if there is no memory.
    public func reserve(_ start: CodeAddress) -> Bool {
        if path(to: start) != nil { return true }
        let granule = granule(of: start)
        return lock.pointee.withLock { _ in
            guard let upper = Self.child(of: root, Self.rootBitWords + Int(granule >> 18), Self.upperWords),
                let lower = Self.child(of: upper, 1 + Int(granule >> 12 & 63), Self.lowerWords),
                Self.child(of: lower, Self.lowerLeaves + Int(granule >> 6 & 63), Self.leafWords) != nil
            else { return false }
            return true
        }
    }

    /// Adds a block for whose beginning ``reserve(_:)`` succeeded. Does not fail.
    public func insert(_ block: UnmanagedCodeBlock) {
        // A commit reserves in both maps before it publishes anything, and nodes live as long as the map.
        guard let path = path(to: block.base) else { preconditionFailure("insert without reserve") }
        let (top, high, middle, low) = Self.indices(granule(of: block.base))
        lock.pointee.withLock { count in
            count += 1
            path.leaf[low].store(Self.entry(for: block), ordering: .releasing)
            SyncPoint.mapAfterEntry.reach(in: block.code.map { ObjectIdentifier($0.takeUnretainedValue()) })
            Self.setBit(path.lower, 1 + middle, low)
            Self.setBit(path.lower, 0, middle)
            Self.setBit(path.upper, 0, high)
            Self.setBit(root, top >> 6, top & 63)
        }
    }

    /// Removes a block that was inserted: no thread is in it, or will be.
    public func remove(_ block: UnmanagedCodeBlock) {
        // What is not here needs no removing.
        guard let path = path(to: block.base) else { return }
        let (top, high, middle, low) = Self.indices(granule(of: block.base))
        lock.pointee.withLock { count in
            guard path.leaf[low].load(ordering: .relaxed) == Self.entry(for: block) else { return }
            count -= 1
            if Self.clearBit(path.lower, 1 + middle, low), Self.clearBit(path.lower, 0, middle),
                Self.clearBit(path.upper, 0, high)
            {
                _ = Self.clearBit(root, top >> 6, top & 63)
            }
            path.leaf[low].store(0, ordering: .releasing)
        }
    }

    private static func entry(for block: UnmanagedCodeBlock) -> UInt {
        let address = UInt(bitPattern: block.record)
        precondition(address & 63 == 0 && address >> 48 == 0, "records begin at cache lines of the lower address space")
        let granules = (UInt(block.record.pointee.byteCount) + 63) >> granuleShift
        return (address >> 6) << lengthBits | max(1, min(granules, lengthMask))
    }

    private func granule(of start: CodeAddress) -> UInt {
        let distance = start.rawValue &- base
        precondition(distance < byteCount && distance & 63 == 0, "blocks begin at multiples of 64 in the map's range")
        return distance >> Self.granuleShift
    }

    private static func indices(_ granule: UInt) -> (top: Int, high: Int, middle: Int, low: Int) {
        (Int(granule >> 18), Int(granule >> 12 & 63), Int(granule >> 6 & 63), Int(granule & 63))
    }

    /// The nodes above a block's beginning, or nil if one does not exist yet.
    private func path(to start: CodeAddress) -> (upper: Word, lower: Word, leaf: Word)? {
        let (top, high, middle, _) = Self.indices(granule(of: start))
        guard let upper = Self.load(root, Self.rootBitWords + top), let lower = Self.load(upper, 1 + high),
            let leaf = Self.load(lower, Self.lowerLeaves + middle)
        else { return nil }
        return (upper, lower, leaf)
    }

    /// The child in a slot, made if it is not there. The lock is held.
    private static func child(of node: Word, _ index: Int, _ wordCount: Int) -> Word? {
        if let child = load(node, index) { return child }
        guard let child = allocateWords(wordCount) else { return nil }
        node[index].store(UInt(bitPattern: child), ordering: .releasing)
        return child
    }

    private static func allocateWords(_ count: Int) -> Word? {
        guard let memory = calloc(count, MemoryLayout<UInt>.stride) else { return nil }
        // All zeros is an atomic 0: `Atomic<UInt>` is laid out as its value.
        return memory.bindMemory(to: Atomic<UInt>.self, capacity: count)
    }

    private static func setBit(_ node: Word, _ word: Int, _ index: Int) {
        let old = node[word].load(ordering: .relaxed)
        node[word].store(old | 1 << UInt(index), ordering: .releasing)
    }

    /// Clears a bit, and says whether the word is empty now.
    private static func clearBit(_ node: Word, _ word: Int, _ index: Int) -> Bool {
        let new = node[word].load(ordering: .relaxed) & ~(1 << UInt(index))
        node[word].store(new, ordering: .releasing)
        return new == 0
    }
}
