// A growable run of plain values: an array without reference counts, uniqueness checks or bounds checks in release.

/// Owns its memory; emptying it keeps the memory.
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
