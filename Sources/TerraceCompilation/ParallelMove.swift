// Moving several values between registers at once, where targets may be sources of other moves.

/// A set of register moves that happen "at the same time", in one register file of at most 32 registers. Registers go
/// by their hardware numbers.
@frozen public struct ParallelMove: Sendable {
    @usableFromInline var sources = InlineArray<32, UInt8>(repeating: 0)
    @usableFromInline var targets: UInt32 = 0

    @inlinable public init() {}

    /// Adds a move. No register may be the target of two.
    @inlinable @inline(__always) public mutating func add(from source: UInt8, to target: UInt8) {
        guard source != target else { return }
        sources[Int(target)] = source
        targets |= 1 << UInt32(target)
    }

    /// The next move to make, in an order that loses nothing; `scratch` breaks cycles and is no
    /// source or target of any. `nil` when all are made.
    @inlinable public mutating func next(scratch: UInt8) -> (source: UInt8, target: UInt8)? {
        guard targets != 0 else { return nil }
        var needed: UInt32 = 0
        var rest = targets
        while rest != 0 {
            needed |= 1 << UInt32(sources[rest.trailingZeroBitCount])
            rest &= rest &- 1
        }
        let ready = targets & ~needed
        if ready != 0 {
            let target = ready.trailingZeroBitCount
            targets &= ~(1 << UInt32(target))
            return (sources[target], UInt8(target))
        }
        // Only cycles are left: park one value; whoever wanted it takes it from there.
        let parked = UInt8(targets.trailingZeroBitCount)
        rest = targets
        while rest != 0 {
            let target = rest.trailingZeroBitCount
            if sources[target] == parked { sources[target] = scratch }
            rest &= rest &- 1
        }
        return (parked, scratch)
    }
}
