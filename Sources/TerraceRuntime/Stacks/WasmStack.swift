// Stacks for WebAssembly code, apart from the threads' own: their depth does not depend on the thread, and running
// into their limit is a trap. They are address space; the system gives memory to what is used of it.

import CTerrace
import Glibc
import TerraceThreads

/// One stack: an inaccessible page, room for signal frames, the usable part. Grows downwards.
struct WasmStack {
    /// Left below the limit for the frames of signal handlers, for what entry stubs push and for the stubs that do not check
    /// the limit.
    static let slackBytes = 128 << 10
    static let guardBytes = 4096
    /// How much of a stack's top keeps its memory while nobody uses the stack.
    private static let keptBytes = 256 << 10
    /// Frames write something nonzero every few words: whoever went deeper has left a trace in a piece of this size.
    private static let traceBytes = 1024

    let mapping: UInt
    let mappedBytes: Int

    /// Lowest address that a frame of compiled code may reach.
    var limit: UInt { mapping + UInt(Self.guardBytes + Self.slackBytes) }
    /// First address above the stack; 16-aligned.
    var top: UInt { mapping + UInt(mappedBytes) }

    /// Maps a stack of (at least) some size; a negative one counts as 0.
    init(usableBytes: Int) throws(ResourceLimitError) {
        let page = 4096
        let usable = max(usableBytes, 0)
        // The address space is smaller than this; and the sums below cannot overflow.
        guard usable < 1 << 47 else {
            throw ResourceLimitError("a stack of \(usable) bytes for WebAssembly code cannot be mapped", ENOMEM)
        }
        mappedBytes = Self.guardBytes + Self.slackBytes + ((usable + page - 1) & ~(page - 1))
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        mapping = terrace_mmap(0, mappedBytes, PROT_READ | PROT_WRITE, flags, -1, 0)
        guard mapping != UInt.max else {
            let reason = errno
            throw ResourceLimitError("a stack of \(usable) bytes for WebAssembly code cannot be mapped", reason)
        }
        // Where the system likes huge pages, one byte of stack would take two megabytes. A system without them says no.
        madvise(UnsafeMutableRawPointer(bitPattern: mapping), mappedBytes, MADV_NOHUGEPAGE)
        guard mprotect(UnsafeMutableRawPointer(bitPattern: mapping), Self.guardBytes, PROT_NONE) == 0 else {
            let reason = errno
            release()
            throw ResourceLimitError("the guard page of a stack for WebAssembly code cannot be protected", reason)
        }
    }

    func release() { munmap(UnsafeMutableRawPointer(bitPattern: mapping), mappedBytes) }

    /// What is on the stack, from its pointer to its beginning.
    func words(from stackPointer: UInt) -> UnsafeBufferPointer<UInt> {
        precondition(stackPointer >= mapping && stackPointer <= top && stackPointer & 7 == 0)
        return UnsafeBufferPointer(
            start: UnsafePointer<UInt>(bitPattern: stackPointer), count: Int(top - stackPointer) / 8)
    }

    /// Gives back the memory of the deep part if it was used. The contents of an unused stack mean nothing.
    func trim() {
        guard let start = UnsafeMutableRawPointer(bitPattern: limit), mappedBytes > Self.keptBytes * 2 else { return }
        let kept = top - UInt(Self.keptBytes)
        guard let trace = UnsafePointer<UInt>(bitPattern: kept - UInt(Self.traceBytes)) else { return }
        let words = UnsafeBufferPointer(start: trace, count: Self.traceBytes / MemoryLayout<UInt>.size)
        if words.contains(where: { $0 != 0 }) { madvise(start, Int(kept - limit), MADV_DONTNEED) }
    }
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

    func take() throws(ResourceLimitError) -> WasmStack {
        if let stack = free.withLock({ $0.popLast() }) { return stack }
        return try WasmStack(usableBytes: usableBytes)
    }

    func give(_ stack: WasmStack) {
        stack.trim()
        let kept = free.withLock { list in
            guard list.count < capacity else { return false }
            list.append(stack)
            return true
        }
        if !kept { stack.release() }
    }
}
