// Every operation of the machine, and every way to set flags, is selected somewhere in the suite or in random modules: what
// nothing reaches, nothing tests.

import FuzzSupport
import SuiteSupport
import TerraceAssembler
import TerraceCompilation
import Testing
import WasmFormat
import WasmText

@testable import TerraceOptimizer

@Suite struct PatternCoverageTests {
    /// What was selected so far.
    private struct Coverage {
        var operations: Set<UInt16> = []
        var producers: Set<UInt8> = []
        var failures: [String] = []

        mutating func addAll(_ bytes: [UInt8], _ features: CPUFeatures, _ name: String) {
            guard let module = try? WasmModule.decode(ModuleBytes(bytes)), (try? module.validate(jobs: 1)) != nil else {
                return
            }
            let test = BuildUnderTest(ModuleEnvironment(module: module, features: features))
            for function in module.importedFunctionCount..<module.functionCount {
                do {
                    try test.build(function)
                    try test.withMachineFunction(function) { add($0) }
                } catch CompileError.unsupported {
                } catch {
                    failures.append("\(name), function \(function): \(error)")
                }
            }
        }

        private mutating func add(_ machine: borrowing MachineFunction) {
            for position in 0..<machine.instructions.count {
                let instruction = machine.instructions[position]
                operations.insert(instruction.operation)
                switch MachineOperation(rawValue: instruction.operation) {
                case .branchIf, .setIf, .selectIf, .trapIf:
                    producers.insert(FlagPayload(rawValue: instruction.payload).producer.rawValue)
                default: break
                }
            }
        }
    }

    @Test(.enabled(if: SuiteFolder.path != nil, "the official test suite is not here (TERRACE_TESTSUITE)"))
    func everyOperationIsSelected() throws {
        var coverage = Coverage()
        for name in SuiteFolder.scripts {
            guard let script = try? WastScript.parse(SuiteFolder.bytes(name)) else { continue }
            for command in script.commands {
                guard case .module(let module) = command.kind, let bytes = try? module.bytes() else { continue }
                for features in [CPUFeatures.withBMI, .required] {
                    coverage.addAll(bytes, features, "\(name):\(command.line)")
                }
            }
        }
        for seed in UInt64(0)..<150 {
            var options = GeneratorOptions.oracle(seed: seed)
            options.idioms = true
            let module = RandomModule.make(seed: seed, options: options)
            for features in [CPUFeatures.withBMI, .required] { coverage.addAll(module.bytes, features, "seed \(seed)") }
        }
        // Bits of two operands are seldom tested.
        let tests = """
            (module (func (param i64 i64) (result i32)
              (if (result i32) (i64.eqz (i64.and (local.get 0) (local.get 1)))
                (then (i32.const 1)) (else (i32.const 2)))))
            """
        coverage.addAll(try WatParser.parse(tests), .withBMI, "tests")
        #expect(coverage.failures == [])
        let missing = MachineOperation.allCases.filter { !coverage.operations.contains($0.rawValue) }
        #expect(missing == [])
        // Functions that have not run have no guesses; GuessTests have those.
        let unmet = FlagProducer.allCases.filter { !coverage.producers.contains($0.rawValue) }
        #expect(unmet == [.instanceAddress])
    }
}
