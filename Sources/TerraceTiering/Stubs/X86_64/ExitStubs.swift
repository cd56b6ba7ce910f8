// Stubs that leave wasm code for the host and come back: host-call stubs, builtin stubs, the lazy-compile stub.
//
// Each makes a frame with the common header (return address, rbp, instance), notes in the context where wasm code was
// left, switches to the host stack, calls a C function, and switches back. C functions preserve rbp, r14 and r15.
//
// The host-call stub checks the stack limit; the others use a few hundred bytes of what every stack keeps below it, and
// whatever they call runs on the host's stack.

import TerraceABI
import TerraceAssembler
import TerraceCode

extension Assembler {
    /// Frame header, then the exit record: program counter and frame pointer of the caller.
    ///
    /// - Parameter scratch: a register to destroy; holds the context afterwards.
    mutating func emitExitFrame(_ scratch: GeneralRegister, _ other: GeneralRegister) {
        mov(.qword, scratch, MemoryOperand(.r14, InstanceLayout.context))
        mov(.qword, other, MemoryOperand(.rbp, 8))
        mov(.qword, MemoryOperand(scratch, ActivationContextLayout.exitPC), other)
        mov(.qword, other, MemoryOperand(.rbp))
        mov(.qword, MemoryOperand(scratch, ActivationContextLayout.exitFP), other)
    }

    /// Leaves wasm code with the trap kind in eax.
    mutating func emitTrapWithKind() {
        mov(.qword, .rdi, MemoryOperand(.r14, InstanceLayout.context))
        mov(.dword, MemoryOperand(.rdi, ActivationContextLayout.trapKind), .rax)
        movImmediate(.rcx, 0)
        mov(.qword, MemoryOperand(.rdi, ActivationContextLayout.faultAddress), .rcx)
        emitTrapExit()
    }

    /// Emits the host-call stub for a signature: what the entry cell of a host function points to. r14 is the host
    /// function's ``HostInstanceLayout`` record. Returns trap sites, with offsets in this assembler.
    mutating func emitHostCallStub(_ signature: StubSignature) -> [TrapSite] {
        // Below rbp: instance, results area, then the slots.
        let slotBytes = 16 * Int32(signature.slotCount)
        let frameBytes = 16 + slotBytes
        let tooDeep = newLabel()
        let failed = newLabel()
        push(.rbp)
        mov(.qword, .rbp, .rsp)
        push(.r14)
        // Always, however small the frame: host functions that call each other come by no other check.
        lea(.qword, .r11, MemoryOperand(.rsp, -frameBytes))
        alu(.cmp, .qword, .r11, MemoryOperand(.r14, InstanceLayout.stackLimit))
        jcc(.b, tooDeep)
        push(CallingConvention.resultsArea)
        if slotBytes > 0 { alu(.sub, .qword, .rsp, immediate: slotBytes) }

        let (locations, stackBytes) = CallingConvention.arguments(signature.parameters)
        for (index, type) in signature.parameters.enumerated() {
            let slot = MemoryOperand(.rsp, 16 * Int32(index))
            switch locations[index] {
            case .general(let register): mov(.qword, slot, register)
            case .vector(let register): storeVector(type, slot, register)
            case .stack(let offset):
                let source = MemoryOperand(.rbp, CallingConvention.incomingArguments + offset)
                if type == .v128 {
                    movups(.xmm15, source)
                    movups(slot, .xmm15)
                } else {
                    mov(.qword, .r11, source)
                    mov(.qword, slot, .r11)
                }
            }
        }
        emitExitFrame(.rcx, .r11)
        mov(.qword, MemoryOperand(.rcx, ActivationContextLayout.wasmStackPointer), .rsp)
        mov(.qword, .rdi, .r14)
        mov(.qword, .rsi, .rsp)
        mov(.qword, .rsp, MemoryOperand(.rcx, ActivationContextLayout.hostStackPointer))
        let leaving = emitLeaveControlWord(context: .rcx)
        call(MemoryOperand(.r14, HostInstanceLayout.entry))
        lea(.qword, .rsp, MemoryOperand(.rbp, -frameBytes))
        test(.dword, .rax, .rax)
        jcc(.ne, failed)
        mov(.qword, .rcx, MemoryOperand(.r14, InstanceLayout.context))
        let entering = emitEnterControlWord(context: .rcx, scratch: .rdx)

        if signature.results.count > 1 {
            mov(.qword, .rcx, MemoryOperand(.rbp, -16))
            for (index, type) in signature.results.enumerated().dropFirst() {
                let slot = MemoryOperand(.rsp, 16 * Int32(index))
                let target = MemoryOperand(.rcx, CallingConvention.resultStride * Int32(index - 1))
                if type == .v128 {
                    movups(.xmm15, slot)
                    movups(target, .xmm15)
                } else {
                    mov(type.byteCount == 4 ? .dword : .qword, .rdx, slot)
                    mov(.qword, target, .rdx)
                }
            }
        }
        if let first = signature.results.first {
            if first.isGeneral {
                mov(first == .i32 ? .dword : .qword, .rax, MemoryOperand(.rsp))
            } else {
                loadVector(first, .xmm0, MemoryOperand(.rsp))
            }
        }
        leave()
        if stackBytes > 0 { ret(pop: UInt16(stackBytes)) } else { ret() }

        emitOutOfLine(leaving)
        emitOutOfLine(entering)
        bind(failed)
        emitTrapWithKind()
        bind(tooDeep)
        let site = TrapSite(offset: BlockOffset(offset), kind: .stackLimit, bytecodeOffset: 0)
        ud2()
        return [site]
    }

    /// Emits the host-call stub for want of another: traps, whatever the signature is.
    mutating func emitUnavailableHostCallStub() {
        push(.rbp)
        mov(.qword, .rbp, .rsp)
        push(.r14)
        emitExitFrame(.rcx, .r11)
        movImmediate(.rax, UInt64(TrapKind.codeUnavailable.rawValue))
        emitTrapWithKind()
    }

    /// Makes a frame with nothing in it, and calls a builtin whose further operands are where it expects them. The result is in
    /// rax.
    mutating func emitFrameAndHostCall(_ builtin: Builtin) {
        push(.rbp)
        mov(.qword, .rbp, .rsp)
        push(.r14)
        push(.r14)
        emitHostCall(builtin, context: .r11, scratch: .rax, frameBytes: 16)
    }

    /// Calls a builtin on the host's stack with the instance as its first operand, and comes back to a frame of so many bytes.
    private mutating func emitHostCall(
        _ builtin: Builtin, context: GeneralRegister, scratch: GeneralRegister, frameBytes: Int32
    ) {
        emitExitFrame(context, scratch)
        mov(.qword, MemoryOperand(context, ActivationContextLayout.wasmStackPointer), .rsp)
        mov(.qword, .rdi, .r14)
        mov(.qword, .rax, MemoryOperand(.r14, InstanceLayout.builtins))
        mov(.qword, .rsp, MemoryOperand(context, ActivationContextLayout.hostStackPointer))
        call(MemoryOperand(.rax, 8 * Int32(builtin.rawValue)))
        lea(.qword, .rsp, MemoryOperand(.rbp, -frameBytes))
    }

    /// Emits the shared stub of a builtin.
    mutating func emitBuiltinStub(_ builtin: Builtin) {
        let failed = newLabel()
        emitFrameAndHostCall(builtin)
        if builtin.row.mayTrap {
            test(.qword, .rax, .rax)
            jcc(.s, failed)
        }
        leave()
        ret()
        bind(failed)
        if builtin.row.mayTrap {
            neg(.qword, .rax)
            emitTrapWithKind()
        }
    }

    /// Emits what a function of another instance returns to after a tail call. rbp is the return frame that the tail
    /// caller left: the usual header, and below it the bytes of stack arguments that its own caller wants popped.
    /// Results stay where they are.
    mutating func emitTailCallReturn() {
        mov(.qword, .r14, MemoryOperand(.rbp, CallingConvention.frameInstance))
        mov(.qword, .r15, MemoryOperand(.r14, InstanceLayout.memory0Base))
        mov(.dword, .rcx, MemoryOperand(.rbp, CallingConvention.returnFrameStackBytes))
        leave()
        pop(.r11)
        alu(.add, .qword, .rsp, .rcx)
        jmp(.r11)
    }

    /// Emits the lazy-compile stub. Reached by a jump from a thunk, with the function's index in r11d, its instance in
    /// r14 and the arguments where the callee expects them; ends in a jump to the compiled function.
    mutating func emitLazyCompileStub() {
        let failed = newLabel()
        emitFrameWithArguments()
        mov(.dword, .rsi, .r11)
        emitBuiltinCall(.lazyCompile)
        test(.qword, .rax, .rax)
        jcc(.e, failed)
        emitRestoreArguments()
        leave()
        jmp(.r11)
        bind(failed)
        movImmediate(.rax, UInt64(TrapKind.codeUnavailable.rawValue))
        emitTrapWithKind()
    }

    // MARK: stubs that any call may come to

    /// All that may hold an argument, and rax, which may hold the address of the results area.
    private static var savedArguments: [GeneralRegister] { [.rax, .rdi, .rsi, .rdx, .rcx, .r8, .r9] }

    /// Makes a frame, and keeps all arguments of a call in it.
    mutating func emitFrameWithArguments() {
        push(.rbp)
        mov(.qword, .rbp, .rsp)
        push(.r14)
        for register in Self.savedArguments { push(register) }
        alu(.sub, .qword, .rsp, immediate: 128)
        for (index, register) in CallingConvention.vectorArguments.enumerated() {
            movups(MemoryOperand(.rsp, 16 * Int32(index)), register)
        }
    }

    /// Calls a builtin with its first operand, in rsi, from a frame with arguments. The result is in rax.
    mutating func emitBuiltinCall(_ builtin: Builtin) {
        emitHostCall(builtin, context: .rcx, scratch: .r11, frameBytes: 8 + 8 * Int32(Self.savedArguments.count) + 128)
    }

    /// Puts all arguments back and rax in r11. `leave` ends the frame then.
    mutating func emitRestoreArguments() {
        mov(.qword, .r11, .rax)
        for (index, register) in CallingConvention.vectorArguments.enumerated() {
            movups(register, MemoryOperand(.rsp, 16 * Int32(index)))
        }
        alu(.add, .qword, .rsp, immediate: 128)
        for register in Self.savedArguments.reversed() { pop(register) }
    }
}
