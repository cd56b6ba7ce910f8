// Named places in the tiering protocol where a test can stop a thread.

import Synchronization
import TerraceThreads

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A window of the tiering protocol. While no point is armed, reaching one costs a predictable branch.
@frozen public enum SyncPoint: String, CaseIterable, Sendable {
    /// A stub's maker has looked at what exists, and has made nothing yet.
    case stubAfterReadTier = "stub.afterReadTier"
    /// A function was claimed; nobody compiles it yet.
    case claimAfterClaim = "claim.afterClaim"
    /// Nothing of the block is reserved.
    case commitBeforeReserve = "commit.beforeReserve"
    /// A new open segment is made and belongs to nobody yet; no lock is held.
    case segmentAfterMaking = "segment.afterMaking"
    /// The bytes are linked and about to be written to where they will run.
    case commitBeforeWrite = "commit.beforeWrite"
    /// Everything that can fail is done and the code bytes are in place; nobody can see the block.
    case commitBeforeLock = "commit.beforeLock"
    /// The block is in the list.
    case commitAfterAppend = "commit.afterAppend"
    /// The block can be found by address.
    case commitAfterMapInsert = "commit.afterMapInsert"
    /// The functions' states name the new code.
    case commitAfterState = "commit.afterState"
    /// A cell is about to be stored; the state that it shall follow was read.
    case commitBeforeCellStore = "commit.beforeCellStore"
    /// Callers go to the new code.
    case commitAfterCell = "commit.afterCell"
    /// A request for better code was taken from the queue; nobody compiles it yet.
    case queueAfterTake = "queue.afterTake"
    /// Code of a second tier is compiled; its commit has not begun.
    case tierUpBeforeCommit = "tierUp.beforeCommit"
    /// Code for entry at a loop is published; no loop goes there yet.
    case loopEntryAfterCommit = "loopEntry.afterCommit"
    /// In a map's insert, with the map's lock held: the entry is stored but not marked yet.
    case mapAfterEntry = "map.afterEntry"
    /// A block's last use has ended; it is in no list of retired blocks yet.
    case retireBeforeList = "retire.beforeList"
    /// A block is retired.
    case retireAfterList = "retire.afterList"
    /// A batch of retired blocks has begun; threads have not passed the barrier.
    case reclaimBeforeBarrier = "reclaim.beforeBarrier"
    /// All threads have passed the barrier; nobody has looked who runs.
    case reclaimAfterBarrier = "reclaim.afterBarrier"
    /// Nobody is in the blocks of a batch; all else is still there.
    case reclaimAfterLook = "reclaim.afterLook"
    /// The blocks are in the list no more, but in the maps.
    case freeAfterUnlink = "free.afterUnlink"
    /// The blocks cannot be found by address any more; their memory is still theirs.
    case freeAfterMapRemove = "free.afterMapRemove"
    /// A thread has looked at its own stack, and has told nobody what is there.
    case scanBeforeReport = "scan.beforeReport"
    /// A block was chosen to be evicted; its functions' states still name it.
    case evictAfterChoice = "evict.afterChoice"
    /// The functions' states say that they have no code; cells still lead to it.
    case evictAfterState = "evict.afterState"
    /// Callers go to the functions' thunks.
    case evictAfterCell = "evict.afterCell"
    /// A call came through the thunk of a function that has code; its cell still leads to the thunk.
    case recallBeforeCell = "recall.beforeCell"
    /// A trap has left wasm code, and is not described yet.
    case trapBeforeDescription = "trap.beforeDescription"

    @usableFromInline static let isAnyArmed = Atomic<Bool>(false)
    // A thread that stands at a point may keep a fork waiting; whoever lets it go must not have to wait for the fork.
    private static let lock = Lock()
    nonisolated(unsafe) private static var armed: [ArmedSyncPoint] = []  // protected by `lock`

    private static func withArmed<Result>(_ body: (inout [ArmedSyncPoint]) -> Result) -> Result {
        lock.lock()
        defer { lock.unlock() }
        return body(&armed)
    }

    /// Says that the calling thread is here.
    /// - Parameter scope: the ``Code`` (or whatever else the point is about): a test may wait for one alone.
    @inlinable @inline(__always) public func reach(in scope: @autoclosure () -> ObjectIdentifier?) {
        if _slowPath(SyncPoint.isAnyArmed.load(ordering: .relaxed)) { stopIfArmed(scope()) }
    }

    /// Makes the next thread that reaches this point wait there. Later ones pass.
    /// - Parameters:
    ///   - scope: only threads that work for this object count; nil = all.
    ///   - onThisThread: whether only the calling thread counts.
    public func arm(in scope: AnyObject? = nil, onThisThread: Bool = false) -> ArmedSyncPoint {
        let result = ArmedSyncPoint(
            point: self, scope: scope.map(ObjectIdentifier.init), thread: onThisThread ? pthread_self() : nil)
        SyncPoint.withArmed { $0.append(result) }
        SyncPoint.isAnyArmed.store(true, ordering: .sequentiallyConsistent)
        return result
    }

    @usableFromInline @inline(never) func stopIfArmed(_ scope: ObjectIdentifier?) {
        let here = SyncPoint.withArmed { armed -> ArmedSyncPoint? in
            guard
                let index = armed.firstIndex(where: {
                    $0.point == self && ($0.scope ?? scope) == scope && ($0.thread ?? pthread_self()) == pthread_self()
                })
            else { return nil }
            defer { SyncPoint.isAnyArmed.store(!armed.isEmpty, ordering: .sequentiallyConsistent) }
            return armed.remove(at: index)
        }
        here?.stop()
    }

    fileprivate static func disarm(_ point: ArmedSyncPoint) {
        withArmed { armed in
            armed.removeAll { $0 === point }
            isAnyArmed.store(!armed.isEmpty, ordering: .sequentiallyConsistent)
        }
    }
}

/// A sync point that waits for a thread, or holds one.
public final class ArmedSyncPoint: @unchecked Sendable {  // state is behind `mutex`
    fileprivate let point: SyncPoint
    fileprivate let scope: ObjectIdentifier?
    fileprivate let thread: pthread_t?
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var isReached = false
    private var isReleased = false

    fileprivate init(point: SyncPoint, scope: ObjectIdentifier?, thread: pthread_t?) {
        self.point = point
        self.scope = scope
        self.thread = thread
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(changed, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        pthread_cond_destroy(changed)
        mutex.deallocate()
        changed.deallocate()
    }

    fileprivate func stop() {
        pthread_mutex_lock(mutex)
        isReached = true
        pthread_cond_broadcast(changed)
        while !isReleased { pthread_cond_wait(changed, mutex) }
        pthread_mutex_unlock(mutex)
    }

    /// Blocks until a thread stands at the point.
    public func waitUntilReached() {
        pthread_mutex_lock(mutex)
        while !isReached { pthread_cond_wait(changed, mutex) }
        pthread_mutex_unlock(mutex)
    }

    /// Whether a thread has come to the point.
    public var wasReached: Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return isReached
    }

    /// Lets the thread go on; a thread that has not come yet will not stop.
    public func release() {
        SyncPoint.disarm(self)
        pthread_mutex_lock(mutex)
        isReleased = true
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
    }
}
