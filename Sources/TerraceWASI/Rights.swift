// Rights of WASI descriptors: which exist, and which a file of a given type can have. Checking them is
// the business of `DescriptorTable`.

/// `rights` of WASI preview 1.
struct Rights: OptionSet {
    let rawValue: UInt64

    static let dataSync = Rights(rawValue: 1 << 0)
    static let read = Rights(rawValue: 1 << 1)
    static let seek = Rights(rawValue: 1 << 2)
    static let setFlags = Rights(rawValue: 1 << 3)
    static let sync = Rights(rawValue: 1 << 4)
    static let tell = Rights(rawValue: 1 << 5)
    static let write = Rights(rawValue: 1 << 6)
    static let advise = Rights(rawValue: 1 << 7)
    static let allocate = Rights(rawValue: 1 << 8)
    static let createDirectory = Rights(rawValue: 1 << 9)
    static let createFile = Rights(rawValue: 1 << 10)
    static let linkSource = Rights(rawValue: 1 << 11)
    static let linkTarget = Rights(rawValue: 1 << 12)
    static let open = Rights(rawValue: 1 << 13)
    static let readDirectory = Rights(rawValue: 1 << 14)
    static let readLink = Rights(rawValue: 1 << 15)
    static let renameSource = Rights(rawValue: 1 << 16)
    static let renameTarget = Rights(rawValue: 1 << 17)
    static let pathStatus = Rights(rawValue: 1 << 18)
    static let pathSetSize = Rights(rawValue: 1 << 19)
    static let pathSetTimes = Rights(rawValue: 1 << 20)
    static let status = Rights(rawValue: 1 << 21)
    static let setSize = Rights(rawValue: 1 << 22)
    static let setTimes = Rights(rawValue: 1 << 23)
    static let symlink = Rights(rawValue: 1 << 24)
    static let removeDirectory = Rights(rawValue: 1 << 25)
    static let unlinkFile = Rights(rawValue: 1 << 26)
    static let poll = Rights(rawValue: 1 << 27)
    static let shutDown = Rights(rawValue: 1 << 28)
    static let accept = Rights(rawValue: 1 << 29)

    /// Rights that a regular file or a seekable device can have.
    static let file: Rights = [
        .dataSync, .read, .seek, .setFlags, .sync, .tell, .write, .advise, .allocate, .status, .setSize, .setTimes,
        .poll,
    ]
    /// Rights of a terminal. That it can neither seek nor tell is how `isatty` of the guest's C library knows it.
    static let terminal: Rights = [.read, .setFlags, .write, .status, .poll]
    /// Rights of a pipe and of whatever else is a stream of bytes.
    static let stream: Rights = [.read, .setFlags, .sync, .dataSync, .write, .status, .poll]
    static let socket: Rights = [.read, .setFlags, .write, .status, .poll, .shutDown, .accept]
    /// Rights that apply to a directory itself and to paths beneath it.
    static let directory: Rights = [
        .setFlags, .sync, .createDirectory, .createFile, .linkSource, .linkTarget, .open, .readDirectory, .readLink,
        .renameSource, .renameTarget, .pathStatus, .pathSetSize, .pathSetTimes, .status, .setTimes, .symlink,
        .removeDirectory, .unlinkFile,
    ]
    /// What a preopened directory hands down to files and directories opened through it.
    static let inherited: Rights = directory.union(file)

    /// Rights that only make sense for paths beneath a descriptor.
    static let beneath: Rights = [
        .createDirectory, .createFile, .linkSource, .linkTarget, .open, .readDirectory, .readLink, .renameSource,
        .renameTarget, .pathStatus, .pathSetSize, .pathSetTimes, .symlink, .removeDirectory, .unlinkFile,
    ]
    /// Rights to read a file's bytes, and to change them: all that the rights asked for at `path_open` decide.
    static let reading: Rights = [.read]
    static let writing: Rights = [.write, .allocate, .setSize, .dataSync]
}
