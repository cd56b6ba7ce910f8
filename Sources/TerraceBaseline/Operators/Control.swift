// Structured control: blocks, loops, conditionals, branches, and the joins between paths.
//
// At a join, operands below the block are in their slots or constants on every path; a single result is in rax or
// xmm0, several results (and all parameters of loops) are in their slots; pinned locals are where the label's
// `LocalState` says. A label that is not bound yet takes its state from the first branch to it, and later branches
// may still weaken it.

import TerraceABI
import TerraceAssembler
import TerraceCode
import TerraceCompilation
import WasmFormat

/// One open construct.
struct ControlEntry: BitwiseCopyable {
    enum Kind: UInt8 { case function, block, loop, conditional, alternative }
    var kind: Kind
    /// Whether a branch goes to the label, so that `state` is known.
    var isTargeted: Bool
    /// Whether the code behind the construct's start can be reached.
    var isReachable: Bool
    /// Where branches go: the end, or a loop's header.
    var label: Label
    /// Start of the alternative of a conditional.
    var elseLabel: Label?
    /// Result and parameter types in the environment's pool, or a single type in `singleType`.
    var resultCount: UInt32
    var resultStart: UInt32
    var parameterCount: UInt32
    var parameterStart: UInt32
    var singleType: MachineType
    /// Stack entries and bytes below the construct's parameters.
    var height: Int
    var heightBytes: Int32
    /// ``BaselineCompiler/slotCount`` as it holds outside of the construct.
    var outerSlotCount = 0
    /// State that the label requires.
    var state: LocalState
    /// State at a conditional's start, where its alternative begins.
    var elseState: LocalState
    /// Index of the edge to this label in the `br_table` being compiled, or -1.
    var edge: Int32 = -1

    /// What a branch to the label carries.
    @inline(__always) var arity: Int { kind == .loop ? Int(parameterCount) : Int(resultCount) }
}

extension BaselineCompiler {
    /// Binds a label: another path comes in, so the last instruction no longer is what it was.
    @inline(__always) mutating func bind(_ label: Label) {
        assembler.bind(label)
        flagsOffset = -1
    }

    // MARK: entering and leaving

    mutating func pushFunctionControl() {
        control.append(
            ControlEntry(
                kind: .function, isTargeted: false, isReachable: true, label: assembler.newLabel(),
                elseLabel: nil, resultCount: signature.resultCount, resultStart: signature.resultStart,
                parameterCount: 0, parameterStart: 0, singleType: .i32, height: 0, heightBytes: 0,
                state: LocalState(), elseState: LocalState()))
        if signature.resultCount == 1 {
            control.element(0).pointee.singleType = types[Int(signature.resultStart)]
        }
    }

    /// A new entry for the block type at the reader; its parameters are the top of the stack.
    mutating func makeControl(_ kind: ControlEntry.Kind) -> ControlEntry {
        var entry = ControlEntry(
            kind: kind, isTargeted: false, isReachable: true, label: assembler.newLabel(), elseLabel: nil,
            resultCount: 0, resultStart: 0, parameterCount: 0, parameterStart: 0, singleType: .i32,
            height: stack.count, heightBytes: stackBytes, state: LocalState(), elseState: LocalState())
        switch reader.readBlockType() {
        case .empty: break
        case .value(let type):
            entry.resultCount = 1
            entry.singleType = MachineType(type)
        case .function(let typeIndex):
            let signature = signatures[Int(typeIndex)]
            entry.resultCount = signature.resultCount
            entry.resultStart = signature.resultStart
            entry.parameterCount = signature.parameterCount
            entry.parameterStart = signature.parameterStart
            if signature.resultCount == 1 { entry.singleType = types[Int(signature.resultStart)] }
            entry.heightBytes &-= signature.parameterSlotBytes
            entry.height &-= Int(signature.parameterCount)
        }
        return entry
    }

    /// Opens a construct whose start is behind here. Below it constants stay constants until its end, whatever becomes slots
    /// inside: what is stored there is stored on some paths only.
    private mutating func open(_ entry: ControlEntry) {
        control.append(entry)
        control.element(control.count &- 1).pointee.outerSlotCount = min(slotCount, entry.height)
        if slotCount < entry.height { slotCount = entry.height }
    }

    mutating func beginBlock() {
        let entry = makeControl(.block)
        synchronize(to: stack.count)
        open(entry)
    }

    mutating func beginLoop() throws(CompileError) {
        var entry = makeControl(.loop)
        synchronize(to: entry.height)
        synchronize(from: entry.height, to: stack.count, constants: true)
        while nextLoop < prescan.loops.count, prescan.loops[nextLoop].offset < operatorOffset { nextLoop &+= 1 }
        guard nextLoop < prescan.loops.count, prescan.loops[nextLoop].offset == operatorOffset else {
            throw CompileError.contradiction("the scan saw no such loop", offset: operatorOffset)
        }
        enterLoop(prescan.loops[nextLoop])
        entry.state = locals
        entry.isTargeted = true
        bind(entry.label)
        if isCounting {
            countRound(prescan.loops[nextLoop], number: nextLoop, below: entry.height)
        } else {
            emitInterruptCheck()
        }
        open(entry)
    }

    /// `if`, whose condition is popped and tested: the code behind the test runs if `condition` holds.
    mutating func beginConditional(_ condition: Condition) {
        var entry = makeControl(.conditional)
        // The flags are set already; this only moves. The alternative finds parameters in their slots, constants too.
        synchronize(to: entry.height)
        synchronize(from: entry.height, to: stack.count, constants: true)
        let alternative = assembler.newLabel()
        entry.elseLabel = alternative
        entry.elseState = locals
        assembler.jcc(condition.inverted, alternative)
        open(entry)
    }

    mutating func beginAlternative(reachable: Bool) {
        var entry = control.removeLast()
        if reachable {
            branchMoves(to: &entry)
            assembler.jmp(entry.label)
        }
        truncate(to: entry.height)
        bind(entry.elseLabel.unsafelyUnwrapped)
        locals = entry.elseState
        pushSlots(Int(entry.parameterStart), count: Int(entry.parameterCount))
        entry.kind = .alternative
        control.append(entry)
    }

    /// `end` of a block, loop or conditional. Returns whether the code behind it can be reached.
    mutating func endBlock(reachable: Bool) -> Bool {
        var entry = control.removeLast()
        defer { slotCount = min(slotCount, entry.outerSlotCount) }
        switch entry.kind {
        case .loop:
            if !reachable { truncate(to: entry.height) }
            return reachable
        case .conditional:
            // Without an alternative the untaken path ends here as well, with the parameters as results.
            if reachable {
                if !entry.isTargeted {
                    entry.state = locals
                    entry.isTargeted = true
                }
            } else if !entry.isTargeted {
                entry.state = entry.elseState
                entry.isTargeted = true
            }
            entry.state = weaken(entry.state, by: entry.elseState)
            let saved = locals
            locals = entry.elseState
            let needsPath = needsMoves(to: entry.state) || entry.parameterCount > 0
            locals = saved
            if reachable {
                branchMoves(to: &entry)
                if needsPath { assembler.jmp(entry.label) }
            }
            truncate(to: entry.height)
            bind(entry.elseLabel.unsafelyUnwrapped)
            if needsPath {
                locals = entry.elseState
                pushSlots(Int(entry.parameterStart), count: Int(entry.parameterCount))
                // The state may be weakened again only as long as nothing bound it; the paths before already obey it.
                branchMoves(to: &entry)
                truncate(to: entry.height)
            }
            bindJoin(entry)
            return true
        case .block, .alternative:
            if !entry.isTargeted {
                // One path at most: whatever is where, stays.
                if !reachable {
                    truncate(to: entry.height)
                    return false
                }
                return true
            }
            if reachable { branchMoves(to: &entry) }
            truncate(to: entry.height)
            bindJoin(entry)
            return true
        case .function:
            if reachable { emitReturn() }
            return false
        }
    }

    /// Binds a label at which paths meet, and takes over its state and results.
    private mutating func bindJoin(_ entry: ControlEntry) {
        bind(entry.label)
        locals = entry.state
        if entry.resultCount == 1 {
            pushResult(entry.singleType)
        } else if entry.resultCount > 1 {
            pushSlots(Int(entry.resultStart), count: Int(entry.resultCount))
        }
    }

    // MARK: branches

    /// The entry that a branch depth means.
    @inline(__always) func controlIndex(_ depth: Int) -> Int { control.count &- 1 &- depth }

    /// Makes the label's requirements as weak as the present state allows; takes them from it at the first branch.
    @inline(__always) mutating func target(_ entry: inout ControlEntry) {
        if entry.kind == .loop { return }
        if entry.isTargeted {
            entry.state = weaken(entry.state, by: locals)
        } else {
            entry.isTargeted = true
            entry.state = locals
        }
    }

    /// Moves results and locals to where the label wants them, at the end of a path: operands may be consumed.
    mutating func branchMoves(to entry: inout ControlEntry) {
        target(&entry)
        settleIfMany(entry.arity)
        moveResults(to: entry)
        emitMoves(to: entry.state)
    }

    /// Whether a branch to the entry moves operands.
    @inline(__always) func movesResults(_ entry: ControlEntry) -> Bool { entry.arity > 0 }

    /// Before a branch that carries so many values, and before the flags that decide it are used: what a loop shall copy is
    /// in slots on both paths.
    @inline(__always) mutating func settleIfMany(_ arity: Int) {
        if _slowPath(arity >= Self.shortestLoop) { settleOperands() }
    }

    /// How many values a branch to the entry carries, out of the function too.
    @inline(__always) func carriedCount(_ entry: ControlEntry) -> Int {
        entry.kind == .function ? Int(signature.resultCount) : entry.arity
    }

    /// Copies the top operands, which are all in their slots, to a label's places.
    private mutating func moveManyResults(to entry: ControlEntry) {
        let first = stack[stack.count &- entry.arity]
        let end = first.slot &+ (first.type == .v128 ? 16 : 8)
        let target = 0 &- localBytes &- entry.heightBytes
        guard target != end else { return }
        let bytes = end &+ localBytes &+ stackBytes
        copyBlockUp(
            byteCount: bytes, from: (CallingConvention.framePointer, end &- bytes),
            to: (CallingConvention.framePointer, target &- bytes))
    }

    /// Copies the top operands to a label's places without changing the compile-time stack. Changes no register that
    /// an operand or local owns, except those that the label's results take; flags only if there are many.
    mutating func moveResults(to entry: ControlEntry) {
        let arity = entry.arity
        guard arity > 0 else { return }
        if arity == 1, entry.kind != .loop {
            copyEntry(stack[stack.count &- 1], toResultOf: entry.singleType)
            return
        }
        if arity >= Self.shortestLoop {
            moveManyResults(to: entry)
            return
        }
        var offset = 0 &- localBytes &- entry.heightBytes
        let first = stack.count &- arity
        // Targets lie at or above the sources' own slots (the stack below only shrinks), so that ascending order is
        // safe: an entry is written only where an entry of lower index was, or where nothing lives.
        for index in 0..<arity {
            let source = stack[first &+ index]
            offset &-= source.type == .v128 ? 16 : 8
            if source.kind == .slot, source.slot == offset { continue }
            copyEntry(source, toMemory: frame(offset))
        }
    }

    /// Copies a value into the register for single results.
    mutating func copyEntry(_ entry: StackEntry, toResultOf type: MachineType) {
        let target = resultRegister(type)
        if entry.kind == .local, isInRegister(homes[Int(entry.value)]) {
            move(type, to: target, from: homes[Int(entry.value)].register)
        } else {
            loadEntry(entry, into: target)
        }
    }

    /// Copies a value to memory through the scratch registers.
    mutating func copyEntry(_ entry: StackEntry, toMemory memory: MemoryOperand) {
        switch entry.kind {
        case .constant: storeConstant(entry.value, entry.type, memory)
        case .local: copyLocal(Int(entry.value), to: memory)
        case .register: store(entry.type, entry.register, memory)
        case .slot: copy(entry.type, from: frame(entry.slot), to: memory)
        }
    }

    /// `br`
    mutating func branch(_ depth: Int) {
        let index = controlIndex(depth)
        if control[index].kind == .function {
            emitReturn()
            return
        }
        branchMoves(to: &control.element(index).pointee)
        assembler.jmp(control[index].label)
    }

    /// `br_if`, whose condition is popped and stands in the flags.
    mutating func branchIf(_ condition: Condition, _ depth: Int) {
        let index = controlIndex(depth)
        settleIfMany(carriedCount(control[index]))
        if control[index].kind == .function {
            let skip = assembler.newLabel()
            assembler.jcc(condition.inverted, skip)
            emitReturn()
            bind(skip)
            return
        }
        target(&control.element(index).pointee)
        let entry = control[index]
        if needsMoves(to: entry.state) || movesResults(entry) {
            let skip = assembler.newLabel()
            assembler.jcc(condition.inverted, skip)
            moveResults(to: entry)
            emitMoves(to: entry.state)
            assembler.jmp(entry.label)
            bind(skip)
        } else {
            assembler.jcc(condition, entry.label)
        }
    }

    /// `br_table` with the given depths; the index is the top of the stack.
    mutating func branchTable() {
        let count = Int(reader.readU32())
        let depthsOffset = reader.offset
        // All labels carry as many values as the first.
        settleIfMany(carriedCount(control[controlIndex(Int(reader.readU32()))]))
        reader.offset = depthsOffset
        let operand = popGeneral()
        // First pass: settle what every label requires.
        for _ in 0...count {
            let depth = Int(reader.readU32())
            let target = controlIndex(depth)
            if control[target].kind != .function { self.target(&control.element(target).pointee) }
        }
        let end = reader.offset
        reader.offset = depthsOffset
        if count <= 3 {
            for value in 0..<count {
                let depth = Int(reader.readU32())
                assembler.alu(.cmp, .dword, operand.general, immediate: Int32(value))
                branchTableCase(depth, condition: .e)
            }
            let depth = Int(reader.readU32())
            free(operand)
            branch(depth)
            reader.offset = end
            return
        }
        // The 32-bit move makes what the jump adds to the table the very number that was compared, whatever the upper half
        // of the operand's register is.
        let index = CallingConvention.scratch
        assembler.mov(.dword, index, operand.general)
        free(operand)
        // Allocated before the paths part: it may store an operand.
        let scaled = allocateGeneral()
        let table = assembler.newLabel()
        let fallback = assembler.newLabel()
        assembler.alu(.cmp, .dword, index, immediate: Int32(truncatingIfNeeded: count))
        assembler.jcc(.ae, fallback)
        assembler.lea(.qword, scaled, .ripRelative(table))
        assembler.movsx(from: .dword, to: .qword, index, MemoryOperand(scaled, index, 4, 0))
        assembler.alu(.add, .qword, scaled, index)
        assembler.jmp(scaled)
        free(scaled)
        // Edges that move something get a few instructions of their own. Equal depths share them.
        var edges = RawStack<BranchTableEdge>(capacity: 16)
        assembler.align(to: 4, with: .trap)
        bind(table)
        for _ in 0..<count {
            let depth = Int(reader.readU32())
            assembler.jumpTableEntry(edgeLabel(depth, &edges), relativeTo: table)
        }
        notes?.addTable(assembler.offset(of: table)..<assembler.offset)
        let defaultDepth = Int(reader.readU32())
        bind(fallback)
        branch(defaultDepth)
        for edge in 0..<edges.count {
            bind(edges[edge].label)
            let depth = edges[edge].depth
            control.element(controlIndex(depth)).pointee.edge = -1
            // A function that is too large already is given up behind this operator.
            if assembler.offset < Self.largestCode { branch(depth) }
        }
        reader.offset = end
    }

    /// One comparison's branch of a small `br_table`.
    private mutating func branchTableCase(_ depth: Int, condition: Condition) {
        let index = controlIndex(depth)
        let entry = control[index]
        if entry.kind == .function || needsMoves(to: entry.state) || movesResults(entry) {
            let skip = assembler.newLabel()
            assembler.jcc(condition.inverted, skip)
            branch(depth)
            bind(skip)
        } else {
            assembler.jcc(condition, entry.label)
        }
    }

    private mutating func edgeLabel(_ depth: Int, _ edges: inout RawStack<BranchTableEdge>) -> Label {
        let entry = control[controlIndex(depth)]
        if entry.kind != .function, !needsMoves(to: entry.state), !movesResults(entry) { return entry.label }
        if entry.edge >= 0 { return edges[Int(entry.edge)].label }
        let label = assembler.newLabel()
        control.element(controlIndex(depth)).pointee.edge = Int32(truncatingIfNeeded: edges.count)
        edges.append(BranchTableEdge(depth: depth, label: label))
        return label
    }

    /// Puts the results where the convention wants them and leaves the function. Keeps the compile-time stack.
    mutating func emitReturn() {
        let count = Int(signature.resultCount)
        if count >= Self.shortestLoop {
            returnMany(count)
        } else if count > 1 {
            let first = stack.count &- count
            let area = CallingConvention.scratch
            assembler.mov(.qword, area, frame(resultsAreaSlot))
            for index in 1..<count {
                // Through rax or xmm15: r11 holds the area, and result 0 is fetched last.
                let entry = stack[first &+ index]
                let memory = MemoryOperand(area, CallingConvention.resultStride &* Int32(index &- 1))
                copyResult(entry, to: memory)
            }
            copyEntry(stack[first], toResultOf: stack[first].type)
        } else if count == 1 {
            copyEntry(stack[stack.count &- 1], toResultOf: types[Int(signature.resultStart)])
        }
        emitEpilogue()
    }

    /// Puts many results where the convention wants them.
    private mutating func returnMany(_ count: Int) {
        settleOperands()
        let first = stack.count &- count
        let area = CallingConvention.scratch
        var index = 1
        while index < count {
            let run = resultRun(signature, from: index)
            let isWide = stack[first &+ index].type == .v128
            let offset = CallingConvention.resultStride &* Int32(truncatingIfNeeded: index &- 1)
            assembler.mov(.qword, area, frame(resultsAreaSlot))
            if run < Self.shortestLoop {
                copyResult(stack[first &+ index], to: MemoryOperand(area, offset))
                index &+= 1
                continue
            }
            copyRun(
                count: run, isWide: isWide, from: slots(from: first &+ index, isWide: isWide),
                to: ValueRun(base: area, offset: offset, stride: CallingConvention.resultStride))
            index &+= run
        }
        copyEntry(stack[first], toResultOf: stack[first].type)
    }

    /// Stores a further result. The area's address is in r11, so another register carries what is in memory.
    private mutating func copyResult(_ entry: StackEntry, to memory: MemoryOperand) {
        // Floating-point constants may be too wide for an immediate, and go the way of the integers.
        if entry.kind == .register || (!entry.type.isGeneral && entry.kind != .constant) {
            copyEntry(entry, toMemory: memory)
            return
        }
        if entry.kind == .local {
            let home = homes[Int(entry.value)]
            if isInRegister(home) {
                assembler.mov(size(entry.type), memory, home.general)
                return
            }
        }
        // r14 is restored behind its use: it is dead but for the frame's copy.
        let carrier = CallingConvention.instance
        switch entry.kind {
        case .constant: assembler.movImmediate(carrier, constantBits(entry))
        case .slot: assembler.mov(size(entry.type), carrier, frame(entry.slot))
        default: assembler.mov(size(entry.type), carrier, frame(homes[Int(entry.value)].offset))
        }
        assembler.mov(size(entry.type), memory, carrier)
        assembler.mov(.qword, carrier, frame(CallingConvention.frameInstance))
    }
}

/// An edge of a `br_table` that needs instructions of its own.
struct BranchTableEdge: BitwiseCopyable {
    var depth: Int
    var label: Label
}
