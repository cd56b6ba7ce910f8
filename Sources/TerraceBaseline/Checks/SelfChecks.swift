// The compiler checks itself: what must hold between two operators, and checks that its code makes at run time of what
// later code relies on. Always on in debug builds (the former), and wherever `verifiesGeneratedCode` asks for both.

import TerraceABI
import TerraceAssembler
import TerraceCompilation

extension BaselineCompiler {
    /// Whether ``checkInvariants()`` runs after each operator.
    var checksItself: Bool {
        #if DEBUG
            true
        #else
            environment.verifiesGeneratedCode
        #endif
    }

    /// Notes that the compiler made a mistake: the function is given up behind the present operator.
    @inline(never) mutating func noteContradiction(_ what: String) {
        if contradiction == nil { contradiction = what }
        uncheckedCode = -1
    }

    /// What is rarely done behind an operator. One comparison in the loop over operators serves all of it: too much code, a
    /// contradiction, and self-checks and notes after every operator, for which the limit is below any offset.
    @inline(never) mutating func lookCloser(reachable: Bool, isBehindOperator: Bool = true) throws(CompileError) {
        if let contradiction { throw .contradiction(contradiction, offset: operatorOffset) }
        guard assembler.offset < Self.largestCode else { throw .tooLarge }
        notes?.endOperators(at: reader.offset, code: assembler.offset)
        guard checksItself else { return }
        guard !isBehindOperator || agreesWithPrescan() else {
            throw .contradiction("the operator is not what its row says", offset: operatorOffset)
        }
        guard reachable, control.count > 0 else { return }
        try checkInvariants()
        if environment.verifiesGeneratedCode { emitUpperHalfCheck() }
    }

    // MARK: the compiler's state

    /// Throws if the picture of the stack, the registers and the locals contradicts itself.
    ///
    /// That takes time in proportion to the heights of the stacks and the number of locals. Where they are large, it is
    /// done after every so many operators, so that the whole stays linear.
    mutating func checkInvariants() throws(CompileError) {
        uncheckedOperators += 1
        guard uncheckedOperators > (stack.count + homes.count + control.count) / 64 else { return }
        uncheckedOperators = 0
        if let what = brokenStack() ?? brokenLocals() ?? brokenControl() ?? brokenFlags() {
            throw .contradiction(what, offset: operatorOffset)
        }
    }

    /// The stack against the registers, the slots, and the locals that wait to be read.
    private func brokenStack() -> String? {
        var generals: UInt32 = 0
        var vectors: UInt32 = 0
        var bytes: Int32 = 0
        var reads = [UInt32](repeating: 0, count: homes.count)
        let height = control[control.count - 1].height
        guard height <= slotCount, slotCount <= settledCount, settledCount <= registerFreeCount,
            registerFreeCount <= stack.count
        else {
            return """
                the marks \(slotCount), \(settledCount) and \(registerFreeCount) are out of order on \
                \(stack.count) operands
                """
        }
        for index in 0..<stack.count {
            let entry = stack[index]
            bytes += FrameLayout.slotBytes(entry.type)
            guard entry.slot == 0 - localBytes - bytes else { return "operand \(index) has a slot that is not its own" }
            guard index >= slotCount || index < height || entry.kind == .slot else {
                return "operand \(index) is not in its slot"
            }
            switch entry.kind {
            case .slot: break
            case .constant:
                guard entry.type != .v128 else { return "operand \(index) is a constant vector" }
            case .local:
                let local = Int(entry.value)
                guard index >= settledCount, index >= height else { return "operand \(index) is not settled" }
                guard (0..<homes.count).contains(local), homes[local].type == entry.type else {
                    return "operand \(index) reads a local of another type"
                }
                reads[local] += 1
            case .register:
                guard index >= registerFreeCount, index >= height else { return "operand \(index) is in a register" }
                let bit: UInt32 = 1 << UInt32(entry.register)
                let isGeneral = entry.type.isGeneral
                guard (isGeneral ? Temporaries.general : Temporaries.vector) & bit != 0 else {
                    return "operand \(index) is in register \(entry.register), which is no temporary"
                }
                guard (isGeneral ? generals : vectors) & bit == 0 else {
                    return "two operands are in register \(entry.register)"
                }
                if isGeneral { generals |= bit } else { vectors |= bit }
            }
        }
        guard bytes == stackBytes, bytes <= maximumStackBytes else {
            return "\(stackBytes) bytes of slots, not \(bytes)"
        }
        guard freeGeneral == Temporaries.general & ~generals else {
            return "free general registers \(hex(freeGeneral)), but operands hold \(hex(generals))"
        }
        guard freeVector == Temporaries.vector & ~vectors else {
            return "free vector registers \(hex(freeVector)), but operands hold \(hex(vectors))"
        }
        for local in 0..<homes.count where reads[local] != pendingReads[local] {
            return "\(reads[local]) operands read local \(local), not \(pendingReads[local])"
        }
        return nil
    }

    /// The pinned locals against their registers: each is valid in one place at least.
    private func brokenLocals() -> String? {
        guard isComplete(locals) else {
            return """
                locals \(hex(pinnedMask)) are pinned, but \(hex(locals.inRegister)) are in registers and \
                \(hex(locals.inMemory)) in memory
                """
        }
        var rest = pinnedMask
        while rest != 0 {
            let number = rest.trailingZeroBitCount
            rest &= rest - 1
            let local = Int(pinnedLocals[number])
            guard local < homes.count, homes[local].isPinned, homes[local].bit == 1 << UInt32(number) else {
                return "local \(local) is not pinned to the register that lists it"
            }
        }
        return nil
    }

    /// The open constructs against the stack.
    private func brokenControl() -> String? {
        var outer = 0
        for index in 0..<control.count {
            let entry = control[index]
            guard entry.height >= outer, entry.height <= stack.count else {
                return "construct \(index) has a bad height"
            }
            outer = entry.height
            let bytes = entry.height == 0 ? 0 : 0 - localBytes - stack[entry.height - 1].slot
            guard entry.heightBytes == bytes else { return "construct \(index) begins at other slots" }
            guard entry.kind == .function || !entry.isTargeted || isComplete(entry.state) else {
                return "the label of construct \(index) leaves a local without a place"
            }
            guard entry.kind != .conditional || isComplete(entry.elseState) else {
                return "the alternative of construct \(index) leaves a local without a place"
            }
            guard entry.edge == -1 else { return "construct \(index) keeps an edge of a branch table" }
        }
        return nil
    }

    private func brokenFlags() -> String? {
        guard flagsOffset <= assembler.offset, flagsRegister < 16 else { return "flags of an instruction yet to come" }
        return nil
    }

    /// Whether a state says of all pinned locals, and of no others, where they are.
    private func isComplete(_ state: LocalState) -> Bool { state.inRegister | state.inMemory == pinnedMask }

    private func hex(_ mask: UInt32) -> String { "0x" + String(mask, radix: 16) }

    // MARK: the code's values

    /// Emits a check that every i32 in a register is zero-extended, which addresses, table indices and jump tables rely on.
    ///
    /// Between operators every value that a later one can use is an operand, or a local, so that this finds what any
    /// operator, caller, callee or stub did wrong, before anything is done with it. Uses the scratch register.
    private mutating func emitUpperHalfCheck() {
        if flagsOffset == assembler.offset, nextTestsFlags { return }
        var registers: UInt32 = 0
        var rest = Temporaries.general & ~freeGeneral
        var index = stack.count - 1
        while rest != 0, index >= registerFreeCount {
            let entry = stack[index]
            index -= 1
            guard entry.kind == .register, entry.type.isGeneral else { continue }
            rest &= ~(1 << UInt32(entry.register))
            if entry.type == .i32 { registers |= 1 << UInt32(entry.register) }
        }
        var pinned = locals.inRegister & 0xFFFF
        while pinned != 0 {
            let number = pinned.trailingZeroBitCount
            pinned &= pinned - 1
            if homes[Int(pinnedLocals[number])].type == .i32 { registers |= 1 << UInt32(number) }
        }
        guard registers != 0 else { return }
        let sum = CallingConvention.scratch
        assembler.mov(.qword, sum, GeneralRegister(rawValue: UInt8(registers.trailingZeroBitCount)))
        registers &= registers - 1
        while registers != 0 {
            assembler.alu(.or, .qword, sum, GeneralRegister(rawValue: UInt8(registers.trailingZeroBitCount)))
            registers &= registers - 1
        }
        assembler.shift(.shr, .qword, sum, immediate: 32)
        trap(.internalError, if: .ne)
    }

    /// Whether the next operator is one that may take a condition from the flags: it looks at the lower half alone, and a
    /// check in between would hide how it behaves in code without checks.
    private var nextTestsFlags: Bool {
        switch reader.peekByte() {
        case 0x04, 0x0D, 0x1B, 0x1C, 0x45, 0x50: true  // if, br_if, select (both), i32.eqz, i64.eqz
        default: false
        }
    }
}
