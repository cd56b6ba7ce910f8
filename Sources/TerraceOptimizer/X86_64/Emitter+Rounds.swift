// Small loops whose code stands several times in a row, a round after the other. Only the first of them looks whether it shall
// stop, and the way back is a jump only at the end of the last. As with all copies, every edge brings the same values into the
// same registers, so each round is the same instructions and moves.

import TerraceABI
import TerraceAssembler
import TerraceCompilation

/// How often the code of a loop stands there.
struct LoopRounds: BitwiseCopyable {
    /// 1 if it is not copied.
    var count: UInt32 = 1
    /// Blocks of one round.
    var length: UInt32 = 0
    /// The first unit of the second round: all further ones have numbers behind it.
    var firstUnit: UInt32 = 0
    /// Where the first round begins in ``Emitter/order``.
    var position: UInt32 = 0
}

extension Emitter {
    /// Instructions and moves that all rounds together may have.
    private static var largestRounds: Int { 72 }
    private static var mostRounds: Int { 4 }
    private static var mostBlocks: Int { 8 }
    /// Units that copies may add to one function.
    private static var mostUnits: Int { 4096 }

    /// Prepares for ``copyRounds(_:)``: no loop is copied yet.
    mutating func resetRounds(_ count: Int) {
        unitBlocks.refill(count: count, with: 0)
        for index in 0..<count { unitBlocks[index] = UInt32(truncatingIfNeeded: index) }
        rounds.refill(count: machine.pointee.loops.count, with: LoopRounds())
        hasInner.refill(count: machine.pointee.loops.count, with: false)
        for index in 0..<machine.pointee.loops.count {
            let parent = machine.pointee.loops[index].parent
            if parent != Loop.none { hasInner[Int(parent)] = true }
        }
    }

    /// The loop's first round has just been appended to the order, from `position` on: appends the further ones.
    mutating func copyRounds(_ loop: UInt32, from position: Int) {
        let length = order.count &- position
        guard !hasInner[Int(loop)], length > 0, length <= Self.mostBlocks,
            order[position] == machine.pointee.loops[Int(loop)].first, looksForInterrupts(order[position]),
            unitBlocks.count &- machine.pointee.blocks.count < Self.mostUnits
        else { return }
        var size = 0
        for place in position..<order.count {
            let block = machine.pointee.blocks[Int(order[place])]
            size &+= Int(block.end &- block.start)
            guard size &* 2 <= Self.largestRounds else { return }
            for index in Int(block.start)..<Int(block.end) {
                let instruction = machine.pointee.instructions[index]
                if MachineOperation.leaves(instruction)
                    || instruction.operation == MachineOperation.branchTable.rawValue
                {
                    return
                }
            }
            var move = Int(moveStarts[Int(order[place])])
            while move < machine.pointee.moves.count, machine.pointee.moves[move].position < block.end {
                move &+= 1
                size &+= 1
            }
        }
        let count = min(Self.mostRounds, Self.largestRounds / size)
        guard count > 1, allowance.allows(.rounds) else { return }
        rounds[Int(loop)] = LoopRounds(
            count: UInt32(count), length: UInt32(length), firstUnit: UInt32(unitBlocks.count),
            position: UInt32(position))
        for _ in 1..<count {
            for place in position..<position &+ length {
                order.append(UInt32(unitBlocks.count))
                unitBlocks.append(order[place])
                labels.append(assembler.newLabel())
            }
        }
    }

    /// Whether a block looks whether execution shall stop. Then no way around the loop misses that.
    private func looksForInterrupts(_ index: UInt32) -> Bool {
        let block = machine.pointee.blocks[Int(index)]
        for position in Int(block.start)..<Int(block.end)
        where machine.pointee.instructions[position].operation == MachineOperation.interruptCheck.rawValue {
            return true
        }
        return false
    }

    /// The unit that a jump to a block leads to: within a copied loop to one of the same round, or to the next round.
    @inline(__always) func unit(of target: UInt32) -> UInt32 {
        let loop = machine.pointee.blocks[Int(target)].loop
        guard loop != Loop.none, rounds[Int(loop)].count > 1, machine.pointee.blocks[block].loop == loop else {
            return target
        }
        return unit(of: target, rounds[Int(loop)])
    }

    private func unit(of target: UInt32, _ rounds: LoopRounds) -> UInt32 {
        // Cold blocks stand apart, and once: the way on from there is the first round's.
        guard !machine.pointee.blocks[block].isCold, !machine.pointee.blocks[Int(target)].isCold else { return target }
        var round = self.round
        if machine.pointee.blocks[Int(target)].isLoopHeader {
            round = round &+ 1 == rounds.count ? 0 : round &+ 1
        }
        guard round > 0 else { return target }
        var offset: UInt32 = 0
        while order[Int(rounds.position &+ offset)] != target { offset &+= 1 }
        return rounds.firstUnit &+ (round &- 1) &* rounds.length &+ offset
    }

    /// Which round of its loop a unit belongs to, from 0.
    @inline(__always) func round(ofUnit unit: UInt32) -> UInt32 {
        guard Int(unit) >= machine.pointee.blocks.count else { return 0 }
        let rounds = self.rounds[Int(machine.pointee.blocks[Int(unitBlocks[Int(unit)])].loop)]
        return (unit &- rounds.firstUnit) / rounds.length &+ 1
    }
}
