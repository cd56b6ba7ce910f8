// Running one piece of work on several threads.

import Glibc

/// Carries a closure through the C interface.
private final class ThreadBody: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Runs `body` once on each of `jobs` threads, the calling one included, and waits for all. If a thread cannot be made, the
/// others do its share: `body` takes work from a common place until there is none.
func runInParallel(jobs: Int, _ body: @escaping @Sendable () -> Void) {
    var threads: [pthread_t] = []
    for _ in 1..<max(jobs, 1) {
        let argument = Unmanaged.passRetained(ThreadBody(body)).toOpaque()
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { argument in
                Unmanaged<ThreadBody>.fromOpaque(argument!).takeRetainedValue().run()
                return nil
            }, argument)
        if result == 0 {
            threads.append(thread)
        } else {
            Unmanaged<ThreadBody>.fromOpaque(argument).release()
        }
    }
    body()
    for thread in threads { pthread_join(thread, nil) }
}
