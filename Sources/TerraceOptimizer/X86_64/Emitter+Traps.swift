// Trap sites, call sites, inlined ranges, and what stands behind the function for checks that fail.

import TerraceABI
import TerraceAssembler
import TerraceCode

extension Emitter {
    /// Of the present instruction.
    @inline(__always) var origin: Origin {
        instruction.node.isNone
            ? Origin(bytecodeOffset: 0, inlineNode: InlineNode.none) : graph.pointee.origins[instruction.node.position]
    }

    /// Code from here on comes from there.
    @inline(__always) mutating func enter(_ origin: Origin) {
        if origin.inlineNode != inlineNode { beginInlineRange(origin.inlineNode) }
    }

    @inline(never) private mutating func beginInlineRange(_ node: UInt32) {
        inlineNode = node
        inlineRanges.append(InlineRange(begin: BlockOffset(UInt32(bitPattern: assembler.offset)), node: node))
    }

    /// Notes that the next machine instruction accesses the instruction's address, and that a fault there is a trap.
    @inline(__always) mutating func noteFault(_ instruction: Instruction) {
        if instruction.flags.contains(.mayFault) { noteTrap(.memoryOutOfBounds, origin) }
    }

    /// Notes that the next machine instruction may fault, and what that means.
    @inline(__always) mutating func noteTrap(_ kind: TrapKind) { noteTrap(kind, origin) }

    @inline(__always) mutating func noteTrap(_ kind: TrapKind, _ origin: Origin) {
        noteSite(TrapSiteKind(kind), origin)
    }

    @inline(__always) private mutating func noteSite(_ kind: TrapSiteKind, _ origin: Origin) {
        enter(origin)
        traps.append(
            TrapSite(
                offset: BlockOffset(UInt32(bitPattern: assembler.offset)), kind: kind,
                bytecodeOffset: origin.bytecodeOffset))
    }

    /// Notes that a call returns here.
    mutating func noteCall(_ kind: CallSiteKind) {
        calls.append(
            CallSite(
                returnOffset: BlockOffset(UInt32(bitPattern: assembler.offset)), bytecodeOffset: origin.bytecodeOffset,
                kind: kind))
    }

    /// The label of a trap behind the function; one per kind and operator.
    mutating func trapLabel(_ kind: TrapSiteKind, _ origin: Origin) -> Label {
        if outOfLineTraps.count > 0 {
            let last = outOfLineTraps[outOfLineTraps.count &- 1]
            if last.kind == kind, last.origin.bytecodeOffset == origin.bytecodeOffset,
                last.origin.inlineNode == origin.inlineNode
            {
                return last.label
            }
        }
        let label = assembler.newLabel()
        outOfLineTraps.append(
            OutOfLineTrap(label: label, kind: kind, origin: origin, resume: label, resumes: false))
        return label
    }

    /// Jumps to a trap if the condition holds.
    mutating func trap(_ kind: TrapKind, if condition: FlagCondition) {
        let label = trapLabel(TrapSiteKind(kind), origin)
        switch condition {
        case .equalOrdered:
            let skip = assembler.newLabel()
            assembler.jccShort(.p, skip)
            assembler.jcc(.e, label)
            assembler.bind(skip)
        case .notEqualOrUnordered:
            assembler.jcc(.ne, label)
            assembler.jcc(.p, label)
        default: assembler.jcc(condition.condition, label)
        }
    }

    @inline(__always) mutating func trap(_ kind: TrapKind, if condition: Condition) {
        trap(kind, if: FlagCondition(condition))
    }

    /// Traps here and now.
    mutating func trapAlways(_ kind: TrapKind, _ origin: Origin) {
        noteTrap(kind, origin)
        assembler.ud2()
    }

    mutating func emitInterruptCheck() {
        let label = assembler.newLabel()
        let resume = assembler.newLabel()
        assembler.alu(.cmp, .qword, CallingConvention.stackPointer, instance(InstanceLayout.stackLimit))
        assembler.jcc(.b, label)
        assembler.bind(resume)
        outOfLineTraps.append(
            OutOfLineTrap(label: label, kind: .interruptCheck, origin: origin, resume: resume, resumes: true))
    }

    /// Emits everything that waits to stand behind the function.
    mutating func emitOutOfLine() {
        emitOutOfLinePieces()
        for index in 0..<outOfLineTraps.count {
            let trap = outOfLineTraps[index]
            assembler.bind(trap.label)
            noteSite(trap.kind, trap.origin)
            assembler.ud2()
            if trap.resumes { assembler.jmp(trap.resume) }
        }
    }
}
