// Short `memory.copy` and `memory.fill` within memory 0: most are of a few bytes, for which the way to the host and back would
// cost many times the work. These beginnings of the builtins' stubs do them themselves, and return to compiled code; whatever
// is longer, out of bounds or in another memory goes on to the builtin.

import TerraceABI
import TerraceAssembler

extension Assembler {
    private static var largestShort: Int32 { 64 }

    /// Emits the beginning of the stub of `memory.copy`. Operands: memories in rsi, target in rdx, source in rcx, length in r8.
    mutating func emitShortMemoryCopy() {
        let long = newLabel()
        emitShortBoundsCheck(long)
        alu(.cmp, .qword, .rcx, .rax)
        jcc(.a, long)
        mov(.qword, .r11, MemoryOperand(.r11, MemoryRecordLayout.base))
        alu(.add, .qword, .rdx, .r11)
        alu(.add, .qword, .rcx, .r11)
        // Everything is read before anything is written, so areas may overlap.
        emitByLength(
            large: { assembler in
                for (index, register) in [VectorRegister.xmm0, .xmm1].enumerated() {
                    assembler.movups(register, MemoryOperand(.rcx, 16 * Int32(index)))
                }
                for (index, register) in [VectorRegister.xmm2, .xmm3].enumerated() {
                    assembler.movups(register, MemoryOperand(.rcx, .r8, 1, -32 + 16 * Int32(index)))
                }
                for (index, register) in [VectorRegister.xmm0, .xmm1].enumerated() {
                    assembler.movups(MemoryOperand(.rdx, 16 * Int32(index)), register)
                }
                for (index, register) in [VectorRegister.xmm2, .xmm3].enumerated() {
                    assembler.movups(MemoryOperand(.rdx, .r8, 1, -32 + 16 * Int32(index)), register)
                }
            },
            vectors: { assembler in
                assembler.movups(.xmm0, MemoryOperand(.rcx))
                assembler.movups(.xmm1, MemoryOperand(.rcx, .r8, 1, -16))
                assembler.movups(MemoryOperand(.rdx), .xmm0)
                assembler.movups(MemoryOperand(.rdx, .r8, 1, -16), .xmm1)
            },
            numbers: { assembler, size in
                assembler.mov(size, .rax, MemoryOperand(.rcx))
                assembler.mov(size, .r11, MemoryOperand(.rcx, .r8, 1, -(1 << Int32(size.rawValue))))
                assembler.mov(size, MemoryOperand(.rdx), .rax)
                assembler.mov(size, MemoryOperand(.rdx, .r8, 1, -(1 << Int32(size.rawValue))), .r11)
            },
            byte: { assembler in
                assembler.movzx(from: .byte, .rax, MemoryOperand(.rcx))
                assembler.mov(.byte, MemoryOperand(.rdx), .rax)
            })
        bind(long)
    }

    /// Emits the beginning of the stub of `memory.fill`. Operands: memory in rsi, target in rdx, value in rcx, length in r8.
    mutating func emitShortMemoryFill() {
        let long = newLabel()
        emitShortBoundsCheck(long)
        alu(.add, .qword, .rdx, MemoryOperand(.r11, MemoryRecordLayout.base))
        movImmediate(.rax, 0x0101_0101_0101_0101)
        movzx(from: .byte, .rcx, .rcx)
        imul(.qword, .rcx, .rax)
        movq(.xmm0, .rcx)
        sse(.punpcklqdq, .xmm0, .xmm0)
        emitByLength(
            large: { assembler in
                for index in Int32(0)..<2 { assembler.movups(MemoryOperand(.rdx, 16 * index), .xmm0) }
                for index in Int32(0)..<2 { assembler.movups(MemoryOperand(.rdx, .r8, 1, -32 + 16 * index), .xmm0) }
            },
            vectors: { assembler in
                assembler.movups(MemoryOperand(.rdx), .xmm0)
                assembler.movups(MemoryOperand(.rdx, .r8, 1, -16), .xmm0)
            },
            numbers: { assembler, size in
                assembler.mov(size, MemoryOperand(.rdx), .rcx)
                assembler.mov(size, MemoryOperand(.rdx, .r8, 1, -(1 << Int32(size.rawValue))), .rcx)
            },
            byte: { $0.mov(.byte, MemoryOperand(.rdx), .rcx) })
        bind(long)
    }

    /// Goes on if the memories are both memory 0 and `length` (r8) bytes from the target (rdx) on are in it. Then r11 is the
    /// memory's record, and rax where the last so many bytes of the memory begin.
    private mutating func emitShortBoundsCheck(_ long: Label) {
        alu(.cmp, .qword, .r8, immediate: Self.largestShort)
        jcc(.a, long)
        test(.qword, .rsi, .rsi)
        jcc(.ne, long)
        mov(.qword, .r11, MemoryOperand(.r14, InstanceLayout.headerSize))
        mov(.qword, .rax, MemoryOperand(.r11, MemoryRecordLayout.byteLength))
        alu(.sub, .qword, .rax, .r8)
        jcc(.b, long)
        alu(.cmp, .qword, .rdx, .rax)
        jcc(.a, long)
    }

    /// Emits a piece of code for each range of lengths (r8): two that overlap are as good as one of just that length.
    private mutating func emitByLength(
        large: (inout Assembler) -> Void, vectors: (inout Assembler) -> Void,
        numbers: (inout Assembler, OperandSize) -> Void, byte: (inout Assembler) -> Void
    ) {
        func from(_ length: Int32, _ body: (inout Assembler) -> Void) {
            let shorter = newLabel()
            alu(.cmp, .dword, .r8, immediate: length)
            jcc(.b, shorter)
            body(&self)
            ret()
            bind(shorter)
        }
        from(33, large)
        from(16, vectors)
        from(8) { numbers(&$0, .qword) }
        from(4) { numbers(&$0, .dword) }
        from(2) { numbers(&$0, .word) }
        from(1, byte)
        ret()
    }
}
