// Signal handlers that stand in front of other people's, and give each signal that is not theirs to the one behind.
//
// Others do the same, and may stand before and behind us at once: A was there before us; B came later and hands on to us;
// we were installed again, in front of B. So each signal has a list of who was displaced, the latest first. Who hands a
// signal on to us that we gave it gets it to the next in the list, never back to itself.

import CTerrace
import Glibc
import Synchronization

/// C function that handles a signal.
typealias SignalHandler =
    @convention(c) (Int32, UnsafeMutablePointer<siginfo_t>?, UnsafeMutableRawPointer?) -> Void

enum SignalHandlers {
    /// A handler that stood where ours stands now. Immutable once listed, and never freed: a handler may be reading it.
    private struct Displaced {
        var action: sigaction
        var next: UnsafePointer<Displaced>?
    }
    private static let signalCount = 65
    private static let ignore: UInt = 1  // SIG_IGN; SIG_DFL is 0

    /// By signal, the address of the latest ``Displaced``. Never freed.
    nonisolated(unsafe) private static let heads: UnsafeMutablePointer<Atomic<UInt>> = {
        let heads = UnsafeMutablePointer<Atomic<UInt>>.allocate(capacity: signalCount)
        for index in 0..<signalCount { (heads + index).initialize(to: Atomic(0)) }
        return heads
    }()
    /// By signal, the address of our handler; 0 = none.
    nonisolated(unsafe) private static let handlers: UnsafeMutablePointer<Atomic<UInt>> = {
        let handlers = UnsafeMutablePointer<Atomic<UInt>>.allocate(capacity: signalCount)
        for index in 0..<signalCount { (handlers + index).initialize(to: Atomic(0)) }
        return handlers
    }()
    /// The system's own treatment, at the end of every list.
    nonisolated(unsafe) private static let standard: UnsafePointer<Displaced> = {
        let standard = UnsafeMutablePointer<Displaced>.allocate(capacity: 1)
        standard.initialize(to: Displaced(action: sigaction(), next: nil))
        return UnsafePointer(standard)
    }()

    /// Forces what is made lazily, so that no handler does.
    static func prepare() { _ = (heads, handlers, standard) }

    /// What the system does at a signal now.
    static func current(_ signal: Int32) -> sigaction {
        var action = sigaction()
        sigaction(signal, nil, &action)
        return action
    }

    /// Whether the handler of a signal is ours.
    static func isOurs(_ signal: Int32) -> Bool {
        current(signal).address == handlers[Int(signal)].load(ordering: .acquiring)
    }

    /// Installs a handler in front of what there is. False with `errno` if the system refuses. Not for handlers: it
    /// allocates.
    @discardableResult
    static func displace(_ signal: Int32, by handler: SignalHandler) -> Bool {
        let displaced = current(signal)
        if displaced.address == handlers[Int(signal)].load(ordering: .acquiring), displaced.address != 0 { return true }
        let head = heads[Int(signal)].load(ordering: .acquiring)
        // Known before ours can run.
        heads[Int(signal)].store(
            UInt(bitPattern: list(displaced, before: UnsafePointer(bitPattern: head))), ordering: .releasing)
        return install(handler, for: signal)
    }

    /// A list that begins with a handler and goes on with those of another that are not the same.
    private static func list(
        _ action: sigaction, before rest: UnsafePointer<Displaced>?
    ) -> UnsafePointer<Displaced> {
        // Behind the system's own treatment nobody is asked.
        if action.address == 0 { return standard }
        var others: [sigaction] = []
        var next = rest
        while let link = next {
            if link.pointee.action.address != action.address { others.append(link.pointee.action) }
            next = link.pointee.next
        }
        var list: UnsafePointer<Displaced>?
        for action in (others.reversed() + [action]) {
            let link = UnsafeMutablePointer<Displaced>.allocate(capacity: 1)
            link.initialize(to: Displaced(action: action, next: list))
            list = UnsafePointer(link)
        }
        return list ?? standard
    }

    private static func install(_ handler: SignalHandler, for signal: Int32) -> Bool {
        var action = sigaction()
        action.__sigaction_handler.sa_sigaction = handler
        // Not SA_NODEFER: a fault in the handler itself must end the process, not recurse.
        action.sa_flags = SA_SIGINFO | Int32(SA_ONSTACK)
        sigemptyset(&action.sa_mask)
        handlers[Int(signal)].store(action.address, ordering: .releasing)
        return sigaction(signal, &action, nil) == 0
    }

    /// Installs a handler of ours again that another handler has just given up or replaced by itself. Other cases wait for
    /// ``displace(_:by:)``.
    static func reclaimWithinHandler(_ signal: Int32, _ handler: SignalHandler) {
        let address = current(signal).address
        if address == handlers[Int(signal)].load(ordering: .acquiring) { return }
        let head = UnsafePointer<Displaced>(bitPattern: heads[Int(signal)].load(ordering: .acquiring))
        if address == 0 {
            // What would be without us.
            heads[Int(signal)].store(UInt(bitPattern: standard), ordering: .releasing)
        } else if address != head?.pointee.action.address {
            return
        }
        _ = install(handler, for: signal)
    }

    // MARK: Handing on

    /// Does what would have happened without us.
    @inline(never)
    static func handOn(
        _ signal: Int32, _ info: UnsafeMutablePointer<siginfo_t>?, _ context: UnsafeMutableRawPointer?
    ) {
        let state = terrace_thread_handed_on_signal()!
        let outer = state.pointee
        let frame = terrace_frame_address()
        var link = UnsafePointer<Displaced>(bitPattern: heads[Int(signal)].load(ordering: .acquiring)) ?? standard
        // The same signal, on a deeper frame: whom we gave it has handed it back. (A handler that left with `longjmp` leaves
        // its record behind; the next signal comes on no deeper frame.)
        if outer.context == UInt(bitPattern: context), frame < outer.frame, let handler = outer.handler {
            link = handler.assumingMemoryBound(to: Displaced.self).pointee.next ?? standard
        }
        state.pointee = terrace_handed_on_signal(context: UInt(bitPattern: context), frame: frame, handler: link)
        call(link, signal, info, context)
        state.pointee = outer
    }

    private static func call(
        _ link: UnsafePointer<Displaced>, _ signal: Int32, _ info: UnsafeMutablePointer<siginfo_t>?,
        _ context: UnsafeMutableRawPointer?
    ) {
        let address = link.pointee.action.address
        let isSent = info.map { $0.pointee.si_code <= 0 } ?? true
        if address == ignore, isSent { return }
        if address <= ignore {
            // The kernel treats an ignored fault like one that nobody handles. A fault happens again when we return, and
            // then ends the process with the right signal and the right registers; a signal that was sent must be sent again.
            var standard = sigaction()
            standard.__sigaction_handler.sa_handler = nil
            sigaction(signal, &standard, nil)
            if isSent { raise(signal) }
            return
        }
        if link.pointee.action.sa_flags & SA_SIGINFO != 0 {
            link.pointee.action.__sigaction_handler.sa_sigaction?(signal, info, context)
        } else {
            link.pointee.action.__sigaction_handler.sa_handler?(signal)
        }
    }
}

extension sigaction {
    /// The handler's address; 0 and 1 are the system's own treatments.
    var address: UInt { unsafeBitCast(__sigaction_handler.sa_handler, to: UInt.self) }
}
