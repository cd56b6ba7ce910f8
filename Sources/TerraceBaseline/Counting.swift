// Code that prepares for a second tier: it counts how much of it runs, lets a running loop go on in better code, and notes whom
// indirect calls call. All of it is left out where there is no second tier.
//
// A loop's counter stands in for its interrupt check: when it is below zero the runtime looks for interrupts, and that is often
// enough whatever the loop does. Only what the runtime does at the loop's own operators takes time that no counter knows.

import TerraceABI
import TerraceAssembler
import TerraceCode
import TerraceCompilation

/// The cold half of the count of calls.
struct PendingCallCount: BitwiseCopyable {
    var label: Label
    var resume: Label
    var bytecodeOffset: UInt32
}

/// The cold half of a loop's counter.
struct PendingLoopCount: BitwiseCopyable {
    var label: Label
    var resume: Label
    var bytecodeOffset: UInt32
    /// -1: the loop cannot be entered elsewhere.
    var loop: Int32
    /// Where the locals are at the header.
    var state: LocalState
    /// Operands below the loop that are not in their slots: a part of ``BaselineCompiler/pendingConstants``.
    var firstConstant: Int32
    var endOfConstants: Int32
}

/// The cold half of an indirect call's count.
struct PendingTargetCount: BitwiseCopyable {
    var label: Label
    var resume: Label
    var profileOffset: Int32
}

extension BaselineCompiler {
    /// Largest number of bytes that one step of a counter subtracts.
    private static var largestStep: Int32 { 1 << 20 }
    /// A loop with more operands below it, or more constants among them, is not entered elsewhere: the cold half would grow with
    /// the height of the stack.
    private static var operandsBelowLoop: Int { 64 }
    private static var constantsBelowLoop: Int { 16 }

    private func tieringRecord(_ field: Int32) -> MemoryOperand {
        .ripRelative(.tieringRecord, functionIndex, addend: field)
    }

    // MARK: calls

    /// Counts a call. The frame is there, the arguments are where the caller put them.
    mutating func countCall(codeBytes: Int) {
        let step = Int32(clamping: max(1, prescan.bytesPerCall(bodyBytes: codeBytes)))
        let check = PendingCallCount(
            label: assembler.newLabel(), resume: assembler.newLabel(), bytecodeOffset: bytecodeOffset)
        assembler.alu(
            .sub, .dword, tieringRecord(TieringRecordLayout.calls), immediate: min(step, Self.largestStep))
        assembler.jcc(.s, check.label)
        assembler.bind(check.resume)
        pendingCallCount = check
    }

    private mutating func emitPendingCallCount() {
        guard let check = pendingCallCount else { return }
        pendingCallCount = nil
        operatorOffset = Int(check.bytecodeOffset)
        assembler.bind(check.label)
        assembler.movImmediate(.r10, UInt64(functionIndex))
        callBuiltinStub(.tierUpCall)
        assembler.jmp(check.resume)
    }

    // MARK: loops

    /// Counts a round of a loop whose header begins here.
    mutating func countRound(_ summary: LoopSummary, number: Int, below height: Int) {
        if summary.hasBulkOperator { emitInterruptCheck() }
        let first = Int32(truncatingIfNeeded: pendingConstants.count)
        var isEnterable = height <= Self.operandsBelowLoop
        if isEnterable {
            for index in 0..<height where stack[index].kind == .constant { pendingConstants.append(stack[index]) }
            if pendingConstants.count &- Int(first) > Self.constantsBelowLoop {
                pendingConstants.count = Int(first)
                isEnterable = false
            }
        }
        let check = PendingLoopCount(
            label: assembler.newLabel(), resume: assembler.newLabel(), bytecodeOffset: bytecodeOffset,
            loop: isEnterable ? Int32(truncatingIfNeeded: number) : -1, state: locals,
            firstConstant: first, endOfConstants: Int32(truncatingIfNeeded: pendingConstants.count))
        let counter = summary.containsLoops ? TieringRecordLayout.outerLoops : TieringRecordLayout.loops
        let step = min(Int32(clamping: max(1, summary.bytesPerRound)), Self.largestStep)
        assembler.alu(.sub, .dword, tieringRecord(counter), immediate: step)
        assembler.jcc(.s, check.label)
        assembler.bind(check.resume)
        pendingLoopCounts.append(check)
    }

    /// Everything into its slot, then the runtime; if that comes back, everything into its register again.
    private mutating func emit(_ check: PendingLoopCount) {
        assembler.bind(check.label)
        operatorOffset = Int(check.bytecodeOffset)
        saveUnusedPreserved()
        var stores = check.state.inRegister & ~check.state.inMemory
        while stores != 0 {
            storeHome(homes[Int(pinnedLocals[stores.trailingZeroBitCount])])
            stores &= stores &- 1
        }
        for index in Int(check.firstConstant)..<Int(check.endOfConstants) {
            let entry = pendingConstants[index]
            storeConstant(entry.value, entry.type, frame(entry.slot))
        }
        assembler.movImmediate(.rsi, UInt64(functionIndex))
        assembler.movImmediate(.rdx, UInt64(UInt32(bitPattern: check.loop)))
        assembler.mov(.qword, .rcx, CallingConvention.framePointer)
        callBuiltinStub(.tierUpLoop)
        loadLocals(check.state.inRegister & ~CallingConvention.preservedMask)
        assembler.jmp(check.resume)
    }

    private mutating func loadLocals(_ bits: UInt32) {
        var loads = bits
        while loads != 0 {
            loadHome(homes[Int(pinnedLocals[loads.trailingZeroBitCount])])
            loads &= loads &- 1
        }
    }

    // MARK: callees

    /// Counts the callee of the present operator. Its reference is in rax, the arguments are in their places; destroys r10 and
    /// r11.
    mutating func countTarget(_ reference: GeneralRegister, mayBeNull: Bool) {
        guard isCounting, let site = prescan.indirectCallNumber(at: operatorOffset),
            site < CallSiteProfileLayout.maximumSites
        else { return }
        let scratch = CallingConvention.scratch
        let check = PendingTargetCount(
            label: assembler.newLabel(), resume: assembler.newLabel(),
            profileOffset: Int32(truncatingIfNeeded: site &* CallSiteProfileLayout.size))
        assembler.mov(.qword, scratch, tieringRecord(TieringRecordLayout.callSites))
        if mayBeNull { noteTrap(.nullReference) }
        assembler.mov(.dword, .r10, MemoryOperand(reference, FunctionReferenceLayout.functionIndex))
        assembler.alu(
            .cmp, .dword, .r10, MemoryOperand(scratch, check.profileOffset &+ CallSiteProfileLayout.function(0)))
        assembler.jcc(.ne, check.label)
        assembler.inc(.dword, MemoryOperand(scratch, check.profileOffset &+ CallSiteProfileLayout.count(0)))
        assembler.bind(check.resume)
        pendingTargetCounts.append(check)
    }

    private mutating func emit(_ check: PendingTargetCount) {
        assembler.bind(check.label)
        assembler.lea(
            .qword, CallingConvention.scratch, MemoryOperand(CallingConvention.scratch, check.profileOffset))
        assembler.mov(.qword, .r10, instance(InstanceLayout.builtinStubs))
        assembler.call(MemoryOperand(.r10, Int32(8 * BuiltinStubTable.recordCallTarget)))
        assembler.jmp(check.resume)
    }

    /// Emits all cold halves.
    mutating func emitPendingCounts() {
        emitPendingCallCount()
        for index in 0..<pendingLoopCounts.count { emit(pendingLoopCounts[index]) }
        for index in 0..<pendingTargetCounts.count { emit(pendingTargetCounts[index]) }
    }
}
