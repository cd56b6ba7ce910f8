// Stubs through which counting code leaves for better code, or comes back from finding that there is none; and the one that
// notes callees.

import TerraceABI
import TerraceAssembler
import TerraceCode

extension Assembler {
    /// Emits the stub of ``Builtin/tierUpCall``. The caller's frame is there, nothing of it is filled in, and the arguments are
    /// where its own caller put them; the function's index is in r10d.
    mutating func emitTierUpCallStub() {
        let stay = newLabel()
        emitFrameWithArguments()
        mov(.dword, .rsi, .r10)
        emitBuiltinCall(.tierUpCall)
        emitRestoreArguments()
        test(.qword, .r11, .r11)
        jcc(.e, stay)
        // The stub's frame, then the caller's: what is left is a call of the better code.
        leave()
        leave()
        jmp(.r11)
        bind(stay)
        leave()
        ret()
    }

    /// Emits the stub of ``Builtin/tierUpLoop``. All that lives is in the caller's frame, which better code takes over.
    mutating func emitTierUpLoopStub() {
        let failed = newLabel()
        let go = newLabel()
        emitFrameAndHostCall(.tierUpLoop)
        test(.qword, .rax, .rax)
        jcc(.s, failed)
        jcc(.ne, go)
        leave()
        ret()
        bind(go)
        leave()
        // The return address is not needed.
        pop(.r11)
        jmp(.rax)
        bind(failed)
        neg(.qword, .rax)
        emitTrapWithKind()
    }

    /// Emits the stub that notes a callee whose reference is in rax, in the profile that r11 points to. It destroys r10 and r11
    /// alone.
    mutating func emitRecordCallTarget() {
        typealias Profile = CallSiteProfileLayout
        let isOwn = newLabel()
        mov(.dword, .r10, MemoryOperand(.rax, FunctionReferenceLayout.functionIndex))
        alu(.cmp, .qword, .r14, MemoryOperand(.rax, FunctionReferenceLayout.instance))
        jcc(.e, isOwn)
        movImmediate(.r10, UInt64(Profile.foreign))
        bind(isOwn)
        for place in 0..<Profile.places {
            let isOther = newLabel()
            let counts = newLabel()
            alu(.cmp, .dword, .r10, MemoryOperand(.r11, Profile.function(place)))
            jcc(.e, counts)
            alu(
                .cmp, .dword, MemoryOperand(.r11, Profile.function(place)),
                immediate: Int32(bitPattern: Profile.none))
            jcc(.ne, isOther)
            mov(.dword, MemoryOperand(.r11, Profile.function(place)), .r10)
            bind(counts)
            inc(.dword, MemoryOperand(.r11, Profile.count(place)))
            ret()
            bind(isOther)
        }
        inc(.dword, MemoryOperand(.r11, Profile.otherCount))
        ret()
    }
}
