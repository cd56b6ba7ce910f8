// Operands for the comparison tests, with their text in Intel syntax.

@testable import TerraceAssembler

extension GeneralRegister {
    static let all = (0..<16).map { GeneralRegister(rawValue: $0) }

    func text(_ size: OperandSize) -> String {
        let names = ["ax", "cx", "dx", "bx", "sp", "bp", "si", "di"]
        if rawValue >= 8 { return "r\(rawValue)" + ["b", "w", "d", ""][Int(size.rawValue)] }
        let name = names[Int(rawValue)]
        switch size {
        case .byte: return rawValue < 4 ? String(name.first!) + "l" : name + "l"
        case .word: return name
        case .dword: return "e" + name
        case .qword: return "r" + name
        }
    }
}

extension VectorRegister {
    static let all = (0..<16).map { VectorRegister(rawValue: $0) }

    func text(_ wide: Bool = false) -> String { (wide ? "ymm" : "xmm") + "\(rawValue)" }
}

/// Pairs of register numbers in which each register takes each position, with itself and with others.
let registerPairs: [(UInt8, UInt8)] = registerNumbers.flatMap { i -> [(UInt8, UInt8)] in
    [(i, (i + 3) & 15), (i, (i * 7 + 5) & 15), (i, i)]
}
/// All pairs.
let allRegisterPairs: [(UInt8, UInt8)] = registerNumbers.flatMap { a in registerNumbers.map { (a, $0) } }
/// Triples in the same sense as ``registerPairs``.
let registerTriples: [(UInt8, UInt8, UInt8)] = registerNumbers.flatMap { i -> [(UInt8, UInt8, UInt8)] in
    [(i, (i + 3) & 15, (i * 7 + 5) & 15), ((i * 5 + 1) & 15, i, (i + 9) & 15), (i, (i + 8) & 15, i)]
}
private let registerNumbers: [UInt8] = Array(0..<16)

/// A memory operand and its text without the size.
struct MemorySample {
    let operand: MemoryOperand
    let text: String

    func text(bits: Int) -> String {
        let sizes = [
            8: "byte", 16: "word", 32: "dword", 64: "qword", 128: "xmmword", 256: "ymmword",
        ]
        return sizes[bits]! + " ptr " + text
    }

    func text(_ size: OperandSize) -> String { text(bits: 8 * size.byteCount) }

    static func base(_ base: GeneralRegister, _ displacement: Int32) -> MemorySample {
        MemorySample(
            operand: MemoryOperand(base, displacement), text: "[\(base.text(.qword)) + \(displacement)]")
    }

    static func indexed(
        _ base: GeneralRegister, _ index: GeneralRegister, _ scale: Int, _ displacement: Int32
    ) -> MemorySample {
        MemorySample(
            operand: MemoryOperand(base, index, scale, displacement),
            text: "[\(base.text(.qword)) + \(scale)*\(index.text(.qword)) + \(displacement)]")
    }

    static let displacements: [Int32] = [0, 1, -1, 127, -128, 128, -129, 0x1234_5678, .min, .max]
    static let rip = MemorySample(operand: .ripRelative(RelocationKind(rawValue: 7), 123), text: "[rip]")

    /// Every base with every displacement shape; every base with every index, scales and displacements in turn; no base.
    static let all: [MemorySample] = {
        var samples: [MemorySample] = [rip]
        for base in GeneralRegister.all {
            for displacement in displacements { samples.append(.base(base, displacement)) }
        }
        var turn = 0
        for base in GeneralRegister.all {
            for index in GeneralRegister.all where index != .rsp {
                for scale in [1, 2, 4, 8] {
                    samples.append(.indexed(base, index, scale, displacements[turn % displacements.count]))
                    turn += 3
                }
            }
        }
        for index in GeneralRegister.all where index != .rsp {
            for scale in [2, 4, 8] {
                samples.append(
                    MemorySample(
                        operand: MemoryOperand(index: index, scale: scale, displacement: Int32(scale) * 100),
                        text: "[\(scale)*\(index.text(.qword)) + \(scale * 100)]"))
            }
        }
        samples.append(MemorySample(operand: MemoryOperand(absolute: 0x1234), text: "[0x1234]"))
        return samples
    }()

    /// A few of every kind, for the many instructions that share an encoder.
    static let some: [MemorySample] = [
        rip, .base(.rax, 0), .base(.rsp, 0), .base(.rbp, 0), .base(.r12, 8), .base(.r13, 0), .base(.r15, 0x12345),
        .base(.rdi, -128), .indexed(.rax, .rcx, 1, 0), .indexed(.rbp, .r12, 2, 0), .indexed(.r13, .rdx, 4, 100),
        .indexed(.r8, .r9, 8, -1000),
    ]
}
