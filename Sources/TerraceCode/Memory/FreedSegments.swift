// Where blocks of a module were freed: room that comes before new memory.

/// Segments with freed blocks, while other blocks keep them: a segment that is free as a whole goes back to the
/// reservation. Behind its code's lock.
struct FreedSegments: Sendable {
    private struct Element {
        weak var segment: CodeSegment?
    }

    private var elements: [Element] = []
    /// Where the next search begins.
    private var next = 0
    /// How many segments one search looks at.
    private static let searchCount = 64

    mutating func add(_ segment: CodeSegment) {
        guard segment.isAppendable, !segment.isListed else { return }
        segment.isListed = true
        elements.append(Element(segment: segment))
    }

    /// Hands out room of freed blocks; nil if there is none, or it was not found quickly.
    mutating func reserve(byteCount: Int, alignment: Int) -> (CodeSegment, CodeSegment.Room)? {
        for _ in 0..<Self.searchCount {
            if elements.isEmpty { return nil }
            if next >= elements.count { next = 0 }
            guard let segment = elements[next].segment else {
                elements[next] = elements[elements.count - 1]
                elements.removeLast()
                continue
            }
            if let room = segment.reserveFreed(byteCount: byteCount, alignment: alignment) { return (segment, room) }
            next += 1
        }
        return nil
    }
}
