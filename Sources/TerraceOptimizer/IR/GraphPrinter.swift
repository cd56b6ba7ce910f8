// A graph as text, one node a line: for golden tests, for reading, and for what mistakes are reported with. Tests read the same
// text back.

import TerraceABI
import TerraceCode
import TerraceCompilation
import WasmFormat

/// Prints graphs. Blocks stand in the order of ``Graph/layout``; floating nodes are printed where they are used.
///
///     b2(v3: i32, v4: i64) cold:              ; in loop 0, ×8, from b1 b5
///       v5 = i32.add v3, 1
///       v6 = i32.load mem[v5+16]
///       branch v6 ? b3 : b4
struct GraphPrinter {
    /// How values and blocks are called.
    enum Numbering {
        /// In the order of the text: changes elsewhere do not show.
        case sequential
        /// By their indices.
        case byIndex
    }

    var numbering = Numbering.sequential
    /// Whether lines end in the byte offset of the operator that a node comes from.
    var showsOrigins = false
    /// Whether blocks are annotated with loop, frequency and predecessors.
    var showsFlow = true

    private var valueNumbers: [UInt32: Int] = [:]
    private var blockNumbers: [BlockIndex: Int] = [:]
    private var output: [CompilationNotes.Line] = []

    init(numbering: Numbering = .sequential, showsOrigins: Bool = false, showsFlow: Bool = true) {
        self.numbering = numbering
        self.showsOrigins = showsOrigins
        self.showsFlow = showsFlow
    }

    /// The text of a graph whose flow is complete.
    mutating func print(_ graph: borrowing Graph) -> String {
        lines(graph).map { $0.text + "\n" }.joined()
    }

    /// The same line by line, with where each comes from.
    mutating func lines(_ graph: borrowing Graph) -> [CompilationNotes.Line] {
        number(graph)
        output = []
        if graph.isLoopEntry { output.append(.init("loop entry, frame \(graph.takenOverFrameBytes)")) }
        for position in 0..<graph.layout.count { print(graph, graph.layout[position]) }
        return output
    }

    private mutating func number(_ graph: borrowing Graph) {
        valueNumbers = [:]
        blockNumbers = [:]
        guard numbering == .sequential else { return }
        for position in 0..<graph.layout.count {
            let index = graph.layout[position]
            blockNumbers[index] = position
            let block = graph.blocks[Int(index)]
            for offset in 0..<Int(block.parameterCount) {
                number(graph.parameters[Int(block.parameterStart) + offset])
            }
            for place in Int(block.start)..<Int(block.end) where graph.node(graph.order[place]).type != .none {
                number(graph.order[place])
            }
        }
    }

    private mutating func number(_ value: Value) {
        if valueNumbers[value.index] == nil { valueNumbers[value.index] = valueNumbers.count }
    }

    private mutating func print(_ graph: borrowing Graph, _ index: BlockIndex) {
        let block = graph.blocks[Int(index)]
        var line = name(index)
        if block.parameterCount > 0 {
            let parameters = (0..<Int(block.parameterCount)).map { offset in
                let value = graph.parameters[Int(block.parameterStart) + offset]
                return "\(name(value)): \(graph.node(value).type)"
            }
            line += "(" + parameters.joined(separator: ", ") + ")"
        }
        if block.isCold { line += " cold" }
        line += ":"
        if showsFlow {
            let notes = notes(graph, block)
            if !notes.isEmpty { line += String(repeating: " ", count: max(1, 40 - line.count)) + "; " + notes }
        }
        output.append(.init(line))
        for place in Int(block.start)..<Int(block.end) {
            let value = graph.order[place]
            let node = graph.node(value)
            line = "  "
            if node.type != .none { line += name(value) + " = " }
            line += text(graph, node)
            finish(line, graph.origins[value.position])
        }
        finish("  " + terminator(graph, block), block.origin)
    }

    private mutating func finish(_ line: String, _ origin: Origin) {
        var line = line
        if showsOrigins {
            line += String(repeating: " ", count: max(1, 56 - line.count)) + "; @\(origin.bytecodeOffset)"
            if origin.inlineNode != InlineNode.none { line += " inlined \(origin.inlineNode)" }
        }
        output.append(.init(line, bytecodeOffset: Int(origin.bytecodeOffset)))
    }

    private func notes(_ graph: borrowing Graph, _ block: Block) -> String {
        var notes: [String] = []
        if block.loop != Loop.none {
            if block.isLoopHeader {
                let loop = graph.loops[Int(block.loop)]
                notes.append("loop \(block.loop)" + (loop.parent == Loop.none ? "" : " in loop \(loop.parent)"))
            } else {
                notes.append("in loop \(block.loop)")
            }
        }
        if block.frequency != 1 { notes.append("×\(frequencyText(block.frequency))") }
        if block.predecessorCount > 0 {
            let sources = (0..<Int(block.predecessorCount)).map {
                name(graph.edges[Int(graph.predecessors[Int(block.predecessorStart) + $0])].from)
            }
            notes.append("from " + sources.joined(separator: " "))
        }
        return notes.joined(separator: ", ")
    }

    private func frequencyText(_ frequency: Float) -> String {
        frequency == frequency.rounded() && frequency < 1e7
            ? String(Int(frequency)) : String((Double(frequency) * 1000).rounded() / 1000)
    }
}

// MARK: names

extension GraphPrinter {
    func name(_ block: BlockIndex) -> String { "b\(blockNumbers[block] ?? Int(block))" }

    func name(_ value: Value) -> String {
        if value.isNone { return "nothing" }
        switch numbering {
        case .byIndex: return "v\(value.index)"
        // What nobody placed shows by its other letter.
        case .sequential: return valueNumbers[value.index].map { "v\($0)" } ?? "?\(value.index)"
        }
    }

    /// A value as an operand.
    func operand(_ graph: borrowing Graph, _ value: Value) -> String {
        guard value.position < graph.nodes.count else { return name(value) }
        let node = graph.node(value)
        switch node.kind {
        case .constant:
            switch node.type {
            case .i32: return String(Int32(truncatingIfNeeded: node.bits))
            case .i64: return String(Int64(bitPattern: node.bits)) + "L"
            case .f32:
                let number = Float(bitPattern: node.a)
                return number.isFinite ? "\(number)f" : "f32:0x" + String(node.a, radix: 16)
            case .f64:
                let number = Double(bitPattern: node.bits)
                return number.isFinite ? "\(number)d" : "f64:0x" + String(node.bits, radix: 16)
            case .ref: return node.bits == 0 ? "null" : "ref:0x" + String(node.bits, radix: 16)
            case .v128, .none: return "\(node.type):\(node.bits)"
            }
        case .vectorConstant:
            let bits = graph.vectors[Int(node.a)]
            return "v128:0x" + hexadecimal(bits.y) + hexadecimal(bits.x)
        case .typeIdentifier: return "type:\(node.a)"
        case .parameter: return "p\(node.a):\(node.type)"
        case .frameSlot: return "frame[\(Int32(bitPattern: node.a))]:\(node.type)"
        default: return name(value)
        }
    }

    private func hexadecimal(_ bits: UInt64) -> String {
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private func list(_ graph: borrowing Graph, _ start: UInt32, _ count: UInt32) -> String {
        var texts: [String] = []
        for position in Int(start)..<Int(start) + Int(count) { texts.append(operand(graph, graph.pool[position])) }
        return texts.joined(separator: ", ")
    }
}

// MARK: nodes

extension GraphPrinter {
    /// A node without its name.
    func text(_ graph: borrowing Graph, _ node: Node) -> String {
        func operand(_ index: UInt32, _ graph: borrowing Graph) -> String { self.operand(graph, Value(index)) }
        let opcode = node.opcode.info.name
        switch node.kind {
        case .constant, .vectorConstant, .typeIdentifier, .parameter, .frameSlot:
            return "floating"
        case .blockParameter: return "parameter \(node.b) of \(name(node.a))"
        case .pure, .trapping:
            let operands = (0..<node.directOperandCount).map { self.operand(graph, node.operand($0)) }
            var line = opcode + " " + operands.joined(separator: ", ")
            switch node.opcode.info.immediates {
            case .lane: line += " lane \(operands.count == 1 ? node.b : node.c)"
            case .shuffle:
                let bits = graph.vectors[Int(node.c)]
                line += " pattern v128:0x" + hexadecimal(bits.y) + hexadecimal(bits.x)
            default: break
            }
            return line
        case .pureMany: return opcode + " " + list(graph, node.a, node.b)
        case .result: return "result \(node.b) of \(operand(node.a, graph)): \(node.type)"
        case .memoryBase: return "memory.base \(node.a)"
        case .load: return opcode + " mem[" + operand(node.a, graph) + "+\(node.b)]"
        case .loadAbsolute: return opcode + " [" + operand(node.a, graph) + "+\(node.b)]"
        case .globalGet: return "global.get \(node.a): \(node.type)"
        case .localGet: return "local.get \(node.a): \(node.type)"
        case .tableGet: return "table.get \(node.a)[" + operand(node.b, graph) + "]"
        case .tableSize: return "table.size \(node.a): \(node.type)"
        case .memorySize: return "memory.size \(node.a): \(node.type)"
        case .store:
            return opcode + " mem[" + operand(node.a, graph) + "+\(node.b)], " + operand(node.c, graph)
        case .storeAbsolute:
            return opcode + " [" + operand(node.a, graph) + "+\(node.b)], " + operand(node.c, graph)
        case .globalSet: return "global.set \(node.a), " + operand(node.b, graph)
        case .localSet: return "local.set \(node.a), " + operand(node.b, graph)
        case .tableSet:
            return "table.set \(node.a)[" + operand(node.b, graph) + "], " + operand(node.c, graph)
        case .boundsCheck:
            return "check bounds " + operand(node.a, graph) + "+\(graph.words[Int(node.c)]) in memory \(node.b)"
        case .signatureCheck: return "check signature " + operand(node.a, graph) + " is \(node.b)"
        case .nullCheck: return "check null " + operand(node.a, graph)
        case .trapUnless: return "check " + operand(node.a, graph) + " or \(trapName(node.b))"
        case .call:
            return "call " + call(graph, node.a) + (node.type == .none ? "" : ": \(node.type)")
        case .interruptCheck: return "poll"
        }
    }

    private func trapName(_ kind: UInt32) -> String {
        TrapKind(rawValue: UInt8(truncatingIfNeeded: kind)).map { "\($0)" } ?? "trap \(kind)"
    }

    private func call(_ graph: borrowing Graph, _ index: UInt32) -> String {
        let call = graph.calls[Int(index)]
        let target =
            switch call.target {
            case .function(let function): "f\(function)"
            case .imported(let function): "import f\(function)"
            case .reference(let isChecked):
                "ref \(operand(graph, call.reference))" + (isChecked ? "" : " unchecked")
                    + (call.isIndirect ? " indirect" : "") + " type \(call.typeIndex)"
            case .builtin(let builtin): "\(builtin)"
            }
        return target + "(" + list(graph, call.argumentStart, call.argumentCount) + ")"
    }

    private func edge(_ graph: borrowing Graph, _ index: Int) -> String {
        let edge = graph.edges[index]
        let count = graph.blocks[Int(edge.to)].parameterCount
        return name(edge.to) + (count == 0 ? "" : "(" + list(graph, edge.argumentStart, count) + ")")
    }

    func terminator(_ graph: borrowing Graph, _ block: Block) -> String {
        let first = Int(block.edgeStart)
        switch block.terminator {
        case .none: return "unfinished"
        case .jump: return "jump " + edge(graph, first)
        case .branch:
            return "branch " + operand(graph, block.condition) + " ? " + edge(graph, first) + " : "
                + edge(graph, first + 1)
        case .table:
            var targets: [String] = []
            for index in first..<first + Int(block.edgeCount) { targets.append(edge(graph, index)) }
            return "table " + operand(graph, block.condition) + " [" + targets.joined(separator: " ") + "]"
        case .return:
            return graph.resultCount == 0
                ? "return" : "return " + list(graph, block.payload, UInt32(graph.resultCount))
        case .tailCall: return "tailcall " + call(graph, block.payload)
        case .trap: return "trap \(trapName(block.payload))"
        }
    }
}
