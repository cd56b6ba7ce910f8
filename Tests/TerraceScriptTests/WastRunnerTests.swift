// The runner itself: it passes what holds, and reports what does not with line and both values.

import Terrace
import TerraceScript
import Testing

@Suite struct WastRunnerTests {
    private static func run(_ text: String) throws -> WastReport {
        try WastRunner(try Engine()).run(text: Array(text.utf8))
    }

    @Test("Assertions that hold pass")
    func passing() throws {
        let report = try Self.run(
            """
            (module $m (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
              (func (export "nan") (result f32) (f32.const nan:0x200000)) (global (export "g") i64 (i64.const 7))
              (func (export "trap") unreachable) (func $f (export "deep") (call $f)))
            (assert_return (invoke "add" (i32.const 2) (i32.const 3)) (i32.const 5))
            (assert_return (get $m "g") (i64.const 7))
            (assert_return (invoke $m "nan") (f32.const nan:0x200000))
            (assert_trap (invoke "trap") "unreachable")
            (assert_exhaustion (invoke "deep") "call stack exhausted")
            (register "m" $m)
            (module (import "m" "add" (func (param i32 i32) (result i32))) (import "spectest" "memory" (memory 1)))
            (assert_unlinkable (module (import "m" "sub" (func))) "unknown import")
            (assert_invalid (module (func (result i32))) "type mismatch")
            (assert_malformed (module quote "(func i32.foo)") "unknown operator")
            """)
        #expect(report.failed == 0, "\(report.failures)")
        #expect(report.passed == 11)
    }

    @Test("Assertions that do not hold are reported with line and both values")
    func failing() throws {
        let report = try Self.run(
            """
            (module (func (export "one") (result i32) (i32.const 1)))
            (assert_return (invoke "one") (i32.const 2))
            (assert_trap (invoke "one") "unreachable")
            (assert_invalid (module) "anything")
            (invoke "two")
            """)
        #expect(report.passed == 1)
        #expect(report.failures.map(\.line) == [2, 3, 4, 5])
        #expect(report.failures[0].message == "expected (i32:2), got (i32:1)")
    }

    @Test("A script that does not parse is one failure with a position")
    func malformed() throws {
        let report = try Self.run("(module)\n(assert_foo)")
        #expect(report.summary == "0 passed, 1 failed")
        #expect(report.failures.first?.line == 2)
    }
}
