// Whom indirect calls called, as compilers of the second tier are told.

import ModuleSupport
import Terrace
import TerraceABI
import TerraceCompilation
import Testing
import TierSupport

@testable import TerraceRuntime
@testable import TerraceTiering

@Suite struct CallProfileTests {
    @Test func theLayoutIsThatOfTheStruct() {
        #expect(MemoryLayout<CallSiteProfile>.size == CallSiteProfileLayout.size)
        #expect(MemoryLayout<CallSiteProfile>.offset(of: \.first.function) == Int(CallSiteProfileLayout.function(0)))
        #expect(MemoryLayout<CallSiteProfile>.offset(of: \.first.count) == Int(CallSiteProfileLayout.count(0)))
        #expect(MemoryLayout<CallSiteProfile>.offset(of: \.third.count) == Int(CallSiteProfileLayout.count(2)))
        #expect(MemoryLayout<CallSiteProfile>.offset(of: \.otherCount) == Int(CallSiteProfileLayout.otherCount))
    }

    private static let text = """
        (module
          (import "other" "f0" (func $foreign (param i32 f64) (result i32)))
          (type $t (func (param i32 f64) (result i32)))
          (table 6 funcref) (elem (i32.const 0) $f1 $f2 $f3 $f4 $foreign $f5)
          (func $f1 (type $t) local.get 0) (func $f2 (type $t) local.get 0) (func $f3 (type $t) local.get 0)
          (func $f4 (type $t) local.get 0) (func $f5 (type $t) local.get 0)
          (func (export "table") (param i32 i32) (result i32)
            local.get 1 f64.const 1 local.get 0 call_indirect (type $t))
          (func (export "dead") (param i32 i32) (result i32)
            local.get 0 if unreachable i32.const 0 f64.const 1 i32.const 0 call_indirect (type $t) drop end
            local.get 1 f64.const 1 local.get 0 table.get 0 ref.cast (ref $t) call_ref $t)
          (func (export "tail") (param i32 i32) (result i32)
            local.get 1 f64.const 1 local.get 0 return_call_indirect (type $t)))
        """

    private func makeInstance(_ engine: Engine) throws -> Instance {
        let store = try Store(engine)
        var imports = Imports()
        imports.define("other", "f0", Function(store) { (_: Caller, a: Int32, _: Double) -> Int32 in a })
        return try ModuleSupport.makeInstance(Self.text, store: store, imports: imports)
    }

    @Test(arguments: ["table", "tail"]) func calleesAreCountedByFunctionIndex(_ name: String) throws {
        let engine = try Engine(StandIn().configuration(threshold: 100_000))
        let instance = try makeInstance(engine)
        // Places in the table, and how often each is called.
        for (place, count) in [(0, 5), (1, 3), (4, 2), (2, 4), (3, 1), (0, 10), (1, 1), (4, 7)] {
            for number in 0..<count {
                #expect(try instance.i32(name, .i32(Int32(place)), .i32(Int32(number))) == Int32(number))
            }
        }
        let index = instance.module.storage.module.exports.first { $0.name == name }!.index
        let profile = instance.module.storage.generator.profile(index).callSites
        #expect(profile.count == 1)
        #expect(profile.first?.first == CallTarget(function: 1, count: 15))
        #expect(profile.first?.second == CallTarget(function: 2, count: 4))
        #expect(profile.first?.third == CallTarget(function: CallTarget.foreign, count: 9))
        #expect(profile.first?.otherCount == 5)
    }

    @Test func functionsOfAnotherInstanceAreForeignWhateverTheirIndices() throws {
        let engine = try Engine(StandIn().configuration(threshold: 100_000))
        let store = try Store(engine)
        let text = """
            (module (type $t (func (result i32)))
              (table (export "table") 2 funcref) (elem (i32.const 0) $f)
              (func $f (result i32) i32.const 3)
              (func (export "f") (param i32) (result i32) local.get 0 call_indirect (type $t)))
            """
        let module = try makeModule(text, engine: engine)
        let (one, two) = (try Instance(store, module), try Instance(store, module))
        try two.table("table")!.set(1, to: one.table("table")![0]!)
        for place in [1, 1, 1, 0, 0] as [Int32] { #expect(try two.i32("f", .i32(place)) == 3) }
        let site = module.storage.generator.profile(1).callSites.first
        #expect(site?.first == CallTarget(function: CallTarget.foreign, count: 3))
        #expect(site?.second == CallTarget(function: 0, count: 2))
    }

    @Test func theCompilerIsToldAndDeadSitesAreNumbered() throws {
        let standIn = StandIn()
        let engine = try Engine(standIn.configuration(threshold: 5))
        let store = try Store(engine)
        let text = """
            (module (type $t (func (result i32)))
              (table 1 funcref) (elem (i32.const 0) $f) (elem declare func $f)
              (func $f (result i32) i32.const 3)
              (func (export "g") (param i32) (result i32)
                block br 0 i32.const 0 call_indirect (type $t) drop end
                local.get 0 if i32.const 0 call_indirect (type $t) drop end
                ref.func $f call_ref $t))
            """
        let instance = try ModuleSupport.makeInstance(text, store: store)
        var calls = 0
        while standIn.profile(1) == nil, calls < 10_000 {
            #expect(try instance.i32("g", .i32(calls % 3 == 0 ? 1 : 0)) == 3)
            calls += 1
        }
        let sites = standIn.profile(1)?.callSites ?? []
        // The call that made the function move had not come so far.
        #expect(sites.count == 3)
        #expect(sites.first == CallSiteProfile())
        #expect(sites.last?.first == CallTarget(function: 0, count: UInt32(calls - 1)))
        #expect(sites.dropFirst().first?.first == CallTarget(function: 0, count: UInt32((calls + 1) / 3)))
    }

    @Test func callsOfNullAndOfTheWrongTypeTrapAsEver() throws {
        let text = """
            (module (type $t (func (result i32))) (type $u (func))
              (table 2 funcref) (elem (i32.const 0) $f)
              (func $f)
              (func (export "null") (result i32) ref.null $t call_ref $t)
              (func (export "empty") (result i32) i32.const 1 call_indirect (type $t))
              (func (export "wrong") (result i32) i32.const 0 call_indirect (type $t)))
            """
        let instance = try ModuleSupport.makeInstance(
            text, store: try Store(try Engine(StandIn().configuration(threshold: 100_000))))
        for (name, kind) in [
            ("null", Trap.Kind.nullReference), ("empty", .uninitializedElement), ("wrong", .indirectCallTypeMismatch),
        ] {
            let trap = try catchTrap { try instance.call(name) }
            #expect(trap.kind == kind && trap.frames.map(\.functionName) == [name])
        }
    }
}
