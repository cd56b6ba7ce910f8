// How much of the host's stack is left: calls that nest through host functions must not run into its end.

import CTerrace
import Glibc

/// The bounds of a thread's own stack, kept for the thread that asked last.
struct HostStack {
    /// What must be left below for whatever a host function does.
    private static let reserveBytes: UInt = 64 << 10

    private var thread: pthread_t?
    private var low: UInt = 0
    private var high: UInt = 0

    /// Whether a nested call may begin with the stack at an address. On a stack that is not the thread's own (of a library
    /// for coroutines, say) nothing is known, and it may.
    mutating func hasRoom(at address: UInt) -> Bool {
        let current = pthread_self()
        if thread != current { readBounds(of: current) }
        guard address >= low, address < high else { return true }
        return address - low > Self.reserveBytes
    }

    /// Costs microseconds: the C library may have to read a file.
    private mutating func readBounds(of current: pthread_t) {
        thread = current
        if terrace_stack_bounds(&low, &high) != 0 { (low, high) = (0, 0) }
    }
}
