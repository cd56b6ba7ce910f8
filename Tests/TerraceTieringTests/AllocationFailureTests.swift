// The k-th allocation fails, for every k, on the way from a module's bytes to code of two tiers and all its stubs.

import ModuleSupport
import Terrace
import Testing
import WasmFormat

@testable import TerraceCode
@testable import TerraceRuntime
@testable import TerraceTiering

@Suite struct AllocationFailureTests {
    /// A way through everything that reserves memory for code, with a function type that no stub exists for.
    private struct Way {
        let signature = FreshSignature()

        /// Parses and prepares the module.
        func makeModule() throws -> Module {
            try ModuleSupport.makeModule(
                """
                (module (import "host" "tier" (func $tier (result i32)))
                  (import "host" "zero" (func $zero \(signature.text)))
                  (func $f (export "f") \(signature.text)
                    i32.const 210 \(signature.zeros) call $zero i32.add call $g i32.add)
                  (func $g (result i32) call $tier i32.const 1000 i32.mul))
                """)
        }

        /// Makes a store with host functions; one that had no room for its stub traps when it is called.
        func makeInstance(of module: Module) throws -> Instance {
            let store = try Store(module.engine)
            var imports = Imports()
            imports.define("host", "tier", Function(store) { (caller: Caller) -> Int32 in callingTier(caller) })
            imports.define("host", "zero", try Function(store, type: signature.type) { _, _ in [.i32(0)] })
            return try Instance(store, module, imports: imports)
        }

        /// Calls `f`, which compiles it and `g` if need be. Returns the tier of `g`.
        func call(_ instance: Instance) throws -> Int32 {
            guard case .i32(let result)? = try instance.function("f")?.call(signature.arguments).first,
                result % 1000 == 210
            else { throw WrongTier() }
            return result / 1000
        }
    }

    /// Does something that may fail for want of memory, and in no other way. Returns nil if it failed.
    private func attempt<Success>(_ body: () throws -> Success) throws -> Success? {
        do {
            return try body()
        } catch let trap as Trap where trap.kind == .codeUnavailable {
            return nil
        } catch let error as ModuleError where error.category == .limit {
            return nil
        } catch let error as GenerationError {
            if case .code = error { return nil }
            throw error
        }
    }

    @Test func everyAllocationMayFailAndTheModuleWorksAfterwards() throws {
        // What the process makes once is there.
        _ = try Witness.tier(Witness.makeInstance(of: makeModule(Witness.text)))
        var failures = 0
        var index = 0
        while true {
            let way = Way()
            // Counts what this thread reserves, wherever; other threads are left alone.
            FailureInjection.arm(failing: index, in: nil)
            defer { FailureInjection.disarm(in: nil) }
            let first = try attempt { try way.makeModule() }
            let early = try first.map { module in try attempt { try way.makeInstance(of: module) } } ?? nil
            let earlyTier = try early.map { instance in try attempt { try way.call(instance) } } ?? nil
            let better = try first.map { module in try attempt { try module.storage.commitAgain([2, 3]) } } ?? nil
            let checks = FailureInjection.disarm(in: nil)
            if earlyTier == nil || better == nil { failures += 1 }
            if let earlyTier { #expect(earlyTier == 1) }

            // Whatever failed: now everything works, with what was made before or with new.
            let module = try first ?? way.makeModule()
            let code = module.storage.code
            Witness.lookUp(code, old: code.blocks)
            let instance = try way.makeInstance(of: module)
            let tier: Int32 = better == nil ? 1 : 2
            #expect(try way.call(instance) == tier, "allocation \(index)")
            if let early, earlyTier != nil { #expect(try way.call(early) == tier) }
            #expect(code.state(of: 2).phase == .committed && code.state(of: 3).phase == .committed)
            try module.storage.commitAgain([2, 3])
            #expect(try way.call(instance) == 2)
            code.drain()
            Witness.lookUp(code, old: code.blocks)
            // No block holds what was not published.
            #expect(code.blocks.allSatisfy { $0.entry(ofFunction: 2) != nil || $0.entry(ofFunction: 3) != nil })
            #expect(code.map.count == code.blocks.count)
            guard index < checks else { break }
            index += 1
        }
        // Code itself, two blocks of the first tier, one of the second, two stubs: several allocations each.
        #expect(failures > 25, "\(failures) of \(index) allocations failed")
    }

    @Test func everyAllocationOfTheSharedStubsMayFail() throws {
        let reservation = try CodeReservation(byteCount: 64 << 20)
        var index = 0
        while true {
            FailureInjection.arm(failing: index, in: nil)
            let table = try? StubTable(reservation: reservation)
            let checks = FailureInjection.disarm(in: nil)
            if index >= checks {
                let stubs = try #require(table)
                let code = try Code(importedFunctionCount: 0, functionCount: 2000, reservation: reservation)
                _ = try stubs.pointCellsAtThunks(code)
                #expect(reservation.map.lookup(stubs.trapExit) != nil)
                break
            }
            if table == nil {
                #expect(reservation.map.count == 0)
                #expect(reservation.usage.codeBytes == 0 && reservation.usage.dataBytes == 0)
            }
            index += 1
        }
        #expect(index > 5)
    }
}
