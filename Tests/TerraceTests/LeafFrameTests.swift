// Functions that call nothing make no frame in optimized code: traps and interrupts in them have the frames that they have in
// baseline code.

import ModuleSupport
import Terrace
import Testing

@Suite struct LeafFrameTests {
    private static let text = """
        (module $m
          (import "host" "interrupt" (func $interrupt))
          (memory 1 1)
          (func $load (param i32) (result i32) (i32.load (local.get 0)))
          (func $divide (param i32) (result i32) (i32.div_u (i32.const 7) (local.get 0)))
          (func $quotient (param i32) (result i32) (i32.div_s (i32.const 7) (local.get 0)))
          (func $stop (param i32) (result i32) (if (local.get 0) (then unreachable)) (i32.const 5))
          (func $ever (param i32) (result i32)
            (loop $l
              (local.set 0 (i32.add (local.get 0) (i32.const 1)))
              (i32.store (i32.const 8) (local.get 0))
              (br $l))
            (local.get 0))
          (func $middle (param i32) (result i32) (i32.add (call $load (local.get 0)) (i32.const 1)))
          (func (export "load") (param i32) (result i32) (i32.mul (call $middle (local.get 0)) (i32.const 3)))
          (func (export "divide") (param i32) (result i32) (i32.add (call $divide (local.get 0)) (local.get 0)))
          (func (export "quotient") (param i32) (result i32) (i32.add (call $quotient (local.get 0)) (local.get 0)))
          (func (export "stop") (param i32) (result i32) (i32.add (call $stop (local.get 0)) (local.get 0)))
          (func (export "ever") (result i32) (call $interrupt) (i32.add (call $ever (i32.const 0)) (i32.const 1))))
        """

    @Test(arguments: [TieringMode.baseline, .optimized])
    func trapsInLeavesHaveAllFrames(_ tiering: TieringMode) throws {
        var configuration = Configuration()
        configuration.tiering = tiering
        let store = try Store(Engine(configuration))
        let handle = store.interruptHandle
        var imports = Imports()
        imports.define("host", "interrupt", Function(store) { (_: Caller) in handle.interrupt() })
        let instance = try makeInstance(Self.text, store: store, imports: imports)
        func names(_ body: () throws -> Void) throws -> (Trap.Kind, [String?]) {
            let trap = try catchTrap(body)
            #expect(trap.frames.allSatisfy { $0.bytecodeOffset != nil && $0.moduleName == "m" })
            return (trap.kind, trap.frames.map(\.functionName))
        }
        for _ in 0..<2 {
            #expect(try instance.i32("load", .i32(65532)) == 3)
            #expect(
                try names { try instance.call("load", .i32(65533)) }
                    == (.memoryOutOfBounds, ["load", "middle", "load"]))
            #expect(
                try names { try instance.call("divide", .i32(0)) } == (.integerDivideByZero, ["divide", "divide"]))
            #expect(
                try names { try instance.call("quotient", .i32(0)) } == (
                    .integerDivideByZero, ["quotient", "quotient"]
                ))
            #expect(try names { try instance.call("stop", .i32(1)) } == (.unreachable, ["stop", "stop"]))
            #expect(try instance.i32("stop", .i32(0)) == 5)
            #expect(try names { try instance.call("ever") } == (.interrupted, ["ever", "ever"]))
        }
    }
}
