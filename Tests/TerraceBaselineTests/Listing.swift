// Listings of what the compiler makes of a module: its operators beside their machine code. They stand in the folder
// Listings as comments behind a module's text, one idea per file.

import Foundation
import TerraceAssembler
import TerraceCompilation
import WasmFormat
import WasmText

@testable import TerraceBaseline

/// A file of the folder Listings: the module's text, then the listing that is expected.
struct ListingFile: Sendable {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Listings")
    /// The line between a module and its listing.
    static let mark = ";; Code"

    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return files.filter { $0.hasSuffix(".wat") }.sorted()
    }()

    let name: String
    let source: String
    let expected: [Listing.Line]

    init(_ name: String) throws {
        self.name = name
        let text = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
        let parts = text.components(separatedBy: Self.mark + "\n")
        source = parts[0].trimmingCharacters(in: .newlines) + "\n"
        expected = parts.count < 2 ? [] : parts[1].split(separator: "\n").compactMap { Listing.Line(String($0)) }
    }

    /// `;; Processor: required` in the module's text asks for code without optional instructions.
    var features: CPUFeatures { source.contains(";; Processor: required\n") ? .required : .listings }

    /// `;; Counting: yes` asks for code that counts for a second tier.
    var countsExecutions: Bool { source.contains(";; Counting: yes\n") }

    func write(_ listing: Listing) throws {
        let text = ([source, Self.mark] + listing.lines.map(\.text)).joined(separator: "\n") + "\n"
        try text.write(to: Self.folder.appending(path: name), atomically: true, encoding: .utf8)
    }
}

/// What the compiler makes of the functions of a module.
struct Listing {
    enum Line: Equatable {
        /// What begins here: a function, operators, or what stands behind them.
        case heading(String)
        case code(offset: Int, bytes: [UInt8], text: String)

        private static let codePrefix = ";;     | "

        var text: String {
            switch self {
            case .heading(let text): return ";; " + text
            case .code(let offset, let bytes, let text):
                let digits = bytes.map { hex(Int($0), digits: 2) }.joined(separator: " ")
                let padding = String(repeating: " ", count: max(32 - digits.count, 1))
                return Self.codePrefix + "\(hex(offset, digits: 4))  \(digits)" + (text.isEmpty ? "" : padding + text)
            }
        }

        /// Reads what `text` writes; nil if it is neither.
        init?(_ line: String) {
            guard line.hasPrefix(";;") else { return nil }
            guard line.hasPrefix(Self.codePrefix) else {
                self = .heading(String(line.dropFirst(3)))
                return
            }
            let body = line.dropFirst(Self.codePrefix.count)
            guard let offset = Int(body.prefix(4), radix: 16) else { return nil }
            var bytes: [UInt8] = []
            var rest = body.dropFirst(5)
            while rest.first == " ", let byte = UInt8(rest.dropFirst().prefix(2), radix: 16), rest.count >= 3 {
                bytes.append(byte)
                rest = rest.dropFirst(3)
            }
            self = .code(offset: offset, bytes: bytes, text: rest.trimmingCharacters(in: .whitespaces))
        }
    }

    private(set) var lines: [Line] = []

    init(_ file: ListingFile) throws {
        let module = try WasmModule.decode(ModuleBytes(try WatParser.parse(file.source)))
        try module.validate(jobs: 1)
        var compiler = BaselineCompiler(
            environment: ModuleEnvironment(
                module: module, features: file.features, countsExecutions: file.countsExecutions))
        compiler.notes = CodeNotes()
        for function in module.importedFunctionCount..<module.functionCount {
            try compiler.compile(functionIndex: UInt32(function))
            let name = module.functionName(function).map { " $\($0)" } ?? ""
            lines.append(.heading("function \(function)\(name)"))
            let body = module.bodies[function - module.importedFunctionCount]
            append(compiler.notes!, Array(compiler.bytes), body, module)
        }
    }

    private mutating func append(_ notes: CodeNotes, _ code: [UInt8], _ body: FunctionBody, _ module: WasmModule) {
        var disassembler = Disassembler(code)
        var start = 0
        func add(_ end: Int, as kind: String?) {
            guard start < end else { return }
            if let kind { lines.append(.heading("  " + kind)) }
            var pieces: [(range: Range<Int>, isData: Bool)] = []
            for table in notes.tables where (start..<end).contains(Int(table.lowerBound)) {
                if start < table.lowerBound { pieces.append((start..<Int(table.lowerBound), false)) }
                pieces.append((Int(table.lowerBound)..<Int(table.upperBound), true))
                start = Int(table.upperBound)
            }
            if start < end { pieces.append((start..<end, start >= notes.endOfCode)) }
            for (range, isData) in pieces {
                if isData {
                    for cut in stride(from: range.lowerBound, to: range.upperBound, by: 4) {
                        let end = min(cut + 4, range.upperBound)
                        lines.append(.code(offset: cut, bytes: Array(code[cut..<end]), text: ""))
                    }
                    continue
                }
                for instruction in disassembler.instructions(in: range) {
                    lines.append(
                        .code(
                            offset: instruction.range.lowerBound, bytes: Array(code[instruction.range]),
                            text: instruction.text ?? "?"))
                }
            }
            start = end
        }
        var reader = TrustedReader(module.bytes, at: body.code.lowerBound)
        var depth = 0
        for (index, part) in notes.parts.enumerated() {
            while reader.offset < part.endOfOperators {
                let opcode = reader.readOpcode()
                if opcode == .end || opcode == .else { depth -= 1 }
                let indentation = String(repeating: "  ", count: max(depth, 0) + 1)
                lines.append(.heading(indentation + opcode.info.name + Self.immediates(of: opcode, &reader)))
                switch opcode {
                case .block, .loop, .if, .else, .tryTable: depth += 1
                default: break
                }
            }
            add(Int(part.endOfCode), as: index == 0 ? "prologue" : nil)
        }
        add(Int(notes.endOfCode), as: "behind the function")
        add(code.count, as: "constants")
    }

    /// An operator's immediates, as far as they are numbers.
    private static func immediates(of opcode: Opcode, _ reader: inout TrustedReader) -> String {
        var end = reader
        end.skipImmediates(of: opcode)
        defer { reader.offset = end.offset }
        switch opcode.info.immediates {
        case .i32Const: return " \(reader.readS32())"
        case .i64Const: return " \(reader.readS64())"
        case .f32Const: return " \(Float(bitPattern: reader.readF32Bits()))"
        case .f64Const: return " \(Double(bitPattern: reader.readF64Bits()))"
        case .memoryArgument:
            let argument = reader.readMemoryArgument()
            return (argument.memory == 0 ? "" : " \(argument.memory)")
                + (argument.offset == 0 ? "" : " offset=\(argument.offset)")
        case .none, .blockType, .v128Const, .shuffle, .valueTypes, .heapType, .memoryArgumentLane: return ""
        default:
            if opcode == .brTable { _ = reader.readU32() }
            var text = ""
            while reader.offset < end.offset { text += " \(reader.readU32())" }
            return text
        }
    }

    /// Lines with what belongs together joined: the headings, and all bytes between them. Where instructions end, and
    /// what they are called, is for people.
    static func parts(of lines: [Line]) -> [String] {
        var parts: [String] = []
        var bytes: [String] = []
        func flush() {
            if !bytes.isEmpty { parts.append(bytes.joined(separator: " ")) }
            bytes = []
        }
        var next = 0
        for line in lines {
            switch line {
            case .heading(let text):
                flush()
                if text.hasPrefix("function") { next = 0 }
                parts.append(text)
            case .code(let offset, let code, _):
                if offset != next { parts.append("a gap before \(hex(offset, digits: 4))") }
                next = offset + code.count
                bytes += code.map { hex(Int($0), digits: 2) }
            }
        }
        flush()
        return parts
    }
}

private func hex(_ value: Int, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(digits - text.count, 0)) + text
}
