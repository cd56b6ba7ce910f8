// Where locals live. The most used ones have a register of their own besides their frame slot; at each point of the
// function every such local is valid in its register, in its slot, or in both, and two bit masks say which.

import TerraceABI
import TerraceAssembler
import TerraceCode
import TerraceCompilation

/// A local's fixed places.
struct LocalHome: BitwiseCopyable {
    var type: MachineType
    /// Whether the local has a register.
    var isPinned: Bool
    /// Hardware number of that register.
    var register: UInt8
    /// Offset of the frame slot from rbp.
    var offset: Int32

    /// The local's bit in a ``LocalState``: general registers below, vector registers from 16 on.
    @inline(__always) var bit: UInt32 { type.isGeneral ? 1 << UInt32(register) : 0x1_0000 << UInt32(register) }
    @inline(__always) var general: GeneralRegister { GeneralRegister(rawValue: register) }
    @inline(__always) var vector: VectorRegister { VectorRegister(rawValue: register) }
}

/// Which pinned locals are valid where. Every pinned local is valid in at least one place.
struct LocalState: BitwiseCopyable {
    var inRegister: UInt32 = 0
    var inMemory: UInt32 = 0
}

/// The registers that locals are pinned to.
enum PinnedRegisters {
    /// Where calls are frequent enough: what survives them first, and costs a save and a restore.
    static var generalAcrossCalls: InlineArray<6, GeneralRegister> { [.rbx, .r12, .r13, .r10, .r9, .r8] }
    static var general: InlineArray<6, GeneralRegister> { [.r10, .r9, .r8, .rbx, .r12, .r13] }
    /// Where the heaviest local is used in loops: its accesses are a byte shorter with the one register that needs no prefix.
    static var generalInLoops: InlineArray<6, GeneralRegister> { [.rbx, .r10, .r9, .r8, .r12, .r13] }
    static var vector: InlineArray<7, VectorRegister> { [.xmm8, .xmm9, .xmm10, .xmm11, .xmm12, .xmm13, .xmm14] }
}

extension BaselineCompiler {
    /// Chooses the pinned locals by weight. `homes` holds the types and slots.
    mutating func assignHomes() {
        pinnedMask = 0
        var general = 0
        var vector = 0
        let weights = prescan.weights
        // Selection by repeated maximum: at most 13 rounds over at most 64 candidates, and none if all fit.
        var candidates = prescan.accessed
        guard candidates != 0 else { return }
        var heaviest: UInt32 = 0
        var left = candidates
        while left != 0 {
            let index = left.trailingZeroBitCount
            left &= left &- 1
            heaviest = max(heaviest, weights[index])
            // So many accesses that their weight came round to nothing.
            if weights[index] == 0 { candidates &= ~(1 << UInt64(index)) }
        }
        let order =
            prescan.callWeight >= Self.callsWorthPreserving
            ? PinnedRegisters.generalAcrossCalls
            : heaviest >= Self.weightInLoops ? PinnedRegisters.generalInLoops : PinnedRegisters.general
        while candidates != 0, general < order.count || vector < PinnedRegisters.vector.count {
            var best = -1
            var bestWeight: UInt32 = 0
            var rest = candidates
            while rest != 0 {
                let index = rest.trailingZeroBitCount
                rest &= rest &- 1
                if weights[index] > bestWeight {
                    best = index
                    bestWeight = weights[index]
                }
            }
            candidates &= ~(1 << UInt64(best))
            if homes[best].type.isGeneral {
                // A save and a restore for one or two uses do not pay.
                while bestWeight <= 2, general < order.count, isPreserved(order[general]) { general += 1 }
                guard general < order.count else { continue }
                homes.element(best).pointee.register = order[general].rawValue
                general += 1
            } else {
                guard vector < PinnedRegisters.vector.count else { continue }
                homes.element(best).pointee.register = PinnedRegisters.vector[vector].rawValue
                vector += 1
            }
            homes.element(best).pointee.isPinned = true
            let bit = homes[best].bit
            pinnedMask |= bit
            pinnedLocals[bit.trailingZeroBitCount] = UInt8(best)
        }
    }

    /// From so many weighted calls on, a save and a restore cost less than a store and a load at each of them.
    private static var callsWorthPreserving: UInt32 { 2 }

    /// What a local weighs at least that is used in a loop about as often as it pays to save a register for.
    private static var weightInLoops: UInt32 { 32 }

    @inline(__always) private func isPreserved(_ register: GeneralRegister) -> Bool {
        CallingConvention.preservedMask & 1 << UInt32(register.rawValue) != 0
    }

    /// Bits of the pinned locals whose registers calls clobber.
    @inline(__always) private var clobbered: UInt32 { pinnedMask & ~CallingConvention.preservedMask }

    /// Keeps the caller's values of the preserved registers that this function uses.
    mutating func savePreserved() { savePreserved(pinnedMask) }

    /// Keeps the caller's values of the preserved registers that this function does not use: a loop is to be left for code
    /// that uses others.
    mutating func saveUnusedPreserved() { savePreserved(~pinnedMask) }

    private mutating func savePreserved(_ mask: UInt32) {
        for index in 0..<CallingConvention.preserved.count {
            let register = CallingConvention.preserved[index]
            guard mask & 1 << UInt32(register.rawValue) != 0 else { continue }
            assembler.mov(.qword, frame(CallingConvention.preservedOffset &- 8 &* Int32(index)), register)
        }
    }

    /// Gives the caller its values of the preserved registers back. Changes no flags.
    mutating func restorePreserved() {
        for index in 0..<CallingConvention.preserved.count {
            let register = CallingConvention.preserved[index]
            guard pinnedMask & 1 << UInt32(register.rawValue) != 0 else { continue }
            assembler.mov(.qword, register, frame(CallingConvention.preservedOffset &- 8 &* Int32(index)))
        }
    }

    // MARK: reading

    /// Makes a pinned local's register hold it.
    @inline(__always) mutating func makeRegisterValid(_ local: Int) {
        let home = homes[local]
        if locals.inRegister & home.bit == 0 { loadPinned(home) }
    }

    @inline(never) mutating func loadPinned(_ home: LocalHome) {
        loadHome(home)
        locals.inRegister |= home.bit
    }

    /// Emits the load of a pinned local, without noting it.
    mutating func loadHome(_ home: LocalHome) { load(home.type, home.register, frame(home.offset)) }

    /// Emits the store of a pinned local, without noting it.
    mutating func storeHome(_ home: LocalHome) { store(home.type, home.register, frame(home.offset)) }

    /// Whether a local is valid in a register now.
    @inline(__always) func isInRegister(_ home: LocalHome) -> Bool {
        home.isPinned && locals.inRegister & home.bit != 0
    }

    /// Copies a local's value to frame memory. Changes no flags and no state.
    mutating func copyLocal(_ local: Int, to memory: MemoryOperand) {
        let home = homes[local]
        if isInRegister(home) {
            store(home.type, home.register, memory)
        } else {
            copy(home.type, from: frame(home.offset), to: memory)
        }
    }

    // MARK: writing

    /// Notes that a pinned local was just written in its register.
    @inline(__always) mutating func noteWritten(_ home: LocalHome) {
        locals.inRegister |= home.bit
        locals.inMemory &= ~home.bit
    }

    /// Before a local changes by the value on top: entries that wait to read it get its present value.
    @inline(never) mutating func materializePendingReads(of local: Int) {
        var index = stack.count &- 1
        let nearby = index &- 64
        while pendingReads[local] != 0, index >= 0 {
            if index < nearby {
                // Rather than search a high stack for each local, settle all of it but the value to be set.
                synchronize(to: stack.count &- 1)
                return
            }
            let entry = stack[index]
            if entry.kind == .local, Int(entry.value) == local {
                let home = homes[local]
                if home.isPinned { makeRegisterValid(local) }
                if index < registerFreeCount { lowerMarks(to: index) }
                if hasFreeRegister(entry.type) {
                    let register = allocate(entry.type)
                    if home.isPinned {
                        move(entry.type, to: register, from: home.register)
                    } else {
                        load(entry.type, register, frame(home.offset))
                    }
                    stack.element(index).pointee.kind = .register
                    stack.element(index).pointee.register = register
                    pendingReads[local] &-= 1
                } else {
                    storeToSlot(index)
                }
            }
            index &-= 1
        }
    }

    /// `local.get`
    @inline(__always) mutating func getLocal(_ local: Int) {
        pendingReads[local] &+= 1
        push(.local, homes[local].type, value: Int64(local))
    }

    /// `local.set` and `local.tee`.
    mutating func setLocal(_ local: Int, keepsValue: Bool) {
        let home = homes[local]
        let top = stack[stack.count &- 1]
        if top.kind == .local, Int(top.value) == local {
            if !keepsValue { drop() }
            return
        }
        if pendingReads[local] != 0 { materializePendingReads(of: local) }
        let entry = popEntry()
        if home.isPinned {
            moveEntry(entry, into: home.register)
            noteWritten(home)
            if keepsValue { getLocal(local) }
        } else if entry.kind == .constant {
            storeConstant(entry.value, home.type, frame(home.offset))
            if keepsValue { push(.constant, home.type, value: entry.value) }
        } else {
            let operand = loadEntry(entry)
            store(home.type, operand.register, frame(home.offset))
            if !keepsValue {
                free(operand)
            } else if operand.isOwned {
                push(.register, home.type, register: operand.register)
            } else {
                getLocal(local)
            }
        }
    }

    // MARK: calls and joins

    /// Before registers are clobbered: every local that will be read again gets into memory.
    @inline(__always) mutating func spillLocals() {
        var dirty = clobbered & ~locals.inMemory
        while dirty != 0 {
            let bit = dirty & (0 &- dirty)
            dirty &= dirty &- 1
            let local = Int(pinnedLocals[bit.trailingZeroBitCount])
            // A value that nothing reads any more need not be kept; claiming it to be in memory is harmless.
            if prescan.lastRead[local] > operatorOffset || pendingReads[local] != 0 { storeHome(homes[local]) }
        }
        locals.inMemory |= clobbered
    }

    /// After a call: only what callees preserve is in registers.
    @inline(__always) mutating func forgetRegisters() {
        locals.inRegister &= CallingConvention.preservedMask
    }

    /// Whether control can go from the present state to one that requires `target` without moving anything.
    @inline(__always) func needsMoves(to target: LocalState) -> Bool {
        (target.inRegister & ~locals.inRegister) | (target.inMemory & ~locals.inMemory) != 0
    }

    /// Emits the loads and stores that turn the present state into `target`. Notes nothing, changes no flags, so it
    /// may stand on the edge of a branch.
    mutating func emitMoves(to target: LocalState) {
        var stores = target.inMemory & ~locals.inMemory
        while stores != 0 {
            let number = stores.trailingZeroBitCount
            stores &= stores &- 1
            storeHome(homes[Int(pinnedLocals[number])])
        }
        var loads = target.inRegister & ~locals.inRegister
        while loads != 0 {
            let number = loads.trailingZeroBitCount
            loads &= loads &- 1
            loadHome(homes[Int(pinnedLocals[number])])
        }
    }

    /// Drops requirements of a label that was not bound yet, wherever the present state does not meet them and the
    /// local has its other place left. The requirements that remain unmet need moves.
    @inline(__always) func weaken(_ target: LocalState, by state: LocalState) -> LocalState {
        let register = target.inRegister & state.inRegister
        let memory = target.inMemory & state.inMemory
        let lost = pinnedMask & ~(register | memory)
        return LocalState(
            inRegister: register | (target.inRegister & lost), inMemory: memory | (target.inMemory & lost))
    }

    /// The state that a loop's header shall require, and the moves into it from the present state.
    mutating func enterLoop(_ summary: LoopSummary) {
        var target = locals
        var rest = pinnedMask
        while rest != 0 {
            let bit = rest & (0 &- rest)
            rest &= rest &- 1
            let local = UInt64(pinnedLocals[bit.trailingZeroBitCount])
            let isUsed = summary.used & (1 << local) != 0
            let isWritten = summary.written & (1 << local) != 0
            if isWritten {
                target.inRegister |= bit
                target.inMemory &= ~bit
            } else if summary.hasCall, CallingConvention.preservedMask & bit == 0 {
                target.inRegister &= ~bit
                target.inMemory |= bit
            } else if isUsed {
                target.inRegister |= bit
            }
        }
        // A local that is dead from here on needs no store.
        var stores = target.inMemory & ~locals.inMemory
        while stores != 0 {
            let bit = stores & (0 &- stores)
            stores &= stores &- 1
            let local = Int(pinnedLocals[bit.trailingZeroBitCount])
            if prescan.lastRead[local] <= operatorOffset { locals.inMemory |= bit }
        }
        emitMoves(to: target)
        locals = target
    }
}
