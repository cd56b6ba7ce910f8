// Order, edges, dominators and loops from terminators alone.

import Testing

@testable import TerraceOptimizer

@Suite struct CompleteFlowTests {
    @Test func edgesFromManyToManyGetABlock() throws {
        let graph = try GraphUnderTest(
            """
            b0:
              branch p0:i32 ? b2(1) : b1
            b1:
              jump b2(2)
            b2(v0: i32):
              return v0
            """)
        expectText(
            graph,
            """
            b0:
              branch p0:i32 ? b2 : b1
            b1:
              jump b3(2)
            b2:
              jump b3(1)
            b3(v0: i32):
              return v0
            """)
    }

    @Test func equalEdgesOfATableShareABlockAndOthersDoNot() throws {
        let graph = try GraphUnderTest(
            """
            b0:
              table p0:i32 [b2(1) b1 b2(1) b2(3)]
            b1:
              jump b2(2)
            b2(v0: i32):
              return v0
            """)
        // b2, its two edge blocks, b0 and b1.
        #expect(graph.graph.layout.count == 5)
        let targets = (0..<4).map { graph.graph.edges[Int(graph.graph.blocks[0].edgeStart) + $0].to }
        #expect(targets[0] == targets[2])
        #expect(targets[0] != targets[3])
    }

    @Test func whatCannotBeReachedIsNotInTheLayout() throws {
        let graph = try GraphUnderTest(
            """
            b0:
              return
            b1:
              jump b2
            b2:
              jump b1
            """)
        #expect(graph.graph.layout.count == 1)
        #expect(graph.graph.loops.count == 0)
    }

    @Test func loopsStandInOnePieceAndNest() throws {
        // The exits of the inner loop come early in the text, the rest of the outer one late.
        let graph = try GraphUnderTest(
            """
            b0:
              jump b1
            b1:
              poll
              branch p0:i32 ? b8 : b2
            b2:
              jump b3
            b3:
              poll
              branch p1:i32 ? b7 : b4
            b4:
              branch p2:i32 ? b8 : b5
            b5:
              branch p3:i32 ? b3 : b6
            b6:
              jump b1
            b7:
              branch p4:i32 ? b1 : b8
            b8:
              return
            """)
        // The verifier has seen that they are contiguous and nested.
        #expect(graph.graph.loops.count == 2)
        #expect(graph.graph.loops[0].header == 1)
        #expect(graph.graph.loops[1].header == 3)
        #expect(graph.graph.loops[1].parent == 0)
        #expect(graph.graph.blocks[4].loop == 1)
        #expect(graph.graph.blocks[7].loop == 0)
        #expect(graph.graph.blocks[8].loop == Loop.none)
        #expect(graph.graph.blocks[7].dominator == 3)
        let isAbove = [1, 3, 4, 7].map { graph.graph.dominates($0, 7) }
        #expect(isAbove == [true, true, false, true])
    }

    @Test func coldBlocksAndLaterOnesStandLater() throws {
        let graph = try GraphUnderTest(
            """
            b0:
              branch p0:i32 ? b1 : b2
            b1:
              return
            b2 cold:
              return
            b3:
              return
            """)
        #expect([0, 1, 2].map { graph.graph.layout[$0] } == [0, 1, 2])
        let other = try GraphUnderTest(
            """
            b0:
              branch p0:i32 ? b1 : b2
            b1 cold:
              return
            b2:
              return
            """)
        #expect([0, 1, 2].map { other.graph.layout[$0] } == [0, 2, 1])
    }

    /// Loops in loops in loops, each with a branch to all headers around it.
    @Test func deepNestsTakeLinearTime() throws {
        let depth = 20_000
        var graph = Graph()
        func add(_ terminator: Terminator, _ targets: [Int]) {
            var block = Block()
            block.terminator = terminator
            block.edgeStart = UInt32(graph.edges.count)
            block.edgeCount = UInt32(targets.count)
            let index = BlockIndex(graph.blocks.count)
            graph.blocks.append(block)
            for target in targets { graph.edges.append(Edge(from: index, to: BlockIndex(target))) }
        }
        let condition = graph.append(
            Node(.parameter, .i32), Origin(bytecodeOffset: 0, inlineNode: UInt32.max))
        // Entries and headers alternate, then one table back to all headers, then the end.
        for level in 0..<depth {
            add(.jump, [2 * level + 1])
            add(.jump, [2 * level + 2])
        }
        add(.table, (0..<depth).map { 2 * $0 + 1 } + [2 * depth + 1])
        add(.return, [])
        graph.blocks.element(2 * depth).pointee.condition = condition
        graph.completeFlow()
        #expect(graph.loops.count == depth)
        #expect(Int(graph.loops[depth - 1].depth) == depth)
        // Each way back has a block of its own.
        #expect(graph.layout.count == 3 * depth + 2)
        Frequencies.estimate(&graph)
        var allowance = Allowance()
        var flow = Flow()
        _ = flow.run(&graph, &allowance)
        var verifier = GraphVerifier()
        try verifier.checkLayout(graph)
        try verifier.checkEdges(graph)
        try verifier.checkDominators(graph)
    }
}
