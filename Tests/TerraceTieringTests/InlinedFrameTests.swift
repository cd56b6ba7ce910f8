// Traps and calls in bodies that were inlined: backtraces are those of the calls that are not there any more.

import ModuleSupport
import Terrace
import TerraceTiering
import Testing
import TierSupport

@testable import TerraceCode
@testable import TerraceRuntime

@Suite(.serialized) struct InlinedFrameTests {
    private static let text = """
        (module $program
          (import "host" "fail" (func $fail (param i32)))
          (type $t (func (result i32)))
          (memory 1)
          (table 2 funcref)
          (func $divide (param i32) (result i32) i32.const 1 local.get 0 i32.div_u)
          (func $load (param i32) (result i32) local.get 0 i32.load)
          (func $abort (param i32) (result i32) local.get 0 if unreachable end i32.const 1)
          (func $indirect (param i32) (result i32) local.get 0 call_indirect (type $t))
          (func $fill (param i32) (result i32) i32.const 0 i32.const 0 local.get 0 memory.fill i32.const 0)
          (func $host (param i32) (result i32) local.get 0 call $fail i32.const 0)
          (func $middle (param i32) (result i32) local.get 0 call $divide i32.const 1 i32.add)
          (func $upper (param i32) (result i32) local.get 0 call $middle i32.const 1 i32.add)
          (func $recursive (param i32) (result i32)
            local.get 0 i32.eqz if unreachable end
            local.get 0 i32.const 1 i32.sub call $recursive i32.const 1 i32.add)
          (func $endless (param i32) (result i32) local.get 0 call $endless i32.const 1 i32.add)
          (func (export "divide") (param i32) (result i32) local.get 0 call $divide)
          (func (export "load") (param i32) (result i32) i32.const 3 drop local.get 0 call $load)
          (func (export "abort") (param i32) (result i32) local.get 0 call $abort)
          (func (export "indirect") (param i32) (result i32) local.get 0 call $indirect)
          (func (export "fill") (param i32) (result i32) local.get 0 call $fill)
          (func (export "host") (param i32) (result i32) local.get 0 call $host)
          (func (export "nested") (param i32) (result i32) local.get 0 call $upper)
          (func (export "behind") (param i32) (result i32)
            i32.const 1 call $upper drop local.get 0 i32.load)
          (func (export "recursive") (param i32) (result i32) local.get 0 call $recursive)
          (func (export "endless") (param i32) (result i32) local.get 0 call $endless)
          (func (export "loop") (param i32) (result i32) (local i32)
            loop
              local.get 0 call $middle local.get 1 i32.add local.set 1
              local.get 0 i32.const 1 i32.sub local.tee 0
              i32.const -5 i32.ne br_if 0
            end
            local.get 1))
        """

    /// What makes each export trap.
    private static let calls: [(name: String, argument: Int32)] = [
        ("divide", 0), ("load", -1), ("abort", 1), ("indirect", 1), ("indirect", 2), ("fill", -1), ("host", 5),
        ("nested", 0), ("behind", -4), ("recursive", 3), ("recursive", 100), ("loop", 3),
    ]

    private func makeInstance(_ configuration: Configuration) throws -> Instance {
        let store = try Store(try Engine(configuration))
        var imports = Imports()
        imports.define("host", "fail", Function(store) { (_: Caller, _: Int32) throws -> Void in throw HostError() })
        return try ModuleSupport.makeInstance(Self.text, store: store, imports: imports)
    }

    private struct HostError: Error {}

    /// What a call ends with, and the stack that is reported.
    private func outcome(_ instance: Instance, _ name: String, _ argument: Int32) throws -> String {
        do {
            return "\(try instance.i32(name, .i32(argument)))"
        } catch let trap as Trap {
            return "\(trap)"
        } catch {
            return "\(type(of: error))"
        }
    }

    private func inlinedCalls(_ instance: Instance) -> Int {
        instance.module.storage.code.blocks.reduce(0) { $0 + $1.unmanaged.inlineNodes.count }
    }

    @Test(arguments: ["optimized", "atOnce", "inLoops"]) func backtracesAreThoseOfCalls(_ setting: String) throws {
        var configuration = Configuration()
        configuration.tiering = .baseline
        let expected = try makeInstance(configuration)
        configuration.tiering = setting == "optimized" ? .optimized : .tiered
        configuration.tierUpThreshold = 0
        configuration.deterministicTiering = true
        configuration.tierUpSites = setting == "inLoops" ? .loops : .callsAndLoops
        configuration.verifiesGeneratedCode = true
        let instance = try makeInstance(configuration)
        for (name, argument) in Self.calls {
            for _ in 0..<2 {
                #expect(
                    try outcome(instance, name, argument) == outcome(expected, name, argument), "\(name) \(argument)")
            }
        }
        #expect(inlinedCalls(instance) > (setting == "inLoops" ? 1 : 12))
        // How deep it comes depends on the sizes of frames.
        let trap = try catchTrap { _ = try instance.i32("endless", .i32(1)) }
        #expect(trap.kind == .stackExhausted && trap.omittedFrameCount > 1000)
        #expect(Set(trap.frames.map(\.functionName)) == ["endless"] || trap.frames.last?.functionName == "endless")
        #expect(trap.frames.dropLast().allSatisfy { $0.functionName == "endless" })
    }
}
