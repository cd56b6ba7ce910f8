// How WebAssembly functions pass values in x86-64 machine code: which registers, which stack bytes. One place for both
// compilers and all stubs.

import TerraceAssembler

/// Where an argument is at the moment of a call.
@frozen public enum ArgumentLocation: Sendable, Hashable {
    case general(GeneralRegister)
    case vector(VectorRegister)
    /// Byte offset from the start of the stack-argument area: `[rsp + offset]` at the call instruction, and
    /// `[rbp + CallingConvention.incomingArguments + offset]` in the callee.
    case stack(Int32)
}

/// Registers and rules. See Documentation/Architecture.md, "Running code".
public enum CallingConvention {
    @inlinable public static var instance: GeneralRegister { .r14 }
    @inlinable public static var memoryBase: GeneralRegister { .r15 }
    @inlinable public static var framePointer: GeneralRegister { .rbp }
    @inlinable public static var stackPointer: GeneralRegister { .rsp }
    /// Never holds a value across an instruction that a compiler emits for itself.
    @inlinable public static var scratch: GeneralRegister { .r11 }
    @inlinable public static var vectorScratch: VectorRegister { .xmm15 }
    public static let generalArguments: [GeneralRegister] = [.rdi, .rsi, .rdx, .rcx, .r8, .r9]
    public static let vectorArguments: [VectorRegister] = [.xmm0, .xmm1, .xmm2, .xmm3, .xmm4, .xmm5, .xmm6, .xmm7]
    @inlinable public static var generalResult: GeneralRegister { .rax }
    @inlinable public static var vectorResult: VectorRegister { .xmm0 }
    /// Holds the address of the results area at the call of a function with more than one result.
    @inlinable public static var resultsArea: GeneralRegister { .rax }
    /// Bytes between results 1, 2, … in the results area.
    @inlinable public static var resultStride: Int32 { 16 }
    /// Offset from rbp of the first stack argument.
    @inlinable public static var incomingArguments: Int32 { 16 }
    /// Offset from rbp of the frame's instance.
    @inlinable public static var frameInstance: Int32 { -8 }

    /// Registers whose values a callee gives back. One that uses them keeps its caller's values in its frame, each at its
    /// own offset from rbp: `preservedOffset - 8 * index`.
    @inlinable public static var preserved: InlineArray<3, GeneralRegister> { [.rbx, .r12, .r13] }
    /// Offset from rbp of the caller's value of the first preserved register.
    @inlinable public static var preservedOffset: Int32 { -16 }
    /// Bit i is set if general register i is preserved.
    @inlinable public static var preservedMask: UInt32 { 1 << 3 | 1 << 12 | 1 << 13 }
    /// Bytes from rbp to the end of a frame's header: the instance, and room for the preserved registers.
    @inlinable public static var frameHeaderBytes: Int32 { 32 }

    /// Offset from rbp, in the return frame of a tail call into another instance, of the 32-bit number of stack-argument
    /// bytes to pop for the original caller.
    @inlinable public static var returnFrameStackBytes: Int32 { -16 }

    /// Locations of the arguments of a function, and the bytes of its stack-argument area (a multiple of 16), which the
    /// callee pops.
    public static func arguments(
        _ types: some Sequence<MachineType>
    ) -> (locations: [ArgumentLocation], stackBytes: Int32) {
        var locations: [ArgumentLocation] = []
        locations.reserveCapacity(types.underestimatedCount)
        var general = 0
        var vector = 0
        var offset: Int32 = 0
        for type in types {
            if type.isGeneral, general < generalArguments.count {
                locations.append(.general(generalArguments[general]))
                general += 1
            } else if !type.isGeneral, vector < vectorArguments.count {
                locations.append(.vector(vectorArguments[vector]))
                vector += 1
            } else {
                if type == .v128 { offset = (offset + 15) & ~15 }
                locations.append(.stack(offset))
                offset += type == .v128 ? 16 : 8
            }
        }
        return (locations, (offset + 15) & ~15)
    }
}
