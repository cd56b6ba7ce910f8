// The process's handler for hardware faults: turns those of compiled code into traps, hands on all others.
//
// What runs in a handler takes no lock, allocates nothing and touches no reference counts. What it may read and write is listed in
// Documentation/Architecture.md, "Process-wide state".

import CTerrace
import Glibc
import TerraceABI
import TerraceCode
import TerraceThreads

/// Installs and is the handler for SIGSEGV, SIGILL and SIGFPE.
///
/// Others want these signals too: crash reporters, other engines, Swift's own backtraces. Who comes first is handed what is
/// not ours. Who comes later and takes the handlers away is found out at the next engine or instance; ours is installed
/// again, and hands on to that one. Crash handlers that give up their signals when they are done with one of them
/// (Swift's does, also after a SIGQUIT, which ends nothing) are watched while they work.
enum FaultHandler {
    /// The faults that compiled code raises. (On Linux an access to what is not accessible is never a SIGBUS.)
    private static let faults = [SIGSEGV, SIGILL, SIGFPE]
    /// What crash handlers take as well, and what a process may survive.
    private static let reports = [SIGQUIT, SIGTRAP, SIGABRT]

    /// No reference is the address of anything below.
    private static let nullPageBytes: UInt = 4096
    /// Codes of a SIGSEGV that says which address it is about.
    private static let mapError: Int32 = 1
    private static let accessError: Int32 = 2
    /// Codes of a SIGFPE that is about floating-point numbers: division, overflow, underflow, inexact, invalid.
    private static let floatingPointErrors: ClosedRange<Int32> = 3...7

    private static let isInstalled = Guarded(false)
    // Written before the handler is installed; read by the handler.
    nonisolated(unsafe) private static var trapExit: UInt = 0

    // One place each, so that it is one address.
    private static let handler: SignalHandler = { FaultHandler.handle($0, $1, $2) }
    private static let reportHandler: SignalHandler = { FaultHandler.handleReport($0, $1, $2) }

    // MARK: Installing

    /// Makes sure that the handler is there, once per process; further calls are as ``verify()``.
    static func install(trapExit: CodeAddress) throws(ResourceLimitError) {
        try isInstalled.withLock { (isInstalled) throws(ResourceLimitError) in
            if isInstalled { return reclaim() }
            self.trapExit = trapExit.rawValue
            try GuardedRanges.prepare()
            _ = CodeBlockMap.process
            SignalHandlers.prepare()
            let crashHandlers = (faults + [SIGBUS]).map { SignalHandlers.current($0).address }
            for signal in faults {
                guard SignalHandlers.displace(signal, by: handler) else {
                    throw ResourceLimitError("cannot install the handler for signal \(signal)", errno)
                }
            }
            for signal in reports {
                let handler = SignalHandlers.current(signal).address
                guard handler > 1, crashHandlers.contains(handler) else { continue }
                SignalHandlers.displace(signal, by: reportHandler)
            }
            isInstalled = true
        }
    }

    /// Installs the handlers again if somebody took them away. Costs a system call if not.
    static func verify() {
        // Whoever wants faults wants this one.
        if SignalHandlers.isOurs(SIGSEGV) { return }
        reclaimAll()
    }

    /// Installs all handlers again that somebody took away.
    static func reclaimAll() {
        isInstalled.withLock { if $0 { reclaim() } }
    }

    /// The lock is held.
    private static func reclaim() {
        for signal in faults where !SignalHandlers.isOurs(signal) {
            SignalHandlers.displace(signal, by: handler)
        }
    }

    // MARK: Handling

    private static func handle(
        _ signal: Int32, _ info: UnsafeMutablePointer<siginfo_t>?, _ context: UnsafeMutableRawPointer?
    ) {
        guard let context, let info, takeTrap(signal, info, context) else {
            return SignalHandlers.handOn(signal, info, context)
        }
    }

    /// A signal of a crash handler that may give up ours while it handles this one.
    private static func handleReport(
        _ signal: Int32, _ info: UnsafeMutablePointer<siginfo_t>?, _ context: UnsafeMutableRawPointer?
    ) {
        SignalHandlers.handOn(signal, info, context)
        for fault in faults { SignalHandlers.reclaimWithinHandler(fault, handler) }
    }

    /// Handles the fault if compiled code may fault in this way at this place.
    private static func takeTrap(
        _ signal: Int32, _ info: UnsafeMutablePointer<siginfo_t>, _ machine: UnsafeMutableRawPointer
    ) -> Bool {
        // Sent by somebody, not raised by an instruction.
        guard info.pointee.si_code > 0 else { return false }
        let pc = UInt(terrace_context_pc(machine))
        let address = CodeAddress(rawValue: pc)
        guard let block = CodeBlockMap.process.lookup(address) else { return false }
        if signal == SIGFPE, floatingPointErrors.contains(info.pointee.si_code) {
            let isEntering = block.codeRange(at: address)?.kind == .entryStub
            return maskExceptions(machine, isEntering: isEntering)
        }
        guard let site = block.trapSite(at: address) else { return false }
        let kind: TrapKind
        var faultAddress: UInt = 0
        switch signal {
        case SIGSEGV:
            // Otherwise the address is none that the processor knows, and is not told.
            guard info.pointee.si_code == mapError || info.pointee.si_code == accessError else { return false }
            faultAddress = UInt(terrace_siginfo_address(info))
            switch site.kind.trap {
            case .memoryOutOfBounds: guard GuardedRanges.contains(faultAddress) else { return false }
            case .nullReference, .uninitializedElement: guard faultAddress < nullPageBytes else { return false }
            default: return false
            }
        case SIGFPE:
            guard let trap = site.kind.trap, trap == .integerDivideByZero || trap == .integerOverflow else {
                return false
            }
        default: break
        }
        guard let store = context(ofInstance: machine) else { return false }

        if site.kind == .stackLimit {
            kind = store.isInterruptRequested ? .interrupted : .stackExhausted
        } else if site.kind == .interruptCheck {
            guard store.isInterruptRequested else {
                terrace_context_set_pc(machine, UInt64(pc + FaultMachine.trapInstructionBytes))
                return true
            }
            kind = .interrupted
        } else if let trap = site.kind.trap {
            kind = trap
        } else {
            return false
        }
        let record = store.record
        store.trapKind = UInt32(kind.rawValue)
        record.pointee.faultAddress = faultAddress
        record.pointee.exitPC = pc
        record.pointee.exitIsTrap = 1
        record.pointee.exitFP =
            block.codeRange(at: address)?.isFrameless == true
            ? makeFrame(machine) : UInt(terrace_context_register(machine, FaultMachine.framePointer))
        terrace_context_set_pc(machine, UInt64(trapExit))
        return true
    }

    /// Makes the frame that a function has left out, for whoever walks over frames: as its prologue would have, below the
    /// return address, where it has nothing. Returns the frame pointer.
    private static func makeFrame(_ machine: UnsafeMutableRawPointer) -> UInt {
        let frame = UInt(terrace_context_register(machine, FaultMachine.stackPointer)) - 8
        let slots = UnsafeMutablePointer<UInt64>(bitPattern: frame).unsafelyUnwrapped
        slots[0] = terrace_context_register(machine, FaultMachine.framePointer)
        slots[-1] = terrace_context_register(machine, FaultMachine.instance)
        return frame
    }

    /// The context of the store whose code runs.
    private static func context(ofInstance machine: UnsafeMutableRawPointer) -> ActivationContext? {
        guard
            let instance = UnsafeRawPointer(bitPattern: UInt(terrace_context_register(machine, FaultMachine.instance))),
            let base = UnsafeMutableRawPointer(
                bitPattern: instance.load(fromByteOffset: Int(InstanceLayout.context), as: UInt.self))
        else { return nil }
        return ActivationContext(base: base)
    }

    /// Compiled code raised a floating-point exception, because the host wants them: lets it run with our control word from
    /// here on. The instruction is repeated.
    ///
    /// - Parameter isEntering: whether an entry stub looks at the control word: the context is its first argument.
    private static func maskExceptions(_ machine: UnsafeMutableRawPointer, isEntering: Bool) -> Bool {
        let entered = UnsafeMutableRawPointer(
            bitPattern: UInt(terrace_context_register(machine, FaultMachine.firstArgument)))
        guard let store = isEntering ? entered.map({ ActivationContext(base: $0) }) : context(ofInstance: machine),
            store.record.pointee.hostControlWord == 0, terrace_context_control_word(machine) != 0
        else { return false }
        store.record.pointee.hostControlWord = terrace_context_control_word(machine)
        terrace_context_set_control_word(machine, UInt32(bitPattern: FloatingPointControl.wasm))
        return true
    }
}
