// The walk of emission: blocks in the order of their code, moves in front of instructions, and the ways from block to block.

import TerraceABI
import TerraceAssembler
import TerraceCode
import TerraceCompilation

extension Emitter {
    /// Emits the whole function. The machine function is allocated.
    mutating func emit(_ signature: MachineSignature, bodyOffset: UInt32) {
        reset()
        self.signature = signature
        let machine = self.machine
        let count = machine.pointee.blocks.count
        findMoves(count)
        findTargets(count)
        orderBlocks(count)
        boundBlocks(count)
        findCopied(count)
        emitPrologue(bodyOffset)
        for position in 0..<order.count {
            block = Int(order[position])
            following = position &+ 1 < order.count ? order[position &+ 1] : .max
            assembler.bind(labels[block])
            flagsOffset = -1
            emitBlock()
        }
        emitOutOfLine()
        endOfCode = assembler.offset
        assembler.finish()
    }

    /// Where the moves of each block begin.
    private mutating func findMoves(_ count: Int) {
        moveStarts.refill(count: count, with: 0)
        var move = 0
        for index in 0..<count {
            moveStarts[index] = UInt32(truncatingIfNeeded: move)
            let end = machine.pointee.blocks[index].end
            while move < machine.pointee.moves.count, machine.pointee.moves[move].position < end { move &+= 1 }
        }
    }

    /// Whether a block has nothing but its way on.
    private func isEmpty(_ index: Int) -> Bool {
        let block = machine.pointee.blocks[index]
        guard block.start &+ 1 == block.end, !block.isLoopHeader,
            machine.pointee.instructions[Int(block.start)].operation == MachineOperation.jump.rawValue
        else { return false }
        let move = Int(moveStarts[index])
        return move >= machine.pointee.moves.count || machine.pointee.moves[move].position != block.start
    }

    private mutating func findTargets(_ count: Int) {
        finalTargets.refill(count: count, with: 0)
        labels.refill(count: count, with: assembler.newLabel())
        var index = count
        while index > 0 {
            index &-= 1
            labels[index] = assembler.newLabel()
            var target = UInt32(truncatingIfNeeded: index)
            if index > 0, isEmpty(index) {
                let next = machine.pointee.successors[Int(machine.pointee.blocks[index].successorStart)]
                // Edges back end the search, so that it ends.
                target = next > target ? finalTargets[Int(next)] : next
            }
            finalTargets[index] = target
        }
    }

    /// Blocks that have code: cold ones behind the others.
    private mutating func orderBlocks(_ count: Int) {
        order.count = 0
        var hasCold = false
        for index in 0..<count {
            guard index == 0 || finalTargets[index] == UInt32(truncatingIfNeeded: index) else { continue }
            if index > 0, machine.pointee.blocks[index].isCold {
                hasCold = true
            } else {
                order.append(UInt32(truncatingIfNeeded: index))
            }
        }
        guard hasCold else { return }
        for index in 1..<count
        where machine.pointee.blocks[index].isCold && finalTargets[index] == UInt32(truncatingIfNeeded: index) {
            order.append(UInt32(truncatingIfNeeded: index))
        }
    }

    /// Emits the present block.
    mutating func emitBlock() {
        let machine = self.machine
        let block = machine.pointee.blocks[self.block]
        nextMove = Int(moveStarts[self.block])
        for index in Int(block.start)..<Int(block.end) {
            while nextMove < machine.pointee.moves.count,
                machine.pointee.moves[nextMove].position == UInt32(truncatingIfNeeded: index)
            {
                emit(machine.pointee.moves[nextMove])
                nextMove &+= 1
            }
            instruction = machine.pointee.instructions[index]
            firstOperand = Int(instruction.operandStart)
            emitInstruction()
            if keepsNotes { noteInstruction(index) }
        }
    }

    // MARK: ways on

    /// The block that successor number `index` of the present one leads to in the end.
    @inline(__always) private func successor(_ index: Int) -> UInt32 {
        let block = machine.pointee.blocks[self.block]
        return finalTargets[Int(machine.pointee.successors[Int(block.successorStart) &+ index])]
    }

    @inline(__always) private mutating func jump(_ target: UInt32) {
        guard target != following else { return }
        if isNear(target) {
            assembler.jmpShort(labels[Int(target)])
        } else {
            assembler.jmp(labels[Int(target)])
        }
    }

    @inline(__always) private mutating func jump(_ target: UInt32, if condition: Condition) {
        if isNear(target) {
            assembler.jccShort(condition, labels[Int(target)])
        } else {
            assembler.jcc(condition, labels[Int(target)])
        }
    }

    mutating func emitJump() {
        let target = successor(0)
        if target != following, emitCopy(of: target) { return }
        jump(target)
    }

    /// To successor 0 if the condition holds, else to successor 1.
    mutating func emitBranch(_ condition: FlagCondition) {
        let taken = successor(0)
        let other = successor(1)
        if taken == other {
            jump(taken)
        } else if taken == following {
            jump(condition.inverted, taken: other, other: taken)
        } else {
            jump(condition, taken: taken, other: other)
            jump(other)
        }
    }

    /// To `taken` if the condition holds; if not goes on, or to `other`.
    private mutating func jump(_ condition: FlagCondition, taken: UInt32, other: UInt32) {
        switch condition {
        case .equalOrdered:
            // Where it is unordered it is also "equal".
            jump(other, if: .p)
            jump(taken, if: .e)
        case .notEqualOrUnordered:
            jump(taken, if: .ne)
            jump(taken, if: .p)
        default: jump(taken, if: condition.condition)
        }
    }

    // MARK: distances

    /// Bounds, for each block that has code, how far behind the first block its code begins.
    private mutating func boundBlocks(_ count: Int) {
        bounds.refill(count: count, with: 0)
        var bytes: Int32 = 0
        isLeaf = true
        for position in 0..<order.count {
            let index = Int(order[position])
            bounds[index] = bytes
            bytes &+= largestSize(index)
        }
    }

    /// More bytes than a block's code has. Notes calls as well.
    private mutating func largestSize(_ index: Int) -> Int32 {
        let block = machine.pointee.blocks[index]
        var bytes: Int32 = 12
        for position in Int(block.start)..<Int(block.end) {
            let instruction = machine.pointee.instructions[position]
            bytes &+= MachineOperation.largestSize(instruction)
            if MachineOperation.leaves(instruction) { isLeaf = false }
        }
        var move = Int(moveStarts[index])
        while move < machine.pointee.moves.count, machine.pointee.moves[move].position < block.end {
            bytes &+= machine.pointee.moves[move].from.isRegister || machine.pointee.moves[move].to.isRegister ? 10 : 20
            move &+= 1
        }
        return bytes
    }

    /// Whether a block that is still to come is surely within reach of a short jump at the end of the present one.
    private func isNear(_ target: UInt32) -> Bool {
        guard following != .max else { return false }
        let distance = bounds[Int(target)] &- bounds[Int(following)]
        // What the present block still has to emit, a second jump, is accounted for.
        return distance >= 0 && distance <= 127 &- 12
    }

    /// A jump by a table in the code, or a few comparisons.
    mutating func emitBranchTable() {
        let count = Int(instruction.immediate)
        let first = Int(instruction.payload)
        let index = general(0)
        let fallback = finalTargets[Int(machine.pointee.jumpTables[first &+ count &- 1])]
        if count <= 4 {
            for value in 0..<count &- 1 {
                let target = finalTargets[Int(machine.pointee.jumpTables[first &+ value])]
                if value == 0 {
                    assembler.test(.dword, index, index)
                } else {
                    assembler.alu(.cmp, .dword, index, immediate: Int32(value))
                }
                assembler.jcc(.e, labels[Int(target)])
            }
            jump(fallback)
            return
        }
        let target = general(1)
        // A copy of the block jumps by the same table.
        let isFirst = tableLabels[block] == .none
        let table = isFirst ? assembler.newLabel() : tableLabels[block].unsafelyUnwrapped
        tableLabels[block] = table
        assembler.alu(.cmp, .dword, index, immediate: Int32(truncatingIfNeeded: count &- 1))
        assembler.jcc(.ae, labels[Int(fallback)])
        assembler.lea(.qword, target, .ripRelative(table))
        assembler.movsx(from: .dword, to: .qword, CallingConvention.scratch, MemoryOperand(target, index, 4, 0))
        assembler.alu(.add, .qword, target, CallingConvention.scratch)
        assembler.jmp(target)
        guard isFirst else { return }
        assembler.align(to: 4, with: .trap)
        assembler.bind(table)
        for value in 0..<count &- 1 {
            let block = finalTargets[Int(machine.pointee.jumpTables[first &+ value])]
            assembler.jumpTableEntry(labels[Int(block)], relativeTo: table)
        }
        if keepsNotes { emittedTables.append(EmittedTable(start: assembler.offset(of: table), end: assembler.offset)) }
    }
}
