// How long a lock is held: what nobody waits for longer than.

/// A histogram of times, with eight classes for each power of two; so figures are right to an eighth.
public struct HoldTimes: Sendable, Equatable {
    private static let classesPerOctave = 8
    private var counts = [UInt32](repeating: 0, count: 40 * classesPerOctave)
    public private(set) var count = 0
    /// The longest, in nanoseconds.
    public private(set) var longest: UInt64 = 0

    public init() {}

    mutating func add(_ nanoseconds: UInt64) {
        count += 1
        longest = max(longest, nanoseconds)
        counts[min(Self.number(of: nanoseconds), counts.count - 1)] &+= 1
    }

    /// Times below eight have classes of their own; above, the three bits behind the highest one tell.
    private static func number(of time: UInt64) -> Int {
        guard time >= 8 else { return Int(time) }
        let octave = 63 - time.leadingZeroBitCount
        return (octave - 2) * classesPerOctave + Int(time >> (octave - 3) & 7)
    }

    private static func upperBound(ofClass number: Int) -> UInt64 {
        guard number >= classesPerOctave else { return UInt64(number) }
        let octave = number / classesPerOctave + 2
        return (UInt64(9 + number % classesPerOctave) << (octave - 3)) - 1
    }

    /// What so many percent of the times do not exceed, in nanoseconds; 0 if there are none.
    public func percentile(_ percent: Double) -> UInt64 {
        let wanted = (Double(count) * percent / 100).rounded(.up)
        var sum = 0.0
        for (number, many) in counts.enumerated() {
            sum += Double(many)
            if many > 0, sum >= wanted { return min(Self.upperBound(ofClass: number), longest) }
        }
        return 0
    }
}
