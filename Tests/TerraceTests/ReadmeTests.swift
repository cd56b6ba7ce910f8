// The example of README.md, with a module made from text in place of the file.

import ModuleSupport
import Terrace
import Testing

@Suite struct ReadmeTests {
    @Test func exampleRuns() throws {
        let engine = try Engine()
        let module = try makeModule(
            """
            (module (import "host" "log" (func $log (param i32 i32)))
              (memory (export "memory") 1) (data (i32.const 16) "hello")
              (func (export "score") (param i32 f64) (result f64)
                i32.const 16 i32.const 5 call $log
                local.get 0 f64.convert_i32_s local.get 1 f64.mul))
            """, engine: engine)

        var printed: [String] = []
        let store = try Store(engine)
        // In the README it is one second, which a busy machine may need for something else.
        try store.setDeadline(after: .seconds(1000))
        var imports = Imports()
        imports.define(
            "host", "log",
            Function(store) { (caller: Caller, offset: UInt32, count: UInt32) in
                guard let memory = caller.memory() else { return }
                printed.append(try memory.readString(at: offset, count: count))
            })
        let instance = try Instance(store, module, imports: imports)
        let score = try instance.function("score")!.typed(((Int32, Double) -> Double).self)
        #expect(try score(3, 0.5) == 1.5)
        #expect(printed == ["hello"])
    }
}
