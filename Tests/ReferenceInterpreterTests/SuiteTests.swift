// The official suite through the reference interpreter: the proof that the oracle is right.

import Foundation
import ReferenceInterpreter
import SuiteSupport
import Testing
import WasmFormat
import WasmText

@Suite(.enabled(if: SuiteFolder.path != nil, "the official test suite is not here (TERRACE_TESTSUITE)"))
struct SuiteTests {
    /// Why a script is not wholly clean yet.
    enum Reason: String {
        case objects, exceptions, threads
    }

    /// Scripts that need what the interpreter does not know yet.
    static let notCovered: [String: Reason] = [
        "array.wast": .objects, "array_copy.wast": .objects, "array_fill.wast": .objects,
        "array_init_data.wast": .objects, "array_init_elem.wast": .objects, "array_new_data.wast": .objects,
        "array_new_elem.wast": .objects, "br_on_cast.wast": .objects, "br_on_cast_fail.wast": .objects,
        "extern.wast": .objects, "i31.wast": .objects, "instance.wast": .exceptions,
        "proposals/threads/atomic.wast": .threads, "ref_cast.wast": .objects, "ref_eq.wast": .objects,
        "ref_test.wast": .objects, "struct.wast": .objects, "table_init.wast": .objects,
        "table_init64.wast": .objects, "throw.wast": .exceptions, "throw_ref.wast": .exceptions,
        "try_table.wast": .exceptions,
    ]

    /// All but the folders that the engine leaves out too: legacy exceptions and custom descriptors. In debug builds only
    /// scripts of moderate size, because the others take minutes there.
    static let scripts = SuiteFolder.scripts.filter {
        guard !$0.hasPrefix("legacy/"), !$0.hasPrefix("proposals/custom-descriptors/") else { return false }
        #if DEBUG
            return ((try? SuiteFolder.bytes($0))?.count ?? 0) < 16_000
        #else
            return true
        #endif
    }

    static func run(_ name: String) throws -> ScriptMachine.Report {
        var features = Features.all
        // That folder's scripts are written for a specification with one memory per module.
        if name.hasPrefix("proposals/threads") { features.remove(Features(.multipleMemories)) }
        return ScriptMachine.run(try WastScript.parse(SuiteFolder.bytes(name)), features: features)
    }

    private func describe(_ name: String, _ report: ScriptMachine.Report) -> String {
        let failures = report.failures.prefix(5).map { "line \($0.line): \($0.message.prefix(300))" }
        return "\(name): \(report.passed) passed, \(report.failures.count) failed\n\(failures.joined(separator: "\n"))"
    }

    @Test func everyScriptThatNeedsNoObjectsExceptionsOrThreadsIsClean() throws {
        for name in Self.scripts where Self.notCovered[name] == nil {
            let report = try Self.run(name)
            #expect(report.failures.isEmpty, Comment(rawValue: describe(name, report)))
        }
    }

    @Test func scriptsThatAreNotCoveredSayWhatIsMissing() throws {
        for name in Self.notCovered.keys.sorted() {
            let report = try Self.run(name)
            #expect(
                report.failures.contains { $0.message.contains("notInterpreted") },
                Comment(rawValue: describe(name, report)))
        }
    }
}
