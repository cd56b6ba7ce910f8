// Values on their way: an entry of the compile-time stack, and what an instruction gets of it.

import TerraceABI
import TerraceAssembler
import TerraceCompilation

/// Where the value of a stack entry is.
enum EntryKind: UInt8 {
    /// In the entry's own slot of the frame.
    case slot
    /// In a temporary register that this entry owns.
    case register
    /// The bits in `value`; nothing emitted yet. Never of type v128.
    case constant
    /// The current value of the local in `value`; nothing emitted yet.
    case local
}

/// One operand. Every entry has a frame slot of its own, used when the registers are needed for something else.
struct StackEntry: BitwiseCopyable {
    var kind: EntryKind
    var type: MachineType
    /// Hardware number, if `kind` is `register`.
    var register: UInt8
    /// Offset of the slot from rbp.
    var slot: Int32
    var value: Int64
}

/// A value on its way from the stack into an instruction.
struct Operand: BitwiseCopyable {
    enum Kind: UInt8 { case general, vector, memory, immediate }
    var kind: Kind
    var type: MachineType
    /// Whether the register is a temporary that the receiver must free (and may overwrite).
    var isOwned: Bool
    var register: UInt8
    /// rbp-relative offset (`memory`).
    var offset: Int32
    /// Bits (`immediate`).
    var value: Int64

    @inline(__always) var general: GeneralRegister { GeneralRegister(rawValue: register) }
    @inline(__always) var vector: VectorRegister { VectorRegister(rawValue: register) }
}

extension Operand {
    /// A value in a temporary, which the receiver must free.
    @inline(__always) static func temporary(_ register: GeneralRegister, _ type: MachineType) -> Operand {
        Operand(kind: .general, type: type, isOwned: true, register: register.rawValue, offset: 0, value: 0)
    }

    @inline(__always) static func temporary(_ register: VectorRegister, _ type: MachineType) -> Operand {
        Operand(kind: .vector, type: type, isOwned: true, register: register.rawValue, offset: 0, value: 0)
    }

    /// A value in a register that is somebody else's: a local's, or the scratch register.
    @inline(__always) static func borrowed(_ register: GeneralRegister, _ type: MachineType) -> Operand {
        Operand(kind: .general, type: type, isOwned: false, register: register.rawValue, offset: 0, value: 0)
    }

    @inline(__always) static func borrowed(_ register: VectorRegister, _ type: MachineType) -> Operand {
        Operand(kind: .vector, type: type, isOwned: false, register: register.rawValue, offset: 0, value: 0)
    }

    /// A value in frame memory.
    @inline(__always) static func memory(_ offset: Int32, _ type: MachineType) -> Operand {
        Operand(kind: .memory, type: type, isOwned: false, register: 0, offset: offset, value: 0)
    }

    /// A constant that an instruction holds as 32 signed bits.
    @inline(__always) static func immediate(_ value: Int64, _ type: MachineType) -> Operand {
        Operand(kind: .immediate, type: type, isOwned: false, register: 0, offset: 0, value: value)
    }

    /// What a register entry becomes when it is popped.
    @inline(__always) static func temporary(general entry: StackEntry) -> Operand {
        temporary(GeneralRegister(rawValue: entry.register), entry.type)
    }

    @inline(__always) static func temporary(vector entry: StackEntry) -> Operand {
        temporary(VectorRegister(rawValue: entry.register), entry.type)
    }
}
