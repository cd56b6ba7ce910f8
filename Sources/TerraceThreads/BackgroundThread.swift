// How the engine's own threads are started: those that compile and the one that watches deadlines.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Threads that nobody waits for.
public enum BackgroundThread {
    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts a thread that runs `body` and ends. It blocks all signals: handlers of the host's must not run on its stack.
    /// - Returns: 0, or the error number that says why there is no thread.
    public static func start(stackBytes: Int, _ body: @escaping @Sendable () -> Void) -> Int32 {
        var attributes = pthread_attr_t()
        let result = pthread_attr_init(&attributes)
        guard result == 0 else { return result }
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, stackBytes)
        return create(attributes, Unmanaged.passRetained(Body(body)))
    }

    private static func create(_ attributes: pthread_attr_t, _ body: Unmanaged<Body>) -> Int32 {
        var attributes = attributes
        #if canImport(Darwin)
            var thread: pthread_t?
            let result = pthread_create(&thread, &attributes, { BackgroundThread.run($0) }, body.toOpaque())
        #else
            var thread = pthread_t()
            let result = pthread_create(&thread, &attributes, { BackgroundThread.run($0!) }, body.toOpaque())
        #endif
        if result != 0 { body.release() }
        return result
    }

    private static func run(_ body: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        var signals = sigset_t()
        sigfillset(&signals)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        Unmanaged<Body>.fromOpaque(body).takeRetainedValue().run()
        return nil
    }
}
