// Whether a graph keeps its invariants. For tests, fuzzers and whoever looks for a mistake: it is thorough, not quick.

import TerraceABI
import TerraceCode
import TerraceCompilation
import WasmFormat

/// What is wrong with a graph or with machine instructions.
struct VerifierMistake: Error, CustomStringConvertible {
    var message: String
    /// In the module's bytes, where known.
    var offset = 0
    var description: String { message }
}

/// Checks the invariants of a ``Graph`` whose flow is complete.
struct GraphVerifier {
    /// Types of globals, tables and callees, if they shall be checked.
    var environment: ModuleEnvironment?
    /// Index of the function's type, if parameters and results shall be checked.
    var typeIndex: Int?
    /// Whether effects must stand in the order of their bytecode: true until passes move code, in a graph entered by call.
    var checksProgramOrder = false

    /// By block: its position in the layout, or -1 if it cannot be reached.
    var positions: [Int] = []
    /// By node: the block that holds it, or ``nowhere``.
    var homes: [UInt32] = []
    /// By node: its place in ``Graph/order``; parameters: -1.
    var places: [Int] = []

    static var nowhere: UInt32 { UInt32.max }

    init(environment: ModuleEnvironment? = nil, typeIndex: Int? = nil, checksProgramOrder: Bool = false) {
        self.environment = environment
        self.typeIndex = typeIndex
        self.checksProgramOrder = checksProgramOrder
    }

    /// Throws the first mistake that it finds.
    mutating func verify(_ graph: borrowing Graph) throws(VerifierMistake) {
        try checkLayout(graph)
        try checkEdges(graph)
        try checkDominators(graph)
        try checkLoops(graph)
        try placeNodes(graph)
        for position in 0..<graph.layout.count { try checkBlock(graph, graph.layout[position]) }
    }

    private func checkBlock(_ graph: borrowing Graph, _ index: BlockIndex) throws(VerifierMistake) {
        let block = graph.blocks[Int(index)]
        for offset in 0..<Int(block.parameterCount) {
            let value = graph.parameters[Int(block.parameterStart) + offset]
            if graph.node(value).type == .none { throw mistake(graph, index, value, "a parameter without a type") }
        }
        var programOrder: [UInt32: UInt32] = [:]
        for place in Int(block.start)..<Int(block.end) {
            let value = graph.order[place]
            let node = graph.node(value)
            for operand in operands(graph, node) {
                try checkUse(graph, operand, index, place) { self.mistake(graph, index, value, $0) }
            }
            do { try checkTypes(graph, node) } catch { throw mistake(graph, index, value, error.message) }
            if node.kind == .result { try checkResult(graph, index, value, place) }
            if checksProgramOrder, node.kind.isEffect {
                let origin = graph.origins[value.position]
                if let last = programOrder[origin.inlineNode], last > origin.bytecodeOffset {
                    throw mistake(graph, index, value, "an effect stands behind a later one (at \(last))")
                }
                programOrder[origin.inlineNode] = origin.bytecodeOffset
            }
        }
        try checkEnd(graph, index)
    }

    /// Condition, results, arguments: used behind all nodes of the block.
    private func checkEnd(_ graph: borrowing Graph, _ index: BlockIndex) throws(VerifierMistake) {
        let block = graph.blocks[Int(index)]
        func use(_ value: Value, _ graph: borrowing Graph) throws(VerifierMistake) {
            try checkUse(graph, value, index, Int(block.end)) { self.mistake(graph, index, .none, $0) }
        }
        switch block.terminator {
        case .branch, .table:
            try use(block.condition, graph)
            if graph.node(block.condition).type != .i32 {
                throw mistake(graph, index, block.condition, "a condition that is no i32")
            }
        case .return:
            for offset in 0..<graph.resultCount {
                let value = try pooled(graph, Int(block.payload) + offset, index)
                try use(value, graph)
                if let expected = resultType(offset), graph.node(value).type != expected {
                    throw mistake(graph, index, value, "result \(offset) is no \(expected)")
                }
            }
        case .tailCall:
            guard Int(block.payload) < graph.calls.count else {
                throw mistake(graph, index, .none, "there is no call \(block.payload)")
            }
            let call = graph.calls[Int(block.payload)]
            if case .builtin = call.target { throw mistake(graph, index, .none, "a tail call of a builtin") }
            if case .reference = call.target { try use(call.reference, graph) }
            for offset in 0..<Int(call.argumentCount) {
                try use(try pooled(graph, Int(call.argumentStart) + offset, index), graph)
            }
            do { try checkCall(graph, call) } catch { throw mistake(graph, index, .none, error.message) }
        case .trap:
            if TrapKind(rawValue: UInt8(truncatingIfNeeded: block.payload)) == nil {
                throw mistake(graph, index, .none, "there is no trap \(block.payload)")
            }
        case .jump, .none: break
        }
        for edge in Int(block.edgeStart)..<Int(block.edgeStart + block.edgeCount) {
            let target = graph.blocks[Int(graph.edges[edge].to)]
            for offset in 0..<Int(target.parameterCount) {
                let value = try pooled(graph, Int(graph.edges[edge].argumentStart) + offset, index)
                try use(value, graph)
                let parameter = graph.parameters[Int(target.parameterStart) + offset]
                if graph.node(value).type != graph.node(parameter).type {
                    throw mistake(
                        graph, index, value, "argument \(offset) is no \(graph.node(parameter).type)")
                }
            }
        }
    }

    private func pooled(
        _ graph: borrowing Graph, _ position: Int, _ block: BlockIndex
    ) throws(VerifierMistake) -> Value {
        guard position < graph.pool.count else {
            throw mistake(graph, block, .none, "operands behind the end of the pool")
        }
        return graph.pool[position]
    }

    func resultType(_ index: Int) -> ResultType? {
        guard let environment, let typeIndex else { return nil }
        let signature = environment.signatures[typeIndex]
        return ResultType(environment.types[Int(signature.resultStart) + index])
    }

    /// A mistake, with where it is.
    func mistake(
        _ graph: borrowing Graph, _ block: BlockIndex, _ value: Value, _ message: String
    ) -> VerifierMistake {
        var text = "block \(block)"
        var origin = graph.blocks[Int(block)].origin
        if !value.isNone, value.position < graph.nodes.count {
            origin = graph.origins[value.position]
            let printer = GraphPrinter(numbering: .byIndex)
            text += ", v\(value.index) = " + printer.text(graph, graph.node(value))
        }
        return VerifierMistake(message: "\(text): \(message)", offset: Int(origin.bytecodeOffset))
    }
}

// MARK: values

extension GraphVerifier {
    /// All operands of a node.
    func operands(_ graph: borrowing Graph, _ node: Node) -> [Value] {
        var operands = (0..<node.directOperandCount).map { node.operand($0) }
        var start = 0
        var count = 0
        switch node.kind {
        case .pureMany:
            start = Int(node.a)
            count = Int(node.b)
        case .call where Int(node.a) < graph.calls.count:
            let call = graph.calls[Int(node.a)]
            if case .reference = call.target { operands.append(call.reference) }
            start = Int(call.argumentStart)
            count = Int(call.argumentCount)
        default: break
        }
        for position in start..<start + count {
            operands.append(position < graph.pool.count ? graph.pool[position] : .none)
        }
        return operands
    }

    mutating func placeNodes(_ graph: borrowing Graph) throws(VerifierMistake) {
        homes = [UInt32](repeating: Self.nowhere, count: graph.nodes.count)
        places = [Int](repeating: -1, count: graph.nodes.count)
        for position in 0..<graph.layout.count {
            let index = graph.layout[position]
            let block = graph.blocks[Int(index)]
            for offset in 0..<Int(block.parameterCount) {
                let value = graph.parameters[Int(block.parameterStart) + offset]
                guard value.position < graph.nodes.count else {
                    throw mistake(graph, index, .none, "parameter \(offset) is no node")
                }
                let node = graph.node(value)
                if node.kind != .blockParameter || node.a != index || Int(node.b) != offset {
                    throw mistake(graph, index, value, "is not the block's parameter \(offset)")
                }
                homes[value.position] = index
            }
            guard block.start <= block.end, Int(block.end) <= graph.order.count else {
                throw mistake(graph, index, .none, "places outside of the order")
            }
            for place in Int(block.start)..<Int(block.end) {
                let value = graph.order[place]
                guard value.position < graph.nodes.count else {
                    throw mistake(graph, index, .none, "place \(place) holds no node")
                }
                let kind = graph.node(value).kind
                if kind.isFloating || kind == .blockParameter {
                    throw mistake(graph, index, value, "a node of this kind has no place")
                }
                if homes[value.position] != Self.nowhere {
                    throw mistake(graph, index, value, "stands in block \(homes[value.position]) too")
                }
                homes[value.position] = index
                places[value.position] = place
            }
        }
    }

    /// Whether a value is there at a place of a block.
    func checkUse(
        _ graph: borrowing Graph, _ value: Value, _ block: BlockIndex, _ place: Int,
        _ report: (String) -> VerifierMistake
    ) throws(VerifierMistake) {
        guard value.position < graph.nodes.count else { throw report("an operand is no node") }
        let node = graph.node(value)
        if node.type == .none { throw report("operand v\(value.index) has no value") }
        switch node.kind {
        case .parameter:
            if graph.isLoopEntry { throw report("a parameter in a function that is entered at a loop") }
            return
        case .frameSlot:
            if !graph.isLoopEntry { throw report("a slot of another frame in a function that is entered by call") }
            return
        default: if node.kind.isFloating { return }
        }
        let home = homes[value.position]
        if home == Self.nowhere { throw report("operand v\(value.index) has no place") }
        if home == block {
            if places[value.position] >= place { throw report("operand v\(value.index) is made later") }
        } else if !graph.dominates(home, block) {
            throw report("operand v\(value.index) is made in block \(home), which does not dominate")
        }
    }

    /// Later results of calls stand behind them before anything else has an effect.
    private func checkResult(
        _ graph: borrowing Graph, _ block: BlockIndex, _ value: Value, _ place: Int
    ) throws(VerifierMistake) {
        let node = graph.node(value)
        let source = Value(node.a)
        guard graph.node(source).kind == .call else { return }
        if homes[source.position] != block { throw mistake(graph, block, value, "its call stands in another block") }
        for between in places[source.position] + 1..<place where graph.node(graph.order[between]).kind.isEffect {
            throw mistake(graph, block, value, "an effect stands between it and its call")
        }
    }
}
