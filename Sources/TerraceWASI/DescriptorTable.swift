// The guest's descriptors: numbers of its own, each standing for a host descriptor with rights. The guest never sees a
// host descriptor's number.
import CTerrace
import Glibc

/// One open descriptor of a guest.
struct Descriptor {
    /// The host's descriptor.
    let host: Int32
    /// Whether closing the guest's descriptor closes the host's. Standard streams belong to the embedder.
    let isOwned: Bool
    let fileType: FileType
    var rights: Rights
    /// Rights that descriptors opened beneath this directory may have.
    var inheritingRights: Rights
    /// The path under which the guest knows a preopened directory.
    let preopenPath: [UInt8]?
    /// The entries that `fd_readdir` lists, from when it last began at the start.
    var listing: DirectoryListing?
    /// Status flags that the guest changed on a descriptor that is not its own, to be put back on closing.
    var flagsToRestore: Int32?

    init(
        host: Int32, isOwned: Bool, fileType: FileType, rights: Rights, inheritingRights: Rights,
        preopenPath: [UInt8]? = nil
    ) {
        self.host = host
        self.isOwned = isOwned
        self.fileType = fileType
        self.rights = rights
        self.inheritingRights = inheritingRights
        self.preopenPath = preopenPath
    }

    /// A descriptor for a host descriptor, with all rights that its type of file can have.
    init(host: Int32, isOwned: Bool) throws(Errno) {
        var status = stat()
        try checked { fstat(host, &status) }
        let type = FileType(mode: status.st_mode)
        self.init(
            host: host, isOwned: isOwned, fileType: type, rights: .forFile(host, type),
            inheritingRights: type == .directory ? .inherited : [])
    }

    /// Closes the host's descriptor if it is the guest's own.
    func close() {
        if let flagsToRestore { _ = fcntl(host, F_SETFL, flagsToRestore) }
        if isOwned { _ = Glibc.close(host) }
    }

    /// What to answer when `right` is missing.
    func error(missing right: Rights) -> Errno {
        if !right.isDisjoint(with: .beneath), fileType != .directory { return .notDirectory }
        if fileType == .directory, right.isDisjoint(with: .directory) { return .badDescriptor }
        if !right.isDisjoint(with: [.seek, .tell]), fileType != .regularFile { return .illegalSeek }
        return .notCapable
    }
}

extension Rights {
    /// All rights that the open file `host` can have.
    static func forFile(_ host: Int32, _ type: FileType) -> Rights {
        switch type {
        case .directory: .directory
        case .regularFile, .blockDevice, .symbolicLink: .file
        case .characterDevice: isatty(host) == 1 ? .terminal : .file
        case .datagramSocket, .streamSocket: .socket
        case .unknown: .stream
        }
    }
}

/// The table of a guest's descriptors, indexed by the guest's numbers.
struct DescriptorTable {
    /// Guest numbers end here, whatever the host would allow.
    static let capacity = 1 << 16

    private var entries: [Descriptor?] = []
    /// Every number below this one is taken.
    private var firstFree = 0

    /// Gives `descriptor` the lowest free number that is at least `minimum`. When there is none, the descriptor is closed.
    @discardableResult
    mutating func insert(_ descriptor: Descriptor, atLeast minimum: Int = 0) throws(Errno) -> UInt32 {
        var number = max(firstFree, minimum)
        while number < entries.count, entries[number] != nil { number += 1 }
        guard number < Self.capacity else {
            descriptor.close()
            throw .tooManyFiles
        }
        while entries.count <= number { entries.append(nil) }
        entries[number] = descriptor
        if minimum <= firstFree { firstFree = number + 1 }
        return UInt32(number)
    }

    /// The descriptor with this number.
    func descriptor(_ number: UInt32) throws(Errno) -> Descriptor {
        guard number < entries.count, let descriptor = entries[Int(number)] else { throw .badDescriptor }
        return descriptor
    }

    /// The descriptor with this number, which must have all of `rights`.
    func descriptor(_ number: UInt32, _ rights: Rights) throws(Errno) -> Descriptor {
        let descriptor = try descriptor(number)
        guard descriptor.rights.isSuperset(of: rights) else { throw descriptor.error(missing: rights) }
        return descriptor
    }

    /// The host's descriptor behind this number, which must have all of `rights`.
    @inline(__always)
    func host(_ number: UInt32, _ rights: Rights) throws(Errno) -> Int32 {
        guard number < entries.count else { throw .badDescriptor }
        switch entries[Int(number)] {
        case .none: throw .badDescriptor
        case .some(let descriptor):
            guard descriptor.rights.isSuperset(of: rights) else { throw descriptor.error(missing: rights) }
            return descriptor.host
        }
    }

    /// Changes the descriptor with this number, which must exist.
    mutating func update(_ number: UInt32, _ change: (inout Descriptor) -> Void) {
        change(&entries[Int(number)]!)
    }

    /// Closes the descriptor with this number.
    mutating func close(_ number: UInt32) throws(Errno) {
        try descriptor(number).close()
        entries[Int(number)] = nil
        firstFree = min(firstFree, Int(number))
    }

    /// Moves a descriptor to another number, closing what was there. Numbers beyond all that were used so far are allowed
    /// within the table's capacity.
    mutating func renumber(_ number: UInt32, to other: UInt32) throws(Errno) {
        let descriptor = try descriptor(number)
        guard number != other else { return }
        guard other < Self.capacity else { throw .badDescriptor }
        while entries.count <= Int(other) { entries.append(nil) }
        entries[Int(other)]?.close()
        entries[Int(other)] = descriptor
        entries[Int(number)] = nil
        firstFree = min(firstFree, Int(number))
    }

    /// Closes all descriptors.
    mutating func closeAll() {
        for entry in entries { entry?.close() }
        entries = []
        firstFree = 0
    }
}
