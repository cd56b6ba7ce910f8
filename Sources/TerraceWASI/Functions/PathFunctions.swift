// The functions that take paths. How a path is kept beneath its directory is the business of `PathResolver`.
import CTerrace
import Glibc

extension WASI {
    func open(
        _ memory: GuestMemory, fd: UInt32, lookup: UInt32, path: UInt32, length: UInt32, openFlags: UInt32,
        base: UInt64,
        inheriting: UInt64, flags: UInt32, result: UInt32
    ) throws(Errno) {
        guard let rawOpenFlags = UInt16(exactly: openFlags), let rawFlags = UInt16(exactly: flags) else {
            throw .invalid
        }
        let openFlags = OpenFlags(rawValue: rawOpenFlags)
        let flags = DescriptorFlags(rawValue: rawFlags)
        guard OpenFlags.all.isSuperset(of: openFlags), DescriptorFlags.all.isSuperset(of: flags),
            !openFlags.isSuperset(of: [.create, .directory])
        else { throw .invalid }
        var needed: Rights = .open
        if openFlags.contains(.create) { needed.insert(.createFile) }
        if openFlags.contains(.truncate) { needed.insert(.pathSetSize) }
        let directory = try descriptors.descriptor(fd, needed)
        let path = try GuestPath(memory, path, length)
        try memory.checkRange(result, count: 4)

        // Of the rights asked for, those to read and to write decide how the file is opened; the rest follow from its type.
        let asked = Rights(rawValue: base).intersection(directory.inheritingRights)
        let reads = !asked.isDisjoint(with: .reading)
        let writes = !asked.isDisjoint(with: .writing)
        var host = writes ? (reads ? O_RDWR : O_WRONLY) : O_RDONLY
        if openFlags.contains(.create) { host |= O_CREAT }
        if openFlags.isSuperset(of: [.create, .exclusive]) { host |= O_EXCL }
        if openFlags.contains(.truncate) { host |= O_TRUNC }
        if openFlags.contains(.directory) { host |= O_DIRECTORY }
        // Whether O_RDONLY | O_TRUNC truncates is left open, so a file that is only cut is opened for writing all the same.
        if openFlags.contains(.truncate), !writes {
            guard directory.inheritingRights.contains(.setSize) else { throw .notCapable }
            host = (host & ~O_ACCMODE) | (reads ? O_RDWR : O_WRONLY)
        }
        let opened = try resolver.open(
            directory.host, path, flags: host | flags.host, mode: 0o666,
            followLinks: LookupFlags(rawValue: lookup).contains(.followSymbolicLinks))
        var descriptor: Descriptor
        do {
            descriptor = try Descriptor(host: opened, isOwned: true)
        } catch {
            Glibc.close(opened)
            throw error
        }
        descriptor.rights.formIntersection(directory.inheritingRights)
        if descriptor.fileType == .directory {
            descriptor.inheritingRights = directory.inheritingRights
        } else {
            if !reads { descriptor.rights.subtract(.reading) }
            if !writes { descriptor.rights.subtract(.writing) }
        }
        try memory.store(try descriptors.insert(descriptor), at: result)
    }

    func createDirectory(_ memory: GuestMemory, fd: UInt32, path: UInt32, length: UInt32) throws(Errno) {
        let root = try descriptors.host(fd, .createDirectory)
        let target = try resolver.resolveParent(root, try GuestPath(memory, path, length))
        try call(target) { mkdirat($0, $1, 0o777) }
    }

    func removeDirectory(_ memory: GuestMemory, fd: UInt32, path: UInt32, length: UInt32) throws(Errno) {
        let root = try descriptors.host(fd, .removeDirectory)
        let target = try resolver.resolveParent(root, try GuestPath(memory, path, length))
        try call(target) { unlinkat($0, $1, AT_REMOVEDIR) }
    }

    func unlinkFile(_ memory: GuestMemory, fd: UInt32, path: UInt32, length: UInt32) throws(Errno) {
        let root = try descriptors.host(fd, .unlinkFile)
        let target = try resolver.resolveParent(root, try GuestPath(memory, path, length))
        try call(target) { unlinkat($0, $1, 0) }
    }

    func pathStatusGet(
        _ memory: GuestMemory, fd: UInt32, lookup: UInt32, path: UInt32, length: UInt32, result: UInt32
    ) throws(Errno) {
        let root = try descriptors.host(fd, .pathStatus)
        let followLinks = LookupFlags(rawValue: lookup).contains(.followSymbolicLinks)
        let status = try resolver.status(root, try GuestPath(memory, path, length), followLinks: followLinks)
        try memory.store(status, at: result)
    }

    func pathStatusSetTimes(
        _ memory: GuestMemory, fd: UInt32, lookup: UInt32, path: UInt32, length: UInt32, access: UInt64,
        modification: UInt64,
        flags: UInt32
    ) throws(Errno) {
        let root = try descriptors.host(fd, .pathSetTimes)
        guard let flags = UInt16(exactly: flags) else { throw .invalid }
        let times = try FileTimes(access: access, modification: modification, flags: flags)
        let path = try GuestPath(memory, path, length)
        let follow = LookupFlags(rawValue: lookup).contains(.followSymbolicLinks) || path.hasTrailingSlash
        let target = follow ? try resolver.resolveFollowingLinks(root, path) : try resolver.resolveParent(root, path)
        try requireDirectoryIfSlash(target)
        let directory = target.directory
        let name = target.name
        try checked {
            [times.access, times.modification].withUnsafeBufferPointer {
                utimensat(directory, name, $0.baseAddress, AT_SYMLINK_NOFOLLOW)
            }
        }
    }

    func link(
        _ memory: GuestMemory, fd: UInt32, lookup: UInt32, path: UInt32, length: UInt32, newFD: UInt32, newPath: UInt32,
        newLength: UInt32
    ) throws(Errno) {
        let root = try descriptors.host(fd, .linkSource)
        let newRoot = try descriptors.host(newFD, .linkTarget)
        let path = try GuestPath(memory, path, length)
        let newPath = try GuestPath(memory, newPath, newLength)
        let follow = LookupFlags(rawValue: lookup).contains(.followSymbolicLinks) || path.hasTrailingSlash
        let source = follow ? try resolver.resolveFollowingLinks(root, path) : try resolver.resolveParent(root, path)
        try requireDirectoryIfSlash(source)
        let target = try resolver.resolveParent(newRoot, newPath)
        let (directory, name) = (source.directory, source.name)
        try call(target) { linkat(directory, name, $0, $1, 0) }
    }

    func rename(
        _ memory: GuestMemory, fd: UInt32, path: UInt32, length: UInt32, newFD: UInt32, newPath: UInt32,
        newLength: UInt32
    ) throws(Errno) {
        let root = try descriptors.host(fd, .renameSource)
        let newRoot = try descriptors.host(newFD, .renameTarget)
        let source = try resolver.resolveParent(root, try GuestPath(memory, path, length))
        let target = try resolver.resolveParent(newRoot, try GuestPath(memory, newPath, newLength))
        let (directory, name) = (source.directory, source.nameAsWritten)
        try call(target) { renameat(directory, name, $0, $1) }
    }

    /// Creates a symbolic link. One to an absolute path could never be followed beneath a directory, so it is refused.
    func symlink(
        _ memory: GuestMemory, contents: UInt32, contentsLength: UInt32, fd: UInt32, path: UInt32, length: UInt32
    ) throws(Errno) {
        let root = try descriptors.host(fd, .symlink)
        let contents = try GuestPath(memory, contents, contentsLength)
        guard !contents.isAbsolute else { throw .notPermitted }
        let target = try resolver.resolveParent(root, try GuestPath(memory, path, length))
        try call(target) { symlinkat(contents.bytes, $0, $1) }
    }

    /// Reads as much of a symbolic link's contents as the buffer takes.
    func readLink(
        _ memory: GuestMemory, fd: UInt32, path: UInt32, length: UInt32, buffer: UInt32, bufferLength: UInt32,
        result: UInt32
    ) throws(Errno) {
        let root = try descriptors.host(fd, .readLink)
        let buffer = try memory.bytes(buffer, count: bufferLength)
        try memory.checkRange(result, count: 4)
        let target = try resolver.resolveParent(root, try GuestPath(memory, path, length))
        try requireDirectoryIfSlash(target)
        let (directory, name) = (target.directory, target.name)
        var contents = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = min(try checked { readlinkat(directory, name, &contents, contents.count) }, buffer.count)
        contents.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        try memory.store(UInt32(count), at: result)
    }

    /// Makes a system call that takes a directory and a name in it.
    private func call(
        _ target: borrowing ResolvedPath, _ body: (Int32, UnsafePointer<CChar>) -> Int32
    ) throws(Errno) {
        let directory = target.directory
        let name = target.nameAsWritten
        try checked {
            name.withUnsafeBytes { body(directory, $0.assumingMemoryBound(to: CChar.self).baseAddress!) }
        }
    }

    /// For system calls that get a name without its slash: what the slash demands is checked here.
    private func requireDirectoryIfSlash(_ target: borrowing ResolvedPath) throws(Errno) {
        guard target.hasTrailingSlash else { return }
        var status = stat()
        let (directory, name) = (target.directory, target.name)
        try checked { fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) }
        guard FileType(mode: status.st_mode) == .directory else { throw .notDirectory }
    }
}
