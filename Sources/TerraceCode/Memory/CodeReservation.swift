// The address space that all code comes from. It knows pages, not what they hold.
//
// Code pages are executable mappings of an anonymous file (``CodeFile``), which is written by system calls: no mapping of it
// is ever writable. Where there can be no such file, a block gets private pages of its own, which are writable while it is
// written there, and executable from then on. Entry cells lie on ordinary private pages in the same range, so that code
// reaches them with a 32-bit displacement; those pages are never executable.

import CTerrace
import TerraceThreads

#if canImport(Glibc)
    import Glibc
#endif

/// One large range of addresses for code; any two places in it reach each other with a 32-bit displacement.
///
/// Thread-safe. A process normally has one, ``process()``; tests make small ones of their own.
public final class CodeReservation: Sendable {
    /// Unit of allocation.
    public static let pageSize = 4096
    /// Data pages are mapped in runs of at least this many, so that small modules cost no system call.
    private static let dataRunPages = 64

    /// First byte.
    public let base: CodeAddress
    /// Bytes of address space.
    public let byteCount: Int
    /// All published blocks of this reservation.
    public let map: CodeBlockMap
    let records: CodeBlockRecordPool
    private let state: Guarded<State>

    private struct State {
        /// Pages that belong to nobody: inaccessible.
        var free: Extents
        /// Pages mapped for data, all zero, that belong to nobody.
        var freeData = Extents()
        var codeBytes = 0
        var dataBytes = 0
        /// Where new segments go. Segments of earlier files keep those.
        var file: CodeFile?
        /// The system does not grant files, and will not.
        var isFileForbidden: Bool
    }

    /// Bytes in use.
    public struct Usage: Sendable, Equatable {
        /// Of segments.
        public var codeBytes: Int
        /// Of data pages: entry cells.
        public var dataBytes: Int
    }

    private static let shared = Guarded<CodeReservation?>(nil)

    /// The reservation that all engines of this process share; made at the first call. After a failure the next call tries
    /// again.
    public static func process() throws(CodeError) -> CodeReservation {
        try shared.withLock { (shared) throws(CodeError) in
            if let shared { return shared }
            let reservation = try makeLarge()
            CodeBlockMap.setProcess(reservation.map)
            shared = reservation
            return reservation
        }
    }

    /// As large as can be had: less room is better than none, and limits on address space are common in containers.
    private static func makeLarge() throws(CodeError) -> CodeReservation {
        var size = 2 << 30
        while true {
            do throws(CodeError) { return try CodeReservation(byteCount: size) } catch {
                size /= 2
                if size < 16 << 20 { throw error }
            }
        }
    }

    /// Reserves address space (and no memory).
    /// - Parameters:
    ///   - byteCount: a multiple of the page size, at most 2 GiB.
    ///   - usesFile: false makes the reservation behave as where no file can be had.
    public init(byteCount: Int, usesFile: Bool = true) throws(CodeError) {
        precondition(byteCount > 0 && byteCount <= 2 << 30 && byteCount % Self.pageSize == 0)
        let start = terrace_mmap(0, byteCount, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        guard start != UInt.max else { throw .refused(.addressSpace(byteCount), errno: errno) }
        guard let map = CodeBlockMap(base: CodeAddress(rawValue: start), byteCount: byteCount) else {
            munmap(UnsafeMutableRawPointer(bitPattern: start), byteCount)
            throw .outOfMemory
        }
        base = CodeAddress(rawValue: start)
        self.byteCount = byteCount
        self.map = map
        records = CodeBlockRecordPool()
        let free = Extents(start: 0, count: byteCount / Self.pageSize)
        state = Guarded(State(free: free, isFileForbidden: !usesFile))
    }

    deinit {
        map.destroy()
        munmap(UnsafeMutableRawPointer(bitPattern: base.rawValue), byteCount)
    }

    /// Whether an address lies in the reservation.
    public func contains(_ address: CodeAddress) -> Bool {
        address.rawValue &- base.rawValue < UInt(byteCount)
    }

    public var usage: Usage { state.withLock { Usage(codeBytes: $0.codeBytes, dataBytes: $0.dataBytes) } }

    private func address(ofPage page: Int) -> UInt { base.rawValue + UInt(page * Self.pageSize) }

    static func roundedToPages(_ byteCount: Int) -> Int { (byteCount + pageSize - 1) & ~(pageSize - 1) }

    /// Code pages, and how they are written.
    struct CodePages {
        let address: CodeAddress
        let byteCount: Int
        /// The file that they are pages of; nil for private pages, which are inaccessible until they are written.
        let file: CodeFile?
        /// Whether more code is to be appended later.
        let isAppendable: Bool
    }

    /// Puts all code that is made from now on into private pages, each block into its own: what has to see code as memory
    /// that is no file's, such as `perf` with a map file, sees it then.
    public func usePrivatePages() {
        state.withLock { state in
            state.isFileForbidden = true
            state.file = nil
        }
    }

    /// The file for new segments; nil if there is none to be had now.
    private func currentFile() -> CodeFile? {
        state.withLock { state in
            if let file = state.file, file.isUsable { return file }
            state.file = nil
            guard !state.isFileForbidden else { return nil }
            do throws(CodeError) {
                try FailureInjection.check(ObjectIdentifier(self), .refused(.codeFile, errno: ENOSYS))
                state.file = try CodeFile(epoch: ForkGuard.epoch)
            } catch {
                if case .refused(_, let reason) = error, [ENOSYS, EPERM, EACCES].contains(reason) {
                    state.isFileForbidden = true
                }
            }
            return state.file
        }
    }

    /// Takes pages for `byteCount` bytes of code; if more code can be appended to them later, for `capacity` bytes. What is
    /// beyond `byteCount` (or, of what can be appended to, everything) is filled with trapping bytes.
    func allocateCode(byteCount: Int, capacity: Int) throws(CodeError) -> CodePages {
        let identity = ObjectIdentifier(self)
        try FailureInjection.check(identity, .codeMemoryExhausted)
        if let file = currentFile() {
            let bytes = Self.roundedToPages(max(byteCount, capacity, 1))
            let address = try takeCode(bytes)
            let offset = Int(address.rawValue - base.rawValue)
            let isFilled: Bool
            do throws(CodeError) {
                let start = capacity > byteCount ? 0 : byteCount
                try file.fill(at: offset + start, count: bytes - start)
                isFilled = true
            } catch { isFilled = false }
            let flags = MAP_SHARED | MAP_FIXED
            if isFilled,
                terrace_mmap(address.rawValue, bytes, PROT_READ | PROT_EXEC, flags, file.descriptor, off_t(offset))
                    == address.rawValue
            {
                return CodePages(
                    address: address, byteCount: bytes, file: file, isAppendable: capacity > byteCount)
            }
            file.release(at: offset, count: bytes)
            giveBackCode(address, bytes)
            // No room in the file, or no permission to run what it holds: private pages may fare better.
        }
        let bytes = Self.roundedToPages(max(byteCount, 1))
        return CodePages(address: try takeCode(bytes), byteCount: bytes, file: nil, isAppendable: false)
    }

    /// Writes code that nobody runs yet. Private pages can be written once: they are writable while this runs, and executable
    /// afterwards.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int, in pages: CodePages) throws(CodeError) {
        if let file = pages.file {
            return try file.write(bytes, at: Int(pages.address.rawValue - base.rawValue) + offset)
        }
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED
        guard
            terrace_mmap(pages.address.rawValue, pages.byteCount, PROT_READ | PROT_WRITE, flags, -1, 0)
                == pages.address.rawValue
        else { throw .refused(.executablePages, errno: errno) }
        let target = UnsafeMutableRawPointer(bitPattern: pages.address.rawValue)!
        memset(target, Int32(CodeSegment.trapByte), pages.byteCount)
        if let source = bytes.baseAddress { memcpy(target + offset, source, bytes.count) }
        guard mprotect(target, pages.byteCount, PROT_READ | PROT_EXEC) == 0 else {
            throw .refused(.executablePages, errno: errno)
        }
    }

    /// Writes trapping bytes over code that nobody runs any more. Only where code can be appended.
    func fill(at offset: Int, count: Int, in pages: CodePages) throws(CodeError) {
        try pages.file?.fill(at: Int(pages.address.rawValue - base.rawValue) + offset, count: count)
    }

    /// Gives pages back: no thread runs in them or will.
    func releaseCode(_ pages: CodePages) {
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED
        _ = terrace_mmap(pages.address.rawValue, pages.byteCount, PROT_NONE, flags, -1, 0)
        pages.file?.release(at: Int(pages.address.rawValue - base.rawValue), count: pages.byteCount)
        giveBackCode(pages.address, pages.byteCount)
    }

    private func takeCode(_ bytes: Int) throws(CodeError) -> CodeAddress {
        let start = state.withLock { state -> UInt? in
            guard let page = state.free.takeLowest(bytes / Self.pageSize) else { return nil }
            state.codeBytes += bytes
            return address(ofPage: page)
        }
        guard let start else { throw .codeMemoryExhausted }
        return CodeAddress(rawValue: start)
    }

    private func giveBackCode(_ address: CodeAddress, _ bytes: Int) {
        state.withLock { state in
            state.free.insert(
                start: Int(address.rawValue - base.rawValue) / Self.pageSize, count: bytes / Self.pageSize)
            state.codeBytes -= bytes
        }
    }

    /// Takes zeroed read-write pages that code of this reservation reaches with a 32-bit displacement.
    func allocateData(byteCount: Int) throws(CodeError) -> UnsafeMutableRawPointer {
        let count = Self.roundedToPages(max(byteCount, 1)) / Self.pageSize
        try FailureInjection.check(ObjectIdentifier(self), .codeMemoryExhausted)
        return try state.withLock { state throws(CodeError) in
            if let page = state.freeData.takeLowest(count) {
                state.dataBytes += count * Self.pageSize
                return UnsafeMutableRawPointer(bitPattern: address(ofPage: page))!
            }
            // Data grows down from the end, code up from the start: neighbours merge in the kernel's tables.
            var run = max(count, Self.dataRunPages)
            var start = state.free.takeHighest(run)
            if start == nil {
                run = count
                start = state.free.takeHighest(run)
            }
            guard let start else { throw .codeMemoryExhausted }
            let target = address(ofPage: start)
            let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED
            guard terrace_mmap(target, run * Self.pageSize, PROT_READ | PROT_WRITE, flags, -1, 0) == target else {
                let reason = errno
                state.free.insert(start: start, count: run)
                throw .refused(.dataPages, errno: reason)
            }
            if run > count { state.freeData.insert(start: start + count, count: run - count) }
            state.dataBytes += count * Self.pageSize
            return UnsafeMutableRawPointer(bitPattern: target)!
        }
    }

    /// Gives data pages back. They stay data pages, and lose their contents.
    func releaseData(_ pointer: UnsafeMutableRawPointer, byteCount: Int) {
        let bytes = Self.roundedToPages(max(byteCount, 1))
        madvise(pointer, bytes, MADV_DONTNEED)
        state.withLock { state in
            state.freeData.insert(
                start: Int(UInt(bitPattern: pointer) - base.rawValue) / Self.pageSize, count: bytes / Self.pageSize)
            state.dataBytes -= bytes
        }
    }
}
