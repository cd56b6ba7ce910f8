// The function's beginning and its ends. A picture of the frame is in Documentation/Architecture.md, "Running code".

import TerraceABI
import TerraceAssembler
import TerraceCode
import TerraceCompilation

extension Emitter {
    /// General registers whose values the caller wants back.
    private var savedRegisters: UInt32 {
        graph.pointee.isLoopEntry ? CallingConvention.preservedMask : machine.pointee.usedPreserved
    }

    /// Frames up to so many bytes are entered before the stack limit is looked at.
    private static var smallFrame: Int32 { 1024 }

    /// What a frame may have that stands below the stack pointer: eight bytes of it are above.
    private static var redZone: Int32 { 128 }

    mutating func emitPrologue(_ bodyOffset: UInt32) {
        let bytes = (machine.pointee.frameBytes &+ machine.pointee.resultsAreaBytes &+ 15) & ~15
        frameBytes = bytes
        let origin = Origin(bytecodeOffset: bodyOffset, inlineNode: InlineNode.none)
        let scratch = CallingConvention.scratch
        if graph.pointee.isLoopEntry {
            // The frame stands already, and its preserved registers are saved; it becomes larger.
            assembler.lea(.qword, scratch, frame(0 &- bytes))
        } else {
            assembler.push(CallingConvention.framePointer)
            assembler.mov(.qword, CallingConvention.framePointer, CallingConvention.stackPointer)
            assembler.push(CallingConvention.instance)
            if isLeaf, bytes <= Self.smallFrame {
                // No signal writes into the 128 bytes below the stack pointer, and there is slack below the limit.
                if bytes > Self.redZone {
                    assembler.alu(.sub, .qword, CallingConvention.stackPointer, immediate: bytes &- 8)
                }
                if savesAt == 0 { savePreserved() }
                return
            }
            if bytes <= Self.smallFrame {
                // What a signal finds below the stack pointer is still the stack's, beyond its limit or not.
                assembler.alu(.sub, .qword, CallingConvention.stackPointer, immediate: bytes &- 8)
                assembler.alu(.cmp, .qword, CallingConvention.stackPointer, instance(InstanceLayout.stackLimit))
                assembler.jcc(.b, trapLabel(.stackLimit, origin))
                if savesAt == 0 { savePreserved() }
                return
            }
            assembler.lea(.qword, scratch, MemoryOperand(CallingConvention.stackPointer, 0 &- (bytes &- 8)))
        }
        assembler.alu(.cmp, .qword, scratch, instance(InstanceLayout.stackLimit))
        assembler.jcc(.b, trapLabel(.stackLimit, origin))
        assembler.mov(.qword, CallingConvention.stackPointer, scratch)
        if !graph.pointee.isLoopEntry, savesAt == 0 { savePreserved() }
    }

    /// Whether nothing is called and nothing is in the frame.
    var needsNoFrame: Bool {
        guard isLeaf, !graph.pointee.isLoopEntry, machine.pointee.usedPreserved == 0, signature.stackBytes == 0,
            graph.pointee.frameLocals.count == 0
        else { return false }
        for index in 0..<machine.pointee.locations.count where machine.pointee.locations[index].isSlot { return false }
        for index in 0..<machine.pointee.moves.count
        where machine.pointee.moves[index].from.isSlot || machine.pointee.moves[index].to.isSlot {
            return false
        }
        return true
    }

    // MARK: the caller's registers

    /// From the entry, so many blocks may go by before registers are saved.
    private static var mostEarlyBlocks: Int { 4 }

    /// Finds where the caller's registers are saved: where the first block begins that changes one, past branches whose other
    /// way soon leaves the function. Only a way that nothing else joins is gone down, so they are saved once.
    mutating func placeSaves(_ count: Int) {
        savesAt = 0
        isEarly.refill(count: count, with: false)
        guard allowance.isEnabled(.lateSaves), !graph.pointee.isLoopEntry, machine.pointee.usedPreserved != 0 else {
            return
        }
        var block = 0
        for _ in 0..<Self.mostEarlyBlocks {
            guard let next = blockBehindEarlyExit(block) else { break }
            isEarly[block] = true
            block = next
        }
        guard block > 0, allowance.allows(.lateSaves) else {
            isEarly.refill(count: count, with: false)
            return
        }
        savesAt = block
        finalTargets[block] = UInt32(truncatingIfNeeded: block)
    }

    /// If a block changes no preserved register and one of its two ways leaves the function without doing so: the other one.
    private mutating func blockBehindEarlyExit(_ index: Int) -> Int? {
        let block = machine.pointee.blocks[index]
        guard block.successorCount == 2, !changesPreserved(index),
            machine.pointee.instructions[Int(block.end) &- 1].operation == MachineOperation.branchIf.rawValue
        else { return nil }
        let first = Int(machine.pointee.successors[Int(block.successorStart)])
        let second = Int(machine.pointee.successors[Int(block.successorStart) &+ 1])
        if isEarlyExit(first) {
            noteEarlyExit(first)
            return second
        }
        if isEarlyExit(second) {
            noteEarlyExit(second)
            return first
        }
        return nil
    }

    private mutating func noteEarlyExit(_ index: Int) {
        isEarly[index] = true
        finalTargets[index] = UInt32(truncatingIfNeeded: index)
    }

    /// Whether a block returns, or jumps to one that does and whose code is copied there, and preserved registers stay.
    private func isEarlyExit(_ index: Int) -> Bool {
        let block = machine.pointee.blocks[index]
        guard block.predecessorCount == 1, !changesPreserved(index) else { return false }
        switch machine.pointee.instructions[Int(block.end) &- 1].operation {
        case MachineOperation.return.rawValue: return true
        case MachineOperation.jump.rawValue:
            let target = Int(machine.pointee.successors[Int(block.successorStart)])
            let end = Int(machine.pointee.blocks[target].end)
            return isCopied[target] && !changesPreserved(target)
                && machine.pointee.instructions[end &- 1].operation == MachineOperation.return.rawValue
        default: return false
        }
    }

    private func changesPreserved(_ index: Int) -> Bool {
        let block = machine.pointee.blocks[index]
        let preserved = CallingConvention.preservedMask
        for position in Int(block.start)..<Int(block.end) {
            let instruction = machine.pointee.instructions[position]
            let start = Int(instruction.operandStart)
            for operand in start..<start &+ Int(instruction.operandCount) {
                let location = machine.pointee.locations[operand]
                if location.rawValue < 32, preserved & 1 << location.rawValue != 0 { return true }
            }
        }
        var move = Int(moveStarts[index])
        while move < machine.pointee.moves.count, machine.pointee.moves[move].position < block.end {
            let to = machine.pointee.moves[move].to
            let from = machine.pointee.moves[move].from
            if to.rawValue < 32, preserved & 1 << to.rawValue != 0 { return true }
            if from.rawValue < 32, preserved & 1 << from.rawValue != 0 { return true }
            move &+= 1
        }
        return false
    }

    /// Keeps the caller's values of the preserved registers.
    mutating func savePreserved() {
        for index in 0..<CallingConvention.preserved.count {
            let register = CallingConvention.preserved[index]
            guard savedRegisters & 1 << UInt32(register.rawValue) != 0 else { continue }
            assembler.mov(.qword, frame(CallingConvention.preservedOffset &- 8 &* Int32(index)), register)
        }
    }

    /// Gives the caller its values of the preserved registers back. Changes no flags.
    mutating func restorePreserved() {
        for index in 0..<CallingConvention.preserved.count {
            let register = CallingConvention.preserved[index]
            guard savedRegisters & 1 << UInt32(register.rawValue) != 0 else { continue }
            assembler.mov(.qword, register, frame(CallingConvention.preservedOffset &- 8 &* Int32(index)))
        }
    }

    /// Leaves the function; its results are in place.
    mutating func emitReturn() {
        if !isFrameless {
            if !isBeforeSaves { restorePreserved() }
            assembler.leave()
        }
        if signature.stackBytes == 0 {
            assembler.ret()
        } else {
            assembler.ret(pop: UInt16(truncatingIfNeeded: signature.stackBytes))
        }
    }
}
