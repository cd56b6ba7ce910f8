// Values of constant expressions.

import WasmFormat

extension ModuleInstance {
    /// The value of a constant expression. The globals and functions that it names are there already.
    func evaluate(_ expression: ConstantExpression) throws(Failure) -> Value {
        var stack: [Value] = []
        func popI32() -> UInt32 {
            guard case .i32(let value)? = stack.popLast() else { preconditionFailure("expected an i32") }
            return value
        }
        func popI64() -> UInt64 {
            guard case .i64(let value)? = stack.popLast() else { preconditionFailure("expected an i64") }
            return value
        }
        for instruction in expression.instructions {
            switch instruction {
            case .i32Const(let value): stack.append(.i32(UInt32(bitPattern: value)))
            case .i64Const(let value): stack.append(.i64(UInt64(bitPattern: value)))
            case .f32Const(let bits): stack.append(.f32(bits))
            case .f64Const(let bits): stack.append(.f64(bits))
            case .v128Const(let low, let high): stack.append(.v128(Vector(low: low, high: high)))
            case .globalGet(let index): stack.append(globals[Int(index)].value)
            case .refNull: stack.append(.reference(.null))
            case .refFunc(let index): stack.append(.reference(.function(functions[Int(index)])))
            case .i32Add, .i32Sub, .i32Mul:
                let right = popI32()
                let left = popI32()
                switch instruction {
                case .i32Add: stack.append(.i32(left &+ right))
                case .i32Sub: stack.append(.i32(left &- right))
                default: stack.append(.i32(left &* right))
                }
            case .i64Add, .i64Sub, .i64Mul:
                let right = popI64()
                let left = popI64()
                switch instruction {
                case .i64Add: stack.append(.i64(left &+ right))
                case .i64Sub: stack.append(.i64(left &- right))
                default: stack.append(.i64(left &* right))
                }
            // A reference stays what it is when it changes its hierarchy.
            case .anyConvertExtern, .externConvertAny: break
            // Objects come here.
            case .structNew, .structNewDefault, .arrayNew, .arrayNewDefault, .arrayNewFixed, .refI31:
                throw .notInterpreted("\(instruction) in a constant expression")
            }
        }
        return stack[0]
    }

    /// The value of a constant expression that gives an address or an index.
    func evaluateOffset(_ expression: ConstantExpression) throws(Failure) -> UInt64 {
        switch try evaluate(expression) {
        case .i32(let value): return UInt64(value)
        case .i64(let value): return value
        default: preconditionFailure("expected an address")
        }
    }

    /// The value of a constant expression that gives a reference.
    func evaluateReference(_ expression: ConstantExpression) throws(Failure) -> Reference {
        guard case .reference(let reference) = try evaluate(expression) else {
            preconditionFailure("expected a reference")
        }
        return reference
    }
}
