// What the fault handler must know of the machine.

import TerraceABI

enum FaultMachine {
    // Computed: what a handler reads must not be initialised at its first use.

    /// Registers by their number in a signal's context.
    static var framePointer: Int32 { Int32(CallingConvention.framePointer.rawValue) }
    static var stackPointer: Int32 { Int32(CallingConvention.stackPointer.rawValue) }
    static var instance: Int32 { Int32(CallingConvention.instance.rawValue) }
    /// Of a C function, and so of an entry stub: the activation context (rdi).
    static var firstArgument: Int32 { 7 }
    /// Length of `ud2`, which stands where a check has failed: execution goes on behind it if nothing is the matter.
    static var trapInstructionBytes: UInt { 2 }
}
