// Resolves a path beneath a directory without the kernel's help: one component at a time, never following a symbolic link
// except by walking its target under the same rules.
import CTerrace
import Glibc

/// A walk from a root directory along a path. The directories passed on the way stay open, so that `..` leads back to
/// where the walk came from even if somebody renames them meanwhile.
struct PathWalker: ~Copyable {
    private let root: Int32
    /// Open directories below the root, innermost last. Owned.
    private var opened: [Int32] = []
    /// Components still to walk, next one last.
    private var pending: [[UInt8]] = []
    private var linksLeft = 40

    /// Resolves `path` beneath the host directory `root`.
    ///
    /// - Parameter followLast: Whether a symbolic link that the path ends in is replaced by its target.
    static func walk(_ root: Int32, _ path: GuestPath, followLast: Bool) throws(Errno) -> ResolvedPath {
        var walker = PathWalker(root: root)
        return try walker.walk(path, followLast: followLast)
    }

    private init(root: Int32) {
        self.root = root
    }

    deinit {
        for directory in opened { close(directory) }
    }

    private mutating func walk(_ path: GuestPath, followLast: Bool) throws(Errno) -> ResolvedPath {
        try push(path.bytes.dropLast())
        var mustBeDirectory = path.hasTrailingSlash
        while let component = pending.popLast() {
            if component == [.dot] {
                continue
            }
            if component == [.dot, .dot] {
                guard let left = opened.popLast() else { throw .notPermitted }
                close(left)
                continue
            }
            let name = component + [0]
            let isLast = pending.isEmpty
            if !isLast || followLast, let target = try link(name) {
                linksLeft -= 1
                guard linksLeft >= 0 else { throw .loop }
                if isLast, target.last == .slash { mustBeDirectory = true }
                try push(target[...])
                continue
            }
            if isLast {
                return result(name, mustBeDirectory)
            }
            let directory = try checked { [current] in
                openAt(current, name, Int32(TERRACE_O_PATH) | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            }
            opened.append(directory)
        }
        // The path ended in `.` or `..`: it names the directory reached.
        return result([.dot, 0], false)
    }

    private var current: Int32 { opened.last ?? root }

    /// `name` in the directory reached, whose descriptor passes from the walker to the result.
    private mutating func result(_ name: [UInt8], _ hasTrailingSlash: Bool) -> ResolvedPath {
        let last = opened.popLast()
        return ResolvedPath(
            directory: last ?? root, isOwned: last != nil, name: name, hasTrailingSlash: hasTrailingSlash)
    }

    /// Puts the components of `path` in front of those still to walk.
    private mutating func push(_ path: ArraySlice<UInt8>) throws(Errno) {
        guard path.first != .slash else { throw .notPermitted }
        guard !path.isEmpty else { throw .noEntry }
        for component in path.split(separator: .slash).reversed() { pending.append(Array(component)) }
    }

    /// The target of `name` if it is a symbolic link.
    private func link(_ name: [UInt8]) throws(Errno) -> [UInt8]? {
        var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let directory = current
        do {
            let length = try checked {
                target.withUnsafeMutableBytes {
                    readlinkat(directory, name, $0.bindMemory(to: CChar.self).baseAddress!, $0.count)
                }
            }
            target.removeLast(target.count - length)
            return target
        } catch .invalid, .noEntry {
            return nil  // not a link, or nothing there, which whoever uses the name will find out
        }
    }
}
