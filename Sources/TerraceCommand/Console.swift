// The standard streams, written without buffers so that a program's output and ours keep their order.
import Glibc

enum Console {
    /// Writes to a standard stream.
    ///
    /// A reader that goes away ends the process by SIGPIPE, as it ends every filter; where the parent has that signal
    /// ignored it is an error like others.
    static func write(_ text: String, to descriptor: Int32 = STDOUT_FILENO) throws(Failure) {
        var text = text
        try check(text.withUTF8 { writeAll(UnsafeRawBufferPointer($0), to: descriptor) }, descriptor)
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32 = STDOUT_FILENO) throws(Failure) {
        try check(bytes.withUnsafeBytes { writeAll($0, to: descriptor) }, descriptor)
    }

    private static func check(_ error: Int32?, _ descriptor: Int32) throws(Failure) {
        guard let error else { return }
        let stream = descriptor == STDERR_FILENO ? "standard error" : "standard output"
        let isMissing = StandardStreams.missing.contains(descriptor)
        throw Failure("cannot write to \(stream): \(isMissing ? "it is closed" : String(cString: strerror(error)))")
    }

    /// Writes a message to standard error. When that fails, there is nobody left to tell.
    static func complain(_ message: String) {
        var text = "terrace: \(message)\n"
        text.withUTF8 { _ = writeAll(UnsafeRawBufferPointer($0), to: STDERR_FILENO) }
    }
}

/// Writes all bytes. Returns the system's error number if that fails.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32? {
    var rest = bytes
    while !rest.isEmpty {
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        if count >= 0 {
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        } else if errno != EINTR {
            return errno
        }
    }
    return nil
}

enum StandardStreams {
    /// The standard streams that the process was started without.
    ///
    /// The first look puts something into their places that can neither be read nor written, so that no file that is opened
    /// later gets such a number, and with it what is meant for a standard stream.
    static let missing: [Int32] = {
        var missing: [Int32] = []
        for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) < 0 {
            missing.append(descriptor)
            // The lowest free number is this one.
            let opened = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
            if opened != descriptor { close(opened) }
        }
        return missing
    }()
}
