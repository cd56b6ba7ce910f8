// The process's handler for hardware faults: turns those of compiled code into traps, hands on all others.
//
// Everything here that runs in the handler takes no lock, allocates nothing and touches no reference counts.

import CTerrace
import Glibc
import TerraceABI
import TerraceCode

/// Installs and is the handler for SIGSEGV, SIGBUS, SIGILL and SIGFPE.
enum FaultHandler {
    private static let signals = [SIGSEGV, SIGBUS, SIGILL, SIGFPE]

    // Written once, before the handler is installed; read by the handler.
    nonisolated(unsafe) private static var previous = UnsafeMutablePointer<sigaction>.allocate(capacity: 65)
    nonisolated(unsafe) private static var trapExit: UInt = 0
    private static let registerRBP: Int32 = 5
    private static let registerR14: Int32 = 14

    private static let installed: Void = {
        trapExit = EngineStorage.stubs.trapExit.rawValue
        GuardedRanges.prepare()
        _ = CodeBlockMap.process
        previous.initialize(repeating: sigaction(), count: 65)
        for signal in signals {
            // What was there before is known before the new handler can run.
            sigaction(signal, nil, previous + Int(signal))
            var action = sigaction()
            action.__sigaction_handler.sa_sigaction = { signal, info, context in
                FaultHandler.handle(signal, info, context)
            }
            // Not SA_NODEFER: a fault in the handler itself must end the process, not recurse.
            action.sa_flags = SA_SIGINFO | Int32(SA_ONSTACK)
            sigemptyset(&action.sa_mask)
            sigaction(signal, &action, previous + Int(signal))
        }
    }()

    /// Installs the handler, once per process.
    static func install() { _ = installed }

    private static func handle(
        _ signal: Int32, _ info: UnsafeMutablePointer<siginfo_t>?, _ context: UnsafeMutableRawPointer?
    ) {
        guard let context, let info, takeTrap(signal, info, context) else {
            return chain(signal, info, context)
        }
    }

    /// Handles the fault if compiled code may fault in this way at this place.
    private static func takeTrap(
        _ signal: Int32, _ info: UnsafeMutablePointer<siginfo_t>, _ machine: UnsafeMutableRawPointer
    ) -> Bool {
        // Sent by somebody, not raised by an instruction.
        guard info.pointee.si_code > 0 else { return false }
        let pc = UInt(terrace_context_pc(machine))
        let address = CodeAddress(rawValue: pc)
        guard let block = CodeBlockMap.process.lookup(address), let site = block.trapSite(at: address) else {
            return false
        }
        guard let instance = UnsafeRawPointer(bitPattern: UInt(terrace_context_register(machine, registerR14))),
            let base = UnsafeMutableRawPointer(
                bitPattern: instance.load(fromByteOffset: Int(InstanceLayout.context), as: UInt.self))
        else { return false }
        let store = ActivationContext(base: base)

        let kind: TrapKind
        var faultAddress: UInt = 0
        if signal == SIGSEGV || signal == SIGBUS {
            faultAddress = UInt(terrace_siginfo_address(info))
            guard let trap = site.kind.trap else { return false }
            if trap == .memoryOutOfBounds, !GuardedRanges.contains(faultAddress) { return false }
            kind = trap
        } else if site.kind == .stackLimit {
            kind = store.isInterruptRequested ? .interrupted : .stackExhausted
        } else if site.kind == .interruptCheck {
            guard store.isInterruptRequested else {
                terrace_context_set_pc(machine, UInt64(pc + 2))
                return true
            }
            kind = .interrupted
        } else if let trap = site.kind.trap {
            kind = trap
        } else {
            return false
        }
        store.trapKind = UInt32(kind.rawValue)
        store.faultAddress = faultAddress
        store.exitPC = pc
        store.exitIsTrap = true
        store.setExitFP(UInt(terrace_context_register(machine, registerRBP)))
        terrace_context_set_pc(machine, UInt64(trapExit))
        return true
    }

    /// Does what would have happened without us.
    private static func chain(
        _ signal: Int32, _ info: UnsafeMutablePointer<siginfo_t>?, _ context: UnsafeMutableRawPointer?
    ) {
        let action = previous + Int(signal)
        if action.pointee.sa_flags & SA_SIGINFO != 0 {
            if let handler = action.pointee.__sigaction_handler.sa_sigaction { return handler(signal, info, context) }
        }
        let handler = action.pointee.__sigaction_handler.sa_handler
        let value = unsafeBitCast(handler, to: Int.self)
        let isSent = info.map { $0.pointee.si_code <= 0 } ?? true
        if value == 1, isSent { return }  // SIG_IGN
        if value == 0 || value == 1 {
            // SIG_DFL; the kernel treats an ignored fault alike. A fault happens again when we return, and then ends the
            // process with the right signal and the right registers; a signal that was sent must be sent again.
            var standard = sigaction()
            standard.__sigaction_handler.sa_handler = nil
            sigaction(signal, &standard, nil)
            if isSent { raise(signal) }
            return
        }
        handler?(signal)
    }
}
