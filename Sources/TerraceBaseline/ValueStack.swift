// The compile-time picture of the operand stack and of the registers that hold it.

import TerraceABI
import TerraceAssembler
import TerraceCode
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

/// The registers that expressions use; locals have others (see ``LocalHomes``).
enum Temporaries {
    /// rax, rcx, rdx, rsi, rdi
    static var general: UInt32 { 0b0000_0000_1100_0111 }
    /// xmm0 … xmm7
    static var vector: UInt32 { 0x00FF }
}

extension BaselineCompiler {
    // MARK: pushing

    @inline(__always) mutating func push(_ kind: EntryKind, _ type: MachineType, register: UInt8 = 0, value: Int64 = 0)
    {
        stackBytes &+= FrameLayout.slotBytes(type)
        if stackBytes > maximumStackBytes { maximumStackBytes = stackBytes }
        stack.append(
            StackEntry(kind: kind, type: type, register: register, slot: 0 &- localBytes &- stackBytes, value: value))
    }

    @inline(__always) mutating func pushConstant(_ type: MachineType, _ bits: Int64) {
        push(.constant, type, value: bits)
    }

    @inline(__always) mutating func pushRegister(_ register: GeneralRegister, _ type: MachineType) {
        push(.register, type, register: register.rawValue)
    }

    @inline(__always) mutating func pushRegister(_ register: VectorRegister, _ type: MachineType) {
        push(.register, type, register: register.rawValue)
    }

    // MARK: registers

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
        assembler.contradict("an operator holds all temporaries")
        // The code is lost; any temporary does to come to its end.
        if general { freeGeneral = Temporaries.general } else { freeVector = Temporaries.vector }
    }

    /// Takes a certain temporary, moving a stack entry out of it if need be. Operands that were popped already and
    /// live in it must be dealt with before.
    mutating func take(_ register: GeneralRegister) {
        let bit: UInt32 = 1 << UInt32(register.rawValue)
        if freeGeneral & bit != 0 {
            freeGeneral &= ~bit
            return
        }
        var index = stack.count &- 1
        while index >= 0 {
            let entry = stack[index]
            if entry.kind == .register, entry.type.isGeneral, entry.register == register.rawValue {
                if freeGeneral != 0 {
                    let other = allocateGeneral()
                    assembler.mov(entry.type == .i32 ? .dword : .qword, other, register)
                    stack.base[index].register = other.rawValue
                } else {
                    storeToSlot(index)
                    freeGeneral &= ~bit
                }
                return
            }
            index &-= 1
        }
        assembler.contradict("a popped operand holds the register")
    }

    /// Takes a certain vector temporary; as ``take(_:)-general``.
    mutating func take(_ register: VectorRegister) {
        let bit: UInt32 = 1 << UInt32(register.rawValue)
        if freeVector & bit != 0 {
            freeVector &= ~bit
            return
        }
        var index = stack.count &- 1
        while index >= 0 {
            let entry = stack[index]
            if entry.kind == .register, !entry.type.isGeneral, entry.register == register.rawValue {
                if freeVector != 0 {
                    let other = allocateVector()
                    assembler.movaps(other, register)
                    stack.base[index].register = other.rawValue
                } else {
                    storeToSlot(index)
                    freeVector &= ~bit
                }
                return
            }
            index &-= 1
        }
        assembler.contradict("a popped operand holds the register")
    }

    // MARK: spilling

    /// Stores one entry, whatever it is, in its slot. No flags are changed.
    mutating func storeToSlot(_ index: Int) {
        let entry = stack[index]
        switch entry.kind {
        case .slot: return
        case .register:
            if entry.type.isGeneral {
                let register = GeneralRegister(rawValue: entry.register)
                assembler.mov(entry.type == .i32 ? .dword : .qword, frame(entry.slot), register)
                free(register)
            } else {
                let register = VectorRegister(rawValue: entry.register)
                store(register, entry.type, frame(entry.slot))
                free(register)
            }
        case .constant: storeConstant(entry.value, entry.type, frame(entry.slot))
        case .local:
            let local = Int(entry.value)
            copyLocal(local, to: frame(entry.slot))
            pendingReads[local] &-= 1
        }
        stack.base[index].kind = .slot
    }

    /// Brings every entry from `from` up to `to` into its slot, except that constants may stay constants.
    @inline(__always) mutating func synchronize(from: Int = 0, to: Int, constants: Bool = false) {
        var index = constants ? from : max(from, settledCount)
        while index < to {
            let kind = stack.base[index].kind
            if kind != .slot, constants || kind != .constant { storeToSlot(index) }
            index &+= 1
        }
        if from <= settledCount, to > settledCount {
            settledCount = to
            if registerFreeCount < to { registerFreeCount = to }
        }
    }

    /// Stores all entries in registers; constants and locals stay what they are. What a call needs.
    @inline(__always) mutating func spillRegisters(to count: Int) {
        if freeGeneral == Temporaries.general && freeVector == Temporaries.vector { return }
        var index = registerFreeCount
        while index < count {
            if stack.base[index].kind == .register { storeToSlot(index) }
            index &+= 1
        }
        if registerFreeCount < count { registerFreeCount = count }
    }

    /// After entries from `count` on went, or may hold registers and locals again.
    @inline(never) mutating func lowerMarks(to count: Int) {
        registerFreeCount = min(registerFreeCount, count)
        settledCount = min(settledCount, count)
    }

    // MARK: popping

    @inline(__always) mutating func popEntry() -> StackEntry {
        let entry = stack.removeLast()
        if stack.count < registerFreeCount { lowerMarks(to: stack.count) }
        stackBytes &-= entry.type == .v128 ? 16 : 8
        return entry
    }

    /// Drops the top entry.
    @inline(__always) mutating func drop() {
        let entry = popEntry()
        switch entry.kind {
        case .register:
            if entry.type.isGeneral {
                free(GeneralRegister(rawValue: entry.register))
            } else {
                free(VectorRegister(rawValue: entry.register))
            }
        case .local: pendingReads[Int(entry.value)] &-= 1
        case .slot, .constant: break
        }
    }

    /// Drops entries until `count` are left.
    mutating func truncate(to count: Int) {
        while stack.count > count { drop() }
    }

    /// Pops an integer or reference into a register.
    @inline(__always) mutating func popGeneral() -> Operand {
        let entry = popEntry()
        if entry.kind == .register {
            return Operand(
                kind: .general, type: entry.type, isOwned: true, register: entry.register, offset: 0, value: 0)
        }
        return loadGeneral(entry)
    }

    /// The register for an entry that is in none: a local's own register, or a new temporary.
    mutating func loadGeneral(_ entry: StackEntry) -> Operand {
        if entry.kind == .local {
            let local = Int(entry.value)
            pendingReads[local] &-= 1
            let home = homes[local]
            if home.isPinned {
                makeRegisterValid(local)
                return Operand(
                    kind: .general, type: entry.type, isOwned: false, register: home.register, offset: 0, value: 0)
            }
        }
        let register = allocateGeneral()
        loadGeneral(entry, into: register)
        return Operand(
            kind: .general, type: entry.type, isOwned: true, register: register.rawValue, offset: 0, value: 0)
    }

    /// Loads a constant, slot or unpinned local that was popped. Changes no flags.
    @inline(__always) mutating func loadGeneral(_ entry: StackEntry, into register: GeneralRegister) {
        switch entry.kind {
        case .constant: assembler.movImmediate(register, constantBits(entry))
        case .slot: assembler.mov(entry.type == .i32 ? .dword : .qword, register, frame(entry.slot))
        case .local:
            let home = homes[Int(entry.value)]
            assembler.mov(entry.type == .i32 ? .dword : .qword, register, frame(home.offset))
        case .register:
            if entry.register != register.rawValue {
                assembler.mov(.qword, register, GeneralRegister(rawValue: entry.register))
            }
        }
    }

    @inline(__always) func constantBits(_ entry: StackEntry) -> UInt64 {
        entry.type == .i32
            ? UInt64(UInt32(truncatingIfNeeded: entry.value)) : UInt64(bitPattern: entry.value)
    }

    /// Pops a floating-point or vector value into a register.
    @inline(__always) mutating func popVector() -> Operand {
        let entry = popEntry()
        if entry.kind == .register {
            return Operand(
                kind: .vector, type: entry.type, isOwned: true, register: entry.register, offset: 0, value: 0)
        }
        return loadVector(entry)
    }

    mutating func loadVector(_ entry: StackEntry) -> Operand {
        if entry.kind == .local {
            let local = Int(entry.value)
            pendingReads[local] &-= 1
            let home = homes[local]
            if home.isPinned {
                makeRegisterValid(local)
                return Operand(
                    kind: .vector, type: entry.type, isOwned: false, register: home.register, offset: 0, value: 0)
            }
        }
        let register = allocateVector()
        loadVector(entry, into: register)
        return Operand(kind: .vector, type: entry.type, isOwned: true, register: register.rawValue, offset: 0, value: 0)
    }

    mutating func loadVector(_ entry: StackEntry, into register: VectorRegister) {
        switch entry.kind {
        case .constant: loadConstant(entry.value, entry.type, into: register)
        case .slot: load(register, entry.type, frame(entry.slot))
        case .local: load(register, entry.type, frame(homes[Int(entry.value)].offset))
        case .register:
            if entry.register != register.rawValue {
                assembler.movaps(register, VectorRegister(rawValue: entry.register))
            }
        }
    }

    /// Pops an integer in whatever form an instruction's source operand can take: register, frame memory, or an
    /// immediate that fits 32 signed bits.
    @inline(__always) mutating func popSource() -> Operand {
        let entry = popEntry()
        switch entry.kind {
        case .register:
            return Operand(
                kind: .general, type: entry.type, isOwned: true, register: entry.register, offset: 0, value: 0)
        case .constant:
            if entry.type == .i32 || entry.value == Int64(Int32(truncatingIfNeeded: entry.value)) {
                return Operand(
                    kind: .immediate, type: entry.type, isOwned: false, register: 0, offset: 0,
                    value: Int64(Int32(truncatingIfNeeded: entry.value)))
            }
            return loadGeneral(entry)
        case .slot:
            return Operand(
                kind: .memory, type: entry.type, isOwned: false, register: 0, offset: entry.slot, value: 0)
        case .local:
            let local = Int(entry.value)
            let home = homes[local]
            if home.isPinned { return loadGeneral(entry) }
            pendingReads[local] &-= 1
            return Operand(kind: .memory, type: entry.type, isOwned: false, register: 0, offset: home.offset, value: 0)
        }
    }

    /// Pops a vector or floating-point value in a register or as frame memory.
    @inline(__always) mutating func popVectorSource() -> Operand {
        let entry = popEntry()
        switch entry.kind {
        case .register:
            return Operand(
                kind: .vector, type: entry.type, isOwned: true, register: entry.register, offset: 0, value: 0)
        case .slot where entry.type != .v128:
            return Operand(
                kind: .memory, type: entry.type, isOwned: false, register: 0, offset: entry.slot, value: 0)
        case .local where entry.type != .v128 && !homes[Int(entry.value)].isPinned:
            let local = Int(entry.value)
            pendingReads[local] &-= 1
            return Operand(
                kind: .memory, type: entry.type, isOwned: false, register: 0, offset: homes[local].offset, value: 0)
        default: return loadVector(entry)
        }
    }

    // MARK: memory operands and moves

    @inline(__always) func frame(_ offset: Int32) -> MemoryOperand {
        MemoryOperand(CallingConvention.framePointer, offset)
    }

    @inline(__always) func instance(_ offset: Int32) -> MemoryOperand {
        MemoryOperand(CallingConvention.instance, offset)
    }

    @inline(__always) mutating func load(_ register: VectorRegister, _ type: MachineType, _ memory: MemoryOperand) {
        switch type {
        case .f32: assembler.movss(register, memory)
        case .v128: assembler.movups(register, memory)
        default: assembler.movsd(register, memory)
        }
    }

    @inline(__always) mutating func store(_ register: VectorRegister, _ type: MachineType, _ memory: MemoryOperand) {
        switch type {
        case .f32: assembler.movss(memory, register)
        case .v128: assembler.movups(memory, register)
        default: assembler.movsd(memory, register)
        }
    }

    /// Puts a floating-point constant in a register, without changing flags.
    mutating func loadConstant(_ bits: Int64, _ type: MachineType, into register: VectorRegister) {
        if bits == 0 {
            assembler.sse(.xorps, register, register)
        } else if type == .f32 {
            assembler.movss(register, assembler.constant32(UInt32(truncatingIfNeeded: bits)))
        } else {
            assembler.movsd(register, assembler.constant64(UInt64(bitPattern: bits)))
        }
    }

    /// Stores a constant in frame memory, without changing flags.
    mutating func storeConstant(_ bits: Int64, _ type: MachineType, _ memory: MemoryOperand) {
        if type == .i32 || type == .f32 {
            assembler.movImmediate(.dword, memory, Int32(truncatingIfNeeded: bits))
        } else if bits == Int64(Int32(truncatingIfNeeded: bits)) {
            assembler.movImmediate(.qword, memory, Int32(truncatingIfNeeded: bits))
        } else {
            assembler.movImmediate(CallingConvention.scratch, UInt64(bitPattern: bits))
            assembler.mov(.qword, memory, CallingConvention.scratch)
        }
    }

    @inline(__always) func size(_ type: MachineType) -> OperandSize { type == .i32 ? .dword : .qword }
}
