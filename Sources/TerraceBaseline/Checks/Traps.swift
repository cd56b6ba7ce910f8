// Trap sites of compiled code, and the cold instructions behind a function's end that checks jump to.

import TerraceABI
import TerraceAssembler
import TerraceCode

/// A trap instruction to emit behind the function.
struct PendingTrap: BitwiseCopyable {
    var label: Label
    var kind: TrapSiteKind
    var bytecodeOffset: UInt32
}

/// The cold half of what comes back: a loop's interrupt check, the count of calls.
struct PendingDetour: BitwiseCopyable {
    var label: Label
    var resume: Label
    var bytecodeOffset: UInt32
}

extension BaselineCompiler {
    @inline(__always) var bytecodeOffset: UInt32 { UInt32(truncatingIfNeeded: operatorOffset) }

    /// Notes that the next instruction may fault, and what that means.
    @inline(__always) mutating func noteTrap(_ kind: TrapKind) { noteSite(TrapSiteKind(kind)) }

    @inline(__always) private mutating func noteSite(_ kind: TrapSiteKind) {
        traps.append(
            TrapSite(
                offset: BlockOffset(UInt32(bitPattern: assembler.offset)), kind: kind, bytecodeOffset: bytecodeOffset))
    }

    /// Emits a jump to a trap, taken if the condition holds.
    @inline(__always) mutating func trap(_ kind: TrapKind, if condition: Condition) {
        fail(TrapSiteKind(kind), if: condition)
    }

    /// Emits a jump to a check's failure, taken if the condition holds.
    @inline(__always) mutating func fail(_ kind: TrapSiteKind, if condition: Condition) {
        assembler.jcc(condition, trapLabel(kind))
    }

    /// The label of a trap of the present operator; one per kind and operator.
    private mutating func trapLabel(_ kind: TrapSiteKind) -> Label {
        if pendingTraps.count > 0 {
            let last = pendingTraps[pendingTraps.count &- 1]
            if last.kind == kind, last.bytecodeOffset == bytecodeOffset { return last.label }
        }
        let label = assembler.newLabel()
        pendingTraps.append(PendingTrap(label: label, kind: kind, bytecodeOffset: bytecodeOffset))
        return label
    }

    /// Emits a trap here and now.
    mutating func trapAlways(_ kind: TrapKind) { failAlways(TrapSiteKind(kind)) }

    private mutating func failAlways(_ kind: TrapSiteKind) {
        noteSite(kind)
        assembler.ud2()
    }

    /// The check in a loop's header; see Documentation/Architecture.md, "Running code".
    mutating func emitInterruptCheck() {
        let check = PendingDetour(
            label: assembler.newLabel(), resume: assembler.newLabel(), bytecodeOffset: bytecodeOffset)
        assembler.alu(.cmp, .qword, CallingConvention.stackPointer, instance(InstanceLayout.stackLimit))
        assembler.jcc(.b, check.label)
        assembler.bind(check.resume)
        pendingInterruptChecks.append(check)
    }

    /// Emits everything that waits to stand behind the function.
    mutating func emitOutOfLine() {
        for index in 0..<pendingTraps.count {
            let pending = pendingTraps[index]
            assembler.bind(pending.label)
            operatorOffset = Int(pending.bytecodeOffset)
            failAlways(pending.kind)
        }
        for index in 0..<pendingInterruptChecks.count {
            let pending = pendingInterruptChecks[index]
            assembler.bind(pending.label)
            operatorOffset = Int(pending.bytecodeOffset)
            failAlways(.interruptCheck)
            assembler.jmp(pending.resume)
        }
        if isCounting { emitPendingCounts() }
    }
}
