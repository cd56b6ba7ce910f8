// A barrier that all threads of the process pass at once: what makes a plain store on the calling path enough.

import CTerrace

/// Makes every thread of the process pass a full memory barrier and refetch its instructions, between two instructions of
/// its own choice (`membarrier(2)`). Costs the caller microseconds, threads that do not run nothing, and threads that run
/// one interrupt of the processor. Thread-safe.
enum ProcessBarrier {
    /// False where there is no such thing (kernels before 4.16, sandboxes): then no code is freed before its module's end.
    static func execute() -> Bool { terrace_process_barrier() == 0 }
}
