// Arguments, environment, clocks, random numbers, signals: the functions that need no file.
import Testing

@testable import TerraceWASI

@Suite struct ProcessTests {
    @Test func argumentsArriveWithTheirEndings() throws {
        let guest = try Guest()
        let count = guest.room(4)
        let size = guest.room(4)
        try guest.wasi.argumentsSizesGet(guest.memory, count: count, size: size)
        #expect(guest.u32(count) == 3)
        #expect(guest.u32(size) == 8 + 1 + 9)
        let pointers = guest.room(12)
        let buffer = guest.room(18)
        try guest.wasi.argumentsGet(guest.memory, pointers: pointers, buffer: buffer)
        #expect(guest.string(buffer, 18) == "program\0\0größer\0")
        #expect((0..<3).map { guest.u32(pointers + 4 * $0) - buffer } == [0, 8, 9])
        #expect(guest.data(buffer + 18, 1) == [0xEE])
    }

    @Test func environmentArrivesAsNamesAndValues() throws {
        let guest = try Guest()
        let pointers = guest.room(8)
        let buffer = guest.room(11)
        try guest.wasi.environmentGet(guest.memory, pointers: pointers, buffer: buffer)
        #expect(guest.string(buffer, 11) == "A=1\0EMPTY=\0")
        #expect(guest.u32(pointers + 4) == buffer + 4)
    }

    @Test func bytesThatAreNoTextArriveUnchanged() throws {
        let odd = SystemString(bytes: [0xFF, 0xC3, 0x6F, 0x80])
        let guest = try Guest {
            $0.arguments = [odd]
            $0.environment = [(name: "A", value: odd)]
            $0.preopens = [.init(host: $0.preopens[0].host, guest: odd)]
        }
        let pointers = guest.room(4)
        let buffer = guest.room(8)
        try guest.wasi.argumentsGet(guest.memory, pointers: pointers, buffer: buffer)
        #expect(guest.data(buffer, 5) == odd.bytes + [0])
        try guest.wasi.environmentGet(guest.memory, pointers: pointers, buffer: buffer)
        #expect(guest.data(buffer, 7) == Array("A=".utf8) + odd.bytes + [0])
        try guest.wasi.preopenStatusGet(guest.memory, fd: 3, result: buffer)
        #expect(guest.u32(buffer + 4) == 4)
        try guest.wasi.preopenDirectoryName(guest.memory, fd: 3, buffer: buffer, length: 4)
        #expect(guest.data(buffer, 4) == odd.bytes)
    }

    @Test func stringsWithNULsAreRefused() {
        #expect(throws: WASIError.self) { try WASI(WASIConfiguration(arguments: ["a\0b"])) }
        #expect(throws: WASIError.self) { try WASI(WASIConfiguration(environment: [("A", "\0")])) }
    }

    @Test func pointersOutsideMemoryAreFaults() throws {
        let guest = try Guest()
        let end = UInt32(guest.bytes.count)
        for address in [end - 3, end, UInt32.max, UInt32.max - 3, 0x8000_0000] {
            #expect(throws: Errno.fault) {
                try guest.wasi.argumentsSizesGet(guest.memory, count: address, size: 0)
            }
            #expect(throws: Errno.fault) { try guest.wasi.argumentsGet(guest.memory, pointers: 0, buffer: address) }
            #expect(throws: Errno.fault) { try guest.wasi.argumentsGet(guest.memory, pointers: address, buffer: 0) }
            #expect(throws: Errno.fault) { try guest.wasi.randomGet(guest.memory, buffer: address, length: 8) }
            #expect(throws: Errno.fault) {
                try guest.wasi.clockTimeGet(guest.memory, clock: 0, precision: 0, time: address)
            }
            #expect(throws: Errno.fault) {
                try guest.wasi.write(guest.memory, fd: 1, vectors: address, count: 1, result: 0)
            }
            #expect(throws: Errno.fault) {
                try guest.wasi.write(guest.memory, fd: 1, vectors: guest.vector(address, 8), count: 1, result: 0)
            }
            #expect(throws: Errno.fault) {
                try guest.wasi.pollOneOff(guest.memory, input: address, output: 0, count: 1, result: 0)
            }
        }
        #expect(throws: Errno.fault) { try guest.wasi.randomGet(guest.memory, buffer: 16, length: .max) }
        #expect(throws: Errno.fault) {
            try guest.wasi.write(guest.memory, fd: 1, vectors: 0, count: .max, result: 0)
        }
    }

    @Test func aGuestWithoutMemoryGetsFaults() throws {
        let guest = try Guest()
        let nothing = GuestMemory(UnsafeMutableRawBufferPointer(start: nil, count: 0))
        #expect(throws: Errno.fault) { try guest.wasi.argumentsSizesGet(nothing, count: 0, size: 0) }
        #expect(throws: Errno.fault) { try guest.wasi.write(nothing, fd: 1, vectors: 0, count: 1, result: 0) }
        #expect(throws: Errno.fault) { try guest.wasi.randomGet(nothing, buffer: 0, length: 1) }
        try guest.wasi.randomGet(nothing, buffer: 0, length: 0)
    }

    @Test func clocksAreTheConfiguredOnes() throws {
        let guest = try Guest { $0.realtimeClock = .init(resolution: { 7 }, now: { 0x1234_5678_9ABC }) }
        let time = guest.room(8)
        try guest.wasi.clockTimeGet(guest.memory, clock: 0, precision: 0, time: time)
        #expect(guest.u64(time) == 0x1234_5678_9ABC)
        try guest.wasi.clockResolutionGet(guest.memory, clock: 0, resolution: time)
        #expect(guest.u64(time) == 7)
        for clock: UInt32 in 1...3 {
            try guest.wasi.clockTimeGet(guest.memory, clock: clock, precision: 0, time: time)
            #expect(guest.u64(time) > 0 && guest.u64(time) < 1 << 62)
        }
        #expect(throws: Errno.invalid) { try guest.wasi.clockTimeGet(guest.memory, clock: 4, precision: 0, time: time) }
    }

    @Test func randomBytesFillExactlyTheBuffer() throws {
        let guest = try Guest { $0.fillRandom = { $0.initializeMemory(as: UInt8.self, repeating: 0x5A) } }
        let buffer = guest.room(100)
        try guest.wasi.randomGet(guest.memory, buffer: buffer, length: 100)
        #expect(guest.data(buffer, 101) == [UInt8](repeating: 0x5A, count: 100) + [0xEE])
        let host = try Guest()
        try host.wasi.randomGet(host.memory, buffer: 0, length: 1 << 16)
        #expect(host.data(0, 256) != host.data(256, 256))
    }

    @Test func raisingASignalEndsTheProgramAsAShellReportsIt() throws {
        let guest = try Guest()
        #expect(throws: ProcessExit(code: 134)) { try guest.wasi.raise(6) }
        #expect(throws: ProcessExit(code: 143)) { try guest.wasi.raise(15) }
        try guest.wasi.raise(16)
        #expect(throws: Errno.notSupported) { try guest.wasi.raise(18) }
        #expect(throws: Errno.invalid) { try guest.wasi.raise(31) }
    }
}
