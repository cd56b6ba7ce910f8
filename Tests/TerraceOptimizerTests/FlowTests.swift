// Simplification of control flow, one idea a test.

import Testing

@testable import TerraceOptimizer

@Suite struct FlowTests {
    private func check(
        _ text: String, becomes expected: String, without left: Optimizations = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var options = OptimizerOptions()
        options.optimizations = .all.subtracting(left)
        let graph = try GraphUnderTest(text, options: options)
        try graph.simplifyFlow()
        expectText(graph, expected, sourceLocation: sourceLocation)
    }

    @Test func blocksThatBelongTogetherBecomeOne() throws {
        try check(
            """
            b0:
              v0 = i32.add p0:i32, 1
              jump b1(v0)
            b1(v1: i32):
              v2 = i32.mul v1, v1
              jump b2(v2, v1)
            b2(v3: i32, v4: i32):
              v5 = i32.sub v3, v4
              return v5
            """,
            becomes: """
                b0:
                  v0 = i32.add p0:i32, 1
                  v1 = i32.mul v0, v0
                  v2 = i32.sub v1, v0
                  return v2
                """)
    }

    @Test func branchesOnConstantsGoOneWay() throws {
        try check(
            """
            b0:
              branch 0 ? b1 : b2
            b1:
              return 1
            b2:
              table 7 [b3 b4]
            b3:
              return 3
            b4:
              return 4
            """,
            becomes: """
                b0:
                  return 4
                """)
    }

    @Test func loopsThatCannotBeReachedAreGone() throws {
        try check(
            """
            b0:
              branch 1 ? b1 : b2
            b1:
              return 1
            b2:
              jump b3
            b3:
              poll
              jump b3
            """,
            becomes: """
                b0:
                  return 1
                """)
    }

    @Test func conditionsAreTurnedRound() throws {
        try check(
            """
            b0:
              v0 = i32.eqz p0:i32
              v1 = i32.eqz v0
              v2 = i32.eqz v1
              branch v2 ? b1 : b2
            b1:
              call f1()
              return 1
            b2:
              return 2
            """,
            becomes: """
                b0:
                  v0 = i32.eqz p0:i32
                  v1 = i32.eqz v0
                  v2 = i32.eqz v1
                  branch p0:i32 ? b2 : b1
                b1:
                  call f1()
                  return 1
                b2:
                  return 2
                """)
    }

    @Test func jumpsToJumpsGoWhereThoseGo() throws {
        // b3 is a join that only passes on, with a parameter.
        try check(
            """
            b0:
              branch p0:i32 ? b1 : b2
            b1:
              call f1()
              jump b3(1, 5)
            b2:
              call f2()
              branch p1:i32 ? b3(2, 6) : b4
            b3(v0: i32, v1: i32):
              jump b5(v1)
            b4:
              call f3()
              jump b5(7)
            b5(v2: i32):
              return v2
            """,
            becomes: """
                b0:
                  branch p0:i32 ? b1 : b2
                b1:
                  call f1()
                  jump b5(5)
                b2:
                  call f2()
                  branch p1:i32 ? b4 : b3
                b3:
                  call f3()
                  jump b5(7)
                b4:
                  jump b5(6)
                b5(v0: i32):
                  return v0
                """)
    }

    @Test func aParameterThatIsUsedElsewhereKeepsItsBlock() throws {
        let text = """
            b0:
              branch p0:i32 ? b1 : b2
            b1:
              call f1()
              jump b3(1)
            b2:
              call f2()
              jump b3(2)
            b3(v0: i32):
              jump b4(v0, p0:i32)
            b4(v1: i32, v2: i32):
              poll
              v3 = i32.sub v2, v0
              branch v3 ? b5 : b6
            b5:
              jump b4(v1, v3)
            b6:
              return v1
            """
        try check(text, becomes: text)
    }

    @Test func theEntryOfALoopStays() throws {
        let text = """
            b0:
              branch p0:i32 ? b1 : b2
            b1:
              call f1()
              jump b3
            b2:
              call f2()
              jump b3
            b3:
              jump b4
            b4:
              poll
              branch p1:i32 ? b5 : b6
            b5:
              jump b4
            b6:
              return
            """
        try check(text, becomes: text)
    }

    @Test func aConstantPassedToABranchChoosesItsWay() throws {
        try check(
            """
            b0:
              branch p0:i32 ? b1 : b2
            b1:
              call f1()
              jump b3(1)
            b2:
              v0 = call f2(): i32
              jump b3(v0)
            b3(v1: i32):
              branch v1 ? b4 : b5
            b4:
              call f4()
              return
            b5:
              call f5()
              return
            """,
            becomes: """
                b0:
                  branch p0:i32 ? b1 : b2
                b1:
                  call f1()
                  jump b4
                b2:
                  v0 = call f2(): i32
                  branch v0 ? b3 : b5
                b3:
                  jump b4
                b4:
                  call f4()
                  return
                b5:
                  call f5()
                  return
                """)
    }

    @Test func aSmallDiamondBecomesAChoice() throws {
        try check(
            """
            b0:
              v0 = i32.load mem[p0:i32+0]
              v1 = i32.lt_s v0, p1:i32
              branch v1 ? b1 : b2
            b1:
              v2 = i32.add v0, 1
              jump b3(v2, v0)
            b2:
              jump b3(p1:i32, v0)
            b3(v3: i32, v4: i32):
              v5 = i32.add v3, v4
              return v5
            """,
            becomes: """
                b0:
                  v0 = i32.load mem[p0:i32+0]
                  v1 = i32.lt_s v0, p1:i32
                  v2 = i32.add v0, 1
                  v3 = select v2, p1:i32, v1
                  v4 = i32.add v3, v0
                  return v4
                """)
    }

    @Test(arguments: [
        // Two values differ; a value is dear; a value may trap.
        "v2 = i32.add v0, 1\n jump b3(v2, v2)", "v2 = i32.mul v0, v0\n jump b3(v2, v0)",
        "v2 = i32.load mem[v0+0]\n jump b3(v2, v0)",
    ])
    func largerOnesStayBranches(_ arm: String) throws {
        let text = """
            b0:
              v0 = i32.load mem[p0:i32+0]
              v1 = i32.lt_s v0, p1:i32
              branch v1 ? b1 : b2
            b1:
              \(arm)
            b2:
              jump b3(p1:i32, v0)
            b3(v3: i32, v4: i32):
              v5 = i32.add v3, v4
              return v5
            """
        try check(text, becomes: text)
    }

    @Test func aBranchWhoseWaysAreTheSameIsNone() throws {
        try check(
            """
            b0:
              branch p0:i32 ? b1 : b1
            b1:
              branch p1:i32 ? b2(3) : b2(3)
            b2(v0: i32):
              return v0
            """,
            becomes: """
                b0:
                  return 3
                """)
    }

    @Test func nothingHappensWhereItIsSwitchedOff() throws {
        let text = """
            b0:
              branch 1 ? b2 : b1
            b1:
              jump b3(2)
            b2:
              jump b3(1)
            b3(v0: i32):
              jump b4
            b4:
              return v0
            """
        try check(text, becomes: text, without: [.flow, .conversion])
    }

    @Test func theLimitCountsTransformations() throws {
        let text = """
            b0:
              jump b1
            b1:
              jump b2
            b2:
              jump b3
            b3:
              return
            """
        for limit in 0...4 {
            var options = OptimizerOptions()
            options.limit = limit
            let graph = try GraphUnderTest(text, options: options)
            try graph.simplifyFlow()
            #expect(graph.graph.layout.count == max(1, 4 - limit))
            #expect(graph.allowance.count == min(limit, 3))
        }
    }
}
