// Indirect calls whose callee is guessed: what they do when the guess is right, when it is wrong, and when it traps.

import ModuleSupport
import Terrace
import TerraceTiering
import Testing
import TierSupport

@testable import TerraceCode
@testable import TerraceRuntime

@Suite(.serialized) struct GuessedCallTests {
    private static let text = """
        (module $program
          (type $t (func (param i32) (result i32)))
          (import "host" "table" (table $table 8 funcref))
          (import "host" "start" (global $start i32))
          (global $own (mut i32) (i32.const 0))
          (elem declare func $add $divide $other $global $long)
          (func $add (type $t) local.get 0 i32.const 1 i32.add)
          (func $divide (type $t) i32.const 1000 local.get 0 i32.const 50 i32.sub i32.div_s)
          (func $other (param i64) (result i32) i32.const 3)
          (func $global (type $t) local.get 0 global.get $own i32.add)
          (func $long (type $t) loop local.get 0 i32.const 1000 i32.lt_s if local.get 0 i32.const 7 i32.mul i32.const 1
            i32.add local.set 0 br 1 end end local.get 0)
          (func (export "fill") (param i32) (param $own i32)
            local.get $own global.set $own
            local.get 0 ref.func $add table.set $table
            local.get 0 i32.const 1 i32.add ref.func $divide table.set $table
            local.get 0 i32.const 2 i32.add ref.func $other table.set $table
            local.get 0 i32.const 3 i32.add ref.func $global table.set $table)
          (func (export "setLong") i32.const 7 ref.func $long table.set $table)
          (func (export "indirect") (param $place i32) (param $n i32) (result i32) (local $sum i32)
            loop
              local.get $n local.get $place call_indirect $table (type $t)
              local.get $sum i32.add local.set $sum
              local.get $n i32.const 1 i32.sub local.tee $n br_if 0
            end
            local.get $sum)
          (func (export "reference") (param $place i32) (param $n i32) (result i32) (local $sum i32)
            loop
              local.get $n local.get $place table.get $table ref.cast (ref null $t) call_ref $t
              local.get $sum i32.add local.set $sum
              local.get $n i32.const 1 i32.sub local.tee $n br_if 0
            end
            local.get $sum))
        """

    /// Two instances of one module, whose functions stand side by side in one table.
    private func makeInstances(_ configuration: Configuration) throws -> (one: Instance, two: Instance) {
        let store = try Store(try Engine(configuration))
        let module = try makeModule(Self.text, engine: store.engine)
        let host = try ModuleSupport.makeInstance(
            """
            (module (table (export "table") 8 funcref) (global (export "start") i32 (i32.const 0)))
            """, store: store)
        var imports = Imports()
        imports.defineModule("host", exportsOf: host)
        let (one, two) = (try Instance(store, module, imports: imports), try Instance(store, module, imports: imports))
        try one.call("fill", .i32(0), .i32(100))
        try two.call("fill", .i32(3), .i32(10_000))
        return (one, two)
    }

    private func configuration(_ mode: TieringMode) -> Configuration {
        var configuration = Configuration()
        configuration.tiering = mode
        configuration.tierUpThreshold = 100
        configuration.deterministicTiering = true
        configuration.verifiesGeneratedCode = true
        return configuration
    }

    /// What a call ends with, and the stack that is reported.
    private func outcome(_ instance: Instance, _ name: String, _ place: Int32, _ n: Int32) throws -> String {
        do { return "\(try instance.i32(name, .i32(place), .i32(n)))" } catch let trap as Trap { return "\(trap)" }
    }

    private func inlinedCalls(_ instance: Instance) -> Int {
        instance.module.storage.code.blocks.reduce(0) { $0 + $1.unmanaged.inlineNodes.count }
    }

    @Test(arguments: ["indirect", "reference"]) func wrongGuessesDoWhatTheCallDoes(_ name: String) throws {
        let expected = try makeInstances(configuration(.baseline))
        let (one, two) = try makeInstances(configuration(.tiered))
        // The first makes the function hot, and its callee the one that is guessed.
        #expect(try outcome(one, name, 0, 5000) == outcome(expected.one, name, 0, 5000))
        #expect(inlinedCalls(one) > 0)
        // Another of its own functions; traps in it; its own function again; the other instance's; empty; wrong; outside.
        for (place, n) in [(1, 40), (1, 60), (0, 20), (3, 20), (4, 40), (6, 20), (7, 3), (2, 3), (8, 3), (-1, 3)]
            as [(Int32, Int32)]
        {
            #expect(try outcome(one, name, place, n) == outcome(expected.one, name, place, n), "\(place) \(n)")
            #expect(try outcome(two, name, place, n) == outcome(expected.two, name, place, n), "\(place) \(n)")
        }
    }

    @Test(arguments: ["indirect", "reference"]) func guessesReadTheirOwnInstance(_ name: String) throws {
        let expected = try makeInstances(configuration(.baseline))
        let (one, two) = try makeInstances(configuration(.tiered))
        // Place 6 holds a function of the second instance that reads its global.
        for instance in [(two, expected.two), (one, expected.one)] {
            for place in [6, 6, 3, 6] as [Int32] {
                #expect(try outcome(instance.0, name, place, 3000) == outcome(instance.1, name, place, 3000))
            }
        }
        #expect(inlinedCalls(two) > 0)
    }

    @Test(arguments: ["indirect", "reference"]) func trapsInGuessedCalleesNameThem(_ name: String) throws {
        let expected = try makeInstances(configuration(.baseline))
        let (one, _) = try makeInstances(configuration(.tiered))
        let trap = try outcome(one, name, 1, 3000)
        #expect(trap == (try outcome(expected.one, name, 1, 3000)))
        #expect(trap.contains("divide") && trap.contains(name))
        #expect(inlinedCalls(one) > 0)
    }

    @Test(arguments: ["indirect", "reference"]) func whatIsNotInlinedIsCalledByItsEntryCell(_ name: String) throws {
        let expected = try makeInstances(configuration(.baseline))
        let (one, two) = try makeInstances(configuration(.tiered))
        for instance in [one, expected.one] { try instance.call("setLong") }
        #expect(try outcome(one, name, 7, 3000) == outcome(expected.one, name, 7, 3000))
        #expect(try outcome(two, name, 7, 3000) == outcome(expected.two, name, 7, 3000))
        #expect(try outcome(one, name, 0, 10) == outcome(expected.one, name, 0, 10))
    }
}
