// Instructions of a function body as the machine carries them out: an operator with its immediates.

import WasmFormat

/// An instruction. What the fields mean depends on the operator; those that it does not have are 0.
struct Instruction {
    var opcode: Opcode
    /// The first index: local, global, function, type, table, memory, segment, label depth; for `br_table` the number of
    /// its list of labels in ``FunctionCode/labelLists``.
    var index = 0
    /// The second index: of the table of an indirect call, the source of a copy, the memory or table of an `init`.
    var second = 0
    var lane = 0
    /// The bits of a constant, or the offset of a memory access.
    var bits: UInt64 = 0
    /// Bytes 8 to 15 of a vector.
    var highBits: UInt64 = 0
    /// The heap type of a cast, test or null, as the code has it.
    var heapType = HeapType.bottom
    /// Whether a cast accepts null.
    var acceptsNull = false

    // Of blocks.
    var parameters = 0
    var results = 0
    /// Position of the `else` of an `if`, if it has one.
    var elsePosition: Int?
    /// Position of the `end` of a block; of an `else`, that of its `if`.
    var endPosition = 0

    init(_ opcode: Opcode) { self.opcode = opcode }
}

/// The decoded body of a function.
final class FunctionCode {
    /// Locals behind the parameters.
    let localTypes: [ValueType]
    let instructions: [Instruction]
    let labelLists: [[Int]]

    init(localTypes: [ValueType], instructions: [Instruction], labelLists: [[Int]]) {
        self.localTypes = localTypes
        self.instructions = instructions
        self.labelLists = labelLists
    }
}
