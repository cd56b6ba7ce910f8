// Instruction selection for x86-64: backward over each block, users before what they use, so that a node whose only user took
// it in is never made, and dead nodes fall away. This file holds the state and what all patterns work with; the patterns stand
// in files of their own by kind.

import TerraceABI
import TerraceAssembler
import TerraceCompilation
import WasmFormat

/// An address under construction: what ``Instruction`` says of it, with its registers.
struct Address: BitwiseCopyable {
    var base = AddressBase.absolute
    /// If `base` is `.register`.
    var baseRegister = VirtualRegister.none
    var indexRegister = VirtualRegister.none
    var scaleLog2: UInt8 = 0
    var displacement: Int32 = 0
    /// The load or store that accesses linear memory there and reports faults; none if the address cannot fault.
    var node = Value.none
}

/// Selects instructions. Reused; owned by one compiler.
///
/// A node is *covered* when its user has taken it into its own instruction. What may be covered: a node with one use, in the
/// block of its user; a load besides only if no effect or trap stands between the two.
struct Selector: ~Copyable {
    var graph: UnsafeMutablePointer<Graph>
    var machine: UnsafeMutablePointer<MachineFunction>
    var tables: ModuleTables
    /// Of the function.
    var signature = MachineSignature()
    var features: CPUFeatures { @inline(__always) get { tables.features } }

    /// By node: how many placed nodes, edges and terminators of reachable blocks use it.
    var useCounts = RawStack<UInt32>(capacity: 1024)
    /// By node: the register that its users asked for, or none.
    var registers = RawStack<VirtualRegister>(capacity: 1024)
    /// By node: the block that holds it.
    var blockOfNode = RawStack<UInt32>(capacity: 1024)
    /// By node: how many effects and traps of its block stand before it, itself included.
    var effectNumbers = RawStack<UInt32>(capacity: 1024)
    /// By node: 1 if its user took it in.
    var covered = RawStack<UInt8>(capacity: 1024)
    /// Block that is being selected.
    var block: BlockIndex = 0
    /// The node that is being selected; none for a block's end.
    var node = Value.none
    /// How many effects and traps of the block stand before the node that is being selected.
    var effectNumber: UInt32 = 0

    /// Instructions of the present node in program order.
    var sequence = RawStack<Instruction>(capacity: 32)
    /// All instructions so far, last first.
    var reversed = RawStack<Instruction>(capacity: 1024)
    /// The instruction that ``begin(_:_:)`` began.
    var current = Instruction(operation: 0)
    /// Later results of nodes with several, whose node is still to come.
    var pendingResults = RawStack<PendingResult>(capacity: 8)
    /// Holds the address of the caller's results area, of a function with several results; none if nobody asked.
    var resultsArea = VirtualRegister.none

    /// By block of the graph: its number in the machine function.
    var numbers = RawStack<UInt32>(capacity: 64)
    /// By loop of the graph: its number in the machine function, or ``Loop/none``.
    var loopNumbers = RawStack<UInt32>(capacity: 16)

    /// Whether the present node may take loads in.
    var coversLoads = true

    /// Vectors that sequences of vector operators need; see ``constantRegister(_:_:)``.
    var sequenceConstants = RawStack<SequenceConstant>(capacity: 32)
    /// What may be done to the function.
    var allowance = Allowance()

    /// Set when something was met that nothing here can do.
    var failure: StaticString?
    var failureOffset = 0

    init(graph: UnsafeMutablePointer<Graph>, machine: UnsafeMutablePointer<MachineFunction>, tables: ModuleTables) {
        self.graph = graph
        self.machine = machine
        self.tables = tables
    }

    /// Gives back what a giant made of the buffers.
    mutating func shrink() {
        useCounts.shrink()
        registers.shrink()
        blockOfNode.shrink()
        effectNumbers.shrink()
        covered.shrink()
        sequence.shrink()
        reversed.shrink()
        pendingResults.shrink()
        numbers.shrink()
        loopNumbers.shrink()
        sequenceConstants.shrink()
    }

    /// Gives the function up.
    @inline(never) mutating func fail(_ what: StaticString) {
        guard failure == nil else { return }
        failure = what
        if !node.isNone { failureOffset = Int(graph.pointee.origins[node.position].bytecodeOffset) }
    }
}

/// A register that takes a later result of a node with several.
struct PendingResult: BitwiseCopyable {
    var of: Value
    var index: UInt32
    var register: VirtualRegister
}

// MARK: registers

extension Selector {
    /// The register of a value that is used. Constants get one whose value is made where it is needed.
    @inline(__always) mutating func register(_ value: Value) -> VirtualRegister {
        let register = registers[value.position]
        return register.isNone ? makeRegister(value) : register
    }

    private mutating func makeRegister(_ value: Value) -> VirtualRegister {
        let node = graph.pointee.nodes[value.position]
        var origin: RegisterOrigin
        var payload: UInt32 = 0
        switch node.kind {
        case .constant, .vectorConstant, .typeIdentifier:
            origin = .constant
            payload = value.index
        case .frameSlot:
            origin = .frameSlot
            payload = node.a
        case .blockParameter: origin = .blockParameter
        case .parameter:
            origin = .instruction
            if case .stack(let offset) = tables.locations[Int(signature.parameterStart) &+ Int(node.a)] {
                origin = .frameSlot
                payload = UInt32(bitPattern: CallingConvention.incomingArguments &+ offset)
            }
        default: origin = .instruction
        }
        let register = newRegister(node.type.machine, origin, payload)
        registers[value.position] = register
        return register
    }

    /// A register that belongs to no node.
    @inline(__always) mutating func newRegister(
        _ type: MachineType, _ origin: RegisterOrigin = .instruction, _ payload: UInt32 = 0
    ) -> VirtualRegister {
        let register = VirtualRegister(machine.pointee.registers.count)
        machine.pointee.registers.append(RegisterInfo(type: type, origin: origin, payload: payload))
        if !type.isGeneral { machine.pointee.hasVector = true }
        return register
    }

    /// Whether somebody asked for a node's value.
    @inline(__always) func isWanted(_ value: Value) -> Bool { !registers[value.position].isNone }

    /// Whether the present node, the only user, may take a node in. Loads: see ``canCoverLoad(_:)``.
    @inline(__always) func canCover(_ value: Value) -> Bool {
        useCounts[value.position] == 1 && blockOfNode[value.position] == block && registers[value.position].isNone
    }

    /// Whether the present node may take a load in as its memory operand.
    @inline(__always) func canCoverLoad(_ value: Value) -> Bool {
        coversLoads && canCover(value) && effectNumbers[value.position] == effectNumber
    }

    @inline(__always) mutating func cover(_ value: Value) { covered[value.position] = 1 }
}

// MARK: instructions

extension Selector {
    /// Begins an instruction behind those of the present node; operands follow by `define`, `use`, `temporary`, in this
    /// order, then ``address(_:)``, then ``finish()``.
    @inline(__always) mutating func begin(_ operation: MachineOperation, _ size: OperandSize = .dword) {
        current = Instruction(operation: operation.rawValue)
        current.size = size
        current.operandStart = UInt32(truncatingIfNeeded: machine.pointee.operands.count)
        current.node = node
    }

    @inline(__always) mutating func add(_ operand: Operand) {
        machine.pointee.operands.append(operand)
        current.operandCount &+= 1
    }

    @inline(__always) mutating func define(_ register: VirtualRegister, hint: UInt8 = Operand.noHint) {
        add(Operand(register: register, role: .define, place: .register, hint: hint))
    }

    @inline(__always) mutating func define(_ register: VirtualRegister, fixed: GeneralRegister) {
        add(Operand(register: register, role: .define, place: .fixed, fixed: fixed.rawValue))
    }

    @inline(__always) mutating func use(
        _ register: VirtualRegister, _ place: OperandPlace = .register, late: Bool = false
    ) {
        add(Operand(register: register, role: late ? .lateUse : .use, place: place))
    }

    @inline(__always) mutating func use(_ register: VirtualRegister, fixed: GeneralRegister, late: Bool = false) {
        add(Operand(register: register, role: late ? .lateUse : .use, place: .fixed, fixed: fixed.rawValue))
    }

    @inline(__always) mutating func use(_ register: VirtualRegister, fixed: VectorRegister) {
        add(Operand(register: register, role: .use, place: .fixed, fixed: fixed.rawValue))
    }

    @inline(__always) mutating func define(_ register: VirtualRegister, fixed: VectorRegister) {
        add(Operand(register: register, role: .define, place: .fixed, fixed: fixed.rawValue))
    }

    /// A register that the instruction needs for itself.
    @inline(__always) mutating func temporary(_ type: MachineType) {
        let register = newRegister(type)
        add(Operand(register: register, role: .temporary, place: .register))
    }

    /// Gives the instruction an address. `late`: its registers are read after definitions have been written.
    @inline(__always) mutating func address(_ address: Address, late: Bool = false) {
        current.flags.insert(.hasAddress)
        if !address.node.isNone {
            current.flags.insert(.mayFault)
            current.node = address.node
        }
        current.addressBase = address.base
        current.displacement = address.displacement
        if address.base == .register { use(address.baseRegister, late: late) }
        if !address.indexRegister.isNone {
            current.scaleLog2 = address.scaleLog2
            use(address.indexRegister, late: late)
        }
    }

    @inline(__always) mutating func finish() { sequence.append(current) }
}
