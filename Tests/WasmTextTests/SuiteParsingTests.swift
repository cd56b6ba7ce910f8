// The scripts of the official suite through the parser: everything parses, and what must not parse does not.

import Foundation
import SuiteSupport
import Testing
import WasmText

@Suite(.enabled(if: SuiteFolder.path != nil, "the official test suite is not here (TERRACE_TESTSUITE)"))
struct SuiteParsingTests {
    @Test("Every script of the suite parses", arguments: SuiteFolder.scripts)
    func everyScriptParses(name: String) throws {
        let script = try WastScript.parse(SuiteFolder.bytes(name))
        #expect(!script.commands.isEmpty)
        for command in script.commands {
            switch command.kind {
            case .module(let module), .moduleDefinition(let module), .assertInvalid(let module, _),
                .assertUnlinkable(let module, _), .assertModuleTrap(let module, _):
                #expect(throws: Never.self, "line \(command.line)") { try module.bytes() }
            case .assertMalformed(let module, let message), .assertMalformedCustom(let module, let message):
                if case .binary = module.source { continue }
                // That proposal's folder still has limits of 32 bits in the grammar; they are 64 bits wide since 3.0.
                if name == "proposals/threads/memory.wast", message == "i32 constant out of range" { continue }
                do {
                    _ = try module.bytes()
                    Issue.record("\(name):\(command.line): accepted, expected “\(message)”")
                } catch {
                    #expect(error.message.hasPrefix(message), "\(name):\(command.line): \(error)")
                }
            default: break
            }
        }
    }
}
