// The instructions that the machine does not know yet. Those of exceptions, of objects (structures, arrays, i31) and of
// threads come beside this file, each in a file of its own, called from `step` as the others are.

import WasmFormat

extension Opcode {
    /// Whether the reference interpreter carries out the operator.
    public var isInterpreted: Bool {
        switch self {
        // Exceptions.
        case .throw, .throwRef, .tryTable: return false
        // Retired operators, which no validated module has.
        case .try, .catch, .catchAll, .delegate, .rethrow: return false
        // Objects.
        case .refI31, .i31GetS, .i31GetU: return false
        default:
            let isObjectOperator = page == .aggregate && (textName.hasPrefix("struct.") || textName.hasPrefix("array."))
            // Threads.
            return !isObjectOperator && page != .atomic
        }
    }
}

extension Execution {
    func unknown(_ instruction: Instruction) throws(Failure) {
        precondition(!instruction.opcode.isInterpreted, "\(instruction.opcode.textName) was forgotten")
        throw .notInterpreted(instruction.opcode.textName)
    }
}
