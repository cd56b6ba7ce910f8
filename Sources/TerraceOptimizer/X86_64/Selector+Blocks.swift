// From the graph's blocks to the machine function's: their order, a block of its own on every critical edge, loops.
//
// A split block stands right in front of its target, or, if the edge goes back to a loop's header, at the loop's end: so
// every loop stays in one piece, and blocks stay in reverse post-order.

import TerraceABI
import TerraceCompilation

/// What a block of the machine function comes from.
struct BlockSource: BitwiseCopyable {
    /// A block of the graph, or the block that a split edge comes from.
    var block: BlockIndex
    /// The split edge, or none.
    var edge: UInt32
    /// In the machine function.
    var loop: UInt32

    static var noEdge: UInt32 { UInt32.max }
    @inline(__always) var isSplit: Bool { edge != Self.noEdge }
}

extension Selector {
    /// Numbers the blocks of the machine function and makes its loops. Fills ``sources``, ``numbers``, ``edgeTargets``.
    mutating func numberBlocks() {
        let graph = self.graph
        let layout = graph.pointee.layout.buffer
        sources.count = 0
        numbers.refill(count: graph.pointee.blocks.count, with: .max)
        lastSplits.refill(count: graph.pointee.blocks.count, with: .max)
        edgeTargets.refill(count: graph.pointee.edges.count, with: .max)
        loopNumbers.refill(count: graph.pointee.loops.count, with: Loop.none)
        openLoops.count = 0
        for position in 0..<layout.count {
            let index = layout[position]
            let block = graph.pointee.blocks[Int(index)]
            closeLoops(outside: block.loop)
            if block.isLoopHeader {
                splitEdges(to: index, backward: false)
                openLoop(block.loop)
            } else {
                splitEdges(to: index, backward: false)
            }
            numbers[Int(index)] = UInt32(truncatingIfNeeded: sources.count)
            sources.append(BlockSource(block: index, edge: BlockSource.noEdge, loop: innermostLoop))
        }
        closeLoops(outside: Loop.none)
    }

    /// The innermost open loop, in the machine function.
    @inline(__always) private var innermostLoop: UInt32 {
        openLoops.count > 0 ? loopNumbers[Int(openLoops[openLoops.count &- 1])] : Loop.none
    }

    private mutating func openLoop(_ loop: UInt32) {
        let source = graph.pointee.loops[Int(loop)]
        let number = UInt32(truncatingIfNeeded: machine.pointee.loops.count)
        loopNumbers[Int(loop)] = number
        machine.pointee.loops.append(
            MachineLoop(
                first: UInt32(truncatingIfNeeded: sources.count), end: 0, parent: innermostLoop,
                depth: UInt32(truncatingIfNeeded: openLoops.count &+ 1), hasCall: source.hasCall))
        openLoops.append(loop)
    }

    /// Ends the open loops that do not hold the loop that comes next: edges back to their headers are split at their ends.
    private mutating func closeLoops(outside next: UInt32) {
        while openLoops.count > 0 {
            let loop = openLoops[openLoops.count &- 1]
            var around = next
            while around != Loop.none, around != loop { around = graph.pointee.loops[Int(around)].parent }
            if around == loop { return }
            splitEdges(to: graph.pointee.loops[Int(loop)].header, backward: true)
            let number = Int(loopNumbers[Int(loop)])
            machine.pointee.loops.element(number).pointee.end = UInt32(truncatingIfNeeded: sources.count)
            _ = openLoops.removeLast()
        }
    }

    /// Makes split blocks for critical edges to a block: those from blocks that stand before it, or (`backward`) the others.
    private mutating func splitEdges(to target: BlockIndex, backward: Bool) {
        let graph = self.graph
        let block = graph.pointee.blocks[Int(target)]
        let isJoin = block.predecessorCount > 1 || block.parameterCount > 0
        var position = Int(block.predecessorStart)
        let end = position &+ Int(block.predecessorCount)
        while position < end {
            let edge = graph.pointee.predecessors[position]
            position &+= 1
            let from = graph.pointee.edges[Int(edge)].from
            // Blocks that have a number stand before the target, or are in its loop if the loop ends here.
            guard numbers[Int(from)] != .max, edgeTargets[Int(edge)] == .max else { continue }
            let source = graph.pointee.blocks[Int(from)]
            guard isJoin, source.edgeCount > 1 else { continue }
            if source.terminator == .table {
                let last = lastSplits[Int(from)]
                if last != .max, passSame(last, edge) {
                    edgeTargets[Int(edge)] = edgeTargets[Int(last)]
                    continue
                }
                lastSplits[Int(from)] = edge
            }
            edgeTargets[Int(edge)] = UInt32(truncatingIfNeeded: sources.count)
            sources.append(BlockSource(block: from, edge: edge, loop: innermostLoop))
        }
    }

    /// Whether two edges lead to the same block with the same arguments.
    private func passSame(_ first: UInt32, _ second: UInt32) -> Bool {
        let a = graph.pointee.edges[Int(first)]
        let b = graph.pointee.edges[Int(second)]
        guard a.to == b.to else { return false }
        for index in 0..<Int(graph.pointee.blocks[Int(a.to)].parameterCount)
        where graph.pointee.pool[Int(a.argumentStart) &+ index] != graph.pointee.pool[Int(b.argumentStart) &+ index] {
            return false
        }
        return true
    }

    /// The block of the machine function that an edge leads to.
    @inline(__always) func target(ofEdge edge: Int) -> UInt32 {
        let split = edgeTargets[edge]
        return split != .max ? split : numbers[Int(graph.pointee.edges[edge].to)]
    }

    /// Fills the machine function's lists of predecessors.
    mutating func completePredecessors() {
        let machine = self.machine
        let count = machine.pointee.blocks.count
        for index in 0..<count {
            let block = machine.pointee.blocks[index]
            for successor in Int(block.successorStart)..<Int(block.successorStart &+ block.successorCount) {
                let target = Int(machine.pointee.successors[successor])
                machine.pointee.blocks.element(target).pointee.predecessorCount &+= 1
            }
        }
        var start: UInt32 = 0
        for index in 0..<count {
            let block = machine.pointee.blocks.element(index)
            block.pointee.predecessorStart = start
            start &+= block.pointee.predecessorCount
            block.pointee.predecessorCount = 0
        }
        machine.pointee.predecessors.refill(count: Int(start), with: 0)
        for index in 0..<count {
            let block = machine.pointee.blocks[index]
            for successor in Int(block.successorStart)..<Int(block.successorStart &+ block.successorCount) {
                let target = machine.pointee.blocks.element(Int(machine.pointee.successors[successor]))
                machine.pointee.predecessors[Int(target.pointee.predecessorStart &+ target.pointee.predecessorCount)] =
                    UInt32(truncatingIfNeeded: index)
                target.pointee.predecessorCount &+= 1
            }
        }
    }
}
