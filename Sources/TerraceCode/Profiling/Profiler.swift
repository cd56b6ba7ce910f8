// The profilers that a process can tell of its code.

/// A profiler or debugger that an engine tells of machine code: what is where, what it is called and of which tier it is.
///
/// Functions appear as `wasm::TIER::NAME`, with the name from the name section, that of an export, or `function_INDEX`;
/// stubs as `wasm::stub::…`.
public enum Profiler: String, Sendable, Hashable, CaseIterable {
    /// `perf report`, by names alone: a file `/tmp/perf-PID.map`. From then on the process's new code lies in private pages,
    /// a page or more for each function: `perf` would not look for names elsewhere.
    case perfMap = "perfmap"
    /// `perf inject --jit`, with the code's bytes: a file `jit-PID.dump` in the working directory. Record with
    /// `perf record -k mono`.
    case jitDump = "jitdump"
    /// GDB and LLDB, through their interface for just-in-time compilers. Costs memory for as long as code lives.
    ///
    /// Breakpoints must be hardware ones (`hbreak`): debuggers cannot write to code, whose pages are shared with another
    /// mapping.
    case debugger = "gdb"

    private static let perfMapResult = Result<any CodeProfiler, ProfilerError> { () throws(ProfilerError) in
        try PerfMap()
    }
    private static let jitDumpResult = Result<any CodeProfiler, ProfilerError> { () throws(ProfilerError) in
        try JitDump()
    }

    /// The process's way to tell the profiler; made at the first call.
    public func start() throws(ProfilerError) -> any CodeProfiler {
        switch self {
        case .perfMap: try Self.perfMapResult.get()
        case .jitDump: try Self.jitDumpResult.get()
        case .debugger: DebuggerInterface.process
        }
    }
}
