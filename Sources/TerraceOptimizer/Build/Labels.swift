// Labels: what branches pass to them, and what the paths that meet there make of it.

import TerraceABI
import TerraceCompilation
import WasmFormat

/// One open construct.
struct ControlFrame: BitwiseCopyable {
    /// *Inlined* is the body of a callee, *guess* a call through a reference of which the callee is guessed. A *peeled* loop is one around the loop at which the function is entered: what is left of its body has begun.
    enum Kind: UInt8 { case function, inlined, guess, block, loop, conditional, peeledLoop }

    var kind: Kind
    /// Position in ``ConstructScan/constructs``.
    var construct: UInt32
    /// The block that branches go to, once there is one.
    var label = Block.none
    /// The block of the alternative, as long as it has not begun, and the block that decides.
    var alternative = Block.none
    var decision = Block.none
    var parameterCount: UInt32 = 0
    var resultCount: UInt32 = 0
    /// Operands below the construct's parameters.
    var height: UInt32 = 0
    /// An `if` whose condition is known to be true.
    var skipsAlternative = false
    /// Of a conditional: the versions where it decides.
    var versions = Versions.zero
    /// Of a loop that was peeled: where what was left of its body goes on.
    var exit = Block.none
    /// First of what the construct keeps in ``Builder/saved``.
    var savedStart: UInt32 = 0
    /// Which `br_table` passed arguments last, and which they are.
    var tableStamp: UInt32 = 0
    var tableArguments: UInt32 = 0
    var tableBlock = Block.none

    /// What a branch to the label carries from the operand stack.
    @inline(__always) var arity: Int { Int(kind == .loop || kind == .peeledLoop ? parameterCount : resultCount) }
}

/// Arguments that one block passes to another, all those of one `br_table` as one.
struct Incoming: BitwiseCopyable {
    static var none: UInt32 { UInt32.max }

    /// First of the arguments in ``Graph/pool``.
    var arguments: UInt32
    var from: BlockIndex
    var versions: Versions
    /// The next one of the same target.
    var next: UInt32
}

extension Block {
    static var none: BlockIndex { BlockIndex.max }
}

extension Builder {
    @inline(__always) func construct(_ frame: ControlFrame) -> Construct { scan.constructs[Int(frame.construct)] }

    /// The frame that a branch depth means.
    @inline(__always) func frameIndex(_ depth: UInt32) -> Int { control.count &- 1 &- Int(depth) }

    /// Writes down what a branch to a label passes: the operands that it carries, then the locals that its construct assigns.
    mutating func branchArguments(_ frame: ControlFrame) -> UInt32 {
        let start = UInt32(truncatingIfNeeded: graph.pool.count)
        passedOperands &+= frame.arity
        var index = stack.count &- frame.arity
        while index < stack.count {
            graph.pool.append(stack[index])
            index &+= 1
        }
        let construct = construct(frame)
        let assigned = scan.assigned.base + Int(construct.assignedStart)
        for position in 0..<Int(construct.assignedCount) {
            graph.pool.append(locals[firstLocal &+ Int(assigned[position])])
        }
        return start
    }

    /// The block of a frame's label.
    mutating func labelBlock(_ index: Int) -> BlockIndex {
        let frame = control.element(index)
        if frame.pointee.label == Block.none { frame.pointee.label = newBlock() }
        return frame.pointee.label
    }

    /// Ends the present block with a jump to a label.
    mutating func jump(toFrame index: Int) {
        _ = labelBlock(index)
        jump(to: control[index])
    }

    /// Ends the present block with a jump to the label of a frame that has one.
    mutating func jump(to frame: ControlFrame) {
        let arguments = branchArguments(frame)
        terminate(.jump)
        addEdge(to: frame.label, arguments: arguments)
        addIncoming(to: frame.label, arguments: arguments)
    }

    /// Begins the block at a forward label, where all paths to it are known, with its results and locals.
    mutating func bindLabel(_ frame: ControlFrame) {
        let label = frame.label
        let first = incomingHeads[Int(label)]
        var dominator = incoming[Int(first)].from
        var next = incoming[Int(first)].next
        versions = incoming[Int(first)].versions
        while next != Incoming.none {
            dominator = graph.commonDominator(dominator, incoming[Int(next)].from)
            join(incoming[Int(next)].versions)
            next = incoming[Int(next)].next
        }
        beginBlock(label, dominator: dominator)
        stack.count = Int(frame.height)
        let construct = construct(frame)
        let results = Int(frame.resultCount)
        let count = results &+ Int(construct.assignedCount)
        let arguments = Int(incoming[Int(first)].arguments)
        let others = incoming[Int(first)].next
        var kept: UInt32 = 0
        var index = 0
        while index < count {
            var value = resolve(graph.pool[arguments &+ index])
            if differs(value, at: index, from: others) {
                value = addParameter(type(value), number: kept, upperBits: possibleBits(from: first, at: index))
                // The lists shrink in place: what is passed for parameter `kept` moves to its position.
                var list = first
                while list != Incoming.none {
                    let start = Int(incoming[Int(list)].arguments)
                    graph.pool[start &+ Int(kept)] = graph.pool[start &+ index]
                    list = incoming[Int(list)].next
                }
                kept &+= 1
            }
            if index < results {
                stack.append(value)
            } else {
                locals[firstLocal &+ Int(scan.assigned[Int(construct.assignedStart) &+ index &- results])] = value
            }
            index &+= 1
        }
    }

    /// Whether one of the argument lists from `list` on has another value at a position.
    @inline(__always) private func differs(_ value: Value, at index: Int, from list: UInt32) -> Bool {
        var list = list
        while list != Incoming.none {
            let entry = incoming[Int(list)]
            if resolve(graph.pool[Int(entry.arguments) &+ index]) != value { return true }
            list = entry.next
        }
        return false
    }

    /// How many bits the values have at a position of the argument lists from `list` on.
    private mutating func possibleBits(from list: UInt32, at index: Int) -> UInt8 {
        var bits: UInt8 = 0
        var list = list
        while list != Incoming.none {
            let entry = incoming[Int(list)]
            bits = max(bits, upperBits(graph.pool[Int(entry.arguments) &+ index].index))
            list = entry.next
        }
        return bits
    }

    /// Gives the present block, which has just begun, one more parameter.
    private mutating func addParameter(_ type: ResultType, number: UInt32, upperBits: UInt8) -> Value {
        seenTypes |= 1 &<< UInt32(type.rawValue)
        let value = graph.append(Node(.blockParameter, type, .nop, block, number), origin, upperBits: upperBits)
        graph.parameters.append(value)
        graph.blocks.element(Int(block)).pointee.parameterCount &+= 1
        return value
    }

    /// Begins a loop's header: all that the loop takes or assigns becomes parameters.
    mutating func bindLoop(_ index: Int) {
        let from = block
        let frame = control[index]
        jump(toFrame: index)
        let header = control[index].label
        beginBlock(header, dominator: from)
        let construct = construct(frame)
        var number: UInt32 = 0
        var position = Int(frame.height)
        while position < stack.count {
            let parameter = addLoopParameter(stack[position], number: number)
            stack[position] = parameter
            number &+= 1
            position &+= 1
        }
        for position in 0..<Int(construct.assignedCount) {
            let local = firstLocal &+ Int(scan.assigned[Int(construct.assignedStart) &+ position])
            let parameter = addLoopParameter(locals[local], number: number)
            locals[local] = parameter
            number &+= 1
        }
        place(Node(.interruptCheck, .none))
        hasLoops = true
        if construct.writes != 0 { change(construct.writes) }
    }

    private mutating func addLoopParameter(_ value: Value, number: UInt32) -> Value {
        let type = type(value)
        return addParameter(type, number: number, upperBits: type == .i32 ? 32 : 64)
    }

    /// At the end of a loop, where all branches back are known: parameters that never change become aliases.
    mutating func closeLoop(_ frame: ControlFrame) {
        shareParameters(of: frame.label)
        guard incoming[Int(incomingHeads[Int(frame.label)])].next == Incoming.none else { return }
        // All branches back were unreachable: no loop. The check goes with all else that nobody needs.
        let check = graph.order[Int(graph.blocks[Int(frame.label)].start)]
        graph.nodes.element(check.position).pointee = Node(.constant, .i32)
    }

    /// Makes aliases of a block's parameters that are equal to one value on all paths. Returns whether there were some.
    @discardableResult mutating func shareParameters(of label: BlockIndex) -> Bool {
        let block = graph.blocks[Int(label)]
        var found = false
        for index in 0..<Int(block.parameterCount) {
            let parameter = graph.parameters[Int(block.parameterStart) &+ index]
            guard graph.nodes[parameter.position].c == 0 else { continue }
            var only = Value.none
            var list = incomingHeads[Int(label)]
            while list != Incoming.none {
                let entry = incoming[Int(list)]
                let value = resolve(graph.pool[Int(entry.arguments) &+ index])
                if value != parameter, value != only {
                    if !only.isNone { break }
                    only = value
                }
                list = entry.next
            }
            guard list == Incoming.none, !only.isNone else { continue }
            graph.nodes.element(parameter.position).pointee.c = only.index &+ 1
            found = true
        }
        return found
    }

    /// Keeps what the alternative of the innermost construct begins with.
    mutating func save(_ frame: inout ControlFrame) {
        frame.savedStart = UInt32(truncatingIfNeeded: saved.count)
        for position in Int(frame.height)..<stack.count {
            let value = stack[position]
            saved.append(value)
        }
        let construct = construct(frame)
        for position in 0..<Int(construct.assignedCount) {
            let value = locals[firstLocal &+ Int(scan.assigned[Int(construct.assignedStart) &+ position])]
            saved.append(value)
        }
    }

    /// Takes it back.
    mutating func restore(_ frame: ControlFrame) {
        stack.count = Int(frame.height)
        var position = Int(frame.savedStart)
        for _ in 0..<frame.parameterCount {
            stack.append(saved[position])
            position &+= 1
        }
        let construct = construct(frame)
        for index in 0..<Int(construct.assignedCount) {
            locals[firstLocal &+ Int(scan.assigned[Int(construct.assignedStart) &+ index])] = saved[position]
            position &+= 1
        }
        saved.count = Int(frame.savedStart)
    }
}
