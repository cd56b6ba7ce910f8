// Loops that run on in better code: T10, and which loop is chosen.

import ModuleSupport
import Terrace
import TerraceCompilation
import TerraceTiering
import Testing
import TierSupport

@testable import TerraceCode
@testable import TerraceRuntime

@Suite(.serialized) struct LoopEntryTests {
    /// Loops whose every round calls `tier`, so that results tell where it ran: the last round's tier, times a thousand, and a sum.
    private static let text = """
        (module
          (import "host" "tier" (func $tier (result i32)))
          (import "host" "call" (func $call (param i32)))
          (type $t (func (param i32) (result i32)))
          (memory 1 100)
          (table 1 funcref) (elem (i32.const 0) $after)
          (func $after (param i32) (result i32) local.get 0 i32.const 500000 i32.add)
          (func (export "sum") (param $n i32) (result i32) (local $sum i32) (local $tier i32)
            loop
              local.get $sum local.get $n i32.add local.set $sum
              call $tier local.set $tier
              local.get $n i32.const 1 i32.sub local.tee $n br_if 0
            end
            local.get $tier i32.const 1000 i32.mul local.get $sum i32.add)
          (func (export "divides") (param $n i32) (result i32) (local $sum i32)
            loop
              local.get $sum i32.const 1000 local.get $n i32.div_u i32.add local.set $sum
              local.get $n i32.const 1 i32.sub local.set $n
              br 0
            end
            local.get $sum)
          (func (export "grows") (param $n i32) (result i32) (local $sum i32)
            loop
              local.get $sum i32.const 1 memory.grow i32.add local.set $sum
              local.get $n i32.const 1 i32.sub local.tee $n br_if 0
            end
            i32.const 65536 i32.const 77 i32.store
            i32.const 65536 i32.load local.get $sum i32.add)
          (func (export "calls") (param $n i32) (result i32)
            loop
              local.get $n call $call
              local.get $n i32.const 1 i32.sub local.tee $n br_if 0
            end
            i32.const 5)
          (func (export "tail") (param $n i32) (result i32) (local $sum i32)
            loop
              local.get $sum local.get $n i32.add local.set $sum
              local.get $n i32.const 1 i32.sub local.tee $n br_if 0
            end
            local.get $sum return_call $after)
          (func (export "tailIndirect") (param $n i32) (result i32) (local $sum i32)
            loop
              local.get $sum local.get $n i32.add local.set $sum
              local.get $n i32.const 1 i32.sub local.tee $n br_if 0
            end
            local.get $sum i32.const 0 return_call_indirect (type $t))
          (func (export "ever") loop br 0 end)
          (func (export "bulk") loop i32.const 0 i32.const 1 i32.const 65536 memory.fill br 0 end))
        """
    private func makeInstance(
        _ standIn: StandIn, sites: TierUpSites = .loops, threshold: Int = 0, isDeterministic: Bool = true,
        call: @escaping (Caller, Int32) throws -> Void = { _, _ in }
    ) throws -> Instance {
        let engine = try Engine(
            standIn.configuration(threshold: threshold, sites: sites, isDeterministic: isDeterministic))
        let store = try Store(engine)
        var imports = Imports()
        imports.define("host", "tier", Function(store) { (caller: Caller) -> Int32 in callingTier(caller) })
        imports.define("host", "call", Function(store) { (caller: Caller, n: Int32) in try call(caller, n) })
        return try ModuleSupport.makeInstance(Self.text, store: store, imports: imports)
    }

    private func index(_ name: String, _ instance: Instance) -> UInt32 {
        instance.module.storage.module.exports.first { $0.name == name }!.index
    }

    @Test func aRunningLoopGoesOnInOptimizedCode() throws {
        let standIn = StandIn()
        let instance = try makeInstance(standIn)
        #expect(try instance.i32("sum", .i32(10)) == 2055)
        #expect(standIn.compiled == [.init(index("sum", instance), .loop(0))])
        // Calls still come to baseline code, and loops leave it again.
        let code = instance.module.storage.code
        #expect(code.state(of: Int(index("sum", instance))).tier == .baseline)
        #expect(try instance.i32("sum", .i32(20)) == 2210)
        #expect(standIn.compiled.count == 1)
        #expect(instance.module.statistics.loopEntryCount == 1)
        #expect(code.bestBlock(forFunction: Int(index("sum", instance)))?.kind == .baseline)
        #expect(code.blocks.last?.kind == .optimized && code.blocks.last?.liveFunctionCount == 1)
    }

    @Test func inTheBackgroundALoopGoesOverWhenTheCodeIsThere() throws {
        let standIn = StandIn()
        var tiers: [Int32] = []
        let instance = try makeInstance(standIn, sites: .callsAndLoops, threshold: 1, isDeterministic: false) {
            caller, _ in
            caller.store.engine.storage.tiering.queue.drain()
            tiers.append(callingTier(caller))
        }
        #expect(try instance.i32("calls", .i32(2000)) == 5)
        #expect(standIn.compiled == [.init(index("calls", instance), .loop(0))])
        // First the one, then the other.
        let first = tiers.firstIndex(of: 2) ?? 0
        #expect(first > 5 && first < 100 && tiers.count == 2000)
        #expect(tiers[..<first].allSatisfy { $0 == 1 } && tiers[first...].allSatisfy { $0 == 2 })
    }

    @Test func aLoopInOptimizedCodeTraps() throws {
        let instance = try makeInstance(StandIn())
        let trap = try catchTrap { try instance.call("divides", .i32(100)) }
        #expect(trap.kind == .integerDivideByZero && trap.frames.map(\.functionName) == ["divides"])
        let body = instance.module.storage.module.body(Int(index("divides", instance)))!.code
        #expect(body.contains(trap.frames[0].bytecodeOffset!))
        let again = try catchTrap { try instance.call("divides", .i32(3)) }
        #expect(again.frames == trap.frames)
    }

    @Test func aLoopInOptimizedCodeGrowsMemoryCallsOutAndReturns() throws {
        let standIn = StandIn()
        var seen: [Int32] = []
        var tiers: Set<Int32> = []
        let instance = try makeInstance(standIn) { caller, n in
            seen.append(n)
            tiers.insert(callingTier(caller))
        }
        #expect(try instance.i32("grows", .i32(9)) == 77 + (1...9).reduce(0, +))
        #expect(try instance.i32("calls", .i32(5)) == 5)
        #expect(seen == [5, 4, 3, 2, 1] && tiers == [2])
        #expect(Set(standIn.compiled.map(\.entry)) == [.loop(0)])
    }

    @Test func whatAHostFunctionThrowsComesThroughALoopInOptimizedCode() throws {
        struct Refused: Error {}
        let instance = try makeInstance(StandIn()) { _, n in if n == 2 { throw Refused() } }
        let trap = try catchTrap { try instance.call("calls", .i32(4)) }
        #expect(trap.hostError is Refused && trap.frames.map(\.functionName) == ["calls"])
        #expect(try instance.i32("calls", .i32(1)) == 5)
    }

    @Test(arguments: ["tail", "tailIndirect"])
    func afterALoopInOptimizedCodeAFunctionCallsAnotherInItsPlace(_ name: String) throws {
        let standIn = StandIn()
        let instance = try makeInstance(standIn)
        for _ in 0..<3 { #expect(try instance.i32(name, .i32(100)) == 505_050) }
        #expect(standIn.compiled == [.init(index(name, instance), .loop(0))])
    }

    @Test(arguments: TierSetting.allCases)
    func anotherThreadStopsLoopsInWhicheverTier(_ setting: TierSetting) throws {
        let engine = try Engine(setting.configuration())
        let store = try Store(engine)
        var imports = Imports()
        imports.define("host", "tier", Function(store) { (caller: Caller) -> Int32 in callingTier(caller) })
        imports.define("host", "call", Function(store) { (_: Caller, _: Int32) in })
        let instance = try ModuleSupport.makeInstance(Self.text, store: store, imports: imports)
        let handle = store.interruptHandle
        for name in ["ever", "bulk"] {
            for _ in 0..<3 {
                let thread = Worker { handle.interrupt() }
                let trap = try catchTrap { try instance.call(name) }
                try thread.join()
                #expect(trap.kind == .interrupted && trap.frames.map(\.functionName) == [name])
                #expect(trap.frames[0].bytecodeOffset != nil)
            }
        }
    }

    @Test func aCountingLoopThatWillNeverMoveLooksForInterrupts() throws {
        let standIn = StandIn()
        let instance = try makeInstance(standIn)
        for name in ["ever", "bulk"] { standIn.refuse(index(name, instance), .loop(0)) }
        let handle = instance.store.interruptHandle
        for name in ["ever", "bulk", "ever", "bulk"] {
            let thread = Worker { handle.interrupt() }
            #expect(try catchTrap { try instance.call(name) }.kind == .interrupted)
            try thread.join()
        }
        #expect(standIn.compiled.isEmpty)
    }

    /// Constants, a local's value, a computed one and a vector below the loop, parameters of the loop, more locals than
    /// registers, and a results area.
    private static let operands = """
        (module
          (func $f (param $n i32) (result i64 i64 f64 i32)
            (local $a i64) (local $b i64) (local $c i64) (local $d i64) (local $e i64) (local $g i64) (local $h i64) (local $i i64)
            (local $x f64) (local $v v128) (local $w f32)
            i64.const 3 local.set $h
            f32.const 0.5 local.set $w
            i64.const 1000000000000 local.get $n i64.extend_i32_u i32.const 3 v128.const i32x4 4 5 6 7 f64.const 8.5
            local.get $n i32.const 7 i32.mul
            local.get $n i64.const 11
            loop $l (param i32 i64) (result i64)
              local.get $a i64.add local.set $b
              i32.const 1 i32.sub local.tee $n drop
              local.get $a i64.const 1 i64.add local.set $a
              local.get $c local.get $b i64.xor local.set $c
              local.get $d local.get $c i64.add local.set $d
              local.get $e local.get $d i64.sub local.set $e
              local.get $g local.get $e i64.add local.get $h i64.mul local.set $g
              local.get $i local.get $g i64.xor local.set $i
              local.get $x f64.const 1.25 f64.add local.get $w f64.promote_f32 f64.mul local.set $x
              local.get $v local.get $n i32x4.splat i32x4.add local.set $v
              local.get $n local.get $b local.get $n br_if $l
              local.set $b drop local.get $b
            end
            local.set $b
            i64.extend_i32_u local.get $b i64.add local.set $b
            local.get $x f64.add local.set $x
            local.get $v i32x4.add local.tee $v i32x4.extract_lane 3 i64.extend_i32_u local.get $b i64.add local.set $b
            i64.extend_i32_u local.get $b i64.add local.set $b
            local.get $b i64.add i64.add
            local.get $a local.get $c i64.add local.get $d i64.add local.get $e i64.add local.get $g i64.add
            local.get $i i64.add
            local.get $x
            local.get $v i32x4.extract_lane 0)
          (func (export "run") (param i32) (result i64) (local f64 i32 i64)
            local.get 0 call $f
            local.set 2 local.set 1 i64.add
            local.get 1 i64.reinterpret_f64 i64.xor local.get 2 i64.extend_i32_u i64.add))
        """

    @Test func localsOperandsAndParametersComeAlong() throws {
        let standIn = StandIn()
        let baseline = try ModuleSupport.makeInstance(Self.operands)
        let moving = try ModuleSupport.makeInstance(
            Self.operands, store: try Store(try Engine(standIn.configuration(sites: .loops))))
        for rounds in [1, 2, 3, 17, 1000] as [Int32] {
            let expected = try baseline.i64("run", .i32(rounds))
            #expect(try moving.i64("run", .i32(rounds)) == expected)
        }
        #expect(standIn.compiled == [.init(0, .loop(0))])
    }

    // MARK: which loop

    /// A nest of three, whose innermost rounds tell the host.
    private static let nest = """
        (module (import "host" "call" (func $call (param i32)))
          (func (export "nest") (param $o i32) (param $m i32) (param $l i32) (result i32)
            (local $i i32) (local $j i32) (local $k i32)
            loop $outer
              i32.const 0 local.set $j
              loop $middle
                i32.const 0 local.set $k
                loop $inner
                  local.get $k call $call
                  local.get $k i32.const 1 i32.add local.tee $k local.get $l i32.lt_s br_if $inner
                end
                local.get $j i32.const 1 i32.add local.tee $j local.get $m i32.lt_s br_if $middle
              end
              local.get $i i32.const 1 i32.add local.tee $i local.get $o i32.lt_s br_if $outer
            end
            local.get $i local.get $j i32.mul local.get $k i32.mul))
        """

    private func runNest(_ standIn: StandIn, _ outer: Int32, _ middle: Int32, _ inner: Int32) throws -> [CodeEntry] {
        let store = try Store(try Engine(standIn.configuration(threshold: 2)))
        var imports = Imports()
        imports.define("host", "call", Function(store) { (_: Caller, _: Int32) in })
        let instance = try ModuleSupport.makeInstance(Self.nest, store: store, imports: imports)
        #expect(try instance.i32("nest", .i32(outer), .i32(middle), .i32(inner)) == outer &* middle &* inner)
        return standIn.compiled.map(\.entry)
    }

    @Test func ofANestTheOutermostLoopIsChosenIfControlComesByItInTime() throws {
        #expect(try runNest(StandIn(), 1000, 2, 2) == [.loop(0)])
    }

    @Test func theLoopThatHoldsControlLongIsChosenInTheEnd() throws {
        #expect(try runNest(StandIn(), 1, 1, 10_000) == [.loop(2)])
        #expect(try runNest(StandIn(), 1, 1000, 5) == [.loop(1)])
    }

    @Test func whereTheOutermostLoopCannotBeCompiledTheNextOneIs() throws {
        let standIn = StandIn()
        standIn.refuse(1, .loop(0))
        let chosen = try runNest(standIn, 1000, 2, 2)
        #expect(chosen == [.loop(1)])
    }

    @Test func aFunctionThatIsCalledOftenForShortLoopsMovesAtCalls() throws {
        let standIn = StandIn()
        let instance = try makeInstance(standIn, sites: .callsAndLoops, threshold: 4)
        for _ in 0..<500 { _ = try instance.i32("sum", .i32(3)) }
        #expect(standIn.compiled == [.init(index("sum", instance))])
        #expect(try instance.i32("sum", .i32(3)) == 2006)
    }

    @Test func aLoopThatRunsOnInOldCodeMovesThoughCallsHave() throws {
        let standIn = StandIn()
        // The host calls the function that called it, often, and then the loop goes on.
        var depth = 0
        var tiers: [Int32] = []
        let instance = try makeInstance(standIn, sites: .callsAndLoops, threshold: 4) { caller, n in
            if depth == 0 { tiers.append(callingTier(caller)) }
            guard depth == 0, n == 10_000, case .function(let function)? = caller.export(named: "calls") else { return }
            depth = 1
            for _ in 0..<1000 { _ = try function.call([.i32(1)]) }
            depth = 0
        }
        #expect(try instance.i32("calls", .i32(10_000)) == 5)
        let calls = index("calls", instance)
        #expect(standIn.compiled.map { $0 } == [.init(calls), .init(calls, .loop(0))])
        #expect(tiers.first == 1 && tiers.last == 2)
    }
}
