// Which functions look at the stack limit before they run.

import TerraceAssembler
import TerraceCode
import TerraceCompilation
import Testing
import WasmFormat
import WasmText

@testable import TerraceOptimizer

@Suite struct StackCheckTests {
    private func looksAtLimit(_ function: String) throws -> Bool {
        let module = try WasmModule.decode(ModuleBytes(WatParser.parse("(module \(function))")))
        try module.validate(jobs: 1)
        var compiler = OptimizingCompiler(environment: ModuleEnvironment(module: module, features: .withAVX2))
        try compiler.compile(functionIndex: 0)
        return compiler.trapSites.contains { $0.kind == .stackLimit }
    }

    @Test func aLeafWithASmallFrameDoesNot() throws {
        #expect(try !looksAtLimit("(func (param i32) (result i32) (i32.mul (local.get 0) (local.get 0)))"))
    }

    @Test func whatCallsDoes() throws {
        #expect(try looksAtLimit("(func $f (param i32) (call $f (i32.const 1)))"))
    }

    /// Below the limit each round's look would trap, to go on after all.
    @Test func aLeafThatLoopsDoes() throws {
        #expect(
            try looksAtLimit(
                """
                (func (param i32)
                  (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
                """))
    }
}
