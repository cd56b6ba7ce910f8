// One function as machine instructions on virtual registers, and after allocation, where everything is.

import TerraceABI
import TerraceCompilation

/// A block of machine instructions. Blocks stand in reverse post-order with every loop in one piece, cold ones in their
/// places; block 0 is the entry.
///
/// No edge is critical: a block with several successors is the only predecessor of each of them, and passes no arguments.
struct MachineBlock: BitwiseCopyable {
    /// Instructions `start ..< end` of ``MachineFunction/instructions``. The last is the terminator; a block with one
    /// successor may have none and goes on there.
    var start: UInt32 = 0
    var end: UInt32 = 0
    /// Parameters in ``MachineFunction/parameters``.
    var parameterStart: UInt32 = 0
    var parameterCount: UInt32 = 0
    /// Successors in ``MachineFunction/successors``: for each one the block. Arguments of the only successor's parameters in
    /// ``MachineFunction/arguments`` from `argumentStart` on.
    var successorStart: UInt32 = 0
    var successorCount: UInt32 = 0
    var argumentStart: UInt32 = 0
    /// Predecessors in ``MachineFunction/predecessors``.
    var predecessorStart: UInt32 = 0
    var predecessorCount: UInt32 = 0
    /// Index of the innermost loop in ``MachineFunction/loops``, or ``Loop/none``.
    var loop: UInt32 = Loop.none
    var frequency: Float = 1
    var isCold = false
    var isLoopHeader = false
}

/// A loop: its blocks are consecutive, cold ones included.
struct MachineLoop: BitwiseCopyable {
    /// The header, which is the first block.
    var first: UInt32
    /// One behind the last block.
    var end: UInt32
    var parent: UInt32
    var depth: UInt32
    /// Whether a call stands on a path that is not cold.
    var hasCall: Bool
}

/// Where a value is, or an operand.
struct Location: Hashable, BitwiseCopyable {
    /// 0–31 general registers by hardware number, 32–63 vector registers; from ``slotBase`` on slots; others as named.
    var rawValue: UInt32
    @inline(__always) init(rawValue: UInt32) { self.rawValue = rawValue }
    @inline(__always) static func general(_ number: UInt8) -> Self { Self(rawValue: UInt32(number)) }
    @inline(__always) static func vector(_ number: UInt8) -> Self { Self(rawValue: 32 + UInt32(number)) }
    @inline(__always) static func register(_ registerClass: RegisterClass, _ number: UInt8) -> Self {
        Self(rawValue: UInt32(registerClass.rawValue) &* 32 &+ UInt32(number))
    }
    /// The slot at an offset from the frame pointer.
    @inline(__always) static func slot(_ offset: Int32) -> Self {
        Self(rawValue: UInt32(truncatingIfNeeded: Int64(offset) &+ (1 << 30)) | 1 << 31)
    }
    /// The value is a constant: not in any place, or (as an operand) in the constant pool.
    static var constant: Self { Self(rawValue: 64) }
    static var none: Self { Self(rawValue: 65) }

    @inline(__always) var isRegister: Bool { rawValue < 64 }
    @inline(__always) var isSlot: Bool { rawValue >= 1 << 31 }
    /// Hardware number of a register.
    @inline(__always) var number: UInt8 { UInt8(truncatingIfNeeded: rawValue & 31) }
    @inline(__always) var isVector: Bool { rawValue >= 32 && rawValue < 64 }
    /// Offset of a slot from the frame pointer.
    @inline(__always) var offset: Int32 { Int32(truncatingIfNeeded: Int64(rawValue & 0x7FFF_FFFF) &- (1 << 30)) }
}

/// A move that the allocator wants in front of an instruction. Moves of one position are made one after the other, in their
/// order: the allocator has put parallel ones into an order that loses nothing.
struct InsertedMove: BitwiseCopyable {
    /// Index of the instruction that it stands in front of. Every block ends in a terminator, so there always is one.
    var position: UInt32
    var kind: Kind
    var type: MachineType
    /// The value that is moved, for the checker and for making constants anew.
    var register: VirtualRegister
    /// A register, a slot, or ``Location/constant``.
    var from: Location
    /// A register or a slot; one of the two is a register.
    var to: Location

    enum Kind: UInt8, BitwiseCopyable {
        case move
        /// Exchanges two general registers.
        case exchange
    }
}

/// One function in machine instructions. Reused; owned by one compiler.
struct MachineFunction: ~Copyable {
    var registers = RawStack<RegisterInfo>(capacity: 1024)
    var instructions = RawStack<Instruction>(capacity: 1024)
    var operands = RawStack<Operand>(capacity: 2048)
    var blocks = RawStack<MachineBlock>(capacity: 64)
    var parameters = RawStack<VirtualRegister>(capacity: 128)
    var successors = RawStack<UInt32>(capacity: 128)
    var arguments = RawStack<VirtualRegister>(capacity: 256)
    var predecessors = RawStack<UInt32>(capacity: 128)
    var loops = RawStack<MachineLoop>(capacity: 16)
    /// Blocks by index, of branches by a table; the successors of such a block are these, each one once.
    var jumpTables = RawStack<UInt32>(capacity: 64)
    /// Bytes at the frame's end for results that callees return in memory; below the allocator's slots.
    var resultsAreaBytes: Int32 = 0
    /// Offset from the frame pointer, as a positive number of bytes, below which the allocator's slots may begin.
    var frameStartBytes: Int32 = 0
    var hasVector = false

    // The allocator's results.

    /// By operand, where it is.
    var locations = RawStack<Location>(capacity: 2048)
    /// In order of their positions.
    var moves = RawStack<InsertedMove>(capacity: 512)
    /// Bytes from the frame pointer to the end of the last slot.
    var frameBytes: Int32 = 0
    /// Bit per general register that the callee has to preserve and that code uses.
    var usedPreserved: UInt32 = 0

    init() {}

    mutating func reset() {
        registers.count = 0
        instructions.count = 0
        operands.count = 0
        blocks.count = 0
        parameters.count = 0
        successors.count = 0
        arguments.count = 0
        predecessors.count = 0
        loops.count = 0
        jumpTables.count = 0
        locations.count = 0
        moves.count = 0
        resultsAreaBytes = 0
        frameStartBytes = 0
        frameBytes = 0
        usedPreserved = 0
        hasVector = false
    }

    /// Gives back what a giant made of the buffers.
    mutating func shrink() {
        registers.shrink()
        instructions.shrink()
        operands.shrink()
        blocks.shrink()
        parameters.shrink()
        successors.shrink()
        arguments.shrink()
        predecessors.shrink()
        loops.shrink()
        jumpTables.shrink()
        locations.shrink()
        moves.shrink()
    }
}

/// The registers of a machine, as the allocator sees them.
struct RegisterFile: BitwiseCopyable {
    /// By class, bit per register that may hold values.
    var allocatable: InlineArray<2, UInt32>
    /// By class, bit per register whose value a callee gives back.
    var preserved: InlineArray<2, UInt32>
    /// By class, a register that never holds a value across an instruction: for moves between slots and in cycles.
    var scratch: InlineArray<2, UInt8>
    /// General registers in the order in which they are best taken when nothing else matters.
    var preference: InlineArray<16, UInt8>
}
