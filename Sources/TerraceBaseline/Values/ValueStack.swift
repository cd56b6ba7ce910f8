// The compile-time picture of the operand stack: pushing, popping, and bringing operands into their slots.

import TerraceABI
import TerraceAssembler
import TerraceCode
import TerraceCompilation

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

    /// Pushes the single result of a call or block, which is in the register for results of its type.
    mutating func pushResult(_ type: MachineType) {
        if type.isGeneral {
            take(CallingConvention.generalResult)
        } else {
            take(CallingConvention.vectorResult)
        }
        push(.register, type, register: resultRegister(type))
    }

    // MARK: spilling

    /// Stores one entry, whatever it is, in its slot. No flags are changed.
    mutating func storeToSlot(_ index: Int) {
        let entry = stack[index]
        switch entry.kind {
        case .slot: return
        case .register:
            store(entry.type, entry.register, frame(entry.slot))
            free(entry.register, entry.type)
        case .constant: storeConstant(entry.value, entry.type, frame(entry.slot))
        case .local:
            let local = Int(entry.value)
            copyLocal(local, to: frame(entry.slot))
            pendingReads[local] &-= 1
        }
        stack.element(index).pointee.kind = .slot
    }

    /// Brings every entry from `from` up to `to` into its slot, except that constants may stay constants.
    @inline(__always) mutating func synchronize(from: Int = 0, to: Int, constants: Bool = false) {
        var index = max(from, constants ? slotCount : settledCount)
        while index < to {
            let kind = stack[index].kind
            if kind != .slot, constants || kind != .constant { storeToSlot(index) }
            index &+= 1
        }
        if from <= settledCount, to > settledCount {
            settledCount = to
            if registerFreeCount < to { registerFreeCount = to }
        }
        if constants, from <= slotCount, to > slotCount { slotCount = to }
    }

    /// Stores all entries in registers; constants and locals stay what they are. What a call needs.
    @inline(__always) mutating func spillRegisters(to count: Int) {
        if freeGeneral == Temporaries.general && freeVector == Temporaries.vector { return }
        var index = registerFreeCount
        while index < count {
            if stack[index].kind == .register { storeToSlot(index) }
            index &+= 1
        }
        if registerFreeCount < count { registerFreeCount = count }
    }

    /// After entries from `count` on went, or may hold registers and locals again.
    @inline(never) mutating func lowerMarks(to count: Int) {
        registerFreeCount = min(registerFreeCount, count)
        settledCount = min(settledCount, count)
        slotCount = min(slotCount, count)
    }

    // MARK: popping

    @inline(__always) mutating func popEntry() -> StackEntry {
        let entry = stack.removeLast()
        if stack.count < registerFreeCount { lowerMarks(to: stack.count) }
        stackBytes &-= FrameLayout.slotBytes(entry.type)
        return entry
    }

    /// Drops the top entry.
    @inline(__always) mutating func drop() {
        let entry = popEntry()
        switch entry.kind {
        case .register: free(entry.register, entry.type)
        case .local: pendingReads[Int(entry.value)] &-= 1
        case .slot, .constant: break
        }
    }

    /// Drops entries until `count` are left.
    mutating func truncate(to count: Int) {
        let ordinary = max(count, slotCount)
        while stack.count > ordinary { drop() }
        guard stack.count > count else { return }
        // What is in its slot holds nothing else.
        let lowest = stack[count]
        stackBytes = 0 &- localBytes &- lowest.slot &- FrameLayout.slotBytes(lowest.type)
        stack.count = count
        lowerMarks(to: count)
    }

    /// Puts an entry that was popped in a register, if it is in none.
    @inline(__always) mutating func loadEntry(_ entry: StackEntry) -> Operand {
        if entry.type.isGeneral { return entry.kind == .register ? .temporary(general: entry) : loadGeneral(entry) }
        return entry.kind == .register ? .temporary(vector: entry) : loadVector(entry)
    }

    /// Loads an entry into a given register of its type's file; a local that has a register is not meant. Changes no flags.
    mutating func loadEntry(_ entry: StackEntry, into register: UInt8) {
        if entry.type.isGeneral {
            loadGeneral(entry, into: GeneralRegister(rawValue: register))
        } else {
            loadVector(entry, into: VectorRegister(rawValue: register))
        }
    }

    /// Moves a popped entry into a given register and lets go of what held it. Changes no flags.
    mutating func moveEntry(_ entry: StackEntry, into register: UInt8) {
        if entry.kind == .register || (entry.kind == .local && homes[Int(entry.value)].isPinned) {
            let operand = loadEntry(entry)
            if operand.register != register { move(entry.type, to: register, from: operand.register) }
            free(operand)
        } else {
            if entry.kind == .local { pendingReads[Int(entry.value)] &-= 1 }
            loadEntry(entry, into: register)
        }
    }

    /// Pops the top entry into a given general register, which is then taken.
    mutating func popGeneral(into register: GeneralRegister) {
        let top = stack[stack.count &- 1]
        if top.kind == .register, top.register == register.rawValue {
            _ = popEntry()
        } else {
            take(register)
            moveEntry(popEntry(), into: register.rawValue)
        }
    }

    // Integers and references

    /// Pops an integer or reference into a register.
    @inline(__always) mutating func popGeneral() -> Operand {
        let entry = popEntry()
        return entry.kind == .register ? .temporary(general: entry) : loadGeneral(entry)
    }

    /// The register for an entry that is in none: a local's own register, or a new temporary.
    mutating func loadGeneral(_ entry: StackEntry) -> Operand {
        if entry.kind == .local {
            let local = Int(entry.value)
            pendingReads[local] &-= 1
            let home = homes[local]
            if home.isPinned {
                makeRegisterValid(local)
                return .borrowed(home.general, entry.type)
            }
        }
        let register = allocateGeneral()
        loadGeneral(entry, into: register)
        return .temporary(register, entry.type)
    }

    /// Loads a constant, slot or unpinned local that was popped. Changes no flags.
    @inline(__always) mutating func loadGeneral(_ entry: StackEntry, into register: GeneralRegister) {
        switch entry.kind {
        case .constant: assembler.movImmediate(register, constantBits(entry))
        case .slot: assembler.mov(size(entry.type), register, frame(entry.slot))
        case .local: assembler.mov(size(entry.type), register, frame(homes[Int(entry.value)].offset))
        case .register:
            if entry.register != register.rawValue {
                assembler.mov(.qword, register, GeneralRegister(rawValue: entry.register))
            }
        }
    }

    /// Pops an integer in whatever form an instruction's source operand can take: register, frame memory, or an
    /// immediate that fits 32 signed bits.
    @inline(__always) mutating func popSource() -> Operand {
        let entry = popEntry()
        switch entry.kind {
        case .register: return .temporary(general: entry)
        case .constant:
            if entry.type == .i32 || entry.value == Int64(Int32(truncatingIfNeeded: entry.value)) {
                return .immediate(Int64(Int32(truncatingIfNeeded: entry.value)), entry.type)
            }
            return loadGeneral(entry)
        case .slot: return .memory(entry.slot, entry.type)
        case .local:
            let local = Int(entry.value)
            let home = homes[local]
            if home.isPinned { return loadGeneral(entry) }
            pendingReads[local] &-= 1
            return .memory(home.offset, entry.type)
        }
    }

    /// An operand that is no immediate: an immediate is put into a temporary.
    @inline(__always) mutating func withoutImmediate(_ operand: Operand) -> Operand {
        guard operand.kind == .immediate else { return operand }
        let register = allocateGeneral()
        move(operand, to: register)
        return .temporary(register, operand.type)
    }

    // Floating-point numbers and vectors

    /// Pops a floating-point or vector value into a register.
    @inline(__always) mutating func popVector() -> Operand {
        let entry = popEntry()
        return entry.kind == .register ? .temporary(vector: entry) : loadVector(entry)
    }

    mutating func loadVector(_ entry: StackEntry) -> Operand {
        if entry.kind == .local {
            let local = Int(entry.value)
            pendingReads[local] &-= 1
            let home = homes[local]
            if home.isPinned {
                makeRegisterValid(local)
                return .borrowed(home.vector, entry.type)
            }
        }
        let register = allocateVector()
        loadVector(entry, into: register)
        return .temporary(register, entry.type)
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

    /// Pops a vector or floating-point value in a register or as frame memory.
    @inline(__always) mutating func popVectorSource() -> Operand {
        let entry = popEntry()
        switch entry.kind {
        case .register: return .temporary(vector: entry)
        case .slot where entry.type != .v128: return .memory(entry.slot, entry.type)
        case .local where entry.type != .v128 && !homes[Int(entry.value)].isPinned:
            let local = Int(entry.value)
            pendingReads[local] &-= 1
            return .memory(homes[local].offset, entry.type)
        default: return loadVector(entry)
        }
    }
}
