// A fixed set of small numbers.

/// A set of numbers below a bound, one bit each.
public struct Bitmap: Hashable, Sendable {
    public private(set) var words: [UInt64]
    /// Numbers that can be members are below this.
    public let bound: Int

    public init(bound: Int) {
        self.bound = bound
        words = Array(repeating: 0, count: (bound + 63) / 64)
    }

    /// Whether a number is a member. Numbers out of bounds are not.
    @inlinable
    public func contains(_ member: UInt32) -> Bool {
        let index = Int(member)
        return index < bound && words[index >> 6] >> UInt64(index & 63) & 1 != 0
    }

    /// Adds a number below the bound.
    public mutating func insert(_ member: UInt32) { words[Int(member) >> 6] |= 1 << UInt64(member & 63) }

    /// How many members there are.
    public var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
}
