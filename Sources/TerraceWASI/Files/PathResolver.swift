// Paths of a guest, resolved beneath a directory it holds, never outside. Two ways: the kernel does it (`openat2` with
// `RESOLVE_BENEATH`), or, where it cannot, `PathWalker` does it component by component.
import CTerrace
import Glibc

/// A path that a guest passed: never empty, no NUL inside, one at the end. It need not be UTF-8, so that a guest can open
/// whatever `fd_readdir` lists.
struct GuestPath {
    /// The path's bytes and a NUL.
    let bytes: [UInt8]

    /// Copies and checks a path out of guest memory, so that it cannot change underneath.
    init(_ memory: GuestMemory, _ address: UInt32, _ length: UInt32) throws(Errno) {
        let source = try memory.bytes(address, count: length)
        guard length > 0 else { throw .noEntry }
        guard length < UInt32(PATH_MAX) else { throw .nameTooLong }
        try self.init(source)
    }

    init(_ source: some Collection<UInt8>) throws(Errno) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count + 1)
        bytes.append(contentsOf: source)
        guard !bytes.contains(0) else { throw .invalid }
        bytes.append(0)
        self.bytes = bytes
    }

    var isAbsolute: Bool { bytes[0] == .slash }
    var hasTrailingSlash: Bool { bytes[bytes.count - 2] == .slash }
}

/// An existing directory and the name of something in it that may or may not exist. The name is one component and not
/// `..`; if it is a symbolic link, it was not followed.
struct ResolvedPath: ~Copyable {
    /// A host descriptor of the directory, good for `*at` calls.
    let directory: Int32
    private let isOwned: Bool
    /// The name and a NUL.
    let name: [UInt8]
    /// Whether slashes followed the name: it has to be a directory then.
    let hasTrailingSlash: Bool

    init(directory: Int32, isOwned: Bool, name: [UInt8], hasTrailingSlash: Bool) {
        self.directory = directory
        self.isOwned = isOwned
        self.name = name
        self.hasTrailingSlash = hasTrailingSlash
    }

    deinit {
        if isOwned { close(directory) }
    }

    /// The name as it was written, with a slash if there was one. Only for system calls that do not look at a last
    /// component's own link (`mkdirat`, `unlinkat`, `renameat`, `symlinkat`): elsewhere a slash makes the kernel follow it.
    var nameAsWritten: [UInt8] {
        hasTrailingSlash ? name.dropLast() + [.slash, 0] : name
    }
}

/// Opens and looks up guest paths beneath a directory.
struct PathResolver {
    /// Whether the kernel resolves. `nil` until tried.
    private var usesKernel: Bool?

    /// - Parameter usesKernel: `false` forces the walk by components.
    init(usesKernel: Bool? = nil) {
        self.usesKernel = usesKernel
    }

    /// Opens `path` beneath the host directory `root`.
    ///
    /// - Parameters:
    ///   - flags: Flags for `open`; `O_CLOEXEC` is added.
    ///   - followLinks: Whether to follow a symbolic link that the path ends in.
    mutating func open(
        _ root: Int32, _ path: GuestPath, flags: Int32, mode: mode_t = 0, followLinks: Bool
    ) throws(Errno) -> Int32 {
        // The kernel accepts nothing that has no meaning for a bare path.
        let flags = flags | O_CLOEXEC | (flags & Int32(TERRACE_O_PATH) == 0 ? O_NOCTTY : 0)
        if let opened = try openInKernel(root, path.bytes, flags | (followLinks ? 0 : O_NOFOLLOW), mode) {
            return opened
        }
        let creates = flags & O_CREAT != 0
        let follow = (followLinks && flags & O_EXCL == 0) || path.hasTrailingSlash
        let resolved = try PathWalker.walk(root, path, followLast: follow)
        if resolved.hasTrailingSlash {
            if creates { throw faccessat(resolved.directory, resolved.name, F_OK, 0) == 0 ? .isDirectory : .noEntry }
            return try checked { openAt(resolved.directory, resolved.name, flags | O_NOFOLLOW | O_DIRECTORY) }
        }
        return try checked { openAt(resolved.directory, resolved.name, flags | O_NOFOLLOW, mode) }
    }

    /// Finds the directory that holds the last component of `path`, and that component's name.
    mutating func resolveParent(_ root: Int32, _ path: GuestPath) throws(Errno) -> ResolvedPath {
        let bytes = path.bytes.dropLast()
        guard !path.isAbsolute else { throw .notPermitted }
        let end = bytes.lastIndex { $0 != .slash }! + 1
        let start = bytes[..<end].lastIndex(of: .slash).map { $0 + 1 } ?? 0
        let name = bytes[start..<end]
        if name == [.dot] || name == [.dot, .dot] { return try PathWalker.walk(root, path, followLast: false) }
        let hasTrailingSlash = end < bytes.count
        if start == 0 {
            return ResolvedPath(directory: root, isOwned: false, name: name + [0], hasTrailingSlash: hasTrailingSlash)
        }
        let flags = Int32(TERRACE_O_PATH) | O_DIRECTORY | O_CLOEXEC
        if let parent = try openInKernel(root, bytes[..<start] + [0], flags, 0) {
            return ResolvedPath(directory: parent, isOwned: true, name: name + [0], hasTrailingSlash: hasTrailingSlash)
        }
        return try PathWalker.walk(root, path, followLast: false)
    }

    /// Like `resolveParent`, but a symbolic link that the path ends in is followed first.
    func resolveFollowingLinks(_ root: Int32, _ path: GuestPath) throws(Errno) -> ResolvedPath {
        try PathWalker.walk(root, path, followLast: true)
    }

    /// The status of what `path` names.
    mutating func status(_ root: Int32, _ path: GuestPath, followLinks: Bool) throws(Errno) -> stat {
        var status = stat()
        if !path.bytes.contains(.slash), path.bytes != [.dot, .dot, 0] {
            // One component: no need to open anything unless it is a link to follow.
            try checked { fstatat(root, path.bytes, &status, AT_SYMLINK_NOFOLLOW) }
            if !followLinks || FileType(mode: status.st_mode) != .symbolicLink { return status }
        }
        let opened = try open(root, path, flags: Int32(TERRACE_O_PATH), followLinks: followLinks)
        defer { close(opened) }
        try checked { fstat(opened, &status) }
        return status
    }

    /// Lets the kernel open a path, or returns `nil` if it cannot decide.
    private mutating func openInKernel(
        _ root: Int32, _ path: some Collection<UInt8>, _ flags: Int32, _ mode: mode_t
    ) throws(Errno) -> Int32? {
        if usesKernel == nil {
            // A first, harmless use tells a kernel without the call, and a sandbox around us that forbids it, from errors
            // that concern the guest.
            let probe = terrace_openat2(root, ".", UInt64(TERRACE_O_PATH), 0, UInt64(TERRACE_RESOLVE_BENEATH))
            usesKernel = probe >= 0
            if probe >= 0 { close(probe) }
        }
        guard usesKernel == true else { return nil }
        let path = Array(path)
        let mode = flags & O_CREAT != 0 ? UInt64(mode) : 0
        do {
            return try checked {
                terrace_openat2(
                    root, path, UInt64(UInt32(bitPattern: flags)), mode,
                    UInt64(TERRACE_RESOLVE_BENEATH | TERRACE_RESOLVE_NO_MAGICLINKS))
            }
        } catch .crossDevice {
            throw .notPermitted  // the path leads outside
        } catch .again {
            return nil  // something was renamed meanwhile; walking settles it
        }
    }
}

/// `openat` for a path that ends in NUL.
func openAt(_ directory: Int32, _ path: [UInt8], _ flags: Int32, _ mode: mode_t = 0) -> Int32 {
    path.withUnsafeBytes { openat(directory, $0.assumingMemoryBound(to: CChar.self).baseAddress!, flags, mode) }
}

extension UInt8 {
    static let slash = UInt8(ascii: "/")
    static let dot = UInt8(ascii: ".")
}
