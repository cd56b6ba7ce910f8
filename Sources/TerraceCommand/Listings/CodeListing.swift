// A function's WebAssembly instructions beside its machine code as text.
import Terrace
import WasmFormat

/// The listing that `terrace objdump --code` prints: the machine code in its order, and in front of each part the WebAssembly
/// instructions that it comes from.
struct CodeListing {
    private(set) var text = ""

    init(_ module: WasmModule, function: Int, _ code: MachineCode, what: String) {
        guard let body = module.body(function) else { return }
        text += Self.title(module, function: function, body)
        text += ", \(code.bytes.count) bytes of \(what) code\n"
        let instructions = InstructionListing.lines(of: body, module)
        var listing = MachineListing(code)
        var previous: MachineCode.Part?
        var shown: Range<Int>?
        for part in code.parts {
            if let heading = listing.heading(of: part, behind: previous) { text += "  \(heading)\n" }
            if let operators = part.operators, operators != shown {
                shown = operators
                for instruction in instructions where operators.contains(instruction.bytecodeOffset ?? -1) {
                    text += "  \(hex(instruction.bytecodeOffset ?? 0))  \(instruction.text)\n"
                }
            }
            for line in listing.lines(of: part) { text += "      \(line)\n" }
            previous = part
        }
    }

    /// What a function is, without an end of the line.
    static func title(_ module: WasmModule, function: Int, _ body: FunctionBody) -> String {
        let name = module.functionName(function).map { " \(quoted($0))" } ?? ""
        return
            "function \(function)\(name) \(module.functionType(function)): \(body.bytes.count) bytes at \(hex(body.bytes.lowerBound))"
    }
}
