// The registers of x86-64 that hold values.

import TerraceABI
import TerraceAssembler

extension RegisterFile {
    /// All but the stack and frame pointers, the instance, the memory base and the scratch registers. Short encodings come
    /// first; preserved registers last, for they cost a save.
    static let x86_64 = RegisterFile(
        allocatable: [0b0011_0111_1100_1111, 0x7FFF], preserved: [CallingConvention.preservedMask, 0],
        scratch: [CallingConvention.scratch.rawValue, CallingConvention.vectorScratch.rawValue],
        preference: [0, 1, 2, 6, 7, 8, 9, 10, 3, 12, 13, 255, 255, 255, 255, 255])
}

extension MachineNames {
    static var x86_64: MachineNames {
        MachineNames(
            operation: { MachineOperation(rawValue: $0).map { "\($0)" } ?? "?\($0)" },
            register: { $0 == .general ? generalNames[Int($1)] : "xmm\($1)" })
    }

    private static let generalNames = [
        "rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
    ]
}
