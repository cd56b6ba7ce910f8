// The modules of the official suite through decoding and validation: both are right about every one of them. This is
// where the text parser and the validator check each other.

import Foundation
import SuiteSupport
import Testing
import WasmFormat
import WasmText

@Suite(.enabled(if: SuiteFolder.path != nil, "the official test suite is not here (TERRACE_TESTSUITE)"))
struct SuiteValidationTests {
    /// Scripts of proposals that the validator does not know.
    static let scripts = SuiteFolder.scripts.filter {
        !$0.hasPrefix("proposals/custom-descriptors") && !$0.hasPrefix("legacy")
    }

    /// Expectations of that folder's older specification, which had one table and limits of 32 bits.
    static func isOutdated(_ name: String, _ message: String) -> Bool {
        name.hasPrefix("proposals/threads") && ["multiple tables", "i32 constant out of range"].contains(message)
    }

    static func validate(_ bytes: [UInt8], _ name: String) throws(ModuleError) {
        var features = Features.all
        if name.hasPrefix("proposals/threads") { features.remove(Features(.multipleMemories)) }
        let module = try WasmModule.decode(ModuleBytes(bytes), features: features, limits: DecodingLimits())
        try module.validate(jobs: 1)
    }

    @Test("Validation accepts and refuses what the suite says", arguments: scripts)
    func validationAgrees(name: String) throws {
        let script = try WastScript.parse(SuiteFolder.bytes(name))
        for command in script.commands {
            let place = "\(name):\(command.line)"
            switch command.kind {
            case .module(let module), .moduleDefinition(let module), .assertUnlinkable(let module, _),
                .assertModuleTrap(let module, _):
                do { try Self.validate(module.bytes(), name) } catch { Issue.record("\(place): \(error)") }
            case .assertInvalid(let module, let message), .assertMalformed(let module, let message):
                if Self.isOutdated(name, message) { continue }
                do {
                    try Self.validate(module.bytes(), name)
                    Issue.record("\(place): accepted, expected “\(message)”")
                } catch let error as ModuleError {
                    var isInvalid = false
                    if case .assertInvalid = command.kind { isInvalid = true }
                    #expect((error.category == .invalid) == isInvalid, "\(place): \(error), expected “\(message)”")
                } catch {}
            default: break
            }
        }
    }
}
