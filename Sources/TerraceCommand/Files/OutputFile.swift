// Where commands that produce a file put it.
import Glibc
import TerraceWASI

enum OutputFile {
    /// Writes bytes to a file, or to standard output for the path `-`. A regular file that cannot be written whole is
    /// removed; devices and what links lead to stay.
    static func write(_ bytes: [UInt8], to path: SystemString) throws(Failure) {
        if path == "-" {
            try Console.write(bytes)
            return
        }
        let cPath = path.bytes.map { CChar(bitPattern: $0) } + [0]
        let descriptor = open(cPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw Failure("\(path): \(String(cString: strerror(errno)))") }
        var error = bytes.withUnsafeBytes { writeAll($0, to: descriptor) }
        // Some file systems tell only now that the disk is full.
        if close(descriptor) != 0, error == nil, errno != EINTR { error = errno }
        guard let error else { return }
        var status = stat()
        if lstat(cPath, &status) == 0, status.st_mode & S_IFMT == S_IFREG { unlink(cPath) }
        throw Failure("\(path): \(String(cString: strerror(error)))")
    }

    /// The input's path with another extension.
    static func path(for input: SystemString, extension newExtension: String) -> SystemString {
        let bytes = input.bytes
        let name = bytes.suffix(from: bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)
        let dot = name.lastIndex(of: UInt8(ascii: ".")) ?? name.startIndex
        return SystemString(bytes: Array(bytes[..<(dot == name.startIndex ? bytes.endIndex : dot)]) + newExtension.utf8)
    }
}
