// Evaluation of constant expressions: initialisers of globals and tables, offsets and items of segments.

import WasmFormat

extension InstanceStorage {
    /// The value of a constant expression. The globals that it reads exist already.
    func evaluate(_ expression: ConstantExpression) throws(InstantiationError) -> RawValue {
        if expression.instructions.count == 1 {
            return try operand(expression.instructions[0])
        }
        var stack: [RawValue] = []
        func binary(_ operation: (RawValue, RawValue) -> RawValue) {
            let right = stack.removeLast()
            stack.append(operation(stack.removeLast(), right))
        }
        for instruction in expression.instructions {
            switch instruction {
            case .i32Add: binary { RawValue(i32: $0.i32 &+ $1.i32) }
            case .i32Sub: binary { RawValue(i32: $0.i32 &- $1.i32) }
            case .i32Mul: binary { RawValue(i32: $0.i32 &* $1.i32) }
            case .i64Add: binary { RawValue(i64: $0.i64 &+ $1.i64) }
            case .i64Sub: binary { RawValue(i64: $0.i64 &- $1.i64) }
            case .i64Mul: binary { RawValue(i64: $0.i64 &* $1.i64) }
            case .anyConvertExtern, .externConvertAny:
                // Null is null in both hierarchies; other references cannot cross yet.
                guard stack.last?.reference == 0 else { throw .unsupported("conversion of references") }
            default: stack.append(try operand(instruction))
            }
        }
        guard let value = stack.popLast() else { throw .unsupported("empty constant expression") }
        return value
    }

    /// The value of an instruction without operands.
    private func operand(_ instruction: ConstantInstruction) throws(InstantiationError) -> RawValue {
        switch instruction {
        case .i32Const(let value): return RawValue(i32: value)
        case .i64Const(let value): return RawValue(i64: value)
        case .f32Const(let bits): return RawValue(low: UInt64(bits))
        case .f64Const(let bits): return RawValue(low: bits)
        case .v128Const(let low, let high): return RawValue(low: low, high: high)
        case .globalGet(let index): return globalSlot(Int(index)).load(as: RawValue.self)
        case .refNull: return RawValue(low: 0)
        case .refFunc(let index): return RawValue(reference: UInt(bitPattern: function(index)))
        case .structNew, .structNewDefault: throw .unsupported("structures")
        case .arrayNew, .arrayNewDefault, .arrayNewFixed: throw .unsupported("arrays")
        case .refI31: throw .unsupported("i31 references")
        case .i32Add, .i32Sub, .i32Mul, .i64Add, .i64Sub, .i64Mul, .anyConvertExtern, .externConvertAny:
            throw .unsupported("malformed constant expression")
        }
    }

    /// The references of an element segment, dropped or not.
    func elements(_ index: Int) throws(InstantiationError) -> [RawReference] {
        if let values = evaluatedElements[index] { return values }
        var values: [RawReference] = []
        switch module.module.elementSegments[index].items {
        case .functions(let indices):
            values.reserveCapacity(indices.count)
            for index in indices { values.append(UInt(bitPattern: function(index))) }
        case .expressions(let expressions):
            values.reserveCapacity(expressions.count)
            for expression in expressions { values.append(try evaluate(expression).reference) }
        }
        return values
    }
}
