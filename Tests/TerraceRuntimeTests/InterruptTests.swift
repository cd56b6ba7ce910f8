import Glibc
import ModuleSupport
import Terrace
import Testing

@Suite struct InterruptTests {
    private static let text = """
        (module (import "h" "started" (func $started))
          (memory 1000)
          (func (export "loop") call $started loop br 0 end)
          (func $recurse (param i32) (result i32)
            local.get 0 i32.eqz if (result i32) i32.const 0 else
              local.get 0 i32.const 1 i32.sub call $recurse end)
          (func (export "calls") call $started loop i32.const 10 call $recurse drop br 0 end)
          (func (export "fill") call $started
            loop i32.const 0 i32.const 1 i32.const 65000000 memory.fill br 0 end)
          (func (export "finish") (result i32) i32.const 5))
        """

    @Test(arguments: ["loop", "calls", "fill"])
    func anotherThreadStopsRunningCode(_ name: String) throws {
        let store = try Store(sharedEngine)
        let handle = store.interruptHandle
        var interrupter: pthread_t?
        var imports = Imports()
        imports.define(
            "h", "started",
            Function(store) { (_: Caller) in
                interrupter = startThread { handle.interrupt() }
            })
        let instance = try makeInstance(Self.text, store: store, imports: imports)
        for _ in 0..<20 {
            let trap = try catchTrap { try instance.call(name) }
            #expect(trap.kind == .interrupted)
            #expect(trap.frames.last?.functionName == name)
            if let interrupter { pthread_join(interrupter, nil) }
            // A delivered interrupt is over.
            #expect(try instance.i32("finish") == 5)
        }
    }

    @Test func anInterruptBeforeACallStopsThatCall() throws {
        let store = try Store(sharedEngine)
        let instance = try makeInstance("(module (func (export \"f\") (loop)))", store: store)
        store.interruptHandle.interrupt()
        #expect(try catchTrap { try instance.call("f") }.kind == .interrupted)
        try instance.call("f")
    }

    @Test func deadlineStopsALoopAndCanBeRemoved() throws {
        let store = try Store(sharedEngine)
        let instance = try makeInstance(
            "(module (func (export \"loop\") loop br 0 end) (func (export \"f\")))", store: store)
        let start = ContinuousClock.now
        try store.setDeadline(after: .milliseconds(20))
        #expect(try catchTrap { try instance.call("loop") }.kind == .interrupted)
        #expect(ContinuousClock.now - start >= .milliseconds(20))
        try store.setDeadline(after: .seconds(1000))
        store.clearDeadline()
        try instance.call("f")
        try store.setDeadline(after: .zero)
        #expect(try catchTrap { try instance.call("loop") }.kind == .interrupted)
    }

    @Test func aPassedDeadlineStaysPassedUntilItIsSetAnewOrCleared() throws {
        let store = try Store(sharedEngine)
        let instance = try makeInstance(
            "(module (func (export \"loop\") loop br 0 end) (func (export \"f\") (loop)))", store: store)
        for _ in 0..<2 {
            try store.setDeadline(after: .zero)
            for _ in 0..<3 {
                #expect(try catchTrap { try instance.call("loop") }.kind == .interrupted)
                #expect(try catchTrap { try instance.call("f") }.kind == .interrupted)
            }
            // An interrupt that is reported in between changes nothing.
            store.interruptHandle.interrupt()
            #expect(try catchTrap { try instance.call("f") }.kind == .interrupted)
            #expect(try catchTrap { try instance.call("f") }.kind == .interrupted)
            try store.setDeadline(after: .seconds(1000))
            try instance.call("f")
            try store.setDeadline(after: .seconds(-1))
            #expect(try catchTrap { try instance.call("f") }.kind == .interrupted)
            store.clearDeadline()
            try instance.call("f")
        }
    }

    /// A guest that calls the host for ever; the host calls back and ignores what happens.
    private static let stubborn = """
        (module (import "h" "f" (func $f))
          (func (export "nested") (result i32) (loop) i32.const 3)
          (func (export "once") call $f)
          (func (export "ever") loop call $f br 0 end))
        """

    /// - Parameter stop: called once, in the host function.
    private func makeStubborn(_ store: Store, stop: @escaping (Store) throws -> Void) throws -> Instance {
        var hasStopped = false
        var nestedTraps = 0
        var imports = Imports()
        imports.define(
            "h", "f",
            Function(store) { (caller: Caller) in
                guard case .function(let nested)? = caller.export(named: "nested") else { throw WrongResult() }
                if !hasStopped {
                    hasStopped = true
                    try stop(store)
                }
                for _ in 0..<3 where (try? nested()) == nil { nestedTraps += 1 }
                // Nobody gets here again without a check in between.
                if nestedTraps > 3 { throw WrongResult() }
            })
        return try makeInstance(Self.stubborn, store: store, imports: imports)
    }

    @Test func aHostFunctionThatSwallowsAPassedDeadlineDoesNotFreeItsGuest() throws {
        let store = try Store(sharedEngine)
        let instance = try makeStubborn(store) { try $0.setDeadline(after: .zero) }
        #expect(try catchTrap { try instance.call("ever") }.kind == .interrupted)
        #expect(try catchTrap { try instance.call("nested") }.kind == .interrupted)
        store.clearDeadline()
        #expect(try instance.i32("nested") == 3)
    }

    @Test func anInterruptLastsUntilTheOutermostCallHasReportedIt() throws {
        let store = try Store(sharedEngine)
        let instance = try makeStubborn(store) { $0.interruptHandle.interrupt() }
        #expect(try catchTrap { try instance.call("ever") }.kind == .interrupted)
        #expect(try instance.i32("nested") == 3)
        // Code that ends before it looks leaves the interrupt to the next call.
        let other = try makeStubborn(store) { $0.interruptHandle.interrupt() }
        try other.call("once")
        #expect(try catchTrap { try instance.call("nested") }.kind == .interrupted)
        #expect(try instance.i32("nested") == 3)
    }

    @Test func anInterruptThatAHostFunctionPassesOnIsReported() throws {
        let store = try Store(sharedEngine)
        var imports = Imports()
        imports.define(
            "h", "f",
            Function(store) { (caller: Caller) in
                caller.store.interruptHandle.interrupt()
                guard case .function(let nested)? = caller.export(named: "nested") else { throw WrongResult() }
                try nested()
            })
        let instance = try makeInstance(Self.stubborn, store: store, imports: imports)
        #expect(try catchTrap { try instance.call("once") }.kind == .interrupted)
        #expect(try instance.i32("nested") == 3)
    }

    @Test func anInterruptOfAnotherStoreThatIsPassedOnLeavesOnesOwn() throws {
        let (outer, inner) = (try Store(sharedEngine), try Store(sharedEngine))
        let other = try makeInstance("(module (func (export \"g\") (loop)))", store: inner)
        var imports = Imports()
        imports.define(
            "h", "f",
            Function(outer) { (_: Caller) in
                outer.interruptHandle.interrupt()
                inner.interruptHandle.interrupt()
                try other.call("g")
            })
        let instance = try makeInstance(Self.stubborn, store: outer, imports: imports)
        let trap = try catchTrap { try instance.call("once") }
        #expect(trap.kind == .interrupted && trap.frames.map(\.functionName) == ["g"])
        // The inner store has reported its own.
        try other.call("g")
        #expect(try catchTrap { try instance.call("nested") }.kind == .interrupted)
        #expect(try instance.i32("nested") == 3)
    }

    @Test func deadlinesDoNotTakeBackInterrupts() throws {
        let store = try Store(sharedEngine)
        let instance = try makeInstance("(module (func (export \"f\") (loop)))", store: store)
        store.interruptHandle.interrupt()
        try store.setDeadline(after: .seconds(1000))
        store.clearDeadline()
        #expect(try catchTrap { try instance.call("f") }.kind == .interrupted)
        try instance.call("f")
    }

    @Test func aHostFunctionMayGiveItsCallerMoreTime() throws {
        let store = try Store(sharedEngine)
        var imports = Imports()
        imports.define(
            "h", "f",
            Function(store) { (caller: Caller) in
                try caller.store.setDeadline(after: .zero)
                try caller.store.setDeadline(after: .seconds(1000))
            })
        let instance = try makeInstance(
            """
            (module (import "h" "f" (func $f)) (func $g (loop)) (func (export "run") call $f call $g))
            """, store: store, imports: imports)
        try instance.call("run")
    }

    @Test func instancesMadeDuringAnInterruptAreStoppedToo() throws {
        let store = try Store(sharedEngine)
        store.interruptHandle.interrupt()
        let instance = try makeInstance("(module (func (export \"f\") (loop)))", store: store)
        #expect(try catchTrap { try instance.call("f") }.kind == .interrupted)
    }

    @Test func handlesOutliveTheirStores() throws {
        let handle: InterruptHandle
        do { handle = try Store(sharedEngine).interruptHandle }
        handle.interrupt()
    }
}
