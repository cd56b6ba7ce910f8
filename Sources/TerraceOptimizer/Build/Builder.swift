// From a function's operators straight to static single assignment form. This file holds the builder's state and how a
// function begins and ends; the others hold operators by kind, blocks and labels, and what is done to nodes on their way in.

import TerraceABI
import TerraceCode
import TerraceCompilation
import WasmFormat

/// Builds graphs. Reused from function to function; owned by one compiler.
///
/// No φ has to be placed: a scan says which locals each construct assigns (``ConstructScan``). A branch to a label passes
/// their present values; where the label's paths meet, those on which the paths differ become block parameters. A loop's
/// header gets a parameter for each local that the loop assigns; those that turn out to be equal on all paths become aliases
/// of their value when the loop ends.
struct Builder: ~Copyable {
    /// The graph being built. Between functions an empty one.
    var graph = Graph()
    var scan = ConstructScan()

    // The environment's tables, so that reading them touches no class instance.
    var environment: ModuleEnvironment?
    var types: UnsafePointer<MachineType>
    var signatures: UnsafePointer<MachineSignature>
    var functionTypes: UnsafePointer<UInt32>
    var memories: UnsafePointer<MemoryAccess>
    var tables: UnsafePointer<TableAccess>
    var globals: UnsafePointer<GlobalAccess>
    let shapes = OperatorShape.byOrdinal

    var reader: TrustedReader
    /// What the nodes being made come from.
    var origin = Origin(bytecodeOffset: 0, inlineNode: InlineNode.none)
    var signature = MachineSignature()

    /// Present values of the locals.
    var locals = RawStack<Value>(capacity: 64)
    var stack = RawStack<Value>(capacity: 256)
    var control = RawStack<ControlFrame>(capacity: 64)
    /// What conditionals with an alternative found: parameters, then the locals that the construct assigns.
    var saved = RawStack<Value>(capacity: 256)
    /// The next construct of the body, in the order of bytes.
    var nextConstruct = 0

    /// The block being filled.
    var block: BlockIndex = 0
    /// Whether a loop was built.
    var hasLoops = false
    /// Blocks in the order in which they were begun, which is a topological one but for the edges back to loop headers.
    var begun = RawStack<BlockIndex>(capacity: 64)
    /// By block, the first of its argument lists in `incoming`, or `Incoming.none`.
    var incomingHeads = RawStack<UInt32>(capacity: 64)
    var incoming = RawStack<Incoming>(capacity: 128)
    /// Bit per ``ResultType`` of the nodes made.
    var seenTypes: UInt32 = 0

    // For what is left when all is built.
    var isLive = RawStack<Bool>(capacity: 1024)
    var work = RawStack<Value>(capacity: 256)

    init(environment: ModuleEnvironment) {
        types = environment.types
        signatures = environment.signatures
        functionTypes = environment.functionTypes
        memories = environment.memories
        tables = environment.tables
        globals = environment.globals
        reader = TrustedReader(environment.module.bytes, at: 0)
        self.environment = environment
    }

    /// Goes on with functions of another module.
    mutating func use(_ environment: ModuleEnvironment) {
        types = environment.types
        signatures = environment.signatures
        functionTypes = environment.functionTypes
        memories = environment.memories
        tables = environment.tables
        globals = environment.globals
        reader = TrustedReader(environment.module.bytes, at: 0)
        self.environment = environment
    }

    /// Lets go of the module, and gives back what a giant made of the buffers; ``use(_:)`` comes before the next function.
    mutating func forgetFunction() {
        environment = nil
        graph.reset()
        graph.shrink()
        scan.shrink()
        locals.shrink()
        stack.shrink()
        control.shrink()
        saved.shrink()
        begun.shrink()
        incomingHeads.shrink()
        incoming.shrink()
        isLive.shrink()
        work.shrink()
    }

    /// Builds a defined function's graph.
    mutating func build(_ functionIndex: UInt32, entry: CodeEntry, into result: inout Graph) throws(CompileError) {
        // While it is built the graph is the builder's own, so that reaching it takes no indirection.
        swap(&graph, &result)
        defer { swap(&graph, &result) }
        begin(functionIndex)
        try buildOperators()
        let end = environment.unsafelyUnwrapped.module.body(Int(functionIndex)).unsafelyUnwrapped.bytes.upperBound
        guard reader.offset == end else { throw .contradiction("the function ends elsewhere", offset: reader.offset) }
        finish()
    }

    /// Everything up to the first operator.
    private mutating func begin(_ functionIndex: UInt32) {
        graph.reset()
        scan.reset()
        locals.count = 0
        stack.count = 0
        control.count = 0
        saved.count = 0
        begun.count = 0
        incomingHeads.count = 0
        incoming.count = 0
        seenTypes = 0
        hasLoops = false
        let module = environment.unsafelyUnwrapped.module
        let body = module.body(Int(functionIndex)).unsafelyUnwrapped
        signature = signatures[Int(functionTypes[Int(functionIndex)])]
        graph.resultCount = Int(signature.resultCount)
        reader.offset = body.bytes.lowerBound
        origin = Origin(bytecodeOffset: UInt32(truncatingIfNeeded: body.bytes.lowerBound), inlineNode: InlineNode.none)
        block = newBlock()
        beginBlock(block, dominator: block)
        for index in 0..<Int(signature.parameterCount) {
            let type = ResultType(types[Int(signature.parameterStart) + index])
            locals.append(float(Node(.parameter, type, .nop, UInt32(truncatingIfNeeded: index))))
        }
        for _ in 0..<reader.readU32() {
            let count = reader.readU32()
            let zero = constant(ResultType(MachineType(reader.readValueType())), 0)
            for _ in 0..<count { locals.append(zero) }
        }
        nextConstruct = scan.scan(reader, localCount: locals.count)
        var frame = ControlFrame(kind: .function, construct: UInt32(truncatingIfNeeded: nextConstruct))
        frame.resultCount = signature.resultCount
        control.append(frame)
        nextConstruct &+= 1
    }
}

// MARK: nodes

extension Builder {
    /// Makes a node that stands in no block.
    @inline(__always) mutating func float(_ node: Node) -> Value {
        seenTypes |= 1 &<< UInt32(node.type.rawValue)
        return graph.append(node, origin)
    }

    /// Makes a node at the end of the present block.
    @inline(__always) @discardableResult mutating func place(_ node: Node) -> Value {
        seenTypes |= 1 &<< UInt32(node.type.rawValue)
        let value = graph.append(node, origin)
        graph.order.append(value)
        return value
    }

    /// A constant; of 128 bits only zero.
    @inline(__always) mutating func constant(_ type: ResultType, _ bits: UInt64) -> Value {
        if type == .v128 { return vectorConstant(bits, bits) }
        return float(
            Node(.constant, type, .nop, UInt32(truncatingIfNeeded: bits), UInt32(truncatingIfNeeded: bits &>> 32)))
    }

    mutating func vectorConstant(_ low: UInt64, _ high: UInt64) -> Value {
        let index = UInt32(truncatingIfNeeded: graph.vectors.count)
        graph.vectors.append(SIMD2(low, high))
        return float(Node(.vectorConstant, .v128, .nop, index))
    }

    /// The value of a plain operator that never traps.
    @inline(__always) mutating func pure(
        _ opcode: Opcode, _ type: ResultType, _ a: Value, _ b: UInt32 = 0, _ c: UInt32 = 0
    ) -> Value {
        place(Node(.pure, type, opcode, a.index, b, c))
    }

    /// What a value is an alias of, or the value itself.
    @inline(__always) func resolve(_ value: Value) -> Value {
        var value = value
        while true {
            let node = graph.nodes.base + value.position
            guard node.pointee.kind == .blockParameter, node.pointee.c != 0 else { return value }
            value = Value(node.pointee.c &- 1)
        }
    }

    @inline(__always) func type(_ value: Value) -> ResultType { graph.nodes.base[value.position].type }

    // MARK: operands

    @inline(__always) mutating func pop() -> Value { stack.removeLast() }
    @inline(__always) mutating func push(_ value: Value) { stack.append(value) }
}
