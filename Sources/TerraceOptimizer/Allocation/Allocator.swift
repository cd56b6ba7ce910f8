// Register allocation on machine instructions: who calls whom, and the state that its parts share.
//
// Liveness.swift learns where values are used, what is live into blocks, and what each value would like. Scan.swift goes over
// the instructions once, forward: it decides what stays in registers by the distance of next uses, and names the registers.
// Pressure.swift counts what each loop needs. BlockEntry.swift and LoopHeader.swift choose what is in registers where ways meet,
// Edges.swift notes the moves that this takes. Slots.swift gives slots to what was spilled, Moves.swift puts the moves into
// their final order. AllocationChecker.swift proves the result without knowing how it was made.
//
// One scan instead of a plan of residency and an assignment after it: both go forward over the same blocks with the same
// knowledge (next uses, calls and fixed registers ahead, liveness), and what had to be decided looking back, where a spilled
// value is stored, is decided afterwards. A value that is live and in no register is in its slot: this is what keeps spilling
// correct with whatever is decided.

import TerraceABI
import TerraceCompilation

/// What allocation did, as counts of instructions.
struct AllocationStatistics: Equatable, Sendable {
    /// Moves between registers, exchanges included.
    var copies = 0
    /// Moves from slots to registers.
    var reloads = 0
    /// Moves from registers to slots.
    var spills = 0
    /// Operands read from their slots or the constant pool by the instruction itself.
    var foldedOperands = 0
    /// Constants made anew in a register.
    var remadeConstants = 0
    /// Values demoted to their slots because too much is live at once.
    var demotedValues = 0

    static func += (left: inout Self, right: Self) {
        left.copies += right.copies
        left.reloads += right.reloads
        left.spills += right.spills
        left.foldedOperands += right.foldedOperands
        left.remadeConstants += right.remadeConstants
        left.demotedValues += right.demotedValues
    }
}

/// One use of a value.
struct AllocatorUse: BitwiseCopyable {
    /// Index of the instruction; of an edge's argument, of the terminator of the block that passes it.
    var position: Int32
    /// The block, and in the lowest bit whether the value is live where it ends.
    var blockAndLiveOut: UInt32
    @inline(__always) var block: UInt32 { blockAndLiveOut >> 1 }
    @inline(__always) var isLiveOut: Bool { blockAndLiveOut & 1 != 0 }
}

/// What the allocator knows of a virtual register.
struct AllocatorValue: BitwiseCopyable {
    static var noRegister: UInt8 { 255 }
    static var noSlot: UInt32 { UInt32.max }
    static var noBlock: UInt32 { UInt32.max }

    /// Its uses in ``Allocator/uses``, in order.
    var useStart: UInt32 = 0
    var useEnd: UInt32 = 0
    /// First use that the scan has not passed.
    var cursor: UInt32 = 0
    /// Block of the definition; 0 for what has none.
    var definitionBlock: UInt32 = 0
    /// Where it begins and ends in the order of code, as twice the instruction's index, plus 1 behind its uses. What is used
    /// in a loop that it comes from outside of lasts to the loop's end.
    var begin: Int32 = 0
    var end: Int32 = -1
    /// A block's parameter that this value is an argument of, on the most frequent of its edges.
    var argumentOf = VirtualRegister.none
    /// Frequency of that edge.
    var argumentFrequency: Float = -1
    /// Position of the fixed use that ``hint`` comes from, and its frequency.
    var hintPosition: Int32 = -1
    var hintFrequency: Float = -1
    /// Sum of the frequencies of what would have to store it if its definition did not.
    var evictionWeight: Float = 0
    var definitionFrequency: Float = 1
    /// Sum of the frequencies of its uses.
    var useWeight: Float = 0
    /// Number in ``Allocator/slots``.
    var slot = AllocatorValue.noSlot
    /// Slot of a value that becomes this parameter.
    var slotWish = AllocatorValue.noSlot
    /// Register number, as ``Location``'s raw value, while the scan has it in one.
    var register = AllocatorValue.noRegister
    /// Register that its definition would best take.
    var hint = AllocatorValue.noRegister
    /// Of a parameter: its register at the block's start.
    var entryRegister = AllocatorValue.noRegister
    var flags: Flags = []
    var type = MachineType.i32

    struct Flags: OptionSet, BitwiseCopyable {
        var rawValue: UInt16
        /// Can be had again without having been stored: a constant, or in the frame already.
        static var isRecoverable: Self { Self(rawValue: 1) }
        static var isConstant: Self { Self(rawValue: 2) }
        /// Kept in its slot: stored at the definition, and not live in a register from block to block but by chance.
        static var isDemoted: Self { Self(rawValue: 4) }
        /// Something reads the slot, or may.
        static var needsSlot: Self { Self(rawValue: 8) }
        static var storesAtDefinition: Self { Self(rawValue: 16) }
        static var isReference: Self { Self(rawValue: 32) }
        static var isVector: Self { Self(rawValue: 64) }
        static var isParameter: Self { Self(rawValue: 128) }
        /// Live across a call that is not cold.
        static var crossesCalls: Self { Self(rawValue: 256) }
    }
    @inline(__always) var isRecoverable: Bool { flags.contains(.isRecoverable) }
}

/// A move in the making: its slots have no offsets yet.
struct PendingMove: BitwiseCopyable {
    var position: Int32
    var value: VirtualRegister
    var kind: Kind
    /// Register numbers.
    var from: UInt8 = 0
    var to: UInt8 = 0

    enum Kind: UInt8, BitwiseCopyable {
        case copy, exchange
        /// From the slot, or anew if it is a constant.
        case reload
        /// Right behind the definition; only if the value is one that is stored there.
        case definitionStore
        /// Where the value leaves its register; only if it is not stored at its definition.
        case evictionStore
    }
}

/// One of the moves of an edge, all of which happen at once.
struct EdgeMove: BitwiseCopyable {
    /// The parameter, or the same as `source`.
    var target: VirtualRegister
    var source: VirtualRegister
    /// Register number, or none: the source's slot or constant.
    var from: UInt8
    /// Register number, or none: the target's slot.
    var to: UInt8
    /// Not a move but a store of `source` from `from` to its slot, before the moves.
    var isStore = false
}

/// A value in a register at a block's start or end.
struct Resident: BitwiseCopyable {
    var value: VirtualRegister
    var register: UInt8
    /// Whether the slot holds the value as well.
    var isStored: Bool
}

/// What the scan knows of a block.
struct AllocatorBlock: BitwiseCopyable {
    var exitStart: UInt32 = 0
    var exitCount: UInt32 = 0
    var entryStart: UInt32 = 0
    var entryCount: UInt32 = 0
    /// Values live in, in ``Allocator/liveIn``.
    var liveInStart: UInt32 = 0
    var liveInCount: UInt32 = 0
    /// How many of them by class are not recoverable.
    var liveInGeneral: Int32 = 0
    var liveInVector: Int32 = 0
    /// Its own moves in ``Allocator/pending``.
    var moveStart: UInt32 = 0
    var moveEnd: UInt32 = 0
    /// Moves of its edge in ``Allocator/edgeMoves``.
    var edgeStart: UInt32 = 0
    var edgeEnd: UInt32 = 0
    /// Positions of the first and the last call that are not cold.
    var firstCall = Int32.max
    var lastCall: Int32 = -1
    var isScanned = false
}

/// What the scan knows of a loop.
struct AllocatorLoop: BitwiseCopyable {
    /// First instruction, and one behind the last.
    var start: Int32 = 0
    var end: Int32 = 0
    /// The loop around all others around it, or itself.
    var outermost: UInt32 = 0
    /// Most values, by class, that want registers at one point of it; recoverable ones do not count.
    var pressureGeneral: Int32 = 0
    var pressureVector: Int32 = 0
    /// Most general ones that are live across one call that is not cold.
    var pressureAcrossCalls: Int32 = 0
}

/// A slot of the frame.
struct AllocatorSlot: BitwiseCopyable {
    /// From the frame pointer.
    var offset: Int32
    var isWide: Bool
    var isFree = false
}

/// One move of an edge, with its places named.
struct Transfer: BitwiseCopyable {
    var value: VirtualRegister
    var from: Location
    var to: Location
    /// Numbers of the two in ``Allocator/places``; `from` is none if nothing on the edge can change it.
    var fromPlace: UInt32
    var toPlace: UInt32
    var isDone = false
}

/// A register or slot while an edge's moves are put into an order.
struct PlaceState: BitwiseCopyable {
    var round: UInt32 = 0
    /// How many transfers still read it.
    var readers: UInt32 = 0
    /// The transfer that writes it, or none.
    var writer = UInt32.max
}

/// Allocates registers for one function after the other. Owned by one compiler.
struct Allocator: ~Copyable {
    /// Sum of live-in values of all blocks above which values are demoted.
    var liveInLimit = 4 << 20
    /// Of the function allocated last.
    var statistics = AllocationStatistics()

    // The function, valid while `allocate` runs.
    var machine: UnsafeMutablePointer<MachineFunction>
    var file = RegisterFile(
        allocatable: [0, 0], preserved: [0, 0], scratch: [0, 0], preference: InlineArray(repeating: 255))
    /// Bits by register number, both classes.
    var allocatable: UInt64 = 0
    var preserved: UInt64 = 0

    // Facts.
    var values = RawStack<AllocatorValue>(capacity: 1024)
    var uses = RawStack<AllocatorUse>(capacity: 2048)
    var blocks = RawStack<AllocatorBlock>(capacity: 64)
    var loops = RawStack<AllocatorLoop>(capacity: 16)
    /// Values live into blocks, block after block, in order of their numbers.
    var liveIn = RawStack<VirtualRegister>(capacity: 1024)
    /// Pairs of block and value, by value.
    var liveInPairs = RawStack<SIMD2<UInt32>>(capacity: 1024)
    var worklist = RawStack<UInt32>(capacity: 64)
    /// By block: the last value that was found live in, or out.
    var stampIn = RawStack<UInt32>(capacity: 64)
    var stampOut = RawStack<UInt32>(capacity: 64)
    /// By value: the last block that it was found live into, plus 1.
    var liveStamp = RawStack<UInt32>(capacity: 1024)
    /// Positions of calls that are not cold.
    var calls = RawStack<Int32>(capacity: 64)
    /// Positions at which fixed operands claim registers: lists by register.
    var claims = RawStack<SIMD2<Int32>>(capacity: 128)
    var claimHeads: UnsafeMutablePointer<Int32>
    var claimTails: UnsafeMutablePointer<Int32>

    // The scan's state.
    var block: UInt32 = 0
    var index: Int32 = 0
    var frequency: Float = 1
    var loop: UInt32 = Loop.none
    var callCursor = 0
    /// By register number: the value that is in it. Valid where `occupied` has the bit.
    var content: UnsafeMutablePointer<VirtualRegister>
    var occupied: UInt64 = 0
    /// Registers of the parameters of the innermost loop: what becomes one of them leaves the others to theirs.
    var reserved: UInt64 = 0
    /// Whether the content is in its slot as well, or recoverable.
    var stored: UInt64 = 0
    /// Registers whose content arrives in front of the present instruction, and where from: a register number, or
    /// `noRegister` for memory.
    var arriving: UInt64 = 0
    var arrivalSource: UnsafeMutablePointer<UInt8>
    var arrivalValue: UnsafeMutablePointer<VirtualRegister>
    /// By operand of the present instruction: its value's register before the instruction.
    var startRegisters: UnsafeMutablePointer<UInt8>
    /// By value, for a moment: votes of predecessors, and which round they belong to.
    var votes = RawStack<Vote>(capacity: 1024)
    var voteRound: UInt32 = 0
    var votesTotal: Float = 0
    var bestPredecessor: UInt32 = 0
    /// How many registers the loop being entered has left for constants all through.
    var constantRoom = 0
    /// Registers that fixed operands claim in the loop being entered, if it has no calls: bad ones for values that last.
    var claimedInLoop: UInt64 = 0
    /// Values for a loop's registers, nearest first.
    var chosen = RawStack<Candidate>(capacity: 64)
    var residents = RawStack<Resident>(capacity: 1024)
    var pending = RawStack<PendingMove>(capacity: 1024)
    var edgeMoves = RawStack<EdgeMove>(capacity: 256)
    /// Operands that are read from their value's slot.
    var slotOperands = RawStack<UInt32>(capacity: 256)
    /// Values in the order of their definitions.
    var definitionOrder = RawStack<VirtualRegister>(capacity: 1024)

    // Slots and final moves.
    var slots = RawStack<AllocatorSlot>(capacity: 64)
    var slotHeap = RawStack<SIMD2<Int32>>(capacity: 64)
    var freeSlots = RawStack<UInt32>(capacity: 64)
    var freeWideSlots = RawStack<UInt32>(capacity: 64)
    var places = RawStack<PlaceState>(capacity: 128)
    var placesRound: UInt32 = 0
    var transfers = RawStack<Transfer>(capacity: 64)
    var ready = RawStack<UInt32>(capacity: 64)
    var parkingSlot = AllocatorValue.noSlot

    /// Why allocation gave up; nil while all is well.
    var failure: CompileError?

    struct Vote: BitwiseCopyable {
        var round: UInt32 = 0
        var weight: Float = 0
        var register: UInt8 = AllocatorValue.noRegister
        var isUnstored = false
    }

    struct Candidate: BitwiseCopyable {
        var value: VirtualRegister
        var distance: Int64
    }

    init() {
        content = .allocate(capacity: 64)
        arrivalSource = .allocate(capacity: 64)
        arrivalValue = .allocate(capacity: 64)
        startRegisters = .allocate(capacity: 256)
        claimHeads = .allocate(capacity: 64)
        claimTails = .allocate(capacity: 64)
        content.initialize(repeating: .none, count: 64)
        arrivalSource.initialize(repeating: AllocatorValue.noRegister, count: 64)
        arrivalValue.initialize(repeating: .none, count: 64)
        startRegisters.initialize(repeating: AllocatorValue.noRegister, count: 256)
        claimHeads.initialize(repeating: -1, count: 64)
        claimTails.initialize(repeating: -1, count: 64)
        // Set by `allocate` before anything reads it.
        machine = UnsafeMutablePointer(bitPattern: MemoryLayout<MachineFunction>.alignment).unsafelyUnwrapped
    }

    deinit {
        content.deallocate()
        arrivalSource.deallocate()
        arrivalValue.deallocate()
        startRegisters.deallocate()
        claimHeads.deallocate()
        claimTails.deallocate()
    }

    /// Says where every operand is and which moves are wanted: fills in the results of `machine`.
    mutating func allocate(_ machine: inout MachineFunction, _ file: RegisterFile) throws(CompileError) {
        withUnsafeMutablePointer(to: &machine) { pointer in
            self.machine = pointer
            self.file = file
            run()
        }
        if let failure { throw failure }
    }

    private mutating func run() {
        failure = nil
        statistics = AllocationStatistics()
        allocatable = UInt64(file.allocatable[0]) | UInt64(file.allocatable[1]) << 32
        preserved = UInt64(file.preserved[0]) | UInt64(file.preserved[1]) << 32
        machine.pointee.usedPreserved = 0
        machine.pointee.moves.count = 0
        machine.pointee.locations.refill(count: machine.pointee.operands.count, with: .none)
        findUses()
        findLiveness()
        if loops.count > 0 { findPressure() }
        guard failure == nil else { return }
        scan()
        guard failure == nil else { return }
        colourSlots()
        finishMoves()
    }

    /// Gives back what a giant made of the buffers.
    mutating func shrink() {
        values.shrink()
        uses.shrink()
        blocks.shrink()
        loops.shrink()
        liveIn.shrink()
        liveInPairs.shrink()
        worklist.shrink()
        stampIn.shrink()
        stampOut.shrink()
        liveStamp.shrink()
        calls.shrink()
        claims.shrink()
        votes.shrink()
        residents.shrink()
        pending.shrink()
        edgeMoves.shrink()
        slotOperands.shrink()
        definitionOrder.shrink()
        slots.shrink()
        slotHeap.shrink()
        freeSlots.shrink()
        freeWideSlots.shrink()
        places.shrink()
        transfers.shrink()
        ready.shrink()
    }

    @inline(never) mutating func fail(_ what: String) {
        if failure == nil {
            failure = .contradiction("register allocation: \(what) at instruction \(index)", offset: 0)
        }
    }
}
