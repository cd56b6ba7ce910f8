// The map file of `perf`: a line of text per function and stub, read when `perf report` runs.

#if canImport(Glibc)
    import Glibc
#endif

/// Writes `/tmp/perf-PID.map`, where `perf` looks for the names of code that is in no file.
///
/// The form has no words for code that goes away: where code space was used twice, `perf` may take either name. ``JitDump``
/// tells such uses apart.
final class PerfMap: CodeProfiler {
    private let file: ProfilerFile

    /// - Parameter path: nil = where `perf` looks.
    init(path: String? = nil) throws(ProfilerError) {
        file = try ProfilerFile(path: path ?? "/tmp/perf-\(getpid()).map")
    }

    func add(_ code: NamedCode) {
        file.append { bytes in
            for symbol in code.symbols {
                let address = String(code.address(of: symbol), radix: 16)
                bytes += "\(address) \(String(symbol.byteCount, radix: 16)) \(symbol.name)\n".utf8
            }
        }
    }

    func remove(at base: CodeAddress) {}
}
