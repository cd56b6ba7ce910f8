// Reference instructions: null, functions, tests and casts, and the branches on them.

import WasmFormat

extension Execution {
    /// Carries out a reference instruction; false if this is none.
    mutating func reference(_ instruction: Instruction) throws(Failure) -> Bool {
        switch instruction.opcode {
        case .refNull: push(.reference(.null))
        case .refFunc: push(.reference(.function(instance.functions[instruction.index])))
        case .refIsNull: push(popReference() == .null)
        case .refEq: push(popReference() == popReference())
        case .refAsNonNull:
            let reference = popReference()
            if reference == .null { throw .trap(.nullReference) }
            push(.reference(reference))
        case .brOnNull:
            let reference = popReference()
            if reference == .null { branch(instruction.index) } else { push(.reference(reference)) }
        case .brOnNonNull:
            let reference = popReference()
            if reference != .null {
                push(.reference(reference))
                branch(instruction.index)
            }
        case .refTest, .refTestNull: push(isInstance(popReference(), instruction))
        case .refCast, .refCastNull:
            guard isInstance(topReference, instruction) else { throw .trap(.castFailure) }
        case .brOnCast: if isInstance(topReference, instruction) { branch(instruction.index) }
        case .brOnCastFail: if !isInstance(topReference, instruction) { branch(instruction.index) }
        // A reference stays what it is when it changes its hierarchy.
        case .anyConvertExtern, .externConvertAny: break
        default: return false
        }
        return true
    }

    private var topReference: Reference {
        guard case .reference(let reference) = stack[stack.count - 1] else {
            preconditionFailure("expected a reference")
        }
        return reference
    }

    /// Whether a reference is of the type that a cast names.
    private func isInstance(_ reference: Reference, _ instruction: Instruction) -> Bool {
        switch reference {
        case .null: instruction.acceptsNull
        case .function(let address):
            machine.types.isSubtype(
                .concrete(machine.functions[address].typeNumber),
                of: instance.loaded.canonical(instruction.heapType))
        case .external: instruction.heapType == .extern || instruction.heapType == .any
        }
    }
}
