// Each rule of the verifier, broken once in a graph that keeps all of them.

import TerraceABI
import Testing

@testable import TerraceOptimizer

@Suite struct GraphVerifierTests {
    static let sound = """
        b0:
          v0 = i32.add p0:i32, 1
          v1 = i64.extend_i32_u v0
          v2 = i64.mul_wide_u v1, 7L
          v3 = result 1 of v2: i64
          v4 = i32.load mem[v0+4]
          i32.store mem[v0+8], v4
          v5 = call f1(v4): i32
          v6 = result 1 of v5: i64
          v7 = i32x4.extract_lane p1:v128 lane 3
          check v7 or castFailure
          check bounds v0+8 in memory 1
          v8 = i64.load [v6+8]
          v9 = call memoryGrow(0L, v8): i64
          branch v7 ? b1 : b2
        b1:
          v10 = i32.sub v5, 2
          jump b3(v10, v6)
        b2:
          v11 = i32.sub v5, 3
          jump b3(v11, v3)
        b3(v12: i32, v13: i64):
          jump b4(v12)
        b4(v14: i32):
          poll
          v15 = i32.sub v14, 1
          branch v15 ? b5 : b6
        b5:
          jump b4(v15)
        b6:
          return v15, v13
        """

    /// What the verifier says after a change.
    private func mistake(_ change: (GraphUnderTest) -> Void) throws -> String {
        let graph = try GraphUnderTest(Self.sound)
        change(graph)
        var message = ""
        do { try graph.verify() } catch { message = "\(error)" }
        return message
    }

    private func block(_ graph: GraphUnderTest, _ position: Int) -> BlockIndex { graph.graph.layout[position] }

    @Test func aSoundGraphPasses() throws {
        #expect(try mistake { _ in } == "")
    }

    @Test func placesOfOperands() throws {
        #expect(
            try mistake { graph in graph.change("v0") { $0.pointee.a = graph.values["v4"]!.index } }
                .contains("is made later"))
        #expect(
            try mistake { graph in graph.change("v11") { $0.pointee.a = graph.values["v10"]!.index } }
                .contains("is made in block 1, which does not dominate"))
        #expect(try mistake { graph in graph.change("v11") { $0.pointee.a = 4000 } }.contains("is no node"))
        #expect(
            try mistake { graph in
                // The store has no value.
                let store = graph.graph.order[5]
                graph.change("v11") { $0.pointee.a = store.index }
            }.contains("has no value"))
        #expect(
            try mistake { graph in graph.change(block: 1) { $0.pointee.start += 1 } }.contains("has no place"))
    }

    @Test func placesOfNodes() throws {
        #expect(
            try mistake { graph in
                let value = graph.graph.order[0]
                graph.graph.order[1] = value
            }.contains("stands in block 0 too"))
        #expect(
            try mistake { graph in
                let value = graph.values["v12"]!
                graph.graph.order[1] = value
            }.contains("has no place"))
        #expect(
            try mistake { graph in graph.change("v12") { $0.pointee.b = 1 } }.contains("is not the block's parameter 0")
        )
    }

    @Test func typesOfOperandsAndResults() throws {
        #expect(
            try mistake { graph in graph.change("v11") { $0.pointee.a = graph.values["v6"]!.index } }
                .contains("is an i64, not an i32"))
        #expect(
            try mistake { graph in graph.change("v10") { $0.pointee.type = .i64 } }.contains("is an i64, not an i32"))
        #expect(
            try mistake { graph in graph.change("v4") { $0.pointee.a = graph.values["v1"]!.index } }
                .contains("is an i64, not an i32"))
        #expect(
            try mistake { graph in graph.change("v8") { $0.pointee.a = graph.values["v0"]!.index } }
                .contains("is an i32, not an i64"))
        #expect(try mistake { graph in graph.change("v8") { $0.pointee.b = 1 << 31 } }.contains("2^31"))
        #expect(try mistake { graph in graph.change("v7") { $0.pointee.b = 4 } }.contains("there is no lane 4"))
        #expect(try mistake { graph in graph.change("v4") { $0.pointee.opcode = .i32Store } }.contains("no plain load"))
        #expect(
            try mistake { graph in graph.change("v0") { $0.pointee.opcode = .i32DivS } }.contains("said to be pure"))
        #expect(try mistake { graph in graph.change("v2") { $0.pointee.b = 1 } }.contains("1 operands instead of 2"))
        #expect(
            try mistake { graph in graph.change("v3") { $0.pointee.b = 0 } }.contains("result 0 is the node itself"))
        #expect(
            try mistake { graph in graph.change("v3") { $0.pointee.a = graph.values["v1"]!.index } }
                .contains("has one result"))
    }

    @Test func constantsOf32BitsHaveNoOthers() throws {
        #expect(try mistake { graph in graph.change("1") { $0.pointee.b = 1 } }.contains("with upper bits"))
    }

    @Test func laterResultsFollowTheirCall() throws {
        #expect(
            try mistake { graph in
                let check = graph.graph.order[9]
                let result = graph.graph.order[7]
                graph.graph.order[9] = result
                graph.graph.order[7] = check
                graph.change("v7") { $0.pointee.b = 0 }
                graph.graph.nodes.element(check.position).pointee.a = graph.values["v4"]!.index
            }.contains("an effect stands between it and its call"))
    }

    @Test func argumentsOfBuiltins() throws {
        #expect(
            try mistake { graph in graph.graph.calls.element(1).pointee.argumentCount = 1 }
                .contains("1 arguments instead of 2"))
        #expect(
            try mistake { graph in graph.change("v9") { $0.pointee.type = .i32 } }.contains("is an i32, not an i64"))
    }

    @Test func endsOfBlocks() throws {
        #expect(try mistake { $0.change(block: 0) { $0.pointee.terminator = .none } }.contains("none with 2 edges"))
        #expect(try mistake { $0.change(block: 0) { $0.pointee.terminator = .jump } }.contains("jump with 2 edges"))
        #expect(
            try mistake { graph in
                graph.change(block: 0) { $0.pointee.condition = graph.values["v3"]! }
            }.contains("a condition that is no i32"))
        #expect(
            try mistake { $0.change(block: 6) { $0.pointee.payload = 100_000 } }.contains("behind the end of the pool"))
    }

    @Test func argumentsOfEdges() throws {
        #expect(
            try mistake { graph in
                let edge = Int(graph.graph.blocks[2].edgeStart)
                let start = Int(graph.graph.edges[edge].argumentStart)
                graph.graph.pool[start] = graph.values["v3"]!
            }.contains("argument 0 is no i32"))
        #expect(
            try mistake { graph in
                let edge = Int(graph.graph.blocks[2].edgeStart)
                let start = Int(graph.graph.edges[edge].argumentStart)
                graph.graph.pool[start] = graph.values["v10"]!
            }.contains("does not dominate"))
    }

    @Test func edgesAndPredecessors() throws {
        #expect(try mistake { $0.graph.edges.element(0).pointee.from = 3 }.contains("is another's"))
        #expect(try mistake { $0.graph.edges.element(0).pointee.to = 77 }.contains("not in the layout"))
        #expect(
            try mistake { $0.change(block: 3) { $0.pointee.predecessorCount = 1 } }.contains("predecessors instead of"))
        #expect(
            try mistake { graph in
                let start = Int(graph.graph.blocks[3].predecessorStart)
                let first = graph.graph.predecessors[start]
                graph.graph.predecessors[start + 1] = first
            }.contains("does not lead here"))
        #expect(
            try mistake { graph in
                // b1 gets a second way in, from b2.
                let edge = Int(graph.graph.blocks[2].edgeStart)
                graph.graph.edges.element(edge).pointee.to = 1
            }.contains("goes back to block 1, which begins no loop"))
    }

    @Test func criticalEdges() throws {
        let graph = try GraphUnderTest(
            """
            b0:
              branch p0:i32 ? b1 : b2
            b1:
              jump b2
            b2:
              return
            """)
        // The block of the edge is left out again.
        let edge = Int(graph.graph.blocks[0].edgeStart) + 1
        let target = graph.graph.edges[edge].to
        #expect(target == 3)
        graph.graph.edges.element(edge).pointee.to = 2
        graph.graph.layout.count = 0
        for block in [0, 1, 2] { graph.graph.layout.append(BlockIndex(block)) }
        let incoming = graph.graph.blocks.element(2)
        for offset in 0..<2 {
            let slot = Int(incoming.pointee.predecessorStart) + offset
            if graph.graph.predecessors[slot] != graph.graph.blocks[1].edgeStart {
                graph.graph.predecessors[slot] = UInt32(edge)
            }
        }
        #expect(throws: VerifierMistake.self) { try graph.verify() }
        do { try graph.verify() } catch { #expect("\(error)".contains("is critical"), "\(error)") }
    }

    @Test func dominators() throws {
        #expect(try mistake { $0.change(block: 3) { $0.pointee.dominator = 1 } }.contains("its dominator, block 1"))
        #expect(try mistake { $0.change(block: 1) { $0.pointee.dominatorDepth = 7 } }.contains("is not above it"))
    }

    @Test func loops() throws {
        #expect(
            try mistake { $0.change(block: 4) { $0.pointee.isLoopHeader = false } }.contains("which begins no loop"))
        #expect(try mistake { $0.change(block: 6) { $0.pointee.loop = 0 } } == "")
        #expect(try mistake { $0.change(block: 2) { $0.pointee.loop = 0 } }.contains("stands apart from its loop"))
        #expect(try mistake { $0.graph.loops.element(0).pointee.depth = 2 }.contains("depth of the loop"))
        #expect(try mistake { $0.graph.loops.element(0).pointee.header = 3 }.contains("is not its header"))
    }

    @Test func loopsAreEnteredFromOneBlockThatJumps() throws {
        let text = """
            b0:
              branch p0:i32 ? b1 : b2
            b1:
              jump b3
            b2:
              jump b3
            b3:
              poll
              branch p1:i32 ? b3 : b4
            b4:
              return
            """
        #expect(throws: VerifierMistake.self) { try GraphUnderTest(text) }
        do { _ = try GraphUnderTest(text) } catch { #expect("\(error)".contains("has 2 entries"), "\(error)") }
    }

    @Test func effectsStandInTheOrderOfTheirBytecode() throws {
        let graph = try GraphUnderTest(Self.sound)
        for place in 0..<graph.graph.order.count {
            graph.graph.origins.element(graph.graph.order[place].position).pointee.bytecodeOffset = UInt32(place)
        }
        var verifier = GraphVerifier(checksProgramOrder: true)
        try verifier.verify(graph.graph)
        let store = graph.graph.order[5]
        graph.graph.origins.element(store.position).pointee.bytecodeOffset = 90
        #expect(throws: VerifierMistake.self) { try verifier.verify(graph.graph) }
    }

    @Test func mistakesNameNodeAndBlock() throws {
        let message = try mistake { graph in graph.change("v10") { $0.pointee.type = .i64 } }
        #expect(message.hasPrefix("block 1, v"), "\(message)")
        #expect(message.contains("i32.sub"), "\(message)")
    }
}
