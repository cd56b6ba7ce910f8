// A growable run of plain values: an array without reference counts, uniqueness checks or bounds checks in release.

/// Owns its memory. Emptying it by ``removeAll()`` keeps the memory, unless it is a giant's.
@frozen @usableFromInline struct FlatBuffer<Element: BitwiseCopyable>: ~Copyable {
    @usableFromInline var start: UnsafeMutablePointer<Element>
    @usableFromInline var count: Int
    @usableFromInline var capacity: Int

    @inlinable init(capacity: Int) {
        start = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        count = 0
        self.capacity = capacity
    }

    @inlinable deinit { start.deallocate() }

    @inlinable @inline(__always) mutating func append(_ element: Element) {
        if _slowPath(count == capacity) { grow() }
        (start + count).initialize(to: element)
        count &+= 1
    }

    @inlinable @inline(never) mutating func grow() {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: start, count: count)
        start.deallocate()
        start = larger
        capacity *= 2
    }

    /// Makes the buffer hold so many equal elements.
    mutating func refill(count: Int, with element: Element) {
        self.count = 0
        while capacity < count { grow() }
        start.initialize(repeating: element, count: count)
        self.count = count
    }

    /// Most bytes that an empty buffer keeps for what comes next.
    @inlinable static var keptBytes: Int { 64 << 10 }

    /// Bytes of the memory, used or not.
    var byteCount: Int { capacity * MemoryLayout<Element>.stride }

    /// Empties the buffer. What a very large user made of it is given back: buffers live long, and many do.
    @inlinable @inline(__always) mutating func removeAll() {
        count = 0
        if _slowPath(capacity &* MemoryLayout<Element>.stride > Self.keptBytes) { shrink() }
    }

    @inlinable @inline(never) mutating func shrink() {
        start.deallocate()
        capacity = 16
        start = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    }

    @inlinable subscript(index: Int) -> Element {
        @inline(__always) get {
            assert(index >= 0 && index < count)
            return start[index]
        }
        @inline(__always) nonmutating set {
            assert(index >= 0 && index < count)
            start[index] = newValue
        }
    }
}
