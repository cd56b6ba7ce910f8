// The functions on sockets. A guest cannot open sockets, but its embedder may give it one as a standard stream.
import Glibc

extension WASI {
    func socketAccept(_ memory: GuestMemory, fd: UInt32, flags: UInt32, result: UInt32) throws(Errno) {
        let host = try socket(fd, .accept)
        guard let raw = UInt16(exactly: flags), DescriptorFlags.all.isSuperset(of: DescriptorFlags(rawValue: raw))
        else {
            throw .invalid
        }
        try memory.checkRange(result, count: 4)
        let accepted = try checked { accept(host, nil, nil) }
        let isNonblocking = DescriptorFlags(rawValue: raw).contains(.nonblocking)
        _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
        if isNonblocking { _ = fcntl(accepted, F_SETFL, O_NONBLOCK) }
        let descriptor = Descriptor(
            host: accepted, isOwned: true, fileType: .streamSocket, rights: .socket, inheritingRights: [])
        try memory.store(try descriptors.insert(descriptor), at: result)
    }

    func socketReceive(
        _ memory: GuestMemory, fd: UInt32, vectors: UInt32, count: UInt32, flags: UInt32, length: UInt32,
        resultFlags: UInt32
    ) throws(Errno) {
        let host = try socket(fd, .read)
        guard flags & ~3 == 0 else { throw .invalid }
        try memory.checkRange(length, count: 4)
        try memory.checkRange(resultFlags, count: 2)
        var hostFlags: Int32 = 0
        if flags & 1 != 0 { hostFlags |= Int32(MSG_PEEK) }
        if flags & 2 != 0 { hostFlags |= Int32(MSG_WAITALL) }
        var message = msghdr()
        let received = try memory.withVectors(vectors, count: count) { (vectors, count) throws(Errno) in
            message.msg_iov = UnsafeMutablePointer(mutating: vectors)
            message.msg_iovlen = Int(count)
            return try checked { recvmsg(host, &message, hostFlags) }
        }
        try memory.store(UInt32(received), at: length)
        try memory.store(UInt16(message.msg_flags & Int32(MSG_TRUNC) != 0 ? 1 : 0), at: resultFlags)
    }

    func socketSend(
        _ memory: GuestMemory, fd: UInt32, vectors: UInt32, count: UInt32, flags: UInt32, length: UInt32
    ) throws(Errno) {
        let host = try socket(fd, .write)
        guard flags == 0 else { throw .invalid }
        try memory.checkRange(length, count: 4)
        let sent = try memory.withVectors(vectors, count: count) { (vectors, count) throws(Errno) in
            var message = msghdr()
            message.msg_iov = UnsafeMutablePointer(mutating: vectors)
            message.msg_iovlen = Int(count)
            return try checked { sendmsg(host, &message, Int32(MSG_NOSIGNAL)) }
        }
        try memory.store(UInt32(sent), at: length)
    }

    func socketShutDown(fd: UInt32, how: UInt32) throws(Errno) {
        let host = try socket(fd, .shutDown)
        let direction: Int32
        switch how {
        case 1: direction = Int32(SHUT_RD)
        case 2: direction = Int32(SHUT_WR)
        case 3: direction = Int32(SHUT_RDWR)
        default: throw .invalid
        }
        try checked { shutdown(host, direction) }
    }

    private func socket(_ fd: UInt32, _ rights: Rights) throws(Errno) -> Int32 {
        let descriptor = try descriptors.descriptor(fd)
        guard descriptor.fileType == .streamSocket || descriptor.fileType == .datagramSocket else { throw .notSocket }
        return try descriptors.host(fd, rights)
    }
}
