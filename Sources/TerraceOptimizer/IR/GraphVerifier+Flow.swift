// What must be true of blocks, edges, dominators and loops.

import TerraceABI
import TerraceCompilation

extension GraphVerifier {
    mutating func checkLayout(_ graph: borrowing Graph) throws(VerifierMistake) {
        positions = [Int](repeating: -1, count: graph.blocks.count)
        guard graph.layout.count > 0, graph.layout[0] == 0 else {
            throw VerifierMistake(message: "the layout does not begin with block 0")
        }
        for position in 0..<graph.layout.count {
            let index = Int(graph.layout[position])
            guard index < graph.blocks.count else {
                throw VerifierMistake(message: "the layout has block \(index), which does not exist")
            }
            if positions[index] != -1 { throw mistake(graph, UInt32(index), .none, "stands in the layout twice") }
            positions[index] = position
        }
        if graph.blocks[0].parameterCount > 0 { throw mistake(graph, 0, .none, "the entry has parameters") }
        if graph.blocks[0].predecessorCount > 0 { throw mistake(graph, 0, .none, "something jumps to the entry") }
    }

    func checkEdges(_ graph: borrowing Graph) throws(VerifierMistake) {
        var seen = [Int](repeating: 0, count: graph.edges.count)
        var incoming = [Int](repeating: 0, count: graph.blocks.count)
        for position in 0..<graph.layout.count {
            let index = graph.layout[position]
            let block = graph.blocks[Int(index)]
            let count = Int(block.edgeCount)
            let isRight =
                switch block.terminator {
                case .none: false
                case .jump: count == 1
                case .branch: count == 2
                case .table: count >= 1
                case .return, .tailCall, .trap: count == 0
                }
            if !isRight { throw mistake(graph, index, .none, "\(block.terminator) with \(count) edges") }
            guard Int(block.edgeStart) + count <= graph.edges.count else {
                throw mistake(graph, index, .none, "edges that do not exist")
            }
            for edge in Int(block.edgeStart)..<Int(block.edgeStart) + count {
                let target = graph.edges[edge].to
                if graph.edges[edge].from != index { throw mistake(graph, index, .none, "edge \(edge) is another's") }
                guard Int(target) < graph.blocks.count, positions[Int(target)] >= 0 else {
                    throw mistake(graph, index, .none, "goes to block \(target), which is not in the layout")
                }
                seen[edge] += 1
                incoming[Int(target)] += 1
                let other = graph.blocks[Int(target)]
                if positions[Int(target)] <= position, !other.isLoopHeader {
                    throw mistake(graph, index, .none, "goes back to block \(target), which begins no loop")
                }
                guard count > 1 else { continue }
                if other.parameterCount > 0 {
                    throw mistake(graph, index, .none, "passes arguments to one of several successors")
                }
                for source in 0..<Int(other.predecessorCount)
                where graph.edges[Int(graph.predecessors[Int(other.predecessorStart) + source])].from != index {
                    throw mistake(graph, index, .none, "the edge to block \(target) is critical")
                }
            }
        }
        for position in 0..<graph.layout.count {
            let index = graph.layout[position]
            let block = graph.blocks[Int(index)]
            if incoming[Int(index)] != Int(block.predecessorCount) {
                throw mistake(
                    graph, index, .none, "has \(block.predecessorCount) predecessors instead of \(incoming[Int(index)])"
                )
            }
            if index != 0, block.predecessorCount == 0 { throw mistake(graph, index, .none, "cannot be reached") }
            for offset in 0..<Int(block.predecessorCount) {
                let edge = Int(graph.predecessors[Int(block.predecessorStart) + offset])
                if seen[edge] != 1 || graph.edges[edge].to != index {
                    throw mistake(graph, index, .none, "edge \(edge) does not lead here")
                }
                // Each edge once.
                seen[edge] += 1
            }
        }
    }

    /// A tree in which the parent of each block is an ancestor of all its predecessors is one of dominators.
    func checkDominators(_ graph: borrowing Graph) throws(VerifierMistake) {
        if graph.blocks[0].dominator != 0 || graph.blocks[0].dominatorDepth != 0 {
            throw mistake(graph, 0, .none, "is not the root of the dominators")
        }
        for position in 1..<max(graph.layout.count, 1) {
            let index = graph.layout[position]
            let block = graph.blocks[Int(index)]
            guard Int(block.dominator) < graph.blocks.count, positions[Int(block.dominator)] >= 0,
                positions[Int(block.dominator)] < position,
                graph.blocks[Int(block.dominator)].dominatorDepth + 1 == block.dominatorDepth
            else { throw mistake(graph, index, .none, "its dominator, block \(block.dominator), is not above it") }
            for offset in 0..<Int(block.predecessorCount) {
                let source = graph.edges[Int(graph.predecessors[Int(block.predecessorStart) + offset])].from
                if !graph.dominates(block.dominator, source) {
                    throw mistake(
                        graph, index, .none,
                        "block \(source) leads here but not block \(block.dominator), its dominator")
                }
            }
        }
    }

    func checkLoops(_ graph: borrowing Graph) throws(VerifierMistake) {
        for loop in 0..<graph.loops.count {
            let header = graph.loops[loop].header
            let parent = graph.loops[loop].parent
            guard Int(header) < graph.blocks.count, positions[Int(header)] >= 0,
                graph.blocks[Int(header)].isLoopHeader, graph.blocks[Int(header)].loop == UInt32(loop)
            else { throw VerifierMistake(message: "loop \(loop): block \(header) is not its header") }
            if parent == Loop.none {
                if graph.loops[loop].depth != 1 { throw mistake(graph, header, .none, "depth of the loop is not 1") }
            } else if parent >= loop || graph.loops[loop].depth != graph.loops[Int(parent)].depth + 1 {
                throw mistake(graph, header, .none, "the loop around it is not loop \(parent)")
            }
            try checkEntry(graph, header)
        }
        // A stack of open loops: each loop's blocks stand together, and its header first.
        var open: [UInt32] = []
        var closed = Set<UInt32>()
        for position in 0..<graph.layout.count {
            let index = graph.layout[position]
            let block = graph.blocks[Int(index)]
            if block.isLoopHeader, block.loop == Loop.none { throw mistake(graph, index, .none, "begins no loop") }
            let outer = block.isLoopHeader ? graph.loops[Int(block.loop)].parent : block.loop
            while let last = open.last, last != outer { closed.insert(open.removeLast()) }
            if outer != Loop.none, open.isEmpty || closed.contains(outer) {
                throw mistake(graph, index, .none, "stands apart from its loop \(outer)")
            }
            if block.isLoopHeader { open.append(block.loop) }
            if let loop = open.last, !graph.dominates(graph.loops[Int(loop)].header, index) {
                throw mistake(graph, index, .none, "its loop's header does not dominate it")
            }
        }
    }

    /// A loop is entered from one block that does nothing but go there.
    private func checkEntry(_ graph: borrowing Graph, _ header: BlockIndex) throws(VerifierMistake) {
        let block = graph.blocks[Int(header)]
        var entries = 0
        for offset in 0..<Int(block.predecessorCount) {
            let source = graph.edges[Int(graph.predecessors[Int(block.predecessorStart) + offset])].from
            guard positions[Int(source)] < positions[Int(header)] else { continue }
            entries += 1
            if graph.blocks[Int(source)].terminator != .jump {
                throw mistake(graph, header, .none, "block \(source), which enters the loop, does not just jump")
            }
        }
        if entries != 1 { throw mistake(graph, header, .none, "the loop has \(entries) entries") }
    }
}
