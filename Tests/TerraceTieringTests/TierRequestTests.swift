// Requests for better code and how they end: T6, T7 and T9, what is cancelled, threads that cannot be had, forks.

import CTestSupport
import Glibc
import ModuleSupport
import Synchronization
import Terrace
import TerraceCompilation
import TerraceThreads
import Testing
import TierSupport

@testable import TerraceCode
@testable import TerraceRuntime
@testable import TerraceTiering

@Suite(.serialized) struct TierRequestTests {
    private func makeModule(_ standIn: StandIn, threshold: Int = 0, isDeterministic: Bool = false) throws -> Module {
        try ModuleSupport.makeModule(
            Witness.text,
            engine: try Engine(standIn.configuration(threshold: threshold, isDeterministic: isDeterministic)))
    }

    private func drain(_ module: Module) {
        module.engine.storage.tiering.queue.drain()
        module.storage.code.drain()
    }

    /// T7
    @Test func eightThreadsAskForOneFunctionAndGetOneCompilationAndOneCommit() throws {
        let standIn = StandIn()
        let module = try makeModule(standIn, isDeterministic: true)
        let code = module.storage.code
        let generator = module.storage.generator
        for function in Witness.functions { _ = try generator.entry(ofFunction: UInt32(function)) }
        let blocks = code.blocks.count
        let start = Meeting()
        let workers = (0..<8).map { _ in
            Worker {
                start.meet()
                return generator.request(UInt32(Witness.f), .call, reason: .calls)
            }
        }
        for worker in workers { _ = try worker.join() }
        #expect(standIn.compiled == [.init(UInt32(Witness.f))])
        #expect(code.blocks.count == blocks + 1)
        #expect(try Witness.tier(Witness.makeInstance(of: module)) == .optimized)
    }

    /// Threads that wait for one another.
    final class Meeting: Sendable {
        private let count = Atomic<Int>(0)
        func meet(_ number: Int = 8) {
            count.add(1, ordering: .acquiringAndReleasing)
            while count.load(ordering: .acquiring) < number { sched_yield() }
        }
    }

    /// T6
    @Test(arguments: [TierUpSites.callsAndLoops, .loops])
    func everyAllocationMayFailAndTheFunctionMovesLater(_ sites: TierUpSites) throws {
        let text = """
            (module (type $t (func (param i32) (result i32)))
              (table 1 funcref) (elem (i32.const 0) $square)
              (func $square (param i32) (result i32) local.get 0 local.get 0 i32.mul)
              (func (export "f") (param i32) (result i32) (local i32)
                loop
                  local.get 1 local.get 0 i32.const 0 call_indirect (type $t) i32.add local.set 1
                  local.get 0 i32.const 1 i32.sub local.tee 0 br_if 0
                end
                local.get 1))
            """
        let moved: StandIn.CompiledFunction = .init(1, sites == .loops ? .loop(0) : .call)
        var index = 0
        var failures = 0
        while true {
            let standIn = StandIn()
            let engine = try Engine(standIn.configuration(sites: sites))
            let module = try ModuleSupport.makeModule(text, engine: engine)
            let instance = try Instance(try Store(engine), module)
            _ = instance.function("f")
            let code = module.storage.code
            FailureInjection.arm(failing: index, in: code)
            let first: Int32?
            do { first = try instance.i32("f", .i32(10)) } catch let trap as Trap {
                #expect(trap.kind == .codeUnavailable)
                first = nil
            }
            let checks = FailureInjection.disarm(in: code)
            #expect(first == nil || first == 385)
            let didMove = standIn.compiled.contains(moved)
            if first == nil || !didMove || code.statistics[.optimized].functionCount + 1 < 2 && sites != .loops {
                failures += 1
            }
            Witness.lookUp(code, old: code.blocks)
            #expect(code.map.count == code.blocks.count)
            // As if nothing had happened: counters that wait for more are told to ask at once.
            for function in 0..<2 {
                code.tieringRecords[function].calls.store(0, ordering: .relaxed)
                code.tieringRecords[function].loops.store(0, ordering: .relaxed)
            }
            #expect(try instance.i32("f", .i32(10)) == 385)
            #expect(standIn.compiled.contains(moved))
            if sites == .loops {
                #expect(module.statistics.loopEntryCount == 1)
            } else {
                for function in 0..<2 {
                    let state = code.state(of: function)
                    #expect(state.tier == .optimized && state.phase == .committed && !state.hasFailed(.optimized))
                }
            }
            Witness.lookUp(code, old: code.blocks)
            guard index < checks else { break }
            index += 1
        }
        #expect(index > 15 && failures > 0, "\(index) allocations")
    }

    @Test func withoutAThreadFunctionsStayWhereTheyAre() throws {
        let standIn = StandIn()
        let module = try makeModule(standIn)
        let instance = try Witness.makeInstance(of: module)
        let queue = module.engine.storage.tiering.queue
        FailureInjection.arm(failing: 0, isLasting: true, in: queue)
        for _ in 0..<10 { #expect(try Witness.tier(instance) == .baseline) }
        FailureInjection.disarm(in: queue)
        let state = module.storage.code.state(of: Witness.f)
        #expect(state.phase == .committed && !state.hasFailed(.optimized) && queue.threadCount == 0)
        // Later there is one.
        module.storage.code.tieringRecords[Witness.f].calls.store(0, ordering: .relaxed)
        _ = try Witness.tier(instance)
        drain(module)
        #expect(try Witness.tier(instance) == .optimized)
    }

    /// T9
    @Test func aModuleIsReleasedWhileItsRequestsAreQueued() throws {
        let standIn = StandIn()
        let first = try makeModule(standIn)
        let engine = first.engine
        let queue = engine.storage.tiering.queue
        // The one thread is held in another module's compilation.
        let held = SyncPoint.queueAfterTake.arm(in: first.storage.code)
        _ = try Witness.tier(Witness.makeInstance(of: first))
        held.waitUntilReached()
        weak var released: ModuleGenerator?
        do {
            let module = try ModuleSupport.makeModule(Witness.text, engine: engine)
            released = module.storage.generator
            _ = try Witness.tier(Witness.makeInstance(of: module))
        }
        #expect(released == nil)
        let waiting = queue.requestCount
        held.release()
        queue.drain()
        #expect(waiting <= Witness.functions.count)
        #expect(Set(standIn.compiled.map(\.function)).isSubset(of: [UInt32(Witness.f), UInt32(Witness.outer)]))
        #expect(standIn.compiled.count <= 2)
        #expect(try Witness.tier(Witness.makeInstance(of: first)) == .optimized)
    }

    /// T9
    @Test(arguments: [
        SyncPoint.queueAfterTake, .tierUpBeforeCommit, .commitBeforeReserve, .commitBeforeLock, .commitAfterState,
    ])
    func aModuleIsReleasedWhileItIsAtWorkForIt(_ point: SyncPoint) throws {
        let standIn = StandIn()
        let engine = try Engine(standIn.configuration(isDeterministic: false))
        weak var released: ModuleGenerator?
        let held: ArmedSyncPoint
        do {
            let module = try ModuleSupport.makeModule(Witness.text, engine: engine)
            for function in Witness.functions {
                _ = try module.storage.generator.entry(ofFunction: UInt32(function))
            }
            released = module.storage.generator
            held = point.arm(in: module.storage.code)
            _ = try Witness.tier(Witness.makeInstance(of: module))
            held.waitUntilReached()
        }
        // Whoever is at work keeps what that takes.
        #expect(released != nil)
        held.release()
        engine.storage.tiering.queue.drain()
        // The thread's own reference goes right after it has said that it is done.
        while released != nil { sched_yield() }
        if point == .queueAfterTake { #expect(standIn.compiled.isEmpty) }
        let other = try ModuleSupport.makeModule(Witness.text, engine: engine)
        let instance = try Witness.makeInstance(of: other)
        _ = try Witness.tier(instance)
        drain(other)
        #expect(try Witness.tier(instance) == .optimized)
    }

    @Test func aCompilationEndsSoonAfterItsModule() throws {
        let standIn = StandIn()
        let engine = try Engine(standIn.configuration(isDeterministic: false))
        let isCompiling = Atomic<Bool>(false)
        let wasCancelled = Atomic<Bool>(false)
        do {
            let module = try ModuleSupport.makeModule(Witness.text, engine: engine)
            let flags = Flags()
            standIn.hold { _, cancellation in
                flags.isCompiling.store(true, ordering: .releasing)
                while !cancellation.isCancelled { sched_yield() }
                flags.wasCancelled.store(true, ordering: .releasing)
            }
            _ = try Witness.tier(Witness.makeInstance(of: module))
            while !flags.isCompiling.load(ordering: .acquiring) { sched_yield() }
            wasCancelled.store(flags.wasCancelled.load(ordering: .acquiring), ordering: .relaxed)
            isCompiling.store(true, ordering: .relaxed)
        }
        #expect(isCompiling.load(ordering: .relaxed) && !wasCancelled.load(ordering: .relaxed))
        // Would wait for ever if the flag did not say so.
        engine.storage.tiering.queue.drain()
        #expect(standIn.compiled.isEmpty)
    }

    private final class Flags: Sendable {
        let isCompiling = Atomic<Bool>(false)
        let wasCancelled = Atomic<Bool>(false)
    }

    @Test func smallFunctionsArePublishedTogether() throws {
        let standIn = StandIn()
        let functions = (0..<30).map { "(func (export \"f\($0)\") (result i32) i32.const \($0))" }
        let module = try ModuleSupport.makeModule(
            "(module \(functions.joined(separator: " ")))",
            engine: try Engine(standIn.configuration(isDeterministic: false)))
        let instance = try Instance(try Store(module.engine), module)
        let held = SyncPoint.queueAfterTake.arm(in: module.storage.code)
        #expect(try instance.i32("f0") == 0)
        held.waitUntilReached()
        for number in 1..<30 { #expect(try instance.i32("f\(number)") == Int32(number)) }
        held.release()
        drain(module)
        let statistics = module.storage.code.statistics[.optimized]
        #expect(statistics.functionCount == 30)
        // One alone, then eight at a time, where there is one thread; others may have taken some.
        #expect(statistics.count >= 5 && statistics.count < 25)
        for number in 0..<30 {
            #expect(module.storage.code.state(of: number).tier == .optimized)
            #expect(try instance.i32("f\(number)") == Int32(number))
        }
    }

    @Test func threadsEndWithTheEngine() throws {
        let standIn = StandIn()
        let queue: CompileQueue
        do {
            let module = try makeModule(standIn)
            queue = module.engine.storage.tiering.queue
            _ = try Witness.tier(Witness.makeInstance(of: module))
            drain(module)
            #expect(queue.threadCount > 0)
        }
        while queue.threadCount > 0 { sched_yield() }
    }

    @Test func inAChildOfAForkWhoeverAsksCompiles() async {
        await #expect(processExitsWith: .exitCode(17)) {
            let standIn = StandIn()
            guard let engine = try? Engine(standIn.configuration(isDeterministic: false)),
                let module = try? ModuleSupport.makeModule(Witness.text, engine: engine),
                let instance = try? Witness.makeInstance(of: module), (try? Witness.tier(instance)) != nil
            else { exit(1) }
            // These requests may be served by now, or wait: nobody serves them in the child.
            guard let waiting = try? ModuleSupport.makeModule(Witness.text, engine: engine),
                let second = try? Witness.makeInstance(of: waiting), (try? Witness.tier(second)) != nil
            else { exit(1) }
            let child = test_fork()
            if child == 0 {
                alarm(60)
                for _ in 0..<5 {
                    for function in [Witness.f, Witness.outer] {
                        waiting.storage.code.tieringRecords[function].calls.store(0, ordering: .relaxed)
                    }
                    _ = try? Witness.tier(second)
                }
                guard (try? Witness.tier(second)) == .optimized else { _exit(4) }
                guard let other = try? ModuleSupport.makeModule(Witness.text, engine: engine),
                    let inner = try? Witness.makeInstance(of: other), (try? Witness.tier(inner)) != nil
                else { _exit(2) }
                guard (try? Witness.tier(inner)) == .optimized else { _exit(3) }
                _exit(0)
            }
            var status: Int32 = 0
            while waitpid(child, &status, 0) < 0, errno == EINTR {}
            engine.storage.tiering.queue.drain()
            guard status == 0 else { exit(20 + status >> 8 + status & 0x7F) }
            guard (try? Witness.tier(instance)) == .optimized else { exit(4) }
            exit(17)
        }
    }

    /// T1 and T2: the callee is reached through a reference alone; whoever made its stub was stopped before.
    @Test func aStubMadeWhileItsCalleeMovesLeadsToWhereItMoved() throws {
        let signature = FreshSignature()
        let standIn = StandIn()
        let module = try ModuleSupport.makeModule(
            """
            (module (import "host" "tier" (func $tier (result i32)))
              (table (export "table") 1 funcref) (elem (i32.const 0) $f)
              (func $f \(signature.text) i32.const 210 call $tier i32.const 1000 i32.mul i32.add))
            """, engine: try Engine(standIn.configuration(isDeterministic: false)))
        let generator = module.storage.generator
        _ = try generator.entry(ofFunction: 1)
        let result = try whileParked(at: .stubAfterReadTier) { arm in
            let instance = try Witness.makeInstance(of: module)
            guard case .function(let function?)? = instance.table("table")?[0] else { throw WrongResult() }
            arm()
            return try (0..<3).map { _ in
                guard case .i32(let tier)? = try function.call(signature.arguments).first else { throw WrongResult() }
                return tier
            }
        } meanwhile: {
            generator.request(1, .call, reason: .calls)
            module.engine.storage.tiering.queue.drain()
            #expect(module.storage.code.state(of: 1).tier == .optimized)
        }
        #expect(result == [2210, 2210, 2210])
    }
}
