// The functions that read clocks.

extension WASI {
    func clockResolutionGet(_ memory: GuestMemory, clock: UInt32, resolution: UInt32) throws(Errno) {
        try memory.store(self.clock(clock).resolution(), at: resolution)
    }

    func clockTimeGet(_ memory: GuestMemory, clock: UInt32, precision: UInt64, time: UInt32) throws(Errno) {
        try memory.store(self.clock(clock).now(), at: time)
    }

    func clock(_ identifier: UInt32) throws(Errno) -> WASIConfiguration.Clock {
        switch ClockIdentifier(rawValue: identifier) {
        case .realtime: configuration.realtimeClock
        case .monotonic: configuration.monotonicClock
        case .processTime: configuration.processTimeClock
        case .threadTime: configuration.threadTimeClock
        case nil: throw .invalid
        }
    }
}
