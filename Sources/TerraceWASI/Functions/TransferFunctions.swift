// The functions that move a descriptor's bytes and its offset. Each is one system call: nothing is buffered.
import Glibc

extension WASI {
    func read(_ memory: GuestMemory, fd: UInt32, vectors: UInt32, count: UInt32, result: UInt32) throws(Errno) {
        let host = try descriptors.host(fd, .read)
        try memory.checkRange(result, count: 4)
        let length = try memory.withVectors(vectors, count: count) { (vectors, count) throws(Errno) in
            try checked { readv(host, vectors, count) }
        }
        try memory.store(UInt32(length), at: result)
    }

    func write(_ memory: GuestMemory, fd: UInt32, vectors: UInt32, count: UInt32, result: UInt32) throws(Errno) {
        let host = try descriptors.host(fd, .write)
        try memory.checkRange(result, count: 4)
        let length = try memory.withVectors(vectors, count: count) { (vectors, count) throws(Errno) in
            try checked { writev(host, vectors, count) }
        }
        try memory.store(UInt32(length), at: result)
    }

    func readAt(
        _ memory: GuestMemory, fd: UInt32, vectors: UInt32, count: UInt32, offset: UInt64, result: UInt32
    ) throws(Errno) {
        let host = try descriptors.host(fd, [.read, .seek])
        let offset = try fileOffset(offset)
        try memory.checkRange(result, count: 4)
        let length = try memory.withVectors(vectors, count: count) { (vectors, count) throws(Errno) in
            try checked { preadv(host, vectors, count, offset) }
        }
        try memory.store(UInt32(length), at: result)
    }

    func writeAt(
        _ memory: GuestMemory, fd: UInt32, vectors: UInt32, count: UInt32, offset: UInt64, result: UInt32
    ) throws(Errno) {
        let host = try descriptors.host(fd, [.write, .seek])
        let offset = try fileOffset(offset)
        try memory.checkRange(result, count: 4)
        let length = try memory.withVectors(vectors, count: count) { (vectors, count) throws(Errno) in
            try checked { pwritev(host, vectors, count, offset) }
        }
        try memory.store(UInt32(length), at: result)
    }

    func seek(_ memory: GuestMemory, fd: UInt32, offset: Int64, whence: UInt32, result: UInt32) throws(Errno) {
        guard let whence = UInt8(exactly: whence).flatMap(Whence.init(rawValue:)) else { throw .invalid }
        // Asking where one is moves nothing, so the lesser right is enough.
        let host = try descriptors.host(fd, offset == 0 && whence == .current ? .tell : .seek)
        try memory.checkRange(result, count: 8)
        let position = try checked { lseek(host, Int(offset), whence.host) }
        try memory.store(UInt64(position), at: result)
    }

    func tell(_ memory: GuestMemory, fd: UInt32, result: UInt32) throws(Errno) {
        let host = try descriptors.host(fd, .tell)
        let position = try checked { lseek(host, 0, SEEK_CUR) }
        try memory.store(UInt64(position), at: result)
    }

    /// An offset or a length as the host counts it.
    func fileOffset(_ offset: UInt64) throws(Errno) -> off_t {
        guard let offset = off_t(exactly: offset) else { throw .invalid }
        return offset
    }
}
