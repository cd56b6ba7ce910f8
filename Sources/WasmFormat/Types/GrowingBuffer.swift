// A growable buffer whose elements are reached without checks, for data that is read in the inner loops.

/// Memory for trivial elements. Whoever holds the buffer frees it; copies share the memory and must not outgrow it.
@usableFromInline
struct GrowingBuffer<Element: BitwiseCopyable> {
    @usableFromInline
    private(set) var base: UnsafeMutablePointer<Element>
    @usableFromInline
    private(set) var count = 0
    private var capacity: Int

    init(capacity: Int = 16) {
        self.capacity = capacity
        base = .allocate(capacity: capacity)
    }

    mutating func append(_ element: Element) {
        if count == capacity { grow() }
        (base + count).initialize(to: element)
        count += 1
    }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
        larger.update(from: base, count: count)
        base.deallocate()
        base = larger
        capacity *= 2
    }

    func deallocate() { base.deallocate() }

    /// No bounds check: indices come from validated tables.
    @inlinable
    subscript(index: Int) -> Element {
        get { base[index] }
        nonmutating set { base[index] = newValue }
    }
}
