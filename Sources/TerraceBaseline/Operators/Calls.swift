// Calls of every kind: arguments into the convention's places, results out of them, and the change of instance.

import TerraceABI
import TerraceAssembler
import TerraceCode
import TerraceCompilation
import WasmFormat

extension BaselineCompiler {
    /// Brings everything that must survive a call into the frame: operands below the arguments, and locals.
    @inline(__always) mutating func spillForCall(arguments count: Int) {
        spillRegisters(to: stack.count &- count)
        spillLocals()
    }

    /// Moves the top operands to the places of a signature's parameters and pops them. Reserves and fills the
    /// stack-argument area below rsp if there is one. Everything else was spilled.
    private mutating func passArguments(_ signature: MachineSignature) {
        let count = Int(signature.parameterCount)
        guard count > 0 else { return }
        let first = stack.count &- count
        let start = Int(signature.parameterStart)
        if signature.stackBytes > 0 {
            if count >= Self.shortestLoop { settleOperands() }
            assembler.alu(.sub, .qword, CallingConvention.stackPointer, immediate: signature.stackBytes)
            var index = 0
            while index < count {
                defer { index &+= 1 }
                guard case .stack(let offset) = locations[start &+ index] else { continue }
                let run = argumentRun(signature, from: index)
                if run >= Self.shortestLoop {
                    let isWide = types[start &+ index] == .v128
                    copyRun(
                        count: run, isWide: isWide, from: slots(from: first &+ index, isWide: isWide),
                        to: ValueRun(
                            base: CallingConvention.stackPointer, offset: offset, stride: isWide ? 16 : 8))
                    index &+= run &- 1
                    continue
                }
                copyEntry(stack[first &+ index], toMemory: MemoryOperand(CallingConvention.stackPointer, offset))
            }
        }
        // Registers to registers at once; then what comes from memory or nowhere.
        var general = ParallelMove()
        var vector = ParallelMove()
        var hasVector = false
        var index = 0
        while index < count {
            let entry = stack[first &+ index]
            defer { index &+= 1 }
            switch locations[start &+ index] {
            case .general(let target):
                if entry.kind == .register {
                    general.add(from: GeneralRegister(rawValue: entry.register), to: target)
                } else if entry.kind == .local, let home = registerHome(entry) {
                    general.add(from: home.general, to: target)
                }
            case .vector(let target):
                if entry.kind == .register {
                    vector.add(from: VectorRegister(rawValue: entry.register), to: target)
                    hasVector = true
                } else if entry.kind == .local, let home = registerHome(entry) {
                    vector.add(from: home.vector, to: target)
                    hasVector = true
                }
            case .stack: index &+= argumentRun(signature, from: index) &- 1
            }
        }
        emit(general)
        if hasVector { emitVector(vector) }
        index = 0
        while index < count {
            let entry = stack[first &+ index]
            defer { index &+= 1 }
            if entry.kind == .register || (entry.kind == .local && registerHome(entry) != nil) { continue }
            switch locations[start &+ index] {
            case .general(let target): loadGeneral(entry, into: target)
            case .vector(let target): loadVector(entry, into: target)
            case .stack: index &+= argumentRun(signature, from: index) &- 1
            }
        }
        truncate(to: first)
    }

    /// The home of a local's entry if the local is in its register now.
    @inline(__always) private func registerHome(_ entry: StackEntry) -> LocalHome? {
        let home = homes[Int(entry.value)]
        return isInRegister(home) ? home : nil
    }

    /// Gives the callee its results area, if it has more than one result.
    @inline(__always) private mutating func passResultsArea(_ signature: MachineSignature) {
        guard signature.resultCount > 1 else { return }
        let bytes = CallingConvention.resultStride &* Int32(signature.resultCount &- 1)
        if bytes > resultsAreaBytes { resultsAreaBytes = bytes }
        // The area is the frame's end; stack arguments stand below it.
        assembler.lea(
            .qword, CallingConvention.resultsArea,
            MemoryOperand(CallingConvention.stackPointer, signature.stackBytes))
    }

    @inline(__always) mutating func noteCall(_ kind: CallSiteKind) {
        calls.append(
            CallSite(
                returnOffset: BlockOffset(UInt32(bitPattern: assembler.offset)), bytecodeOffset: bytecodeOffset,
                kind: kind))
    }

    /// Pushes a call's results; registers hold nothing else.
    private mutating func receiveResults(_ signature: MachineSignature) {
        forgetRegisters()
        let count = Int(signature.resultCount)
        guard count > 0 else { return }
        // Result 0 stays in its register while the others move from the area to their slots; but of many it goes to its own
        // at once, so that nobody has to look at them all to see where they are.
        pushResult(types[Int(signature.resultStart)])
        guard count > 1 else { return }
        if count >= Self.shortestLoop { settleOperands() }
        let first = stack.count &- 1
        pushSlots(Int(signature.resultStart) &+ 1, count: count &- 1)
        var index = 1
        while index < count {
            let run = resultRun(signature, from: index)
            let type = types[Int(signature.resultStart) + index]
            let offset = CallingConvention.resultStride &* Int32(truncatingIfNeeded: index &- 1)
            if run >= Self.shortestLoop {
                copyRun(
                    count: run, isWide: type == .v128,
                    from: ValueRun(
                        base: CallingConvention.stackPointer, offset: offset, stride: CallingConvention.resultStride),
                    to: slots(from: first &+ index, isWide: type == .v128))
                index &+= run
                continue
            }
            copy(
                type, from: MemoryOperand(CallingConvention.stackPointer, offset), to: frame(stack[first &+ index].slot)
            )
            index &+= 1
        }
    }

    /// `call`
    mutating func call(_ functionIndex: Int) {
        let signature = signatures[Int(functionTypes[functionIndex])]
        spillForCall(arguments: Int(signature.parameterCount))
        passArguments(signature)
        if functionIndex >= environment.importedFunctionCount {
            passResultsArea(signature)
            assembler.call(
                .ripRelative(.entryCell, UInt32(functionIndex)))
            noteCall(.direct)
        } else {
            assembler.mov(
                .qword, CallingConvention.scratch, instance(environment.layout.importedFunction(functionIndex)))
            passResultsArea(signature)
            callReference(in: CallingConvention.scratch, kind: .import)
        }
        receiveResults(signature)
    }

    /// Calls what a function reference in a register means, in its instance, and comes back to ours.
    private mutating func callReference(in reference: GeneralRegister, kind: CallSiteKind) {
        enterInstance(of: reference)
        assembler.call(MemoryOperand(CallingConvention.scratch, 0))
        noteCall(kind)
        assembler.mov(.qword, CallingConvention.instance, frame(CallingConvention.frameInstance))
        assembler.mov(.qword, CallingConvention.memoryBase, instance(InstanceLayout.memory0Base))
    }

    /// Sets r14 and r15 for a reference's function and r11 to its entry cell.
    private mutating func enterInstance(of reference: GeneralRegister) {
        assembler.mov(
            .qword, CallingConvention.instance, MemoryOperand(reference, FunctionReferenceLayout.instance))
        assembler.mov(.qword, CallingConvention.scratch, MemoryOperand(reference, FunctionReferenceLayout.cell))
        assembler.mov(.qword, CallingConvention.memoryBase, instance(InstanceLayout.memory0Base))
    }

    /// The register that carries a function reference past the arguments: no argument is ever in it.
    private var referenceRegister: GeneralRegister { .rax }

    /// `call_indirect`
    mutating func callIndirect(typeIndex: Int, tableIndex: Int) {
        let signature = signatures[typeIndex]
        loadTableFunction(typeIndex: typeIndex, tableIndex: tableIndex, signature)
        passArguments(signature)
        finishReferenceCall(signature, kind: .indirect)
    }

    /// `call_ref`
    mutating func callReference(typeIndex: Int) {
        let signature = signatures[typeIndex]
        takeReference(signature)
        passArguments(signature)
        // A null reference faults at its instance field.
        finishReferenceCall(signature, kind: .reference)
    }

    private mutating func finishReferenceCall(_ signature: MachineSignature, kind: CallSiteKind) {
        let reference = referenceRegister
        countTarget(reference, mayBeNull: kind == .reference)
        if kind == .reference { noteTrap(.nullReference) }
        enterInstance(of: reference)
        passResultsArea(signature)
        assembler.call(MemoryOperand(CallingConvention.scratch, 0))
        noteCall(kind)
        assembler.mov(.qword, CallingConvention.instance, frame(CallingConvention.frameInstance))
        assembler.mov(.qword, CallingConvention.memoryBase, instance(InstanceLayout.memory0Base))
        free(reference)
        receiveResults(signature)
    }

    /// Pops a reference into the reference register; the rest is spilled.
    private mutating func takeReference(_ signature: MachineSignature) {
        popGeneral(into: referenceRegister)
        spillForCall(arguments: Int(signature.parameterCount))
    }

    /// Pops a table index, and loads and checks the function reference there into the reference register.
    private mutating func loadTableFunction(typeIndex: Int, tableIndex: Int, _ signature: MachineSignature) {
        let reference = referenceRegister
        let table = tables[tableIndex]
        let scratch = CallingConvention.scratch
        takeReference(signature)
        assembler.mov(.qword, scratch, instance(table.recordOffset))
        assembler.alu(.cmp, .qword, reference, MemoryOperand(scratch, TableRecordLayout.length))
        trap(.tableOutOfBounds, if: .ae)
        assembler.mov(.qword, scratch, MemoryOperand(scratch, TableRecordLayout.base))
        assembler.mov(.qword, reference, MemoryOperand(scratch, reference, 8, 0))
        if signature.isFinal {
            noteTrap(.uninitializedElement)
            assembler.alu(
                .cmp, .dword, MemoryOperand(reference, FunctionReferenceLayout.typeID),
                relocated: .typeID, UInt32(typeIndex))
            trap(.indirectCallTypeMismatch, if: .ne)
            return
        }
        checkSubtype(typeIndex: typeIndex, signature)
    }

    /// The check of a call through a type that may have subtypes: equal ids pass, others ask the runtime.
    private mutating func checkSubtype(typeIndex: Int, _ signature: MachineSignature) {
        let reference = referenceRegister
        // The runtime clobbers all registers, so arguments in registers go to their slots on both paths.
        spillRegisters(to: stack.count)
        forgetRegisters()
        let matches = assembler.newLabel()
        noteTrap(.uninitializedElement)
        assembler.mov(.dword, .rsi, MemoryOperand(reference, FunctionReferenceLayout.typeID))
        assembler.alu(.cmp, .dword, .rsi, relocated: .typeID, UInt32(typeIndex))
        assembler.jcc(.e, matches)
        assembler.push(reference)
        assembler.push(reference)
        assembler.movImmediate(.rdx, relocated: .typeID, UInt32(typeIndex))
        callBuiltinStub(.isSubtype)
        assembler.mov(.dword, .rsi, .rax)
        assembler.pop(reference)
        assembler.pop(reference)
        assembler.test(.dword, .rsi, .rsi)
        trap(.indirectCallTypeMismatch, if: .e)
        assembler.bind(matches)
    }

    // MARK: tail calls

    /// `return_call`
    mutating func returnCall(_ functionIndex: Int) {
        let signature = signatures[Int(functionTypes[functionIndex])]
        if functionIndex < environment.importedFunctionCount {
            assembler.mov(
                .qword, CallingConvention.scratch, instance(environment.layout.importedFunction(functionIndex)))
            take(referenceRegister)
            assembler.mov(.qword, referenceRegister, CallingConvention.scratch)
            returnCallReference(signature)
            return
        }
        passArguments(signature)
        removeFrame(signature)
        assembler.jmp(.ripRelative(.entryCell, UInt32(functionIndex)))
    }

    /// `return_call_indirect`
    mutating func returnCallIndirect(typeIndex: Int, tableIndex: Int) {
        let signature = signatures[typeIndex]
        loadTableFunction(typeIndex: typeIndex, tableIndex: tableIndex, signature)
        returnCallReference(signature)
    }

    /// `return_call_ref`
    mutating func returnCallReference(typeIndex: Int) {
        let signature = signatures[typeIndex]
        takeReference(signature)
        noteTrap(.nullReference)
        assembler.mov(
            .qword, CallingConvention.scratch, MemoryOperand(referenceRegister, FunctionReferenceLayout.instance))
        returnCallReference(signature)
    }

    /// A tail call through the reference register.
    private mutating func returnCallReference(_ signature: MachineSignature) {
        let reference = referenceRegister
        passArguments(signature)
        countTarget(reference, mayBeNull: false)
        let other = assembler.newLabel()
        assembler.alu(
            .cmp, .qword, CallingConvention.instance, MemoryOperand(reference, FunctionReferenceLayout.instance))
        assembler.jcc(.ne, other)
        assembler.mov(.qword, .r10, MemoryOperand(reference, FunctionReferenceLayout.cell))
        removeFrame(signature)
        assembler.jmp(MemoryOperand(.r10, 0))
        assembler.bind(other)
        assembler.mov(.qword, .r10, reference)
        emitCrossInstanceTailCall(signature)
        free(reference)
    }

    /// Takes down this function's frame, its return address and stack arguments moved to where the callee expects them.
    /// Uses only registers that are neither arguments nor r10: the general ones among the others hold the caller's values
    /// again, so vector registers have to do.
    private mutating func removeFrame(_ callee: MachineSignature) {
        restorePreserved()
        if self.signature.resultCount > 1 {
            assembler.mov(.qword, CallingConvention.resultsArea, frame(resultsAreaSlot))
        }
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
        // Targets are above their sources, so the last goes first.
        var offset = callee.stackBytes &- 8
        if Int(callee.stackBytes) >= 8 * Self.shortestLoop {
            copyBlockUp(
                byteCount: callee.stackBytes, from: (CallingConvention.stackPointer, 0),
                to: (CallingConvention.framePointer, area))
            offset = -8
        }
        while offset >= 0 {
            assembler.mov(.qword, CallingConvention.scratch, MemoryOperand(CallingConvention.stackPointer, offset))
            assembler.mov(.qword, frame(area &+ offset), CallingConvention.scratch)
            offset &-= 8
        }
        assembler.movsd(frame(area &- 8), returnAddress)
        assembler.lea(.qword, CallingConvention.stackPointer, frame(area &- 8))
        assembler.movq(CallingConvention.framePointer, callerFrame)
    }

    /// The tail call into another instance; the reference is in r10, arguments are in place.
    ///
    /// Our caller expects its own instance back, which the callee does not know. So this function's frame becomes a
    /// return frame: its header stays, and the callee returns to the shared tail-call-return stub, which reads it. If
    /// this function was entered through such a frame itself, that one serves, so that chains of tail calls need no
    /// more stack than one frame.
    private mutating func emitCrossInstanceTailCall(_ callee: MachineSignature) {
        let scratch = CallingConvention.scratch
        let reuse = assembler.newLabel()
        let stub = Int32(8 * BuiltinStubTable.tailCallReturn)
        assembler.mov(.qword, scratch, instance(InstanceLayout.builtinStubs))
        assembler.mov(.qword, scratch, MemoryOperand(scratch, stub))
        assembler.alu(.cmp, .qword, scratch, frame(8))
        assembler.jcc(.e, reuse)
        if signature.resultCount > 1 {
            assembler.mov(.qword, CallingConvention.resultsArea, frame(resultsAreaSlot))
        }
        restorePreserved()
        assembler.movImmediate(.dword, frame(CallingConvention.returnFrameStackBytes), signature.stackBytes)
        // Stack arguments move up to right below the header; their targets are above their sources.
        let area = CallingConvention.returnFrameStackBytes &- callee.stackBytes
        var offset = callee.stackBytes &- 8
        if Int(callee.stackBytes) >= 8 * Self.shortestLoop {
            assembler.movq(.xmm14, scratch)
            copyBlockUp(
                byteCount: callee.stackBytes, from: (CallingConvention.stackPointer, 0),
                to: (CallingConvention.framePointer, area))
            assembler.movq(scratch, .xmm14)
            offset = -8
        }
        while offset >= 0 {
            assembler.movsd(CallingConvention.vectorScratch, MemoryOperand(CallingConvention.stackPointer, offset))
            assembler.movsd(frame(area &+ offset), CallingConvention.vectorScratch)
            offset &-= 8
        }
        assembler.lea(.qword, CallingConvention.stackPointer, frame(area))
        assembler.push(scratch)
        assembler.jumpToReference()
        assembler.bind(reuse)
        removeFrame(callee)
        assembler.jumpToReference()
    }

    // MARK: builtins

    /// Calls a builtin's shared stub; its operands are in their registers, everything else was spilled.
    mutating func callBuiltinStub(_ builtin: Builtin) {
        assembler.mov(.qword, CallingConvention.scratch, instance(InstanceLayout.builtinStubs))
        assembler.call(MemoryOperand(CallingConvention.scratch, Int32(8 * builtin.rawValue)))
        noteCall(.builtin)
    }

    /// Calls a builtin with an optional immediate as first operand and the top stack entries as the others.
    ///
    /// - Parameter result: type to push, if any.
    mutating func callBuiltin(_ builtin: Builtin, immediate: UInt64?, operands count: Int, result: MachineType?) {
        assert(builtin.row.operands.count == count + (immediate == nil ? 0 : 1))
        spillForCall(arguments: count)
        let registers: InlineArray<5, GeneralRegister> = [.rsi, .rdx, .rcx, .r8, .r9]
        let firstRegister = immediate == nil ? 0 : 1
        let first = stack.count &- count
        var moves = ParallelMove()
        for index in 0..<count {
            let entry = stack[first &+ index]
            let target = registers[firstRegister + index]
            if entry.kind == .register {
                moves.add(from: GeneralRegister(rawValue: entry.register), to: target)
            } else if entry.kind == .local, let home = registerHome(entry) {
                moves.add(from: home.general, to: target)
            }
        }
        emit(moves)
        for index in 0..<count {
            let entry = stack[first &+ index]
            if entry.kind == .register || (entry.kind == .local && registerHome(entry) != nil) { continue }
            loadGeneral(entry, into: registers[firstRegister + index])
        }
        if let immediate { assembler.movImmediate(registers[0], immediate) }
        truncate(to: first)
        callBuiltinStub(builtin)
        forgetRegisters()
        if let result {
            // An i32 in a register has no upper half; the runtime may answer with -1.
            if result == .i32 {
                assembler.mov(.dword, CallingConvention.generalResult, CallingConvention.generalResult)
            }
            pushResult(result)
        }
    }
}
