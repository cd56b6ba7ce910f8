// A set of free units: pages of the reservation that nobody uses, room in a segment.

/// Free units as sorted, disjoint runs that do not touch.
struct Extents {
    /// A run of units.
    struct Extent: Equatable {
        var start: Int
        var count: Int
        var end: Int { start + count }
    }

    private(set) var extents: [Extent] = []

    init() {}
    init(start: Int, count: Int) { extents = [Extent(start: start, count: count)] }

    var totalCount: Int { extents.reduce(0) { $0 + $1.count } }
    var largestCount: Int { extents.reduce(0) { max($0, $1.count) } }

    /// Takes the lowest run of `count` units.
    mutating func takeLowest(_ count: Int) -> Int? {
        guard let index = extents.firstIndex(where: { $0.count >= count }) else { return nil }
        let start = extents[index].start
        if extents[index].count == count {
            extents.remove(at: index)
        } else {
            extents[index].start += count
            extents[index].count -= count
        }
        return start
    }

    /// Takes the highest run of `count` units.
    mutating func takeHighest(_ count: Int) -> Int? {
        guard let index = extents.lastIndex(where: { $0.count >= count }) else { return nil }
        extents[index].count -= count
        let start = extents[index].end
        if extents[index].count == 0 { extents.remove(at: index) }
        return start
    }

    /// Gives units back; they are not in the set.
    mutating func insert(start: Int, count: Int) {
        var low = 0
        var high = extents.count
        while low < high {
            let middle = (low + high) / 2
            if extents[middle].start < start { low = middle + 1 } else { high = middle }
        }
        precondition(low == 0 || extents[low - 1].end <= start, "units are freed once")
        precondition(low == extents.count || start + count <= extents[low].start, "units are freed once")
        let joinsBefore = low > 0 && extents[low - 1].end == start
        let joinsAfter = low < extents.count && extents[low].start == start + count
        switch (joinsBefore, joinsAfter) {
        case (true, true):
            extents[low - 1].count += count + extents[low].count
            extents.remove(at: low)
        case (true, false): extents[low - 1].count += count
        case (false, true):
            extents[low].start = start
            extents[low].count += count
        case (false, false): extents.insert(Extent(start: start, count: count), at: low)
        }
    }
}
