// From terminators and edges, everything else that is known of the flow of control: which blocks can be reached, their
// order, predecessors, dominators and loops. Linear but for a logarithm, and without recursion.

import TerraceCompilation

/// What ``Graph/completeFlow()`` works with.
struct FlowBuffers: ~Copyable {
    /// By block: ``FlowBuffers/unreached`` or its position in reverse post-order; other numbers on the way there.
    var rank = RawStack<UInt32>(capacity: 64)
    /// Blocks in reverse post-order.
    var order = RawStack<BlockIndex>(capacity: 64)
    /// By block: how many blocks lead there.
    var sources = RawStack<UInt32>(capacity: 64)
    /// By block: the block or the edge that was noted there last.
    var last = RawStack<UInt32>(capacity: 64)
    /// By block: the header of the largest loop found so far that holds it, or some block on the way to it.
    var container = RawStack<BlockIndex>(capacity: 64)
    /// By block: the next one of the same innermost loop.
    var next = RawStack<BlockIndex>(capacity: 64)
    /// By loop: its first block behind the header.
    var first = RawStack<BlockIndex>(capacity: 64)
    var stack = RawStack<UInt32>(capacity: 64)

    static var unreached: UInt32 { UInt32.max }

    init() {}

    mutating func shrink() {
        rank.shrink()
        order.shrink()
        sources.shrink()
        last.shrink()
        container.shrink()
        next.shrink()
        first.shrink()
        stack.shrink()
    }
}

extension Graph {
    /// Fills in ``layout``, ``predecessors``, ``loops`` and what blocks say of dominators and loops, from terminators and
    /// edges alone. Whenever these were changed, it has to be called again.
    ///
    /// Afterwards no edge is critical: one that leads from a block with several successors to a block with parameters or with
    /// other predecessors gets a block of its own that only jumps; equal edges of one block share it.
    mutating func completeFlow() {
        findReachable()
        splitCriticalEdges()
        orderBlocks()
        findPredecessors()
        findDominators()
        findLoops()
        layOut()
    }

    /// Counts for each block the blocks that lead there; in `flow.rank`, what is reached has another number than
    /// ``FlowBuffers/unreached``.
    private mutating func findReachable() {
        flow.rank.refill(count: blocks.count, with: FlowBuffers.unreached)
        flow.sources.refill(count: blocks.count, with: 0)
        flow.last.refill(count: blocks.count, with: UInt32.max)
        flow.stack.count = 0
        flow.stack.append(0)
        flow.rank[0] = 0
        while flow.stack.count > 0 {
            let index = flow.stack.removeLast()
            let block = blocks[Int(index)]
            var edge = Int(block.edgeStart)
            let end = edge &+ Int(block.edgeCount)
            while edge < end {
                let target = Int(edges[edge].to)
                edge &+= 1
                if flow.last[target] != index {
                    flow.last[target] = index
                    flow.sources[target] &+= 1
                }
                if flow.rank[target] == FlowBuffers.unreached {
                    flow.rank[target] = 0
                    flow.stack.append(UInt32(target))
                }
            }
        }
    }

    private mutating func splitCriticalEdges() {
        flow.last.refill(count: blocks.count, with: UInt32.max)
        var index = 0
        let count = blocks.count
        while index < count {
            let block = blocks[index]
            if block.edgeCount > 1, flow.rank[index] != FlowBuffers.unreached {
                var edge = Int(block.edgeStart)
                let end = edge &+ Int(block.edgeCount)
                while edge < end {
                    let target = Int(edges[edge].to)
                    if flow.sources[target] > 1 || blocks[target].parameterCount > 0 { split(edge) }
                    edge &+= 1
                }
            }
            index &+= 1
        }
    }

    /// Puts a block into an edge, or one that was put into an equal edge of the same block.
    private mutating func split(_ index: Int) {
        let edge = edges[index]
        let target = Int(edge.to)
        let known = flow.last[target]
        if known != UInt32.max {
            let other = edges[Int(known)]
            if blocks[Int(other.from)].payload == edge.from, hasEqualArguments(edge, other) {
                edges.element(index).pointee = Edge(from: edge.from, to: other.from)
                return
            }
        }
        var block = Block()
        block.terminator = .jump
        // Of no meaning to others: whose edge it splits.
        block.payload = edge.from
        block.isCold = blocks[Int(edge.from)].isCold || blocks[target].isCold
        block.frequency = min(blocks[Int(edge.from)].frequency, blocks[target].frequency)
        block.origin = blocks[Int(edge.from)].origin
        block.edgeStart = UInt32(edges.count)
        block.edgeCount = 1
        let new = BlockIndex(blocks.count)
        flow.last[target] = UInt32(edges.count)
        blocks.append(block)
        flow.rank.append(0)
        edges.append(Edge(from: new, to: edge.to, argumentStart: edge.argumentStart))
        edges.element(index).pointee = Edge(from: edge.from, to: new)
    }

    /// Whether two edges with the same target pass the same arguments.
    func hasEqualArguments(_ first: Edge, _ second: Edge) -> Bool {
        var offset = 0
        let count = Int(blocks[Int(first.to)].parameterCount)
        while offset < count {
            if pool[Int(first.argumentStart) &+ offset] != pool[Int(second.argumentStart) &+ offset] { return false }
            offset &+= 1
        }
        return true
    }

    /// Reverse post-order. Successors that are cold, and otherwise later ones, are placed later if there is a choice.
    private mutating func orderBlocks() {
        flow.rank.refill(count: blocks.count, with: FlowBuffers.unreached)
        flow.order.count = 0
        flow.stack.count = 0
        // Pairs of a block and how many of its edges were followed.
        flow.stack.append(0)
        flow.stack.append(0)
        flow.rank[0] = 0
        while flow.stack.count > 0 {
            let followed = Int(flow.stack[flow.stack.count &- 1])
            let index = flow.stack[flow.stack.count &- 2]
            let block = blocks[Int(index)]
            guard followed < Int(block.edgeCount) else {
                flow.order.append(index)
                flow.stack.count &-= 2
                continue
            }
            flow.stack[flow.stack.count &- 1] = UInt32(followed &+ 1)
            let target = Int(edges[edgeToFollow(block, followed)].to)
            if flow.rank[target] == FlowBuffers.unreached {
                flow.rank[target] = 0
                flow.stack.append(UInt32(target))
                flow.stack.append(0)
            }
        }
        var low = 0
        var high = flow.order.count &- 1
        while low < high {
            let block = flow.order[low]
            flow.order[low] = flow.order[high]
            flow.order[high] = block
            low &+= 1
            high &-= 1
        }
        var position = 0
        while position < flow.order.count {
            flow.rank[Int(flow.order[position])] = UInt32(position)
            position &+= 1
        }
    }

    /// The edge that a search in depth follows as number `turn`: what is found first stands last.
    private func edgeToFollow(_ block: Block, _ turn: Int) -> Int {
        let start = Int(block.edgeStart)
        guard block.terminator == .branch else { return start &+ Int(block.edgeCount) &- 1 &- turn }
        let taken = placement(edges[start])
        let other = placement(edges[start &+ 1])
        return start &+ (taken >= other ? turn : 1 &- turn)
    }

    /// Blocks with larger numbers are better placed later.
    private func placement(_ edge: Edge) -> UInt64 {
        let target = blocks[Int(edge.to)]
        let isSplit = target.start == target.end && target.terminator == .jump
        let number = isSplit ? edges[Int(target.edgeStart)].to : edge.to
        return UInt64(target.isCold ? 1 : 0) << 32 | UInt64(number)
    }

    private mutating func findPredecessors() {
        flow.sources.refill(count: blocks.count, with: 0)
        var position = 0
        while position < flow.order.count {
            let block = blocks[Int(flow.order[position])]
            var edge = Int(block.edgeStart)
            let end = edge &+ Int(block.edgeCount)
            while edge < end {
                flow.sources[Int(edges[edge].to)] &+= 1
                edge &+= 1
            }
            position &+= 1
        }
        var total: UInt32 = 0
        position = 0
        while position < flow.order.count {
            let index = Int(flow.order[position])
            let block = blocks.element(index)
            block.pointee.predecessorStart = total
            block.pointee.predecessorCount = 0
            total &+= flow.sources[index]
            position &+= 1
        }
        predecessors.refill(count: Int(total), with: 0)
        position = 0
        while position < flow.order.count {
            let block = blocks[Int(flow.order[position])]
            var edge = Int(block.edgeStart)
            let end = edge &+ Int(block.edgeCount)
            while edge < end {
                let target = blocks.element(Int(edges[edge].to))
                predecessors[Int(target.pointee.predecessorStart &+ target.pointee.predecessorCount)] = UInt32(edge)
                target.pointee.predecessorCount &+= 1
                edge &+= 1
            }
            position &+= 1
        }
    }

    /// One pass suffices, for control flow is reducible: what leads to a header from behind is dominated by it.
    private mutating func findDominators() {
        setDominator(of: 0, 0)
        var position = 1
        while position < flow.order.count {
            let index = flow.order[position]
            let block = blocks[Int(index)]
            var dominator = UInt32.max
            var predecessor = Int(block.predecessorStart)
            let end = predecessor &+ Int(block.predecessorCount)
            while predecessor < end {
                let source = edges[Int(predecessors[predecessor])].from
                if flow.rank[Int(source)] < UInt32(position) {
                    dominator = dominator == UInt32.max ? source : commonDominator(dominator, source)
                }
                predecessor &+= 1
            }
            setDominator(of: index, dominator)
            position &+= 1
        }
    }

    /// Natural loops, inner ones first, each one found going back from what jumps to its header; a loop that was found is
    /// from then on as one block, its header (Tarjan 1974). Loops are numbered outer ones first.
    private mutating func findLoops() {
        loops.count = 0
        flow.container.refill(count: blocks.count, with: 0)
        var position = 0
        while position < flow.order.count {
            let index = flow.order[position]
            flow.container[Int(index)] = index
            let block = blocks.element(Int(index))
            block.pointee.loop = Loop.none
            block.pointee.isLoopHeader = false
            var predecessor = Int(block.pointee.predecessorStart)
            let end = predecessor &+ Int(block.pointee.predecessorCount)
            while predecessor < end {
                if isBackEdge(Int(predecessors[predecessor])) {
                    block.pointee.isLoopHeader = true
                    block.pointee.loop = UInt32(loops.count)
                    loops.append(Loop(header: index, parent: Loop.none, depth: 1))
                    break
                }
                predecessor &+= 1
            }
            position &+= 1
        }
        var loop = loops.count &- 1
        while loop >= 0 {
            collect(UInt32(loop))
            loop &-= 1
        }
        loop = 0
        while loop < loops.count {
            let parent = loops[loop].parent
            if parent != Loop.none { loops.element(loop).pointee.depth = loops[Int(parent)].depth &+ 1 }
            loop &+= 1
        }
    }

    /// Whether an edge leads to where control came from. Valid after ``completeFlow()``.
    @inline(__always) func isBackEdge(_ edge: Int) -> Bool {
        flow.rank[Int(edges[edge].to)] <= flow.rank[Int(edges[edge].from)]
    }

    private mutating func collect(_ loop: UInt32) {
        let header = loops[Int(loop)].header
        flow.stack.count = 0
        collectPredecessors(of: header, header, onlyBack: true)
        while flow.stack.count > 0 {
            let block = flow.stack.removeLast()
            let inner = blocks[Int(block)].loop
            if inner == Loop.none {
                blocks.element(Int(block)).pointee.loop = loop
            } else {
                loops.element(Int(inner)).pointee.parent = loop
            }
            collectPredecessors(of: block, header, onlyBack: false)
        }
    }

    private mutating func collectPredecessors(of block: BlockIndex, _ header: BlockIndex, onlyBack: Bool) {
        let start = Int(blocks[Int(block)].predecessorStart)
        let end = start &+ Int(blocks[Int(block)].predecessorCount)
        var predecessor = start
        while predecessor < end {
            let edge = Int(predecessors[predecessor])
            predecessor &+= 1
            if onlyBack, !isBackEdge(edge) { continue }
            let source = outermost(edges[edge].from)
            if source != header {
                flow.container[Int(source)] = header
                flow.stack.append(source)
            }
        }
    }

    /// The header of the largest loop found so far that holds a block, or the block.
    private mutating func outermost(_ block: BlockIndex) -> BlockIndex {
        var block = block
        while true {
            let container = flow.container[Int(block)]
            if container == block { return block }
            let next = flow.container[Int(container)]
            flow.container[Int(block)] = next
            block = next
        }
    }

    /// Blocks in reverse post-order, but each loop where its header stands: forward edges stay forward, for a loop is entered
    /// at its header only.
    private mutating func layOut() {
        layout.count = 0
        let root = loops.count
        flow.next.refill(count: blocks.count, with: UInt32.max)
        flow.first.refill(count: root &+ 1, with: UInt32.max)
        var position = flow.order.count &- 1
        while position >= 0 {
            let index = flow.order[position]
            let block = blocks[Int(index)]
            let loop = block.isLoopHeader ? loops[Int(block.loop)].parent : block.loop
            let list = loop == Loop.none ? root : Int(loop)
            flow.next[Int(index)] = flow.first[list]
            flow.first[list] = index
            position &-= 1
        }
        flow.stack.count = 0
        var index = flow.first[root]
        while true {
            if index == UInt32.max {
                if flow.stack.count == 0 { break }
                index = flow.stack.removeLast()
                continue
            }
            flow.rank[Int(index)] = UInt32(layout.count)
            layout.append(index)
            let block = blocks[Int(index)]
            if block.isLoopHeader {
                flow.stack.append(flow.next[Int(index)])
                index = flow.first[Int(block.loop)]
            } else {
                index = flow.next[Int(index)]
            }
        }
    }
}
