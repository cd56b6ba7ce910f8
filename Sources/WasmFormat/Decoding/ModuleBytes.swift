// The immutable bytes of a module, shared by everything that refers to parts of it.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Immutable bytes with a stable address.
///
/// Files are read, not mapped: bytes that another process could change after validation would be a hole.
public final class ModuleBytes: Sendable {
    /// The first byte. Valid as long as this object lives.
    public nonisolated(unsafe) let base: UnsafePointer<UInt8>  // never written after the initialiser
    /// How many bytes there are.
    public let count: Int

    /// Copies an array.
    public convenience init(_ bytes: [UInt8]) {
        self.init(copying: UnsafeRawBufferPointer(start: nil, count: 0), orArray: bytes)
    }

    /// Copies raw bytes.
    public convenience init(copying bytes: UnsafeRawBufferPointer) {
        self.init(copying: bytes, orArray: nil)
    }

    private init(copying bytes: UnsafeRawBufferPointer, orArray array: [UInt8]?) {
        let count = array?.count ?? bytes.count
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: max(count, 1))
        if let array {
            array.withUnsafeBufferPointer { source in
                if let start = source.baseAddress { memory.update(from: start, count: count) }
            }
        } else if let start = bytes.baseAddress {
            UnsafeMutableRawPointer(memory).copyMemory(from: start, byteCount: count)
        }
        base = UnsafePointer(memory)
        self.count = count
    }

    /// Takes ownership of memory from `UnsafeMutablePointer.allocate`.
    private init(adopting memory: UnsafeMutablePointer<UInt8>, count: Int) {
        base = UnsafePointer(memory)
        self.count = count
    }

    /// Reads a file.
    ///
    /// - Throws: ``ModuleFileError`` with the system's error number.
    public static func contents(ofFile path: String) throws(ModuleFileError) -> ModuleBytes {
        try contents(ofFile: Array(path.utf8))
    }

    /// Reads a file whose path is given as bytes, which need not be UTF-8.
    ///
    /// - Throws: ``ModuleFileError`` with the system's error number.
    public static func contents(ofFile pathBytes: [UInt8]) throws(ModuleFileError) -> ModuleBytes {
        var path: String { String(decoding: pathBytes, as: UTF8.self) }
        let descriptor = open(pathBytes.map { CChar(bitPattern: $0) } + [0], O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ModuleFileError(path: path, code: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw ModuleFileError(path: path, code: errno) }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw ModuleFileError(path: path, code: EISDIR) }
        // One byte more than a regular file has, so that the last read sees its end; other files tell no size.
        var capacity = max(Int(status.st_size) + 1, 4096)
        var memory = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        var count = 0
        while true {
            if count == capacity {
                let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
                larger.update(from: memory, count: count)
                memory.deallocate()
                memory = larger
                capacity *= 2
            }
            let result = read(descriptor, memory + count, capacity - count)
            if result > 0 {
                count += result
            } else if result == 0 {
                return ModuleBytes(adopting: memory, count: count)
            } else if errno != EINTR {
                let code = errno
                memory.deallocate()
                throw ModuleFileError(path: path, code: code)
            }
        }
    }

    deinit { base.deallocate() }

    /// All bytes. Valid as long as this object lives.
    public var buffer: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }
}

/// A file that cannot be read.
public struct ModuleFileError: Error, Hashable, Sendable, CustomStringConvertible {
    public var path: String
    /// The system's error number.
    public var code: Int32

    public init(path: String, code: Int32) {
        self.path = path
        self.code = code
    }

    public var description: String { "cannot read \(path): \(String(cString: strerror(code)))" }
}
