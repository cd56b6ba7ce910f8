// The small enumerations and flag sets of WASI preview 1, with their translation to the host's.
import CTerrace
import Glibc

/// `filetype`.
enum FileType: UInt8 {
    case unknown, blockDevice, characterDevice, directory, regularFile, datagramSocket, streamSocket, symbolicLink

    /// The type in the `st_mode` of a host file.
    init(mode: mode_t) {
        self =
            switch mode & S_IFMT {
            case S_IFBLK: .blockDevice
            case S_IFCHR: .characterDevice
            case S_IFDIR: .directory
            case S_IFREG: .regularFile
            case S_IFSOCK: .streamSocket
            case S_IFLNK: .symbolicLink
            default: .unknown  // WASI has no type for pipes
            }
    }

    /// The type in the `d_type` of a directory entry; `nil` where the file system does not say.
    init?(entryType: UInt8) {
        switch Int(entryType) {
        case DT_UNKNOWN: return nil
        case DT_BLK: self = .blockDevice
        case DT_CHR: self = .characterDevice
        case DT_DIR: self = .directory
        case DT_REG: self = .regularFile
        case DT_SOCK: self = .streamSocket
        case DT_LNK: self = .symbolicLink
        default: self = .unknown
        }
    }
}

/// `fdflags`.
struct DescriptorFlags: OptionSet {
    let rawValue: UInt16

    static let append = DescriptorFlags(rawValue: 1 << 0)
    static let dataSync = DescriptorFlags(rawValue: 1 << 1)
    static let nonblocking = DescriptorFlags(rawValue: 1 << 2)
    static let readSync = DescriptorFlags(rawValue: 1 << 3)
    static let sync = DescriptorFlags(rawValue: 1 << 4)
    static let all = DescriptorFlags(rawValue: 0x1F)

    init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The flags among those that `fcntl(F_GETFL)` returned.
    init(host: Int32) {
        var flags: DescriptorFlags = []
        if host & O_APPEND != 0 { flags.insert(.append) }
        if host & O_NONBLOCK != 0 { flags.insert(.nonblocking) }
        if host & O_SYNC == O_SYNC {
            flags.formUnion([.sync, .readSync])
        } else if host & O_DSYNC != 0 {
            flags.insert(.dataSync)
        }
        self = flags
    }

    /// The host's flags for `open`.
    var host: Int32 {
        var flags: Int32 = 0
        if contains(.append) { flags |= O_APPEND }
        if contains(.nonblocking) { flags |= O_NONBLOCK }
        if contains(.dataSync) { flags |= O_DSYNC }
        if !isDisjoint(with: [.sync, .readSync]) { flags |= O_SYNC }
        return flags
    }
}

/// `oflags`.
struct OpenFlags: OptionSet {
    let rawValue: UInt16

    static let create = OpenFlags(rawValue: 1 << 0)
    static let directory = OpenFlags(rawValue: 1 << 1)
    static let exclusive = OpenFlags(rawValue: 1 << 2)
    static let truncate = OpenFlags(rawValue: 1 << 3)
    static let all = OpenFlags(rawValue: 0xF)
}

/// `lookupflags`.
struct LookupFlags: OptionSet {
    let rawValue: UInt32

    static let followSymbolicLinks = LookupFlags(rawValue: 1 << 0)
}

/// `fstflags`: which of a file's times to set, and whether to the present.
struct TimeFlags: OptionSet {
    let rawValue: UInt16

    static let setAccess = TimeFlags(rawValue: 1 << 0)
    static let setAccessNow = TimeFlags(rawValue: 1 << 1)
    static let setModification = TimeFlags(rawValue: 1 << 2)
    static let setModificationNow = TimeFlags(rawValue: 1 << 3)
    static let all = TimeFlags(rawValue: 0xF)
}

/// The pair of times for `futimens` and `utimensat`: access, then modification.
struct FileTimes {
    var access: timespec
    var modification: timespec

    /// - Throws: `invalid` if a time is to be set both to a value and to the present, or for an unknown flag.
    init(access: UInt64, modification: UInt64, flags: UInt16) throws(Errno) {
        let flags = TimeFlags(rawValue: flags)
        guard TimeFlags.all.isSuperset(of: flags), !flags.isSuperset(of: [.setAccess, .setAccessNow]),
            !flags.isSuperset(of: [.setModification, .setModificationNow])
        else { throw .invalid }
        self.access = Self.time(access, set: flags.contains(.setAccess), now: flags.contains(.setAccessNow))
        self.modification = Self.time(
            modification, set: flags.contains(.setModification), now: flags.contains(.setModificationNow))
    }

    private static func time(_ nanoseconds: UInt64, set: Bool, now: Bool) -> timespec {
        if set { return timespec(nanoseconds: nanoseconds) }
        return timespec(tv_sec: 0, tv_nsec: now ? TERRACE_UTIME_NOW : TERRACE_UTIME_OMIT)
    }
}

extension timespec {
    init(nanoseconds: UInt64) {
        self.init(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    }

    /// Nanoseconds since the epoch; times before it count as 0, times after the year 2554 as the largest value.
    var nanoseconds: UInt64 {
        guard tv_sec >= 0 else { return 0 }
        let (seconds, tooLarge) = UInt64(tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, overflow) = seconds.addingReportingOverflow(UInt64(max(tv_nsec, 0)))
        return tooLarge || overflow ? .max : sum
    }
}

/// `whence`, which is not numbered as on the host.
enum Whence: UInt8 {
    case set, current, end

    var host: Int32 {
        switch self {
        case .set: SEEK_SET
        case .current: SEEK_CUR
        case .end: SEEK_END
        }
    }
}

/// `advice`.
enum Advice: UInt8 {
    case normal, sequential, random, willNeed, dontNeed, noReuse

    var host: Int32 {
        switch self {
        case .normal: POSIX_FADV_NORMAL
        case .sequential: POSIX_FADV_SEQUENTIAL
        case .random: POSIX_FADV_RANDOM
        case .willNeed: POSIX_FADV_WILLNEED
        case .dontNeed: POSIX_FADV_DONTNEED
        case .noReuse: POSIX_FADV_NOREUSE
        }
    }
}

/// `clockid`.
enum ClockIdentifier: UInt32 {
    case realtime, monotonic, processTime, threadTime
}
