// A second tier for tests, made by the first tier's compiler.

import TerraceBaseline
import TerraceCode
import TerraceCompilation

@testable import TerraceTiering

extension ModuleGenerator {
    /// Compiles functions, whatever code they have and whoever is at them, and publishes them as one block.
    func recompile(_ functions: [UInt32], as kind: CodeBlockKind) throws(GenerationError) -> CodeBlock {
        let box = CompilerPool.process.take(for: environment)
        defer { CompilerPool.process.give(box) }
        var joined = CompiledCode()
        for index in functions {
            do throws(CompileError) {
                try box.compiler.compile(functionIndex: index, counts: kind == .baseline ? nil : false)
            } catch {
                throw .compile(error, functionIndex: index)
            }
            box.withResult(index) { joined.append($0) }
        }
        do throws(CodeError) { return try code.commit(joined, kind: kind) } catch {
            throw .code(error, functionIndex: functions[0])
        }
    }
}
