// The anonymous file behind code pages: what makes it possible to add to pages in which code runs. It knows offsets, not
// addresses.

import CTerrace

#if canImport(Glibc)
    import Glibc
#endif

/// An anonymous file whose pages are mapped executable, and written by system calls: no mapping of it is ever writable.
/// Places in it have the offsets that their addresses have in the reservation.
///
/// Thread-safe. Lives as long as a segment in it, or as long as new segments shall lie in it.
final class CodeFile: Sendable {
    // Never written after its making.
    nonisolated(unsafe) private static let trapPage: UnsafeMutableRawBufferPointer = {
        let page = UnsafeMutableRawBufferPointer.allocate(byteCount: CodeReservation.pageSize, alignment: 64)
        _ = page.initializeMemory(as: UInt8.self, repeating: CodeSegment.trapByte)
        return page
    }()

    /// The fork epoch that the file was made in: in any other its contents must not change.
    let epoch: UInt
    let descriptor: Int32
    /// Where the file's own position stands, a random number far beyond any file's end; nobody moves it. To ask for it
    /// takes half the time of asking for the file's number.
    private let mark: Int

    init(epoch: UInt) throws(CodeError) {
        let closeOnExec: UInt32 = 1
        let executable: UInt32 = 0x10  // kernels before 6.3 do not know it, and need no permission
        var file = terrace_memfd_create("terrace-code", closeOnExec | executable)
        if file < 0 { file = terrace_memfd_create("terrace-code", closeOnExec) }
        file = aboveStandardStreams(file)
        guard file >= 0 else { throw .refused(.codeFile, errno: errno) }
        mark = Int.random(in: 1 << 61..<1 << 62)
        guard lseek(file, mark, SEEK_SET) == mark else {
            let reason = errno
            close(file)
            throw .refused(.codeFile, errno: reason)
        }
        self.epoch = epoch
        descriptor = file
    }

    deinit { if isOurs { close(descriptor) } }

    /// Whether the descriptor still is this file: hosts that become daemons close whatever they find.
    private var isOurs: Bool { lseek(descriptor, 0, SEEK_CUR) == mark }

    /// Whether contents may change: no child shares them.
    var isCurrent: Bool { epoch == ForkGuard.epoch }

    /// Whether new code may be put here.
    var isUsable: Bool { isCurrent && isOurs }

    /// Why `count` bytes at an offset cannot be written. A write beyond the limit on files would raise a signal that ends
    /// the process.
    private func check(_ offset: Int, _ count: Int) throws(CodeError) {
        guard isUsable else { throw .refused(.codeFile, errno: EBADF) }
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0, limit.rlim_cur < UInt(offset + count) {
            throw .refused(.codeFile, errno: EFBIG)
        }
    }

    /// Writes bytes. On failure, part of them may have been written.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(CodeError) {
        try check(offset, bytes.count)
        var done = 0
        while done < bytes.count {
            let count = pwrite(descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .refused(.codeFile, errno: count < 0 ? errno : EIO) }
            done += count
        }
    }

    /// Writes trapping bytes.
    func fill(at offset: Int, count: Int) throws(CodeError) {
        guard count > 0 else { return }
        try check(offset, count)
        let page = Self.trapPage
        let vectorCount = min((count + page.count - 1) / page.count, 64)
        try withUnsafeTemporaryAllocation(of: iovec.self, capacity: vectorCount) { (vectors) throws(CodeError) in
            vectors.initialize(repeating: iovec(iov_base: page.baseAddress, iov_len: page.count))
            var done = 0
            while done < count {
                let rest = count - done
                var used = min(rest / page.count, vectorCount)
                if used == 0 {
                    used = 1
                    vectors[0].iov_len = rest
                }
                let written = pwritev(descriptor, vectors.baseAddress, Int32(used), off_t(offset + done))
                if written < 0, errno == EINTR { continue }
                guard written > 0 else { throw .refused(.codeFile, errno: written < 0 ? errno : EIO) }
                done += written
            }
        }
    }

    /// Gives memory back, unless a child may be running what it holds.
    func release(at offset: Int, count: Int) {
        if isUsable { _ = terrace_punch_hole(descriptor, off_t(offset), off_t(count)) }
    }
}
