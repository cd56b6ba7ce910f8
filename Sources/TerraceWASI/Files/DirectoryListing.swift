// What `fd_readdir` lists. A listing is taken when the guest begins at the start, so that its cookies stay true while the
// guest creates and removes files, however small the buffer in which it reads.
import Glibc

/// The entries of a directory at one moment. The cookie of an entry is its index plus one.
final class DirectoryListing {
    private struct Entry {
        let inode: UInt64
        let nameStart: Int
        let nameLength: UInt32
        let type: FileType
    }

    private var entries: [Entry] = []
    private var names: [UInt8] = []

    /// Lists the host directory `directory`.
    ///
    /// `..` is listed with the directory's own inode number: a guest shall not learn about what lies above.
    init(_ directory: Int32) throws(Errno) {
        var status = stat()
        try checked { fstat(directory, &status) }
        append([.dot], inode: UInt64(status.st_ino), type: .directory)
        append([.dot, .dot], inode: UInt64(status.st_ino), type: .directory)
        // A description of its own: reading must not move an offset shared with other descriptors.
        let opened = try checked { openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard let stream = fdopendir(opened) else {
            let error = Errno.ofHost
            close(opened)
            throw error
        }
        defer { closedir(stream) }
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                if errno != 0 { throw .ofHost }
                return
            }
            let name = UnsafeRawPointer(entry) + MemoryLayout<dirent>.offset(of: \.d_name)!
            let bytes = UnsafeRawBufferPointer(start: name, count: strlen(name.assumingMemoryBound(to: CChar.self)))
            if bytes.elementsEqual([.dot]) || bytes.elementsEqual([.dot, .dot]) { continue }
            let type = FileType(entryType: entry.pointee.d_type) ?? Self.type(name, in: opened)
            append(bytes, inode: UInt64(entry.pointee.d_ino), type: type)
        }
    }

    private static func type(_ name: UnsafeRawPointer, in directory: Int32) -> FileType {
        var status = stat()
        let path = name.assumingMemoryBound(to: CChar.self)
        return fstatat(directory, path, &status, AT_SYMLINK_NOFOLLOW) == 0 ? FileType(mode: status.st_mode) : .unknown
    }

    private func append(_ name: some Collection<UInt8>, inode: UInt64, type: FileType) {
        entries.append(Entry(inode: inode, nameStart: names.count, nameLength: UInt32(name.count), type: type))
        names.append(contentsOf: name)
    }

    /// Writes entries from `cookie` on into `buffer`, the last one cut off where the buffer ends, and returns how many bytes
    /// were written: as many as the buffer has room for, unless the listing ends before.
    func write(from cookie: UInt64, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard cookie < UInt64(entries.count) else { return 0 }
        var used = 0
        for index in Int(cookie)..<entries.count where used < buffer.count {
            let entry = entries[index]
            withUnsafeTemporaryAllocation(byteCount: 24, alignment: 8) { header in
                header.storeBytes(of: UInt64(index + 1).littleEndian, as: UInt64.self)
                header.storeBytes(of: entry.inode.littleEndian, toByteOffset: 8, as: UInt64.self)
                header.storeBytes(of: entry.nameLength.littleEndian, toByteOffset: 16, as: UInt32.self)
                header.storeBytes(of: UInt32(entry.type.rawValue).littleEndian, toByteOffset: 20, as: UInt32.self)
                used += copy(UnsafeRawBufferPointer(header), to: buffer, at: used)
            }
            names.withUnsafeBytes { names in
                let name = names[entry.nameStart..<entry.nameStart + Int(entry.nameLength)]
                used += copy(UnsafeRawBufferPointer(rebasing: name), to: buffer, at: used)
            }
        }
        return used
    }

    /// Copies as much of `source` as fits behind `offset` and returns how much that was.
    private func copy(_ source: UnsafeRawBufferPointer, to buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Int
    {
        let count = min(source.count, buffer.count - offset)
        guard count > 0 else { return 0 }
        UnsafeMutableRawBufferPointer(rebasing: buffer[offset..<offset + count])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[..<count]))
        return count
    }
}
