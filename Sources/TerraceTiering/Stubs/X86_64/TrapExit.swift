// Where a trap leaves wasm code: the fault handler and the stubs that fail go there.

import TerraceABI
import TerraceAssembler

extension Assembler {
    /// Emits the trap exit: leaves wasm code, whatever its stack looks like, and makes the innermost entry stub return
    /// 1. Wants an instance (or host function) of the store in r14; the context holds what happened.
    mutating func emitTrapExit() {
        mov(.qword, .rdi, MemoryOperand(.r14, InstanceLayout.context))
        mov(.qword, .rsp, MemoryOperand(.rdi, ActivationContextLayout.hostStackPointer))
        let leaving = emitLeaveControlWord(context: .rdi)
        emitLeaveEntryFrame()
        movImmediate(.rax, 1)
        ret()
        emitOutOfLine(leaving)
    }
}
