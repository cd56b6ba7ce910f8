// Code that tests publish as they please, without counters or queues.

import TerraceBaseline
import TerraceCode
import TerraceCompilation
import TerraceOptimizer

@testable import TerraceTiering

extension ModuleGenerator {
    /// Compiles functions for a tier, whatever code they have and whoever is at them, and publishes them as one block.
    func recompile(_ functions: [UInt32], as kind: CodeBlockKind) throws -> CodeBlock {
        var joined = CompiledCode()
        if kind == .optimized {
            var options = OptimizerOptions()
            options.optimizations.remove(.inlining)
            let compiler = OptimizingTier(options)
            for index in functions {
                try compiler.compile(
                    functionIndex: index, entry: .call, profile: FunctionProfile(), cancellation: .never,
                    in: environment)
                try compiler.withCode { view in view.withCodeRange(.function, index) { joined.append($0) } }
            }
        } else {
            let box = CompilerPool.process.take(for: environment)
            defer { CompilerPool.process.give(box) }
            for index in functions {
                try box.compiler.compile(functionIndex: index)
                box.withResult(index) { joined.append($0) }
            }
        }
        do throws(CodeError) { return try code.commit(joined, kind: kind) } catch {
            throw GenerationError.code(error, functionIndex: functions[0])
        }
    }
}
