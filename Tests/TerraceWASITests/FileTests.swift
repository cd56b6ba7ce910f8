// Descriptors and what one does with them: reading, writing, seeking, status, rights, renumbering, listing.
import Foundation
import Testing

@testable import TerraceWASI

@Suite struct FileTests {
    @Test func preopensAreFoundByNumberAndName() throws {
        let guest = try Guest()
        let result = guest.room(8)
        try guest.wasi.preopenStatusGet(guest.memory, fd: 3, result: result)
        #expect(guest.u64(result) == 5 << 32)
        let buffer = guest.room(8)
        try guest.wasi.preopenDirectoryName(guest.memory, fd: 3, buffer: buffer, length: 5)
        #expect(guest.string(buffer, 5) == "/work")
        #expect(guest.data(buffer + 5, 1) == [0xEE])
        #expect(throws: Errno.nameTooLong) {
            try guest.wasi.preopenDirectoryName(guest.memory, fd: 3, buffer: buffer, length: 4)
        }
        #expect(throws: Errno.badDescriptor) { try guest.wasi.preopenStatusGet(guest.memory, fd: 4, result: result) }
        #expect(throws: Errno.badDescriptor) { try guest.wasi.preopenStatusGet(guest.memory, fd: 1, result: result) }
    }

    @Test func preopensThatCannotBeOpenedAreNamed() throws {
        let error = #expect(throws: WASIError.self) {
            try WASI(WASIConfiguration(preopens: [.init(host: "/nonexistent/directory")]))
        }
        #expect(error?.description == "cannot open directory '/nonexistent/directory': No such file or directory")
    }

    @Test func preopensBeginAtThreeEvenWithoutStreams() throws {
        let guest = try Guest {
            $0.standardInput = nil
            $0.standardOutput = nil
            $0.standardError = nil
        }
        #expect(throws: Errno.badDescriptor) { try guest.write("x", to: 1) }
        try guest.wasi.preopenStatusGet(guest.memory, fd: 3, result: guest.room(8))
    }

    @Test func filesAreWrittenReadAndMeasured() throws {
        let guest = try Guest()
        let fd = try guest.open("file", flags: [.create, .exclusive])
        #expect(fd == 4)
        #expect(try guest.write("hello, world", to: fd) == 12)
        #expect(try guest.seek(fd, -5, .end) == 7)
        #expect(try guest.read(100, from: fd) == "world")
        #expect(try guest.read(100, from: fd) == "")
        #expect(try guest.seek(fd, 0, .current) == 12)
        #expect(throws: Errno.invalid) { try guest.seek(fd, -1, .set) }
        #expect(try guest.status("file").size == 12)
        try guest.wasi.fileStatusSetSize(fd: fd, size: 5)
        try guest.wasi.allocate(fd: fd, offset: 0, length: 8)
        #expect(try guest.status("file").size == 8)
        try guest.wasi.advise(fd: fd, offset: 0, length: 0, advice: 2)
        #expect(throws: Errno.invalid) { try guest.wasi.advise(fd: fd, offset: 0, length: 0, advice: 6) }
        try guest.wasi.synchronize(fd: fd)
        try guest.wasi.synchronizeData(fd: fd)
        try guest.wasi.closeDescriptor(fd: fd)
        #expect(throws: Errno.badDescriptor) { try guest.wasi.closeDescriptor(fd: fd) }
        #expect(throws: Errno.exists) { try guest.open("file", flags: [.create, .exclusive]) }
        #expect(try guest.open("file") == 4)
    }

    @Test func positionedTransfersLeaveTheOffsetAlone() throws {
        let guest = try Guest()
        let fd = try guest.open("file", flags: .create)
        _ = try guest.write("0123456789", to: fd)
        let (address, length) = guest.put("ab")
        let result = guest.room(4)
        try guest.wasi.writeAt(
            guest.memory, fd: fd, vectors: guest.vector(address, length), count: 1, offset: 3, result: result)
        let buffer = guest.room(4)
        try guest.wasi.readAt(
            guest.memory, fd: fd, vectors: guest.vector(buffer, 4), count: 1, offset: 2, result: result)
        #expect(guest.u32(result) == 4)
        #expect(guest.string(buffer, 4) == "2ab5")
        #expect(try guest.seek(fd, 0, .current) == 10)
        #expect(throws: Errno.invalid) {
            try guest.wasi.readAt(
                guest.memory, fd: fd, vectors: guest.vector(buffer, 4), count: 1, offset: .max, result: result)
        }
    }

    @Test func manyVectorsAreGatheredInOrder() throws {
        let guest = try Guest()
        let fd = try guest.open("file", flags: .create)
        let parts = ["one", "", "two", "three"].map { guest.put($0) }
        let list = guest.room(32)
        for (index, part) in parts.enumerated() {
            guest.set(list + UInt32(index * 8), part.address)
            guest.set(list + UInt32(index * 8 + 4), part.length)
        }
        let result = guest.room(4)
        try guest.wasi.write(guest.memory, fd: fd, vectors: list, count: 4, result: result)
        #expect(guest.u32(result) == 11)
        _ = try guest.seek(fd, 0, .set)
        #expect(try guest.read(20, from: fd) == "onetwothree")
        // Nothing to write at all.
        try guest.wasi.write(guest.memory, fd: fd, vectors: list, count: 0, result: result)
        #expect(guest.u32(result) == 0)
        // More vectors than the host takes at once, each of one byte at address 0.
        let many = guest.room(8 * 2000)
        for index in 0..<UInt32(2000) {
            guest.set(many + index * 8, 0)
            guest.set(many + index * 8 + 4, 1)
        }
        try guest.wasi.write(guest.memory, fd: fd, vectors: many, count: 2000, result: result)
        #expect(guest.u32(result) == 1024)
    }

    @Test func aBadResultPointerLeavesTheFileUntouched() throws {
        let guest = try Guest()
        let fd = try guest.open("file", flags: .create)
        let (address, length) = guest.put("text")
        #expect(throws: Errno.fault) {
            try guest.wasi.write(
                guest.memory, fd: fd, vectors: guest.vector(address, length), count: 1, result: UInt32.max - 1)
        }
        #expect(try guest.status("file").size == 0)
    }

    @Test func appendingWritesAtTheEnd() throws {
        let guest = try Guest()
        try guest.makeFile("file", "abc")
        let fd = try guest.open("file", descriptorFlags: 1)
        _ = try guest.write("def", to: fd)
        #expect(try guest.status("file").size == 6)
        let result = guest.room(24)
        try guest.wasi.descriptorStatusGet(guest.memory, fd: fd, result: result)
        #expect(guest.data(result, 4) == [4, 0, 1, 0])
        try guest.wasi.descriptorStatusSetFlags(fd: fd, flags: 0)
        _ = try guest.seek(fd, 0, .set)
        _ = try guest.write("X", to: fd)
        #expect(try guest.status("file").size == 6)
        #expect(throws: Errno.notSupported) { try guest.wasi.descriptorStatusSetFlags(fd: fd, flags: 16) }
        #expect(throws: Errno.invalid) { try guest.wasi.descriptorStatusSetFlags(fd: fd, flags: 32) }
    }

    @Test func openingDecidesOnReadingAndWriting() throws {
        let guest = try Guest()
        try guest.makeFile("file", "abc")
        let readable = try guest.open("file", rights: .read)
        #expect(try guest.read(3, from: readable) == "abc")
        #expect(throws: Errno.notCapable) { try guest.write("x", to: readable) }
        #expect(throws: Errno.notCapable) { try guest.wasi.fileStatusSetSize(fd: readable, size: 0) }
        let writable = try guest.open("file", rights: .write)
        #expect(throws: Errno.notCapable) { try guest.read(1, from: writable) }
        #expect(throws: Errno.isDirectory) { try guest.open(".", flags: .directory, rights: [.read, .write]) }
        #expect(throws: Errno.notDirectory) { try guest.open("file", flags: .directory, rights: .read) }
        #expect(throws: Errno.invalid) { try guest.open("new", flags: [.create, .directory]) }
        #expect(throws: Errno.noEntry) { try guest.open("missing") }
        #expect(throws: Errno.notDirectory) { try guest.open("x", in: readable) }
        #expect(throws: Errno.badDescriptor) { try guest.open("x", in: 99) }
        try guest.wasi.closeDescriptor(fd: try guest.open("file", flags: .truncate, rights: .read))
        #expect(try guest.status("file").size == 0)
    }

    @Test func rightsCanOnlyBeGivenUp() throws {
        let guest = try Guest()
        let fd = try guest.open("file", flags: .create)
        try guest.wasi.descriptorStatusSetRights(fd: fd, base: Rights.seek.rawValue, inheriting: 0)
        #expect(throws: Errno.notCapable) { try guest.write("x", to: fd) }
        #expect(try guest.seek(fd, 1, .set) == 1)
        #expect(throws: Errno.notCapable) {
            try guest.wasi.descriptorStatusSetRights(fd: fd, base: Rights.file.rawValue, inheriting: 0)
        }
        try guest.wasi.descriptorStatusSetRights(
            fd: 3, base: Rights.open.rawValue, inheriting: Rights([.read, .seek, .tell]).rawValue)
        #expect(throws: Errno.notCapable) { try guest.open("file", flags: .create) }
        #expect(throws: Errno.notCapable) { try guest.open("file", flags: .truncate) }
        #expect(throws: Errno.notCapable) { try guest.write("x", to: try guest.open("file")) }
    }

    @Test func directoriesCannotBeReadOrSeekedAsFiles() throws {
        let guest = try Guest()
        #expect(throws: Errno.badDescriptor) { try guest.read(1, from: 3) }
        #expect(throws: Errno.badDescriptor) { try guest.write("x", to: 3) }
        #expect(throws: Errno.badDescriptor) { try guest.seek(3, 0, .set) }
        #expect(throws: Errno.badDescriptor) { try guest.wasi.fileStatusSetSize(fd: 3, size: 0) }
        #expect(throws: Errno.badDescriptor) { try guest.wasi.allocate(fd: 3, offset: 0, length: 1) }
    }

    @Test func pipesCannotBeSeeked() throws {
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        defer { ends.forEach { close($0) } }
        let guest = try Guest { $0.standardOutput = ends[1] }
        #expect(try guest.write("through", to: 1) == 7)
        var buffer = [UInt8](repeating: 0, count: 16)
        #expect(read(ends[0], &buffer, 16) == 7)
        #expect(throws: Errno.illegalSeek) { try guest.seek(1, 0, .current) }
        let result = guest.room(24)
        try guest.wasi.descriptorStatusGet(guest.memory, fd: 1, result: result)
        #expect(guest.data(result, 1) == [0])
        #expect(throws: Errno.notSocket) { try guest.wasi.socketShutDown(fd: 1, how: 3) }
    }

    @Test func standardStreamsOutliveTheGuestAndKeepTheirFlags() throws {
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        defer { ends.forEach { close($0) } }
        do {
            let guest = try Guest { $0.standardInput = ends[0] }
            try guest.wasi.descriptorStatusSetFlags(fd: 0, flags: 4)
            #expect(fcntl(ends[0], F_GETFL) & O_NONBLOCK != 0)
            #expect(throws: Errno.again) { try guest.read(1, from: 0) }
        }
        #expect(fcntl(ends[0], F_GETFL) & O_NONBLOCK == 0)
    }

    @Test func renumberingMovesAndCloses() throws {
        let guest = try Guest()
        let first = try guest.open("first", flags: .create)
        let second = try guest.open("second", flags: .create)
        try guest.wasi.renumber(fd: first, to: second)
        #expect(throws: Errno.badDescriptor) { try guest.write("x", to: first) }
        _ = try guest.write("xyz", to: second)
        #expect(try guest.status("first").size == 3)
        try guest.wasi.renumber(fd: second, to: second)
        try guest.wasi.renumber(fd: second, to: 127)
        _ = try guest.write("xyz", to: 127)
        #expect(try guest.open("third", flags: .create) == first)
        #expect(throws: Errno.badDescriptor) { try guest.wasi.renumber(fd: 126, to: 127) }
        #expect(throws: Errno.badDescriptor) { try guest.wasi.renumber(fd: 127, to: .max) }
        try guest.wasi.renumber(fd: 127, to: 3)
        #expect(throws: Errno.badDescriptor) { try guest.wasi.preopenStatusGet(guest.memory, fd: 3, result: 0) }
    }

    @Test func timesAreSetToTheNanosecond() throws {
        let guest = try Guest()
        let fd = try guest.open("file", flags: .create)
        try guest.wasi.fileStatusSetTimes(fd: fd, access: 1_000_000_001, modification: 2_000_000_002, flags: 1 | 4)
        let result = guest.room(64)
        try guest.wasi.fileStatusGet(guest.memory, fd: fd, result: result)
        #expect(guest.u64(result + 40) == 1_000_000_001)
        #expect(guest.u64(result + 48) == 2_000_000_002)
        let path = guest.put("file")
        try guest.wasi.pathStatusSetTimes(
            guest.memory, fd: 3, lookup: 0, path: path.address, length: path.length, access: 5, modification: 0,
            flags: 1)
        try guest.wasi.fileStatusGet(guest.memory, fd: fd, result: result)
        #expect(guest.u64(result + 40) == 5)
        #expect(guest.u64(result + 48) == 2_000_000_002)
        try guest.wasi.fileStatusSetTimes(fd: fd, access: 0, modification: 0, flags: 8)
        try guest.wasi.fileStatusGet(guest.memory, fd: fd, result: result)
        #expect(guest.u64(result + 48) > 1_600_000_000_000_000_000)
        for flags: UInt32 in [3, 12, 16, 1 << 16] {
            #expect(throws: Errno.invalid) {
                try guest.wasi.fileStatusSetTimes(fd: fd, access: 0, modification: 0, flags: flags)
            }
        }
    }
}
