// Finds the block that holds a program counter.
//
// A trie over the reservation's addresses, 64 children to a node, whose leaves cover 4 KiB of code each: one bit per 64
// bytes says that a block begins there, and an entry beside it names the block. Each inner node has one bit per child
// that is not empty. A lookup walks down to its address's leaf and takes the nearest beginning at or before it, going up
// once where a node has none: at most 4 nodes down, and 3 down again.
//
// Insert stores the entry, then sets bits from the leaf up; removal clears them from the top of what became empty.
// Readers need nothing more, because blocks do not overlap: between the beginning of a live block and a PC in it, no bit
// is set and none can be, whatever else is going on. Hence a reader may be stopped anywhere, a writer may be stopped
// anywhere, and neither waits for the other.
//
// Nodes are allocated when an address near them is used first, and freed with the map; nothing is retired while it lives.
// So the map takes at most 528 bytes per 4 KiB of code space ever used, plus 0.2 % for inner nodes.

import Synchronization

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
    private let lock: UnsafeMutablePointer<Mutex<Int>>

    @usableFromInline static var granuleShift: UInt { 6 }
    @usableFromInline static var rootBitWords: Int { 2 }
    private static var nodeWords: Int { 65 }
    private static var rootWords: Int { rootBitWords + 128 }

    /// The map of the process's reservation: all published blocks of all modules. Empty if there is no reservation.
    ///
    /// The first use allocates; the runtime does that before it installs its fault handler.
    public static let process: CodeBlockMap = {
        switch CodeReservation.processResult {
        case .success(let reservation): return reservation.map
        case .failure:
            guard let empty = CodeBlockMap(base: CodeAddress(rawValue: 0), byteCount: 0) else {
                fatalError("no memory for a code block map")
            }
            return empty
        }
    }()

    /// An empty map for a range of at most 2 GiB; nil if there is no memory.
    public init?(base: CodeAddress, byteCount: Int) {
        precondition(byteCount <= 2 << 30)
        guard let root = Self.allocateWords(Self.rootWords) else { return nil }
        self.base = base.rawValue
        self.byteCount = UInt(byteCount)
        self.root = root
        lock = .allocate(capacity: 1)
        lock.initialize(to: Mutex(0))
        _ = lookup(base)  // so that nothing is left for the first lookup in a signal handler to set up
    }

    /// Frees the map. No lookup is under way and none follows.
    public func destroy() {
        for top in 0..<128 {
            guard let upper = Self.load(root, Self.rootBitWords + top) else { continue }
            for index in 0..<64 {
                guard let lower = Self.load(upper, 1 + index) else { continue }
                for index in 0..<64 { Self.load(lower, 1 + index).map { free($0) } }
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

    /// The block that holds an address, if any.
    @inlinable public func lookup(_ address: CodeAddress) -> UnmanagedCodeBlock? {
        let distance = address.rawValue &- base
        guard distance < byteCount else { return nil }
        let entry = entry(atOrBefore: distance >> Self.granuleShift)
        guard let record = UnsafeMutablePointer<CodeBlockRecord>(bitPattern: entry),
            address.rawValue &- record.pointee.base < UInt(record.pointee.byteCount)
        else { return nil }
        return UnmanagedCodeBlock(record)
    }

    /// The block that holds the call which returns to an address: not always the block at that address.
    @inlinable public func lookup(returnAddress: CodeAddress) -> UnmanagedCodeBlock? {
        lookup(CodeAddress(rawValue: returnAddress.rawValue &- 1))
    }

    /// The entry of the last block that begins at or before a granule; 0 if there is none.
    @inlinable @inline(__always) func entry(atOrBefore granule: UInt) -> UInt {
        let (top, high) = (Int(granule >> 18), granule >> 12 & 63)
        let (middle, low) = (granule >> 6 & 63, granule & 63)
        if let upper = Self.load(root, Self.rootBitWords &+ top) {
            if let lower = Self.load(upper, 1 &+ Int(high)) {
                if let leaf = Self.load(lower, 1 &+ Int(middle)) {
                    let bits = Self.bits(leaf) & (UInt.max >> (63 &- low))
                    if _fastPath(bits != 0) { return Self.loadEntry(leaf, Self.highest(bits)) }
                }
                let bits = Self.bits(lower) & ((1 << middle) &- 1)
                if bits != 0 {
                    guard let leaf = Self.load(lower, 1 &+ Self.highest(bits)) else { return 0 }
                    return Self.lastEntry(leaf)
                }
            }
            let bits = Self.bits(upper) & ((1 << high) &- 1)
            if bits != 0 { return Self.lastEntry(upper, bits: bits, innerLevels: 1) }
        }
        return entry(beforeTop: top)
    }

    /// The entry of the last block that begins in an earlier child of the root: for blocks of many megabytes.
    @usableFromInline func entry(beforeTop top: Int) -> UInt {
        for word in stride(from: top >> 6, through: 0, by: -1) {
            var bits = root[word].load(ordering: .acquiring)
            if word == top >> 6 { bits &= (1 << UInt(top & 63)) &- 1 }
            guard bits != 0 else { continue }
            guard let upper = Self.load(root, Self.rootBitWords + word * 64 + Self.highest(bits)) else { return 0 }
            return Self.lastEntry(upper, bits: Self.bits(upper), innerLevels: 1)
        }
        return 0
    }

    /// The last entry below an inner node, under the children that `bits` names.
    @usableFromInline static func lastEntry(_ node: Word, bits: UInt, innerLevels: Int) -> UInt {
        // A child can turn out empty only if a block below was removed meanwhile; then the address looked for is in none.
        guard bits != 0, let child = load(node, 1 &+ highest(bits)) else { return 0 }
        return innerLevels == 0
            ? lastEntry(child) : lastEntry(child, bits: Self.bits(child), innerLevels: innerLevels - 1)
    }

    @inlinable static func lastEntry(_ leaf: Word) -> UInt {
        let bits = Self.bits(leaf)
        return bits == 0 ? 0 : loadEntry(leaf, highest(bits))
    }

    @inlinable @inline(__always) static func bits(_ node: Word) -> UInt { node[0].load(ordering: .acquiring) }
    @inlinable @inline(__always) static func highest(_ bits: UInt) -> Int { 63 &- bits.leadingZeroBitCount }
    @inlinable @inline(__always) static func load(_ node: Word, _ index: Int) -> Word? {
        Word(bitPattern: node[index].load(ordering: .acquiring))
    }
    @inlinable @inline(__always) static func loadEntry(_ leaf: Word, _ index: Int) -> UInt {
        leaf[1 &+ index].load(ordering: .acquiring)
    }

    /// Makes sure that a block at `start` can be inserted without failing. Returns false if there is no memory.
    public func reserve(_ start: CodeAddress) -> Bool {
        if path(to: start) != nil { return true }
        let granule = granule(of: start)
        return lock.pointee.withLock { _ in
            guard let upper = Self.child(of: root, Self.rootBitWords + Int(granule >> 18)),
                let lower = Self.child(of: upper, 1 + Int(granule >> 12 & 63)),
                Self.child(of: lower, 1 + Int(granule >> 6 & 63)) != nil
            else { return false }
            return true
        }
    }

    /// Adds a block for whose beginning ``reserve(_:)`` succeeded. Does not fail.
    public func insert(_ block: UnmanagedCodeBlock) {
        guard let path = path(to: block.base) else { preconditionFailure("insert without reserve") }
        let granule = granule(of: block.base)
        let (top, high, middle, low) = Self.indices(granule)
        lock.pointee.withLock { count in
            count += 1
            path.leaf[1 + low].store(UInt(bitPattern: block.record), ordering: .releasing)
            SyncPoint.mapAfterEntry.reach(in: block.code.map { ObjectIdentifier($0.takeUnretainedValue()) })
            Self.setBit(path.leaf, 0, low)
            Self.setBit(path.lower, 0, middle)
            Self.setBit(path.upper, 0, high)
            Self.setBit(root, top >> 6, top & 63)
        }
    }

    /// Removes a block that was inserted: no thread is in it, or will be.
    public func remove(_ block: UnmanagedCodeBlock) {
        guard let path = path(to: block.base) else { preconditionFailure("remove without insert") }
        let (top, high, middle, low) = Self.indices(granule(of: block.base))
        lock.pointee.withLock { count in
            precondition(path.leaf[1 + low].load(ordering: .relaxed) == UInt(bitPattern: block.record))
            count -= 1
            if Self.clearBit(path.leaf, 0, low), Self.clearBit(path.lower, 0, middle),
                Self.clearBit(path.upper, 0, high)
            {
                _ = Self.clearBit(root, top >> 6, top & 63)
            }
            path.leaf[1 + low].store(0, ordering: .releasing)
        }
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
            let leaf = Self.load(lower, 1 + middle)
        else { return nil }
        return (upper, lower, leaf)
    }

    /// The child in a slot, made if it is not there. The lock is held.
    private static func child(of node: Word, _ index: Int) -> Word? {
        if let child = load(node, index) { return child }
        guard let child = allocateWords(nodeWords) else { return nil }
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
