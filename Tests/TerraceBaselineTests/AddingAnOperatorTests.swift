// The page that says how an operator is added names the files that know a plain operator, and no others.

import Foundation
import Testing
import WasmFormat

@Suite struct AddingAnOperatorTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static let page = try? String(
        contentsOf: root.appending(path: "Documentation/AddingAnOperator.md"), encoding: .utf8)

    /// Swift files of the repository's folders by their paths from its root.
    private static func files(in folders: String...) -> [String] {
        folders.flatMap { folder in
            let files = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
            return (files?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".swift") }
                .map { "\(folder)/\($0)" }
        }
    }

    /// What stands in the page between back quotes.
    private func quoted(_ text: Substring) -> [Substring] {
        text.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }.map(
            \.element)
    }

    @Test func thePlainOperatorsStandInTheFilesThatThePageNames() throws {
        let page = try #require(Self.page)
        let start = try #require(page.range(of: "## A plain operator"))
        let end = try #require(page.range(of: "## More than that"))
        let steps = page[start.upperBound..<end.lowerBound].split(separator: "\n").filter { $0.first?.isNumber == true }
        #expect((1...5).contains(steps.count))
        // The file that each step names first.
        let named = steps.compactMap { step in quoted(step).first { $0.hasSuffix(".swift") }.map(String.init) }
        for file in named {
            #expect(FileManager.default.fileExists(atPath: Self.root.appending(path: file).path), "\(file)")
        }
        for opcode in [Opcode.i32Extend8S, .i64Extend32S, .f32Copysign, .i64ReinterpretF64] {
            let name = try Regex("\\.\(opcode)\\b|case \(opcode)\\b")
            // The optimizing tier may know an operator in many places, and need not know it: functions that it cannot compile stay
            // in baseline code.
            let files = Self.files(in: "Sources", "Tests/Support/ReferenceInterpreter").filter {
                !$0.hasPrefix("Sources/TerraceOptimizer/")
            }
            let knowing = try files.filter {
                try String(contentsOf: Self.root.appending(path: $0), encoding: .utf8).contains(name)
            }
            #expect(Set(knowing) == Set(named.prefix(4)), "\(opcode)")
        }
    }

    @Test func everyFileThatThePageNamesExists() throws {
        let page = try #require(Self.page)
        let files = Self.files(in: "Sources", "Tests")
        for name in quoted(page[...]) where name.hasSuffix(".swift") {
            #expect(files.contains { $0 == name || $0.hasSuffix("/\(name)") }, "\(name)")
        }
    }
}
