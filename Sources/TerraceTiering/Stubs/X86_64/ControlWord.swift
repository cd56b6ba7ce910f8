// Who owns the floating-point control word (MXCSR): wasm code runs with the one that the specification needs, the host with
// its own, whatever that is.
//
// Nearly every host's is as good as ours, and then nothing is loaded. To store the word and look at it takes longer than a
// whole call, so on the way in a stub makes an addition whose result tells rounding and the treatment of denormals; on the
// way out it looks at a field that says whether there is anything to restore. Exceptions that the host wants to have
// raised, the addition does not tell: the fault handler takes them as the sign that the word is not ours. Builtins are not the host's code, and run with ours.
// (The other state of that kind is fixed by the platform's calling convention or not used: the direction flag is clear,
// x87 registers are never touched.)

import TerraceABI
import TerraceAssembler
import TerraceCode

/// A rare piece of a stub, which stands behind it.
struct ControlWordSwitch {
    enum Direction { case intoWasm, intoHost }
    var direction: Direction
    var context: GeneralRegister
    var scratch: GeneralRegister
    var label: Label
    var resume: Label
}

extension Assembler {
    private typealias Context = ActivationContextLayout

    /// From the host into wasm code: keeps the host's word if it is not as it must be, and loads ours.
    mutating func emitEnterControlWord(context: GeneralRegister, scratch: GeneralRegister) -> ControlWordSwitch {
        let rare = ControlWordSwitch(
            direction: .intoWasm, context: context, scratch: scratch, label: newLabel(), resume: newLabel())
        movups(.xmm15, MemoryOperand(context, Context.controlProbe))
        sse(.addps, .xmm15, MemoryOperand(context, Context.controlProbe + 16))
        sse(.pcmpeqd, .xmm15, MemoryOperand(context, Context.controlProbe + 32))
        sse(.movmskps, scratch, .xmm15, .dword)
        alu(.cmp, .dword, scratch, immediate: 15)
        jcc(.ne, rare.label)
        bind(rare.resume)
        return rare
    }

    /// From wasm code to the host: restores the host's word if it had one of its own.
    mutating func emitLeaveControlWord(context: GeneralRegister) -> ControlWordSwitch {
        let rare = ControlWordSwitch(
            direction: .intoHost, context: context, scratch: context, label: newLabel(), resume: newLabel())
        alu(.cmp, .dword, MemoryOperand(context, Context.hostControlWord), immediate: 0)
        jcc(.ne, rare.label)
        bind(rare.resume)
        return rare
    }

    mutating func emitOutOfLine(_ rare: ControlWordSwitch) {
        let host = MemoryOperand(rare.context, Context.hostControlWord)
        bind(rare.label)
        switch rare.direction {
        case .intoWasm:
            stmxcsr(MemoryOperand(rare.context, Context.controlWordScratch))
            mov(.dword, rare.scratch, MemoryOperand(rare.context, Context.controlWordScratch))
            mov(.dword, host, rare.scratch)
            ldmxcsr(MemoryOperand(rare.context, Context.wasmControlWord))
        case .intoHost:
            ldmxcsr(host)
            movImmediate(.dword, host, 0)
        }
        jmp(rare.resume)
    }
}
