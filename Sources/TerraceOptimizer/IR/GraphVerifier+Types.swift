// What must be true of a node by itself: its operands' types and its own.

import TerraceABI
import TerraceCompilation
import WasmFormat

extension GraphVerifier {
    /// Operands are known to be nodes with values.
    func checkTypes(_ graph: borrowing Graph, _ node: Node) throws(VerifierMistake) {
        for operand in operands(graph, node) where graph.node(operand).kind == .constant {
            try checkConstant(graph.node(operand))
        }
        switch node.kind {
        case .constant, .vectorConstant, .typeIdentifier, .parameter, .frameSlot, .blockParameter: break
        case .pure, .trapping:
            try checkImmediates(graph, node)
            if node.opcode == .select || node.opcode == .selectTyped {
                try expect(graph, node.a, node.type)
                try expect(graph, node.b, node.type)
                try expect(graph, node.c, .i32)
            } else if node.opcode == .refIsNull || node.opcode == .refEq {
                for index in 0..<node.directOperandCount { try expect(graph, node.operand(index).index, .ref) }
                try result(node, .i32)
            } else {
                try checkRow(graph, node)
            }
            if node.kind == .pure, node.opcode.info.effects.contains(.mayTrap) {
                throw VerifierMistake(message: "may trap, and is said to be pure")
            }
        case .pureMany: try checkRow(graph, node)
        case .result:
            let source = graph.node(Value(node.a))
            guard source.kind == .pureMany || source.kind == .call else {
                throw VerifierMistake(message: "v\(node.a) has one result")
            }
            if node.b == 0 { throw VerifierMistake(message: "result 0 is the node itself") }
            if source.kind == .pureMany { try result(node, row(source, Int(node.b))) }
            if source.kind == .call, let type = callResult(graph.calls[Int(source.a)], Int(node.b)) {
                try result(node, type)
            }
        case .functionTest:
            try expect(graph, node.a, .ref)
            try result(node, .i32)
            if environment?.functionRecords[Int(node.b)] == ModuleEnvironment.noRecord {
                throw VerifierMistake(message: "no reference can be that of function \(node.b)")
            }
        case .memoryBase: try result(node, .i64)
        case .load, .loadAbsolute, .store, .storeAbsolute: try checkAccess(graph, node)
        case .globalGet: try result(node, globalType(node.a) ?? node.type)
        case .globalSet:
            try expect(graph, node.b, globalType(node.a) ?? graph.node(Value(node.b)).type)
            try result(node, .none)
        case .localGet, .localSet:
            guard Int(node.a) < graph.frameLocals.count else {
                throw VerifierMistake(message: "there is no local \(node.a) in the frame")
            }
            let type = ResultType(graph.frameLocals[Int(node.a)].type)
            if node.kind == .localSet { try expect(graph, node.b, type) }
            try result(node, node.kind == .localGet ? type : .none)
        case .tableGet:
            try expect(graph, node.b, indexType(table: node.a) ?? graph.node(Value(node.b)).type)
            try result(node, .ref)
        case .tableSet:
            try expect(graph, node.b, indexType(table: node.a) ?? graph.node(Value(node.b)).type)
            try expect(graph, node.c, .ref)
            try result(node, .none)
        case .tableSize: try result(node, indexType(table: node.a) ?? node.type)
        case .memorySize: try result(node, environment.map { $0.memories[Int(node.a)].is64 ? .i64 : .i32 } ?? node.type)
        case .boundsCheck:
            let index = graph.node(Value(node.a)).type
            if index != .i32, index != .i64 { throw VerifierMistake(message: "the index is no i32 or i64") }
            if Int(node.c) >= graph.words.count { throw VerifierMistake(message: "there is no distance \(node.c)") }
            try result(node, .none)
        case .signatureCheck, .nullCheck:
            try expect(graph, node.a, .ref)
            try result(node, .none)
        case .trapUnless:
            try expect(graph, node.a, .i32)
            if TrapKind(rawValue: UInt8(truncatingIfNeeded: node.b)) == nil {
                throw VerifierMistake(message: "there is no trap \(node.b)")
            }
            try result(node, .none)
        case .call:
            guard Int(node.a) < graph.calls.count else { throw VerifierMistake(message: "there is no call \(node.a)") }
            let call = graph.calls[Int(node.a)]
            try checkCall(graph, call)
            if let type = callResult(call, 0) { try result(node, type) }
        case .interruptCheck: try result(node, .none)
        }
    }

    /// A constant of 32 bits has no others, for registers hold it as it stands here.
    private func checkConstant(_ node: Node) throws(VerifierMistake) {
        switch node.type {
        case .i32, .f32:
            if node.b != 0 { throw VerifierMistake(message: "an operand is a constant of 32 bits with upper bits") }
        case .i64, .f64, .ref: break
        case .v128, .none: throw VerifierMistake(message: "an operand is a constant of no type")
        }
    }

    private func checkImmediates(_ graph: borrowing Graph, _ node: Node) throws(VerifierMistake) {
        let row = node.opcode.info
        switch row.immediates {
        case .lane:
            let lane = node.directOperandCount == 1 ? node.b : node.c
            if lane >= UInt32(row.laneCount) { throw VerifierMistake(message: "there is no lane \(lane)") }
        case .shuffle:
            if Int(node.c) >= graph.vectors.count { throw VerifierMistake(message: "there is no pattern \(node.c)") }
        default: break
        }
    }

    private func checkRow(_ graph: borrowing Graph, _ node: Node) throws(VerifierMistake) {
        let signature = node.opcode.info.signature
        guard signature.isPlain, node.opcode.info.effects.subtracting(.mayTrap).isEmpty else {
            throw VerifierMistake(message: "\(node.opcode) is no plain operator")
        }
        let operands = operands(graph, node)
        guard operands.count == signature.operandCount else {
            throw VerifierMistake(message: "\(operands.count) operands instead of \(signature.operandCount)")
        }
        for index in operands.indices {
            try expect(graph, operands[index].index, ResultType(MachineType(signature.operand(index))))
        }
        let isMany = signature.resultCount > 1
        if isMany != (node.kind == .pureMany) {
            throw VerifierMistake(message: "\(signature.resultCount) results in a \(node.kind)")
        }
        try result(node, row(node, 0))
    }

    private func row(_ node: Node, _ index: Int) -> ResultType {
        let signature = node.opcode.info.signature
        return index < signature.resultCount ? ResultType(MachineType(signature.result(index))) : .none
    }

    private func checkAccess(_ graph: borrowing Graph, _ node: Node) throws(VerifierMistake) {
        let row = node.opcode.info
        let isStore = node.kind == .store || node.kind == .storeAbsolute
        let isAbsolute = node.kind == .loadAbsolute || node.kind == .storeAbsolute
        guard row.immediates == .memoryArgument, row.signature.isPlain,
            row.signature.operandCount == (isStore ? 2 : 1)
        else { throw VerifierMistake(message: "\(node.opcode) is no plain \(isStore ? "store" : "load")") }
        try expect(graph, node.a, isAbsolute ? .i64 : .i32)
        if isAbsolute, node.b >= 1 << 31 { throw VerifierMistake(message: "the offset is 2^31 or more") }
        if isStore { try expect(graph, node.c, ResultType(MachineType(row.signature.operand(1)))) }
        try result(node, isStore ? .none : ResultType(MachineType(row.signature.result(0))))
    }

    private func globalType(_ index: UInt32) -> ResultType? {
        environment.map { ResultType($0.globals[Int(index)].type) }
    }

    private func indexType(table: UInt32) -> ResultType? {
        environment.map { $0.tables[Int(table)].is64 ? .i64 : .i32 }
    }

    func checkCall(_ graph: borrowing Graph, _ call: CallInfo) throws(VerifierMistake) {
        var expected: [MachineType]?
        switch call.target {
        case .builtin(let builtin): expected = builtin.row.operands
        case .function(let function), .imported(let function):
            if let environment {
                if Int(environment.functionTypes[Int(function)]) != Int(call.typeIndex) {
                    throw VerifierMistake(message: "function \(function) is of another type")
                }
            }
        case .reference: try expect(graph, call.reference.index, .ref)
        }
        if expected == nil, let environment {
            let signature = environment.signatures[Int(call.typeIndex)]
            let start = Int(signature.parameterStart)
            expected = (start..<start + Int(signature.parameterCount)).map { environment.types[$0] }
        }
        guard let expected else { return }
        if expected.count != Int(call.argumentCount) {
            throw VerifierMistake(message: "\(call.argumentCount) arguments instead of \(expected.count)")
        }
        for (offset, type) in expected.enumerated() {
            try expect(graph, graph.pool[Int(call.argumentStart) + offset].index, ResultType(type))
        }
    }

    /// The type of a call's result; `.none` if there is no such result, `nil` if it is not known.
    private func callResult(_ call: CallInfo, _ index: Int) -> ResultType? {
        if case .builtin(let builtin) = call.target {
            guard index == 0, let type = builtin.row.result else { return ResultType.none }
            return ResultType(type)
        }
        guard let environment else { return nil }
        let signature = environment.signatures[Int(call.typeIndex)]
        guard index < Int(signature.resultCount) else { return ResultType.none }
        return ResultType(environment.types[Int(signature.resultStart) + index])
    }

    private func expect(_ graph: borrowing Graph, _ value: UInt32, _ type: ResultType) throws(VerifierMistake) {
        let actual = graph.node(Value(value)).type
        if actual != type { throw VerifierMistake(message: "operand v\(value) is an \(actual), not an \(type)") }
    }

    private func result(_ node: Node, _ type: ResultType) throws(VerifierMistake) {
        if node.type != type { throw VerifierMistake(message: "is an \(node.type), not an \(type)") }
    }
}
