// The branch hint section: what is read of it, and that nothing in it makes a module invalid.

import Testing

@testable import WasmFormat

@Suite struct BranchHintTests {
    /// A module of two functions of no parameters and results, with a branch hint section of some contents.
    private func module(_ contents: [UInt8]) throws -> WasmModule {
        let name = Array("metadata.code.branch_hint".utf8)
        let custom = [UInt8(name.count)] + name + contents
        let body: [UInt8] = [0x00, 0x41, 0x00, 0x04, 0x40, 0x0B, 0x0B]
        let bytes: [UInt8] =
            [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]
            + [0x01, 0x04, 0x01, 0x60, 0x00, 0x00]
            + [0x03, 0x03, 0x02, 0x00, 0x00]
            + [0x00, UInt8(custom.count)] + custom
            + [0x0A, UInt8(2 * body.count + 3), 0x02, UInt8(body.count)] + body + [UInt8(body.count)] + body
        let module = try WasmModule.decode(ModuleBytes(bytes))
        try module.validate(jobs: 1)
        return module
    }

    @Test func hintsAreFoundByFunctionAndOffset() throws {
        let module = try module([0x02, 0x00, 0x01, 0x03, 0x01, 0x00, 0x01, 0x02, 0x03, 0x01, 0x01, 0x05, 0x01, 0x00])
        #expect(module.branchHints(ofFunction: 0)?.isLikely(at: 3) == false)
        #expect(module.branchHints(ofFunction: 1)?.isLikely(at: 3) == true)
        #expect(module.branchHints(ofFunction: 1)?.isLikely(at: 5) == false)
        #expect(module.branchHints(ofFunction: 1)?.isLikely(at: 4) == nil)
        #expect(module.branchHints(ofFunction: 2) == nil)
    }

    @Test func malformedHintsAreLeftOut() throws {
        // Cut off at every place; sizes other than 1; offsets that do not ascend; more hints than bytes.
        let whole: [UInt8] = [0x02, 0x00, 0x01, 0x03, 0x01, 0x00, 0x01, 0x01, 0x03, 0x01, 0x01]
        for length in 0..<whole.count {
            let module = try module(Array(whole.prefix(length)))
            #expect(module.branchHints(ofFunction: 1) == nil)
            #expect((module.branchHints(ofFunction: 0) != nil) == (length >= 6))
        }
        for contents in [
            [0x01, 0x00, 0x01, 0x03, 0x02, 0x00, 0x00], [0x01, 0x00, 0x02, 0x03, 0x01, 0x00, 0x03, 0x01, 0x00],
            [0x01, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0x03], [0xFF, 0xFF, 0xFF, 0xFF, 0x0F],
        ] as [[UInt8]] {
            #expect(try module(contents).branchHints(ofFunction: 0) == nil)
        }
    }
}
