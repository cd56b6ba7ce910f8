// Paths: what resolves, what must not, and that both ways of resolving agree. Each test runs once with the kernel's
// resolution and once with the walk by components.
import Foundation
import FuzzSupport
import Testing

@testable import TerraceWASI

@Suite struct PathTests {
    /// A guest on `inside`, next to which lies `secret`, with links of every kind that lead there.
    private func trap(_ usesKernel: Bool) throws -> (guest: Guest, outside: URL) {
        let outside = FileManager.default.temporaryDirectory.appendingPathComponent("terrace-out-\(UUID().uuidString)")
        let inside = outside.appendingPathComponent("inside")
        try FileManager.default.createDirectory(at: inside, withIntermediateDirectories: true)
        try "secret".write(to: outside.appendingPathComponent("secret"), atomically: false, encoding: .utf8)
        let guest = try Guest(usesKernel: usesKernel ? nil : false, directory: inside)
        func link(_ name: String, _ target: String) {
            #expect(Foundation.symlink(target, inside.appendingPathComponent(name).path) == 0)
        }
        link("absolute", outside.appendingPathComponent("secret").path)
        link("relative", "../secret")
        link("root", "/")
        link("up", "..")
        link("chain", "up")
        link("inner", "inside")
        return (guest, outside)
    }

    @Test(arguments: [true, false])
    func nothingOutsideCanBeReached(usesKernel: Bool) throws {
        let (guest, outside) = try trap(usesKernel)
        defer { try? FileManager.default.removeItem(at: outside) }
        try guest.makeDirectory("directory")
        try guest.makeFile("file", "mine")
        let paths = [
            "../secret", "directory/../../secret", "./../secret", "directory/../directory/../../secret", "..", "../",
            "../inside/file", "absolute", "relative", "up/secret", "chain/secret", "root/etc/passwd", "up", "chain/",
            "root",
            "/etc/passwd", "/", "//", outside.appendingPathComponent("secret").path, "directory/../up/secret",
        ]
        for path in paths {
            #expect(throws: Errno.notPermitted, "open \(path)") { try guest.open(path, rights: .read) }
            // Whether creating with a slash at the end fails for the slash or for the escape does not matter.
            if path != "chain/" {
                #expect(throws: Errno.notPermitted, "create \(path)") { try guest.open(path, flags: .create) }
            }
            #expect(throws: Errno.notPermitted, "stat \(path)") { try guest.status(path) }
            guest.reuse()
        }
        for path in [
            "../new", "up/new", "chain/new", "root/tmp/new", "/tmp/new", "directory/../../new", "up/../up/new",
        ] {
            #expect(throws: Errno.notPermitted, "mkdir \(path)") { try guest.makeDirectory(path) }
            #expect(throws: Errno.notPermitted, "rmdir \(path)") { try guest.removeDirectory(path) }
            #expect(throws: Errno.notPermitted, "unlink \(path)") { try guest.unlink(path) }
            #expect(throws: Errno.notPermitted, "symlink \(path)") { try guest.symlink("file", at: path) }
            #expect(throws: Errno.notPermitted, "rename to \(path)") { try guest.rename("file", path) }
            #expect(throws: Errno.notPermitted, "rename from \(path)") { try guest.rename(path, "taken") }
            #expect(throws: Errno.notPermitted, "link to \(path)") { try guest.link("file", path) }
            #expect(throws: Errno.notPermitted, "link from \(path)") { try guest.link(path, "taken") }
            #expect(throws: Errno.notPermitted, "readlink \(path)") { try guest.readLink(path) }
            guest.reuse()
        }
        for path in ["absolute", "relative", "up"] {
            #expect(throws: Errno.notPermitted) { try guest.link(path, "taken", follow: true) }
            let (address, length) = guest.put(path)
            #expect(throws: Errno.notPermitted) {
                try guest.wasi.pathStatusSetTimes(
                    guest.memory, fd: 3, lookup: 1, path: address, length: length, access: 0, modification: 0, flags: 5)
            }
            // The link itself is inside.
            #expect(try guest.status(path, follow: false).type == .symbolicLink)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: outside.path).sorted() == ["inside", "secret"])
        #expect(try String(contentsOf: outside.appendingPathComponent("secret"), encoding: .utf8) == "secret")
    }

    @Test(arguments: [true, false])
    func absoluteLinksCannotBeMade(usesKernel: Bool) throws {
        let guest = try Guest(usesKernel: usesKernel ? nil : false)
        #expect(throws: Errno.notPermitted) { try guest.symlink("/etc/passwd", at: "link") }
        try guest.symlink("../..", at: "link")
        #expect(try guest.readLink("link") == "../..")
        #expect(throws: Errno.notPermitted) { try guest.open("link/etc/passwd") }
    }

    @Test(arguments: [true, false])
    func windingPathsAndLinksInsideResolve(usesKernel: Bool) throws {
        let guest = try Guest(usesKernel: usesKernel ? nil : false)
        try guest.makeDirectory("a")
        try guest.makeDirectory("a/b/")
        try guest.symlink("a/b", at: "direct")
        try guest.symlink("../direct", at: "a/back")
        try guest.symlink("a/b/new", at: "dangling")
        let fd = try guest.open("a/.//b/../../a/b/../b///./file", flags: .create)
        _ = try guest.write("found", to: fd)
        let inode = try guest.status("a/b/file").inode
        for path in ["direct/file", "a/back/file", "./direct/../b/file", "a/back/../../direct/file", "direct//file"] {
            #expect(try guest.status(path).inode == inode, "\(path)")
            #expect(try guest.read(9, from: try guest.open(path)) == "found", "\(path)")
        }
        try guest.wasi.closeDescriptor(fd: try guest.open("dangling", flags: .create))
        #expect(try guest.status("a/b/new").type == .regularFile)
        #expect(try guest.status("direct").type == .directory)
        #expect(try guest.status("direct/", follow: false).type == .directory)
        #expect(try guest.status("direct", follow: false).type == .symbolicLink)
        #expect(try guest.status(".").inode == (try guest.status("a/..")).inode)
        #expect(try guest.open("a/b/..", rights: .read) > 3)
    }

    @Test(arguments: [true, false])
    func linksAreNotFollowedWhenNotAskedFor(usesKernel: Bool) throws {
        let guest = try Guest(usesKernel: usesKernel ? nil : false)
        try guest.makeFile("file", "text")
        try guest.symlink("file", at: "link")
        try guest.symlink("loop", at: "loop")
        #expect(throws: Errno.loop) { try guest.open("link", follow: false) }
        #expect(throws: Errno.loop) { try guest.open("loop") }
        #expect(throws: Errno.loop) { try guest.status("loop") }
        #expect(throws: Errno.exists) { try guest.open("link", flags: [.create, .exclusive]) }
        #expect(try guest.readLink("link") == "file")
        #expect(try guest.readLink("link", limit: 2) == "fi")
        #expect(throws: Errno.invalid) { try guest.readLink("file") }
        try guest.unlink("link")
        #expect(try guest.status("file").size == 4)
    }

    @Test(arguments: [true, false])
    func trailingSlashesDemandDirectories(usesKernel: Bool) throws {
        let guest = try Guest(usesKernel: usesKernel ? nil : false)
        try guest.makeFile("file")
        try guest.makeDirectory("directory/")
        try guest.symlink("file", at: "link")
        #expect(throws: Errno.notDirectory) { try guest.open("file/") }
        #expect(throws: Errno.notDirectory) { try guest.open("link///") }
        #expect(throws: Errno.notDirectory) { try guest.status("file/") }
        #expect(throws: Errno.notDirectory) { try guest.unlink("file/") }
        #expect(throws: Errno.isDirectory) { try guest.unlink("directory/") }
        #expect(throws: Errno.isDirectory) { try guest.unlink("directory") }
        #expect(throws: Errno.notDirectory) { try guest.removeDirectory("file") }
        #expect(throws: Errno.exists) { try guest.symlink("x", at: "directory/") }
        #expect(throws: Errno.noEntry) { try guest.symlink("x", at: "new/") }
        #expect(throws: Errno.noEntry) { try guest.link("file", "new/") }
        #expect(throws: Errno.notDirectory) { try guest.link("file/", "new") }
        #expect(throws: Errno.notDirectory) { try guest.rename("file/", "new") }
        try guest.rename("directory/", "other/")
        try guest.rename("other", "directory")
        #expect(try guest.open("directory///", rights: .read) > 3)
        try guest.removeDirectory("directory/")
    }

    @Test(arguments: [true, false])
    func specialNamesGetTheHostsAnswers(usesKernel: Bool) throws {
        let guest = try Guest(usesKernel: usesKernel ? nil : false)
        try guest.makeDirectory("a")
        try guest.makeFile("file")
        #expect(throws: Errno.exists) { try guest.makeDirectory(".") }
        #expect(throws: Errno.exists) { try guest.makeDirectory("a/..") }
        #expect(throws: Errno.invalid) { try guest.removeDirectory("a/.") }
        #expect(throws: Errno.noEntry) { try guest.open("") }
        #expect(throws: Errno.noEntry) { try guest.makeDirectory("missing/a") }
        #expect(throws: Errno.notDirectory) { try guest.makeDirectory("file/a") }
        #expect(throws: Errno.notEmpty) {
            try guest.makeDirectory("a/b")
            try guest.removeDirectory("a")
        }
        #expect(throws: Errno.invalid) { try guest.open("file\0") }
        #expect(throws: Errno.nameTooLong) { try guest.open(String(repeating: "n", count: 256)) }
        #expect(throws: Errno.nameTooLong) { try guest.open(String(repeating: "a/", count: 2048)) }
        #expect(throws: Errno.fault) {
            try guest.wasi.createDirectory(guest.memory, fd: 3, path: 0xFFFF, length: 2)
        }
        try guest.makeDirectory("größer")
        #expect(try guest.status("größer").type == .directory)
    }

    @Test(arguments: [true, false])
    func namesThatAreNoTextWork(usesKernel: Bool) throws {
        let guest = try Guest(usesKernel: usesKernel ? nil : false)
        let name: [UInt8] = [0x61, 0xFF, 0xC3]
        let (address, length) = guest.put(name)
        try guest.wasi.createDirectory(guest.memory, fd: 3, path: address, length: length)
        let status = guest.room(64)
        try guest.wasi.pathStatusGet(guest.memory, fd: 3, lookup: 1, path: address, length: length, result: status)
        // What the listing calls it is what opens it.
        let used = guest.room(4)
        let buffer = guest.room(256)
        try guest.wasi.readDirectory(guest.memory, fd: 3, buffer: buffer, length: 256, cookie: 2, result: used)
        #expect(guest.data(buffer + 24, Int(guest.u32(used)) - 24) == name)
        try guest.wasi.removeDirectory(guest.memory, fd: 3, path: buffer + 24, length: 3)
    }

    @Test(arguments: [true, false])
    func linksAndRenamesKeepTheFile(usesKernel: Bool) throws {
        let guest = try Guest(usesKernel: usesKernel ? nil : false)
        try guest.makeDirectory("a")
        try guest.makeFile("file", "text")
        try guest.symlink("file", at: "symbolic")
        let inode = try guest.status("file").inode
        try guest.link("file", "a/hard")
        try guest.link("symbolic", "a/followed", follow: true)
        try guest.link("symbolic", "link")
        #expect(try guest.status("a/hard").inode == inode)
        #expect(try guest.status("a/followed").inode == inode)
        #expect(try guest.readLink("link") == "file")
        #expect(throws: Errno.exists) { try guest.link("file", "a/hard") }
        #expect(throws: Errno.notPermitted) { try guest.link("a", "b") }
        try guest.rename("file", "a/moved")
        #expect(try guest.status("a/moved").inode == inode)
        #expect(throws: Errno.noEntry) { try guest.status("file") }
    }

    /// What looking at a path yields: an inode, or an error.
    private enum Outcome: Equatable {
        case found(UInt64)
        case failed(Errno)
    }

    @Test func bothWaysOfResolvingAgreeOnRandomPaths() throws {
        let (walking, outside) = try trap(false)
        defer { try? FileManager.default.removeItem(at: outside) }
        let kernel = try Guest(usesKernel: nil, directory: walking.directory)
        try walking.makeDirectory("a")
        try walking.makeDirectory("a/b")
        try walking.makeFile("file")
        try walking.makeFile("a/b/file")
        try walking.symlink("a/b", at: "deep")
        try walking.symlink("../../file", at: "a/b/back")
        try walking.symlink("loop", at: "loop")
        try walking.symlink("b/../../deep/./", at: "a/winding")
        let components = [
            ".", "..", "a", "b", "file", "deep", "back", "loop", "winding", "up", "chain", "root", "absolute",
            "missing",
        ]
        var random = SeededRandom(seed: 7)
        for _ in 0..<20_000 {
            var path = random.next() % 16 == 0 ? "/" : ""
            let count = 1 + Int(random.next() % 6)
            for index in 0..<count {
                if index > 0 { path += random.next() % 8 == 0 ? "//" : "/" }
                path += components[Int(random.next() % UInt64(components.count))]
            }
            if random.next() % 8 == 0 { path += "/" }
            let follow = random.next() % 2 == 0
            let outcomes = [kernel, walking].map { guest in
                guest.reuse()
                do {
                    return Outcome.found(try guest.status(path, follow: follow).inode)
                } catch {
                    return Outcome.failed(error as! Errno)
                }
            }
            #expect(outcomes[0] == outcomes[1], "\(path), follow: \(follow)")
        }
    }
}
