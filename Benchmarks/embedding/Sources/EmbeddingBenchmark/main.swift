// Measures what embedding costs. Prints one line per figure: name, nanoseconds, unit. An argument names a module of
// about 1 MB to instantiate; without one a module is made up.

import Terrace
import WasmText

let clock = ContinuousClock()

/// Nanoseconds per operation: the best of several runs.
func measure(_ name: String, count: Int, unit: String = "ns", _ body: (Int) throws -> Void) rethrows {
    var best = Double.infinity
    for _ in 0..<7 {
        let time = try clock.measure { try body(count) }
        let (seconds, attoseconds) = time.components
        best = min(best, (Double(seconds) * 1e9 + Double(attoseconds) / 1e9) / Double(count))
    }
    let value = unit == "µs" ? best / 1000 : best
    print("\(name): \((value * 100).rounded() / 100) \(unit)")
}

func benchmarkCalls() throws {
    let engine = try Engine()
    let store = try Store(engine)
    var imports = Imports()
    imports.define("h", "add", Function(store) { (_: Caller, a: Int32, b: Int32) -> Int32 in a &+ b })
    imports.define("h", "nothing", Function(store) { (_: Caller) in })
    imports.define("h", "peek", Function(store) { (caller: Caller, at: Int32) -> Int32 in
        try caller.memory()!.read(Int32.self, at: UInt32(bitPattern: at))
    })
    imports.define("h", "untyped", try Function(store, type: .init(parameters: [.i32, .i32], results: [.i32])) { _, values in
        guard case .i32(let a) = values[0], case .i32(let b) = values[1] else { return [] }
        return [.i32(a &+ b)]
    })
    let module = try Module(engine, bytes: try WatParser.parse("""
        (module
          (import "h" "add" (func $add (param i32 i32) (result i32)))
          (import "h" "nothing" (func $nothing))
          (import "h" "peek" (func $peek (param i32) (result i32)))
          (import "h" "untyped" (func $untyped (param i32 i32) (result i32)))
          (memory (export "memory") 1)
          (func (export "nothing"))
          (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)
          (func (export "mix") (param i32 f64 i64) (result f64)
            local.get 0 f64.convert_i32_s local.get 1 f64.add local.get 2 f64.convert_i64_s f64.add)
          (func (export "trap") unreachable)
          (func (export "empty loop") (param i32)
            loop local.get 0 i32.const 1 i32.sub local.tee 0 br_if 0 end)
          (func (export "loop nothing") (param i32)
            loop call $nothing local.get 0 i32.const 1 i32.sub local.tee 0 br_if 0 end)
          (func (export "loop add") (param i32) (result i32) (local i32)
            loop local.get 1 local.get 0 call $add local.set 1
              local.get 0 i32.const 1 i32.sub local.tee 0 br_if 0 end local.get 1)
          (func (export "loop peek") (param i32)
            loop i32.const 8 call $peek drop local.get 0 i32.const 1 i32.sub local.tee 0 br_if 0 end)
          (func (export "loop untyped") (param i32)
            loop i32.const 8 i32.const 9 call $untyped drop local.get 0 i32.const 1 i32.sub local.tee 0 br_if 0 end))
        """))
    let instance = try Instance(store, module, imports: imports)
    let nothing = try instance.function("nothing")!.typed((() -> Void).self)
    let add = try instance.function("add")!.typed(((Int32, Int32) -> Int32).self)
    let mix = try instance.function("mix")!.typed(((Int32, Double, Int64) -> Double).self)
    try measure("host → wasm, no arguments", count: 2_000_000) { for _ in 0..<$0 { try nothing() } }
    var sum: Int32 = 0
    try measure("host → wasm, (i32 i32) → i32", count: 2_000_000) { for i in 0..<$0 { sum = try add(sum, Int32(i)) } }
    var total = 0.0
    try measure("host → wasm, (i32 f64 i64) → f64", count: 2_000_000) { for i in 0..<$0 { total = try mix(1, total, Int64(i)) } }
    let untyped = instance.function("add")!
    try measure("host → wasm, values", count: 200_000) { for _ in 0..<$0 { try untyped(.i32(1), .i32(2)) } }
    func loop(_ label: String, _ name: String) throws {
        let function = instance.function(name)!
        if function.type.results.isEmpty {
            let typed = try function.typed(((Int32) -> Void).self)
            try measure(label, count: 2_000_000) { try typed(Int32($0)) }
        } else {
            let typed = try function.typed(((Int32) -> Int32).self)
            try measure(label, count: 2_000_000) { sum &+= try typed(Int32($0)) }
        }
    }
    try loop("wasm loop without a call", "empty loop")
    try loop("wasm → host, no arguments", "loop nothing")
    try loop("wasm → host, (i32 i32) → i32", "loop add")
    try loop("wasm → host, reads memory", "loop peek")
    try loop("wasm → host, values", "loop untyped")
    let trap = instance.function("trap")!
    measure("trap", count: 20_000) { for _ in 0..<$0 { do { try trap() } catch {} } }
    if sum == 1 && total == 1 { print("") }
}

/// A module of about 1 MB: functions, a table with half of them, data.
func madeUpModule() throws -> [UInt8] {
    var text = "(module (memory (export \"memory\") 20) (table 2000 funcref) (global (mut i32) (i32.const 1024))\n"
    for index in 0..<4000 {
        text += "(func $f\(index) (export \"f\(index)\") (param i32 i32) (result i32) local.get 0"
        for step in 0..<20 { text += " local.get \(step & 1) i32.const \(index &* 7919 &+ step) i32.xor i32.add" }
        text += ")\n"
    }
    text += "(elem (i32.const 0)" + (0..<2000).map { " $f\($0 * 2)" }.joined() + ")\n"
    for index in 0..<100 {
        text += "(data (i32.const \(1024 + index * 8192)) \"" + String(repeating: "0123456789abcdef", count: 400) + "\")\n"
    }
    return try WatParser.parse(text + ")")
}

func benchmarkInstantiation() throws {
    let engine = try Engine()
    let module: Module
    if CommandLine.arguments.count > 1 {
        module = try Module(engine, contentsOfFile: CommandLine.arguments[1])
    } else {
        module = try Module(engine, bytes: try madeUpModule())
    }
    print("module of \(module.statistics.moduleBytes) bytes, \(module.statistics.functionCount) functions")
    try measure("store and instance", count: 1000, unit: "µs") {
        for _ in 0..<$0 { _ = try Instance(try Store(engine), module) }
    }
    try measure("store alone", count: 1000, unit: "µs") { for _ in 0..<$0 { _ = try Store(engine) } }
    try measure("store, instance and first call", count: 1000, unit: "µs") {
        for _ in 0..<$0 {
            let instance = try Instance(try Store(engine), module)
            if let function = instance.function("f0") { _ = try function(.i32(1), .i32(2)) }
        }
    }
}

try benchmarkCalls()
try benchmarkInstantiation()
