// Growable raw buffers without reference counting or exclusivity checks.

/// A growable array of trivial values, owned by one compiler and reused across functions.
@frozen public struct RawStack<Element: BitwiseCopyable>: ~Copyable {
    public var base: UnsafeMutablePointer<Element>
    public var count = 0
    @usableFromInline var capacity: Int

    /// An empty one with room for `capacity` elements.
    @inlinable public init(capacity: Int) {
        self.capacity = capacity
        base = .allocate(capacity: capacity)
    }

    @inlinable deinit { base.deallocate() }

    @inlinable @inline(__always) public mutating func append(_ element: Element) {
        if count == capacity { grow(to: count &+ 1) }
        base[count] = element
        count &+= 1
    }

    @inlinable @inline(__always) public mutating func removeLast() -> Element {
        assert(count > 0, "nothing to remove")
        count &-= 1
        return base[count]
    }

    /// Most bytes that an empty stack keeps for what comes next.
    private static var keptBytes: Int { 64 << 10 }

    /// Bytes of the memory, used or not.
    public var byteCount: Int { capacity * MemoryLayout<Element>.stride }

    /// Empties the stack, and gives back what a very large function made of it.
    public mutating func shrink() {
        count = 0
        guard byteCount > Self.keptBytes else { return }
        base.deallocate()
        capacity = 16
        base = .allocate(capacity: capacity)
    }

    /// Bounds are checked in debug builds.
    @inlinable @inline(__always) public subscript(index: Int) -> Element {
        get { element(index).pointee }
        nonmutating set { element(index).pointee = newValue }
    }

    /// Where an element is, to change a part of it in place. Valid until the next append; bounds are checked in debug
    /// builds.
    @inlinable @inline(__always) public func element(_ index: Int) -> UnsafeMutablePointer<Element> {
        assert(index >= 0 && index < count, "element \(index) of \(count)")
        return base + index
    }

    /// Makes the count exactly `count`, new elements all equal to `element`.
    @inlinable public mutating func refill(count: Int, with element: Element) {
        self.count = 0
        if count > capacity { grow(to: count) }
        base.update(repeating: element, count: count)
        self.count = count
    }

    /// Makes the count exactly `count`. New elements hold anything: they are for whoever writes before reading.
    @inlinable public mutating func resize(to count: Int) {
        if count > capacity { grow(to: count) }
        self.count = count
    }

    @inlinable @inline(never) mutating func grow(to needed: Int) {
        let newCapacity = max(capacity * 2, needed)
        let new = UnsafeMutablePointer<Element>.allocate(capacity: newCapacity)
        new.update(from: base, count: count)
        base.deallocate()
        base = new
        capacity = newCapacity
    }

    /// The elements, valid until the next change.
    @inlinable public var buffer: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }
}
