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
    /// Offset from rbp of the saved host stack pointer.
    private static var savedHostStackPointer: Int32 { -48 }
    /// What the host's calling convention wants preserved, below the saved rbp.
    private static var savedRegisters: [GeneralRegister] { [.rbx, .r12, .r13, .r14, .r15] }

    /// Emits the entry stub for a signature.
    mutating func emitEntryStub(_ signature: StubSignature) {
        typealias Context = ActivationContextLayout
        push(.rbp)
        mov(.qword, .rbp, .rsp)
        mov(.qword, .rax, MemoryOperand(.rdi, Context.hostStackPointer))
        mov(.qword, .rcx, MemoryOperand(.rdi, Context.wasmStackPointer))
        for register in Self.savedRegisters { push(register) }
        push(.rax)
        push(.rcx)
        push(.rdx)
        mov(.qword, MemoryOperand(.rdi, Context.hostStackPointer), .rsp)
        let entering = emitEnterControlWord(context: .rdi, scratch: .rax)
        mov(.qword, .rsp, .rcx)
        // Arguments may stand where the stub's own are; without any, these stay where they are.
        let hasParameters = !signature.parameters.isEmpty
        if hasParameters || signature.results.count > 1 { mov(.qword, .r10, .rdx) }
        if hasParameters { mov(.qword, .r11, .rsi) }
        let function: GeneralRegister = hasParameters ? .r11 : .rsi

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
        mov(.qword, .r14, MemoryOperand(function, FunctionReferenceLayout.instance))
        mov(.qword, .r11, MemoryOperand(function, FunctionReferenceLayout.cell))
        mov(.qword, .r15, MemoryOperand(.r14, InstanceLayout.memory0Base))
        call(MemoryOperand(.r11))

        if let first = signature.results.first {
            mov(.qword, .rdx, MemoryOperand(.rbp, Self.savedSlots))
            if first.isGeneral {
                mov(.qword, MemoryOperand(.rdx), .rax)
            } else {
                storeVector(first, MemoryOperand(.rdx), .xmm0)
            }
        }
        // What `emitLeaveEntryFrame` does, but shorter: functions pop their arguments, so the wasm stack is where it was; and
        // loads from the frame need not wait for the stack pointer.
        mov(.qword, .rdi, MemoryOperand(.r14, InstanceLayout.context))
        mov(.qword, .rcx, MemoryOperand(.rbp, Self.savedHostStackPointer))
        mov(.qword, MemoryOperand(.rdi, Context.wasmStackPointer), .rsp)
        mov(.qword, MemoryOperand(.rdi, Context.hostStackPointer), .rcx)
        let leaving = emitLeaveControlWord(context: .rdi)
        // Callees have preserved the others; only a trap loses them.
        for (index, register) in Self.savedRegisters.enumerated()
        where CallingConvention.preservedMask & 1 << UInt32(register.rawValue) == 0 {
            mov(.qword, register, MemoryOperand(.rbp, -8 * Int32(index + 1)))
        }
        leave()
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
        for register in Self.savedRegisters.reversed() { pop(register) }
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
