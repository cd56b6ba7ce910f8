// Golden figures: how much moving about there is in the code of twenty functions from the benchmarks.

import Foundation
import TerraceAssembler
import TerraceCompilation
import Testing

@testable import TerraceOptimizer

/// What is counted in a function's code, the prologue and what restores the caller's registers left out.
struct CodeFigures: Equatable {
    static let names = [
        "bytes", "instructions", "copies", "reloads", "spills", "slotOperands", "loads", "foldedLoads",
    ]
    /// Whether more is better.
    static let isBetterWithMore = [false, false, false, false, false, false, false, true]

    /// In the order of `names`.
    var counts = [Int](repeating: 0, count: names.count)

    subscript(name: String) -> Int {
        get { counts[Self.names.firstIndex(of: name)!] }
        set { counts[Self.names.firstIndex(of: name)!] = newValue }
    }

    /// Counts what there is at so many loops' depth or deeper.
    init(_ compiled: CompiledExample, depth: Int) {
        var disassembler = Disassembler(compiled.bytes)
        for part in compiled.notes.parts where part.loopDepth >= depth {
            if depth == 0 { self["bytes"] += part.range.count }
            guard part.kind == .operators || part.kind == .outOfLine else { continue }
            if depth > 0 { self["bytes"] += part.range.count }
            for instruction in disassembler.instructions(in: part.range) { add(instruction.text ?? "?") }
        }
    }

    init(_ counts: [Int]) { self.counts = counts }

    private static let moves: Set = [
        "mov", "movaps", "movups", "movss", "movsd", "vmovaps", "vmovups", "vmovss", "vmovsd",
    ]
    /// Where the caller's registers are kept.
    private static let preserved: Set = ["rbx, [rbp - 16]", "r12, [rbp - 24]", "r13, [rbp - 32]"]

    private mutating func add(_ text: String) {
        self["instructions"] += 1
        let words = text.split(separator: " ", maxSplits: 1).map(String.init)
        let operands = words.count > 1 ? words[1] : ""
        if words[0] == "xchg" { self["copies"] += 1 }
        // Memory of the program is addressed by r15 or by a base of its own.
        let isSlot = operands.contains("[rbp - ")
        let isMemory = operands.contains("[") && !isSlot && words[0] != "lea"
        guard Self.moves.contains(words[0]) else {
            if isSlot, words[0] != "lea" { self["slotOperands"] += 1 }
            if isMemory, !operands.contains("[rip"), words[0] != "call", words[0] != "jmp" {
                let isExtension = words[0].hasPrefix("movz") || words[0].hasPrefix("movs")
                self[isExtension ? "loads" : "foldedLoads"] += 1
            }
            return
        }
        if Self.preserved.contains(operands) { return }
        if isSlot {
            self[operands.hasPrefix("[") || operands.contains(" ptr ") ? "spills" : "reloads"] += 1
        } else if isMemory {
            if !operands.hasPrefix("["), !operands.contains(" ptr "), !operands.contains("[rip") { self["loads"] += 1 }
        } else if operands.split(separator: " ").last?.first?.isLetter == true {
            // Constants are numbers.
            self["copies"] += 1
        }
    }
}

/// The table Benchmarks/Figures.txt says for each function what its code has, everywhere and in loops. A pass or a pattern that is
/// meant to change it changes the table too: `TERRACE_UPDATE_LISTINGS=1 swift test --filter FigureTests` writes it anew; then
/// read the difference.
@Suite struct FigureTests {
    private static let folder = "Benchmarks"
    private static let names = ExampleFile.names(folder)
    private static let table = "Figures.txt"

    /// Both rows of a function.
    private static func figures(_ name: String) throws -> [String: CodeFigures] {
        let compiled = try CompiledExample(ExampleFile.text(folder, name + ".wat"))
        return [name: CodeFigures(compiled, depth: 0), name + "/loops": CodeFigures(compiled, depth: 1)]
    }

    private static func readTable() throws -> [String: CodeFigures] {
        var rows: [String: CodeFigures] = [:]
        for line in try ExampleFile.text(folder, table).split(separator: "\n") where !line.hasPrefix("#") {
            let words = line.split(separator: " ")
            guard words.count == CodeFigures.names.count + 1 else { continue }
            rows[String(words[0])] = CodeFigures(words.dropFirst().compactMap { Int($0) })
        }
        return rows
    }

    @Test func thereAreFunctions() { #expect(Self.names.count >= 20) }

    @Test(.enabled(if: !updatesListings), arguments: names)
    func codeIsNotWorseThanTheTableSays(_ name: String) throws {
        let table = try Self.readTable()
        for (row, actual) in try Self.figures(name) {
            let expected = try #require(table[row], "\(row) is not in \(Self.table)")
            var worse: [String] = []
            var better: [String] = []
            for index in CodeFigures.names.indices where actual.counts[index] != expected.counts[index] {
                let change = "\(CodeFigures.names[index]) \(expected.counts[index]) → \(actual.counts[index])"
                if (actual.counts[index] > expected.counts[index]) == CodeFigures.isBetterWithMore[index] {
                    better.append(change)
                } else {
                    worse.append(change)
                }
            }
            guard actual != expected else { continue }
            Issue.record(
                """
                \(row): \(worse.isEmpty ? "" : "worse: " + worse.joined(separator: ", "))\
                \(worse.isEmpty || better.isEmpty ? "" : "; ")\
                \(better.isEmpty ? "" : "better: " + better.joined(separator: ", "))
                If that is meant, write the table anew with TERRACE_UPDATE_LISTINGS=1.
                """)
        }
    }

    @Test(.enabled(if: updatesListings)) func writeTable() throws {
        func padded(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(1, width - text.count)) + text
        }
        var text = "# What the code of each function has: everywhere, and in its loops.\n#"
        text += String(repeating: " ", count: 19) + CodeFigures.names.map { padded($0, 13) }.joined() + "\n"
        for name in Self.names {
            let figures = try Self.figures(name)
            for row in figures.keys.sorted() {
                text += row + String(repeating: " ", count: 20 - row.count)
                text += (figures[row]?.counts ?? []).map { padded(String($0), 13) }.joined() + "\n"
            }
        }
        try text.write(
            to: ExampleFile.tests.appending(path: "\(Self.folder)/\(Self.table)"), atomically: true, encoding: .utf8)
    }

    @Test func whatIsCounted() throws {
        var figures = CodeFigures([0, 0, 0, 0, 0, 0, 0, 0])
        for text in [
            "mov eax, ecx", "movaps xmm1, xmm2", "xchg rax, rcx",  // copies
            "mov eax, [rbp - 40]", "movsd xmm1, [rbp - 48]",  // reloads
            "mov [rbp - 40], eax", "mov qword ptr [rbp - 40], 7", "movups [rbp - 64], xmm3",  // spills
            "add eax, [rbp - 40]", "cmp dword ptr [rbp - 40], 3",  // slot operands
            "mov eax, [r15 + rcx]", "movzx eax, byte ptr [r15 + rcx]",  // loads
            "add eax, [r15 + rcx + 8]", "vaddsd xmm1, xmm2, [r15 + rax]",  // folded loads
            "mov rbx, [rbp - 16]", "mov eax, 17", "mov rax, -1", "lea eax, [rcx + 1]", "addsd xmm0, [rip + 16]",
            "mov [r15 + rcx], eax", "call [rip + 0]", "mov rax, [rip + 0]",  // none
        ] { figures.count(text) }
        #expect(figures == CodeFigures([0, 22, 3, 2, 3, 2, 2, 2]))
    }
}

extension CodeFigures {
    fileprivate mutating func count(_ text: String) { add(text) }
}
