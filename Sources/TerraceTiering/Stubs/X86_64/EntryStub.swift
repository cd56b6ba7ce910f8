// Entry stubs, from the host into wasm. The trap exit (TrapExit.swift) undoes what they did.
//
// An entry stub is a C function `(context, function reference, slots) -> Int32`. It leaves this on the host stack,
// downwards from the frame pointer, and the context's host stack pointer at the last word:
//     saved rbp | rbx | r12 | r13 | r14 | r15 | outer host stack pointer | outer wasm stack pointer | slots
//
// Both ways the floating-point control word changes hands: see ControlWord.swift.

import TerraceABI
import TerraceAssembler
import TerraceCode

extension Assembler {
    /// Offset from rbp of the saved slots pointer, the lowest word of an entry stub's frame.
    private static var savedSlots: Int32 { -64 }

    /// Emits the entry stub for a signature.
    mutating func emitEntryStub(_ signature: StubSignature) {
        typealias Context = ActivationContextLayout
        push(.rbp)
        mov(.qword, .rbp, .rsp)
        push(.rbx)
        push(.r12)
        push(.r13)
        push(.r14)
        push(.r15)
        push(MemoryOperand(.rdi, Context.hostStackPointer))
        push(MemoryOperand(.rdi, Context.wasmStackPointer))
        push(.rdx)
        mov(.qword, MemoryOperand(.rdi, Context.hostStackPointer), .rsp)
        let entering = emitEnterControlWord(context: .rdi, scratch: .rax)
        mov(.qword, .rsp, MemoryOperand(.rdi, Context.wasmStackPointer))
        mov(.qword, .r10, .rdx)
        mov(.qword, .r11, .rsi)

        let (locations, stackBytes) = CallingConvention.arguments(signature.parameters)
        if stackBytes > 0 { alu(.sub, .qword, .rsp, immediate: stackBytes) }
        for (index, type) in signature.parameters.enumerated() {
            let slot = MemoryOperand(.r10, 16 * Int32(index))
            switch locations[index] {
            case .general(let register): mov(type == .i32 ? .dword : .qword, register, slot)
            case .vector(let register): loadVector(type, register, slot)
            case .stack(let offset): copyToStack(type, MemoryOperand(.rsp, offset), slot)
            }
        }
        // The slots serve as the results area: result k stands in slot k.
        if signature.results.count > 1 { lea(.qword, CallingConvention.resultsArea, MemoryOperand(.r10, 16)) }
        mov(.qword, .r14, MemoryOperand(.r11, FunctionReferenceLayout.instance))
        mov(.qword, .r15, MemoryOperand(.r14, InstanceLayout.memory0Base))
        mov(.qword, .r11, MemoryOperand(.r11, FunctionReferenceLayout.cell))
        call(MemoryOperand(.r11))

        if let first = signature.results.first {
            mov(.qword, .rdx, MemoryOperand(.rbp, Self.savedSlots))
            if first.isGeneral {
                mov(.qword, MemoryOperand(.rdx), .rax)
            } else {
                storeVector(first, MemoryOperand(.rdx), .xmm0)
            }
        }
        mov(.qword, .rdi, MemoryOperand(.r14, InstanceLayout.context))
        lea(.qword, .rsp, MemoryOperand(.rbp, Self.savedSlots))
        let leaving = emitLeaveControlWord(context: .rdi)
        emitLeaveEntryFrame()
        alu(.xor, .dword, .rax, .rax)
        ret()
        emitOutOfLine(entering)
        emitOutOfLine(leaving)
    }

    /// With the context in rdi and rsp at the lowest word of an entry stub's frame: restores all, up to the return
    /// address.
    mutating func emitLeaveEntryFrame() {
        pop(.rcx)
        pop(MemoryOperand(.rdi, ActivationContextLayout.wasmStackPointer))
        pop(MemoryOperand(.rdi, ActivationContextLayout.hostStackPointer))
        pop(.r15)
        pop(.r14)
        pop(.r13)
        pop(.r12)
        pop(.rbx)
        pop(.rbp)
    }

    /// Moves an argument from a slot to the stack; an i32 is zero-extended.
    private mutating func copyToStack(_ type: MachineType, _ target: MemoryOperand, _ slot: MemoryOperand) {
        if type == .v128 {
            movups(.xmm15, slot)
            movups(target, .xmm15)
        } else {
            mov(type.byteCount == 4 ? .dword : .qword, .rax, slot)
            mov(.qword, target, .rax)
        }
    }

    /// Loads a value of a floating-point or vector type.
    mutating func loadVector(_ type: MachineType, _ register: VectorRegister, _ source: MemoryOperand) {
        switch type {
        case .f32: movss(register, source)
        case .f64: movsd(register, source)
        default: movups(register, source)
        }
    }

    /// Stores a value of a floating-point or vector type.
    mutating func storeVector(_ type: MachineType, _ target: MemoryOperand, _ register: VectorRegister) {
        switch type {
        case .f32: movss(target, register)
        case .f64: movsd(target, register)
        default: movups(target, register)
        }
    }
}
