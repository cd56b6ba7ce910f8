// The address space that all code comes from. It knows pages, not what they hold.
//
// Two views of one anonymous file: code is written through one and runs through the other, so no page is ever writable
// and executable through the same mapping. Entry cells lie on ordinary private pages inside the executable view's
// range, so that code reaches them with a 32-bit displacement; those pages are never executable.

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

    /// First byte of the executable view.
    public let base: CodeAddress
    /// Bytes of address space.
    public let byteCount: Int
    /// All published blocks of this reservation.
    public let map: CodeBlockMap
    /// Distance from a place in the executable view to the same place in the writable view.
    private let writableDistance: Int
    let records: CodeBlockRecordPool
    private let state: Guarded<State>

    private struct State {
        /// Pages that belong to nobody: inaccessible in both views.
        var free: PageExtents
        /// Pages mapped for data, all zero, that belong to nobody.
        var freeData = PageExtents()
        var codeBytes = 0
        var dataBytes = 0
    }

    /// Bytes in use.
    public struct Usage: Sendable, Equatable {
        /// Of segments.
        public var codeBytes: Int
        /// Of data pages: entry cells.
        public var dataBytes: Int
    }

    static let processResult: Result<CodeReservation, CodeError> = {
        var size = 2 << 30
        while true {
            do throws(CodeError) { return .success(try CodeReservation(byteCount: size)) } catch {
                // Less room is better than none: limits on address space are common in containers.
                size /= 2
                if size < 16 << 20 { return .failure(error) }
            }
        }
    }()

    /// The reservation that all engines of this process share; made at the first call.
    public static func process() throws(CodeError) -> CodeReservation { try processResult.get() }

    /// Reserves address space (and no memory).
    /// - Parameter byteCount: a multiple of the page size, at most 2 GiB.
    public init(byteCount: Int) throws(CodeError) {
        precondition(byteCount > 0 && byteCount <= 2 << 30 && byteCount % Self.pageSize == 0)
        guard let views = Self.mapViews(byteCount) else { throw .reservationFailed }
        guard let map = CodeBlockMap(base: CodeAddress(rawValue: views.executable), byteCount: byteCount) else {
            Self.unmapViews(views, byteCount)
            throw .outOfMemory
        }
        base = CodeAddress(rawValue: views.executable)
        self.byteCount = byteCount
        self.map = map
        writableDistance = Int(bitPattern: views.writable) - Int(bitPattern: views.executable)
        records = CodeBlockRecordPool()
        state = Guarded(State(free: PageExtents(start: 0, count: byteCount / Self.pageSize)))
    }

    deinit {
        map.destroy()
        let executable = base.rawValue
        Self.unmapViews((executable, UInt(bitPattern: Int(bitPattern: executable) + writableDistance)), byteCount)
    }

    /// Maps an anonymous file twice, without access.
    private static func mapViews(_ byteCount: Int) -> (executable: UInt, writable: UInt)? {
        // A size beyond the file-size limit would raise a signal instead of failing.
        var limit = rlimit()
        if getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0,
            limit.rlim_cur < UInt(byteCount)
        {
            return nil
        }
        let closeOnExec: UInt32 = 1
        let executable: UInt32 = 0x10  // kernels before 6.3 do not know it, and need no permission
        var file = terrace_memfd_create("terrace-code", closeOnExec | executable)
        if file < 0 { file = terrace_memfd_create("terrace-code", closeOnExec) }
        guard file >= 0 else { return nil }
        defer { close(file) }  // the mappings keep the file alive
        guard ftruncate(file, byteCount) == 0 else { return nil }
        let flags = MAP_SHARED | MAP_NORESERVE
        let code = terrace_mmap(0, byteCount, PROT_NONE, flags, file, 0)
        guard code != UInt.max else { return nil }
        let writable = terrace_mmap(0, byteCount, PROT_NONE, flags, file, 0)
        guard writable != UInt.max else {
            munmap(UnsafeMutableRawPointer(bitPattern: code), byteCount)
            return nil
        }
        // A forked child shares the file: without this view it cannot change its parent's code.
        madvise(UnsafeMutableRawPointer(bitPattern: writable), byteCount, MADV_DONTFORK)
        return (code, writable)
    }

    private static func unmapViews(_ views: (executable: UInt, writable: UInt), _ byteCount: Int) {
        munmap(UnsafeMutableRawPointer(bitPattern: views.executable), byteCount)
        munmap(UnsafeMutableRawPointer(bitPattern: views.writable), byteCount)
    }

    /// Whether an address lies in the reservation.
    public func contains(_ address: CodeAddress) -> Bool {
        address.rawValue &- base.rawValue < UInt(byteCount)
    }

    public var usage: Usage { state.withLock { Usage(codeBytes: $0.codeBytes, dataBytes: $0.dataBytes) } }

    /// Where the bytes at an address are written.
    func writable(_ address: CodeAddress) -> UnsafeMutableRawPointer {
        UnsafeMutableRawPointer(bitPattern: Int(bitPattern: address.rawValue) + writableDistance)!
    }

    private func address(ofPage page: Int) -> UInt { base.rawValue + UInt(page * Self.pageSize) }

    static func roundedToPages(_ byteCount: Int) -> Int { (byteCount + pageSize - 1) & ~(pageSize - 1) }

    /// Takes pages for code, filled with trapping bytes: executable through their address, writable through
    /// ``writable(_:)``.
    func allocateCode(byteCount: Int) throws(CodeError) -> CodeAddress {
        let bytes = Self.roundedToPages(max(byteCount, 1))
        try FailureInjection.check(ObjectIdentifier(self), .codeMemoryExhausted)
        let start = state.withLock { state -> UInt? in
            guard let page = state.free.takeLowest(bytes / Self.pageSize) else { return nil }
            state.codeBytes += bytes
            return address(ofPage: page)
        }
        guard let start else { throw .codeMemoryExhausted }
        let code = CodeAddress(rawValue: start)
        let target = writable(code)
        guard mprotect(target, bytes, PROT_READ | PROT_WRITE) == 0 else {
            giveBackCode(code, bytes)
            throw .codeMemoryExhausted
        }
        // One call instead of a fault per page; where the kernel does not know it, the fill faults the pages in.
        let populateForWriting: Int32 = 23
        madvise(target, bytes, populateForWriting)
        memset(target, Int32(CodeSegment.trapByte), bytes)
        guard mprotect(UnsafeMutableRawPointer(bitPattern: start), bytes, PROT_READ | PROT_EXEC) == 0 else {
            releaseCode(code, byteCount: bytes)
            throw .codeMemoryExhausted
        }
        return code
    }

    /// Gives pages back: no thread runs in them or will.
    func releaseCode(_ address: CodeAddress, byteCount: Int) {
        let bytes = Self.roundedToPages(max(byteCount, 1))
        let target = writable(address)
        mprotect(UnsafeMutableRawPointer(bitPattern: address.rawValue), bytes, PROT_NONE)
        madvise(target, bytes, MADV_REMOVE)  // frees the file's memory
        mprotect(target, bytes, PROT_NONE)
        giveBackCode(address, bytes)
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
                state.free.insert(start: start, count: run)
                throw .codeMemoryExhausted
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
