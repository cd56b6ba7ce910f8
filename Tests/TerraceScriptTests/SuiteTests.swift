// The official suite through the engine, lazily and eagerly compiled, against the checked-in table `SuiteStatus.txt`:
// no file may get worse. With TERRACE_UPDATE_SUITE_STATUS set, the table is written anew.

import Foundation
import SuiteSupport
import Terrace
import TerraceScript
import Testing
import TierSupport
import WasmText

@Suite(.serialized, .enabled(if: SuiteFolder.path != nil, "the official test suite is not here (TERRACE_TESTSUITE)"))
struct SuiteTests {
    /// How the engine compiles.
    enum Mode: String, CaseIterable {
        case lazy, eager
        /// Lazily in baseline code, and the compiler and its code check themselves.
        case checked
        /// With functions that move to optimized code.
        case optimized, atOnce, inLoops, inInnermostLoops, soon, background

        func configuration(for script: String) -> Configuration {
            var configuration = TierSetting(rawValue: rawValue)?.configuration() ?? Configuration()
            configuration.compilation = self == .eager ? .eager() : .lazy
            configuration.verifiesGeneratedCode = self == .checked
            if self == .checked { configuration.tiering = .baseline }
            // That folder's scripts are written for a specification with one memory per module.
            if script.hasPrefix("proposals/threads") { configuration.features.remove(Features(.multipleMemories)) }
            return configuration
        }
    }

    /// Folders that the table leaves out, and why: the legacy exceptions and custom descriptors are not supported.
    static let scripts = SuiteFolder.scripts.filter {
        !$0.hasPrefix("legacy/") && !$0.hasPrefix("proposals/custom-descriptors/")
    }

    static let tablePath = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("SuiteStatus.txt").path

    /// What the table expects: passed and failed by mode and script.
    static let table: [String: (passed: Int, failed: Int)] = {
        var table: [String: (passed: Int, failed: Int)] = [:]
        for line in ((try? String(contentsOfFile: tablePath, encoding: .utf8)) ?? "").split(separator: "\n") {
            let fields = line.split(separator: " ", omittingEmptySubsequences: true)
            guard fields.count >= 5, !line.hasPrefix("#"), let lazyPassed = Int(fields[1]),
                let lazyFailed = Int(fields[2]), let eagerPassed = Int(fields[3]), let eagerFailed = Int(fields[4])
            else { continue }
            table["lazy \(fields[0])"] = (lazyPassed, lazyFailed)
            table["eager \(fields[0])"] = (eagerPassed, eagerFailed)
        }
        return table
    }()

    static func run(_ script: String, _ mode: Mode) throws -> WastReport {
        try WastRunner(try Engine(mode.configuration(for: script))).run(text: try SuiteFolder.bytes(script))
    }

    @Test("No script of the suite does worse than the table says", arguments: Mode.allCases)
    func noScriptGetsWorse(mode: Mode) throws {
        for script in Self.scripts {
            let report = try Self.run(script, mode)
            let expected = Self.table["\(mode == .eager ? "eager" : "lazy") \(script)"] ?? (0, 0)
            #expect(
                report.passed >= expected.passed && report.failed <= expected.failed,
                """
                \(script) (\(mode)): \(report.summary), expected \(expected.passed) passed, \(expected.failed) failed
                \(report.failures.prefix(5).map(\.description).joined(separator: "\n"))
                """)
        }
    }

    @Test("Modules that were printed as text and parsed again do what the table says")
    func printedModulesBehaveTheSame() throws {
        func reprinted(_ module: WastModule) throws -> WastModule {
            var module = module
            module.source = .text(try WatParser.parse(WatPrinter.print(module.bytes())))
            return module
        }
        for name in Self.scripts {
            var script = try WastScript.parse(SuiteFolder.bytes(name))
            for index in script.commands.indices {
                switch script.commands[index].kind {
                case .module(let module): script.commands[index].kind = .module(try reprinted(module))
                case .moduleDefinition(let module):
                    script.commands[index].kind = .moduleDefinition(try reprinted(module))
                case .assertUnlinkable(let module, let message):
                    script.commands[index].kind = .assertUnlinkable(try reprinted(module), message: message)
                case .assertModuleTrap(let module, let message):
                    script.commands[index].kind = .assertModuleTrap(try reprinted(module), message: message)
                default: break
                }
            }
            let report = try WastRunner(try Engine(Mode.lazy.configuration(for: name))).run(script)
            let expected = Self.table["lazy \(name)"] ?? (0, 0)
            #expect(
                report.passed >= expected.passed && report.failed <= expected.failed,
                "\(name): \(report.summary)\n\(report.failures.prefix(5).map(\.description).joined(separator: "\n"))")
        }
    }

    @Test(
        "The table is written anew when asked for",
        .enabled(if: ProcessInfo.processInfo.environment["TERRACE_UPDATE_SUITE_STATUS"] != nil))
    func updateTable() throws {
        var lines = [
            "# The official suite by script: passed and failed commands, lazily and eagerly compiled, and why not all.",
            "# Written by `TERRACE_UPDATE_SUITE_STATUS=1 swift test --filter SuiteTests`.",
        ]
        func pad(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(width - text.count, 0)) + text
        }
        for script in Self.scripts {
            let lazy = try Self.run(script, .lazy)
            let eager = try Self.run(script, .eager)
            var line = script + String(repeating: " ", count: max(50 - script.count, 1))
            for number in [lazy.passed, lazy.failed, eager.passed, eager.failed] { line += pad("\(number)", 6) }
            if let first = lazy.failures.first ?? eager.failures.first {
                line += "  not yet: " + first.message.replacingOccurrences(of: "\n", with: " ")
            }
            lines.append(line)
        }
        try (lines.joined(separator: "\n") + "\n").write(toFile: Self.tablePath, atomically: true, encoding: .utf8)
    }
}
