// The counters of a function, as a struct.

import Synchronization

/// What counting code of a function writes, and tiering decides by; the fields stand as ``TieringRecordLayout`` says, which
/// also says what they mean. All zero at first. Code changes the counters without locking the bus.
public struct TieringRecord: ~Copyable {
    public let calls = Atomic<Int32>(0)
    public let loops = Atomic<Int32>(0)
    public let outerLoops = Atomic<Int32>(0)
    private let reserved = Atomic<Int32>(0)
    public let callSites = Atomic<UInt>(0)

    public init() {}
}
