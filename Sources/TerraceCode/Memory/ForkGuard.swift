// What `fork` does to code memory, and how parent and child keep out of each other's way.
//
// Code lies in a shared file (``CodeFile``), so a child sees the parent's code, and each would see what the other changes
// in it. Hence the rule: what a file held when the process forked is never changed again, by nobody. A fork begins a new
// epoch; pages of an older epoch's file are neither appended to nor emptied when they are freed, and new code goes into
// a new file, of the parent's own or of the child's own.

import CTerrace
import Synchronization
import TerraceThreads

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Counts forks, and lets none happen while code is being made (``ForkGate``): so a child inherits no claim whose thread it
/// does not have.
///
/// Thread-safe. A child that a bare system call made is noticed too, but only by itself: it never changes its parent's
/// code, and its own is safe as long as the parent frees none.
public enum ForkGuard {
    private static let forks = Atomic<UInt>(1)

    private struct Mark: @unchecked Sendable {  // never written after its making
        /// A word that the kernel clears in a child; nil where it cannot.
        let word: UnsafeMutablePointer<Atomic<UInt>>?
    }

    private static let mark: Mark = {
        ForkGate.beforeForks { ForkGuard.forks.add(1, ordering: .sequentiallyConsistent) }
        return Mark(word: makeMark())
    }()

    private static func makeMark() -> UnsafeMutablePointer<Atomic<UInt>>? {
        let page = terrace_mmap(
            0, CodeReservation.pageSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard page != UInt.max, let pointer = UnsafeMutableRawPointer(bitPattern: page) else { return nil }
        let wipeOnFork: Int32 = 18
        guard madvise(pointer, CodeReservation.pageSize, wipeOnFork) == 0 else {
            munmap(pointer, CodeReservation.pageSize)
            return nil
        }
        let mark = pointer.bindMemory(to: Atomic<UInt>.self, capacity: 1)
        mark.pointee.store(1, ordering: .relaxed)
        return mark
    }

    /// A number that is another one in parent and child after each fork.
    static var epoch: UInt {
        if let word = mark.word, _slowPath(word.pointee.load(ordering: .acquiring) == 0) {
            forks.add(1, ordering: .sequentiallyConsistent)
            word.pointee.store(1, ordering: .releasing)
        }
        return forks.load(ordering: .acquiring)
    }

    /// Keeps the process from forking until ``leave()``. May nest.
    @inline(__always) public static func enter() { ForkGate.enter() }

    /// Ends what ``enter()`` began.
    @inline(__always) public static func leave() { ForkGate.leave() }
}
