// Threads that meet at one function while its code is being made, in every window of the protocol; and what happens when
// there is no memory in one of them.

import Glibc
import ModuleSupport
import Synchronization
import Terrace
import TerraceCode
import Testing

@testable import TerraceRuntime

@Suite(.serialized) struct CompilationWindowTests {
    private static let text = """
        (module
          (func $f (export "f") (param i32) (result i32) local.get 0 call $g i32.const 1 i32.add)
          (func $g (param i32) (result i32) local.get 0 i32.const 10 i32.mul)
          (func (export "h") (result i32) i32.const 5))
        """

    /// Calls `f` in an instance of its own.
    private final class Caller: Sendable {
        let module: Module
        let result = Atomic<Int32>(0)
        init(_ module: Module) { self.module = module }

        func run() {
            guard let instance = try? Instance(try Store(module.engine), module) else { return }
            result.store((try? instance.i32("f", .i32(4))) ?? -1, ordering: .releasing)
        }

        func start() -> pthread_t {
            var thread = pthread_t()
            pthread_create(
                &thread, nil,
                { argument in
                    Unmanaged<Caller>.fromOpaque(argument!).takeRetainedValue().run()
                    return nil
                }, Unmanaged.passRetained(self).toOpaque())
            return thread
        }
    }

    @Test(arguments: SyncPoint.allCases)
    func aThreadThatArrivesInAWindowGetsTheSameCode(_ point: SyncPoint) throws {
        let module = try makeModule(Self.text)
        let code = module.storage.code
        // Everything else that the callers need exists already: only `f` and `g` are compiled below.
        let other = try Instance(try Store(sharedEngine), module)
        #expect(try other.i32("h") == 5)
        let armed = point.arm(in: code)
        let (first, second) = (Caller(module), Caller(module))
        let one = first.start()
        // Points of other objects (stubs, maps), and of what is there already, are not reached by these compilations.
        let isReached =
            WindowTests.windows[point]?.contains(.firstCall) == true
            && ![.mapAfterEntry, .segmentAfterMaking].contains(point)
        if isReached { armed.waitUntilReached() }
        let two = second.start()
        // What has code already is not disturbed.
        #expect(try other.i32("h") == 5)
        armed.release()
        pthread_join(one, nil)
        pthread_join(two, nil)
        #expect(first.result.load(ordering: .acquiring) == 41)
        #expect(second.result.load(ordering: .acquiring) == 41)
        #expect(module.statistics.compiledFunctionCount == 3)
        #expect(module.statistics.blockCount == 3)
    }

    @Test func aFunctionWithoutMemoryForItsCodeTrapsAndWorksLater() throws {
        var failures = 0
        for attempt in 0..<40 {
            let module = try makeModule(Self.text)
            let instance = try Instance(try Store(sharedEngine), module)
            FailureInjection.arm(failing: attempt, in: module.storage.code)
            do {
                #expect(try instance.i32("f", .i32(4)) == 41)
                FailureInjection.disarm(in: module.storage.code)
            } catch let trap as Trap {
                FailureInjection.disarm(in: module.storage.code)
                failures += 1
                #expect(trap.kind == .codeUnavailable)
            }
            #expect(try instance.i32("f", .i32(5)) == 51)
            #expect(module.statistics.compiledFunctionCount == 2)
        }
        #expect(failures > 0 && failures < 40)
    }

    @Test func aFunctionThatNoTierCompilesIsAClearTrap() throws {
        let text = """
            (module (tag $e)
              (func (export "catches") (block $b try_table (catch $e $b) end))
              (func (export "works") (result i32) i32.const 1))
            """
        let instance = try makeInstance(text)
        guard let trap = try? catchTrap({ try instance.call("catches") }) else { return }  // supported by now
        #expect(trap.kind == .codeUnavailable)
        #expect(trap.message.contains("function 0") && trap.message.contains("try_table"))
        #expect(try instance.i32("works") == 1)
        var configuration = Configuration()
        configuration.compilation = .eager()
        let error = #expect(throws: ModuleError.self) { try makeModule(text, engine: try Engine(configuration)) }
        #expect(error?.category == .unsupported && error?.functionIndex == 0)
    }
}

@Suite struct StubExhaustionTests {
    @Test func stubsThatFindNoRoomTrapInsteadOfEndingTheProcess() async {
        await #expect(processExitsWith: .exitCode(17)) {
            guard
                let instance = try? makeInstance(
                    "(module (func (export \"f\") (param i32 f32 i64 f64 i32)) (func (export \"g\") (result i32) i32.const 1))"
                ),
                (try? instance.i32("g")) == 1
            else { exit(1) }
            let stubs = sharedEngine.storage.stubs.code
            FailureInjection.arm(failing: 0, in: stubs)
            let entry = try? catchTrap { try instance.call("f", .i32(1), .f32(1), .i64(1), .f64(1), .i32(1)) }
            FailureInjection.arm(failing: 0, in: stubs)
            let store = instance.store
            let function = Function(store) { (_: Caller, a: Int64, b: Int64, c: Float) -> Int64 in a }
            FailureInjection.disarm(in: stubs)
            var imports = Imports()
            imports.define("h", "f", function)
            guard entry?.kind == .codeUnavailable,
                let user = try? makeInstance(
                    "(module (import \"h\" \"f\" (func $f (param i64 i64 f32) (result i64)))"
                        + "(func (export \"u\") i64.const 1 i64.const 2 f32.const 3 call $f drop))",
                    store: store, imports: imports),
                let trap = try? catchTrap({ try user.call("u") }), trap.kind == .codeUnavailable,
                trap.frames.map(\.functionName) == ["u"], (try? instance.i32("g")) == 1
            else { exit(2) }
            exit(17)
        }
    }
}
