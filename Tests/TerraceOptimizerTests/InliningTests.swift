// Which calls are replaced by their callees' bodies, and what becomes of them.

import TerraceCode
import TerraceCompilation
import Testing
import WasmFormat

@testable import TerraceOptimizer

@Suite struct InliningTests {
    /// The functions whose bodies took the place of calls in the first defined function, with how deep they stand.
    private func inlined(_ fields: String, entry: CodeEntry = .call, _ change: (BuildUnderTest) -> Void = { _ in })
        throws -> [String]
    {
        let test = try BuildUnderTest("(module \(fields))")
        change(test)
        try test.build(test.environment.importedFunctionCount, entry: entry)
        return (0..<test.graph.inlined.count).map { index in
            var depth = 1
            var parent = test.graph.inlined[index].parent
            while parent != InlineNode.none {
                depth += 1
                parent = test.graph.inlined[Int(parent)].parent
            }
            return "\(test.graph.inlined[index].functionIndex)@\(depth)"
        }
    }

    /// So many bytes of operators that leave a number.
    private func bulk(_ bytes: Int) -> String {
        "(i32.const 1)" + String(repeating: "(i32.eqz)", count: bytes - 2)
    }

    @Test func verySmallCalleesTakeThePlaceOfTheirCalls() throws {
        #expect(
            try inlined(
                """
                (func (param i32) (result i32) (call $a (call $b (local.get 0))))
                (func $a (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
                (func $b (param i32) (result i32) (call $a (local.get 0)))
                """) == ["2@1", "1@2", "1@1"])
    }

    @Test func largerCalleesAreInlinedInLoopsOnly() throws {
        let callee = "(func $f (result i32) \(bulk(100)))"
        #expect(try inlined("(func (result i32) (call $f)) \(callee)") == [])
        #expect(
            try inlined("(func (loop $l (br_if $l (call $f)))) \(callee)") == ["1@1"])
        let largest = "(func $f (result i32) \(bulk(250)))"
        #expect(try inlined("(func (loop $l (br_if $l (call $f)))) \(largest)") == [])
    }

    @Test func whatLeavesItsFrameOrGoesRoundIsCalled() throws {
        let callees = """
            (func $tail (result i32) (return_call $one)) (func $one (result i32) (i32.const 1))
            (func $round (result i32) (loop $l (br_if $l (i32.const 0))) (i32.const 1))
            """
        #expect(try inlined("(func (result i32) (call $tail)) \(callees)") == [])
        #expect(try inlined("(func (loop $l (br_if $l (call $round)))) \(callees)") == [])
        #expect(try inlined("(func (result i32) (call $one)) \(callees)") == ["2@1"])
    }

    @Test func nothingIsInlinedWhereATrapFollows() throws {
        #expect(
            try inlined("(func (call $f) (unreachable)) (func $f (drop (i32.const 1)))") == [])
    }

    @Test func recursionIsInlinedOnce() throws {
        // Two calls in the function, two in each body.
        #expect(
            try inlined(
                """
                (func $fib (param i32) (result i32)
                  (if (result i32) (i32.lt_u (local.get 0) (i32.const 2)) (then (local.get 0))
                    (else (i32.add (call $fib (i32.sub (local.get 0) (i32.const 1)))
                      (call $fib (i32.sub (local.get 0) (i32.const 2)))))))
                """) == ["0@1", "0@1"])
        let even = """
            (func $even (param i32) (result i32) (if (result i32) (local.get 0)
              (then (call $odd (i32.sub (local.get 0) (i32.const 1)))) (else (i32.const 1))))
            (func $odd (param i32) (result i32) (if (result i32) (local.get 0)
              (then (call $even (i32.sub (local.get 0) (i32.const 1)))) (else (i32.const 0))))
            """
        #expect(try inlined(even) == ["1@1", "0@2"])
    }

    @Test func aFunctionGrowsByNoMoreThanItMay() throws {
        let calls = String(repeating: "(drop (call $f))", count: 500)
        let count = try inlined("(func (loop $l \(calls) (br $l))) (func $f (result i32) \(bulk(100)))").count
        // 500 calls of 3 bytes and more, and twice that.
        #expect(count >= 25 && count * 100 <= 2 * (500 * 3 + 16))
    }

    @Test func nestingEnds() throws {
        let chain = (1..<40).map { "(func $f\($0) (result i32) (call $f\($0 + 1)))" }.joined()
        let depth = try inlined("(func $f0 (result i32) (call $f1)) \(chain) (func $f40 (result i32) (i32.const 7))")
        #expect(depth.count == Int(InliningPlan.mostNested))
    }

    @Test func switchedOffOrAtTheLimitCallsStay() throws {
        let fields = "(func (call $f) (call $f) (call $f)) (func $f (drop (i32.const 1)))"
        #expect(try inlined(fields).count == 3)
        #expect(try inlined(fields) { $0.options.optimizations.remove(.inlining) } == [])
        #expect(try inlined(fields) { $0.options.limit = 2 }.count == 2)
    }

    @Test func entryAtALoopInlinesWhatIsStillToRun() throws {
        let fields = """
            (func (param i32) (call $before) (loop $o (call $outer)
              (loop $l (call $inner) (br_if $l (local.get 0))) (br_if $o (local.get 0))) (call $behind))
            (func $before (drop (i32.const 1))) (func $outer (drop (i32.const 1)))
            (func $inner (drop (i32.const 1))) (func $behind (drop (i32.const 1)))
            """
        // The rest of the outer loop's round, that loop again, and what is behind it.
        #expect(try inlined(fields, entry: .loop(1)) == ["3@1", "2@1", "3@1", "4@1"])
        #expect(try inlined(fields, entry: .loop(0)) == ["2@1", "3@1", "4@1"])
    }

    @Test func whatIsKnownOfACalleeKeepsLoads() throws {
        let test = try BuildUnderTest(
            """
            (module (memory 1) (global $g (mut i32) (i32.const 0))
              (func (param i32) (result i32)
                (i32.add (i32.load (local.get 0)) (i32.add (call $f (local.get 0)) (i32.load (local.get 0)))))
              (func $f (param i32) (result i32) (global.set $g (local.get 0)) \(bulk(120))))
            """)
        #expect(try test.text().components("i32.load") == 1)
        let other = try BuildUnderTest(
            """
            (module (memory 1)
              (func (param i32) (result i32)
                (i32.add (i32.load (local.get 0)) (i32.add (call $f (local.get 0)) (i32.load (local.get 0)))))
              (func $f (param i32) (result i32) (i32.store8 (i32.const 9) (local.get 0)) \(bulk(120))))
            """)
        #expect(try other.text().components("i32.load") == 2)
    }
}

extension String {
    /// How often another string is in this one.
    fileprivate func components(_ part: String) -> Int {
        var count = 0
        var rest = self[...]
        while let range = rest.firstRange(of: part) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}
