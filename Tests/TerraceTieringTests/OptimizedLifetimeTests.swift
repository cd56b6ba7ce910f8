// The end of optimized code, and what the limit on code does to functions that are on their way there: T13 and T14 with the
// compilers, queues and limits of a program.

import Glibc
import ModuleSupport
import Synchronization
import Terrace
import TerraceThreads
import TerraceTiering
import Testing
import TierSupport

@testable import TerraceCode
@testable import TerraceRuntime

@Suite(.serialized) struct OptimizedLifetimeTests {
    // MARK: loops (T13)

    /// A loop that calls the host in each round: its result tells of all rounds.
    private static let loop = """
        (module (import "host" "step" (func $step (param i32) (result i32)))
          (func (export "loop") (param $n i32) (result i32) (local $sum i32)
            loop
              local.get $sum local.get $n call $step i32.add local.set $sum
              local.get $n i32.const 1 i32.sub local.tee $n br_if 0
            end
            local.get $sum))
        """
    private static let looping = 1

    private func makeLoop(
        _ standIn: StandIn, step: @escaping (Caller, Int32) throws -> Void
    ) throws -> Instance {
        let store = try Store(try Engine(standIn.configuration(sites: .loops)))
        var imports = Imports()
        imports.define(
            "host", "step",
            Function(store) { (caller: Caller, n: Int32) throws -> Int32 in
                try step(caller, n)
                return 3 * n
            })
        return try ModuleSupport.makeInstance(Self.loop, store: store, imports: imports)
    }

    /// The block that called the running host function.
    private func callingBlock(_ caller: Caller) throws -> UnmanagedCodeBlock {
        let address = CodeAddress(rawValue: caller.store.storage.context.record.pointee.exitPC - 1)
        return try #require(CodeBlockMap.process.lookup(address))
    }

    @Test func aThreadReturnsIntoALoopsCodeThatWasEvicted() throws {
        let standIn = StandIn()
        let evicted = Guarded<UnmanagedCodeBlock?>(nil)
        var tiers: [Int32] = []
        let instance = try makeLoop(standIn) { caller, _ in
            tiers.append(callingTier(caller))
            guard tiers.last == 2, evicted.withLock({ $0 }) == nil else { return }
            let block = try callingBlock(caller)
            evicted.withLock { $0 = block }
            let compiled = caller.instance!.module.storage
            let code = compiled.code
            // Another thread takes the code and uses memory again.
            try Worker {
                code.evict(code.block(containing: block.base)!)
                for _ in 0..<3 {
                    code.reclaim()
                    code.mutable.withLock { $0.openSegment = nil }
                    try compiled.commitAgain([Self.looping], as: .baseline)
                }
            }.join()
            #expect(code.map.lookup(block.base) == block)
        }
        #expect(try instance.i32("loop", .i32(100)) == 3 * 5050)
        #expect(tiers.first == 1 && tiers.last == 2)
        let code = instance.module.storage.code
        let block = try #require(evicted.withLock { $0 })
        code.reclaim()
        #expect(code.map.lookup(block.base) != block)
        #expect(standIn.compiled == [.init(UInt32(Self.looping), .loop(0))])
        // What was taken is made again when it is needed.
        tiers = []
        for _ in 0..<3 { #expect(try instance.i32("loop", .i32(100)) == 3 * 5050) }
        #expect(tiers.last == 2 && standIn.compiled.count == 2)
    }

    @Test func codeForLoopsGoesAfterTheCodeThatLedThere() throws {
        let standIn = StandIn()
        var tiers: [Int32] = []
        let instance = try makeLoop(standIn) { caller, _ in tiers.append(callingTier(caller)) }
        let compiled = instance.module.storage
        let code = compiled.code
        #expect(try instance.i32("loop", .i32(100)) == 3 * 5050)
        #expect(code.blocks.map(\.kind) == [.baseline, .optimized])
        code.reclaim()
        #expect(code.blocks.count == 2)
        let better = try compiled.commitAgain([Self.looping])
        // First the baseline code, in which nobody is; then what its loop led to.
        code.reclaim()
        code.reclaim()
        #expect(code.blocks.count == 1 && code.blocks.first === better)
        tiers = []
        #expect(try instance.i32("loop", .i32(100)) == 3 * 5050)
        #expect(Set(tiers) == [2] && standIn.compiled.count == 1)
        // From the beginning.
        code.evict(better)
        code.reclaim()
        #expect(code.blocks.isEmpty)
        tiers = []
        for _ in 0..<3 { #expect(try instance.i32("loop", .i32(100)) == 3 * 5050) }
        #expect(tiers.first == 1 && tiers.last == 2 && standIn.compiled.count == 2)
    }

    // MARK: the limit (T14)

    /// Many functions, of which `fill` calls all, and some that are active meanwhile.
    private static let many = 400
    private static let crowd: String = {
        let bodies = (0..<many).map { number in
            """
            (func $c\(number) (param i32) (result i32)
              local.get 0 i32.const \(number) i32.mul local.get 0 i32.const \(number + 7) i32.xor i32.add
              local.get 0 i32.const 3 i32.shl i32.add)
            """
        }
        let calls = (0..<many).map { "local.get $sum local.get $x call $c\($0) i32.add local.set $sum" }
        return """
            (module
              (import "host" "step" (func $step (result i32)))
              (func $down (export "down") (param i32) (result i32)
                local.get 0 i32.eqz if (result i32) call $step else
                local.get 0 i32.const 1 i32.sub call $down local.get 0 i32.add end)
              (func $f (export "f") (param i32) (result i32) i32.const 840 local.get 0 i32.div_u)
              \(bodies.joined(separator: "\n"))
              (func (export "fill") (param $x i32) (result i32) (local $sum i32)
                \(calls.joined(separator: "\n"))
                local.get $sum))
            """
    }()
    private static let down = 1
    private static let f = 2

    private static func filled(_ x: Int32) -> Int32 {
        (0..<Int32(many)).reduce(0) { $0 &+ (x &* $1 &+ (x ^ ($1 + 7)) &+ (x << 3)) }
    }

    private func makeEngine(_ standIn: StandIn, isDeterministic: Bool) throws -> Engine {
        var configuration = standIn.configuration(isDeterministic: isDeterministic)
        // `fill` alone is larger than half of it.
        configuration.maximumCodeBytes = 48 << 10
        return try Engine(configuration)
    }

    private func makeCrowd(
        in engine: Engine, step: @escaping (Caller) throws -> Void = { _ in }
    ) throws -> Instance {
        let store = try Store(engine)
        var imports = Imports()
        imports.define(
            "host", "step",
            Function(store) { (caller: Caller) throws -> Int32 in
                try step(caller)
                return 7
            })
        return try ModuleSupport.makeInstance(Self.crowd, store: store, imports: imports)
    }

    /// Calls so much that a function that is not called meanwhile loses its code.
    private func crowdOut(_ function: Int, of instance: Instance) throws {
        let code = instance.module.storage.code
        for x in 0..<20 as Range<Int32> {
            #expect(try instance.i32("fill", .i32(x)) == Self.filled(x))
            if code.state(of: function).tier == nil { return }
            code.reclaim()
        }
        Issue.record("function \(function) has kept its code")
    }

    @Test func theLimitTakesCodeThatIsOnAStack() throws {
        let standIn = StandIn()
        let isTaken = Guarded(false)
        var tiers: [Int32] = []
        let instance = try makeCrowd(in: makeEngine(standIn, isDeterministic: true)) { caller in
            tiers.append(callingTier(caller))
            guard !isTaken.withLock({ $0 }) else { return }
            isTaken.withLock { $0 = true }
            let code = caller.instance!.module.storage.code
            let block = try callingBlock(caller)
            try crowdOut(Self.down, of: caller.instance!)
            code.reclaim()
            #expect(code.map.lookup(block.base) == block)
        }
        // So that all of the frames are those of optimized code.
        isTaken.withLock { $0 = true }
        #expect(try instance.i32("down", .i32(1)) == 8)
        isTaken.withLock { $0 = false }
        #expect(try instance.i32("down", .i32(1000)) == 7 + 500_500)
        #expect(tiers.last == 2 && standIn.compiled.first == .init(UInt32(Self.down)))
        let code = instance.module.storage.code
        #expect(code.statistics.evictedFunctionCount > 0)
        code.reclaim()
        #expect(try instance.i32("down", .i32(10)) == 7 + 55)
        #expect(code.statistics.liveBytes <= code.maximumCodeBytes)
    }

    @Test func theLimitTakesAFunctionThatIsQueued() throws {
        let standIn = StandIn()
        let (isThere, mayGoOn) = (Flag(), Flag())
        standIn.hold { _, _ in
            isThere.set()
            while !mayGoOn.isSet { sched_yield() }
        }
        // Where there is one thread for the queue, it is held by another module.
        let engine = try makeEngine(standIn, isDeterministic: false)
        let other = try makeCrowd(in: engine)
        #expect(try other.i32("f", .i32(4)) == 210)
        while !isThere.isSet { sched_yield() }
        let queue = engine.storage.tiering.queue
        let instance = try makeCrowd(in: engine)
        let code = instance.module.storage.code
        for _ in 0..<3 { #expect(try instance.i32("f", .i32(4)) == 210) }
        let isQueued = code.state(of: Self.f).isInFlight
        #expect(isQueued)
        try crowdOut(Self.f, of: instance)
        #expect(!code.state(of: Self.f).isInFlight)
        #expect(try instance.i32("f", .i32(5)) == 168)
        mayGoOn.set()
        queue.drain()
        code.drain()
        // It is asked for again, and moves.
        for _ in 0..<3 {
            #expect(try instance.i32("f", .i32(4)) == 210)
            queue.drain()
        }
        #expect(code.state(of: Self.f).tier == .optimized)
        #expect(try instance.i32("f", .i32(4)) == 210)
        let trap = try catchTrap { try instance.call("f", .i32(0)) }
        #expect(trap.kind == .integerDivideByZero && trap.frames.map(\.functionName) == ["f"])
    }

    @Test func theLimitTakesAFunctionThatIsBeingCompiled() throws {
        let standIn = StandIn()
        let instance = try makeCrowd(in: makeEngine(standIn, isDeterministic: false))
        let code = instance.module.storage.code
        let queue = instance.module.engine.storage.tiering.queue
        let (isThere, mayGoOn) = (Flag(), Flag())
        standIn.hold { what, _ in
            guard what.function == UInt32(Self.f), !mayGoOn.isSet else { return }
            isThere.set()
            while !mayGoOn.isSet { sched_yield() }
        }
        #expect(try instance.i32("f", .i32(4)) == 210)
        while !isThere.isSet { sched_yield() }
        #expect(code.state(of: Self.f).phase == .compiling)
        try crowdOut(Self.f, of: instance)
        #expect(try instance.i32("f", .i32(5)) == 168)
        #expect(code.state(of: Self.f).tier == .baseline)
        mayGoOn.set()
        queue.drain()
        code.drain()
        // What was being made then counts, unless it has been taken as well by now.
        for _ in 0..<3 {
            #expect(try instance.i32("f", .i32(4)) == 210)
            queue.drain()
        }
        #expect(code.state(of: Self.f).tier == .optimized)
        let trap = try catchTrap { try instance.call("f", .i32(0)) }
        #expect(trap.kind == .integerDivideByZero && trap.frames.map(\.functionName) == ["f"])
    }

    private final class Flag: Sendable {
        private let value = Atomic<Bool>(false)
        var isSet: Bool { value.load(ordering: .acquiring) }
        func set() { value.store(true, ordering: .releasing) }
    }
}
