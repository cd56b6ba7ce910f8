// Machine instructions on virtual registers: what selection makes, the allocator assigns registers in, and emission encodes.
// The shapes here are any machine's; what `operation` means belongs to the machine's folder.

import TerraceABI
import TerraceAssembler

/// A virtual register: an index into ``MachineFunction/registers``. Defined once.
struct VirtualRegister: Hashable, BitwiseCopyable {
    var index: UInt32
    @inline(__always) init(_ index: UInt32) { self.index = index }
    @inline(__always) init(_ index: Int) { self.index = UInt32(truncatingIfNeeded: index) }
    static var none: VirtualRegister { VirtualRegister(UInt32.max) }
    @inline(__always) var isNone: Bool { index == UInt32.max }
    @inline(__always) var position: Int { Int(index) }
}

/// Which register file a value lives in.
enum RegisterClass: UInt8, BitwiseCopyable, CaseIterable {
    case general, vector
}

/// Where a virtual register's value comes from.
enum RegisterOrigin: UInt8, BitwiseCopyable {
    /// The definition operand of one instruction.
    case instruction
    /// A block's parameter.
    case blockParameter
    /// A constant: it has no definition and is made anew wherever a register needs it (`payload` is the node).
    case constant
    /// A slot of the frame that holds the value before the function's first instruction: a stack argument, or a slot of a
    /// frame that was taken over. It has no definition; `payload` is the offset from the frame pointer, as a bit pattern. The
    /// slot is never written.
    case frameSlot
}

/// What is known of a virtual register.
struct RegisterInfo: BitwiseCopyable {
    var type: MachineType
    var origin: RegisterOrigin
    var payload: UInt32 = 0
    /// Registers of one web would gladly share a physical register or slot: one local's versions, say. 0 = none.
    var web: UInt32 = 0

    @inline(__always) var registerClass: RegisterClass { type.isGeneral ? .general : .vector }
    /// Stack maps know slots alone: no call may find a reference in a register.
    @inline(__always) var isReference: Bool { type == .ref }
}

/// When an instruction reads or writes an operand.
enum OperandRole: UInt8, BitwiseCopyable {
    /// Read before anything is written: a definition may have the same register if the value ends here.
    case use
    /// Read after definitions may have been written.
    case lateUse
    /// Written after all uses are read.
    case define
    /// Written while late uses and uses are still to be read: shares a register with no use.
    case earlyDefine
    /// Needed in between, and of no value before or after; shares a register with nothing.
    case temporary

    @inline(__always) var isUse: Bool { rawValue <= OperandRole.lateUse.rawValue }
}

/// Where an operand may be.
enum OperandPlace: UInt8, BitwiseCopyable {
    case register
    /// A register, or the value's slot in the frame or constant pool as the instruction's memory operand. At most one such
    /// operand of an instruction ends up in memory, and none if the instruction has an address already. Uses only.
    case registerOrMemory
    /// `fixed`, a physical register.
    case fixed
}

/// An operand of an instruction.
struct Operand: BitwiseCopyable {
    var register: VirtualRegister
    var role: OperandRole
    var place: OperandPlace
    /// Hardware number, of `place == .fixed`.
    var fixed: UInt8 = 0
    /// Of a definition: number (from 0) of the operand of this instruction, a use, whose register it would best get, because
    /// the machine's instruction overwrites it; ``noHint`` otherwise. Only a wish: emission copies where it is not met.
    var hint: UInt8 = Operand.noHint

    static var noHint: UInt8 { 255 }
}

/// What passes must know of an instruction without knowing what it is.
///
/// Condition codes never live from one instruction to the next: a comparison and what consumes it are one instruction. So the
/// allocator may put anything between two instructions.
struct InstructionFlags: OptionSet, BitwiseCopyable {
    var rawValue: UInt8
    /// Overwrites all registers that a callee does not preserve. Fixed uses are read before, fixed definitions are results.
    static var isCall: Self { Self(rawValue: 1) }
    /// Copies operand 1 (a use) to operand 0 (its definition); gone if both get the same place.
    static var isCopy: Self { Self(rawValue: 2) }
    /// Ends its block.
    static var isTerminator: Self { Self(rawValue: 4) }
    /// Has an address of its own: no operand may be in memory besides.
    static var hasAddress: Self { Self(rawValue: 8) }
    /// Its address is in a linear memory: a fault there is a trap of the instruction's node.
    static var mayFault: Self { Self(rawValue: 16) }
}

/// The part of an address that is not a virtual register.
enum AddressBase: UInt8, BitwiseCopyable {
    /// No address.
    case none
    /// The first address operand.
    case register
    /// The memory-base register: memory 0.
    case memory
    /// The instance register: the instance's data.
    case instance
    /// The frame pointer.
    case frame
    /// The stack pointer: stack arguments and results areas.
    case stack
    /// No register: index and displacement alone.
    case absolute
}

/// A machine instruction. Its operands are `operandStart ..< operandStart + operandCount` of ``MachineFunction/operands``:
/// definitions, then uses, then temporaries, in the order that the operation's row says; the registers of its address come
/// last among the uses: base if `addressBase` is `.register`, index if `scaleLog2` is not ``noIndex``.
struct Instruction: BitwiseCopyable {
    /// Raw value of the machine's operation.
    var operation: UInt16
    var size: OperandSize = .dword
    /// Raw value of a condition, where the operation has one.
    var condition: UInt8 = 0
    var flags: InstructionFlags = []
    var addressBase = AddressBase.none
    var scaleLog2: UInt8 = Instruction.noIndex
    var operandCount: UInt8 = 0
    var operandStart: UInt32 = 0
    var displacement: Int32 = 0
    var immediate: Int32 = 0
    /// Of the operation's own choice: a vector operation, a relocation's payload, an index.
    var payload: UInt32 = 0
    /// The node it was selected for: trap sites and call sites take their origin from it.
    var node = Value.none

    static var noIndex: UInt8 { 255 }
}
