// Graphs from the text that GraphPrinter prints, so that tests of passes can write them down.

import TerraceABI
import TerraceCode
import TerraceCompilation
import WasmFormat

@testable import TerraceOptimizer

struct GraphTextError: Error, CustomStringConvertible {
    var description: String
}

/// Reads the text of a graph. Blocks get indices in the order in which they stand there.
struct GraphText {
    private var values: [String: Value] = [:]
    private var blocks: [String: BlockIndex] = [:]
    /// Edges to make when all values are known: of which block, and the text `b3(v1, v2)`.
    private var edges: [(block: BlockIndex, target: String)] = []
    private var block: BlockIndex = 0

    private static let opcodes: [String: Opcode] = {
        var table: [String: Opcode] = [:]
        for opcode in Opcode.allCases where table[opcode.info.name] == nil { table[opcode.info.name] = opcode }
        return table
    }()

    /// Reads a graph and completes its flow. Returns the values by name.
    @discardableResult
    static func read(_ text: String, into graph: inout Graph) throws -> [String: Value] {
        var reader = GraphText()
        try reader.read(text, &graph)
        graph.completeFlow()
        return reader.values
    }

    private mutating func read(_ text: String, _ graph: inout Graph) throws {
        graph.reset()
        var lines: [String] = []
        for line in text.split(separator: "\n") {
            let code = line.prefix { $0 != ";" }.trimmed
            if !code.isEmpty { lines.append(code) }
        }
        for line in lines where line.hasPrefix("b") && line.hasSuffix(":") {
            let name = String(line.prefix { $0.isLetter || $0.isNumber })
            blocks[name] = BlockIndex(graph.blocks.count)
            graph.blocks.append(Block())
        }
        for line in lines {
            if line.hasPrefix("loop entry") {
                graph.isLoopEntry = true
                graph.takenOverFrameBytes = Int32(line.split(separator: " ").last ?? "") ?? 0
            } else if line.hasPrefix("b"), line.hasSuffix(":") {
                try beginBlock(line, &graph)
            } else if try !readTerminator(line, &graph) {
                try readNode(line, &graph)
            }
        }
        for edge in edges { try finish(edge.block, edge.target, &graph) }
    }

    private mutating func beginBlock(_ line: String, _ graph: inout Graph) throws {
        let name = String(line.prefix { $0.isLetter || $0.isNumber })
        block = blocks[name]!
        let entry = graph.blocks.element(Int(block))
        entry.pointee.start = UInt32(graph.order.count)
        entry.pointee.parameterStart = UInt32(graph.parameters.count)
        entry.pointee.isCold = line.hasSuffix(" cold:")
        guard let open = line.firstIndex(of: "("), let close = line.lastIndex(of: ")") else { return }
        for (index, parameter) in line[line.index(after: open)..<close].split(separator: ",").enumerated() {
            let parts = parameter.split(separator: ":").map { $0.trimmed }
            let value = graph.append(
                Node(.blockParameter, try type(parts[1]), .nop, block, UInt32(index)), origin)
            graph.parameters.append(value)
            graph.blocks.element(Int(block)).pointee.parameterCount += 1
            values[parts[0]] = value
        }
    }

    private var origin: Origin { Origin(bytecodeOffset: 0, inlineNode: InlineNode.none) }

    private func type(_ name: String) throws -> ResultType {
        switch name {
        case "i32": .i32
        case "i64": .i64
        case "f32": .f32
        case "f64": .f64
        case "v128": .v128
        case "ref": .ref
        default: throw GraphTextError(description: "'\(name)' is no type")
        }
    }

    private func number(_ text: some StringProtocol) throws -> UInt32 {
        guard let number = UInt32(text) else { throw GraphTextError(description: "'\(text)' is no number") }
        return number
    }
}

// MARK: terminators

extension GraphText {
    private mutating func readTerminator(_ line: String, _ graph: inout Graph) throws -> Bool {
        let (word, rest) = line.cut(at: " ")
        var condition = Value.none
        var payload: UInt32 = 0
        var targets: [String] = []
        let terminator: Terminator
        switch word {
        case "jump":
            terminator = .jump
            targets = [rest]
        case "branch":
            terminator = .branch
            let (test, ways) = rest.cut(at: " ? ")
            condition = try operand(test, &graph)
            let (first, second) = ways.cut(at: " : ")
            targets = [first, second]
        case "table":
            terminator = .table
            let (index, list) = rest.cut(at: " ")
            condition = try operand(index, &graph)
            // `b1(v1, v2) b3`: arguments hold spaces, too.
            for part in list.dropFirst().dropLast().split(separator: " ") {
                if part.hasPrefix("b") {
                    targets.append(String(part))
                } else {
                    targets[targets.count - 1] += " " + part
                }
            }
        case "return":
            terminator = .return
            let results = try operands(rest, &graph)
            payload = UInt32(graph.pool.count)
            for value in results { graph.pool.append(value) }
            graph.resultCount = results.count
        case "tailcall":
            terminator = .tailCall
            payload = try call(rest, &graph)
        case "trap":
            terminator = .trap
            payload = try trap(rest)
        default: return false
        }
        let entry = graph.blocks.element(Int(block))
        entry.pointee.end = UInt32(graph.order.count)
        entry.pointee.terminator = terminator
        entry.pointee.condition = condition
        entry.pointee.payload = payload
        for target in targets { edges.append((block, target)) }
        return true
    }

    private mutating func finish(_ block: BlockIndex, _ text: String, _ graph: inout Graph) throws {
        let (name, rest) = text.cut(at: "(")
        guard let target = blocks[name] else { throw GraphTextError(description: "there is no block '\(name)'") }
        let values = try operands(String(rest.dropLast(rest.isEmpty ? 0 : 1)), &graph)
        if values.count != Int(graph.blocks[Int(target)].parameterCount) {
            throw GraphTextError(description: "'\(text)' passes \(values.count) arguments")
        }
        let arguments = UInt32(graph.pool.count)
        for value in values { graph.pool.append(value) }
        let entry = graph.blocks.element(Int(block))
        if entry.pointee.edgeCount == 0 { entry.pointee.edgeStart = UInt32(graph.edges.count) }
        entry.pointee.edgeCount += 1
        graph.edges.append(Edge(from: block, to: target, argumentStart: arguments))
    }

    private func trap(_ name: String) throws -> UInt32 {
        guard let kind = TrapKind.allCases.first(where: { "\($0)" == name }) else {
            throw GraphTextError(description: "'\(name)' is no trap")
        }
        return UInt32(kind.rawValue)
    }
}

// MARK: operands

extension GraphText {
    private mutating func operands(_ text: String, _ graph: inout Graph) throws -> [Value] {
        var list: [Value] = []
        for part in text.split(separator: ",") { list.append(try operand(part.trimmed, &graph)) }
        return list
    }

    private mutating func operand(_ text: String, _ graph: inout Graph) throws -> Value {
        if let value = values[text] { return value }
        guard let node = try floating(text, &graph) else {
            throw GraphTextError(description: "'\(text)' is no value")
        }
        var bits: UInt8 = node.type == .i32 ? 32 : 64
        if node.kind == .constant { bits = UInt8(64 - node.bits.leadingZeroBitCount) }
        let value = graph.append(node, origin, upperBits: bits)
        values[text] = value
        return value
    }

    private func floating(_ text: String, _ graph: inout Graph) throws -> Node? {
        func constant(_ type: ResultType, _ bits: UInt64) -> Node {
            Node(.constant, type, .nop, UInt32(truncatingIfNeeded: bits), UInt32(bits >> 32))
        }
        if let number = Int32(text) { return constant(.i32, UInt64(UInt32(bitPattern: number))) }
        if text.hasSuffix("L"), let number = Int64(text.dropLast()) {
            return constant(.i64, UInt64(bitPattern: number))
        }
        if text.hasSuffix("f"), let number = Float(text.dropLast()) { return constant(.f32, UInt64(number.bitPattern)) }
        if text.hasSuffix("d"), let number = Double(text.dropLast()) { return constant(.f64, number.bitPattern) }
        if text == "null" { return constant(.ref, 0) }
        let (head, tail) = text.cut(at: ":")
        guard !tail.isEmpty else { return nil }
        if tail.hasPrefix("0x") {
            let digits = tail.dropFirst(2)
            switch head {
            case "f32": return constant(.f32, UInt64(digits, radix: 16)!)
            case "f64": return constant(.f64, UInt64(digits, radix: 16)!)
            case "v128":
                graph.vectors.append(
                    SIMD2(UInt64(digits.suffix(16), radix: 16)!, UInt64(digits.prefix(16), radix: 16)!))
                return Node(.vectorConstant, .v128, .nop, UInt32(graph.vectors.count - 1))
            default: return nil
            }
        }
        if head == "type" { return Node(.typeIdentifier, .i32, .nop, try number(tail)) }
        if head.hasPrefix("frame[") {
            return Node(.frameSlot, try type(tail), .nop, UInt32(bitPattern: Int32(head.dropFirst(6).dropLast())!))
        }
        if head.hasPrefix("p"), let index = UInt32(head.dropFirst()) {
            return Node(.parameter, try type(tail), .nop, index)
        }
        return nil
    }
}

// MARK: nodes

extension GraphText {
    private mutating func readNode(_ line: String, _ graph: inout Graph) throws {
        var name: String?
        var text = line
        let (before, after) = line.cut(at: " = ")
        if !after.isEmpty {
            name = before
            text = after
        }
        let node = try node(text, &graph)
        if (node.type == .none) != (name == nil) {
            throw GraphTextError(description: "'\(line)': a name too many or few")
        }
        // Of masks, upper bits are known.
        var bits: UInt8 = node.type == .i32 ? 32 : 64
        if node.opcode == .i32And, graph.node(Value(node.b)).kind == .constant { bits = graph.upperBits[Int(node.b)] }
        let value = graph.append(node, origin, upperBits: bits)
        graph.order.append(value)
        if let name { values[name] = value }
    }

    private mutating func node(_ text: String, _ graph: inout Graph) throws -> Node {
        let (word, rest) = text.cut(at: " ")
        switch word {
        case "poll": return Node(.interruptCheck, .none)
        case "check": return try check(rest, &graph)
        case "function.test":
            let (reference, function) = rest.cut(at: ", ")
            return Node(.functionTest, .i32, .nop, try operand(reference, &graph).index, try number(function))
        case "memory.base": return Node(.memoryBase, .i64, .nop, try number(rest))
        case "global.get", "local.get", "table.size", "memory.size":
            let (index, typeName) = rest.cut(at: ": ")
            let kinds: [String: NodeKind] = [
                "global.get": .globalGet, "local.get": .localGet, "table.size": .tableSize, "memory.size": .memorySize,
            ]
            return Node(kinds[word]!, try type(typeName), .nop, try number(index))
        case "global.set", "local.set":
            let (index, value) = rest.cut(at: ", ")
            return Node(
                word == "global.set" ? .globalSet : .localSet, .none, .nop, try number(index),
                try operand(value, &graph).index)
        case "table.get", "table.set":
            let (table, access) = rest.cut(at: "[")
            let (index, value) = access.cut(at: "]")
            let position = try operand(index, &graph)
            if word == "table.get" { return Node(.tableGet, .ref, .nop, try number(table), position.index) }
            return Node(
                .tableSet, .none, .nop, try number(table), position.index,
                try operand(value.cut(at: ", ").1, &graph).index)
        case "result":
            let (number, source) = rest.cut(at: " of ")
            let (value, typeName) = source.cut(at: ": ")
            return Node(.result, try type(typeName), .nop, try operand(value, &graph).index, try self.number(number))
        case "call":
            let close = rest.lastIndex(of: ")")!
            let index = try call(String(rest[...close]), &graph)
            let typeName = rest[rest.index(after: close)...].drop { $0 == ":" || $0 == " " }
            return Node(.call, typeName.isEmpty ? .none : try type(String(typeName)), .nop, index)
        default:
            guard let opcode = Self.opcodes[word] else { throw GraphTextError(description: "'\(text)' is no node") }
            return try plain(opcode, rest, &graph)
        }
    }

    private mutating func plain(_ opcode: Opcode, _ text: String, _ graph: inout Graph) throws -> Node {
        let row = opcode.info
        if row.immediates == .memoryArgument { return try access(opcode, text, &graph) }
        var text = text
        var immediate: UInt32 = 0
        if row.immediates == .lane {
            let (list, lane) = text.cut(at: " lane ")
            text = list
            immediate = try number(lane)
        } else if row.immediates == .shuffle {
            let (list, pattern) = text.cut(at: " pattern ")
            text = list
            immediate = try floating(pattern, &graph)!.a
        }
        let operands = try operands(text, &graph)
        if row.signature.isPlain, row.signature.resultCount > 1 {
            let start = UInt32(graph.pool.count)
            for operand in operands { graph.pool.append(operand) }
            return Node(.pureMany, .i64, opcode, start, UInt32(operands.count))
        }
        var fields = operands.map(\.index)
        if row.immediates == .lane { fields.append(immediate) }
        while fields.count < 3 { fields.append(0) }
        if row.immediates == .shuffle { fields[2] = immediate }
        let resultType: ResultType =
            switch opcode {
            case .select, .selectTyped: graph.node(operands[0]).type
            case .refIsNull, .refEq: .i32
            default: ResultType(MachineType(row.signature.result(0)))
            }
        return Node(
            row.effects.contains(.mayTrap) ? .trapping : .pure, resultType, opcode, fields[0], fields[1], fields[2])
    }

    private mutating func access(_ opcode: Opcode, _ text: String, _ graph: inout Graph) throws -> Node {
        let isAbsolute = !text.hasPrefix("mem")
        let (address, value) = text.cut(at: "[").1.cut(at: "]")
        let plus = address.lastIndex(of: "+")!
        let index = try operand(String(address[..<plus]), &graph).index
        let offset = try number(address[address.index(after: plus)...])
        let signature = opcode.info.signature
        if signature.resultCount == 0 {
            return Node(
                isAbsolute ? .storeAbsolute : .store, .none, opcode, index, offset,
                try operand(value.cut(at: ", ").1, &graph).index)
        }
        return Node(
            isAbsolute ? .loadAbsolute : .load, ResultType(MachineType(signature.result(0))), opcode, index, offset)
    }

    private mutating func check(_ text: String, _ graph: inout Graph) throws -> Node {
        let (word, rest) = text.cut(at: " ")
        switch word {
        case "bounds":
            let (access, memory) = rest.cut(at: " in memory ")
            let plus = access.lastIndex(of: "+")!
            graph.words.append(UInt64(access[access.index(after: plus)...])!)
            return Node(
                .boundsCheck, .none, .nop, try operand(String(access[..<plus]), &graph).index, try number(memory),
                UInt32(graph.words.count - 1))
        case "signature":
            let (value, index) = rest.cut(at: " is ")
            return Node(.signatureCheck, .none, .nop, try operand(value, &graph).index, try number(index))
        case "null": return Node(.nullCheck, .none, .nop, try operand(rest, &graph).index)
        default:
            let (value, name) = text.cut(at: " or ")
            return Node(.trapUnless, .none, .nop, try operand(value, &graph).index, try trap(name))
        }
    }

    private mutating func call(_ text: String, _ graph: inout Graph) throws -> UInt32 {
        let (target, list) = text.cut(at: "(")
        let words = target.split(separator: " ").map(String.init)
        var call = CallInfo(target: .function(0))
        switch words[0] {
        case "import": call.target = .imported(try number(words[1].dropFirst()))
        case "ref":
            call.target = .reference(isChecked: !words.contains("unchecked"))
            call.reference = try operand(words[1], &graph)
            call.isIndirect = words.contains("indirect")
            call.typeIndex = try number(words[words.count - 1])
        default:
            if let builtin = Builtin.allCases.first(where: { "\($0)" == words[0] }) {
                call.target = .builtin(builtin)
            } else {
                call.target = .function(try number(words[0].dropFirst()))
            }
        }
        let arguments = try operands(String(list.dropLast()), &graph)
        call.argumentStart = UInt32(graph.pool.count)
        call.argumentCount = UInt32(arguments.count)
        for argument in arguments { graph.pool.append(argument) }
        graph.calls.append(call)
        return UInt32(graph.calls.count - 1)
    }
}

extension StringProtocol {
    var trimmed: String {
        var text = self[...]
        while text.first == " " { text = text.dropFirst() }
        while text.last == " " { text = text.dropLast() }
        return String(text)
    }

    /// What stands before and behind the first occurrence of a separator; all and nothing if there is none.
    func cut(at separator: String) -> (String, String) {
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(separator) {
                return (String(self[..<index]), String(self[self.index(index, offsetBy: separator.count)...]))
            }
            index = self.index(after: index)
        }
        return (String(self), "")
    }
}
