// Control flow made simpler: branches that go one way only, blocks that only jump, blocks that belong together, branches whose
// ways differ in a value. One sweep backward over the blocks for all that looks ahead, one forward that joins them.

import TerraceABI
import TerraceCompilation

/// Places of a block's nodes in ``Graph/order``.
struct BlockSegment: BitwiseCopyable {
    var start: UInt32
    var end: UInt32
    /// The next one of the block.
    var next: UInt32
}

/// Simplifies control flow. Reused; owned by one compiler.
struct Flow: ~Copyable {
    /// By block: how many edges of blocks that can be reached lead there.
    private var incoming = RawStack<UInt32>(capacity: 64)
    /// By block: the first and last of its segments.
    private var first = RawStack<UInt32>(capacity: 64)
    private var last = RawStack<UInt32>(capacity: 64)
    private var segments = RawStack<BlockSegment>(capacity: 64)
    /// By node: how often it is used. Counted when first needed.
    private var uses = RawStack<UInt32>(capacity: 1024)
    private var hasUses = false
    /// By node: what stands for it now.
    private var replacements = RawStack<Value>(capacity: 1024)
    private var hasReplacements = false
    private var order = RawStack<Value>(capacity: 1024)
    private var stack = RawStack<BlockIndex>(capacity: 64)
    private var hasChanged = false

    /// Blocks with more parameters are not jumped over: looking at them for each way there would not be linear.
    private static var mostParameters: UInt32 { 8 }
    private static var none: UInt32 { UInt32.max }

    init() {}

    mutating func shrink() {
        incoming.shrink()
        first.shrink()
        last.shrink()
        segments.shrink()
        uses.shrink()
        replacements.shrink()
        order.shrink()
        stack.shrink()
    }

    /// Returns whether something changed; then the graph's flow was completed anew.
    mutating func run(_ graph: inout Graph, _ allowance: inout Allowance) -> Bool {
        guard graph.layout.count > 1 else { return false }
        begin(graph)
        var position = graph.layout.count &- 1
        while position >= 0 {
            let index = graph.layout[position]
            position &-= 1
            guard index == 0 || incoming[Int(index)] > 0 else { continue }
            switch graph.blocks.element(Int(index)).pointee.terminator {
            case .branch:
                simplifyBranch(&graph, index, &allowance)
                if graph.blocks.element(Int(index)).pointee.terminator == .branch { convert(&graph, index, &allowance) }
            case .table: simplifyTable(&graph, index, &allowance)
            default: break
            }
            if graph.blocks.element(Int(index)).pointee.terminator == .jump { thread(&graph, index, &allowance) }
        }
        position = 0
        while position < graph.layout.count {
            let index = graph.layout[position]
            position &+= 1
            if index == 0 || incoming[Int(index)] > 0 { merge(&graph, index, &allowance) }
        }
        guard hasChanged else { return false }
        writeOrder(&graph)
        if hasReplacements { rename(&graph) }
        graph.completeFlow()
        return true
    }

    private mutating func begin(_ graph: borrowing Graph) {
        hasUses = false
        hasReplacements = false
        hasChanged = false
        let count = graph.blocks.count
        incoming.refill(count: count, with: 0)
        first.refill(count: count, with: Self.none)
        last.refill(count: count, with: Self.none)
        segments.count = 0
        var position = 0
        while position < graph.layout.count {
            let index = Int(graph.layout[position])
            let block = graph.blocks.element(index)
            incoming[index] = block.pointee.predecessorCount
            if block.pointee.start < block.pointee.end { append(index, block.pointee.start, block.pointee.end) }
            position &+= 1
        }
    }

    private mutating func append(_ block: Int, _ start: UInt32, _ end: UInt32) {
        let segment = UInt32(segments.count)
        segments.append(BlockSegment(start: start, end: end, next: Self.none))
        if first[block] == Self.none {
            first[block] = segment
        } else {
            segments.element(Int(last[block])).pointee.next = segment
        }
        last[block] = segment
    }

    /// Nodes of one block now belong to the end of another.
    private mutating func moveNodes(from source: Int, to target: Int) {
        guard first[source] != Self.none else { return }
        if first[target] == Self.none {
            first[target] = first[source]
        } else {
            segments.element(Int(last[target])).pointee.next = first[source]
        }
        last[target] = last[source]
        first[source] = Self.none
        last[source] = Self.none
    }

    /// One edge less leads to a block; if it was the last one, none leads on from there.
    private mutating func release(_ graph: borrowing Graph, _ index: BlockIndex) {
        stack.count = 0
        stack.append(index)
        while stack.count > 0 {
            let index = stack.removeLast()
            incoming[Int(index)] &-= 1
            guard incoming[Int(index)] == 0 else { continue }
            let block = graph.blocks.element(Int(index))
            var edge = Int(block.pointee.edgeStart)
            let end = edge &+ Int(block.pointee.edgeCount)
            while edge < end {
                stack.append(graph.edges[edge].to)
                edge &+= 1
            }
        }
    }

    /// A block with several edges keeps one.
    private mutating func keepOnly(_ graph: borrowing Graph, _ index: BlockIndex, edge kept: UInt32) {
        let block = graph.blocks.element(Int(index))
        let start = block.pointee.edgeStart
        let end = start &+ block.pointee.edgeCount
        if hasUses { uses[block.pointee.condition.position] &-= 1 }
        block.pointee.terminator = .jump
        block.pointee.condition = .none
        block.pointee.edgeStart = kept
        block.pointee.edgeCount = 1
        hasChanged = true
        for edge in start..<end where edge != kept { release(graph, graph.edges[Int(edge)].to) }
    }
}

// MARK: branches

extension Flow {
    private mutating func simplifyBranch(
        _ graph: inout Graph, _ index: BlockIndex, _ allowance: inout Allowance
    ) {
        let block = graph.blocks.element(Int(index))
        let taken = Int(block.pointee.edgeStart)
        while true {
            let node = graph.nodes[block.pointee.condition.position]
            guard node.kind == .pure, node.opcode == .i32Eqz, allowance.allows(.flow) else { break }
            if hasUses {
                uses[block.pointee.condition.position] &-= 1
                uses[Int(node.a)] &+= 1
            }
            block.pointee.condition = Value(node.a)
            let edge = graph.edges[taken]
            graph.edges[taken] = graph.edges[taken &+ 1]
            graph.edges[taken &+ 1] = edge
            hasChanged = true
        }
        let node = graph.nodes[block.pointee.condition.position]
        if node.kind == .constant {
            guard allowance.allows(.flow) else { return }
            keepOnly(graph, index, edge: UInt32(node.bits != 0 ? taken : taken &+ 1))
        } else if graph.edges[taken].to == graph.edges[taken &+ 1].to {
            guard allowance.allows(.flow) else { return }
            keepOnly(graph, index, edge: UInt32(taken))
        }
    }

    private mutating func simplifyTable(
        _ graph: inout Graph, _ index: BlockIndex, _ allowance: inout Allowance
    ) {
        let block = graph.blocks[Int(index)]
        let node = graph.nodes[block.condition.position]
        let target = graph.edges[Int(block.edgeStart)].to
        var choice = block.edgeStart
        if node.kind == .constant {
            choice &+= UInt32(min(node.bits, UInt64(block.edgeCount &- 1)))
        } else {
            var edge = Int(block.edgeStart) &+ 1
            let end = Int(block.edgeStart &+ block.edgeCount)
            while edge < end {
                // Edges of one block to one other pass no arguments.
                if graph.edges[edge].to != target { return }
                edge &+= 1
            }
        }
        if allowance.allows(.flow) { keepOnly(graph, index, edge: choice) }
    }

    /// A branch whose two ways meet at once: one way if they differ in nothing, a `select` if in one integer that is quickly
    /// made. Branches around more are left alone: what compiled the module had its reasons, and a branch that is foreseen
    /// costs less than waiting for both values.
    private mutating func convert(_ graph: inout Graph, _ index: BlockIndex, _ allowance: inout Allowance) {
        let block = graph.blocks[Int(index)]
        let first = graph.edges[Int(block.edgeStart)].to
        let second = graph.edges[Int(block.edgeStart) &+ 1].to
        guard isArm(graph, first), isArm(graph, second) else { return }
        let firstEdge = graph.edges[Int(graph.blocks[Int(first)].edgeStart)]
        let secondEdge = graph.edges[Int(graph.blocks[Int(second)].edgeStart)]
        let target = firstEdge.to
        guard target == secondEdge.to, target != index, !graph.blocks[Int(target)].isLoopHeader else { return }
        let count = Int(graph.blocks[Int(target)].parameterCount)
        guard count <= Int(Self.mostParameters) else { return }
        var difference = -1
        var offset = 0
        while offset < count {
            if graph.pool[Int(firstEdge.argumentStart) &+ offset] != graph.pool[Int(secondEdge.argumentStart) &+ offset]
            {
                if difference >= 0 { return }
                difference = offset
            }
            offset &+= 1
        }
        let nodes = nodeCount(graph, first) &+ nodeCount(graph, second)
        if difference < 0 {
            guard nodes == 0, allowance.allows(.flow) else { return }
            keepOnly(graph, index, edge: block.edgeStart)
            return
        }
        guard nodes <= 1, !graph.blocks[Int(first)].isCold, !graph.blocks[Int(second)].isCold,
            isQuick(graph, first), isQuick(graph, second)
        else { return }
        let a = graph.pool[Int(firstEdge.argumentStart) &+ difference]
        let b = graph.pool[Int(secondEdge.argumentStart) &+ difference]
        let type = graph.nodes[a.position].type
        guard type == .i32 || type == .i64, allowance.allows(.conversion) else { return }
        let choice = graph.append(
            Node(.pure, type, .select, a.index, b.index, block.condition.index), block.origin,
            upperBits: max(graph.upperBits[a.position], graph.upperBits[b.position]))
        if hasUses {
            // `a` and `b` were used as arguments; `keepOnly` takes the condition's use away.
            uses[block.condition.position] &+= 1
            uses.append(1)
        }
        if hasReplacements { replacements.append(.none) }
        moveNodes(from: Int(first), to: Int(index))
        moveNodes(from: Int(second), to: Int(index))
        let place = UInt32(graph.order.count)
        graph.order.append(choice)
        append(Int(index), place, place &+ 1)
        // The way that stays passes the choice.
        let arguments = UInt32(graph.pool.count)
        for offset in 0..<count {
            graph.pool.append(
                offset == difference ? choice : graph.pool[Int(firstEdge.argumentStart) &+ offset])
        }
        let kept = graph.blocks[Int(first)].edgeStart
        graph.edges.element(Int(kept)).pointee.argumentStart = arguments
        keepOnly(graph, index, edge: block.edgeStart)
    }

    /// Whether a block has one way in and one way out.
    private func isArm(_ graph: borrowing Graph, _ index: BlockIndex) -> Bool {
        let block = graph.blocks.element(Int(index))
        return incoming[Int(index)] == 1 && block.pointee.terminator == .jump && block.pointee.parameterCount == 0
    }

    private func nodeCount(_ graph: borrowing Graph, _ index: BlockIndex) -> Int {
        var count = 0
        var segment = first[Int(index)]
        while segment != Self.none {
            let entry = segments[Int(segment)]
            count &+= Int(entry.end &- entry.start)
            segment = entry.next
        }
        return count
    }

    /// Whether nodes of a block, one at most, may run for nothing.
    private func isQuick(_ graph: borrowing Graph, _ index: BlockIndex) -> Bool {
        let segment = first[Int(index)]
        guard segment != Self.none else { return true }
        let node = graph.nodes[graph.order[Int(segments[Int(segment)].start)].position]
        guard node.kind == .pure, node.type == .i32 || node.type == .i64 else { return false }
        switch node.opcode {
        case .i32Add, .i32Sub, .i32And, .i32Or, .i32Xor, .i64Add, .i64Sub, .i64And, .i64Or, .i64Xor, .i32Shl, .i64Shl:
            return true
        default: return false
        }
    }
}

// MARK: jumps

extension Flow {
    /// A jump to a block that only jumps goes where that goes; one to a block that only branches, on a constant passed to it,
    /// goes the way of that constant.
    private mutating func thread(_ graph: inout Graph, _ index: BlockIndex, _ allowance: inout Allowance) {
        let edgeIndex = Int(graph.blocks[Int(index)].edgeStart)
        let edge = graph.edges[edgeIndex]
        let middle = graph.blocks[Int(edge.to)]
        // With one way in, the two become one block.
        guard edge.to != index, incoming[Int(edge.to)] > 1, !middle.isLoopHeader, first[Int(edge.to)] == Self.none,
            middle.parameterCount <= Self.mostParameters
        else { return }
        switch middle.terminator {
        case .jump:
            let next = graph.edges[Int(middle.edgeStart)]
            let target = graph.blocks[Int(next.to)]
            // The only entry of a loop stays.
            if next.to == edge.to || target.isLoopHeader && !graph.isBackEdge(Int(middle.edgeStart)) { return }
            guard target.parameterCount <= Self.mostParameters,
                isUsedInEdgeOnly(graph, middle, Int(target.parameterCount)), allowance.allows(.flow)
            else { return }
            let arguments = UInt32(graph.pool.count)
            for offset in 0..<Int(target.parameterCount) {
                var value = graph.pool[Int(next.argumentStart) &+ offset]
                let node = graph.nodes[value.position]
                if node.kind == .blockParameter, node.a == edge.to {
                    value = graph.pool[Int(edge.argumentStart) &+ Int(node.b)]
                }
                graph.pool.append(value)
                if hasUses { uses[value.position] &+= 1 }
            }
            redirect(&graph, edgeIndex, to: next.to, arguments: arguments)
        case .branch:
            let condition = graph.nodes[middle.condition.position]
            guard condition.kind == .blockParameter, condition.a == edge.to else { return }
            let argument = graph.nodes[graph.pool[Int(edge.argumentStart) &+ Int(condition.b)].position]
            guard argument.kind == .constant else { return }
            countUses(graph)
            for offset in 0..<Int(middle.parameterCount) {
                let parameter = graph.parameters[Int(middle.parameterStart) &+ offset]
                if uses[parameter.position] != (offset == Int(condition.b) ? 1 : 0) { return }
            }
            guard allowance.allows(.flow) else { return }
            let choice = Int(middle.edgeStart) &+ (argument.bits != 0 ? 0 : 1)
            redirect(&graph, edgeIndex, to: graph.edges[choice].to, arguments: 0)
        default: return
        }
    }

    /// Makes an edge lead elsewhere; the uses of its new arguments are counted already.
    private mutating func redirect(
        _ graph: inout Graph, _ index: Int, to target: BlockIndex, arguments: UInt32
    ) {
        let edge = graph.edges[index]
        let old = graph.blocks[Int(edge.to)]
        if hasUses {
            for offset in 0..<Int(old.parameterCount) {
                uses[graph.pool[Int(edge.argumentStart) &+ offset].position] &-= 1
            }
        }
        graph.edges[index] = Edge(from: edge.from, to: target, argumentStart: arguments)
        incoming[Int(target)] &+= 1
        release(graph, edge.to)
        hasChanged = true
    }

    /// Whether a block's parameters are used in the arguments of its only edge and nowhere else.
    private mutating func isUsedInEdgeOnly(
        _ graph: borrowing Graph, _ block: Block, _ argumentCount: Int
    ) -> Bool {
        guard block.parameterCount > 0 else { return true }
        countUses(graph)
        let arguments = Int(graph.edges[Int(block.edgeStart)].argumentStart)
        for offset in 0..<Int(block.parameterCount) {
            let parameter = graph.parameters[Int(block.parameterStart) &+ offset]
            var count: UInt32 = 0
            for argument in 0..<argumentCount where graph.pool[arguments &+ argument] == parameter { count &+= 1 }
            if uses[parameter.position] != count { return false }
        }
        return true
    }

    /// Counts the uses of all values in blocks that can be reached.
    private mutating func countUses(_ graph: borrowing Graph) {
        if hasUses { return }
        hasUses = true
        uses.refill(count: graph.nodes.count, with: 0)
        var position = 0
        while position < graph.layout.count {
            let index = Int(graph.layout[position])
            position &+= 1
            if index != 0, incoming[index] == 0 { continue }
            var segment = first[index]
            while segment != Self.none {
                let entry = segments[Int(segment)]
                var place = Int(entry.start)
                while place < Int(entry.end) {
                    countOperands(graph, graph.nodes[graph.order[place].position])
                    place &+= 1
                }
                segment = entry.next
            }
            let block = graph.blocks[index]
            switch block.terminator {
            case .branch, .table: uses[block.condition.position] &+= 1
            case .return: countPool(graph, block.payload, UInt32(graph.resultCount))
            case .tailCall: countCall(graph, block.payload)
            default: break
            }
            var edge = Int(block.edgeStart)
            let end = edge &+ Int(block.edgeCount)
            while edge < end {
                let target = graph.edges[edge]
                countPool(graph, target.argumentStart, graph.blocks.element(Int(target.to)).pointee.parameterCount)
                edge &+= 1
            }
        }
    }

    private func countOperands(_ graph: borrowing Graph, _ node: Node) {
        var operand = node.directOperandCount &- 1
        while operand >= 0 {
            uses[node.operand(operand).position] &+= 1
            operand &-= 1
        }
        switch node.kind {
        case .pureMany: countPool(graph, node.a, node.b)
        case .call: countCall(graph, node.a)
        default: break
        }
    }

    private func countCall(_ graph: borrowing Graph, _ index: UInt32) {
        let call = graph.calls[Int(index)]
        if !call.reference.isNone { uses[call.reference.position] &+= 1 }
        countPool(graph, call.argumentStart, call.argumentCount)
    }

    private func countPool(_ graph: borrowing Graph, _ start: UInt32, _ count: UInt32) {
        var position = Int(start)
        let end = position &+ Int(count)
        while position < end {
            uses[graph.pool[position].position] &+= 1
            position &+= 1
        }
    }
}

// MARK: joining

extension Flow {
    /// A block and the only one that it leads to, to which nothing else leads, become one, and so on.
    private mutating func merge(_ graph: inout Graph, _ index: BlockIndex, _ allowance: inout Allowance) {
        let block = graph.blocks.element(Int(index))
        while block.pointee.terminator == .jump {
            let edge = graph.edges[Int(block.pointee.edgeStart)]
            let next = graph.blocks[Int(edge.to)]
            guard edge.to != index, incoming[Int(edge.to)] == 1, !next.isLoopHeader, allowance.allows(.flow) else {
                return
            }
            if next.parameterCount > 0 { replaceParameters(graph, next, Int(edge.argumentStart)) }
            moveNodes(from: Int(edge.to), to: Int(index))
            block.pointee.terminator = next.terminator
            block.pointee.condition = next.condition
            block.pointee.payload = next.payload
            block.pointee.origin = next.origin
            block.pointee.isCold = block.pointee.isCold || next.isCold
            block.pointee.edgeStart = next.edgeStart
            block.pointee.edgeCount = next.edgeCount
            var out = Int(next.edgeStart)
            let end = out &+ Int(next.edgeCount)
            while out < end {
                graph.edges.element(out).pointee.from = index
                out &+= 1
            }
            incoming[Int(edge.to)] = 0
            graph.blocks.element(Int(edge.to)).pointee.edgeCount = 0
            hasChanged = true
        }
    }

    private mutating func replaceParameters(_ graph: borrowing Graph, _ block: Block, _ arguments: Int) {
        if !hasReplacements {
            hasReplacements = true
            replacements.refill(count: graph.nodes.count, with: .none)
        }
        for offset in 0..<Int(block.parameterCount) {
            let parameter = graph.parameters[Int(block.parameterStart) &+ offset]
            replacements[parameter.position] = graph.pool[arguments &+ offset]
        }
    }

    private func resolve(_ value: Value) -> Value {
        if value.isNone || replacements[value.position].isNone { return value }
        var end = value
        while !replacements[end.position].isNone { end = replacements[end.position] }
        // What was walked over points to the end now.
        var step = value
        while step != end {
            let next = replacements[step.position]
            replacements[step.position] = end
            step = next
        }
        return end
    }

    /// Puts in place of parameters that are gone what was passed for them.
    private mutating func rename(_ graph: inout Graph) {
        var index = 0
        while index < graph.pool.count {
            graph.pool[index] = resolve(graph.pool[index])
            index &+= 1
        }
        index = 0
        while index < graph.order.count {
            let node = graph.nodes.element(graph.order[index].position)
            var operand = node.pointee.directOperandCount &- 1
            while operand >= 0 {
                node.pointee.setOperand(operand, resolve(node.pointee.operand(operand)))
                operand &-= 1
            }
            index &+= 1
        }
        index = 0
        while index < graph.calls.count {
            let call = graph.calls.element(index)
            call.pointee.reference = resolve(call.pointee.reference)
            index &+= 1
        }
        index = 0
        while index < graph.blocks.count {
            let block = graph.blocks.element(index)
            if block.pointee.terminator == .branch || block.pointee.terminator == .table {
                block.pointee.condition = resolve(block.pointee.condition)
            }
            index &+= 1
        }
    }

    private mutating func writeOrder(_ graph: inout Graph) {
        order.count = 0
        var position = 0
        while position < graph.layout.count {
            let index = Int(graph.layout[position])
            position &+= 1
            let block = graph.blocks.element(index)
            block.pointee.start = UInt32(order.count)
            if index == 0 || incoming[index] > 0 {
                var segment = first[index]
                while segment != Self.none {
                    let entry = segments[Int(segment)]
                    var place = Int(entry.start)
                    while place < Int(entry.end) {
                        order.append(graph.order[place])
                        place &+= 1
                    }
                    segment = entry.next
                }
            }
            block.pointee.end = UInt32(order.count)
        }
        swap(&order, &graph.order)
    }
}
