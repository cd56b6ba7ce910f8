// Large functions: steps and nodes grow with their size and no faster. Nothing is timed.

import TerraceCompilation
import Testing
import WasmFormat
import WasmText

@testable import TerraceOptimizer

@Suite struct BuilderScaleTests {
    private func repeated(_ text: String, _ count: Int) -> String {
        (0..<count).map { text.replacing("#", with: String($0)) }.joined()
    }

    @Test func aTableOfManyEntriesPassesItsArgumentsOncePerLabel() throws {
        let labels = repeated("$a $b ", 30_000)
        let test = try BuildUnderTest(
            """
            (module (func (param i32 i32) (result i32)
              (block $a (block $b
                (if (local.get 1) (then (local.set 1 (i32.const 7)) (br $a)))
                (if (local.get 0) (then (local.set 1 (i32.const 8)) (br $b)))
                (br_table \(labels) $a (local.get 0)))
                (local.set 1 (i32.const 9)))
              (local.get 1)))
            """)
        try test.build(0)
        #expect(test.graph.pool.count < 100)
        #expect(test.graph.nodes.count < 50)
    }

    @Test func deepNestingCostsItsDepth() throws {
        let test = try BuildUnderTest(
            """
            (module (func (param i32 i32) (result i32)
              \(repeated("(block (if (local.get 0) (then (loop $l# ", 500))
              (local.set 1 (i32.add (local.get 1) (i32.const 1)))
              \(repeated("(br_if $l (local.get 1))))))".replacing("$l", with: "0"), 500))
              (local.get 1)))
            """)
        try test.build(0)
        #expect(test.builder.scan.steps < 10_000)
        #expect(test.graph.nodes.count < 10_000)
    }

    @Test func callsOfManyOperandsStayWithTheBaselineTier() throws {
        // Two bytes each, with two hundred operands each.
        let types = repeated("i32 ", 100)
        func build(_ calls: Int) throws {
            let arguments = repeated("(i32.const 1) ", 100)
            try BuildUnderTest(
                """
                (module (import "m" "f" (func $f (param \(types)) (result \(types))))
                  (func (result \(types)) \(arguments) \(repeated("(call $f) ", calls))))
                """
            ).build(1)
        }
        try build(100)
        #expect(throws: CompileError.self) { try build(2000) }
    }

    @Test func locals10000AndBranches2000StayNearLinear() throws {
        // Each branch could pass each local: twenty million.
        let test = try BuildUnderTest(
            """
            (module (func (param i32) (result i32) (local \(repeated("i32 ", 10_000)))
              (block $out
                \(repeated("(local.set # (local.get 0)) ", 10_000))
                \(repeated("(br_if $out (i32.eq (local.get 0) (i32.const #))) ", 2000))
                \(repeated("(local.set # (i32.const 1)) ", 10_000)))
              (i32.add (local.get 5000) (local.get 7))))
            """)
        try test.build(0)
        #expect(test.graph.frameLocals.count > 1000)
        #expect(test.graph.pool.count <= Builder.mostPassedLocals)
        #expect(test.graph.nodes.count < 50_000)
    }

    @Test func whatStaysInTheFrameIsReadAndWrittenThere() throws {
        let test = try BuildUnderTest(
            """
            (module (func (param i32 i32) (result i32)
              (block $out
                (local.set 1 (i32.const 3))
                (br_if $out (local.get 0))
                (local.set 0 (i32.const 4))
                (local.set 0 (i32.add (local.get 0) (i32.const 1))))
              (i32.add (local.get 0) (local.get 1))))
            """)
        test.builder.passedLocalsLimit = 3
        #expect(
            try test.text() == """
                b0:
                  local.set 0, p1:i32
                  local.set 0, 3
                  branch p0:i32 ? b2 : b1
                b1:
                  jump b3(5)
                b2:
                  jump b3(p0:i32)
                b3(v0: i32):
                  v1 = local.get 0: i32
                  v2 = i32.add v0, v1
                  return v2

                """)
    }

    @Test func nothingIsDoneThatIsNotAllowed() throws {
        let test = try BuildUnderTest(
            """
            (module (memory 1) (func (param i32) (result i32)
              (i32.store (local.get 0) (i32.add (i32.const 1) (i32.const 2)))
              (i32.add (i32.load (local.get 0)) (i32.add (i32.const 1) (i32.const 2)))))
            """)
        test.options.optimizations = []
        #expect(
            try test.text() == """
                b0:
                  v0 = i32.add 1, 2
                  i32.store mem[p0:i32+0], v0
                  v1 = i32.load mem[p0:i32+0]
                  v2 = i32.add 1, 2
                  v3 = i32.add v1, v2
                  return v3

                """)
        test.options.optimizations = .all
        test.options.limit = 1
        #expect(try test.text().contains("i32.add 1, 2"))
        test.options.limit = Int.max
        #expect(
            try test.text() == """
                b0:
                  i32.store mem[p0:i32+0], 3
                  return 6

                """)
    }

    @Test func chainsOfAliasesAreWalkedOnce() throws {
        // Each loop's parameters are those of the loop around it.
        let depth = 200
        let test = try BuildUnderTest(
            """
            (module (func (param i32 i32) (result i32)
              \(repeated("loop ", depth)) local.get 1 local.set 1
              \(repeated("local.get 0 br_if 0 end ", depth))
              local.get 1))
            """)
        try test.build(0)
        var inner = Value.none
        for index in 0..<test.graph.nodes.count where test.graph.nodes[index].kind == .blockParameter {
            inner = Value(index)
        }
        var steps = 0
        while !inner.isNone, test.graph.nodes[inner.position].kind == .blockParameter,
            test.graph.nodes[inner.position].c != 0
        {
            inner = Value(test.graph.nodes[inner.position].c &- 1)
            steps += 1
        }
        #expect(steps > 0 && steps <= 2)
    }
}
