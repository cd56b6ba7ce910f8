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
    /// What is left to be done to the function; decides about each transformation.
    var allowance = Allowance()
    var folds = true
    /// What is known of the function's past.
    var profile = FunctionProfile()
    var cancellation = CancellationFlag.never
    /// ``mostPassedLocals``, or what a test wants.
    var passedLocalsLimit = Self.mostPassedLocals

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
    /// Nodes that later ones may equal.
    var table = ValueTable()
    var lanes = VersionLanes()
    var versions = Versions(repeating: 1)
    var lastVersion: UInt32 = 1
    /// The last accesses to memories, in a ring.
    var accesses = RawStack<KnownAccess>(capacity: KnownAccess.kept)
    var nextAccess = 0
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
        lanes = VersionLanes(environment.module)
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
        lanes = VersionLanes(environment.module)
        self.environment = environment
    }

    /// Lets go of the module, and gives back what a giant made of the buffers; ``use(_:)`` comes before the next function.
    mutating func forgetFunction() {
        environment = nil
        profile = FunctionProfile()
        cancellation = .never
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
        table.shrink()
    }

    /// Builds a defined function's graph.
    mutating func build(
        _ functionIndex: UInt32, entry: CodeEntry, allowance: inout Allowance, into result: inout Graph
    ) throws(CompileError) {
        // While it is built the graph is the builder's own, so that reaching it takes no indirection.
        swap(&graph, &result)
        self.allowance = allowance
        folds = allowance.isEnabled(.fold)
        defer {
            allowance = self.allowance
            swap(&graph, &result)
        }
        try begin(functionIndex, entry)
        try buildOperators()
        let end = environment.unsafelyUnwrapped.module.body(Int(functionIndex)).unsafelyUnwrapped.bytes.upperBound
        guard reader.offset == end else { throw .contradiction("the function ends elsewhere", offset: reader.offset) }
        finish()
    }

    /// Everything up to the first operator that is built.
    private mutating func begin(_ functionIndex: UInt32, _ entry: CodeEntry) throws(CompileError) {
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
        table.removeAll()
        versions = Versions(repeating: 1)
        lastVersion = 1
        accesses.refill(count: KnownAccess.kept, with: KnownAccess())
        hasLoops = false
        let module = environment.unsafelyUnwrapped.module
        let body = module.body(Int(functionIndex)).unsafelyUnwrapped
        signature = signatures[Int(functionTypes[Int(functionIndex)])]
        graph.resultCount = Int(signature.resultCount)
        reader.offset = body.bytes.lowerBound
        origin = Origin(bytecodeOffset: UInt32(truncatingIfNeeded: body.bytes.lowerBound), inlineNode: InlineNode.none)
        block = newBlock()
        beginBlock(block, dominator: block)
        switch entry {
        case .call: beginAtFirstOperator()
        case .loop(let number): try beginAtLoop(number, functionIndex)
        }
    }

    /// All arguments and locals are known; the first operator comes next.
    private mutating func beginAtFirstOperator() {
        for index in 0..<Int(signature.parameterCount) {
            let type = ResultType(types[Int(signature.parameterStart) + index])
            locals.append(float(Node(.parameter, type, .nop, UInt32(truncatingIfNeeded: index))))
        }
        for _ in 0..<reader.readU32() {
            let count = reader.readU32()
            let zero = constant(ResultType(MachineType(reader.readValueType())), 0)
            for _ in 0..<count { locals.append(zero) }
        }
        scanBody()
        pushFunctionFrame()
        for index in 0..<scan.frameLocals.count where scan.frameLocals[index] != 0 {
            place(Node(.localSet, .none, .nop, scan.frameLocals[index] &- 1, locals[index].index))
        }
    }

    /// Opens the body, which is the next construct.
    mutating func pushFunctionFrame() {
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
        place(node, upperBits: node.type == .i32 ? 32 : 64)
    }

    @inline(__always) mutating func place(_ node: Node, upperBits: UInt8) -> Value {
        seenTypes |= 1 &<< UInt32(node.type.rawValue)
        let value = graph.append(node, origin, upperBits: upperBits)
        graph.order.append(value)
        return value
    }

    /// The one node of what stands in no block.
    @inline(__always) private mutating func shared(_ node: Node, upperBits: UInt8) -> Value {
        let entry = table.find(node)
        if table.isUsed(entry) { return Value(entry.pointee.value) }
        seenTypes |= 1 &<< UInt32(node.type.rawValue)
        let value = graph.append(node, origin, upperBits: upperBits)
        table.set(entry, node, value, 0)
        return value
    }

    /// A constant; of 128 bits only zero.
    mutating func constant(_ type: ResultType, _ bits: UInt64) -> Value {
        if type == .v128 { return vectorConstant(bits, bits) }
        let node = Node(
            .constant, type, .nop, UInt32(truncatingIfNeeded: bits), UInt32(truncatingIfNeeded: bits &>> 32))
        return shared(node, upperBits: UInt8(truncatingIfNeeded: 64 &- bits.leadingZeroBitCount))
    }

    mutating func vectorConstant(_ low: UInt64, _ high: UInt64) -> Value {
        shared(Node(.vectorConstant, .v128, .nop, vector(SIMD2(low, high))), upperBits: 64)
    }

    mutating func typeIdentifier(_ typeIndex: UInt32) -> Value {
        shared(Node(.typeIdentifier, .i32, .nop, typeIndex), upperBits: 32)
    }

    /// Where sixteen bytes stand in ``Graph/vectors``. Only the last ones are looked at.
    mutating func vector(_ bytes: SIMD2<UInt64>) -> UInt32 {
        var index = graph.vectors.count
        let first = max(index &- 16, 0)
        while index > first {
            index &-= 1
            if graph.vectors[index] == bytes { return UInt32(truncatingIfNeeded: index) }
        }
        graph.vectors.append(bytes)
        return UInt32(truncatingIfNeeded: graph.vectors.count &- 1)
    }

    /// The value of a plain operator that never traps.
    @inline(__always) mutating func pure(
        _ opcode: Opcode, _ type: ResultType, _ a: Value, _ b: UInt32 = 0, _ c: UInt32 = 0
    ) -> Value {
        compute(Node(.pure, type, opcode, a.index, b, c))
    }

    /// The value of a plain operator. If it is made, it is made here.
    mutating func compute(_ node: Node) -> Value {
        var node = node
        if folds {
            let value = simplify(&node)
            if !value.isNone { return value }
        }
        return number(node, upperBits: possibleBits(node))
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

    @inline(__always) mutating func pop() -> Value { resolve(stack.removeLast()) }
    @inline(__always) var top: Value { resolve(stack[stack.count &- 1]) }
    @inline(__always) mutating func push(_ value: Value) { stack.append(value) }
}
