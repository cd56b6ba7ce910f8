// The walk of selection: facts about nodes in one sweep forward, then all blocks and nodes backward, and the turn into the
// machine function's order.

import TerraceABI
import TerraceAssembler
import TerraceCompilation
import WasmFormat

extension Selector {
    /// Selects the whole function. The graph's flow is complete, the machine function empty.
    mutating func select(_ signature: MachineSignature) {
        self.signature = signature
        failure = nil
        resultsArea = .none
        reversed.count = 0
        sequence.count = 0
        pendingResults.count = 0
        sequenceConstants.count = 0
        let nodeCount = graph.pointee.nodes.count
        useCounts.refill(count: nodeCount, with: 0)
        registers.refill(count: nodeCount, with: .none)
        blockOfNode.refill(count: nodeCount, with: .max)
        effectNumbers.refill(count: nodeCount, with: 0)
        covered.refill(count: nodeCount, with: 0)
        machine.pointee.reset()
        layOutFrame()
        numberBlocks()
        countUses()
        selectBlocks()
        turnAround()
        completePredecessors()
    }

    /// Where the allocator's slots may begin: below the frame's header or the frame that is taken over, and below locals that
    /// have no other place.
    private mutating func layOutFrame() {
        var bytes = graph.pointee.isLoopEntry ? graph.pointee.takenOverFrameBytes : CallingConvention.frameHeaderBytes
        for index in 0..<graph.pointee.frameLocals.count {
            let local = graph.pointee.frameLocals.element(index)
            guard local.pointee.offset == 0 else { continue }
            bytes &+= FrameLayout.slotBytes(local.pointee.type)
            local.pointee.offset = 0 &- bytes
        }
        machine.pointee.frameStartBytes = bytes
    }

    // MARK: facts

    /// Counts uses, and notes where nodes stand. Backward, so that nodes that nobody uses count as no users of others.
    private mutating func countUses() {
        let graph = self.graph
        let layout = graph.pointee.layout.buffer
        var position = layout.count
        while position > 0 {
            position &-= 1
            let index = layout[position]
            let block = graph.pointee.blocks[Int(index)]
            var effects: UInt32 = 0
            for place in Int(block.start)..<Int(block.end) {
                let value = graph.pointee.order[place]
                let kind = graph.pointee.nodes[value.position].kind
                blockOfNode[value.position] = index
                if kind.isEffect || kind.mayTrap { effects &+= 1 }
                effectNumbers[value.position] = effects
            }
            switch block.terminator {
            case .branch, .table: countUse(block.condition, 1)
            case .return: countUses(Int(block.payload), graph.pointee.resultCount, 1)
            case .tailCall: addUses(ofCall: Int(block.payload), 1)
            case .none, .jump, .trap: break
            }
            for edge in Int(block.edgeStart)..<Int(block.edgeStart &+ block.edgeCount) {
                let edge = graph.pointee.edges[edge]
                countUses(
                    Int(edge.argumentStart), Int(graph.pointee.blocks[Int(edge.to)].parameterCount), 1)
            }
            var place = Int(block.end)
            while place > Int(block.start) {
                place &-= 1
                let value = graph.pointee.order[place]
                let node = graph.pointee.nodes[value.position]
                if useCounts[value.position] == 0, node.kind.isPure {
                    // As good as taken in by somebody.
                    cover(value)
                } else {
                    addUses(of: node, 1)
                }
            }
        }
    }

    @inline(__always) private func countUse(_ value: Value, _ change: Int32) {
        let count = useCounts.element(value.position)
        count.pointee = count.pointee &+ UInt32(bitPattern: change)
    }

    private func countUses(_ start: Int, _ count: Int, _ change: Int32) {
        for index in start..<start &+ count { countUse(graph.pointee.pool[index], change) }
    }

    private func addUses(ofCall index: Int, _ change: Int32) {
        let call = graph.pointee.calls[index]
        countUses(Int(call.argumentStart), Int(call.argumentCount), change)
        if !call.reference.isNone { countUse(call.reference, change) }
    }

    /// Adds to the counts of a node's operands.
    @inline(__always) private func addUses(of node: Node, _ change: Int32) {
        let count = node.directOperandCount
        if count > 0 {
            for index in 0..<count { countUse(node.operand(index), change) }
            return
        }
        switch node.kind {
        case .pureMany: countUses(Int(node.a), Int(node.b), change)
        case .call: addUses(ofCall: Int(node.a), change)
        default: break
        }
    }

    // MARK: blocks

    /// Selects all blocks, last first.
    private mutating func selectBlocks() {
        let layout = graph.pointee.layout.buffer
        var number = layout.count
        while number > 0 {
            number &-= 1
            // Counted from the end, until everything is turned around.
            let end = UInt32(truncatingIfNeeded: reversed.count)
            selectBlock(number, layout[number])
            let block = machine.pointee.blocks.element(number)
            block.pointee.end = end
            block.pointee.start = UInt32(truncatingIfNeeded: reversed.count)
        }
    }

    /// The only successor of a block, and the arguments for its parameters.
    private mutating func passArguments(_ number: Int, _ edge: Int) {
        let graph = self.graph
        let target = graph.pointee.edges[edge].to
        let block = machine.pointee.blocks.element(number)
        block.pointee.successorStart = UInt32(truncatingIfNeeded: machine.pointee.successors.count)
        block.pointee.successorCount = 1
        machine.pointee.successors.append(numbers[Int(target)])
        let to = graph.pointee.blocks[Int(target)]
        if to.isLoopHeader { wantParameters(to) }
        let start = machine.pointee.arguments.count
        for index in 0..<Int(to.parameterCount) {
            let parameter = graph.pointee.parameters[Int(to.parameterStart) &+ index]
            guard isWanted(parameter) else { continue }
            let argument = register(graph.pointee.pool[Int(graph.pointee.edges[edge].argumentStart) &+ index])
            machine.pointee.arguments.append(argument)
        }
        machine.pointee.blocks.element(number).pointee.argumentStart = UInt32(truncatingIfNeeded: start)
    }

    /// A loop's parameters: edges back come before the loop's body, which would ask for them.
    private mutating func wantParameters(_ header: Block) {
        for index in 0..<Int(header.parameterCount) {
            let parameter = graph.pointee.parameters[Int(header.parameterStart) &+ index]
            if useCounts[parameter.position] > 0 { _ = register(parameter) }
        }
    }

    private mutating func selectBlock(_ number: Int, _ index: BlockIndex) {
        let graph = self.graph
        let source = graph.pointee.blocks[Int(index)]
        block = index
        node = .none
        effectNumber = source.start < source.end ? effectNumbers[graph.pointee.order[Int(source.end) &- 1].position] : 0
        selectTerminator(number, source)
        flush()
        if source.terminator == .jump { passArguments(number, Int(source.edgeStart)) }
        var place = Int(source.end)
        while place > Int(source.start) {
            place &-= 1
            let value = graph.pointee.order[place]
            if covered[value.position] != 0 { continue }
            let node = graph.pointee.nodes[value.position]
            if isDead(value, node) {
                addUses(of: node, -1)
                continue
            }
            self.node = value
            effectNumber = effectNumbers[value.position]
            if node.kind.isEffect || node.kind.mayTrap { effectNumber &-= 1 }
            selectNode(value, node)
            flush()
        }
        node = .none
        if source.isLoopHeader { wantParameters(source) }
        let start = machine.pointee.parameters.count
        for index in 0..<Int(source.parameterCount) {
            let parameter = graph.pointee.parameters[Int(source.parameterStart) &+ index]
            if isWanted(parameter) { machine.pointee.parameters.append(registers[parameter.position]) }
        }
        let block = machine.pointee.blocks.element(number)
        block.pointee.parameterStart = UInt32(truncatingIfNeeded: start)
        block.pointee.parameterCount = UInt32(truncatingIfNeeded: machine.pointee.parameters.count &- start)
        if number == 0 { selectEntry() }
    }

    /// Whether a node may be left out: nobody wants its value, and it does nothing else.
    @inline(__always) private func isDead(_ value: Value, _ node: Node) -> Bool {
        if node.kind.isEffect || isWanted(value) { return false }
        switch node.kind {
        case .trapping, .load, .loadAbsolute, .tableGet: return false
        case .pureMany: return !hasPendingResult(value)
        default: return true
        }
    }

    /// Defines the parameters that arrive in registers.
    private mutating func selectEntry() {
        begin(.entry)
        if !graph.pointee.isLoopEntry {
            if !resultsArea.isNone { define(resultsArea, fixed: CallingConvention.resultsArea) }
            let start = Int(signature.parameterStart)
            // Parameters are floating nodes, the first that are made; look at all registers asked for.
            for index in 0..<registers.count {
                let node = graph.pointee.nodes[index]
                guard node.kind == .parameter, !registers[index].isNone else { continue }
                switch tables.locations[start &+ Int(node.a)] {
                case .general(let register): define(registers[index], fixed: register)
                case .vector(let register): define(registers[index], fixed: register)
                case .stack: break
                }
            }
        }
        finish()
        flush()
    }

    /// Appends the instructions of the present node, last first.
    @inline(__always) private mutating func flush() {
        while sequence.count > 0 { reversed.append(sequence.removeLast()) }
    }

    /// Puts instructions and blocks into program order.
    private mutating func turnAround() {
        let count = reversed.count
        machine.pointee.instructions.refill(count: count, with: Instruction(operation: 0))
        for index in 0..<count { machine.pointee.instructions[index] = reversed[count &- 1 &- index] }
        let total = UInt32(truncatingIfNeeded: count)
        for index in 0..<machine.pointee.blocks.count {
            let block = machine.pointee.blocks.element(index)
            block.pointee.start = total &- block.pointee.start
            block.pointee.end = total &- block.pointee.end
        }
    }

    // MARK: several results

    /// Whether a later result of a node is wanted.
    func hasPendingResult(_ value: Value) -> Bool {
        var index = pendingResults.count
        while index > 0 {
            index &-= 1
            if pendingResults[index].of == value { return true }
        }
        return false
    }

    /// The register that takes a later result of a node, or none.
    func pendingResult(_ value: Value, _ number: UInt32) -> VirtualRegister {
        var index = pendingResults.count
        while index > 0 {
            index &-= 1
            if pendingResults[index].of == value, pendingResults[index].index == number {
                return pendingResults[index].register
            }
        }
        return .none
    }

    /// Forgets the later results of a node that has been selected.
    mutating func forgetPendingResults(_ value: Value) {
        var kept = 0
        for index in 0..<pendingResults.count where pendingResults[index].of != value {
            pendingResults[kept] = pendingResults[index]
            kept &+= 1
        }
        pendingResults.count = kept
    }
}
