// The queue of an engine's requests for better code, and the threads that serve it.
//
// Threads are started when there is work for them, and end with the engine. No lock is held while they compile, and none is ever
// held by a thread that a fork would leave behind: whoever holds the queue's lock keeps the process from forking (``ForkGuard``).
// A child has the queue and no threads: there whoever asks compiles.

import CTerrace
import Synchronization
import TerraceCode
import TerraceCompilation
import TerraceThreads

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Requests that wait, and the threads that take them. Usable from any thread.
public final class CompileQueue: Sendable {
    private struct State {
        var heap = RequestHeap()
        /// Threads that were started and have not ended.
        var threads = 0
        /// Those of them that look for work or wait for it.
        var idle = 0
        /// Requests that were taken and are not done.
        var active = 0
        var isStopped = false
    }

    /// Changes whenever there is something new for threads to look at; they sleep on it. And whenever a request is done, for
    /// those who wait for that.
    private struct Words: @unchecked Sendable {  // atomics; freed with the queue
        let news = UnsafeMutablePointer<Atomic<UInt32>>.allocate(capacity: 1)
        let progress = UnsafeMutablePointer<Atomic<UInt32>>.allocate(capacity: 1)

        init() {
            news.initialize(to: Atomic(0))
            progress.initialize(to: Atomic(0))
        }
    }

    private let state = Guarded(State())
    private let words = Words()
    private let maximumThreads: Int
    /// Address space: a compiler goes as deep as constructs are nested.
    private static let threadStackBytes = 4 << 20
    /// Small functions that are published together: a commit costs about as much as compiling one of them.
    private static let batchCount = 8
    private static let batchBytes = 16 << 10

    /// The process that had the first queue. A child of a fork starts no threads: the system library's mutex takes the forking
    /// thread of the child for that of the parent, and ends the process where two threads of the child wait for one another.
    private static let home = getpid()

    init(maximumThreads: Int) {
        self.maximumThreads = max(1, maximumThreads)
        _ = Self.home
    }

    deinit {
        words.news.deallocate()
        words.progress.deallocate()
    }

    // MARK: asking

    /// What becomes of a request.
    enum Answer {
        case accepted
        /// This process has no threads for it: whoever asks does the work.
        case serveYourself
        /// There is no thread that could serve it, and none can be started.
        case refused
    }

    /// Adds a request, whose claim is made.
    func add(_ request: CompileRequest) -> Answer {
        ForkGuard.enter()
        defer { ForkGuard.leave() }
        guard getpid() == Self.home else {
            giveUpInherited()
            return .serveYourself
        }
        let isAccepted = state.withLock { state in
            if state.isStopped { return false }
            if state.idle == 0, state.threads < maximumThreads, start() {
                state.threads += 1
                state.idle += 1
            }
            guard state.threads > 0 else { return false }
            state.heap.insert(request)
            return true
        }
        if isAccepted { tellNews() }
        return isAccepted ? .accepted : .refused
    }

    /// In a child of a fork: claims for which the parent's threads had not begun to work are dropped.
    private func giveUpInherited() {
        let heap = state.withLock { state in
            state.threads = 0
            state.idle = 0
            defer { state.heap = RequestHeap() }
            return state.heap
        }
        var rest = heap
        while let request = rest.popFirst() { request.module.generator?.giveUp(request.function, request.entry) }
    }

    /// Says that a function for which there is a request has become hotter.
    func raise(_ module: WeakGenerator, _ function: UInt32, _ entry: CodeEntry) {
        ForkGuard.enter()
        defer { ForkGuard.leave() }
        if getpid() != Self.home { return giveUpInherited() }
        state.withLock { $0.heap.raise(module, function, entry) }
    }

    /// Forgets all requests of a module that have not been taken yet.
    func removeAll(of module: WeakGenerator) {
        ForkGuard.enter()
        defer { ForkGuard.leave() }
        _ = state.withLock { $0.heap.removeAll(of: module) }
        tellProgress()
    }

    /// Ends the threads, each when it has done what it is doing. Nothing is accepted afterwards.
    func stop() {
        ForkGuard.enter()
        defer { ForkGuard.leave() }
        let heap = state.withLock { state in
            state.isStopped = true
            defer { state.heap = RequestHeap() }
            return state.heap
        }
        _ = heap  // Released with no lock held.
        tellNews()
        tellProgress()
    }

    /// Waits until nothing is requested and nothing is at work. For tests, and for whoever wants everything compiled.
    public func drain() {
        while true {
            let seen = words.progress.pointee.load(ordering: .acquiring)
            ForkGuard.enter()
            let isDone = state.withLock { $0.heap.count == 0 && $0.active == 0 }
            ForkGuard.leave()
            if isDone { return }
            terrace_wait_on_address(words.progress, seen)
        }
    }

    /// Requests that wait.
    public var requestCount: Int { state.withLock { $0.heap.count } }
    /// Threads that have been started and not ended.
    public var threadCount: Int { state.withLock { $0.threads } }

    private func tellNews() {
        words.news.pointee.add(1, ordering: .acquiringAndReleasing)
        terrace_wake_address(words.news)
    }

    private func tellProgress() {
        words.progress.pointee.add(1, ordering: .acquiringAndReleasing)
        terrace_wake_address(words.progress)
    }

    // MARK: threads

    /// Starts a thread. False if the system has none.
    private func start() -> Bool {
        do throws(CodeError) { try FailureInjection.check(ObjectIdentifier(self), .outOfMemory) } catch { return false }
        return BackgroundThread.start(stackBytes: Self.threadStackBytes) { self.work() } == 0
    }

    /// What a thread does.
    private func work() {
        while true {
            let seen = words.news.pointee.load(ordering: .acquiring)
            // Nobody forks while there is a claim that only this thread would end.
            ForkGuard.enter()
            switch take() {
            case .stop:
                ForkGuard.leave()
                return
            case .nothing:
                ForkGuard.leave()
                terrace_wait_on_address(words.news, seen)
            case .work(let generator, let requests):
                serve(generator, requests)
                ForkGuard.leave()
            }
        }
    }

    private func serve(_ generator: ModuleGenerator, _ requests: [CompileRequest]) {
        SyncPoint.queueAfterTake.reach(in: ObjectIdentifier(generator.code))
        generator.compileForTierTwo(requests)
        state.withLock { state in
            state.active -= requests.count
            state.idle += 1
        }
        tellProgress()
    }

    private enum Task {
        case work(ModuleGenerator, [CompileRequest])
        case nothing
        case stop
    }

    /// Takes the most urgent request, and with a small function others of its module that would be next.
    private func take() -> Task {
        state.withLock { state in
            while !state.isStopped, let request = state.heap.popFirst() {
                guard let generator = request.module.generator else { continue }
                var requests = [request]
                var bytes = request.bodyBytes
                while request.entry == .call, requests.count < Self.batchCount, let next = state.heap.first,
                    next.entry == .call, next.module === request.module, bytes + next.bodyBytes <= Self.batchBytes
                {
                    bytes += next.bodyBytes
                    _ = state.heap.popFirst()
                    requests.append(next)
                }
                state.active += requests.count
                state.idle -= 1
                return .work(generator, requests)
            }
            if state.isStopped {
                state.threads -= 1
                state.idle -= 1
                return .stop
            }
            return .nothing
        }
    }
}
