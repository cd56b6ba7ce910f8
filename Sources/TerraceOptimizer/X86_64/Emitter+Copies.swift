// Blocks whose code is emitted once more in place of jumps to them: an interpreter's dispatch, so that each handler has a
// jump of its own that the processor predicts by itself, and short ways out of the function.
//
// Every edge to a block brings the same values into the same registers, so a copy is the same instructions and moves again.

import TerraceABI
import TerraceAssembler

extension Emitter {
    private static var smallestTable: Int32 { 8 }
    private static var fewestPredecessors: UInt32 { 4 }
    private static var largestDispatch: UInt32 { 16 }
    private static var largestReturn: UInt32 { 3 }
    /// Bytes of copies that one function may have.
    private static var largestCopies: Int32 { 12 << 10 }

    /// Marks the blocks that are copied.
    mutating func findCopied(_ count: Int) {
        isCopied.refill(count: count, with: false)
        tableLabels.refill(count: count, with: nil)
        copiedBytes = 0
        let copiesDispatch = allowance.isEnabled(.dispatch)
        let copiesReturns = allowance.isEnabled(.returns)
        guard copiesDispatch || copiesReturns else { return }
        for index in 1..<max(count, 1) {
            let block = machine.pointee.blocks[index]
            guard !block.isCold, block.start < block.end, block.predecessorCount > 1 else { continue }
            let last = machine.pointee.instructions[Int(block.end) &- 1]
            let length = block.end &- block.start
            if copiesDispatch, last.operation == MachineOperation.branchTable.rawValue,
                last.immediate > Self.smallestTable, block.predecessorCount >= Self.fewestPredecessors,
                length <= Self.largestDispatch
            {
                isCopied[index] = true
            } else if copiesReturns, last.operation == MachineOperation.return.rawValue, length <= Self.largestReturn {
                isCopied[index] = true
            }
        }
    }

    /// Emits a block's code in place of a jump to it, if it is one of those that are copied.
    mutating func emitCopy(of target: UInt32) -> Bool {
        guard isCopied[Int(target)], copiedBytes < Self.largestCopies else { return false }
        let before = assembler.offset
        let present = block
        block = Int(target)
        emitBlock()
        block = present
        copiedBytes &+= assembler.offset &- before
        return true
    }
}
