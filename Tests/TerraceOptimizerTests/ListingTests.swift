// Golden listings: what becomes of some seventy small functions.

import Foundation
import TerraceAssembler
import TerraceCompilation
import Testing

@testable import TerraceOptimizer

/// The listings in the folder Listings explain the optimizing compiler by example, and say what it makes of each: the graph
/// behind the last pass and the machine code must be the same, line by line. After a change that is meant to change them,
/// `TERRACE_UPDATE_LISTINGS=1 swift test --filter TerraceOptimizerTests.ListingTests` writes them anew; then read the
/// difference.
@Suite struct ListingTests {
    private static let folder = "Listings"
    private static let mark = ";; Graph\n"
    private static let names = ExampleFile.names(folder)

    /// The module's text and the listing of a file.
    private static func read(_ name: String) throws -> (source: String, listing: String) {
        let parts = try ExampleFile.text(folder, name + ".wat").components(separatedBy: mark)
        return (parts[0].trimmingCharacters(in: .newlines) + "\n", parts.count > 1 ? mark + parts[1] : "")
    }

    /// What becomes of the last function of a module.
    private static func listing(_ source: String) throws -> String {
        let compiled = try CompiledExample(source)
        var text = mark
        for line in compiled.notes.passes.last(where: { $0.name == "hoist" })?.lines ?? [] {
            text += ";; \(line.text)\n"
        }
        text += ";; Code\n"
        var disassembler = Disassembler(compiled.bytes)
        var previous: CompilationNotes.Part?
        for part in compiled.notes.parts {
            if part.kind != previous?.kind || part.block != previous?.block {
                text += ";; " + (part.block.map { "b\($0):" } ?? "\(part.kind):") + "\n"
            }
            previous = part
            if part.kind == .constants || part.kind == .table {
                for start in stride(from: part.range.lowerBound, to: part.range.upperBound, by: 8) {
                    text += Self.line(compiled.bytes, start..<min(start + 8, part.range.upperBound), "")
                }
                continue
            }
            for instruction in disassembler.instructions(in: part.range) {
                text += Self.line(compiled.bytes, instruction.range, instruction.text ?? "?")
            }
        }
        return text
    }

    private static func line(_ bytes: [UInt8], _ range: Range<Int>, _ text: String) -> String {
        let digits = bytes[range].map { hexadecimal($0, 2) }.joined(separator: " ")
        let line = ";;   \(hexadecimal(range.lowerBound, 4))  \(digits)"
        return
            (text.isEmpty ? line : line.padding(toLength: max(line.count + 1, 42), withPad: " ", startingAt: 0) + text)
            + "\n"
    }

    private static func hexadecimal(_ number: some BinaryInteger, _ digits: Int) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    @Test func thereAreListings() { #expect(Self.names.count >= 60) }

    @Test(.enabled(if: !updatesListings), arguments: names)
    func codeIsWhatTheListingSays(_ name: String) throws {
        let (source, listing) = try Self.read(name)
        let expected = listing.split(separator: "\n")
        let actual = try Self.listing(source).split(separator: "\n")
        guard actual != expected else { return }
        let count = zip(actual, expected).prefix { $0 == $1 }.count
        Issue.record(
            """
            \(name).wat differs behind \(count == 0 ? "its beginning" : String(actual[count - 1])):
              expected \(count < expected.count ? expected[count] : "nothing more")
              got      \(count < actual.count ? actual[count] : "nothing more")
            If that is meant, write the listings anew with TERRACE_UPDATE_LISTINGS=1.
            """)
    }

    @Test(.enabled(if: updatesListings)) func writeListings() throws {
        for name in Self.names {
            let source = try Self.read(name).source
            try (source + "\n" + Self.listing(source)).write(
                to: ExampleFile.tests.appending(path: "\(Self.folder)/\(name).wat"), atomically: true, encoding: .utf8)
        }
    }

    @Test func everyByteOfTheCodeBelongsToAPart() throws {
        for name in Self.names {
            let compiled = try CompiledExample(Self.read(name).source)
            var end = 0
            for part in compiled.notes.parts {
                #expect(part.range.lowerBound == end && !part.range.isEmpty, "\(name)")
                end = part.range.upperBound
            }
            #expect(end == compiled.bytes.count, "\(name)")
            #expect(compiled.notes.passes.map(\.name) == OptimizerPass.allCases.map(\.rawValue))
        }
    }

    @Test func allCodeIsDisassembled() throws {
        for name in Self.names {
            let compiled = try CompiledExample(Self.read(name).source)
            var disassembler = Disassembler(compiled.bytes)
            for part in compiled.notes.parts where part.kind != .constants && part.kind != .table {
                let unknown = disassembler.instructions(in: part.range).filter { $0.text == nil }
                #expect(unknown.isEmpty, "\(name): \(unknown.map(\.range))")
            }
        }
    }
}
