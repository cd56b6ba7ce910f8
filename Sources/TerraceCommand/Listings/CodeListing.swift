// A function's WebAssembly instructions beside its machine code as text.
import Terrace
import WasmFormat

/// The listing that `terrace objdump --code` prints. Machine code is cut where calls and traps say which WebAssembly
/// instruction it belongs to; the instructions up to that one stand in front.
struct CodeListing {
    private(set) var text = ""

    init(_ module: WasmModule, function: Int, _ code: MachineCode) {
        guard let body = module.body(function) else { return }
        let name = module.functionName(function).map { " \(quoted($0))" } ?? ""
        text += """
            function \(function)\(name) \(module.functionType(function)): \(body.bytes.count) bytes at \
            \(hex(body.bytes.lowerBound)), \(code.bytes.count) bytes of machine code

            """
        var instructions = Self.instructions(of: body, module)[...]
        var done = 0
        var index = 0
        while index < code.sites.count {
            let site = code.sites[index]
            // Traps out of line point back; what is in line only goes forward.
            while let next = instructions.first, next.offset <= site.bytecodeOffset {
                text += "  \(hex(next.offset))  \(next.text)\n"
                instructions.removeFirst()
            }
            let isCall = site.description.hasPrefix("return")
            if site.offset > done { addBytes(code, done..<site.offset) }
            done = max(done, site.offset)
            text +=
                "      +\(hex(site.offset, digits: 4))  \(isCall ? "←" : "!") \(site.description) (\(hex(site.bytecodeOffset)))\n"
            index += 1
        }
        for instruction in instructions { text += "  \(hex(instruction.offset))  \(instruction.text)\n" }
        addBytes(code, done..<code.bytes.count)
    }

    private mutating func addBytes(_ code: MachineCode, _ range: Range<Int>) {
        for start in stride(from: range.lowerBound, to: range.upperBound, by: 16) {
            let bytes = code.bytes[start..<min(start + 16, range.upperBound)]
            let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            text += "      +\(hex(start, digits: 4))  \(digits.joined(separator: " "))\n"
        }
    }

    /// The instructions of a body: where each stands, its name, and the bytes of its immediates.
    private static func instructions(of body: FunctionBody, _ module: WasmModule) -> [(offset: Int, text: String)] {
        var reader = TrustedReader(module.bytes, at: body.code.lowerBound)
        var result: [(offset: Int, text: String)] = []
        var depth = 1
        while reader.offset < body.code.upperBound {
            let offset = reader.offset
            let opcode = reader.readOpcode()
            let start = reader.offset
            let immediates = immediates(of: opcode, &reader)
            reader = TrustedReader(module.bytes, at: start)
            reader.skipImmediates(of: opcode)
            if opcode == .end || opcode == .else { depth -= 1 }
            let indentation = String(repeating: "  ", count: max(depth, 0))
            result.append((offset, indentation + opcode.info.name + immediates))
            switch opcode {
            case .block, .loop, .if, .else, .tryTable: depth += 1
            default: break
            }
        }
        return result
    }

    /// Immediates as far as they are single numbers; others are left out.
    private static func immediates(of opcode: Opcode, _ reader: inout TrustedReader) -> String {
        switch opcode.info.immediates {
        case .labelIndex, .functionIndex, .typeIndex, .localIndex, .globalIndex, .tagIndex, .tableIndex, .memoryIndex,
            .dataIndex, .elementIndex:
            return " \(reader.readU32())"
        case .i32Const: return " \(reader.readS32())"
        case .i64Const: return " \(reader.readS64())"
        case .f32Const: return " \(Float(bitPattern: reader.readF32Bits()))"
        case .f64Const: return " \(Double(bitPattern: reader.readF64Bits()))"
        case .callIndirect:
            let type = reader.readU32()
            return " \(reader.readU32()) (type \(type))"
        case .memoryArgument:
            let argument = reader.readMemoryArgument()
            return (argument.memory == 0 ? "" : " \(argument.memory)")
                + (argument.offset == 0 ? "" : " offset=\(argument.offset)")
        case .blockType:
            return switch reader.readBlockType() {
            case .empty: ""
            case .value(let type): " (result \(type))"
            case .function(let index): " (type \(index))"
            }
        default: return ""
        }
    }
}
