// The registers that expressions use: taking them, giving them back, and making room when none is left.
//
// What both register files do alike is written once, for a register's number and the type that says which file is meant.

import TerraceABI
import TerraceAssembler
import TerraceCompilation

/// The registers that expressions use; locals have others (see ``PinnedRegisters``).
enum Temporaries {
    /// rax, rcx, rdx, rsi, rdi
    static var general: UInt32 { 0b0000_0000_1100_0111 }
    /// xmm0 … xmm7
    static var vector: UInt32 { 0x00FF }
}

extension BaselineCompiler {
    @inline(__always) mutating func allocateGeneral() -> GeneralRegister {
        if freeGeneral == 0 { spillOne(general: true) }
        let number = 31 &- freeGeneral.leadingZeroBitCount
        freeGeneral &= ~(1 << UInt32(number))
        return GeneralRegister(rawValue: UInt8(truncatingIfNeeded: number))
    }

    @inline(__always) mutating func allocateVector() -> VectorRegister {
        if freeVector == 0 { spillOne(general: false) }
        let number = freeVector.trailingZeroBitCount
        freeVector &= freeVector &- 1
        return VectorRegister(rawValue: UInt8(truncatingIfNeeded: number))
    }

    @inline(__always) mutating func free(_ register: GeneralRegister) {
        freeGeneral |= 1 << UInt32(register.rawValue)
    }

    @inline(__always) mutating func free(_ register: VectorRegister) {
        freeVector |= 1 << UInt32(register.rawValue)
    }

    @inline(__always) mutating func free(_ operand: Operand) {
        guard operand.isOwned else { return }
        if operand.kind == .general { free(operand.general) } else { free(operand.vector) }
    }

    // MARK: either file

    /// A temporary for a value of a type.
    @inline(__always) mutating func allocate(_ type: MachineType) -> UInt8 {
        type.isGeneral ? allocateGeneral().rawValue : allocateVector().rawValue
    }

    @inline(__always) mutating func free(_ register: UInt8, _ type: MachineType) {
        let bit: UInt32 = 1 << UInt32(register)
        if type.isGeneral { freeGeneral |= bit } else { freeVector |= bit }
    }

    /// Whether a temporary for a value of a type can be had without storing an operand.
    @inline(__always) func hasFreeRegister(_ type: MachineType) -> Bool {
        (type.isGeneral ? freeGeneral : freeVector) != 0
    }

    /// Frees one temporary of a kind by storing the deepest entry that holds one.
    @inline(never) mutating func spillOne(general: Bool) {
        let start = registerFreeCount
        var index = start
        var others = false
        while index < stack.count {
            let entry = stack[index]
            if entry.kind == .register {
                if entry.type.isGeneral == general {
                    storeToSlot(index)
                    // What lies between and holds registers of the other kind goes along if it is in the way.
                    if others, index &- start > 64 {
                        for between in start..<index where stack[between].kind == .register { storeToSlot(between) }
                        others = false
                    }
                    if !others { registerFreeCount = index &+ 1 }
                    return
                }
                others = true
            }
            index &+= 1
        }
        noteContradiction("an operator holds all temporaries")
        if general { freeGeneral = Temporaries.general } else { freeVector = Temporaries.vector }
    }

    /// Takes a certain temporary, moving a stack entry out of it if need be. Operands that were popped already and
    /// live in it must be dealt with before.
    @inline(__always) mutating func take(_ register: GeneralRegister) {
        let bit: UInt32 = 1 << UInt32(register.rawValue)
        if freeGeneral & bit == 0 { evict(register.rawValue, .i64) }
        freeGeneral &= ~bit
    }

    /// Takes a certain vector temporary; as ``take(_:)-general``.
    @inline(__always) mutating func take(_ register: VectorRegister) {
        let bit: UInt32 = 1 << UInt32(register.rawValue)
        if freeVector & bit == 0 { evict(register.rawValue, .v128) }
        freeVector &= ~bit
    }

    /// Moves the stack entry that holds a temporary elsewhere.
    ///
    /// - Parameter file: any type of the register's file.
    @inline(never) private mutating func evict(_ register: UInt8, _ file: MachineType) {
        var index = stack.count &- 1
        while index >= 0 {
            let entry = stack[index]
            if entry.kind == .register, entry.type.isGeneral == file.isGeneral, entry.register == register {
                if hasFreeRegister(entry.type) {
                    let other = allocate(entry.type)
                    move(entry.type, to: other, from: register)
                    stack.element(index).pointee.register = other
                } else {
                    storeToSlot(index)
                }
                return
            }
            index &-= 1
        }
        noteContradiction("a popped operand holds the register to take")
    }
}
