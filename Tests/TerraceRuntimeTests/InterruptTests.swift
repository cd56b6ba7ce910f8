import Glibc
import ModuleSupport
import Terrace
import Testing

private func onThread(_ body: @escaping @Sendable () -> Void) -> pthread_t {
    final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    pthread_create(
        &thread, nil,
        { argument in
            Unmanaged<Box>.fromOpaque(argument!).takeRetainedValue().body()
            return nil
        }, Unmanaged.passRetained(Box(body)).toOpaque())
    return thread
}

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
        let store = Store(sharedEngine)
        let handle = store.interruptHandle
        var interrupter: pthread_t?
        var imports = Imports()
        imports.define(
            "h", "started",
            Function(store) { (_: Caller) in
                interrupter = onThread { handle.interrupt() }
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
        let store = Store(sharedEngine)
        let instance = try makeInstance("(module (func (export \"f\") (loop)))", store: store)
        store.interruptHandle.interrupt()
        #expect(try catchTrap { try instance.call("f") }.kind == .interrupted)
        try instance.call("f")
    }

    @Test func deadlineStopsALoopAndCanBeRemoved() throws {
        let store = Store(sharedEngine)
        let instance = try makeInstance(
            "(module (func (export \"loop\") loop br 0 end) (func (export \"f\")))", store: store)
        let start = ContinuousClock.now
        store.setDeadline(after: .milliseconds(20))
        #expect(try catchTrap { try instance.call("loop") }.kind == .interrupted)
        #expect(ContinuousClock.now - start >= .milliseconds(20))
        store.setDeadline(after: .seconds(1000))
        store.setDeadline(after: nil)
        try instance.call("f")
        store.setDeadline(after: .zero)
        #expect(try catchTrap { try instance.call("loop") }.kind == .interrupted)
    }

    @Test func instancesMadeDuringAnInterruptAreStoppedToo() throws {
        let store = Store(sharedEngine)
        store.interruptHandle.interrupt()
        let instance = try makeInstance("(module (func (export \"f\") (loop)))", store: store)
        #expect(try catchTrap { try instance.call("f") }.kind == .interrupted)
    }

    @Test func handlesOutliveTheirStores() {
        let handle: InterruptHandle
        do { handle = Store(sharedEngine).interruptHandle }
        handle.interrupt()
    }
}
