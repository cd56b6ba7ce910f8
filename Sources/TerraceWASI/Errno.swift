// The error numbers of `wasi_snapshot_preview1`, and how the host's map onto them. Every WASI function of this
// target is a Swift function that throws one of these; the bindings turn it into the number the guest sees.
import Glibc

/// `errno` of WASI preview 1, without `success`.
enum Errno: UInt16, Error {
    case tooBig = 1
    case access, addressInUse, addressNotAvailable, addressFamilyNotSupported, again, already, badDescriptor
    case badMessage, busy, canceled, noChild, connectionAborted, connectionRefused, connectionReset, deadlock
    case destinationAddressRequired, domain, diskQuota, exists, fault, fileTooBig, hostUnreachable
    case identifierRemoved, illegalByteSequence, inProgress, interrupted, invalid, inputOutput, isConnected
    case isDirectory, loop, tooManyFiles, tooManyLinks, messageSize, multihop, nameTooLong, networkDown
    case networkReset, networkUnreachable, tooManyFilesInSystem, noBufferSpace, noDevice, noEntry
    case notExecutable, noLocks, noLink, noMemory, noMessage, noProtocolOption, noSpace, noSystemCall
    case notConnected, notDirectory, notEmpty, notRecoverable, notSocket, notSupported, notTerminal
    case noSuchDevice, overflow, ownerDead, notPermitted, brokenPipe, protocolError, protocolNotSupported
    case protocolType, range, readOnlyFileSystem, illegalSeek, noSuchProcess, stale, timedOut, textBusy
    case crossDevice, notCapable

    /// The WASI error that corresponds to an error number of the host.
    init(host: Int32) {
        self =
            switch host {
            case E2BIG: .tooBig
            case EACCES: .access
            case EADDRINUSE: .addressInUse
            case EADDRNOTAVAIL: .addressNotAvailable
            case EAFNOSUPPORT: .addressFamilyNotSupported
            case EAGAIN: .again
            case EALREADY: .already
            case EBADF: .badDescriptor
            case EBADMSG: .badMessage
            case EBUSY: .busy
            case ECANCELED: .canceled
            case ECHILD: .noChild
            case ECONNABORTED: .connectionAborted
            case ECONNREFUSED: .connectionRefused
            case ECONNRESET: .connectionReset
            case EDEADLK: .deadlock
            case EDESTADDRREQ: .destinationAddressRequired
            case EDOM: .domain
            case EDQUOT: .diskQuota
            case EEXIST: .exists
            case EFAULT: .fault
            case EFBIG: .fileTooBig
            case EHOSTUNREACH: .hostUnreachable
            case EIDRM: .identifierRemoved
            case EILSEQ: .illegalByteSequence
            case EINPROGRESS: .inProgress
            case EINTR: .interrupted
            case EINVAL: .invalid
            case EISCONN: .isConnected
            case EISDIR: .isDirectory
            case ELOOP: .loop
            case EMFILE: .tooManyFiles
            case EMLINK: .tooManyLinks
            case EMSGSIZE: .messageSize
            case EMULTIHOP: .multihop
            case ENAMETOOLONG: .nameTooLong
            case ENETDOWN: .networkDown
            case ENETRESET: .networkReset
            case ENETUNREACH: .networkUnreachable
            case ENFILE: .tooManyFilesInSystem
            case ENOBUFS: .noBufferSpace
            case ENODEV: .noDevice
            case ENOENT: .noEntry
            case ENOEXEC: .notExecutable
            case ENOLCK: .noLocks
            case ENOLINK: .noLink
            case ENOMEM: .noMemory
            case ENOMSG: .noMessage
            case ENOPROTOOPT: .noProtocolOption
            case ENOSPC: .noSpace
            case ENOSYS: .noSystemCall
            case ENOTCONN: .notConnected
            case ENOTDIR: .notDirectory
            case ENOTEMPTY: .notEmpty
            case ENOTRECOVERABLE: .notRecoverable
            case ENOTSOCK: .notSocket
            case EOPNOTSUPP: .notSupported
            case ENOTTY: .notTerminal
            case ENXIO: .noSuchDevice
            case EOVERFLOW: .overflow
            case EOWNERDEAD: .ownerDead
            case EPERM: .notPermitted
            case EPIPE: .brokenPipe
            case EPROTO: .protocolError
            case EPROTONOSUPPORT: .protocolNotSupported
            case EPROTOTYPE: .protocolType
            case ERANGE: .range
            case EROFS: .readOnlyFileSystem
            case ESPIPE: .illegalSeek
            case ESRCH: .noSuchProcess
            case ESTALE: .stale
            case ETIMEDOUT: .timedOut
            case ETXTBSY: .textBusy
            case EXDEV: .crossDevice
            default: .inputOutput
            }
    }

    /// The error of the system call that has just failed on this thread.
    static var ofHost: Errno { Errno(host: errno) }
}

/// The result of a system call, or the error it left in `errno`. Calls that a signal interrupted are repeated: a guest
/// has no signal handlers that could want to know.
@inline(__always)
@discardableResult
func checked<Result: SignedInteger>(_ call: () -> Result) throws(Errno) -> Result {
    while true {
        let result = call()
        if result >= 0 { return result }
        if errno != EINTR { throw .ofHost }
    }
}
