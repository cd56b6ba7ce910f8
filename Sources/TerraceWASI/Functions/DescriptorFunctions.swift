// The functions about open descriptors: their state, their numbers, the file behind them.
import Glibc

extension WASI {
    func advise(fd: UInt32, offset: UInt64, length: UInt64, advice: UInt32) throws(Errno) {
        let host = try descriptors.host(fd, .advise)
        guard let advice = UInt8(exactly: advice).flatMap(Advice.init(rawValue:)) else { throw .invalid }
        let result = posix_fadvise(host, try fileOffset(offset), try fileOffset(length), advice.host)
        if result != 0 { throw Errno(host: result) }
    }

    func allocate(fd: UInt32, offset: UInt64, length: UInt64) throws(Errno) {
        let host = try descriptors.host(fd, .allocate)
        let result = posix_fallocate(host, try fileOffset(offset), try fileOffset(length))
        if result != 0 { throw Errno(host: result) }
    }

    func closeDescriptor(fd: UInt32) throws(Errno) {
        try descriptors.close(fd)
    }

    func renumber(fd: UInt32, to: UInt32) throws(Errno) {
        try descriptors.renumber(fd, to: to)
    }

    func synchronize(fd: UInt32) throws(Errno) {
        let host = try descriptors.host(fd, .sync)
        try checked { fsync(host) }
    }

    func synchronizeData(fd: UInt32) throws(Errno) {
        let host = try descriptors.host(fd, .dataSync)
        try checked { fdatasync(host) }
    }

    func descriptorStatusGet(_ memory: GuestMemory, fd: UInt32, result: UInt32) throws(Errno) {
        let descriptor = try descriptors.descriptor(fd)
        let target = try memory.bytes(result, count: 24 as UInt32)
        let flags = DescriptorFlags(host: try checked { fcntl(descriptor.host, F_GETFL) })
        target.storeBytes(of: UInt16(descriptor.fileType.rawValue).littleEndian, as: UInt16.self)
        target.storeBytes(of: UInt32(flags.rawValue).littleEndian, toByteOffset: 2, as: UInt32.self)
        target.storeBytes(of: 0, toByteOffset: 6, as: UInt16.self)
        target.storeBytes(of: descriptor.rights.rawValue.littleEndian, toByteOffset: 8, as: UInt64.self)
        target.storeBytes(of: descriptor.inheritingRights.rawValue.littleEndian, toByteOffset: 16, as: UInt64.self)
    }

    func descriptorStatusSetFlags(fd: UInt32, flags: UInt32) throws(Errno) {
        let descriptor = try descriptors.descriptor(fd, .setFlags)
        guard let raw = UInt16(exactly: flags) else { throw .invalid }
        let flags = DescriptorFlags(rawValue: raw)
        guard DescriptorFlags.all.isSuperset(of: flags) else { throw .invalid }
        let old = try checked { fcntl(descriptor.host, F_GETFL) }
        // The host only changes these two on an open file.
        let changeable: DescriptorFlags = [.append, .nonblocking]
        guard flags.subtracting(changeable) == DescriptorFlags(host: old).subtracting(changeable) else {
            throw .notSupported
        }
        let new = (old & ~(O_APPEND | O_NONBLOCK)) | flags.intersection(changeable).host
        try checked { fcntl(descriptor.host, F_SETFL, new) }
        if !descriptor.isOwned { descriptors.update(fd) { $0.flagsToRestore = $0.flagsToRestore ?? old } }
    }

    /// Rights can only be given up.
    func descriptorStatusSetRights(fd: UInt32, base: UInt64, inheriting: UInt64) throws(Errno) {
        let descriptor = try descriptors.descriptor(fd)
        let base = Rights(rawValue: base)
        let inheriting = Rights(rawValue: inheriting)
        guard descriptor.rights.isSuperset(of: base), descriptor.inheritingRights.isSuperset(of: inheriting) else {
            throw .notCapable
        }
        descriptors.update(fd) {
            $0.rights = base
            $0.inheritingRights = inheriting
        }
    }

    func fileStatusGet(_ memory: GuestMemory, fd: UInt32, result: UInt32) throws(Errno) {
        let host = try descriptors.host(fd, .status)
        var status = stat()
        try checked { fstat(host, &status) }
        try memory.store(status, at: result)
    }

    func fileStatusSetSize(fd: UInt32, size: UInt64) throws(Errno) {
        let host = try descriptors.host(fd, .setSize)
        let size = try fileOffset(size)
        try checked { ftruncate(host, size) }
    }

    func fileStatusSetTimes(fd: UInt32, access: UInt64, modification: UInt64, flags: UInt32) throws(Errno) {
        let host = try descriptors.host(fd, .setTimes)
        guard let flags = UInt16(exactly: flags) else { throw .invalid }
        let times = try FileTimes(access: access, modification: modification, flags: flags)
        try checked { [times.access, times.modification].withUnsafeBufferPointer { futimens(host, $0.baseAddress) } }
    }

    func preopenStatusGet(_ memory: GuestMemory, fd: UInt32, result: UInt32) throws(Errno) {
        guard let path = try descriptors.descriptor(fd).preopenPath else { throw .badDescriptor }
        try memory.checkRange(result, count: 8)
        try memory.store(0 as UInt32, at: result)  // the only kind: a directory
        try memory.store(UInt32(path.count), at: result + 4)
    }

    func preopenDirectoryName(_ memory: GuestMemory, fd: UInt32, buffer: UInt32, length: UInt32) throws(Errno) {
        guard let path = try descriptors.descriptor(fd).preopenPath else { throw .badDescriptor }
        guard path.count <= Int(length) else { throw .nameTooLong }
        try memory.bytes(buffer, count: UInt32(path.count)).copyBytes(from: path)
    }

    func readDirectory(
        _ memory: GuestMemory, fd: UInt32, buffer: UInt32, length: UInt32, cookie: UInt64, result: UInt32
    ) throws(Errno) {
        let descriptor = try descriptors.descriptor(fd, .readDirectory)
        let target = try memory.bytes(buffer, count: length)
        try memory.checkRange(result, count: 4)
        let listing: DirectoryListing
        if cookie != 0, let known = descriptor.listing {
            listing = known
        } else {
            listing = try DirectoryListing(descriptor.host)
            descriptors.update(fd) { $0.listing = listing }
        }
        let used = listing.write(from: cookie, into: target)
        try memory.store(UInt32(used), at: result)
    }
}

extension GuestMemory {
    /// Stores a `filestat`.
    func store(_ status: stat, at address: UInt32) throws(Errno) {
        let target = try bytes(address, count: 64 as UInt32)
        func put(_ value: UInt64, _ offset: Int) {
            target.storeBytes(of: value.littleEndian, toByteOffset: offset, as: UInt64.self)
        }
        put(UInt64(status.st_dev), 0)
        put(UInt64(status.st_ino), 8)
        put(UInt64(FileType(mode: status.st_mode).rawValue), 16)
        put(UInt64(status.st_nlink), 24)
        put(UInt64(status.st_size), 32)
        put(status.st_atim.nanoseconds, 40)
        put(status.st_mtim.nanoseconds, 48)
        put(status.st_ctim.nanoseconds, 56)
    }
}
