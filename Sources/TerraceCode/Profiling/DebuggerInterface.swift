// The interface of GDB and LLDB to code that is in no file: a list of object files in memory, and a function with a
// breakpoint of theirs that is called when the list changes.
//
// https://sourceware.org/gdb/current/onlinedocs/gdb.html/JIT-Interface.html

import CTerrace
import TerraceThreads

#if canImport(Glibc)
    import Glibc
#endif

/// Tells a debugger of code, as long as it lives. One object file per block.
///
/// There is one list in a process (``process``), which other compilers in it may share.
final class DebuggerInterface: CodeProfiler {
    static let process = DebuggerInterface()

    // By the address of the block. The entries are this object's, the list that they are in is guarded by the lock.
    private struct State: @unchecked Sendable {
        var entries: [CodeAddress: UnsafeMutablePointer<terrace_jit_entry>] = [:]
    }
    private let state = Guarded(State())

    /// Blocks that the debugger knows of.
    var count: Int { state.withLock { $0.entries.count } }

    /// The object file of a block; nil if the debugger was not told of it.
    func object(at base: CodeAddress) -> [UInt8]? {
        state.withLock { state in
            guard let entry = state.entries[base] else { return nil }
            return Array(UnsafeRawBufferPointer(start: entry.pointee.object, count: Int(entry.pointee.object_size)))
        }
    }

    func add(_ code: NamedCode) {
        let object = ObjectFile(code).bytes
        guard let memory = malloc(MemoryLayout<terrace_jit_entry>.stride + object.count) else { return }
        let entry = memory.bindMemory(to: terrace_jit_entry.self, capacity: 1)
        let copy = memory + MemoryLayout<terrace_jit_entry>.stride
        object.withUnsafeBytes { copy.copyMemory(from: $0.baseAddress!, byteCount: object.count) }
        entry.initialize(
            to: terrace_jit_entry(next: nil, previous: nil, object: copy, object_size: UInt64(object.count)))
        state.withLock { state in
            state.entries[code.base] = entry
            terrace_jit_register(entry)
        }
    }

    func remove(at base: CodeAddress) {
        state.withLock { state in
            guard let entry = state.entries.removeValue(forKey: base) else { return }
            terrace_jit_unregister(entry)
            free(entry)
        }
    }
}
