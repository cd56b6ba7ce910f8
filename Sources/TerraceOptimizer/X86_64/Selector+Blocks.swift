// From the graph's blocks to the machine function's: the same ones in the order of the layout, loops as ranges of them.

import TerraceABI
import TerraceCompilation

extension Selector {
    /// Numbers the blocks of the machine function and makes its loops.
    mutating func numberBlocks() {
        let graph = self.graph
        let machine = self.machine
        let layout = graph.pointee.layout.buffer
        numbers.refill(count: graph.pointee.blocks.count, with: .max)
        loopNumbers.refill(count: graph.pointee.loops.count, with: Loop.none)
        machine.pointee.blocks.refill(count: layout.count, with: MachineBlock())
        var open = Loop.none
        for position in 0..<layout.count {
            let index = layout[position]
            let source = graph.pointee.blocks[Int(index)]
            numbers[Int(index)] = UInt32(truncatingIfNeeded: position)
            while open != Loop.none, !isLoop(open, around: source.loop) { open = endLoop(open, at: position) }
            if source.isLoopHeader {
                loopNumbers[Int(source.loop)] = UInt32(truncatingIfNeeded: machine.pointee.loops.count)
                let loop = graph.pointee.loops[Int(source.loop)]
                machine.pointee.loops.append(
                    MachineLoop(
                        first: UInt32(truncatingIfNeeded: position), end: 0,
                        parent: open == Loop.none ? Loop.none : loopNumbers[Int(open)], depth: loop.depth,
                        hasCall: loop.hasCall))
                open = source.loop
            }
            let block = machine.pointee.blocks.element(position)
            block.pointee.loop = open == Loop.none ? Loop.none : loopNumbers[Int(open)]
            block.pointee.isCold = source.isCold
            block.pointee.frequency = source.frequency
            block.pointee.isLoopHeader = source.isLoopHeader
        }
        while open != Loop.none { open = endLoop(open, at: layout.count) }
    }

    private func isLoop(_ loop: UInt32, around inner: UInt32) -> Bool {
        var inner = inner
        while inner != Loop.none, inner != loop { inner = graph.pointee.loops[Int(inner)].parent }
        return inner == loop
    }

    /// Ends a loop, and returns the one around it.
    private func endLoop(_ loop: UInt32, at position: Int) -> UInt32 {
        machine.pointee.loops.element(Int(loopNumbers[Int(loop)])).pointee.end = UInt32(truncatingIfNeeded: position)
        return graph.pointee.loops[Int(loop)].parent
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
