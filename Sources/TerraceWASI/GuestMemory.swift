// A guest's linear memory as WASI functions see it: every access is checked against its bounds and yields `fault` when it
// leaves them. A view is valid during one host call only, because the guest may grow its memory between calls.
import CTerrace
import Glibc

/// A bounds-checked view of linear memory. Addresses are the guest's 32-bit pointers; integers are little-endian and need
/// no alignment.
struct GuestMemory {
    let base: UnsafeMutableRawPointer?
    let byteCount: UInt64

    init(_ bytes: UnsafeMutableRawBufferPointer) {
        base = bytes.baseAddress
        byteCount = UInt64(bytes.count)
    }

    /// The bytes `address ..< address + count`.
    @inline(__always)
    func bytes(_ address: UInt32, count: UInt64) throws(Errno) -> UnsafeMutableRawBufferPointer {
        // The sum cannot overflow: count comes from 32-bit lengths times small element sizes.
        guard UInt64(address) &+ count <= byteCount, let base else {
            if count == 0, UInt64(address) <= byteCount { return UnsafeMutableRawBufferPointer(start: nil, count: 0) }
            throw .fault
        }
        return UnsafeMutableRawBufferPointer(start: base + Int(address), count: Int(count))
    }

    @inline(__always)
    func bytes(_ address: UInt32, count: UInt32) throws(Errno) -> UnsafeMutableRawBufferPointer {
        try bytes(address, count: UInt64(count))
    }

    @inline(__always)
    func load<Integer: FixedWidthInteger>(_ address: UInt32, as type: Integer.Type = Integer.self) throws(Errno)
        -> Integer
    {
        let bytes = try bytes(address, count: UInt64(MemoryLayout<Integer>.size))
        return Integer(littleEndian: bytes.loadUnaligned(as: Integer.self))
    }

    @inline(__always)
    func store<Integer: FixedWidthInteger>(_ value: Integer, at address: UInt32) throws(Errno) {
        let bytes = try bytes(address, count: UInt64(MemoryLayout<Integer>.size))
        bytes.storeBytes(of: value.littleEndian, as: Integer.self)
    }

    /// Checks that `address ..< address + count` may be written, before a system call whose effect could not be undone.
    @inline(__always)
    func checkRange(_ address: UInt32, count: UInt64) throws(Errno) {
        _ = try bytes(address, count: count)
    }

    /// The scatter/gather list of `count` entries at `address`, handed to `body` as the host's `iovec`s.
    ///
    /// Lists longer than the host takes in one call are cut to that length: reading or writing less than was asked for is
    /// always allowed.
    @inline(__always)
    func withVectors<Result>(
        _ address: UInt32, count: UInt32, _ body: (UnsafePointer<iovec>, Int32) throws(Errno) -> Result
    ) throws(Errno) -> Result {
        let list = try bytes(address, count: UInt64(count) &* 8)
        if count == 1 {  // what almost every call of a C library passes
            var vector = try vector(at: 0, in: list)
            return try body(&vector, 1)
        }
        let count = Int(min(count, UInt32(maximumVectorCount)))
        return try withTemporaryVectors(count) { (vectors) throws(Errno) in
            for index in 0..<count { vectors[index] = try vector(at: index, in: list) }
            return try body(UnsafePointer(vectors), Int32(count))
        }
    }

    @inline(__always)
    private func vector(at index: Int, in list: UnsafeMutableRawBufferPointer) throws(Errno) -> iovec {
        let address = UInt32(littleEndian: list.loadUnaligned(fromByteOffset: index &* 8, as: UInt32.self))
        let length = UInt32(littleEndian: list.loadUnaligned(fromByteOffset: index &* 8 &+ 4, as: UInt32.self))
        let bytes = try bytes(address, count: length)
        return iovec(iov_base: bytes.baseAddress, iov_len: bytes.count)
    }
}

private let maximumVectorCount = TERRACE_IOV_MAX

/// `withUnsafeTemporaryAllocation` with a typed error.
private func withTemporaryVectors<Result>(
    _ count: Int, _ body: (UnsafeMutablePointer<iovec>) throws(Errno) -> Result
) throws(Errno) -> Result {
    // At least one, so that there always is an address.
    let outcome = withUnsafeTemporaryAllocation(of: iovec.self, capacity: max(count, 1)) { buffer in
        Swift.Result { () throws(Errno) in try body(buffer.baseAddress!) }
    }
    return try outcome.get()
}
