// A function's WebAssembly instructions as text.
import Terrace
import WasmFormat

enum InstructionListing {
    /// The instructions of a body.
    static func lines(of body: FunctionBody, _ module: WasmModule) -> [MachineCode.Line] {
        var reader = TrustedReader(module.bytes, at: body.code.lowerBound)
        var result: [MachineCode.Line] = []
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
            result.append(.init(indentation + opcode.info.name + immediates, bytecodeOffset: offset))
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
