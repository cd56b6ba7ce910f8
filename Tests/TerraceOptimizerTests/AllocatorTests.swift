// The allocator on generated functions: the checker and an interpreter must agree with it.

import FuzzSupport
import TerraceABI
import Testing

@testable import TerraceOptimizer

@Suite struct AllocatorTests {
    static let shapes: [GeneratorShape] = [
        GeneratorShape(),
        GeneratorShape(size: 20, variables: 4, depth: 2),
        GeneratorShape(size: 150, variables: 30, depth: 4),
        GeneratorShape(size: 150, variables: 24, depth: 3, calls: 20, fixed: 20),
        GeneratorShape(size: 200, variables: 14, depth: 5, calls: 1, fixed: 40, vectors: 0),
        GeneratorShape(size: 120, variables: 40, depth: 4, calls: 3, fixed: 5, vectors: 60, branching: 60),
        GeneratorShape(size: 300, variables: 12, depth: 6, calls: 2, fixed: 5, vectors: 10, branching: 70),
    ]
    static var names: MachineNames {
        MachineNames(
            operation: { "op\($0)" },
            register: { registerClass, number in (registerClass == .vector ? "x" : "r") + "\(number)" })
    }

    /// Allocates one generated function and looks at it in every way; returns what is wrong.
    static func mistake(
        seed: UInt64, _ shape: GeneratorShape, _ allocator: inout Allocator, _ machine: inout MachineFunction
    ) -> String? {
        var generator = MachineFunctionGenerator(seed: seed, shape)
        generator.generate(into: &machine)
        do {
            var verifier = MachineVerifier(file: .x86_64, names: names)
            try verifier.verify(machine)
        } catch { return "generator: \(error)" }
        do {
            try allocator.allocate(&machine, .x86_64)
            var checker = AllocationChecker(.x86_64)
            try checker.check(machine)
        } catch { return "\(error)" }
        var before = MachineInterpreter()
        before.runVirtual(machine)
        var after = MachineInterpreter()
        after.runAllocated(machine, .x86_64)
        return before.trace == after.trace && before.steps == after.steps ? nil : "runs differ"
    }

    static func search(_ seeds: Range<UInt64>, _ shape: GeneratorShape, liveInLimit: Int = 4 << 20) -> String? {
        var allocator = Allocator()
        allocator.liveInLimit = liveInLimit
        var machine = MachineFunction()
        for seed in seeds {
            if let mistake = mistake(seed: seed, shape, &allocator, &machine) {
                return "seed \(seed): \(mistake)\n"
                    + MachinePrinter(names: names, isAllocated: machine.instructions.count < 400).print(machine)
            }
        }
        return nil
    }

    @Test(arguments: 0..<7) func generatedFunctionsKeepTheirMeaning(_ shape: Int) {
        let found = Self.search(1..<400, Self.shapes[shape])
        #expect(found == nil, "\(found ?? "")")
    }

    @Test(arguments: 0..<7) func demotedValuesKeepTheirMeaning(_ shape: Int) {
        let found = Self.search(1000..<1060, Self.shapes[shape], liveInLimit: 20)
        #expect(found == nil, "\(found ?? "")")
    }
}
