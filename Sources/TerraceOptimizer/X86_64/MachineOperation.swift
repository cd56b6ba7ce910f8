// The operations of instructions for x86-64. What operands each one has stands beside it; Select makes them, Emit encodes them.

import TerraceAssembler

/// What an ``Instruction`` does. `d` definitions, `u` uses, `t` temporaries, `a` the registers of the address, in their order;
/// `u/m` may be in memory.
enum MachineOperation: UInt16, BitwiseCopyable, CaseIterable {
    // Structure.
    /// The function's arguments: d… fixed in their registers.
    case entry
    /// Copy: d, u.
    case copy
    /// To the block's only successor.
    case jump

}
