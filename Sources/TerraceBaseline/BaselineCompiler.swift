// Tier 1: one pass over a validated function body, straight to machine code. This file holds the compiler's state,
// the function's frame and what a compilation returns; the folders hold the operators by kind and what they work with.

import TerraceABI
import TerraceAssembler
import TerraceCode
import TerraceCompilation
import WasmFormat

/// The baseline compiler. Reusable: one value compiles any number of functions, one at a time, and reuses its
/// memory. Not shared between threads.
///
/// Operands stay lazy for as long as possible (``StackEntry``): constants become immediates, locals are read where
/// they are used, comparisons melt into the branch behind them. The most used locals of a function have registers
/// (``LocalHome``), which a quick look over the body chooses (``FunctionPrescan``).
public struct BaselineCompiler: ~Copyable {
    /// Bytes of machine code that a function may have; what is emitted for one operator may go beyond.
    static var largestCode: Int32 { 1 << 28 }

    /// Nil between modules. Whoever compiles keeps it alive; a free compiler keeps no module.
    private var currentEnvironment: ModuleEnvironment?
    private var facts: ModuleTables

    var types: UnsafePointer<MachineType> { @inline(__always) get { facts.types } }
    var locations: UnsafePointer<ArgumentLocation> { @inline(__always) get { facts.locations } }
    var runs: UnsafePointer<UInt32> { @inline(__always) get { facts.runs } }
    var signatures: UnsafePointer<MachineSignature> { @inline(__always) get { facts.signatures } }
    var functionTypes: UnsafePointer<UInt32> { @inline(__always) get { facts.functionTypes } }
    var memories: UnsafePointer<MemoryAccess> { @inline(__always) get { facts.memories } }
    var tables: UnsafePointer<TableAccess> { @inline(__always) get { facts.tables } }
    var globals: UnsafePointer<GlobalAccess> { @inline(__always) get { facts.globals } }
    var features: CPUFeatures { @inline(__always) get { facts.features } }

    var environment: ModuleEnvironment {
        @inline(__always) get { currentEnvironment.unsafelyUnwrapped }
    }

    var assembler = Assembler()
    var reader: TrustedReader
    var prescan = FunctionPrescan()

    // The function being compiled.
    var functionIndex: UInt32 = 0
    /// Whether the code counts for a second tier.
    var isCounting = false
    var signature = MachineSignature()
    /// Byte offset of the present operator.
    var operatorOffset = 0
    /// By local. Of those from ``nearLocalCount`` on, only what the code accesses is there.
    var homes = RawStack<LocalHome>(capacity: 64)
    var nearLocalCount = 0
    /// The groups of declared locals that reach beyond the near ones.
    var highGroups = RawStack<LocalGroup>(capacity: 16)
    /// Where the locals end, from rbp.
    var localsEnd: Int32 = 0
    /// Number of `local` entries on the stack, by local. All zero between functions.
    var pendingReads = RawStack<UInt32>(capacity: 64)
    /// Whether a function was given up and may have left pending reads.
    var leftPendingReads = false
    /// Local by its bit number in a ``LocalState``.
    let pinnedLocals = UnsafeMutablePointer<UInt8>.allocate(capacity: 32)
    var pinnedMask: UInt32 = 0
    var locals = LocalState()
    var nextLoop = 0
    /// Where code must end behind an operator for the compiler to go on without ``lookCloser(reachable:)``.
    var uncheckedCode = Self.largestCode
    /// A mistake of the compiler's that was noticed in the midst of an operator.
    var contradiction: String?
    /// Operators since ``checkInvariants()`` looked at everything.
    var uncheckedOperators = 0
    /// What the code of the function is made of, if somebody wants to know.
    var notes: CodeNotes?

    var stack = RawStack<StackEntry>(capacity: 256)
    /// No entry below this index is in a register; all below `settledCount` are in their slots or constants. Searches
    /// begin here, so that what they cost does not grow with the height of the stack. `settledCount` is never larger.
    var registerFreeCount = 0
    var settledCount = 0
    /// All entries below this index and above the innermost construct's start are in their slots; those further down are
    /// settled. Never smaller than that construct's height, nor larger than `settledCount`.
    var slotCount = 0
    var freeGeneral: UInt32 = Temporaries.general
    var freeVector: UInt32 = Temporaries.vector
    var frameLayout = FrameLayout()
    /// Bytes from rbp to the end of the locals.
    var localBytes: Int32 = 0
    /// Bytes of slots in use, and the most that ever were.
    var stackBytes: Int32 = 0
    var maximumStackBytes: Int32 = 0
    /// Bytes at the frame's end for results that callees return in memory.
    var resultsAreaBytes: Int32 = 0
    /// Slot with the address of the caller's results area, if the function has more than one result.
    var resultsAreaSlot: Int32 = 0

    /// Where code stood behind the last instruction whose flags say whether a register is zero, and which register and
    /// type that is; -1 if no such instruction is the last one on every path to here.
    var flagsOffset: Int32 = -1
    var flagsRegister: UInt8 = 0
    var flagsType = MachineType.i32

    var control = RawStack<ControlEntry>(capacity: 64)
    /// Trap exits to emit behind the function: label, kind, operator.
    var pendingTraps = RawStack<PendingTrap>(capacity: 64)
    var pendingInterruptChecks = RawStack<PendingDetour>(capacity: 16)
    // Cold halves of what counts.
    var pendingCallCount: PendingDetour?
    var pendingLoopCounts = RawStack<PendingLoopCount>(capacity: 16)
    var pendingConstants = RawStack<StackEntry>(capacity: 16)
    var pendingTargetCounts = RawStack<PendingTargetCount>(capacity: 16)

    var traps = RawStack<TrapSite>(capacity: 256)
    var calls = RawStack<CallSite>(capacity: 64)

    public init(environment: ModuleEnvironment) {
        currentEnvironment = environment
        facts = ModuleTables(environment)
        reader = TrustedReader(environment.module.bytes, at: 0)
    }

    /// Goes on with functions of another module.
    public mutating func use(_ environment: ModuleEnvironment) {
        currentEnvironment = environment
        facts = ModuleTables(environment)
        reader = TrustedReader(environment.module.bytes, at: 0)
    }

    /// Lets go of the module and of the last result; ``use(_:)`` comes before the next compilation. What a giant made of the
    /// buffers is given back.
    public mutating func forgetFunction() {
        currentEnvironment = nil
        assembler.reset()
        homes.shrink()
        highGroups.shrink()
        pendingReads.shrink()
        stack.shrink()
        control.shrink()
        traps.shrink()
        calls.shrink()
        pendingTraps.shrink()
        pendingInterruptChecks.shrink()
        pendingLoopCounts.shrink()
        pendingConstants.shrink()
        pendingTargetCounts.shrink()
        prescan.shrink()
    }

    /// Bytes of all buffers, used or not.
    var bufferBytes: Int {
        assembler.bufferBytes + homes.byteCount + highGroups.byteCount + pendingReads.byteCount + stack.byteCount
            + control.byteCount
            + traps.byteCount + calls.byteCount + pendingTraps.byteCount + pendingInterruptChecks.byteCount
            + pendingLoopCounts.byteCount + pendingConstants.byteCount + pendingTargetCounts.byteCount
            + prescan.bufferBytes
    }

    deinit { pinnedLocals.deallocate() }

    // MARK: results of the last compilation

    /// Machine code; the function begins at offset 0 and wants 16-byte alignment. Valid until the next compilation.
    public var bytes: UnsafeRawBufferPointer { assembler.bytes }
    public var trapSites: UnsafeBufferPointer<TrapSite> { traps.buffer }
    public var callSites: UnsafeBufferPointer<CallSite> { calls.buffer }
    public var relocations: [Relocation] { assembler.relocations }
    /// How many indirect calls the function has whose callees the code records.
    public var recordedCallCount: Int {
        isCounting ? min(prescan.indirectCalls.count, CallSiteProfileLayout.maximumSites) : 0
    }

    /// Compiles one function of the module.
    ///
    /// - Parameter functionIndex: a defined function; imported ones have no body.
    public mutating func compile(functionIndex: UInt32) throws(CompileError) {
        self.functionIndex = functionIndex
        isCounting = environment.countsExecutions
        assembler.reset()
        let frameFixup = try begin(functionIndex)
        try compileOperators()
        let end = environment.module.bodies[Int(functionIndex) - environment.importedFunctionCount].bytes.upperBound
        guard reader.offset == end else { throw .contradiction("the function ends elsewhere", offset: reader.offset) }
        truncate(to: 0)
        leftPendingReads = false
        emitOutOfLine()
        notes?.endCode(at: assembler.offset)
        assembler.finish()
        patchFrame(frameFixup)
        if let what = contradiction ?? assembler.contradiction.map({ "\($0)" }) {
            throw .contradiction(what, offset: end)
        }
    }

    /// Everything up to the first operator. Returns the offset of the frame size, to be patched.
    mutating func begin(_ functionIndex: UInt32) throws(CompileError) -> Int32 {
        let body = environment.module.bodies[Int(functionIndex) - environment.importedFunctionCount]
        signature = signatures[Int(functionTypes[Int(functionIndex)])]
        stack.count = 0
        control.count = 0
        traps.count = 0
        calls.count = 0
        pendingTraps.count = 0
        pendingInterruptChecks.count = 0
        pendingCallCount = nil
        pendingLoopCounts.count = 0
        pendingConstants.count = 0
        pendingTargetCounts.count = 0
        registerFreeCount = 0
        settledCount = 0
        slotCount = 0
        freeGeneral = Temporaries.general
        freeVector = Temporaries.vector
        stackBytes = 0
        maximumStackBytes = 0
        resultsAreaBytes = 0
        flagsOffset = -1
        nextLoop = 0
        uncheckedCode = checksItself || notes != nil ? -1 : Self.largestCode
        notes?.removeAll()
        contradiction = nil
        uncheckedOperators = 0
        locals = LocalState()

        readLocals(body)
        prescan.scan(reader, to: body.bytes.upperBound, firstHighLocal: nearLocalCount)
        // The compiler drops stores on the prescan's word, so it must have read the same operators.
        guard prescan.isComplete else {
            throw CompileError.contradiction("the scan came out elsewhere", offset: body.bytes.upperBound)
        }
        findHighLocals()
        assignHomes()
        operatorOffset = body.bytes.lowerBound
        let frameFixup = emitPrologue(codeBytes: body.bytes.upperBound &- reader.offset)
        pushFunctionControl()
        return frameFixup
    }

    // MARK: frame

    /// Emits the prologue and returns the offset of the frame size to patch.
    private mutating func emitPrologue(codeBytes: Int) -> Int32 {
        assembler.push(CallingConvention.framePointer)
        assembler.mov(.qword, CallingConvention.framePointer, CallingConvention.stackPointer)
        assembler.push(CallingConvention.instance)
        assembler.lea(.qword, CallingConvention.scratch, MemoryOperand(CallingConvention.stackPointer, 0x7FFF_0000))
        let fixup = assembler.offset - 4
        assembler.alu(.cmp, .qword, CallingConvention.scratch, instance(InstanceLayout.stackLimit))
        fail(.stackLimit, if: .b)
        assembler.mov(.qword, CallingConvention.stackPointer, CallingConvention.scratch)
        if signature.resultCount > 1 {
            assembler.mov(.qword, frame(resultsAreaSlot), CallingConvention.resultsArea)
        }
        if isCounting { countCall(codeBytes: codeBytes) }
        savePreserved()
        receiveArguments()
        zeroLocals()
        return fixup
    }

    /// Patches the displacement of the frame's end from rsp as it stands after the instance was pushed.
    private mutating func patchFrame(_ fixup: Int32) {
        // The frame as a whole keeps 16-byte alignment.
        let bytes = (localBytes &+ maximumStackBytes &+ resultsAreaBytes &+ 15) & ~15
        assembler.patch32(at: fixup, 8 &- bytes)
    }

    /// Moves the arguments from where the convention has them to the homes of the parameters.
    private mutating func receiveArguments() {
        let count = Int(signature.parameterCount)
        let start = Int(signature.parameterStart)
        var moves = ParallelMove()
        // First what goes to memory: it needs no register and frees some.
        var index = 0
        var end = FrameLayout.localsStart
        while index < count {
            let home = parameterHome(index, below: end)
            end = home.offset
            switch locations[start + index] {
            case .general(let register):
                if home.isPinned {
                    moves.add(from: register, to: home.general)
                } else {
                    assembler.mov(size(home.type), frame(home.offset), register)
                }
            case .vector(let register):
                if !home.isPinned { store(register, home.type, frame(home.offset)) }
            case .stack:
                let run = argumentRun(signature, from: index)
                end &-= FrameLayout.slotBytes(home.type) &* Int32(truncatingIfNeeded: run &- 1)
                index &+= run &- 1
            }
            index &+= 1
        }
        emit(moves)
        index = 0
        end = FrameLayout.localsStart
        while index < count {
            let home = parameterHome(index, below: end)
            end = home.offset
            switch locations[start + index] {
            case .general: break
            case .vector(let register):
                if home.isPinned { assembler.movaps(home.vector, register) }
            case .stack(let offset):
                let run = home.isPinned ? 0 : unpinnedRun(from: index)
                if run >= Self.shortestLoop {
                    let stride = FrameLayout.slotBytes(home.type)
                    copyRun(
                        count: run, isWide: home.type == .v128,
                        from: ValueRun(
                            base: CallingConvention.framePointer,
                            offset: CallingConvention.incomingArguments &+ offset, stride: stride),
                        to: ValueRun(base: CallingConvention.framePointer, offset: home.offset, stride: 0 &- stride))
                    end &-= stride &* Int32(truncatingIfNeeded: run &- 1)
                    index &+= run
                    continue
                }
                let argument = frame(CallingConvention.incomingArguments + offset)
                if home.isPinned {
                    load(home.type, home.register, argument)
                } else {
                    copy(home.type, from: argument, to: frame(home.offset))
                }
            }
            if home.isPinned { noteWritten(home) }
            index &+= 1
        }
    }

    /// How many parameters from `index` on come one behind the other and go to homes one behind the other.
    private func unpinnedRun(from index: Int) -> Int {
        let end = index &+ argumentRun(signature, from: index)
        if pinnedMask == 0 { return end &- index }
        let tracked = min(end, FunctionPrescan.trackedLocals)
        var next = index
        while next < tracked, !homes[next].isPinned { next &+= 1 }
        return (next < tracked ? next : end) &- index
    }

    /// Gives the declared locals their zeros: pinned ones in their registers, runs of others in the frame.
    private mutating func zeroLocals() {
        let scratch = CallingConvention.vectorScratch
        var isScratchZero = false
        let tracked = min(homes.count, FunctionPrescan.trackedLocals)
        var index = Int(signature.parameterCount)
        // Where the local at `index` begins, seen from above.
        var high = FrameLayout.localsStart &- signature.parameterSlotBytes
        while index < homes.count {
            if index < tracked, homes[index].isPinned {
                let home = homes[index]
                if home.type.isGeneral {
                    assembler.zero(home.general)
                } else {
                    assembler.sse(.xorps, home.vector, home.vector)
                }
                noteWritten(home)
                high = home.offset
                index &+= 1
                continue
            }
            if pinnedMask == 0 { index = tracked }
            while index < tracked, !homes[index].isPinned { index &+= 1 }
            if index >= tracked { index = homes.count }
            let low = index < tracked ? homes[index].offset &+ FrameLayout.slotBytes(homes[index].type) : localsEnd
            if !isScratchZero {
                assembler.sse(.xorps, scratch, scratch)
                isScratchZero = true
            }
            zeroFrame(from: low, to: high)
            high = low
        }
    }

    /// Zeros a part of the frame, given by offsets from rbp. The vector scratch register is zero.
    private mutating func zeroFrame(from low: Int32, to high: Int32) {
        let scratch = CallingConvention.vectorScratch
        var low = low
        var bytes = high &- low
        if bytes & 8 != 0 {
            assembler.movsd(frame(low), scratch)
            low &+= 8
            bytes &-= 8
        }
        guard bytes > 0 else { return }
        if bytes <= 16 * 16 {
            while low < high {
                assembler.movups(frame(low), scratch)
                low &+= 16
            }
        } else {
            assembler.movImmediate(CallingConvention.scratch, UInt64(bitPattern: Int64(0 &- bytes)))
            let loop = assembler.newLabel()
            assembler.bind(loop)
            assembler.movups(
                MemoryOperand(CallingConvention.framePointer, CallingConvention.scratch, 1, high), scratch)
            assembler.alu(.add, .qword, CallingConvention.scratch, immediate: 16)
            assembler.jcc(.ne, loop)
        }
    }

    /// Leaves the function; its results are in place.
    @inline(__always) mutating func emitEpilogue() {
        restorePreserved()
        assembler.leave()
        if signature.stackBytes == 0 {
            assembler.ret()
        } else {
            assembler.ret(pop: UInt16(truncatingIfNeeded: signature.stackBytes))
        }
    }
}
