// Listing directories: cookies, small buffers, changes while listing.
import Foundation
import Testing

@testable import TerraceWASI

@Suite struct DirectoryTests {
    private struct Entry: Hashable {
        let name: String
        let type: UInt8
        let inode: UInt64
        let next: UInt64
    }

    /// The whole entries of one call, and whether the listing ended within the buffer.
    private func list(_ guest: Guest, from cookie: UInt64, bufferLength: UInt32) throws -> (
        entries: [Entry], isLast: Bool
    ) {
        guest.reuse()
        let buffer = guest.room(Int(bufferLength))
        let result = guest.room(4)
        try guest.wasi.readDirectory(
            guest.memory, fd: 3, buffer: buffer, length: bufferLength, cookie: cookie, result: result)
        let used = guest.u32(result)
        #expect(used <= bufferLength)
        var entries: [Entry] = []
        var offset: UInt32 = 0
        while offset + 24 <= used {
            let address = buffer + offset
            let length = guest.u32(address + 16)
            guard offset + 24 + length <= used else { break }
            entries.append(
                Entry(
                    name: guest.string(address + 24, Int(length)), type: guest.data(address + 20, 1)[0],
                    inode: guest.u64(address + 8), next: guest.u64(address)))
            offset += 24 + length
        }
        return (entries, used < bufferLength)
    }

    private func listAll(_ guest: Guest, bufferLength: UInt32) throws -> [Entry] {
        var all: [Entry] = []
        while true {
            let (entries, isLast) = try list(guest, from: all.last?.next ?? 0, bufferLength: bufferLength)
            all += entries
            if isLast { return all }
            try #require(!entries.isEmpty, "no progress")
        }
    }

    @Test func entriesHaveTypesAndInodes() throws {
        let guest = try Guest()
        try guest.makeFile("file")
        try guest.makeDirectory("directory")
        try guest.symlink("file", at: "link")
        let entries = try listAll(guest, bufferLength: 4096)
        #expect(entries.prefix(2).map(\.name) == [".", ".."])
        #expect(Set(entries.map(\.name)) == [".", "..", "file", "directory", "link"])
        for entry in entries where entry.name != ".." {
            let status = try guest.status(entry.name, follow: false)
            #expect(entry.type == status.type.rawValue)
            #expect(entry.inode == status.inode)
        }
    }

    @Test(arguments: [64, 100, 256, 4096] as [UInt32])
    func everyEntryIsListedOnceHoweverSmallTheBuffer(bufferLength: UInt32) throws {
        let guest = try Guest()
        let names = (0..<300).map { "file.\($0)" }
        for name in names { try guest.makeFile(name) }
        let entries = try listAll(guest, bufferLength: bufferLength)
        #expect(entries.count == 302)
        #expect(Set(entries.map(\.name)) == Set(names + [".", ".."]))
    }

    @Test func aBufferTooSmallForAnEntryGetsItsBeginning() throws {
        let guest = try Guest()
        for length: UInt32 in [0, 1, 23, 24] {
            let result = guest.room(4)
            let buffer = guest.room(32)
            try guest.wasi.readDirectory(guest.memory, fd: 3, buffer: buffer, length: length, cookie: 0, result: result)
            #expect(guest.u32(result) == length)
            #expect(guest.data(buffer + length, 1) == [0xEE])
        }
    }

    @Test func cookiesStayTrueWhileFilesAreRemoved() throws {
        let guest = try Guest()
        for index in 0..<50 { try guest.makeFile("file.\(index)") }
        var seen: Set<String> = []
        var cookie: UInt64 = 0
        while true {
            let (entries, isLast) = try list(guest, from: cookie, bufferLength: 128)
            for entry in entries where entry.type == FileType.regularFile.rawValue {
                #expect(seen.insert(entry.name).inserted)
                try guest.unlink(entry.name)
            }
            if isLast { break }
            cookie = entries.last!.next
        }
        #expect(seen.count == 50)
        #expect(try listAll(guest, bufferLength: 256).count == 2)
    }

    @Test func cookiesBeyondTheEndListNothing() throws {
        let guest = try Guest()
        #expect(try list(guest, from: 2, bufferLength: 100).entries == [])
        #expect(try list(guest, from: .max, bufferLength: 100).entries == [])
    }

    @Test func filesCannotBeListed() throws {
        let guest = try Guest()
        let fd = try guest.open("file", flags: .create)
        #expect(throws: Errno.notDirectory) {
            try guest.wasi.readDirectory(guest.memory, fd: fd, buffer: 0, length: 100, cookie: 0, result: 200)
        }
    }
}
