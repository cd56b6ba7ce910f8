// Faults that are not ours: each test runs in a process of its own, whose handlers it sets before the first engine.

import Glibc
import ModuleSupport
import Testing

@testable import Terrace

nonisolated(unsafe) private var page: UnsafeMutableRawPointer?
nonisolated(unsafe) private var handledCount: Int32 = 0

private func makeInaccessiblePage() -> UnsafeMutableRawPointer {
    let memory = mmap(nil, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)!
    page = memory
    return memory
}

/// Makes the page accessible, so that the instruction that faulted succeeds when it runs again.
private func repair() {
    handledCount += 1
    mprotect(page, 4096, PROT_READ | PROT_WRITE)
}

/// Starts an engine and shows that traps work.
private func trapOnce() -> Bool {
    guard let instance = try? makeInstance("(module (memory 1) (func (export \"f\") i32.const -1 i32.load drop))"),
        let trap = try? catchTrap({ try instance.call("f") })
    else { return false }
    return trap.kind == .memoryOutOfBounds
}

nonisolated(unsafe) private var laterCount: Int32 = 0
// Not a global struct: the compiler gives one of this type too little room.
nonisolated(unsafe) private let older = UnsafeMutablePointer<sigaction>.allocate(capacity: 1)

/// A handler that counts and hands on to whoever was there before it.
private func installLaterHandler() {
    var action = sigaction()
    action.__sigaction_handler.sa_sigaction = { signal, info, context in
        laterCount += 1
        if laterCount > 100 { exit(99) }
        older.pointee.__sigaction_handler.sa_sigaction?(signal, info, context)
    }
    action.sa_flags = SA_SIGINFO | Int32(SA_ONSTACK)
    sigaction(SIGSEGV, &action, older)
}

private let crashSignals = [SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP]

/// A crash handler like that of Swift's runtime: it takes all signals, and gives up all at the first.
private func installCrashHandler() {
    for signal in crashSignals {
        var action = sigaction()
        action.__sigaction_handler.sa_sigaction = { _, _, _ in
            handledCount += 1
            for signal in crashSignals { Glibc.signal(signal, SIG_DFL) }
        }
        action.sa_flags = SA_SIGINFO | Int32(SA_ONSTACK)
        sigaction(signal, &action, nil)
    }
    // The threads that tests run on block some.
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(Int32(SIG_UNBLOCK), &all, nil)
}

/// All kinds of hardware faults as traps.
private func trapInAllWays() -> Bool {
    guard
        let instance = try? makeInstance(
            """
            (module (memory 1)
              (func (export "memory") i32.const -1 i32.load drop)
              (func (export "divide") i32.const 1 i32.const 0 i32.div_s drop)
              (func (export "stop") unreachable))
            """)
    else { return false }
    let kinds = ["memory", "divide", "stop"].map { name in (try? catchTrap { try instance.call(name) })?.kind }
    return kinds == [.memoryOutOfBounds, .integerDivideByZero, .unreachable]
}

/// An instance whose table holds a reference to a place that is no function.
private func instanceWithReference(to address: UInt) -> Instance? {
    let text = """
        (module (type $t (func)) (table (export "t") 1 funcref) (table $typed 1 (ref null $t))
          (func (export "indirect") i32.const 0 call_indirect (type $t))
          (func (export "ref") i32.const 0 table.get $typed call_ref $t)
          (export "typed" (table $typed)))
        """
    guard let instance = try? makeInstance(text), let table = instance.table("t"), let typed = instance.table("typed")
    else { return nil }
    table.storage.elements[0] = address
    typed.storage.elements[0] = address
    return instance
}

@Suite struct FaultHandlerTests {
    @Test func aCrashHandlerThatGivesUpItsSignalsDoesNotTakeTheEnginesWithIt() async {
        await #expect(processExitsWith: .exitCode(17)) {
            installCrashHandler()
            guard trapInAllWays() else { exit(1) }
            raise(SIGQUIT)
            guard handledCount == 1, trapInAllWays() else { exit(2) }
            exit(17)
        }
    }

    @Test func aCrashHandlerMayWorkWhileCodeRuns() async {
        await #expect(processExitsWith: .exitCode(17)) {
            installCrashHandler()
            guard let store = try? Store(sharedEngine) else { exit(1) }
            var imports = Imports()
            imports.define("h", "quit", Function(store) { (_: Caller) in _ = raise(SIGQUIT) })
            guard
                let instance = try? makeInstance(
                    "(module (import \"h\" \"quit\" (func $q)) (func (export \"f\") call $q unreachable))",
                    store: store,
                    imports: imports),
                let trap = try? catchTrap({ try instance.call("f") })
            else { exit(2) }
            exit(trap.kind == .unreachable && handledCount == 1 ? 17 : 3)
        }
    }

    @Test func afterACrashHandlerIsDoneForeignFaultsEndTheProcess() async {
        await #expect(processExitsWith: .signal(SIGSEGV)) {
            installCrashHandler()
            guard trapInAllWays() else { exit(1) }
            raise(SIGQUIT)
            makeInaccessiblePage().storeBytes(of: 5, as: UInt8.self)
            exit(2)
        }
    }

    @Test func aHandlerFromAfterTheEngineIsHandedWhatIsNotOursAndMayHandItBack() async {
        await #expect(processExitsWith: .exitCode(17)) {
            signal(SIGSEGV) { _ in repair() }
            guard trapInAllWays() else { exit(1) }
            installLaterHandler()
            // Making an instance finds out; the trap does not go through the other handler.
            guard trapInAllWays(), laterCount == 0 else { exit(2) }
            for round in Int32(1)...3 {
                makeInaccessiblePage().storeBytes(of: 5, as: UInt8.self)
                guard laterCount == round, handledCount == round, trapInAllWays() else { exit(3) }
            }
            exit(17)
        }
    }

    @Test func storesThatExistAreProtectedFromALaterHandlerOnDemand() async {
        await #expect(processExitsWith: .exitCode(17)) {
            guard let instance = try? makeInstance("(module (func (export \"f\") unreachable))") else { exit(1) }
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { _ in exit(2) }
            sigaction(SIGILL, &action, nil)
            Engine.reclaimFaultHandlers()
            exit((try? catchTrap { try instance.call("f") })?.kind == .unreachable ? 17 : 3)
        }
    }

    @Test func twoHandlersThatHandOnToEachOtherDoNotLoop() async {
        await #expect(processExitsWith: .signal(SIGSEGV)) {
            signal(SIGSEGV, SIG_DFL)
            guard trapInAllWays() else { exit(1) }
            installLaterHandler()
            guard trapInAllWays() else { exit(2) }
            makeInaccessiblePage().storeBytes(of: 5, as: UInt8.self)
            exit(3)
        }
    }

    @Test(arguments: ["indirect", "ref"])
    func aFaultFarFromZeroIsNoNullReference(_ name: String) async {
        let isIndirect = name == "indirect"
        // Nothing may be captured by what runs in another process.
        if isIndirect {
            await #expect(processExitsWith: .signal(SIGSEGV)) {
                signal(SIGSEGV, SIG_DFL)
                let instance = instanceWithReference(to: UInt(bitPattern: makeInaccessiblePage()))
                _ = try? instance?.call("indirect")
                exit(2)
            }
            await #expect(processExitsWith: .signal(SIGSEGV)) {
                signal(SIGSEGV, SIG_DFL)
                // The processor does not say where this one is: the address is told as 0.
                _ = try? instanceWithReference(to: 1 << 63)?.call("indirect")
                exit(2)
            }
        } else {
            await #expect(processExitsWith: .signal(SIGSEGV)) {
                signal(SIGSEGV, SIG_DFL)
                let instance = instanceWithReference(to: UInt(bitPattern: makeInaccessiblePage()))
                _ = try? instance?.call("ref")
                exit(2)
            }
        }
        await #expect(processExitsWith: .exitCode(17)) {
            let instance = instanceWithReference(to: 0)
            let kinds = ["indirect", "ref"].map { name in (try? catchTrap { try instance?.call(name) })?.kind }
            exit(kinds == [.uninitializedElement, .nullReference] ? 17 : 1)
        }
    }

    @Test func foreignFaultsReachTheThreeArgumentHandlerThatWasThereBefore() async {
        await #expect(processExitsWith: .exitCode(17)) {
            var action = sigaction()
            action.__sigaction_handler.sa_sigaction = { signal, info, context in
                if signal == SIGSEGV, info != nil, context != nil { repair() }
            }
            action.sa_flags = SA_SIGINFO
            sigaction(SIGSEGV, &action, nil)
            guard trapOnce() else { exit(1) }
            let memory = makeInaccessiblePage()
            memory.storeBytes(of: 5, as: UInt8.self)
            guard handledCount == 1, memory.load(as: UInt8.self) == 5, trapOnce() else { exit(2) }
            exit(17)
        }
    }

    @Test func foreignFaultsReachTheOneArgumentHandlerThatWasThereBefore() async {
        await #expect(processExitsWith: .exitCode(17)) {
            signal(SIGSEGV) { _ in repair() }
            guard trapOnce() else { exit(1) }
            makeInaccessiblePage().storeBytes(of: 5, as: UInt8.self)
            guard handledCount == 1, trapOnce() else { exit(2) }
            exit(17)
        }
    }

    @Test func foreignFaultsEndTheProcessWhereNobodyHandledThem() async {
        await #expect(processExitsWith: .signal(SIGSEGV)) {
            signal(SIGSEGV, SIG_DFL)
            guard trapOnce() else { exit(1) }
            makeInaccessiblePage().storeBytes(of: 5, as: UInt8.self)
            exit(2)
        }
    }

    @Test func ignoredSignalsThatWereSentStayIgnored() async {
        await #expect(processExitsWith: .exitCode(17)) {
            signal(SIGFPE, SIG_IGN)
            guard trapOnce() else { exit(1) }
            raise(SIGFPE)
            exit(17)
        }
    }

    @Test func aFaultAtATrapSiteOutsideAllMemoriesIsNotATrap() async {
        // The memory's record is changed behind the engine's back, so that the access goes astray.
        await #expect(processExitsWith: .signal(SIGSEGV)) {
            signal(SIGSEGV, SIG_DFL)
            guard
                let instance = try? makeInstance(
                    "(module (memory 1) (memory (export \"m\") 1) (func (export \"f\") i32.const 64 i32.load 1 drop))"),
                let memory = instance.memory("m")
            else { exit(1) }
            memory.storage.record.pointee.base = UInt(bitPattern: makeInaccessiblePage())
            _ = try? instance.call("f")
            exit(2)
        }
    }
}
