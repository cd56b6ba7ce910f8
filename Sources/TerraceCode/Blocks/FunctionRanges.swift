// Which functions a block holds, and where.

/// From function indices to code ranges: dense for a contiguous run of functions (a complete tier, a single function),
/// sparse for any other set (a batch of hot functions). A function that is not there yields nil.
///
/// Valid as long as the block that it belongs to.
@frozen public struct FunctionRanges {
    @frozen public enum Representation: UInt8, Sendable, BitwiseCopyable {
        /// `table[k]` is the code range of function `firstFunction + k`.
        case dense
        /// `table` holds pairs of function and code range, sorted by function.
        case sparse
    }

    public let representation: Representation
    /// Lowest function index.
    public let firstFunction: UInt32
    /// Number of functions.
    public let count: Int
    @usableFromInline let table: UnsafePointer<UInt32>?
    @usableFromInline let ranges: UnsafeBufferPointer<CodeRange>

    @inlinable init(
        representation: Representation, firstFunction: UInt32, count: Int, table: UnsafePointer<UInt32>?,
        ranges: UnsafeBufferPointer<CodeRange>
    ) {
        self.representation = representation
        self.firstFunction = firstFunction
        self.count = count
        self.table = table
        self.ranges = ranges
    }

    /// The code range of a function, or nil if it is not there.
    @inlinable public subscript(functionIndex: UInt32) -> CodeRange? {
        guard let index = rangeIndex(of: functionIndex) else { return nil }
        return ranges[index]
    }

    /// Visits the functions' code ranges in rising order of function index.
    @inlinable public func forEach(_ body: (CodeRange) -> Void) {
        guard let table else { return }
        let stride = representation == .dense ? 1 : 2
        for position in 0..<count {
            body(ranges[Int(table[position &* stride &+ (stride &- 1)])])
        }
    }

    @usableFromInline func rangeIndex(of functionIndex: UInt32) -> Int? {
        guard let table, functionIndex >= firstFunction else { return nil }
        switch representation {
        case .dense:
            let position = Int(functionIndex &- firstFunction)
            return position < count ? Int(table[position]) : nil
        case .sparse:
            var low = 0
            var high = count
            while low < high {
                let middle = (low &+ high) >> 1
                if table[middle &* 2] < functionIndex { low = middle &+ 1 } else { high = middle }
            }
            return low < count && table[low &* 2] == functionIndex ? Int(table[low &* 2 &+ 1]) : nil
        }
    }

    /// What a table of the functions among `ranges` looks like.
    struct Shape {
        var representation = Representation.dense
        var firstFunction: UInt32 = 0
        var count = 0
        /// 32-bit words that the table takes.
        var wordCount: Int { representation == .dense ? count : 2 * count }

        init(of ranges: UnsafeBufferPointer<CodeRange>) {
            var lowest = UInt32.max
            var highest: UInt32 = 0
            for range in ranges where range.kind == .function {
                lowest = min(lowest, range.functionIndex)
                highest = max(highest, range.functionIndex)
                count += 1
            }
            if count > 0 {
                firstFunction = lowest
                representation = Int(highest - lowest) + 1 == count ? .dense : .sparse
            }
        }

        /// Fills a table of `wordCount` words. A function stands in a block once.
        func fill(
            _ table: UnsafeMutablePointer<UInt32>, from ranges: UnsafeBufferPointer<CodeRange>
        ) throws(CodeError) {
            switch representation {
            case .dense:
                table.initialize(repeating: UInt32.max, count: count)
                for (index, range) in ranges.enumerated() where range.kind == .function {
                    let position = Int(range.functionIndex - firstFunction)
                    guard table[position] == UInt32.max else { throw .invalidFunction(range.functionIndex) }
                    table[position] = UInt32(index)
                }
            case .sparse:
                try table.withMemoryRebound(to: Pair.self, capacity: count) { (pairs) throws(CodeError) in
                    var next = 0
                    for (index, range) in ranges.enumerated() where range.kind == .function {
                        (pairs + next).initialize(to: Pair(function: range.functionIndex, range: UInt32(index)))
                        next += 1
                    }
                    var buffer = UnsafeMutableBufferPointer(start: pairs, count: count)
                    buffer.sort { $0.function < $1.function }
                    for k in 1..<count {
                        guard pairs[k - 1].function < pairs[k].function else {
                            throw .invalidFunction(pairs[k].function)
                        }
                    }
                }
            }
        }
    }

    private struct Pair {
        var function: UInt32
        var range: UInt32
    }
}
