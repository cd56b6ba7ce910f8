// Collects instructions, each emitted by our assembler and written as text, and compares ours with what clang makes of
// the text, byte for byte; and once more with what clang makes of our disassembly.

import Testing

@testable import TerraceAssembler

struct Comparison: ~Copyable {
    var assembler = Assembler()
    private var lines: [(start: Int32, text: String)] = []

    /// One instruction: its text, and the call that emits it.
    mutating func add(_ text: String, _ emit: (inout Assembler) -> Void) {
        lines.append((assembler.offset, text))
        emit(&assembler)
    }

    /// Compares everything collected. Symbolic operands are relocations, which the text writes as `[rip]`.
    consuming func check(_ location: SourceLocation = #_sourceLocation) throws {
        try compare(lines.map(\.text), location)
        try compare(disassembly(location), location)
        checkRelocations(location)
    }

    /// What our disassembler calls each of the instructions.
    private func disassembly(_ location: SourceLocation) -> [String] {
        let code = Array(assembler.bytes)
        var disassembler = Disassembler(code)
        var failures: [String] = []
        let texts = lines.indices.map { index in
            let end = index + 1 < lines.count ? Int(lines[index + 1].start) : code.count
            let range = Int(lines[index].start)..<end
            let found = disassembler.instructions(in: range)
            guard found.count == 1, let text = found[0].text else {
                failures.append("\(lines[index].text): \(hex(code[range])) is \(found.map { $0.text ?? "?" })")
                return lines[index].text
            }
            // Clang makes other bytes of the same text: the shortest no-operation, prefixes in another order.
            if text.hasPrefix("nop") { return lines[index].text }
            if text.hasPrefix("lock ") { return ".byte 0xf0;" + text.dropFirst(5) }
            // Where clang would take the shorter prefix.
            return (code[range.lowerBound] == 0xC4 ? "{vex3} " : "") + text
        }
        #expect(
            failures.isEmpty,
            "\(failures.count) of \(lines.count) are not disassembled:\n\(failures.prefix(40).joined(separator: "\n"))",
            sourceLocation: location)
        return texts
    }

    /// Compares our code with what clang makes of texts, one for each instruction.
    private func compare(_ texts: [String], _ location: SourceLocation) throws {
        let ours = Array(assembler.bytes)
        var text = ".intel_syntax noprefix\n.text\n"
        for (index, line) in texts.enumerated() { text += ".L\(index): \(line)\n" }
        text += ".L\(lines.count):\n.section .sizes\n"
        for index in lines.indices { text += ".byte .L\(index + 1)-.L\(index)\n" }
        let (code, sizes) = try Toolchain.assemble(text)
        #expect(sizes.count == lines.count, sourceLocation: location)

        var differences: [String] = []
        var position = 0
        for (index, line) in lines.enumerated() {
            let theirs = code[position..<position + Int(sizes[index])]
            position += Int(sizes[index])
            let end = index + 1 < lines.count ? Int(lines[index + 1].start) : ours.count
            let mine = ours[Int(line.start)..<end]
            if !mine.elementsEqual(theirs) {
                differences.append("\(texts[index]): \(hex(mine)), clang: \(hex(theirs))")
            }
        }
        #expect(
            differences.isEmpty,
            "\(differences.count) of \(lines.count) differ:\n\(differences.prefix(40).joined(separator: "\n"))",
            sourceLocation: location)
    }

    /// The addend of a field relative to the program counter is the distance from its instruction's end to itself.
    private func checkRelocations(_ location: SourceLocation) {
        var line = 0
        for relocation in assembler.relocations {
            while line + 1 < lines.count && lines[line + 1].start <= Int32(relocation.offset) { line += 1 }
            let end = line + 1 < lines.count ? lines[line + 1].start : assembler.offset
            #expect(
                relocation.addend == Int32(relocation.offset) - end, "\(lines[line].text)", sourceLocation: location)
            if relocation.addend != Int32(relocation.offset) - end { return }
        }
    }
}

func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
}
