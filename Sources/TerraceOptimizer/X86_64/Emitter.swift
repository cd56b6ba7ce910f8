// Emission for x86-64: one walk over the allocated machine function, block after block. This file holds the state and what all
// kinds of instructions work with; they stand in files of their own.

import TerraceABI
import TerraceAssembler
import TerraceCode
import TerraceCompilation
import WasmFormat

/// A trap instruction to emit behind the function.
struct OutOfLineTrap: BitwiseCopyable {
    var label: Label
    var kind: TrapSiteKind
    var origin: Origin
    /// Where execution goes on if the check was none; only of interrupt checks.
    var resume: Label
    var resumes: Bool
}

/// Encodes instructions. Reused; owned by one compiler.
struct Emitter: ~Copyable {
    var graph: UnsafeMutablePointer<Graph>
    var machine: UnsafeMutablePointer<MachineFunction>
    var tables: ModuleTables
    var signature = MachineSignature()
    var assembler = Assembler()
    var features: CPUFeatures { @inline(__always) get { tables.features } }

    var traps = RawStack<TrapSite>(capacity: 256)
    var calls = RawStack<CallSite>(capacity: 64)
    var inlineRanges = RawStack<InlineRange>(capacity: 16)
    var outOfLineTraps = RawStack<OutOfLineTrap>(capacity: 64)
    var outOfLinePieces = RawStack<OutOfLinePiece>(capacity: 16)
    /// By block.
    var labels = RawStack<Label>(capacity: 64)
    /// By block: where a jump to it leads in the end, past blocks without instructions.
    var finalTargets = RawStack<UInt32>(capacity: 64)
    /// By block: its first move.
    var moveStarts = RawStack<UInt32>(capacity: 64)
    /// Blocks in the order of their code.
    var order = RawStack<UInt32>(capacity: 64)
    /// By block: bounds how far behind the first block its code begins.
    var bounds = RawStack<Int32>(capacity: 64)
    /// By block: whether its code is emitted in place of jumps to it.
    var isCopied = RawStack<Bool>(capacity: 64)
    /// By block: the label of its jump table, once there is one.
    var tableLabels = RawStack<Label?>(capacity: 64)
    /// Whether nothing is called.
    var isLeaf = false
    /// Bytes of copies so far.
    var copiedBytes: Int32 = 0
    /// Where code stood behind the last instruction whose flags say whether a register is zero, and which register and size;
    /// -1 if another way leads here too.
    var flagsOffset: Int32 = -1
    var flagsRegister = GeneralRegister.rax
    var flagsSize = OperandSize.dword
    /// What may be done to the function.
    var allowance = Allowance()
    var nextMove = 0
    /// The block that comes behind the present one, or none.
    var following = UInt32.max
    var block = 0

    /// The instruction that is being encoded, and the first of its operands' locations.
    var instruction = Instruction(operation: 0)
    var firstOperand = 0
    /// The inlined call that code at the end belongs to.
    var inlineNode = InlineNode.none
    /// Bytes from the frame pointer to the stack pointer, between calls.
    var frameBytes: Int32 = 0

    var failure: StaticString?

    /// Whether ``describeCode(_:)`` will be called.
    var keepsNotes = false
    /// In the order of the code.
    var emitted = RawStack<EmittedInstruction>(capacity: 1)
    var emittedTables = RawStack<EmittedTable>(capacity: 1)
    /// Where the code ends and constants begin.
    var endOfCode: Int32 = 0

    init(graph: UnsafeMutablePointer<Graph>, machine: UnsafeMutablePointer<MachineFunction>, tables: ModuleTables) {
        self.graph = graph
        self.machine = machine
        self.tables = tables
    }

    mutating func reset() {
        assembler.reset()
        traps.count = 0
        calls.count = 0
        inlineRanges.count = 0
        outOfLineTraps.count = 0
        outOfLinePieces.count = 0
        emitted.count = 0
        emittedTables.count = 0
        inlineNode = InlineNode.none
        flagsOffset = -1
        failure = nil
    }

    /// Gives back what a giant made of the buffers.
    mutating func shrink() {
        assembler.reset()
        traps.shrink()
        calls.shrink()
        inlineRanges.shrink()
        outOfLineTraps.shrink()
        outOfLinePieces.shrink()
        labels.shrink()
        finalTargets.shrink()
        moveStarts.shrink()
        order.shrink()
        bounds.shrink()
        isCopied.shrink()
        tableLabels.shrink()
        emitted.shrink()
        emittedTables.shrink()
    }

    @inline(never) mutating func fail(_ what: StaticString) { if failure == nil { failure = what } }
}

// MARK: operands

extension Emitter {
    @inline(__always) func location(_ index: Int) -> Location { machine.pointee.locations[firstOperand &+ index] }

    /// The virtual register of an operand.
    @inline(__always) func operandRegister(_ index: Int) -> VirtualRegister {
        machine.pointee.operands[firstOperand &+ index].register
    }

    @inline(__always) func operandType(_ index: Int) -> MachineType {
        machine.pointee.registers[operandRegister(index).position].type
    }

    /// The register of operand number `index`.
    @inline(__always) func general(_ index: Int) -> GeneralRegister {
        let location = location(index)
        assert(location.rawValue < 32, "operand \(index) of \(instruction) is not in a general register")
        return GeneralRegister(rawValue: location.number)
    }

    /// The vector register of operand number `index`.
    @inline(__always) func vector(_ index: Int) -> VectorRegister {
        let location = location(index)
        assert(location.isVector, "operand \(index) of \(instruction) is not in a vector register")
        return VectorRegister(rawValue: location.number)
    }

    /// Whether operand number `index` is in its slot or the constant pool.
    @inline(__always) func isMemory(_ index: Int) -> Bool { !location(index).isRegister }

    /// The memory operand of an operand that is not in a register.
    @inline(__always) mutating func memory(_ index: Int) -> MemoryOperand {
        let location = location(index)
        if location.isSlot { return frame(location.offset) }
        return constantOperand(operandRegister(index))
    }

    @inline(__always) func frame(_ offset: Int32) -> MemoryOperand {
        MemoryOperand(CallingConvention.framePointer, offset)
    }

    @inline(__always) func instance(_ offset: Int32) -> MemoryOperand {
        MemoryOperand(CallingConvention.instance, offset)
    }

    /// A constant in the pool.
    mutating func constantOperand(_ register: VirtualRegister) -> MemoryOperand {
        let node = graph.pointee.nodes[Int(machine.pointee.registers[register.position].payload)]
        switch node.type {
        case .i32, .f32: return assembler.constant32(node.a)
        case .v128:
            let bits = graph.pointee.vectors[Int(node.a)]
            return assembler.constant128(bits.x, bits.y)
        default: return assembler.constant64(node.bits)
        }
    }

    @inline(__always) var hasAddress: Bool { instruction.flags.contains(.hasAddress) }

    /// The instruction's address.
    func addressOperand(_ instruction: Instruction) -> MemoryOperand {
        var end = Int(instruction.operandCount)
        while end > 0, machine.pointee.operands[firstOperand &+ end &- 1].role == .temporary { end &-= 1 }
        let displacement = instruction.displacement
        let hasIndex = instruction.scaleLog2 != Instruction.noIndex
        let scale = hasIndex ? 1 &<< Int(instruction.scaleLog2) : 1
        let base: GeneralRegister
        switch instruction.addressBase {
        case .register: base = general(end &- (hasIndex ? 2 : 1))
        case .memory: base = CallingConvention.memoryBase
        case .instance: base = CallingConvention.instance
        case .frame: base = CallingConvention.framePointer
        case .stack: base = CallingConvention.stackPointer
        case .absolute, .none:
            return hasIndex
                ? MemoryOperand(index: general(end &- 1), scale: scale, displacement: displacement)
                : MemoryOperand(absolute: displacement)
        }
        return hasIndex
            ? MemoryOperand(base, general(end &- 1), scale, displacement) : MemoryOperand(base, displacement)
    }

    // MARK: moves

    @inline(__always) func size(_ type: MachineType) -> OperandSize { type == .i32 || type == .f32 ? .dword : .qword }

    @inline(__always) mutating func move(_ size: OperandSize, _ to: GeneralRegister, _ from: GeneralRegister) {
        if to != from { assembler.mov(size, to, from) }
    }

    mutating func load(_ type: MachineType, _ to: Location, _ from: MemoryOperand) {
        switch type {
        case .i32: assembler.mov(.dword, GeneralRegister(rawValue: to.number), from)
        case .i64, .ref: assembler.mov(.qword, GeneralRegister(rawValue: to.number), from)
        case .f32: assembler.movss(VectorRegister(rawValue: to.number), from)
        case .f64: assembler.movsd(VectorRegister(rawValue: to.number), from)
        case .v128: assembler.movups(VectorRegister(rawValue: to.number), from)
        }
    }

    mutating func store(_ type: MachineType, _ to: MemoryOperand, _ from: Location) {
        switch type {
        case .i32: assembler.mov(.dword, to, GeneralRegister(rawValue: from.number))
        case .i64, .ref: assembler.mov(.qword, to, GeneralRegister(rawValue: from.number))
        case .f32: assembler.movss(to, VectorRegister(rawValue: from.number))
        case .f64: assembler.movsd(to, VectorRegister(rawValue: from.number))
        case .v128: assembler.movups(to, VectorRegister(rawValue: from.number))
        }
    }

    /// One of the allocator's moves. May change the flags, which are of no meaning between instructions.
    mutating func emit(_ move: InsertedMove) {
        if move.kind == .exchange {
            assembler.xchg(
                .qword, GeneralRegister(rawValue: move.from.number), GeneralRegister(rawValue: move.to.number))
            return
        }
        if move.from == .constant {
            makeConstant(move.register, move.type, move.to)
            return
        }
        switch (move.from.isRegister, move.to.isRegister) {
        case (true, true):
            if move.from == move.to { return }
            if move.type.isGeneral {
                assembler.mov(
                    size(move.type), GeneralRegister(rawValue: move.to.number),
                    GeneralRegister(rawValue: move.from.number))
            } else {
                assembler.movaps(
                    VectorRegister(rawValue: move.to.number), VectorRegister(rawValue: move.from.number))
            }
        case (true, false): store(move.type, frame(move.to.offset), move.from)
        case (false, true): load(move.type, move.to, frame(move.from.offset))
        case (false, false):
            if move.type == .v128 {
                assembler.movups(CallingConvention.vectorScratch, frame(move.from.offset))
                assembler.movups(frame(move.to.offset), CallingConvention.vectorScratch)
            } else {
                assembler.mov(size(move.type), CallingConvention.scratch, frame(move.from.offset))
                assembler.mov(size(move.type), frame(move.to.offset), CallingConvention.scratch)
            }
        }
    }

    /// Makes the constant of a register anew, in a register or slot.
    private mutating func makeConstant(_ register: VirtualRegister, _ type: MachineType, _ to: Location) {
        let node = graph.pointee.nodes[Int(machine.pointee.registers[register.position].payload)]
        if node.kind == .typeIdentifier {
            let target = to.isRegister ? GeneralRegister(rawValue: to.number) : CallingConvention.scratch
            assembler.movImmediate(target, relocated: .typeID, node.a)
            if !to.isRegister { assembler.mov(.dword, frame(to.offset), target) }
            return
        }
        let isZero =
            type == .v128 ? graph.pointee.vectors[Int(node.a)] == SIMD2<UInt64>() : node.bits == 0
        let bits = type == .i32 || type == .f32 ? UInt64(node.a) : node.bits
        if to.isRegister {
            if type.isGeneral {
                let target = GeneralRegister(rawValue: to.number)
                if isZero { assembler.zero(target) } else { assembler.movImmediate(target, bits) }
            } else {
                let target = VectorRegister(rawValue: to.number)
                if isZero {
                    zero(target)
                } else if type == .v128, graph.pointee.vectors[Int(node.a)] == SIMD2(~0, ~0) {
                    ones(target)
                } else {
                    let constant = constantOperand(register)
                    if type == .v128 { assembler.movaps(target, constant) } else { load(type, to, constant) }
                }
            }
            return
        }
        let slot = frame(to.offset)
        if type == .v128 {
            let scratch = CallingConvention.vectorScratch
            if isZero {
                assembler.sse(.xorps, scratch, scratch)
            } else {
                assembler.movaps(scratch, constantOperand(register))
            }
            assembler.movups(slot, scratch)
            return
        }
        let signed = Int64(bitPattern: bits)
        if size(type) == .dword {
            assembler.movImmediate(.dword, slot, Int32(truncatingIfNeeded: signed))
        } else if signed == Int64(Int32(truncatingIfNeeded: signed)) {
            assembler.movImmediate(.qword, slot, Int32(truncatingIfNeeded: signed))
        } else {
            assembler.movImmediate(CallingConvention.scratch, bits)
            assembler.mov(.qword, slot, CallingConvention.scratch)
        }
    }
}
