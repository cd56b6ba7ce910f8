// Stacks for WebAssembly code, apart from the threads' own: their depth does not depend on the thread, and running
// into their limit is a trap.

import CTerrace
import Glibc
import TerraceThreads

/// One stack: an inaccessible page, room for signal frames, the usable part. Grows downwards.
struct WasmStack {
    /// Left below the limit for the frames of signal handlers, and for the stubs, which do not check the limit.
    static let slackBytes = 128 << 10
    static let guardBytes = 4096

    let mapping: UInt
    let mappedBytes: Int

    /// Lowest address that a frame of compiled code may reach.
    var limit: UInt { mapping + UInt(Self.guardBytes + Self.slackBytes) }
    /// First address above the stack; 16-aligned.
    var top: UInt { mapping + UInt(mappedBytes) }

    init?(usableBytes: Int) {
        let page = 4096
        mappedBytes = Self.guardBytes + Self.slackBytes + ((usableBytes + page - 1) & ~(page - 1))
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        mapping = terrace_mmap(0, mappedBytes, PROT_READ | PROT_WRITE, flags, -1, 0)
        guard mapping != UInt.max else { return nil }
        guard mprotect(UnsafeMutableRawPointer(bitPattern: mapping), Self.guardBytes, PROT_NONE) == 0 else {
            release()
            return nil
        }
    }

    func release() { munmap(UnsafeMutableRawPointer(bitPattern: mapping), mappedBytes) }
}

/// An engine's free stacks.
final class StackPool: Sendable {
    private let usableBytes: Int
    private let capacity: Int
    // A stack is owned by exactly one place: the list, or the store that took it.
    private let free = Guarded<[WasmStack]>([])

    init(usableBytes: Int, capacity: Int) {
        self.usableBytes = usableBytes
        self.capacity = capacity
    }

    deinit { free.withLock { for stack in $0 { stack.release() } } }

    /// A stack; nil if the system refuses.
    func take() -> WasmStack? { free.withLock { $0.popLast() } ?? WasmStack(usableBytes: usableBytes) }

    func give(_ stack: WasmStack) {
        let kept = free.withLock { list in
            guard list.count < capacity else { return false }
            list.append(stack)
            return true
        }
        if !kept { stack.release() }
    }
}
