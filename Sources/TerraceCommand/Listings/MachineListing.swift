// Machine code as text, an instruction a line.
import Terrace
import TerraceAssembler

/// The lines of a function's machine code, part by part.
struct MachineListing {
    /// Whether lines show the bytes.
    var showsBytes = true

    private let code: MachineCode
    private var disassembler: Disassembler

    init(_ code: MachineCode, showsBytes: Bool = true) {
        self.code = code
        self.showsBytes = showsBytes
        disassembler = Disassembler(code.bytes)
    }

    /// All lines, each with the offset of the WebAssembly instruction that it belongs to.
    var lines: [MachineCode.Line] {
        var listing = self
        var result: [MachineCode.Line] = []
        var previous: MachineCode.Part?
        for part in code.parts {
            if let heading = heading(of: part, behind: previous) { result.append(.init(heading)) }
            for line in listing.lines(of: part) {
                result.append(.init(line, bytecodeOffset: part.operators?.lowerBound))
            }
            previous = part
        }
        return result
    }

    /// What a part begins with, if it is not like the one in front of it.
    func heading(of part: MachineCode.Part, behind previous: MachineCode.Part?) -> String? {
        if part.kind == previous?.kind, part.block == previous?.block { return nil }
        switch part.kind {
        case .operators: return part.block.map { "b\($0):" }
        case .prologue: return "prologue:"
        case .outOfLine: return "behind the function:"
        case .table: return "jump table:"
        case .constants: return "constants:"
        }
    }

    /// The lines of a part without its heading.
    mutating func lines(of part: MachineCode.Part) -> [String] {
        switch part.kind {
        case .table:
            return stride(from: part.range.lowerBound, to: part.range.upperBound, by: 4).map { start in
                let distance = code.bytes[start..<min(start + 4, part.range.upperBound)].reversed().reduce(Int32(0)) {
                    $0 << 8 | Int32($1)
                }
                return line(start..<start + 4, "→ +0x" + String(part.range.lowerBound + Int(distance), radix: 16))
            }
        case .constants:
            return stride(from: part.range.lowerBound, to: part.range.upperBound, by: 8).map { start in
                let range = start..<min(start + 8, part.range.upperBound)
                let bits = code.bytes[range].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
                return line(range, "0x" + String(bits, radix: 16))
            }
        default:
            return disassembler.instructions(in: part.range).map { instruction in
                var text = instruction.text ?? "?"
                let notes = notes(instruction)
                if !notes.isEmpty { text = padded(text, 36) + "  ; " + notes.joined(separator: ", ") }
                return line(instruction.range, text)
            }
        }
    }

    private func line(_ range: Range<Int>, _ text: String) -> String {
        let place = "+" + hex(range.lowerBound, digits: 4)
        guard showsBytes else { return place + "  " + text }
        let digits = code.bytes[range].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        return place + "  " + padded(digits.joined(separator: " "), 32) + "  " + text
    }

    /// What the sites say of an instruction.
    private func notes(_ instruction: DisassembledInstruction) -> [String] {
        var notes: [String] = []
        let range = instruction.range
        var first = code.sites.partition { $0.offset >= range.lowerBound }
        while first < code.sites.count, code.sites[first].offset <= range.upperBound {
            let site = code.sites[first]
            first += 1
            let belongs =
                switch site.kind {
                case .call: site.offset == range.upperBound
                case .trap: site.offset == range.lowerBound
                case .reference: range.contains(site.offset)
                }
            guard belongs else { continue }
            notes.append(site.description + (site.bytecodeOffset.map { " (\(hex($0)))" } ?? ""))
        }
        let isJump = instruction.text.map { $0.contains("+0x") && !$0.contains("[") } ?? false
        if let target = instruction.target, notes.isEmpty, !isJump { notes.append("+" + hex(target, digits: 4)) }
        return notes
    }
}

extension RandomAccessCollection where Index == Int {
    /// The first index from which on `belongs` holds, of a collection that is sorted so.
    fileprivate func partition(_ belongs: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if belongs(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
