// What `fork` does to code memory, and how parent and child keep out of each other's way.
//
// Code lies in a shared file (``CodeFile``), so a child sees the parent's code, and each would see what the other changes
// in it. Hence the rule: what a file held when the process forked is never changed again, by nobody. A fork begins a new
// epoch; pages of an older epoch's file are neither appended to nor emptied when they are freed, and new code goes into
// a new file, of the parent's own or of the child's own.

import CTerrace
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Counts forks, and lets none happen while code is being made: so a child inherits no lock that is held and no claim
/// whose thread it does not have.
///
/// Thread-safe. What is said about the gate holds for `fork(2)` as the C library offers it; a child that a bare system
/// call made is noticed too, but only by itself: it never changes its parent's code, and its own is safe as long as the
/// parent frees none.
public enum ForkGuard {
    private struct Installed: @unchecked Sendable {  // never written after its making
        /// A word that the kernel clears in a child; nil where it cannot.
        let mark: UnsafeMutablePointer<Atomic<UInt>>?
        /// How many hold the gate, or ``isForking``; and ``isAwaited``.
        let gate: UnsafeMutablePointer<Atomic<UInt32>>
    }

    private static let isForking: UInt32 = 1 << 31
    private static let isAwaited: UInt32 = 1 << 30

    private static let forks = Atomic<UInt>(1)

    private static let installed: Installed = {
        let gate = UnsafeMutablePointer<Atomic<UInt32>>.allocate(capacity: 1)
        gate.initialize(to: Atomic(0))
        pthread_atfork(
            {
                ForkGuard.close()
                ForkGuard.forks.add(1, ordering: .sequentiallyConsistent)
                CodeWindow.close()
            }, { ForkGuard.open() }, { ForkGuard.open() })
        return Installed(mark: makeMark(), gate: gate)
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
        if let mark = installed.mark, _slowPath(mark.pointee.load(ordering: .acquiring) == 0) {
            forks.add(1, ordering: .sequentiallyConsistent)
            mark.pointee.store(1, ordering: .releasing)
        }
        return forks.load(ordering: .acquiring)
    }

    /// Keeps the process from forking until ``leave()``. May nest: a fork that waits does not keep others out.
    @inline(__always) public static func enter() {
        let gate = installed.gate
        var old = gate.pointee.load(ordering: .relaxed)
        while true {
            if _slowPath(old & isForking != 0) {
                wait(for: old)
                old = gate.pointee.load(ordering: .relaxed)
                continue
            }
            let (exchanged, now) = gate.pointee.weakCompareExchange(
                expected: old, desired: old + 1, ordering: .acquiring)
            if exchanged { return }
            old = now
        }
    }

    /// Ends what ``enter()`` began.
    @inline(__always) public static func leave() {
        let gate = installed.gate
        if _slowPath(gate.pointee.subtract(1, ordering: .releasing).newValue == isAwaited) {
            terrace_wake_address(gate)
        }
    }

    @inline(never) private static func wait(for value: UInt32) { terrace_wait_on_address(installed.gate, value) }

    /// Waits until nobody holds the gate, and closes it.
    private static func close() {
        let gate = installed.gate
        while true {
            let old = gate.pointee.load(ordering: .relaxed)
            if old & ~isAwaited == 0 {
                if gate.pointee.compareExchange(expected: old, desired: isForking, ordering: .acquiring).exchanged {
                    return
                }
            } else if old & isAwaited != 0
                || gate.pointee.compareExchange(expected: old, desired: old | isAwaited, ordering: .relaxed).exchanged
            {
                wait(for: old | isAwaited)
            }
        }
    }

    /// Opens the gate, in the parent and in the child.
    private static func open() {
        installed.gate.pointee.store(0, ordering: .releasing)
        terrace_wake_address(installed.gate)
    }
}
