// Blocks and the edges between them. Dominators are known as blocks begin; loops are found when all is built.

import TerraceABI
import TerraceCompilation

extension Builder {
    /// A block that has not begun. Every block that is made begins sooner or later.
    mutating func newBlock() -> BlockIndex {
        let index = BlockIndex(truncatingIfNeeded: graph.blocks.count)
        graph.blocks.append(Block())
        incomingHeads.append(Incoming.none)
        return index
    }

    /// Goes on at the beginning of a block.
    mutating func beginBlock(_ index: BlockIndex, dominator: BlockIndex) {
        let block = graph.blocks.element(Int(index))
        block.pointee.start = UInt32(truncatingIfNeeded: graph.order.count)
        block.pointee.parameterStart = UInt32(truncatingIfNeeded: graph.parameters.count)
        graph.setDominator(of: index, dominator)
        begun.append(index)
        self.block = index
    }

    /// Ends the present block; its edges follow by ``addEdge(to:arguments:)``.
    @inline(__always) mutating func terminate(
        _ terminator: Terminator, condition: Value = .none, payload: UInt32 = 0
    ) {
        let block = graph.blocks.element(Int(block))
        block.pointee.end = UInt32(truncatingIfNeeded: graph.order.count)
        block.pointee.terminator = terminator
        block.pointee.condition = condition
        block.pointee.payload = payload
        block.pointee.origin = origin
        block.pointee.edgeStart = UInt32(truncatingIfNeeded: graph.edges.count)
    }

    /// Adds the next edge of the present block, which has ended.
    @inline(__always) mutating func addEdge(to target: BlockIndex, arguments: UInt32 = 0) {
        graph.edges.append(Edge(from: block, to: target, argumentStart: arguments))
        graph.blocks.element(Int(block)).pointee.edgeCount &+= 1
    }

    /// Notes that the present block passes arguments to another.
    @inline(__always) mutating func addIncoming(to target: BlockIndex, arguments: UInt32) {
        let head = incomingHeads.element(Int(target))
        incoming.append(Incoming(arguments: arguments, from: block, versions: versions, next: head.pointee))
        head.pointee = UInt32(truncatingIfNeeded: incoming.count &- 1)
    }

    /// Ends the present block with a two-way branch, whose edges follow.
    @inline(__always) mutating func terminateBranch(_ condition: Value) { terminate(.branch, condition: condition) }

    /// Ends the function with a trap.
    mutating func trapAlways(_ kind: TrapKind) {
        terminate(.trap, payload: UInt32(kind.rawValue))
        graph.blocks.element(Int(block)).pointee.isCold = true
    }
}
