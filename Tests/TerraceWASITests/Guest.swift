// What the tests of single WASI functions share: a memory that stands for a guest's, a scratch directory, and short forms
// of the calls that most tests make.
import Foundation
import Testing

@testable import TerraceWASI

/// Stands for a guest program: a WASI world over a memory of 64 KiB, preopened on an empty scratch directory at 3.
final class Guest {
    let wasi: WASI
    let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    let directory: URL
    private var used: UInt32 = 1024

    var memory: GuestMemory { GuestMemory(bytes) }

    init(
        usesKernel: Bool? = nil, directory: URL? = nil, preopens: Bool = true,
        _ configure: (inout WASIConfiguration) -> Void = { _ in }
    ) throws {
        bytes.initializeMemory(as: UInt8.self, repeating: 0xEE)
        self.directory =
            directory
            ?? FileManager.default.temporaryDirectory.appendingPathComponent("terrace-wasi-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: self.directory, withIntermediateDirectories: true)
        var configuration = WASIConfiguration(
            arguments: ["program", "", "größer"], environment: [("A", "1"), ("EMPTY", "")],
            preopens: preopens ? [.init(host: self.directory.path, guest: "/work")] : [])
        configure(&configuration)
        wasi = try WASI(configuration, resolver: PathResolver(usesKernel: usesKernel))
    }

    deinit {
        wasi.close()
        bytes.deallocate()
        try? FileManager.default.removeItem(at: directory)
    }

    /// A place in memory for `count` bytes, with room around it.
    func room(_ count: Int) -> UInt32 {
        defer { used += UInt32((count + 15) / 16 * 16 + 16) }
        return used
    }

    /// Puts bytes into memory.
    func put(_ data: some Collection<UInt8>) -> (address: UInt32, length: UInt32) {
        let address = room(data.count)
        UnsafeMutableRawBufferPointer(rebasing: bytes[Int(address)..<Int(address) + data.count]).copyBytes(from: data)
        return (address, UInt32(data.count))
    }

    func put(_ string: String) -> (address: UInt32, length: UInt32) { put(Array(string.utf8)) }

    func u32(_ address: UInt32) -> UInt32 { bytes.loadUnaligned(fromByteOffset: Int(address), as: UInt32.self) }
    func u64(_ address: UInt32) -> UInt64 { bytes.loadUnaligned(fromByteOffset: Int(address), as: UInt64.self) }
    func set(_ address: UInt32, _ value: UInt32) {
        bytes.storeBytes(of: value, toByteOffset: Int(address), as: UInt32.self)
    }
    func set64(_ address: UInt32, _ value: UInt64) {
        bytes.storeBytes(of: value, toByteOffset: Int(address), as: UInt64.self)
    }

    func data(_ address: UInt32, _ count: Int) -> [UInt8] { Array(bytes[Int(address)..<Int(address) + count]) }
    func string(_ address: UInt32, _ count: Int) -> String { String(decoding: data(address, count), as: UTF8.self) }

    /// A list of one vector.
    func vector(_ address: UInt32, _ length: UInt32) -> UInt32 {
        let list = room(8)
        set(list, address)
        set(list + 4, length)
        return list
    }

    // MARK: Calls

    @discardableResult
    func open(
        _ path: String, in fd: UInt32 = 3, flags: OpenFlags = [], rights: Rights = .file, follow: Bool = true,
        descriptorFlags: UInt32 = 0
    ) throws -> UInt32 {
        let (address, length) = put(path)
        let result = room(4)
        try wasi.open(
            memory, fd: fd, lookup: follow ? 1 : 0, path: address, length: length, openFlags: UInt32(flags.rawValue),
            base: rights.rawValue, inheriting: Rights.inherited.rawValue, flags: descriptorFlags, result: result)
        return u32(result)
    }

    func write(_ text: String, to fd: UInt32) throws -> Int {
        let (address, length) = put(text)
        let result = room(4)
        try wasi.write(memory, fd: fd, vectors: vector(address, length), count: 1, result: result)
        return Int(u32(result))
    }

    func read(_ count: Int, from fd: UInt32) throws -> String {
        let buffer = room(count)
        let result = room(4)
        try wasi.read(memory, fd: fd, vectors: vector(buffer, UInt32(count)), count: 1, result: result)
        return string(buffer, Int(u32(result)))
    }

    func seek(_ fd: UInt32, _ offset: Int64, _ whence: Whence) throws -> UInt64 {
        let result = room(8)
        try wasi.seek(memory, fd: fd, offset: offset, whence: UInt32(whence.rawValue), result: result)
        return u64(result)
    }

    func status(_ path: String, in fd: UInt32 = 3, follow: Bool = true) throws -> (
        type: FileType, size: UInt64, inode: UInt64
    ) {
        let (address, length) = put(path)
        let result = room(64)
        try wasi.pathStatusGet(
            memory, fd: fd, lookup: follow ? 1 : 0, path: address, length: length, result: result)
        return (FileType(rawValue: data(result + 16, 1)[0])!, u64(result + 32), u64(result + 8))
    }

    func makeDirectory(_ path: String, in fd: UInt32 = 3) throws {
        let (address, length) = put(path)
        try wasi.createDirectory(memory, fd: fd, path: address, length: length)
    }

    func removeDirectory(_ path: String, in fd: UInt32 = 3) throws {
        let (address, length) = put(path)
        try wasi.removeDirectory(memory, fd: fd, path: address, length: length)
    }

    func unlink(_ path: String, in fd: UInt32 = 3) throws {
        let (address, length) = put(path)
        try wasi.unlinkFile(memory, fd: fd, path: address, length: length)
    }

    func symlink(_ contents: String, at path: String, in fd: UInt32 = 3) throws {
        let contents = put(contents)
        let path = put(path)
        try wasi.symlink(
            memory, contents: contents.address, contentsLength: contents.length, fd: fd, path: path.address,
            length: path.length)
    }

    func readLink(_ path: String, limit: UInt32 = 256) throws -> String {
        let path = put(path)
        let buffer = room(Int(limit))
        let result = room(4)
        try wasi.readLink(
            memory, fd: 3, path: path.address, length: path.length, buffer: buffer, bufferLength: limit, result: result)
        return string(buffer, Int(u32(result)))
    }

    func link(_ old: String, _ new: String, follow: Bool = false) throws {
        let old = put(old)
        let new = put(new)
        try wasi.link(
            memory, fd: 3, lookup: follow ? 1 : 0, path: old.address, length: old.length, newFD: 3,
            newPath: new.address,
            newLength: new.length)
    }

    func rename(_ old: String, _ new: String) throws {
        let old = put(old)
        let new = put(new)
        try wasi.rename(
            memory, fd: 3, path: old.address, length: old.length, newFD: 3, newPath: new.address, newLength: new.length)
    }

    /// Creates a file in the scratch directory by the host's means.
    func makeFile(_ path: String, _ contents: String = "") throws {
        try contents.write(to: directory.appendingPathComponent(path), atomically: false, encoding: .utf8)
    }

    /// Forgets what was put into memory, for tests that make many calls.
    func reuse() { used = 1024 }
}
