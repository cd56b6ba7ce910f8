// Many functions that move at once, on several threads, while modules come and go.

import ModuleSupport
import Synchronization
import Terrace
import Testing
import TierSupport

@testable import TerraceCode
@testable import TerraceRuntime

@Suite(.serialized) struct TierStressTests {
    #if DEBUG
        private static let functions = 60
        private static let rounds = 3
    #else
        private static let functions = 1000
        private static let rounds = 20
    #endif

    /// Function i calls the next one, directly or by the table, runs a short loop, and returns what is known beforehand.
    private static let text: String = {
        let bodies = (0..<functions).map { number -> String in
            let next =
                number + 1 == functions
                ? "i32.const 0"
                : number % 3 == 0 ? "call $f\(number + 1)" : "i32.const \(number + 1) call_indirect (type $t)"
            return """
                (func $f\(number) (type $t) (local $i i32) (local $sum i32)
                  i32.const \(number % 5 + 1) local.set $i
                  loop
                    local.get $sum i32.const \(number % 7) i32.add local.set $sum
                    local.get $i i32.const 1 i32.sub local.tee $i br_if 0
                  end
                  \(next) local.get $sum i32.add)
                """
        }
        let names = (0..<functions).map { "$f\($0)" }.joined(separator: " ")
        return """
            (module (type $t (func (result i32)))
              (table \(functions) funcref) (elem (i32.const 0) \(names))
              \(bodies.joined(separator: "\n"))
              (func (export "run") (result i32) call $f0))
            """
    }()

    private static let expected: Int32 = {
        var sum = 0
        for number in 0..<functions { sum += (number % 5 + 1) * (number % 7) }
        return Int32(sum)
    }()

    @Test(arguments: TierSetting.allCases)
    func threadsThatShareAModuleGetTheSameResults(_ setting: TierSetting) throws {
        let engine = try Engine(setting.configuration())
        let module = try makeModule(Self.text, engine: engine)
        let workers: [Worker<Void>] = (0..<4).map { (number: Int) in
            Worker {
                for round in 0..<Self.rounds {
                    // Some come with a module of their own, and leave it in the midst of what it asked for.
                    let own = (number + round) % 8 == 0 ? try makeModule(Self.text, engine: engine) : module
                    let instance = try Instance(try Store(engine), own)
                    guard try instance.i32("run") == Self.expected else { throw WrongResult() }
                }
            }
        }
        for worker in workers { try worker.join() }
        engine.storage.tiering.queue.drain()
        module.storage.code.drain()
        #expect(try Instance(try Store(engine), module).i32("run") == Self.expected)
        let code = module.storage.code
        Witness.lookUp(code, old: code.blocks)
        guard setting == .background || setting == .atOnce else { return }
        for function in 0..<Self.functions { #expect(code.state(of: function).tier == .optimized) }
    }
}
