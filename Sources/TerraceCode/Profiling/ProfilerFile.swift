// A file that a profiler reads. Nothing that goes wrong with it touches the engine.

import TerraceThreads

#if canImport(Glibc)
    import Glibc
#endif

/// Why a profiler is not told.
public struct ProfilerError: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String

    init(_ what: String, _ path: String, code: Int32) {
        description = "\(what) '\(path)': \(String(cString: strerror(code)))"
    }
}

/// A file that grows by whole records. After the first failure it is closed, with its last record whole, and what is
/// written later goes nowhere. Thread-safe.
final class ProfilerFile: Sendable {
    private struct State {
        /// -1 once closed.
        var descriptor: Int32
        /// Bytes of whole records.
        var byteCount = 0
    }

    private let state: Guarded<State>
    /// A forked child writes nothing into its parent's file.
    private let process = getpid()

    /// Makes an empty file in place of whatever regular file is there.
    init(path: String) throws(ProfilerError) {
        // Not a link or a pipe that somebody else left in a common folder; and nothing is emptied before it is known to be
        // ours and to have no other name.
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
        let descriptor = aboveStandardStreams(open(path, flags, 0o644))
        guard descriptor >= 0 else { throw ProfilerError("cannot open", path, code: errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_nlink == 1,
            status.st_uid == geteuid(), ftruncate(descriptor, 0) == 0
        else {
            close(descriptor)
            throw ProfilerError("cannot open", path, code: EINVAL)
        }
        state = Guarded(State(descriptor: descriptor))
    }

    deinit {
        state.withLock { state in
            if state.descriptor >= 0 { close(state.descriptor) }
        }
    }

    /// Whether writing has failed.
    var isClosed: Bool { state.withLock { $0.descriptor < 0 } }

    /// Calls `body` with the open descriptor, or returns nil.
    func withDescriptor<Result>(_ body: (Int32) -> Result) -> Result? {
        state.withLock { $0.descriptor >= 0 ? body($0.descriptor) : nil }
    }

    /// Appends what `make` puts into an empty buffer. Records stand in the file in the order in which they were made.
    func append(_ make: (inout [UInt8]) -> Void) {
        guard getpid() == process else { return }
        state.withLock { state in
            guard state.descriptor >= 0 else { return }
            var bytes: [UInt8] = []
            make(&bytes)
            if Self.write(bytes, to: state.descriptor, at: state.byteCount) {
                state.byteCount += bytes.count
            } else {
                // What is there stays readable.
                ftruncate(state.descriptor, state.byteCount)
                close(state.descriptor)
                state.descriptor = -1
            }
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, at offset: Int) -> Bool {
        // Beyond the limit on file sizes a signal would end the process.
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0,
            limit.rlim_cur < UInt(offset + bytes.count)
        {
            return false
        }
        return bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let count = Glibc.write(descriptor, buffer.baseAddress! + done, buffer.count - done)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { return false }
                done += count
            }
            return true
        }
    }
}
