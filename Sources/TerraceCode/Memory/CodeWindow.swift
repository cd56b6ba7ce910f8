// The one place in a process where code is writable through memory.

import CTerrace
import TerraceThreads

#if canImport(Glibc)
    import Glibc
#endif

/// A writable view of the segment that functions are being appended to, at an address of its own: a system call for each
/// of thousands of small functions would take longer than compiling them.
///
/// There is at most one in the process, over the newest open segment, and so over at most ``Code/largestSegmentBytes``. It
/// closes when another opens, when its segment is sealed or dies, when a module is compiled completely, and before a
/// fork. All other code is written by system calls, and lies in no writable view. Thread-safe.
enum CodeWindow {
    private struct View: Sendable {
        /// The code that is seen through the window.
        var code: CodeAddress
        var byteCount: Int
        var writable: UInt
    }

    private static let view = Guarded<View?>(nil)

    /// Opens the window over pages of a file. If that fails, they are written by system calls.
    static func open(over pages: CodeReservation.CodePages, at offset: Int) {
        guard let file = pages.file else { return }
        let populate: Int32 = 0x8000
        let writable = terrace_mmap(
            0, pages.byteCount, PROT_READ | PROT_WRITE, MAP_SHARED | populate, file.descriptor, off_t(offset))
        let new = writable == UInt.max ? nil : View(code: pages.address, byteCount: pages.byteCount, writable: writable)
        view.withLock { view in
            unmap(view)
            view = new
        }
    }

    /// Writes code, if the window is open over its place.
    static func write(_ bytes: UnsafeRawBufferPointer, at address: CodeAddress) -> Bool {
        view.withLock { view in
            guard let view, address.rawValue &- view.code.rawValue < UInt(view.byteCount),
                let target = UnsafeMutableRawPointer(
                    bitPattern: view.writable + (address.rawValue - view.code.rawValue))
            else { return false }
            if let source = bytes.baseAddress { memcpy(target, source, bytes.count) }
            return true
        }
    }

    /// Closes the window, if it is open over the code at an address.
    static func close(over address: CodeAddress) {
        view.withLock { view in
            guard let open = view, open.code == address else { return }
            unmap(view)
            view = nil
        }
    }

    /// Closes the window.
    static func close() {
        view.withLock { view in
            unmap(view)
            view = nil
        }
    }

    private static func unmap(_ view: View?) {
        if let view { munmap(UnsafeMutableRawPointer(bitPattern: view.writable), view.byteCount) }
    }
}
