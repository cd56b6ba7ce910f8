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

@Suite struct FaultHandlerTests {
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
