// When all is built: aliases are replaced by their values, and what nobody needs goes.

import TerraceABI
import TerraceCompilation

extension Builder {
    mutating func finish() {
        shareLateParameters()
        markLive()
        compact()
        graph.hasVector = seenTypes & 0b11100 != 0
    }

    /// A loop's aliases may make parameters of joins in it equal, and those others.
    private mutating func shareLateParameters() {
        guard hasLoops else { return }
        for _ in 0..<4 {
            var found = false
            for index in 0..<begun.count where graph.blocks[Int(begun[index])].parameterCount > 0 {
                if shareParameters(of: begun[index]) { found = true }
            }
            if !found { return }
        }
    }

    // MARK: liveness

    @inline(__always) private mutating func mark(_ value: Value) {
        if isLive[value.position] { return }
        isLive[value.position] = true
        work.append(value)
    }

    /// Marks a value in the pool, and puts what it is an alias of in its place.
    @inline(__always) private mutating func markPooled(_ position: Int) {
        let value = resolve(graph.pool[position])
        graph.pool[position] = value
        mark(value)
    }

    /// Whether a node does something besides making its value.
    private mutating func mustRun(_ node: Node) -> Bool {
        guard node.kind == .trapping else { return node.kind.isEffect || node.kind.mayTrap }
        // A division by what is neither 0 nor -1 cannot trap.
        switch node.opcode {
        case .i32DivU, .i32RemU, .i32RemS, .i64DivU, .i64RemU, .i64RemS:
            return !isConstant(node.b) || bits(node.b) == 0
        case .i32DivS, .i64DivS:
            return !isConstant(node.b) || bits(node.b) == 0
                || bits(node.b) == (node.type == .i64 ? UInt64.max : UInt64(UInt32.max))
        default: return true
        }
    }

    /// Marks what effects, traps and ends of blocks need, and what that needs.
    private mutating func markLive() {
        isLive.refill(count: graph.nodes.count, with: false)
        work.count = 0
        for index in 0..<begun.count {
            let block = graph.blocks[Int(begun[index])]
            var position = Int(block.start)
            while position < Int(block.end) {
                let value = graph.order[position]
                if mustRun(graph.nodes[value.position]) { mark(value) }
                position &+= 1
            }
            switch block.terminator {
            case .branch, .table:
                let condition = resolve(block.condition)
                graph.blocks.element(Int(begun[index])).pointee.condition = condition
                mark(condition)
            case .return:
                for result in 0..<graph.resultCount { markPooled(Int(block.payload) &+ result) }
            case .tailCall: markCall(block.payload)
            default: break
            }
        }
        while work.count > 0 { markOperands(of: work.removeLast()) }
    }

    private mutating func markCall(_ index: UInt32) {
        let call = graph.calls.element(Int(index))
        if !call.pointee.reference.isNone {
            let reference = resolve(call.pointee.reference)
            call.pointee.reference = reference
            mark(reference)
        }
        let start = Int(call.pointee.argumentStart)
        for argument in start..<(start &+ Int(call.pointee.argumentCount)) { markPooled(argument) }
    }

    private mutating func markOperands(of value: Value) {
        let node = graph.nodes.element(value.position)
        switch node.pointee.kind {
        case .blockParameter:
            let position = Int(node.pointee.b)
            var list = incomingHeads[Int(node.pointee.a)]
            while list != Incoming.none {
                let entry = incoming[Int(list)]
                markPooled(Int(entry.arguments) &+ position)
                list = entry.next
            }
        case .pureMany:
            let start = Int(node.pointee.a)
            for operand in start..<(start &+ Int(node.pointee.b)) { markPooled(operand) }
        case .call: markCall(node.pointee.a)
        default:
            for index in 0..<node.pointee.directOperandCount {
                let operand = resolve(node.pointee.operand(index))
                node.pointee.setOperand(index, operand)
                mark(operand)
            }
        }
    }

    // MARK: compaction

    /// Takes what is not live out of the blocks' orders, parameters and arguments.
    private mutating func compact() {
        var target = 0
        for index in 0..<begun.count {
            let block = graph.blocks.element(Int(begun[index]))
            var position = Int(block.pointee.start)
            block.pointee.start = UInt32(truncatingIfNeeded: target)
            while position < Int(block.pointee.end) {
                let value = graph.order[position]
                if isLive[value.position] {
                    graph.order[target] = value
                    target &+= 1
                }
                position &+= 1
            }
            block.pointee.end = UInt32(truncatingIfNeeded: target)
            if block.pointee.parameterCount > 0 { compactParameters(begun[index]) }
        }
        graph.order.count = target
    }

    private mutating func compactParameters(_ index: BlockIndex) {
        let block = graph.blocks.element(Int(index))
        let start = Int(block.pointee.parameterStart)
        let count = Int(block.pointee.parameterCount)
        var kept = 0
        for position in 0..<count {
            let parameter = graph.parameters[start &+ position]
            guard isLive[parameter.position] else { continue }
            if kept != position {
                graph.parameters[start &+ kept] = parameter
                graph.nodes.element(parameter.position).pointee.b = UInt32(truncatingIfNeeded: kept)
                var list = incomingHeads[Int(index)]
                while list != Incoming.none {
                    let arguments = Int(incoming[Int(list)].arguments)
                    graph.pool[arguments &+ kept] = graph.pool[arguments &+ position]
                    list = incoming[Int(list)].next
                }
            }
            kept &+= 1
        }
        block.pointee.parameterCount = UInt32(truncatingIfNeeded: kept)
    }
}
