// Whole modules through the builder: what comes out keeps the invariants, whatever goes in.

import FuzzSupport
import SuiteSupport
import TerraceCompilation
import Testing
import WasmFormat
import WasmText

@testable import TerraceOptimizer

@Suite struct BuilderCorpusTests {
    /// Builds all functions, entered by call and at each loop, and returns how many graphs were right.
    private static func buildAll(_ test: BuildUnderTest, _ name: String) -> Int {
        let module = test.environment.module
        var count = 0
        for function in module.importedFunctionCount..<module.functionCount {
            var entries = [CodeEntry.call]
            entries += FunctionOutline(of: module, function: function).loops.indices.map { .loop(UInt32($0)) }
            for entry in entries {
                do {
                    try test.build(function, entry: entry)
                    count += 1
                } catch CompileError.unsupported {
                } catch {
                    Issue.record("\(name), function \(function), \(entry): \(error)")
                }
            }
        }
        return count
    }

    @Test(.enabled(if: SuiteFolder.path != nil, "the official test suite is not here (TERRACE_TESTSUITE)"))
    func functionsOfTheSuiteBecomeValidGraphs() throws {
        var count = 0
        for name in SuiteFolder.scripts {
            guard let script = try? WastScript.parse(SuiteFolder.bytes(name)) else { continue }
            for command in script.commands {
                guard case .module(let module) = command.kind, let bytes = try? module.bytes(),
                    let test = try? BuildUnderTest(bytes: bytes)
                else { continue }
                count += Self.buildAll(test, "\(name):\(command.line)")
            }
        }
        #expect(count > 5000)
    }

    @Test(arguments: 0..<8)
    func randomFunctionsBecomeValidGraphs(_ part: Int) throws {
        var count = 0
        for seed in UInt64(part * 5)..<UInt64(part * 5 + 5) {
            let module = RandomModule.make(seed: seed, options: .oracle(seed: seed))
            let test = try BuildUnderTest(bytes: module.bytes)
            count += Self.buildAll(test, "seed \(seed)")
            // Nothing is done, and few locals are values.
            test.options.optimizations = []
            test.builder.passedLocalsLimit = 20
            count += Self.buildAll(test, "seed \(seed), plainly")
        }
        #expect(count > 50)
    }
}
