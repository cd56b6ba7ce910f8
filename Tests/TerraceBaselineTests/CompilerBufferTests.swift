// A compiler serves many functions of many modules: what one of them was like is not paid for by the others.

import TerraceAssembler
import TerraceCompilation
import Testing
import WasmFormat
import WasmText

@testable import TerraceBaseline

@Suite struct CompilerBufferTests {
    private func environment(_ text: String) throws -> ModuleEnvironment {
        let module = try WasmModule.decode(ModuleBytes(try WatParser.parse(text)))
        try module.validate(jobs: 1)
        return ModuleEnvironment(module: module, features: .required)
    }

    @Test func nothingIsKeptOfAGiant() throws {
        let small = try environment("(module (func (param i32) (result i32) local.get 0 i32.const 1 i32.add))")
        var compiler = BaselineCompiler(environment: small)
        try compiler.compile(functionIndex: 0)
        let code = Array(compiler.bytes)
        compiler.forgetFunction()
        let before = compiler.bufferBytes

        let count = 20_000
        let giant = try environment(
            """
            (module (memory 1) (func (param i32) (local \(String(repeating: "i64 ", count: count)))
              \(String(repeating: "local.get 0\n", count: count)) \(String(repeating: "drop\n", count: count))
              \(String(repeating: "loop local.get 0 local.get 0 i32.div_u drop memory.size drop\n", count: count))
              \(String(repeating: "end\n", count: count))
              \((0..<count).map { "f64.const \($0).5 f64.sqrt drop" }.joined(separator: "\n"))))
            """)
        compiler.use(giant)
        try compiler.compile(functionIndex: 0)
        #expect(compiler.bufferBytes > 8 << 20)
        compiler.forgetFunction()
        #expect(compiler.bufferBytes < before + (1 << 20))

        compiler.use(small)
        try compiler.compile(functionIndex: 0)
        #expect(Array(compiler.bytes) == code)
    }
}
