// A WASI program's world: what `WASIConfiguration` gave it and what it has opened since. The functions of
// `wasi_snapshot_preview1` are methods on it, in the folder Functions; how they become imports is in WASIImports.swift.
import Glibc

/// The implementation of `wasi_snapshot_preview1` for one guest.
///
/// It belongs to one task at a time, like the store in which the guest runs.
public final class WASI {
    /// The name of the module whose functions this implements.
    public static let moduleName = "wasi_snapshot_preview1"

    let configuration: WASIConfiguration
    /// Arguments, and variables as `NAME=VALUE`, as the guest's C library wants them: each with a NUL behind.
    let arguments: StringTable
    let environment: StringTable
    var descriptors = DescriptorTable()
    var resolver: PathResolver

    /// Opens the configuration's directories.
    ///
    /// - Throws: `WASIError` if a directory cannot be opened, or a string holds a NUL.
    public convenience init(_ configuration: WASIConfiguration) throws(WASIError) {
        try self.init(configuration, resolver: PathResolver())
    }

    init(_ configuration: WASIConfiguration, resolver: PathResolver) throws(WASIError) {
        self.configuration = configuration
        self.resolver = resolver
        arguments = try StringTable(configuration.arguments, what: "argument")
        environment = try StringTable(
            configuration.environment.map { SystemString(bytes: $0.name.bytes + [UInt8(ascii: "=")] + $0.value.bytes) },
            what: "environment variable")
        let streams = [configuration.standardInput, configuration.standardOutput, configuration.standardError]
        for (number, stream) in streams.enumerated() {
            // A stream that the process itself was started without stays closed for the guest too.
            guard let stream, let descriptor = try? Descriptor(host: stream, isOwned: false) else { continue }
            _ = try? descriptors.insert(descriptor, atLeast: number)
        }
        for preopen in configuration.preopens { try open(preopen) }
    }

    deinit {
        descriptors.closeAll()
    }

    /// Closes all that the guest has left open.
    public func close() {
        descriptors.closeAll()
    }

    private func open(_ preopen: WASIConfiguration.Preopen) throws(WASIError) {
        func fail(_ reason: String) -> WASIError {
            WASIError(description: "cannot open directory '\(preopen.host)': \(reason)")
        }
        guard !preopen.guest.bytes.contains(0), !preopen.host.bytes.contains(0) else {
            throw fail("its name holds a NUL")
        }
        guard !preopen.guest.bytes.isEmpty else { throw fail("its name for the guest is empty") }
        let host = openAt(AT_FDCWD, preopen.host.bytes + [0], O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard host >= 0 else { throw fail(String(cString: strerror(errno))) }
        let descriptor = Descriptor(
            host: host, isOwned: true, fileType: .directory, rights: .directory, inheritingRights: .inherited,
            preopenPath: preopen.guest.bytes)
        do {
            try descriptors.insert(descriptor, atLeast: 3)
        } catch {
            throw fail("too many directories")
        }
    }
}

/// Strings as a guest's C library asks for them: a count, a total size, and then one copy into a buffer.
struct StringTable {
    /// The strings' bytes, each followed by a NUL.
    private var bytes: [UInt8] = []
    private var offsets: [UInt32] = []

    init(_ strings: [SystemString], what: String) throws(WASIError) {
        for string in strings {
            guard !string.bytes.contains(0) else { throw WASIError(description: "\(what) '\(string)' holds a NUL") }
            guard bytes.count + string.bytes.count < Int(Int32.max) else {
                throw WASIError(description: "too long \(what)s")
            }
            offsets.append(UInt32(bytes.count))
            bytes.append(contentsOf: string.bytes)
            bytes.append(0)
        }
    }

    var count: UInt32 { UInt32(offsets.count) }
    var byteCount: UInt32 { UInt32(bytes.count) }

    /// Writes the bytes to `buffer` and a pointer to each string to `pointers`.
    func write(to memory: GuestMemory, pointers: UInt32, buffer: UInt32) throws(Errno) {
        let target = try memory.bytes(buffer, count: byteCount)
        let list = try memory.bytes(pointers, count: UInt64(count) * 4)
        bytes.withUnsafeBytes { target.copyMemory(from: $0) }
        for (index, offset) in offsets.enumerated() {
            list.storeBytes(of: (buffer + offset).littleEndian, toByteOffset: index * 4, as: UInt32.self)
        }
    }
}
