// The initial contents of a memory as an anonymous file, mapped copy-on-write into each new memory.

import CTerrace
import Glibc
import TerraceCode

/// Immutable initial contents of a memory, shared by all instances of a module.
final class MemoryImage: Sendable {
    /// Where the image begins in the memory, a multiple of the system's page size.
    let start: Int
    /// Size of the image, a multiple of the system's page size.
    let byteCount: Int
    let fileDescriptor: Int32

    static let systemPageSize = 4096

    /// Builds an image from chunks given by their offset in the memory; later chunks overwrite earlier ones.
    /// Returns nil if there is nothing to map or the system refuses.
    init?(chunks: [(offset: Int, bytes: UnsafeRawBufferPointer)]) {
        var low = Int.max
        var high = 0
        for chunk in chunks where !chunk.bytes.isEmpty {
            low = min(low, chunk.offset)
            high = max(high, chunk.offset + chunk.bytes.count)
        }
        guard low < high else { return nil }
        let page = Self.systemPageSize
        start = low & ~(page - 1)
        byteCount = ((high + page - 1) & ~(page - 1)) - start
        // A size beyond the file-size limit would raise a signal instead of failing.
        var limit = rlimit()
        let isLimited =
            getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 && limit.rlim_cur < UInt(byteCount)
        fileDescriptor = isLimited ? -1 : Self.makeFile()
        guard fileDescriptor >= 0 else { return nil }
        guard ftruncate(fileDescriptor, off_t(byteCount)) == 0 else { return nil }
        for chunk in chunks {
            var bytes = chunk.bytes
            var position = chunk.offset - start
            while !bytes.isEmpty {
                let written = pwrite(fileDescriptor, bytes.baseAddress!, bytes.count, off_t(position))
                if written < 0 {
                    if errno == EINTR { continue }
                    return nil
                }
                position += written
                bytes = UnsafeRawBufferPointer(rebasing: bytes[written...])
            }
        }
        // All instances of the module begin with these bytes: nobody who finds the descriptor can change them.
        _ = fcntl(fileDescriptor, Self.addSeals, Self.seals)
    }

    private static let addSeals: Int32 = 1033
    /// Against more seals, shrinking, growing and writing.
    private static let seals: Int32 = 1 | 2 | 4 | 8

    deinit { if fileDescriptor >= 0 { close(fileDescriptor) } }

    /// An anonymous file, or -1.
    private static func makeFile() -> Int32 {
        let closeOnExec: UInt32 = 1
        let allowSealing: UInt32 = 2
        return aboveStandardStreams(terrace_memfd_create("terrace-memory-image", closeOnExec | allowSealing))
    }
}
