// One function under optimization: all nodes, blocks and edges, and the pools that they index. Append-only while it is
// built; passes change nodes in place and write orders anew.

import TerraceABI
import TerraceCode
import TerraceCompilation
import WasmFormat

/// A function in static single assignment form. Reused from function to function; owned by one compiler.
///
/// Invariants, which ``GraphVerifier`` checks: an operand's definition dominates its use, or is the argument of an edge whose
/// source it dominates; parameters and arguments agree in number and type; effects of a block stand in program order; every
/// i32 is zero-extended wherever it is used as 64 bits.
struct Graph: ~Copyable {
    var nodes = RawStack<Node>(capacity: 1024)
    /// By node.
    var origins = RawStack<Origin>(capacity: 1024)
    /// By node, of i32 and i64: how many low bits may be other than 0.
    var upperBits = RawStack<UInt8>(capacity: 1024)
    var blocks = RawStack<Block>(capacity: 64)
    var edges = RawStack<Edge>(capacity: 128)
    var loops = RawStack<Loop>(capacity: 16)
    /// Placed nodes, block after block.
    var order = RawStack<Value>(capacity: 1024)
    /// Block parameters, block after block.
    var parameters = RawStack<Value>(capacity: 256)
    /// Operands of calls, edges, returns and ``NodeKind/pureMany``.
    var pool = RawStack<Value>(capacity: 512)
    /// Constants and shuffle patterns.
    var vectors = RawStack<SIMD2<UInt64>>(capacity: 16)
    /// Distances of bounds checks.
    var words = RawStack<UInt64>(capacity: 16)
    var calls = RawStack<CallInfo>(capacity: 64)
    var inlined = RawStack<InlineNode>(capacity: 16)
    /// Empty in all but functions with very many locals and branches.
    var frameLocals = RawStack<FrameLocal>(capacity: 16)
    /// Indices of edges by target.
    var predecessors = RawStack<UInt32>(capacity: 128)
    /// The blocks that can be reached, in reverse post-order with every loop in one piece; block 0 of it is the entry. Valid
    /// after ``completeFlow()``.
    var layout = RawStack<BlockIndex>(capacity: 64)
    /// Of ``completeFlow()``.
    var flow = FlowBuffers()

    /// Whether a loop of the baseline frame is entered; then that frame's bytes, below which this code's frame begins.
    var takenOverFrameBytes: Int32 = 0
    var isLoopEntry = false
    var resultCount = 0
    /// Of an entered loop in a function with more than one result: offset from the frame pointer of the slot that holds the
    /// address of the results area (``FrameLayout/addResultsArea()``).
    var resultsAreaSlot: Int32 = 0
    /// Whether some value is a vector or a floating-point number.
    var hasVector = false

    init() {}

    /// Empties the graph for the next function.
    mutating func reset() {
        nodes.count = 0
        origins.count = 0
        upperBits.count = 0
        blocks.count = 0
        edges.count = 0
        loops.count = 0
        order.count = 0
        parameters.count = 0
        pool.count = 0
        vectors.count = 0
        words.count = 0
        calls.count = 0
        inlined.count = 0
        frameLocals.count = 0
        predecessors.count = 0
        layout.count = 0
        takenOverFrameBytes = 0
        isLoopEntry = false
        resultCount = 0
        resultsAreaSlot = 0
        hasVector = false
    }

    /// Gives back what a giant made of the buffers.
    mutating func shrink() {
        nodes.shrink()
        origins.shrink()
        upperBits.shrink()
        blocks.shrink()
        edges.shrink()
        loops.shrink()
        order.shrink()
        parameters.shrink()
        pool.shrink()
        vectors.shrink()
        words.shrink()
        calls.shrink()
        inlined.shrink()
        frameLocals.shrink()
        predecessors.shrink()
        layout.shrink()
        flow.shrink()
    }

    /// Adds a node; placing it is the caller's.
    @inline(__always) mutating func append(_ node: Node, _ origin: Origin) -> Value {
        append(node, origin, upperBits: node.type == .i32 ? 32 : 64)
    }

    /// As ``append(_:_:)``, with what is known of the value's upper bits.
    @inline(__always) mutating func append(_ node: Node, _ origin: Origin, upperBits bits: UInt8) -> Value {
        let value = Value(nodes.count)
        nodes.append(node)
        origins.append(origin)
        upperBits.append(bits)
        return value
    }

    @inline(__always) func node(_ value: Value) -> Node { nodes[value.position] }
}

extension Node {
    /// How many of `a`, `b`, `c` are operands, by kind and operator. Operands in ``Graph/pool`` do not count.
    @inline(__always) var directOperandCount: Int {
        switch kind {
        case .constant, .vectorConstant, .typeIdentifier, .parameter, .frameSlot, .blockParameter, .pureMany,
            .memoryBase,
            .globalGet, .localGet, .tableSize, .memorySize, .call, .interruptCheck:
            0
        case .functionTest, .result, .load, .loadAbsolute, .boundsCheck, .signatureCheck, .nullCheck, .trapUnless: 1
        case .pure, .trapping: Int(OperandCounts.byOpcode[opcode.ordinal])
        // Not the first ones: see `operand(_:)`.
        case .globalSet, .localSet, .tableGet: 1
        case .store, .storeAbsolute, .tableSet: 2
        }
    }

    /// Operand number `index` below ``directOperandCount``.
    @inline(__always) func operand(_ index: Int) -> Value {
        switch kind {
        case .globalSet, .localSet, .tableGet: Value(b)
        case .store, .storeAbsolute: Value(index == 0 ? a : c)
        case .tableSet: Value(index == 0 ? b : c)
        default: Value(index == 0 ? a : index == 1 ? b : c)
        }
    }

    /// Changes operand number `index` below ``directOperandCount``.
    @inline(__always) mutating func setOperand(_ index: Int, _ value: Value) {
        switch kind {
        case .globalSet, .localSet, .tableGet: b = value.index
        case .store, .storeAbsolute: if index == 0 { a = value.index } else { c = value.index }
        case .tableSet: if index == 0 { b = value.index } else { c = value.index }
        default:
            switch index {
            case 0: a = value.index
            case 1: b = value.index
            default: c = value.index
            }
        }
    }
}

/// Operands of plain operators by their ordinal.
enum OperandCounts {
    /// Never written after its initialisation and never freed.
    nonisolated(unsafe) static let byOpcode: UnsafePointer<UInt8> = {
        let table = UnsafeMutablePointer<UInt8>.allocate(capacity: Opcode.allCases.count)
        table.initialize(repeating: 0, count: Opcode.allCases.count)
        for opcode in Opcode.allCases {
            let signature = opcode.info.signature
            switch opcode {
            case .select, .selectTyped: table[opcode.ordinal] = 3
            case .refIsNull: table[opcode.ordinal] = 1
            case .refEq: table[opcode.ordinal] = 2
            default: if signature.isPlain { table[opcode.ordinal] = UInt8(signature.operandCount) }
            }
        }
        return UnsafePointer(table)
    }()
}
