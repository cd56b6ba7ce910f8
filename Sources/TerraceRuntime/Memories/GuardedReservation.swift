// Address space for one guarded 32-bit memory: every address that an i32 index plus a 32-bit offset can reach is
// reserved, so that compiled code needs no bounds check.

import CTerrace
import Glibc
import TerraceABI

/// A reservation of address space, with the part of it that is accessible. Owned by a memory or by the pool.
struct GuardedReservation {
    /// See ``MemoryGuard``.
    static var reservedBytes: UInt { MemoryGuard.reservedBytes }

    let base: UInt
    /// Bytes from the base that are readable and writable; a multiple of the system's page size.
    private(set) var accessibleBytes = 0
    /// The image mapped into the accessible part, if any.
    private(set) var image: MemoryImage?

    /// Reserves address space; nil if the system refuses.
    static func reserve() -> GuardedReservation? {
        // What compiled code relies on when it leaves out its checks.
        precondition(MemoryGuard.reachableBytes <= reservedBytes)
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        let base = terrace_mmap(0, Int(reservedBytes), PROT_NONE, flags, -1, 0)
        guard base != UInt.max else { return nil }
        guard GuardedRanges.insert(base: base) else {
            munmap(UnsafeMutableRawPointer(bitPattern: base), Int(reservedBytes))
            return nil
        }
        return GuardedReservation(base: base)
    }

    private init(base: UInt) { self.base = base }

    func release() {
        GuardedRanges.remove(base: base)
        munmap(UnsafeMutableRawPointer(bitPattern: base), Int(Self.reservedBytes))
    }

    /// Makes exactly the first `bytes` bytes accessible, showing the image (or zeros). The reservation must be clean.
    mutating func prepare(image newImage: MemoryImage?, bytes: Int) -> Bool {
        if image !== newImage {
            guard reset() else { return false }
            if let newImage {
                let flags = MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE
                let address = base + UInt(newImage.start)
                guard
                    terrace_mmap(
                        address, newImage.byteCount, PROT_READ | PROT_WRITE, flags, newImage.fileDescriptor, 0)
                        == address
                else { return false }
                image = newImage
                if newImage.start > 0, !protect(from: 0, to: newImage.start, PROT_READ | PROT_WRITE) { return false }
                accessibleBytes = newImage.start + newImage.byteCount
            }
        }
        return resize(to: bytes)
    }

    /// Makes exactly the first `bytes` bytes accessible. Bytes that were not accessible read as zero.
    mutating func resize(to bytes: Int) -> Bool {
        if bytes > accessibleBytes {
            guard protect(from: accessibleBytes, to: bytes, PROT_READ | PROT_WRITE) else { return false }
        } else if bytes < accessibleBytes {
            guard protect(from: bytes, to: accessibleBytes, PROT_NONE) else { return false }
        }
        accessibleBytes = bytes
        return true
    }

    /// Drops everything written, keeping the mappings: the accessible part shows the image and zeros again.
    mutating func clean() -> Bool {
        accessibleBytes == 0
            || madvise(UnsafeMutableRawPointer(bitPattern: base), accessibleBytes, MADV_DONTNEED) == 0
    }

    /// Back to an inaccessible, empty reservation.
    private mutating func reset() -> Bool {
        let mapped = max(accessibleBytes, image.map { $0.start + $0.byteCount } ?? 0)
        image = nil
        accessibleBytes = 0
        guard mapped > 0 else { return true }
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED
        return terrace_mmap(base, mapped, PROT_NONE, flags, -1, 0) == base
    }

    private func protect(from: Int, to: Int, _ protection: Int32) -> Bool {
        mprotect(UnsafeMutableRawPointer(bitPattern: base + UInt(from)), to - from, protection) == 0
    }
}
