// What a WASI program is given: arguments, environment, directories, streams, and the sources of time and chance.
import CTerrace
import Glibc

/// What a guest program gets from its embedder. The default gives it nothing but the process's standard streams, clocks
/// and random numbers.
public struct WASIConfiguration: Sendable {
    /// A host directory that the guest may use.
    public struct Preopen: Sendable {
        /// The directory's path on the host.
        public var host: SystemString
        /// The path under which the guest finds it.
        public var guest: SystemString

        /// - Parameter guest: The path under which the guest finds the directory; by default the host's path.
        public init(host: SystemString, guest: SystemString? = nil) {
            self.host = host
            self.guest = guest ?? host
        }

        /// - Parameter guest: The path under which the guest finds the directory; by default the host's path.
        public init(host: String, guest: String? = nil) {
            self.init(host: SystemString(host), guest: guest.map { SystemString($0) })
        }
    }

    /// A clock that the guest can read and, if it does not measure processor time, wait for.
    public struct Clock: Sendable {
        /// The clock's resolution in nanoseconds.
        public var resolution: @Sendable () -> UInt64
        /// The clock's time in nanoseconds.
        public var now: @Sendable () -> UInt64

        public init(resolution: @escaping @Sendable () -> UInt64, now: @escaping @Sendable () -> UInt64) {
            self.resolution = resolution
            self.now = now
        }

        /// Time since 1970 on the host.
        public static let realtime = Clock(host: CLOCK_REALTIME)
        /// Time since some moment on the host, which never goes back.
        public static let monotonic = Clock(host: CLOCK_MONOTONIC)
        /// Processor time that the host process has used.
        public static let processTime = Clock(host: CLOCK_PROCESS_CPUTIME_ID)
        /// Processor time that the calling thread has used.
        public static let threadTime = Clock(host: CLOCK_THREAD_CPUTIME_ID)

        private init(host clock: clockid_t) {
            self.init(
                resolution: {
                    var time = timespec()
                    clock_getres(clock, &time)
                    return time.nanoseconds
                },
                now: {
                    var time = timespec()
                    clock_gettime(clock, &time)
                    return time.nanoseconds
                })
        }
    }

    /// The program's arguments. The first is the program's own name.
    public var arguments: [SystemString]
    /// The environment's variables in order.
    public var environment: [(name: SystemString, value: SystemString)]
    /// The directories that the guest may use, in the order of their descriptors, which begin at 3.
    public var preopens: [Preopen]
    /// Host descriptors of the standard streams, which stay the embedder's; `nil` leaves the stream closed.
    public var standardInput: Int32?
    public var standardOutput: Int32?
    public var standardError: Int32?
    /// The clocks that the guest reads.
    public var realtimeClock: Clock
    public var monotonicClock: Clock
    public var processTimeClock: Clock
    public var threadTimeClock: Clock
    /// Fills a buffer with random bytes.
    public var fillRandom: @Sendable (UnsafeMutableRawBufferPointer) -> Void

    /// - Parameters:
    ///   - arguments: The program's arguments. The first is the program's own name.
    ///   - environment: The environment's variables in order.
    ///   - preopens: The directories that the guest may use.
    ///   - standardInput: A host descriptor, or `nil` for none.
    ///   - standardOutput: A host descriptor, or `nil` for none.
    ///   - standardError: A host descriptor, or `nil` for none.
    public init(
        arguments: [SystemString] = [], environment: [(name: SystemString, value: SystemString)] = [],
        preopens: [Preopen] = [], standardInput: Int32? = STDIN_FILENO,
        standardOutput: Int32? = STDOUT_FILENO, standardError: Int32? = STDERR_FILENO
    ) {
        self.arguments = arguments
        self.environment = environment
        self.preopens = preopens
        self.standardInput = standardInput
        self.standardOutput = standardOutput
        self.standardError = standardError
        realtimeClock = .realtime
        monotonicClock = .monotonic
        processTimeClock = .processTime
        threadTimeClock = .threadTime
        fillRandom = Self.fillFromHost
    }

    /// The same with arguments that are Swift strings.
    public init(
        arguments: [String], environment: [(name: String, value: String)] = [], preopens: [Preopen] = [],
        standardInput: Int32? = STDIN_FILENO, standardOutput: Int32? = STDOUT_FILENO,
        standardError: Int32? = STDERR_FILENO
    ) {
        self.init(
            arguments: arguments.map { SystemString($0) },
            environment: environment.map { (name: SystemString($0.name), value: SystemString($0.value)) },
            preopens: preopens, standardInput: standardInput, standardOutput: standardOutput,
            standardError: standardError)
    }

    private static let fillFromHost: @Sendable (UnsafeMutableRawBufferPointer) -> Void = { buffer in
        var rest = buffer
        while !rest.isEmpty {
            // Fails only when a signal interrupts a long read.
            let count = terrace_getrandom(rest.baseAddress, rest.count)
            if count > 0 { rest = UnsafeMutableRawBufferPointer(rebasing: rest[count...]) }
        }
    }
}

/// A configuration that cannot be had.
public struct WASIError: Error, CustomStringConvertible {
    /// What is wrong, naming the directory, argument or variable.
    public let description: String
}

/// Thrown through the guest's frames when it calls `proc_exit`.
public struct ProcessExit: Error, Hashable, CustomStringConvertible {
    /// The code with which the program ended.
    public let code: UInt32

    public init(code: UInt32) {
        self.code = code
    }

    public var description: String { "exit code \(code)" }
}
