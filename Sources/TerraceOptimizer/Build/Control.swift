// Operators of structured control.

import TerraceABI
import TerraceCompilation
import WasmFormat

extension Builder {
    // MARK: entering and leaving

    /// A frame for the construct that begins here; its parameters are the top of the stack.
    mutating func makeFrame(_ kind: ControlFrame.Kind) -> ControlFrame {
        var frame = ControlFrame(kind: kind, construct: UInt32(truncatingIfNeeded: nextConstruct))
        nextConstruct &+= 1
        switch reader.readBlockType() {
        case .empty: break
        case .value: frame.resultCount = 1
        case .function(let typeIndex):
            let signature = signatures[Int(typeIndex)]
            frame.parameterCount = signature.parameterCount
            frame.resultCount = signature.resultCount
        }
        frame.height = UInt32(truncatingIfNeeded: stack.count) &- frame.parameterCount
        return frame
    }

    mutating func beginBlock() { control.append(makeFrame(.block)) }

    mutating func beginLoop(exit: BlockIndex = Block.none) {
        var frame = makeFrame(.loop)
        frame.exit = exit
        guard construct(frame).isTargeted else {
            // Nothing ever comes back: no loop.
            frame.kind = .block
            control.append(frame)
            return
        }
        control.append(frame)
        bindLoop(control.count &- 1)
    }

    /// `if`, whose condition is popped. Returns whether what follows can be reached.
    mutating func beginConditional(_ condition: Value) -> Bool {
        var frame = makeFrame(.conditional)
        let hasAlternative = construct(frame).alternative != 0
        if isConstant(condition.index), folds, allowance.allows(.fold) {
            return beginDecided(&frame, hasAlternative: hasAlternative, isTaken: bits(condition.index) != 0)
        }
        if hasAlternative { save(&frame) }
        frame.versions = versions
        frame.decision = block
        control.append(frame)
        let index = control.count &- 1
        let consequence = newBlock()
        let decision = block
        let condition = folds ? self.condition(condition) : condition
        if hasAlternative {
            let alternative = newBlock()
            control.element(index).pointee.alternative = alternative
            terminateBranch(condition)
            addEdge(to: consequence)
            addEdge(to: alternative)
        } else {
            // The untaken path ends at the label, with the parameters as results.
            let label = labelBlock(index)
            let arguments = branchArguments(control[index])
            terminateBranch(condition)
            addEdge(to: consequence)
            addEdge(to: label, arguments: arguments)
            addIncoming(to: label, arguments: arguments)
        }
        beginBlock(consequence, dominator: decision)
        return true
    }

    /// `if`, whose condition is known.
    private mutating func beginDecided(_ frame: inout ControlFrame, hasAlternative: Bool, isTaken: Bool) -> Bool {
        frame.kind = .block
        if isTaken {
            frame.skipsAlternative = true
        } else if hasAlternative {
            save(&frame)
        } else {
            // The parameters are the results.
            control.append(frame)
            jump(toFrame: control.count &- 1)
            return false
        }
        control.append(frame)
        return isTaken
    }

    /// `else`
    mutating func beginAlternative(isReachable: Bool) -> Bool {
        let index = control.count &- 1
        let frame = control[index]
        if frame.skipsAlternative {
            if isReachable { jump(toFrame: index) }
            return false
        }
        guard frame.kind == .conditional else {
            // The condition is known to be false: the present block goes on here.
            restore(frame)
            return true
        }
        if isReachable { jump(toFrame: index) }
        restore(frame)
        versions = frame.versions
        beginBlock(frame.alternative, dominator: frame.decision)
        return true
    }

    /// `end`. Returns whether the code behind it can be reached.
    mutating func endConstruct(isReachable: Bool) -> Bool {
        let index = control.count &- 1
        switch control[index].kind {
        case .function:
            if isReachable { emitReturn() }
            control.count = index
            return false
        case .loop:
            let frame = control.removeLast()
            if !isReachable { stack.count = Int(frame.height) }
            closeLoop(frame)
            return frame.exit == Block.none ? isReachable : bindExit(frame, isReachable: isReachable)
        case .peeledLoop: return endPeeledLoop(isReachable: isReachable)
        case .inlined:
            let isReachable = endBlock(isReachable: isReachable)
            endInlined()
            return control[index &- 1].kind == .guess ? endBlock(isReachable: isReachable) : isReachable
        case .block, .conditional, .guess: return endBlock(isReachable: isReachable)
        }
    }

    /// `end` of a construct whose label is there. Returns whether the code behind it can be reached.
    mutating func endBlock(isReachable: Bool) -> Bool {
        let index = control.count &- 1
        if control[index].label == Block.none {
            let frame = control.removeLast()
            if !isReachable { stack.count = Int(frame.height) }
            return isReachable
        }
        if isReachable { jump(toFrame: index) }
        let frame = control.removeLast()
        bindLabel(frame)
        return true
    }

    // MARK: branches

    /// `br`
    mutating func branch(_ depth: UInt32) {
        let index = frameIndex(depth)
        if control[index].kind == .function {
            emitReturn()
        } else {
            jump(toFrame: index)
        }
    }

    /// A branch that is taken if the condition is true, or if it is false.
    /// Returns whether the code behind can be reached.
    mutating func branchIf(_ condition: Value, _ depth: UInt32, isTaken: Bool = true) -> Bool {
        let index = frameIndex(depth)
        if isConstant(condition.index), folds, allowance.allows(.fold) {
            guard (bits(condition.index) != 0) == isTaken else { return true }
            branch(depth)
            return false
        }
        let condition = folds ? self.condition(condition) : condition
        let next = newBlock()
        let decision = block
        if control[index].kind == .function {
            let target = newBlock()
            terminateBranch(condition)
            addEdge(to: isTaken ? target : next)
            addEdge(to: isTaken ? next : target)
            beginBlock(target, dominator: decision)
            emitReturn()
        } else {
            let arguments = branchArguments(control[index])
            let label = labelBlock(index)
            terminateBranch(condition)
            if !isTaken { addEdge(to: next) }
            addEdge(to: label, arguments: arguments)
            if isTaken { addEdge(to: next) }
            addIncoming(to: label, arguments: arguments)
        }
        beginBlock(next, dominator: decision)
        return true
    }

    /// `br_table`
    mutating func branchTable() {
        let condition = pop()
        let count = reader.readU32()
        let decision = block
        if count == 0 {
            branch(reader.readU32())
            return
        }
        if isConstant(condition.index), folds, allowance.allows(.fold) {
            let wanted = min(bits(condition.index), UInt64(count))
            var target: UInt32 = 0
            for index in 0...UInt64(count) {
                let depth = reader.readU32()
                if index == wanted { target = depth }
            }
            branch(target)
            return
        }
        terminate(.table, condition: condition)
        // No other table begins its edges here.
        let stamp = UInt32(truncatingIfNeeded: graph.edges.count &+ 1)
        var returns = Block.none
        for _ in 0...count {
            let index = frameIndex(reader.readU32())
            let frame = control.element(index)
            if frame.pointee.tableStamp != stamp {
                // The first entry that leads there; the others pass the same arguments.
                if frame.pointee.kind == .function {
                    frame.pointee.tableBlock = newBlock()
                    returns = frame.pointee.tableBlock
                    frame.pointee.tableArguments = 0
                } else {
                    let arguments = branchArguments(frame.pointee)
                    let label = labelBlock(index)
                    addIncoming(to: label, arguments: arguments)
                    frame.pointee.tableBlock = label
                    frame.pointee.tableArguments = arguments
                }
                frame.pointee.tableStamp = stamp
            }
            addEdge(to: frame.pointee.tableBlock, arguments: frame.pointee.tableArguments)
        }
        if returns != Block.none {
            beginBlock(returns, dominator: decision)
            emitReturn()
        }
    }

    /// Leaves the function with the top operands.
    mutating func emitReturn() {
        let start = UInt32(truncatingIfNeeded: graph.pool.count)
        passedOperands &+= graph.resultCount
        for index in (stack.count &- graph.resultCount)..<stack.count { graph.pool.append(stack[index]) }
        terminate(.return, payload: start)
    }
}
