// Graphs of functions given as text, checked and printed.

import TerraceABI
import TerraceAssembler
import TerraceCompilation
import WasmFormat
import WasmText

@testable import TerraceOptimizer

/// A module whose functions are built.
final class BuildUnderTest {
    let environment: ModuleEnvironment
    var builder: Builder
    var graph = Graph()
    var options = OptimizerOptions()

    init(_ environment: ModuleEnvironment) {
        self.environment = environment
        builder = Builder(environment: environment)
    }

    convenience init(bytes: [UInt8], deterministicRelaxedVectors: Bool = false) throws {
        let module = try WasmModule.decode(ModuleBytes(bytes))
        try module.validate(jobs: 1)
        self.init(
            ModuleEnvironment(
                module: module, features: .required, deterministicRelaxedVectors: deterministicRelaxedVectors))
    }

    convenience init(_ text: String) throws { try self.init(bytes: WatParser.parse(text)) }

    /// Builds a function, counted with imports, and throws what the verifier finds.
    func build(_ function: Int, entry: CodeEntry = .call) throws {
        var allowance = Allowance(options)
        try builder.build(UInt32(function), entry: entry, allowance: &allowance, into: &graph)
        graph.completeFlow()
        var verifier = GraphVerifier(
            environment: environment, typeIndex: Int(environment.functionTypes[function]),
            checksProgramOrder: entry == .call)
        try verifier.verify(graph)
    }

    /// Builds the first defined function and returns the graph as text.
    func text(entry: CodeEntry = .call) throws -> String {
        try build(environment.importedFunctionCount, entry: entry)
        var printer = GraphPrinter(showsFlow: false)
        return printer.print(graph)
    }
}
