// Machine instructions of functions given as text, before registers are assigned.

import TerraceAssembler
import TerraceCompilation
import WasmFormat
import WasmText

@testable import TerraceOptimizer

extension BuildUnderTest {
    /// Builds and selects a function, counted with imports, and throws what verifiers find.
    func select(_ function: Int) throws -> [Instruction] {
        try build(function)
        return try withMachineFunction(function) { machine in
            (0..<machine.instructions.count).map { machine.instructions[$0] }
        }
    }

    /// Selects the function that was built last.
    func withMachineFunction<Result>(
        _ function: Int, _ body: (borrowing MachineFunction) throws -> Result
    ) throws -> Result {
        var machine = MachineFunction()
        let signature = environment.signatures[Int(environment.functionTypes[function])]
        let tables = ModuleTables(environment)
        return try withUnsafeMutablePointer(to: &graph) { graph in
            let failure = withUnsafeMutablePointer(to: &machine) { machine in
                var selector = Selector(graph: graph, machine: machine, tables: tables)
                selector.select(signature)
                return selector.failure
            }
            if let failure { throw SelectionFailure(what: "\(failure)") }
            var verifier = MachineVerifier(file: .x86_64, names: .x86_64)
            try verifier.verify(machine)
            return try body(machine)
        }
    }
}

struct SelectionFailure: Error { var what: String }

/// The instructions of the first function of a module, without those for arguments, results and the ways between blocks.
///
/// Vector instructions are named as the assembler names them, with their immediate behind a colon; `m` says that an operand
/// is in memory, `c` that one is a constant which may be.
func selection(_ text: String, features: CPUFeatures = .withAVX2, deterministic: Bool = false) throws -> [String] {
    let module = try WasmModule.decode(ModuleBytes(WatParser.parse(text)))
    try module.validate(jobs: 1)
    let built = BuildUnderTest(
        ModuleEnvironment(module: module, features: features, deterministicRelaxedVectors: deterministic))
    let function = built.environment.importedFunctionCount
    try built.build(function)
    return try built.withMachineFunction(function) { machine in
        var lines: [String] = []
        for position in 0..<machine.instructions.count {
            let instruction = machine.instructions[position]
            guard let operation = MachineOperation(rawValue: instruction.operation) else { continue }
            switch operation {
            case .entry, .return, .jump: continue
            default: break
            }
            let isVector = instruction.operation >= MachineOperation.firstVector
            var line: String
            switch operation {
            case .vectorFromGeneral: line = instruction.size == .qword ? "movq" : "movd"
            case .vectorSelectIf, .truncate: line = "\(operation)"
            default: line = isVector ? "\(VectorOperation(rawValue: instruction.payload))" : "\(operation)"
            }
            let hasImmediate = isVector && operation != .vectorSelectIf && operation != .vectorFromGeneral
            if hasImmediate, operation != .truncate, operation != .convertToFloat, operation != .convertUnsigned,
                operation != .floatExtremum, operation != .vectorMultiplyAdd, instruction.immediate >= 0
            {
                line += ":" + String(instruction.immediate, radix: 16)
            }
            if instruction.flags.contains(.hasAddress) { line += " m" }
            for index in 0..<Int(instruction.operandCount) {
                let operand = machine.operands[Int(instruction.operandStart) + index]
                if operand.place == .registerOrMemory,
                    machine.registers[operand.register.position].origin == .constant
                {
                    line += " c"
                }
            }
            lines.append(line)
        }
        return lines
    }
}

extension CPUFeatures {
    /// All that vectors use.
    static var withAVX2: CPUFeatures {
        var features = withAVX
        features.avx2 = true
        features.fma = true
        return features
    }

    static var withAVX: CPUFeatures {
        var features = required
        features.sse42 = true
        features.popcnt = true
        features.avx = true
        return features
    }
}
