// What the text parser needs to know of each instruction, from the opcode table, packed for quick access.

import WasmFormat

/// How an instruction is written, as far as it differs from name and immediates.
enum InstructionForm: UInt8 {
    case plain, block, `if`, tryTable, `else`, end
    case legacyTry, delegate
}

/// One instruction: its encoded opcode and how it is read.
struct InstructionShape {
    /// The encoded opcode, first byte lowest.
    var encoding: UInt32
    var encodingLength: UInt8
    var immediates: ImmediateKind
    var naturalAlignment: UInt8
    var form: InstructionForm
    var opcode: Opcode

    fileprivate init(_ opcode: Opcode) {
        let info = opcode.info
        self.opcode = opcode
        immediates = info.immediates
        naturalAlignment = info.naturalAlignment
        form =
            switch opcode {
            case .block, .loop: .block
            case .if: .if
            case .tryTable: .tryTable
            case .else: .else
            case .end: .end
            case .try: .legacyTry
            case .delegate: .delegate
            default: .plain
            }
        if info.page == .single {
            encoding = info.code
            encodingLength = 1
        } else {
            encoding = UInt32(info.page.rawValue)
            encodingLength = 2
            if info.code < 0x80 {
                encoding |= info.code << 8
            } else {
                encoding |= (info.code & 0x7F | 0x80) << 8 | (info.code >> 7) << 16
                encodingLength = 3
            }
        }
    }

    /// All instructions by ordinal. Never written after its initialisation and never freed.
    nonisolated(unsafe) static let all: UnsafePointer<InstructionShape> = {
        let table = UnsafeMutablePointer<InstructionShape>.allocate(capacity: Opcode.count)
        for opcode in Opcode.allCases { (table + opcode.ordinal).initialize(to: InstructionShape(opcode)) }
        return UnsafePointer(table)
    }()

    static func of(_ opcode: Opcode) -> InstructionShape { all[opcode.ordinal] }
}

extension ByteWriter {
    @inline(__always)
    mutating func opcode(_ shape: InstructionShape) {
        reserve(4)
        UnsafeMutableRawPointer(base + count).storeBytes(of: shape.encoding.littleEndian, as: UInt32.self)
        truncate(to: count &+ Int(shape.encodingLength))
    }
}
