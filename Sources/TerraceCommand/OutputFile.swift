// Where commands that produce a file put it.
import Glibc

enum OutputFile {
    /// Writes bytes to a file, or to standard output for the path `-`. A file that cannot be written whole is removed.
    static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        if path == "-" {
            bytes.withUnsafeBytes { Console.write($0) }
            return
        }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw Failure("\(path): \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                let reason = String(cString: strerror(errno))
                unlink(path)
                throw Failure("\(path): \(reason)")
            }
            rest = rest.dropFirst(count)
        }
    }

    /// The input's path with another extension.
    static func path(for input: String, extension newExtension: String) -> String {
        let name = input.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return input + newExtension }
        return String(input[..<dot]) + newExtension
    }
}
