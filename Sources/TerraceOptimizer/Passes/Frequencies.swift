// How often blocks run, as far as their shape tells: what leads to a trap is cold, loops go round, hints are believed.

import TerraceABI
import TerraceCode
import TerraceCompilation
import WasmFormat

/// Estimates frequencies and marks cold blocks.
struct Frequencies {
    /// How often a loop goes round.
    static var rounds: Float { 8 }
    /// More than this no block is run per execution of the function.
    static var most: Float { 32768 }
    static var least: Float { 1e-6 }
    /// The share of a way that is cold, where another is not.
    static var coldShare: Float { 1 / 64 }
    /// From so many targets on, a table in a loop is taken for an interpreter's dispatch.
    static var dispatchTargets: UInt32 { 8 }

    /// Hints of a function that has some, and where its declarations of locals stand, from which they count.
    private struct HintedFunction {
        var hints: BranchHints
        var start: Int

        init?(_ environment: ModuleEnvironment, _ function: Int) {
            guard let hints = environment.module.branchHints(ofFunction: function) else { return nil }
            self.hints = hints
            start = environment.module.bodies[function - environment.importedFunctionCount].bytes.lowerBound
        }
    }

    /// Marks what hints call unlikely, in the function and in what is inlined in it: the target of a branch is the block of that
    /// edge alone. Before conditions change.
    static func applyHints(of environment: ModuleEnvironment, _ functionIndex: Int, to graph: inout Graph) {
        let own = HintedFunction(environment, functionIndex)
        let inlined = (0..<graph.inlined.count).map {
            HintedFunction(environment, Int(graph.inlined[$0].functionIndex))
        }
        var position = 0
        while position < graph.layout.count {
            let block = graph.blocks[Int(graph.layout[position])]
            position += 1
            let node = block.origin.inlineNode
            guard block.terminator == .branch, let function = node == InlineNode.none ? own : inlined[Int(node)],
                let isLikely = function.hints.isLikely(at: Int(block.origin.bytecodeOffset) - function.start)
            else { continue }
            let unlikely = graph.edges[Int(block.edgeStart) + (isLikely ? 1 : 0)].to
            // An edge with a block of its own, or the only way to that block.
            graph.blocks.element(Int(unlikely)).pointee.isCold = true
        }
    }

    /// Fills in `isCold` and `frequency` of all blocks and `hasCall` of loops. The flow must be complete.
    static func estimate(_ graph: inout Graph) {
        markBackward(graph)
        markForward(graph)
        spread(graph)
        findCalls(graph)
    }

    /// Blocks from which all ways are cold.
    private static func markBackward(_ graph: borrowing Graph) {
        var position = graph.layout.count &- 1
        while position > 0 {
            let index = graph.layout[position]
            position &-= 1
            let block = graph.blocks.element(Int(index))
            if block.pointee.isCold { continue }
            if block.pointee.terminator == .trap {
                block.pointee.isCold = true
                continue
            }
            var edge = Int(block.pointee.edgeStart)
            let end = edge &+ Int(block.pointee.edgeCount)
            guard edge < end else { continue }
            while edge < end {
                let isCold = graph.blocks.element(Int(graph.edges[edge].to)).pointee.isCold
                if graph.isBackEdge(edge) || !isCold { break }
                edge &+= 1
            }
            if edge == end { block.pointee.isCold = true }
        }
        graph.blocks.element(0).pointee.isCold = false
    }

    /// Blocks to which all ways are cold.
    private static func markForward(_ graph: borrowing Graph) {
        var position = 1
        while position < graph.layout.count {
            let block = graph.blocks.element(Int(graph.layout[position]))
            position &+= 1
            if block.pointee.isCold { continue }
            var predecessor = Int(block.pointee.predecessorStart)
            let end = predecessor &+ Int(block.pointee.predecessorCount)
            while predecessor < end {
                let edge = Int(graph.predecessors[predecessor])
                let source = graph.blocks.element(Int(graph.edges[edge].from))
                if !graph.isBackEdge(edge), !source.pointee.isCold { break }
                predecessor &+= 1
            }
            if predecessor == end { block.pointee.isCold = true }
        }
    }

    /// Each block divides what comes in among its successors.
    private static func spread(_ graph: borrowing Graph) {
        var position = 0
        while position < graph.layout.count {
            graph.blocks.element(Int(graph.layout[position])).pointee.frequency = position == 0 ? 1 : 0
            position &+= 1
        }
        position = 0
        while position < graph.layout.count {
            let index = graph.layout[position]
            position &+= 1
            let block = graph.blocks.element(Int(index))
            var frequency = block.pointee.frequency
            if block.pointee.isLoopHeader {
                frequency *= rounds
                if block.pointee.terminator == .table, block.pointee.edgeCount >= dispatchTargets {
                    frequency *= rounds
                }
            }
            frequency = min(max(frequency, least), most)
            block.pointee.frequency = frequency
            let start = Int(block.pointee.edgeStart)
            let count = Int(block.pointee.edgeCount)
            guard count > 0 else { continue }
            var total: Float = 0
            for edge in start..<start &+ count { total += weight(graph, block, edge) }
            for edge in start..<start &+ count where !graph.isBackEdge(edge) {
                var share = weight(graph, block, edge) / total
                // Of many handlers each one counts as if it were one of few.
                if block.pointee.terminator == .table, !graph.blocks.element(Int(graph.edges[edge].to)).pointee.isCold {
                    share = max(share, 1 / Float(dispatchTargets))
                }
                graph.blocks.element(Int(graph.edges[edge].to)).pointee.frequency += frequency * share
            }
        }
    }

    /// The weight of an edge among those of its block.
    @inline(__always) private static func weight(
        _ graph: borrowing Graph, _ block: UnsafeMutablePointer<Block>, _ edge: Int
    ) -> Float {
        if block.pointee.edgeCount == 1 { return 1 }
        let target = graph.blocks.element(Int(graph.edges[edge].to))
        if target.pointee.isCold { return coldShare }
        guard block.pointee.loop != Loop.none, target.pointee.loop != block.pointee.loop else { return 1 }
        // Deeper: not an exit.
        let depth = target.pointee.loop == Loop.none ? 0 : graph.loops.element(Int(target.pointee.loop)).pointee.depth
        return depth >= graph.loops.element(Int(block.pointee.loop)).pointee.depth ? 1 : 1 / (rounds - 1)
    }

    private static func findCalls(_ graph: borrowing Graph) {
        guard graph.loops.count > 0 else { return }
        var position = 0
        while position < graph.layout.count {
            let block = graph.blocks.element(Int(graph.layout[position]))
            position &+= 1
            guard !block.pointee.isCold, block.pointee.loop != Loop.none else { continue }
            let loop = graph.loops.element(Int(block.pointee.loop))
            if loop.pointee.hasCall { continue }
            var place = Int(block.pointee.start)
            while place < Int(block.pointee.end) {
                if graph.nodes.element(graph.order[place].position).pointee.kind == .call {
                    loop.pointee.hasCall = true
                    break
                }
                place &+= 1
            }
        }
        var loop = graph.loops.count &- 1
        while loop >= 0 {
            let entry = graph.loops[loop]
            if entry.hasCall, entry.parent != Loop.none, !graph.blocks.element(Int(entry.header)).pointee.isCold {
                graph.loops.element(Int(entry.parent)).pointee.hasCall = true
            }
            loop &-= 1
        }
    }
}
