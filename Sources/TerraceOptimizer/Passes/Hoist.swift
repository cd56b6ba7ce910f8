// Loop-invariant nodes move in front of their loops, as long as registers suffice: one sweep in the order of the layout, in
// which operands come before what uses them.

import TerraceABI
import TerraceCompilation
import WasmFormat

/// How many values may live in a loop before cheap nodes stay where they are.
struct HoistLimits: BitwiseCopyable {
    var general: Int32 = 9
    var vector: Int32 = 12
    /// Bytes that memory 0 has from the beginning.
    var memoryBytes: UInt64 = 0
}

extension HoistLimits {
    /// What leaves room for a few values that live within a round.
    init(_ file: RegisterFile) {
        general = Int32(file.allocatable[Int(RegisterClass.general.rawValue)].nonzeroBitCount) - 2
        vector = Int32(file.allocatable[Int(RegisterClass.vector.rawValue)].nonzeroBitCount) - 3
    }
}

/// What a loop changes.
struct LoopEffects: BitwiseCopyable {
    /// Bit i: a global whose number is i modulo 64.
    var globals: UInt64 = 0
    var writesMemory = false
    var calls = false
    /// Whether from the header on nothing has happened so far that others could see.
    var isClear = true
    /// Positions in the layout.
    var first: UInt32 = 0
    var end: UInt32 = 0
    /// The block in front of the header.
    var entry: BlockIndex = 0
    /// Values that come from outside, or around, and are used inside.
    var general: Int32 = 0
    var vector: Int32 = 0
}

/// What values are used for.
struct ValueUsage: OptionSet, BitwiseCopyable {
    var rawValue: UInt8
    static var address: Self { Self(rawValue: 1) }
    static var condition: Self { Self(rawValue: 2) }
    static var other: Self { Self(rawValue: 4) }
}

/// Moves invariant nodes out of loops. Reused; owned by one compiler.
struct Hoist: ~Copyable {
    private var loops = RawStack<LoopEffects>(capacity: 16)
    /// By node: the block that holds it.
    private var homes = RawStack<BlockIndex>(capacity: 1024)
    private var usages = RawStack<ValueUsage>(capacity: 1024)
    /// By node: the loop for which it was counted last.
    private var counted = RawStack<UInt32>(capacity: 1024)
    /// By node, an index into memory 0: how far behind it an access is known to succeed, and the block from which on.
    private var reached = RawStack<UInt64>(capacity: 1024)
    private var reachedFrom = RawStack<BlockIndex>(capacity: 1024)
    /// By block: the first and last node that came to its end; by node: the next one.
    private var first = RawStack<UInt32>(capacity: 64)
    private var last = RawStack<UInt32>(capacity: 64)
    private var next = RawStack<UInt32>(capacity: 1024)
    private var order = RawStack<Value>(capacity: 1024)
    private var limits = HoistLimits()
    private var hasMoved = false

    private static var none: UInt32 { UInt32.max }

    init() {}

    mutating func shrink() {
        loops.shrink()
        homes.shrink()
        usages.shrink()
        counted.shrink()
        reached.shrink()
        reachedFrom.shrink()
        first.shrink()
        last.shrink()
        next.shrink()
        order.shrink()
    }

    /// The flow must be complete, frequencies estimated. Returns whether something moved.
    mutating func run(_ graph: inout Graph, _ allowance: inout Allowance, _ limits: HoistLimits) -> Bool {
        guard graph.loops.count > 0, allowance.isEnabled(.hoist) else { return false }
        self.limits = limits
        hasMoved = false
        findLoops(graph)
        look(graph)
        sumUp(graph)
        countOutside(graph)
        sweep(graph, &allowance)
        if hasMoved { writeOrder(&graph) }
        return hasMoved
    }

    // MARK: looking

    private mutating func findLoops(_ graph: borrowing Graph) {
        loops.refill(count: graph.loops.count, with: LoopEffects())
        var index = 0
        while index < graph.loops.count {
            let header = graph.blocks.element(Int(graph.loops[index].header))
            let loop = loops.element(index)
            loop.pointee.first = graph.flow.rank[Int(graph.loops[index].header)]
            var predecessor = Int(header.pointee.predecessorStart)
            let end = predecessor &+ Int(header.pointee.predecessorCount)
            while predecessor < end {
                let edge = Int(graph.predecessors[predecessor])
                if !graph.isBackEdge(edge) { loop.pointee.entry = graph.edges[edge].from }
                predecessor &+= 1
            }
            index &+= 1
        }
    }

    /// One walk over all nodes: where they are, what they are used for, what loops change.
    private mutating func look(_ graph: borrowing Graph) {
        let count = graph.nodes.count
        // Floating nodes are at home in the entry.
        homes.refill(count: count, with: 0)
        usages.refill(count: count, with: [])
        var position = 0
        while position < graph.layout.count {
            let index = graph.layout[position]
            let block = graph.blocks[Int(index)]
            var offset = 0
            while offset < Int(block.parameterCount) {
                homes[graph.parameters[Int(block.parameterStart) &+ offset].position] = index
                offset &+= 1
            }
            var place = Int(block.start)
            while place < Int(block.end) {
                let value = graph.order[place]
                homes[value.position] = index
                note(graph, graph.nodes[value.position], block.loop)
                place &+= 1
            }
            if block.terminator == .branch || block.terminator == .table {
                use(block.condition, block.terminator == .branch ? .condition : .other)
            }
            if block.loop != Loop.none { loops.element(Int(block.loop)).pointee.end = UInt32(position &+ 1) }
            if block.terminator == .return {
                usePool(graph, block.payload, UInt32(graph.resultCount))
            } else if block.terminator == .tailCall {
                useCall(graph, block.payload)
            }
            var edge = Int(block.edgeStart)
            let end = edge &+ Int(block.edgeCount)
            while edge < end {
                let target = graph.edges[edge]
                usePool(graph, target.argumentStart, graph.blocks.element(Int(target.to)).pointee.parameterCount)
                edge &+= 1
            }
            position &+= 1
        }
    }

    @inline(__always) private func use(_ value: Value, _ usage: ValueUsage) {
        usages.element(value.position).pointee.formUnion(usage)
    }

    private func usePool(_ graph: borrowing Graph, _ start: UInt32, _ count: UInt32) {
        var position = Int(start)
        let end = position &+ Int(count)
        while position < end {
            use(graph.pool[position], .other)
            position &+= 1
        }
    }

    private func useCall(_ graph: borrowing Graph, _ index: UInt32) {
        let call = graph.calls[Int(index)]
        if !call.reference.isNone { use(call.reference, .other) }
        usePool(graph, call.argumentStart, call.argumentCount)
    }

    @inline(__always) private func note(_ graph: borrowing Graph, _ node: Node, _ loop: UInt32) {
        switch node.kind {
        case .load: use(Value(node.a), .address)
        case .store:
            use(Value(node.a), .address)
            use(Value(node.c), .other)
        case .trapUnless: use(Value(node.a), .condition)
        case .pure where node.opcode == .select || node.opcode == .selectTyped:
            use(Value(node.a), .other)
            use(Value(node.b), .other)
            use(Value(node.c), .condition)
        case .pureMany: usePool(graph, node.a, node.b)
        case .call: useCall(graph, node.a)
        default:
            var operand = node.directOperandCount &- 1
            while operand >= 0 {
                use(node.operand(operand), .other)
                operand &-= 1
            }
        }
        guard loop != Loop.none, node.kind.isEffect else { return }
        let effects = loops.element(Int(loop))
        switch node.kind {
        case .store, .storeAbsolute: effects.pointee.writesMemory = true
        case .globalSet: effects.pointee.globals |= 1 << UInt64(node.a & 63)
        case .call:
            effects.pointee.calls = true
            effects.pointee.writesMemory = true
            effects.pointee.globals = UInt64.max
        default: break
        }
    }

    /// What inner loops change, outer ones change too. Inner loops have larger numbers.
    private func sumUp(_ graph: borrowing Graph) {
        var index = graph.loops.count &- 1
        while index >= 0 {
            let parent = graph.loops[index].parent
            let inner = loops[index]
            index &-= 1
            guard parent != Loop.none else { continue }
            let outer = loops.element(Int(parent))
            outer.pointee.globals |= inner.globals
            outer.pointee.writesMemory = outer.pointee.writesMemory || inner.writesMemory
            outer.pointee.calls = outer.pointee.calls || inner.calls
            outer.pointee.end = max(outer.pointee.end, inner.end)
        }
    }

    @inline(__always) private func isInside(_ block: BlockIndex, _ loop: UInt32, _ graph: borrowing Graph) -> Bool {
        let entry = loops.element(Int(loop))
        let position = graph.flow.rank[Int(block)]
        return position >= entry.pointee.first && position < entry.pointee.end
    }

    // MARK: pressure

    /// Counts for each loop the values that it takes from outside or from round to round.
    private mutating func countOutside(_ graph: borrowing Graph) {
        counted.refill(count: graph.nodes.count, with: Loop.none)
        var position = 0
        while position < graph.layout.count {
            let index = graph.layout[position]
            position &+= 1
            let block = graph.blocks[Int(index)]
            guard block.loop != Loop.none else { continue }
            if block.isLoopHeader {
                var offset = 0
                while offset < Int(block.parameterCount) {
                    let value = graph.parameters[Int(block.parameterStart) &+ offset]
                    add(1, graph.nodes[value.position].type, block.loop)
                    offset &+= 1
                }
            }
            var place = Int(block.start)
            while place < Int(block.end) {
                let node = graph.nodes[graph.order[place].position]
                var operand = node.directOperandCount &- 1
                while operand >= 0 {
                    count(graph, node.operand(operand), block.loop)
                    operand &-= 1
                }
                place &+= 1
            }
        }
    }

    @inline(__always) private func add(_ amount: Int32, _ type: ResultType, _ loop: UInt32) {
        let entry = loops.element(Int(loop))
        switch type {
        case .i32, .i64, .ref: entry.pointee.general &+= amount
        case .f32, .f64, .v128: entry.pointee.vector &+= amount
        case .none: break
        }
    }

    @inline(__always) private func count(_ graph: borrowing Graph, _ value: Value, _ loop: UInt32) {
        let before = counted[value.position]
        if before == loop { return }
        let node = graph.nodes.element(value.position)
        switch node.pointee.kind {
        case .constant, .vectorConstant, .typeIdentifier: return
        default: break
        }
        let home = homes[value.position]
        let isFloating = node.pointee.kind.isFloating
        counted[value.position] = loop
        var loop = loop
        while loop != Loop.none, isFloating || !isInside(home, loop, graph) {
            // Loops around the one where it was counted have counted it too.
            if before != Loop.none, isInside(graph.loops.element(Int(before)).pointee.header, loop, graph) { return }
            add(1, node.pointee.type, loop)
            loop = graph.loops.element(Int(loop)).pointee.parent
        }
    }

    // MARK: moving

    private mutating func sweep(_ graph: borrowing Graph, _ allowance: inout Allowance) {
        reached.refill(count: graph.nodes.count, with: 0)
        reachedFrom.refill(count: graph.nodes.count, with: 0)
        first.refill(count: graph.blocks.count, with: Self.none)
        last.refill(count: graph.blocks.count, with: Self.none)
        next.refill(count: graph.nodes.count, with: Self.none)
        var position = 0
        while position < graph.layout.count {
            let index = graph.layout[position]
            position &+= 1
            let block = graph.blocks[Int(index)]
            var place = Int(block.start)
            while place < Int(block.end) {
                let value = graph.order[place]
                place &+= 1
                let node = graph.nodes[value.position]
                if block.loop != Loop.none { visit(graph, value, node, block, index, &allowance) }
                if node.kind == .load || node.kind == .store { noteAccess(graph, value, node) }
            }
        }
    }

    private mutating func visit(
        _ graph: borrowing Graph, _ value: Value, _ node: Node, _ block: Block, _ index: BlockIndex,
        _ allowance: inout Allowance
    ) {
        if node.kind == .result, graph.nodes[Int(node.a)].kind == .pureMany {
            // Goes where its operator went.
            let home = homes[Int(node.a)]
            if home != homes[value.position] { move(value, to: home) }
            return
        }
        var loop = block.loop
        var place = index
        while loop != Loop.none, mayLeave(graph, value, node, block.frequency, place, loop) {
            place = loops.element(Int(loop)).pointee.entry
            loop = graph.loops.element(Int(loop)).pointee.parent
        }
        if place != index, allowance.allows(.hoist) {
            var left = block.loop
            while left != loop {
                add(1, node.type, left)
                left = graph.loops.element(Int(left)).pointee.parent
            }
            move(value, to: place)
            return
        }
        // What stays and may be noticed keeps others that may be noticed behind it.
        guard block.isLoopHeader else { return }
        if node.kind.isEffect && node.kind != .interruptCheck || mayTrap(graph, node, at: index) {
            loops.element(Int(block.loop)).pointee.isClear = false
        }
    }

    /// Whether a node that stands in `place` may, and had better, stand in front of a loop around it.
    private func mayLeave(
        _ graph: borrowing Graph, _ value: Value, _ node: Node, _ frequency: Float, _ place: BlockIndex, _ loop: UInt32
    ) -> Bool {
        let effects = loops.element(Int(loop))
        switch node.kind {
        case .pure, .pureMany, .trapping: break
        case .load: if effects.pointee.writesMemory { return false }
        case .globalGet: if effects.pointee.globals & 1 << UInt64(node.a & 63) != 0 { return false }
        case .memoryBase, .memorySize, .tableSize: if effects.pointee.calls { return false }
        default: return false
        }
        guard isInvariant(graph, node, loop) else { return false }
        let entry = effects.pointee.entry
        guard frequency >= graph.blocks.element(Int(entry)).pointee.frequency else { return false }
        if mayTrap(graph, node, at: entry) {
            // Then only if it is the first that happens in every round.
            guard effects.pointee.isClear, graph.loops.element(Int(loop)).pointee.header == place else { return false }
        }
        return pays(graph, value, node, effects)
    }

    private func isInvariant(_ graph: borrowing Graph, _ node: Node, _ loop: UInt32) -> Bool {
        var operand = node.directOperandCount &- 1
        while operand >= 0 {
            if isInside(homes[node.operand(operand).position], loop, graph) { return false }
            operand &-= 1
        }
        guard node.kind == .pureMany else { return true }
        for position in Int(node.a)..<Int(node.a &+ node.b)
        where isInside(homes[graph.pool[position].position], loop, graph) { return false }
        return true
    }

    /// Whether a node could trap at the end of a block. Of other kinds than loads and divisions: ever.
    private func mayTrap(_ graph: borrowing Graph, _ node: Node, at block: BlockIndex) -> Bool {
        switch node.kind {
        case .load:
            let end = UInt64(node.b) &+ UInt64(1) << UInt64(node.opcode.info.naturalAlignment)
            let bits = graph.upperBits[Int(node.a)]
            let index = graph.nodes[Int(node.a)]
            // The largest index that there can be.
            let largest =
                index.kind == .constant ? index.bits : bits < 32 ? (UInt64(1) << UInt64(bits)) &- 1 : UInt64(UInt32.max)
            if largest &+ end <= limits.memoryBytes { return false }
            return !(reached[Int(node.a)] >= end && graph.dominates(reachedFrom[Int(node.a)], block))
        case .trapping:
            switch node.opcode {
            case .i32DivU, .i32RemU, .i64DivU, .i64RemU, .i32RemS, .i64RemS, .i32DivS, .i64DivS:
                let divisor = graph.nodes[Int(node.b)]
                guard divisor.kind == .constant, divisor.bits != 0 else { return true }
                if node.opcode == .i32DivS { return divisor.a == UInt32.max }
                if node.opcode == .i64DivS { return divisor.bits == UInt64.max }
                return false
            default: return true
            }
        default: return node.kind.mayTrap
        }
    }

    /// Whether what a node costs in each round is worth a register around the loop.
    private func pays(
        _ graph: borrowing Graph, _ value: Value, _ node: Node, _ effects: UnsafeMutablePointer<LoopEffects>
    ) -> Bool {
        let room: Int32
        switch node.kind {
        case .trapping, .pureMany: room = 12
        case .pure:
            guard let cost = cost(graph, value, node) else { return false }
            room = cost
        // Read from memory they could be operands.
        default: room = 4
        }
        switch node.type {
        case .f32, .f64, .v128: return effects.pointee.vector < limits.vector &+ room
        default: return effects.pointee.general < limits.general &+ room
        }
    }

    /// How many values more than there are registers may be around before a node is better computed again; `nil` if it costs
    /// nothing where it is, for all its users take it in.
    private func cost(_ graph: borrowing Graph, _ value: Value, _ node: Node) -> Int32? {
        let usage = usages[value.position]
        switch node.opcode {
        case .i32Eqz, .i64Eqz, .i32Eq, .i32Ne, .i32LtS, .i32LtU, .i32GtS, .i32GtU, .i32LeS, .i32LeU, .i32GeS, .i32GeU,
            .i64Eq, .i64Ne, .i64LtS, .i64LtU, .i64GtS, .i64GtU, .i64LeS, .i64LeU, .i64GeS, .i64GeU:
            return usage == .condition ? nil : 2
        case .i64ExtendI32U: return nil
        case .i32And, .i64And:
            if usage == .condition { return nil }
        case .i32Add:
            // A displacement, if the sum cannot wrap.
            let constant = graph.nodes[Int(node.b)]
            if usage == .address, constant.kind == .constant, graph.upperBits[Int(node.a)] <= 31, constant.a < 1 << 31 {
                return nil
            }
        case .i32Mul, .i64Mul: return 12
        case .i32Sub, .i32Or, .i32Xor, .i32Shl, .i32ShrS, .i32ShrU, .i64Add, .i64Sub, .i64Or, .i64Xor, .i64Shl,
            .i64ShrS,
            .i64ShrU, .i32WrapI64, .i64ExtendI32S, .i32Extend8S, .i32Extend16S, .i64Extend8S, .i64Extend16S,
            .i64Extend32S:
            break
        default: return 12
        }
        // With a constant it is as quick as reading it from the frame.
        return node.directOperandCount == 1 || graph.nodes[Int(node.b)].kind == .constant ? 0 : 3
    }

    private mutating func move(_ value: Value, to block: BlockIndex) {
        homes[value.position] = block
        if first[Int(block)] == Self.none {
            first[Int(block)] = value.index
        } else {
            next[Int(last[Int(block)])] = value.index
        }
        last[Int(block)] = value.index
        hasMoved = true
    }

    /// Notes up to where an access that succeeded reached.
    private func noteAccess(_ graph: borrowing Graph, _ value: Value, _ node: Node) {
        if graph.nodes.element(Int(node.a)).pointee.kind == .constant { return }
        let end = UInt64(node.b) &+ UInt64(1) << UInt64(node.opcode.info.naturalAlignment)
        let home = homes[value.position]
        if end > reached[Int(node.a)] || !graph.dominates(reachedFrom[Int(node.a)], home) {
            reached[Int(node.a)] = end
            reachedFrom[Int(node.a)] = home
        }
    }

    private mutating func writeOrder(_ graph: inout Graph) {
        order.count = 0
        var position = 0
        while position < graph.layout.count {
            let index = graph.layout[position]
            position &+= 1
            let block = graph.blocks.element(Int(index))
            let start = UInt32(order.count)
            var place = Int(block.pointee.start)
            while place < Int(block.pointee.end) {
                let value = graph.order[place]
                if homes[value.position] == index { order.append(value) }
                place &+= 1
            }
            var moved = first[Int(index)]
            while moved != Self.none {
                order.append(Value(moved))
                moved = next[Int(moved)]
            }
            block.pointee.start = start
            block.pointee.end = UInt32(order.count)
        }
        swap(&order, &graph.order)
    }
}
