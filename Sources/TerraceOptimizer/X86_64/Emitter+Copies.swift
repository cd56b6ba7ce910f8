// Blocks whose code is emitted once more in place of jumps to them: an interpreter's dispatch, so that each handler has a
// jump of its own that the processor predicts by itself, and short ways out of the function.
//
// Every edge to a block brings the same values into the same registers, so a copy is the same instructions and moves again.

import TerraceABI
import TerraceAssembler
import TerraceCode

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
                last.immediate > Self.smallestTable, length <= Self.largestDispatch
            {
                markDispatch(index)
            } else if copiesReturns, last.operation == MachineOperation.return.rawValue, length <= Self.largestReturn {
                isCopied[index] = true
            }
        }
    }

    /// Marks a dispatch if enough ways lead there, and with it what stands between it and the handlers: a block that fetches
    /// the next instruction.
    private mutating func markDispatch(_ index: Int) {
        let block = machine.pointee.blocks[index]
        var ways: UInt32 = 0
        for place in Int(block.predecessorStart)..<Int(block.predecessorStart &+ block.predecessorCount) {
            let predecessor = Int(machine.pointee.predecessors[place])
            ways &+= isFetch(predecessor) ? machine.pointee.blocks[predecessor].predecessorCount : 1
        }
        guard ways >= Self.fewestPredecessors else { return }
        isCopied[index] = true
        for place in Int(block.predecessorStart)..<Int(block.predecessorStart &+ block.predecessorCount) {
            let predecessor = Int(machine.pointee.predecessors[place])
            if isFetch(predecessor) { isCopied[predecessor] = true }
        }
    }

    /// Whether a block is short, only jumps on, and many ways lead there.
    private func isFetch(_ index: Int) -> Bool {
        let block = machine.pointee.blocks[index]
        return index > 0 && !block.isCold && block.predecessorCount >= Self.fewestPredecessors
            && block.end &- block.start <= Self.largestDispatch && isJump(index)
    }

    /// Whether a block ends in a jump.
    @inline(__always) private func isJump(_ index: Int) -> Bool {
        let block = machine.pointee.blocks[index]
        return block.start < block.end
            && machine.pointee.instructions[Int(block.end) &- 1].operation == MachineOperation.jump.rawValue
    }

    /// More bytes than stand in place of the jump that ends a block.
    func largestCopy(atEndOf index: Int) -> Int32 {
        guard isJump(index) else { return 0 }
        let block = machine.pointee.blocks[index]
        let target = Int(finalTargets[Int(machine.pointee.successors[Int(block.successorStart)])])
        guard isCopied[target] else { return 0 }
        // A fetch is followed by its dispatch, a dispatch by nothing.
        return largestSize(target) &+ largestCopy(atEndOf: target)
    }

    /// Emits the tables of dispatches: addresses, for there is nothing to compute from them in each copy.
    mutating func emitDispatchTables() {
        for index in 0..<tableLabels.count where isCopied[index] {
            guard let table = tableLabels[index] else { continue }
            assembler.align(to: 8, with: .trap)
            assembler.bind(table)
            let instruction = machine.pointee.instructions[Int(machine.pointee.blocks[index].end) &- 1]
            for value in 0..<Int(instruction.immediate) &- 1 {
                let target = finalTargets[Int(machine.pointee.jumpTables[Int(instruction.payload) &+ value])]
                let position = assembler.position(of: labels[Int(target)])
                assembler.addRelocation(.absolute64, UInt32(bitPattern: position), at: assembler.offset)
                assembler.emit64(0)
            }
        }
    }

    /// Emits a block's code in place of a jump to it, if it is one of those that are copied.
    mutating func emitCopy(of target: UInt32) -> Bool {
        guard isCopied[Int(target)], copiedBytes < Self.largestCopies || isBeforeSaves else { return false }
        let before = assembler.offset
        let present = (block, round)
        block = Int(target)
        round = 0
        emitBlock()
        (block, round) = present
        copiedBytes &+= assembler.offset &- before
        return true
    }
}
