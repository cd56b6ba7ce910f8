// Floating-point numbers and vectors: the seam.

import TerraceAssembler

extension Emitter {
    /// Encodes an operation from ``MachineOperation/firstVector`` on.
    mutating func emitVector(_ operation: MachineOperation, _ instruction: Instruction) { fail("a vector operation") }

    /// Sets flags by floating-point numbers or vectors; the producer's operands begin with number `first`.
    mutating func emitVectorFlags(_ payload: FlagPayload, _ first: Int) { fail("flags of vectors") }
}
