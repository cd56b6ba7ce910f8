// Compiling a function for people to look at: nothing is published, and the running program is not concerned.

import TerraceCode
import TerraceCompilation
import TerraceOptimizer

extension ModuleGenerator {
    /// What a tier's compiler makes of a defined function: its code, not linked, and what it writes down meanwhile.
    ///
    /// - Parameters:
    ///   - tier: for entry at a loop, the optimized one.
    ///   - options: of the optimizing compiler.
    public func examine(
        _ function: UInt32, tier: TierEvent.Tier, entry: CodeEntry, options: OptimizerOptions
    ) throws(GenerationError) -> (code: CompiledCode, notes: CompilationNotes) {
        do throws(CompileError) {
            switch tier {
            case .baseline:
                let box = CompilerPool.process.take(for: environment)
                defer {
                    box.compiler.keepsNotes = false
                    CompilerPool.process.give(box)
                }
                box.compiler.keepsNotes = true
                try box.compiler.compile(functionIndex: function, entry: entry)
                var code = CompiledCode()
                box.withResult(function) { code.append($0) }
                return (code, box.compiler.compilationNotes ?? CompilationNotes())
            case .optimized:
                let compiler = OptimizingTier(options)
                compiler.keepsNotes = true
                try compiler.compile(
                    functionIndex: function, entry: entry, profile: profile(function), cancellation: cancellation,
                    in: environment)
                var code = CompiledCode()
                try? compiler.withCode { code.append($0) }
                return (code, compiler.notes ?? CompilationNotes())
            }
        } catch {
            throw .compile(error, functionIndex: function)
        }
    }
}
