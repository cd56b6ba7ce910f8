// Functions that move to better code at calls: whoever calls them, by whatever way, and whoever else is about.

import ModuleSupport
import Terrace
import Testing
import TierSupport

@testable import TerraceCode
@testable import TerraceRuntime
@testable import TerraceTiering

@Suite(.serialized) struct TierUpTests {
    private func makeModule(
        _ standIn: StandIn = StandIn(), threshold: Int = 0, isDeterministic: Bool = true
    ) throws -> Module {
        let configuration = standIn.configuration(threshold: threshold, isDeterministic: isDeterministic)
        return try ModuleSupport.makeModule(Witness.text, engine: try Engine(configuration))
    }

    @Test func aFunctionMovesInItsVeryFirstCallWithThresholdZero() throws {
        let standIn = StandIn()
        let module = try makeModule(standIn)
        let instance = try Witness.makeInstance(of: module)
        #expect(try Witness.tier(instance) == .optimized)
        #expect(Set(standIn.compiled) == [.init(UInt32(Witness.f)), .init(UInt32(Witness.outer))])
        try Witness.trapInF(instance)
        try Witness.trapElsewhere(instance)
    }

    @Test func aFunctionMovesWhenItHasExecutedItsBudget() throws {
        let standIn = StandIn()
        let module = try makeModule(standIn, threshold: 3)
        let instance = try Witness.makeInstance(of: module)
        var calls = 0
        while try Witness.tier(instance, through: "f") == .baseline {
            calls += 1
            guard calls < 10_000 else { break }
        }
        // The budget, which is that of a larger body, by the bytes of this one.
        let bytes = module.storage.module.body(Witness.f)!.code.count
        let expected = 3 * TieringPolicy.leastBodyBytes / bytes
        #expect((expected - 2...expected + 3).contains(calls), "\(calls) calls, \(bytes) bytes")
        #expect(standIn.compiled == [.init(UInt32(Witness.f))])
        // It stays.
        for _ in 0..<10 { #expect(try Witness.tier(instance, through: "f") == .optimized) }
        #expect(standIn.compiled.count == 1)
    }

    @Test func inTheBackgroundCallsGoOnAndFollowOnceTheCodeIsThere() throws {
        let standIn = StandIn()
        let module = try makeModule(standIn, isDeterministic: false)
        let code = module.storage.code
        let held = SyncPoint.queueAfterTake.arm(in: code)
        let instance = try Witness.makeInstance(of: module)
        #expect(try Witness.tier(instance) == .baseline)
        held.waitUntilReached()
        #expect(try Witness.tier(instance) == .baseline)
        try Witness.trapInF(instance)
        held.release()
        code.drain()
        module.engine.storage.tiering.queue.drain()
        #expect(try Witness.tier(instance) == .optimized)
        try Witness.trapInF(instance)
    }

    @Test func argumentsOfAllKindsSurviveTheMove() throws {
        // More than there are registers for, of each kind, and several results.
        let parameters = (0..<10).flatMap { _ in ["i32", "i64", "f32", "f64", "v128"] }
        let conversions = [
            "i32": "i64.extend_i32_u", "i64": "", "f32": "i64.trunc_f32_s", "f64": "i64.trunc_f64_s",
            "v128": "i64x2.extract_lane 0",
        ]
        let sums = parameters.enumerated().map { index, type -> String in
            "local.get \(index) \(conversions[type] ?? "") i64.add"
        }
        let constants = parameters.enumerated().map { index, type -> String in
            type == "v128" ? "v128.const i64x2 \(index * 7) 1" : "\(type).const \(index * 7)"
        }
        let text = """
            (module
              (func $f (param \(parameters.joined(separator: " "))) (result i64 f64 i32)
                i64.const 0 \(sums.joined(separator: " ")) f64.const 2.5 i32.const 9)
              (func (export "run") (result i64) (local f64 i32)
                \(constants.joined(separator: " ")) call $f local.set 1 local.set 0
                local.get 0 i64.trunc_f64_s i64.add local.get 1 i64.extend_i32_u i64.add))
            """
        let expected: Int64 = 7 * (49 * 50 / 2) + 2 + 9
        for threshold in [0, 1] {
            let standIn = StandIn()
            let engine = try Engine(standIn.configuration(threshold: threshold))
            let instance = try makeInstance(text, store: try Store(engine))
            for _ in 0..<100 { #expect(try instance.i64("run") == expected) }
            #expect(standIn.compiled.contains(.init(0)))
        }
    }

    /// T11
    @Test func referencesTakenBeforeAFunctionMovesCallOptimizedCodeAfterwards() throws {
        let text = """
            (module (import "host" "tier" (func $tier (result i32)))
              (table (export "table") 1 funcref) (elem (i32.const 0) $f)
              (global (export "global") (mut funcref) (ref.func $f))
              (func $f (export "f") (result i32) call $tier)
              (type $t (func (result i32)))
              (global $typed (ref null $t) (ref.func $f))
              (func (export "indirect") (result i32) i32.const 0 call_indirect (type $t))
              (func (export "reference") (result i32) global.get $typed call_ref $t)
              (func (export "tail") (result i32) i32.const 0 return_call_indirect (type $t)))
            """
        let standIn = StandIn()
        let module = try ModuleSupport.makeModule(text, engine: try Engine(standIn.configuration(threshold: 2)))
        let instance = try Witness.makeInstance(of: module)
        guard case .function(let element?)? = instance.table("table")?[0],
            case .function(let held?)? = instance.global("global")?.value
        else { throw WrongResult() }
        func tiers() throws -> [Int32] {
            try [element, held].map { function in
                guard case .i32(let tier)? = try function.call([]).first else { throw WrongResult() }
                return tier
            } + ["f", "indirect", "reference", "tail"].map { try instance.i32($0) }
        }
        #expect(try tiers() == [1, 1, 1, 1, 1, 1])
        for _ in 0..<500 { _ = try instance.i32("f") }
        #expect(standIn.compiled.contains(.init(1)))
        #expect(try tiers() == [2, 2, 2, 2, 2, 2])
    }

    /// T5
    @Test func aFunctionThatMovesLeavesOthersAlone() throws {
        let standIn = StandIn()
        let module = try makeModule(standIn, threshold: 3)
        let instance = try Witness.makeInstance(of: module)
        #expect(try Witness.tier(instance) == .baseline)
        let code = module.storage.code
        let outer = code.cell(Witness.outer).pointee.load(ordering: .relaxed)
        while try Witness.tier(instance, through: "f") == .baseline {}
        #expect(code.cell(Witness.outer).pointee.load(ordering: .relaxed) == outer)
        #expect(code.state(of: Witness.outer).tier == .baseline)
        #expect(try Witness.tier(instance) == .optimized)
    }

    /// T12
    @Test func twoInstancesOnTwoThreadsShareCodeAndCounters() throws {
        let standIn = StandIn()
        let module = try makeModule(standIn, threshold: 100, isDeterministic: false)
        let start = TierRequestTests.Meeting()
        let workers = (0..<2).map { _ in
            Worker {
                let instance = try Witness.makeInstance(of: module)
                start.meet(2)
                var calls = 0
                while try Witness.tier(instance) == .baseline { calls += 1 }
                try Witness.trapInF(instance)
                return calls
            }
        }
        let calls = try workers.map { try $0.join() }
        #expect(calls.reduce(0, +) > 100)
        #expect(standIn.compiled.count { $0.function == UInt32(Witness.f) } == 1)
    }

    @Test func inOptimizedModeEverythingIsCompiledBeforeItRunsAndTheRestRunsInBaselineCode() throws {
        let standIn = StandIn()
        standIn.refuse(UInt32(Witness.f))
        let module = try ModuleSupport.makeModule(
            Witness.text, engine: try Engine(standIn.configuration(.optimized)))
        #expect(Set(standIn.compiled.map { Int($0.function) }) == Set(Witness.functions).subtracting([Witness.f]))
        let instance = try Witness.makeInstance(of: module)
        #expect(try Witness.tier(instance) == .baseline)
        #expect(module.storage.code.state(of: Witness.outer).tier == .optimized)
        #expect(module.storage.code.state(of: Witness.f).hasFailed(.optimized))
        #expect(module.statistics.optimizedFunctionCount == 4 && module.statistics.optimizationFailureCount == 1)
        #expect(module.statistics.compiledFunctionCount == 5)
        try Witness.trapInF(instance)
    }

    @Test func inBaselineModeThereAreNoCountersAndNothingMoves() throws {
        let standIn = StandIn()
        let module = try ModuleSupport.makeModule(
            Witness.text, engine: try Engine(standIn.configuration(.baseline, threshold: 0)))
        let instance = try Witness.makeInstance(of: module)
        for _ in 0..<100 { #expect(try Witness.tier(instance) == .baseline) }
        #expect(standIn.compiled.isEmpty)
        let records = module.storage.code.tieringRecords
        for function in Witness.functions {
            #expect(records[function].calls.load(ordering: .relaxed) == 0)
            #expect(records[function].callSites.load(ordering: .relaxed) == 0)
        }
    }

    @Test func whatATierCannotCompileStaysInBaselineCodeAndIsNotTriedAgain() throws {
        let standIn = StandIn()
        standIn.refuse(UInt32(Witness.f))
        let module = try makeModule(standIn)
        let instance = try Witness.makeInstance(of: module)
        let state = module.storage.code
        for _ in 0..<50 { #expect(try Witness.tier(instance) == .baseline) }
        #expect(state.state(of: Witness.f).hasFailed(.optimized) && state.state(of: Witness.f).tier == .baseline)
        #expect(module.statistics.optimizationFailureCount == 1)
        try Witness.trapInF(instance)
    }

    @Test func deterministicTieringHasTheSameScheduleInEveryRun() throws {
        func schedule() throws -> [StandIn.CompiledFunction] {
            let standIn = StandIn()
            let engine = try Engine(standIn.configuration(threshold: 5))
            let instance = try makeInstance(Self.program, store: try Store(engine))
            #expect(try instance.i32("run", .i32(3000)) == 4_498_500)
            return standIn.compiled
        }
        let first = try schedule()
        #expect(first.contains { $0.entry == .call } && first.contains { $0.entry != .call })
        for _ in 0..<3 { #expect(try schedule() == first) }
    }

    private static let program = """
        (module
          (func $add (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)
          (func $sum (param i32) (result i32) (local i32)
            loop
              local.get 1 local.get 0 call $add local.set 1
              local.get 0 i32.const 1 i32.sub local.tee 0 br_if 0
            end
            local.get 1)
          (func (export "run") (param i32) (result i32) (local $i i32) (local $sum i32)
            loop
              local.get $i call $double drop
              local.get $sum local.get $i i32.add local.set $sum
              local.get $i i32.const 1 i32.add local.tee $i local.get 0 i32.lt_s br_if 0
            end
            i32.const 100 call $sum drop
            local.get $sum)
          (func $double (param i32) (result i32) local.get 0 i32.const 2 i32.mul))
        """
}
