// Calls of every kind, and tail calls. Arguments are in their places; what is left is the way to the callee's code, and the
// change of instance.

import TerraceABI
import TerraceAssembler
import TerraceCode
import TerraceCompilation
import WasmFormat

extension Emitter {
    private var call: CallInfo { graph.pointee.calls[Int(instruction.payload)] }

    /// Gives the callee its results area, if it has more than one result: the frame's end, above its stack arguments.
    private mutating func passResultsArea(_ signature: MachineSignature) {
        guard signature.resultCount > 1 else { return }
        assembler.lea(
            .qword, CallingConvention.resultsArea,
            MemoryOperand(CallingConvention.stackPointer, signature.stackBytes))
    }

    mutating func emitCallFunction() {
        guard case .function(let index) = call.target else { return fail("a call of something else") }
        passResultsArea(tables.signatures[Int(call.typeIndex)])
        assembler.call(.ripRelative(.entryCell, index))
        noteCall(.direct)
    }

    mutating func emitCallImport() {
        let reference = CallingConvention.scratch
        assembler.mov(.qword, reference, instance(instruction.displacement))
        callReference(in: reference, kind: .import)
    }

    mutating func emitCallReference() {
        let call = self.call
        let reference = general(Int(instruction.operandCount) &- 1)
        if case .reference(isChecked: false) = call.target { noteTrap(.nullReference) }
        callReference(in: reference, kind: call.isIndirect ? .indirect : .reference)
    }

    /// Calls what a function reference in a register means, in its instance, and comes back to ours.
    private mutating func callReference(in reference: GeneralRegister, kind: CallSiteKind) {
        // A null reference faults at its instance field.
        assembler.mov(
            .qword, CallingConvention.instance, MemoryOperand(reference, FunctionReferenceLayout.instance))
        assembler.mov(.qword, CallingConvention.scratch, MemoryOperand(reference, FunctionReferenceLayout.cell))
        assembler.mov(.qword, CallingConvention.memoryBase, instance(InstanceLayout.memory0Base))
        passResultsArea(tables.signatures[Int(call.typeIndex)])
        assembler.call(MemoryOperand(CallingConvention.scratch, 0))
        noteCall(kind)
        assembler.mov(.qword, CallingConvention.instance, frame(CallingConvention.frameInstance))
        assembler.mov(.qword, CallingConvention.memoryBase, instance(InstanceLayout.memory0Base))
    }

    // MARK: builtins

    private mutating func callBuiltinStub(_ builtin: Builtin) {
        assembler.mov(.qword, CallingConvention.scratch, instance(InstanceLayout.builtinStubs))
        assembler.call(MemoryOperand(CallingConvention.scratch, Int32(8 * builtin.rawValue)))
        noteCall(.builtin)
    }

    mutating func emitCallBuiltin() {
        let call = self.call
        guard case .builtin(let builtin) = call.target else { return fail("a call of something else") }
        callBuiltinStub(builtin)
        if instruction.operandCount > 0, machine.pointee.operands[firstOperand].role == .define,
            operandType(0) == .i32
        {
            // An i32 in a register has no upper half; the runtime may answer with -1.
            assembler.mov(.dword, CallingConvention.generalResult, CallingConvention.generalResult)
        }
    }

    mutating func emitSignatureCheck() {
        let reference = general(0)
        let type = MemoryOperand(reference, FunctionReferenceLayout.typeID)
        noteTrap(.uninitializedElement)
        if instruction.immediate == 0 {
            assembler.alu(.cmp, .dword, type, relocated: .typeID, instruction.payload)
            trap(.indirectCallTypeMismatch, if: .ne)
            return
        }
        // Equal ids pass, others ask the runtime.
        let matches = assembler.newLabel()
        assembler.mov(.dword, .rsi, type)
        assembler.alu(.cmp, .dword, .rsi, relocated: .typeID, instruction.payload)
        assembler.jcc(.e, matches)
        assembler.movImmediate(.rdx, relocated: .typeID, instruction.payload)
        callBuiltinStub(.isSubtype)
        assembler.test(.dword, .rax, .rax)
        trap(.indirectCallTypeMismatch, if: .e)
        assembler.bind(matches)
    }

    // MARK: tail calls

    mutating func emitTailCall(_ operation: MachineOperation) {
        let call = self.call
        let callee = tables.signatures[Int(call.typeIndex)]
        switch operation {
        case .tailCallFunction:
            guard case .function(let index) = call.target else { return fail("a call of something else") }
            removeFrame(callee)
            assembler.jmp(.ripRelative(.entryCell, index))
            return
        case .tailCallImport: assembler.mov(.qword, .r10, instance(instruction.displacement))
        default:
            if case .reference(isChecked: false) = call.target { noteTrap(.nullReference, blockOrigin) }
        }
        let other = assembler.newLabel()
        // A null reference faults at its instance field.
        assembler.alu(
            .cmp, .qword, CallingConvention.instance, MemoryOperand(.r10, FunctionReferenceLayout.instance))
        assembler.jcc(.ne, other)
        assembler.mov(.qword, .r10, MemoryOperand(.r10, FunctionReferenceLayout.cell))
        removeFrame(callee)
        assembler.jmp(MemoryOperand(.r10, 0))
        assembler.bind(other)
        emitCrossInstanceTailCall(callee)
    }

    /// Takes down this function's frame, its return address and stack arguments moved to where the callee expects them. Uses
    /// only registers that are neither arguments nor r10 nor the results area's.
    private mutating func removeFrame(_ callee: MachineSignature) {
        restorePreserved()
        let own = self.signature.stackBytes
        if own == 0, callee.stackBytes == 0 {
            assembler.leave()
            return
        }
        let returnAddress = VectorRegister.xmm13
        let callerFrame = VectorRegister.xmm14
        let area = CallingConvention.incomingArguments &+ own &- callee.stackBytes
        assembler.movsd(returnAddress, frame(8))
        assembler.movsd(callerFrame, frame(0))
        moveArguments(callee, to: area)
        assembler.movsd(frame(area &- 8), returnAddress)
        assembler.lea(.qword, CallingConvention.stackPointer, frame(area &- 8))
        assembler.movq(CallingConvention.framePointer, callerFrame)
    }

    /// From how many words on a loop is shorter than a move each.
    private static var shortestLoop: Int32 { 12 }

    /// Moves the stack arguments, which begin at the stack pointer, up to an offset from the frame pointer. Targets are above
    /// their sources, so the last goes first.
    private mutating func moveArguments(_ callee: MachineSignature, to area: Int32) {
        let scratch = CallingConvention.scratch
        let vector = CallingConvention.vectorScratch
        if callee.stackBytes >= 8 * Self.shortestLoop {
            assembler.movImmediate(scratch, UInt64(callee.stackBytes))
            let loop = assembler.newLabel()
            assembler.bind(loop)
            assembler.movsd(vector, MemoryOperand(CallingConvention.stackPointer, scratch, 1, -8))
            assembler.movsd(MemoryOperand(CallingConvention.framePointer, scratch, 1, area &- 8), vector)
            assembler.alu(.sub, .qword, scratch, immediate: 8)
            assembler.jcc(.ne, loop)
            return
        }
        var offset = callee.stackBytes &- 8
        while offset >= 0 {
            assembler.movsd(vector, MemoryOperand(CallingConvention.stackPointer, offset))
            assembler.movsd(frame(area &+ offset), vector)
            offset &-= 8
        }
    }

    /// The tail call into another instance; the reference is in r10, arguments are in place.
    ///
    /// Our caller expects its own instance back, which the callee does not know. So this function's frame becomes a return
    /// frame: its header stays, and the callee returns to the shared tail-call-return stub, which reads it. If this function
    /// was entered through such a frame itself, that one serves, so that chains of tail calls need no more stack than one
    /// frame.
    private mutating func emitCrossInstanceTailCall(_ callee: MachineSignature) {
        let scratch = CallingConvention.scratch
        let stub = VectorRegister.xmm14
        let reuse = assembler.newLabel()
        assembler.mov(.qword, scratch, instance(InstanceLayout.builtinStubs))
        assembler.mov(.qword, scratch, MemoryOperand(scratch, Int32(8 * BuiltinStubTable.tailCallReturn)))
        assembler.alu(.cmp, .qword, scratch, frame(8))
        assembler.jcc(.e, reuse)
        restorePreserved()
        assembler.movImmediate(.dword, frame(CallingConvention.returnFrameStackBytes), signature.stackBytes)
        if callee.stackBytes > 0 {
            // Up to right below the header.
            assembler.movq(stub, scratch)
            moveArguments(callee, to: CallingConvention.returnFrameStackBytes &- callee.stackBytes)
            assembler.movq(scratch, stub)
        }
        assembler.lea(
            .qword, CallingConvention.stackPointer,
            frame(CallingConvention.returnFrameStackBytes &- callee.stackBytes))
        assembler.push(scratch)
        assembler.jumpToReference()
        assembler.bind(reuse)
        removeFrame(callee)
        assembler.jumpToReference()
    }
}
