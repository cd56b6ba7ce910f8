// The functions about the process itself: arguments, environment, random numbers, and its end.
import Glibc

extension WASI {
    func argumentsGet(_ memory: GuestMemory, pointers: UInt32, buffer: UInt32) throws(Errno) {
        try arguments.write(to: memory, pointers: pointers, buffer: buffer)
    }

    func argumentsSizesGet(_ memory: GuestMemory, count: UInt32, size: UInt32) throws(Errno) {
        try memory.store(arguments.count, at: count)
        try memory.store(arguments.byteCount, at: size)
    }

    func environmentGet(_ memory: GuestMemory, pointers: UInt32, buffer: UInt32) throws(Errno) {
        try environment.write(to: memory, pointers: pointers, buffer: buffer)
    }

    func environmentSizesGet(_ memory: GuestMemory, count: UInt32, size: UInt32) throws(Errno) {
        try memory.store(environment.count, at: count)
        try memory.store(environment.byteCount, at: size)
    }

    func randomGet(_ memory: GuestMemory, buffer: UInt32, length: UInt32) throws(Errno) {
        configuration.fillRandom(try memory.bytes(buffer, count: length))
    }

    func yield() throws(Errno) {
        sched_yield()
    }

    /// What a signal does that a program without handlers raises against itself: it ends the program with the code that a
    /// shell would report, or does nothing. Stopping is not supported.
    func raise(_ signal: UInt32) throws {
        switch signal {
        case 0, 16, 17, 22, 27: return  // none, CHLD, CONT, URG, WINCH
        case 18...21: throw Errno.notSupported  // STOP, TSTP, TTIN, TTOU
        case 1...30: throw ProcessExit(code: 128 + signal)
        default: throw Errno.invalid
        }
    }
}
