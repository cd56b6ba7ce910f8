// The instructions that the machine does not know yet. Those of exceptions, of objects (structures, arrays, i31) and of
// threads come here, each in a file of its own, called from `step` as the others are.

import WasmFormat

extension Execution {
    func unknown(_ instruction: Instruction) throws(Failure) {
        throw .notInterpreted(instruction.opcode.textName)
    }
}
