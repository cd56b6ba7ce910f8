// What a test may measure about itself on a machine that others use too: time of its own thread on a processor, and the
// most memory that its process has had. A test that measures memory runs in a process of its own.

#if canImport(Glibc)
    import Glibc
#endif

/// Processor time of the calling thread: neither other threads nor a machine that was stopped add to it.
func threadTime() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}

/// The most memory that this process has ever had at once. (Not `getrusage`, which begins with what the parent had.)
struct PeakMemory: ~Copyable {
    private let status = open("/proc/self/status", O_RDONLY | O_CLOEXEC)

    deinit { close(status) }

    var bytes: Int {
        withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
            let count = max(pread(status, buffer.baseAddress!, buffer.count - 1, 0), 0)
            buffer[count] = 0
            let text = buffer.baseAddress!.assumingMemoryBound(to: CChar.self)
            guard let field = strstr(text, "VmHWM:") else { return 0 }
            return atol(field + 6) << 10
        }
    }
}
