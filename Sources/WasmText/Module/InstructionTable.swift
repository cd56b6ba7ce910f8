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

    /// An instruction of the custom-descriptors proposal, which the opcode table does not hold. It is written like
    /// another one.
    private init(code: UInt32, writtenLike opcode: Opcode) {
        self.init(opcode)
        encoding = 0xFB | code << 8
        encodingLength = 2
    }

    /// The instructions of custom descriptors; their ordinals follow those of the opcode table.
    static let descriptorInstructions: [(name: String, code: UInt32, model: Opcode)] = [
        ("struct.new_desc", 0x20, .structNew), ("struct.new_default_desc", 0x21, .structNew),
        ("ref.get_desc", 0x22, .structNew), ("ref.cast_desc_eq", 0x23, .refCast),
        ("br_on_cast_desc_eq", 0x25, .brOnCast), ("br_on_cast_desc_eq_fail", 0x26, .brOnCast),
    ]

    /// All instructions by ordinal. Never written after its initialisation and never freed.
    nonisolated(unsafe) static let all: UnsafePointer<InstructionShape> = {
        let table = UnsafeMutablePointer<InstructionShape>.allocate(
            capacity: Opcode.count + descriptorInstructions.count)
        for opcode in Opcode.allCases { (table + opcode.ordinal).initialize(to: InstructionShape(opcode)) }
        for (index, (_, code, model)) in descriptorInstructions.enumerated() {
            (table + Opcode.count + index).initialize(to: InstructionShape(code: code, writtenLike: model))
        }
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
