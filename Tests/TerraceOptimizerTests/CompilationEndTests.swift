// Compilations that come to nothing, and that the next one is not concerned.

import TerraceCompilation
import Testing
import WasmFormat
import WasmText

@testable import TerraceOptimizer

@Suite struct CompilationEndTests {
    private static let text = """
        (module
          (func (param i32) (result i32) local.get 0 i32.const 1 i32.add)
          (func (param i32) (result i32) \(String(repeating: "local.get 0 i32.const 3 i32.mul local.set 0 ", count: 1000))
            local.get 0))
        """

    private func makeEnvironment() throws -> ModuleEnvironment {
        let module = try WasmModule.decode(ModuleBytes(WatParser.parse(Self.text)))
        try module.validate(jobs: 1)
        return ModuleEnvironment(module: module, features: .host)
    }

    /// How the compilation of a function ends, in words.
    private func end(
        _ compiler: inout OptimizingCompiler, _ function: UInt32, _ cancellation: CancellationFlag = .never
    ) -> String {
        do throws(CompileError) {
            try compiler.compile(functionIndex: function, cancellation: cancellation)
            return compiler.bytes.isEmpty ? "no code" : "done"
        } catch { return "\(error)" }
    }

    @Test func whatNobodyWantsAnyMoreIsCancelled() throws {
        var compiler = OptimizingCompiler(environment: try makeEnvironment())
        let flag = CancellationFlag()
        #expect(end(&compiler, 0, flag) == "done")
        flag.cancel()
        // A small function between its passes, a large one while its graph is built.
        for function in [0, 1, 0] as [UInt32] { #expect(end(&compiler, function, flag) == "cancelled") }
        for function in [0, 1] as [UInt32] { #expect(end(&compiler, function) == "done") }
    }

    @Test func functionsThatTheOptionsLeaveOutAreNotCompiled() throws {
        var options = OptimizerOptions()
        options.functions = 1...5
        var compiler = OptimizingCompiler(environment: try makeEnvironment(), options: options)
        #expect(end(&compiler, 0) == "left out by the options")
        #expect(end(&compiler, 1) == "done")
    }
}
