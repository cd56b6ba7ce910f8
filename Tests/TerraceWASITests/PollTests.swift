// `poll_oneoff`: sleeping, readiness of descriptors, several subscriptions at once.
import Foundation
import Testing

@testable import TerraceWASI

@Suite struct PollTests {
    private struct Event: Equatable {
        let userData: UInt64
        let error: UInt16
        let type: UInt8
        let byteCount: UInt64
        let flags: UInt16
    }

    private enum Subscription {
        case clock(UInt64, id: UInt32 = 1, timeout: UInt64, absolute: Bool = false)
        case read(UInt64, fd: UInt32)
        case write(UInt64, fd: UInt32)
    }

    private func poll(_ guest: Guest, _ subscriptions: [Subscription]) throws -> [Event] {
        let input = guest.room(48 * subscriptions.count)
        for (index, subscription) in subscriptions.enumerated() {
            let address = input + UInt32(48 * index)
            switch subscription {
            case .clock(let data, let id, let timeout, let absolute):
                guest.set64(address, data)
                guest.set64(address + 8, 0)
                guest.set64(address + 16, UInt64(id))
                guest.set64(address + 24, timeout)
                guest.set64(address + 32, 0)
                guest.set64(address + 40, absolute ? 1 : 0)
            case .read(let data, let fd):
                guest.set64(address, data)
                guest.set64(address + 8, 1)
                guest.set64(address + 16, UInt64(fd))
            case .write(let data, let fd):
                guest.set64(address, data)
                guest.set64(address + 8, 2)
                guest.set64(address + 16, UInt64(fd))
            }
        }
        let output = guest.room(32 * subscriptions.count)
        let result = guest.room(4)
        try guest.wasi.pollOneOff(
            guest.memory, input: input, output: output, count: UInt32(subscriptions.count), result: result)
        return (0..<guest.u32(result)).map { index in
            let event = output + 32 * index
            return Event(
                userData: guest.u64(event), error: UInt16(truncatingIfNeeded: guest.u32(event + 8)),
                type: guest.data(event + 10, 1)[0], byteCount: guest.u64(event + 16),
                flags: UInt16(truncatingIfNeeded: guest.u32(event + 24)))
        }
    }

    private func event(_ userData: UInt64, type: UInt8, error: Errno? = nil, byteCount: UInt64 = 0, flags: UInt16 = 0)
        -> Event
    {
        Event(userData: userData, error: error?.rawValue ?? 0, type: type, byteCount: byteCount, flags: flags)
    }

    @Test func sleepingLastsAtLeastAsLongAsAsked() throws {
        let guest = try Guest()
        let clock = ContinuousClock()
        var events: [Event] = []
        let elapsed = try clock.measure { events = try poll(guest, [.clock(7, timeout: 20_000_000)]) }
        #expect(events == [event(7, type: 0)])
        #expect(elapsed >= .milliseconds(20))
    }

    @Test func absoluteTimesInThePastAreReadyAtOnce() throws {
        let guest = try Guest()
        let events = try poll(guest, [.clock(1, id: 0, timeout: 5, absolute: true), .clock(2, timeout: .max)])
        #expect(events == [event(1, type: 0)])
    }

    @Test func theNearestDeadlineWins() throws {
        let guest = try Guest()
        let events = try poll(guest, [.clock(1, timeout: 60_000_000_000), .clock(2, timeout: 1_000_000)])
        #expect(events == [event(2, type: 0)])
    }

    @Test func readableDescriptorsEndTheWait() throws {
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        defer { close(ends[0]) }
        let guest = try Guest {
            $0.standardInput = ends[0]
            $0.standardOutput = ends[1]
        }
        #expect(
            try poll(guest, [.read(1, fd: 0), .clock(2, timeout: 60_000_000_000), .write(3, fd: 1)])
                == [event(3, type: 2)])
        _ = try guest.write("12345", to: 1)
        #expect(
            try poll(guest, [.clock(2, timeout: 60_000_000_000), .read(1, fd: 0)]) == [event(1, type: 1, byteCount: 5)])
        _ = try guest.read(5, from: 0)
        close(ends[1])
        #expect(try poll(guest, [.read(1, fd: 0)]) == [event(1, type: 1, flags: 1)])
    }

    @Test func regularFilesAreAlwaysReady() throws {
        let guest = try Guest()
        try guest.makeFile("file", "0123456789")
        let fd = try guest.open("file")
        _ = try guest.read(4, from: fd)
        #expect(
            try poll(guest, [.read(1, fd: fd), .write(2, fd: fd)]) == [
                event(1, type: 1, byteCount: 6), event(2, type: 2),
            ])
    }

    @Test func badDescriptorsAndClocksAreReportedInTheirEvents() throws {
        let guest = try Guest()
        let events = try poll(
            guest, [.read(1, fd: 99), .clock(2, id: 2, timeout: 5), .clock(3, timeout: 60_000_000_000)])
        #expect(events == [event(1, type: 1, error: .badDescriptor), event(2, type: 0, error: .invalid)])
    }

    @Test func emptyAndOversizedListsAreInvalid() throws {
        let guest = try Guest()
        #expect(throws: Errno.invalid) { try poll(guest, []) }
        #expect(throws: Errno.invalid) {
            try guest.wasi.pollOneOff(guest.memory, input: 0, output: 0, count: .max, result: 0)
        }
        let input = guest.room(48)
        guest.set64(input + 8, 3)
        #expect(throws: Errno.invalid) {
            try guest.wasi.pollOneOff(guest.memory, input: input, output: input, count: 1, result: 0)
        }
    }
}
