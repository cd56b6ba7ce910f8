// The one place in a process where code is writable through memory.

import CTerrace
import Synchronization
import TerraceThreads

#if canImport(Glibc)
    import Glibc
#endif

/// A writable view of the segment that functions are being appended to, at an address of its own: a system call for each
/// of thousands of small functions would take longer than compiling them.
///
/// There is at most one in the process, over a segment that is open for more, and so over at most
/// ``Code/largestSegmentBytes``. It opens when much is written, and goes on to the next segment while that lasts. It closes when nothing was written for a moment, when another opens, when its segment is sealed or dies, when a module is
/// compiled completely, and before a fork. All other code is written by system calls, and lies in no writable view.
/// Thread-safe.
///
/// The moment is kept by a thread that lives as long as the window is open. Where there can be no such thread, there is no
/// window.
enum CodeWindow {
    private struct View: Sendable {
        /// The code that is seen through the window.
        var code: CodeAddress
        var byteCount: Int
        var writable: UInt
    }

    private struct State {
        var view: View?
        /// How often something was written or a window opened.
        var uses = 0
        /// Writes by system calls since a window was opened last.
        var writesOutside = 0
        /// The process whose thread watches; 0 = none. A forked child has no such thread.
        var watchedIn: pid_t = 0
    }

    private static let state = Guarded(State())

    /// How long nothing is written until the window closes, at most twice as long. Tests may want another time.
    static let quietNanoseconds = Atomic<Int>(2_000_000)
    /// Tests set it: as where no thread can be had.
    static let isThreadForbidden = Atomic<Bool>(false)
    private static let threadStackBytes = 64 << 10
    /// From so many writes on a window is worth its mapping and its thread: short programs have fewer functions. Tests may
    /// want another number.
    static let writesWorthAWindow = Atomic<Int>(64)

    /// Moves on to new pages, which are at an offset of their file, if the window is open.
    static func follow(to pages: CodeReservation.CodePages, at offset: Int) {
        if state.withLock({ $0.view != nil }) { open(over: pages, at: offset) }
    }

    /// Code was written by a system call into pages that more may be appended to. Opens the window if that happens often.
    static func noteWrite(to pages: CodeReservation.CodePages, at offset: Int) {
        let limit = writesWorthAWindow.load(ordering: .relaxed)
        let isWorthIt = state.withLock { state in
            state.writesOutside += 1
            guard state.writesOutside > limit else { return false }
            state.writesOutside = 0
            return true
        }
        if isWorthIt { open(over: pages, at: offset) }
    }

    /// Opens the window over pages of a file. If that fails, they are written by system calls.
    private static func open(over pages: CodeReservation.CodePages, at offset: Int) {
        guard let file = pages.file, file.isCurrent else { return }
        let populate: Int32 = 0x8000
        let writable = terrace_mmap(
            0, pages.byteCount, PROT_READ | PROT_WRITE, MAP_SHARED | populate, file.descriptor, off_t(offset))
        let new = writable == UInt.max ? nil : View(code: pages.address, byteCount: pages.byteCount, writable: writable)
        state.withLock { state in
            unmap(state.view)
            state.view = new
            guard new != nil else { return }
            state.uses += 1
            if state.watchedIn == getpid() { return }
            if startWatching() {
                state.watchedIn = getpid()
            } else {
                unmap(state.view)
                state.view = nil
            }
        }
    }

    /// Writes code, if the window is open over its place.
    static func write(_ bytes: UnsafeRawBufferPointer, at address: CodeAddress) -> Bool {
        state.withLock { state in
            guard let view = state.view, address.rawValue &- view.code.rawValue < UInt(view.byteCount),
                let target = UnsafeMutableRawPointer(
                    bitPattern: view.writable + (address.rawValue - view.code.rawValue))
            else { return false }
            if let source = bytes.baseAddress { memcpy(target, source, bytes.count) }
            state.uses += 1
            return true
        }
    }

    /// Closes the window, if it is open over the code at an address.
    static func close(over address: CodeAddress) {
        state.withLock { state in
            guard let open = state.view, open.code == address else { return }
            unmap(open)
            state.view = nil
        }
    }

    /// Closes the window.
    static func close() {
        state.withLock { state in
            unmap(state.view)
            state.view = nil
        }
    }

    /// Starts the thread that closes the window.
    private static func startWatching() -> Bool {
        if isThreadForbidden.load(ordering: .relaxed) { return false }
        var thread = pthread_t()
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, threadStackBytes)
        let result = pthread_create(
            &thread, &attributes,
            { _ in
                CodeWindow.watch()
                return nil
            }, nil)
        pthread_attr_destroy(&attributes)
        return result == 0
    }

    /// Closes the window when it has not been used for a while, and ends.
    private static func watch() {
        // Handlers of the host's must not run on this small stack.
        var signals = sigset_t()
        sigfillset(&signals)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        var seen = -1
        while true {
            let nanoseconds = quietNanoseconds.load(ordering: .relaxed)
            var time = timespec(tv_sec: nanoseconds / 1_000_000_000, tv_nsec: nanoseconds % 1_000_000_000)
            nanosleep(&time, nil)
            let uses = state.withLock { [seen] state -> Int? in
                if state.uses == seen {
                    unmap(state.view)
                    state.view = nil
                }
                if state.view == nil { state.watchedIn = 0 }
                return state.view == nil ? nil : state.uses
            }
            guard let uses else { return }
            seen = uses
        }
    }

    private static func unmap(_ view: View?) {
        if let view { munmap(UnsafeMutableRawPointer(bitPattern: view.writable), view.byteCount) }
    }
}
