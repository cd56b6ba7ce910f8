// Growable raw buffers without reference counting or exclusivity checks.

/// A growable array of trivial values, owned by one compiler and reused across functions.
@usableFromInline struct RawStack<Element: BitwiseCopyable>: ~Copyable {
    @usableFromInline var base: UnsafeMutablePointer<Element>
    @usableFromInline var count = 0
    @usableFromInline var capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
        base = .allocate(capacity: capacity)
    }

    deinit { base.deallocate() }

    @inline(__always) mutating func append(_ element: Element) {
        if count == capacity { grow(to: count &+ 1) }
        base[count] = element
        count &+= 1
    }

    @inline(__always) mutating func removeLast() -> Element {
        count &-= 1
        return base[count]
    }

    @inline(__always) subscript(index: Int) -> Element {
        get { base[index] }
        nonmutating set { base[index] = newValue }
    }

    /// Makes the count exactly `count`, new elements all equal to `element`.
    mutating func refill(count: Int, with element: Element) {
        if count > capacity { grow(to: count) }
        base.update(repeating: element, count: count)
        self.count = count
    }

    @inline(never) private mutating func grow(to needed: Int) {
        let newCapacity = max(capacity * 2, needed)
        let new = UnsafeMutablePointer<Element>.allocate(capacity: newCapacity)
        new.update(from: base, count: count)
        base.deallocate()
        base = new
        capacity = newCapacity
    }

    var buffer: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }
}
