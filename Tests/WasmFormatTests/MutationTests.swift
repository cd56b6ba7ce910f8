import Foundation
import FuzzSupport
import Testing

@testable import WasmFormat

@Suite struct MutationTests {
    /// The modules that mutations start from: compiled programs where they are found, and one made here.
    static let fixtures: [[UInt8]] = [builtModule] + ModuleFixtures.programs(upTo: 64 << 10)

    private static let builtModule = ModuleBuilder()
        .vector(
            .type,
            [
                [0x60, 2, 0x7F, 0x7E, 1, 0x7F], [0x4E, 2, 0x50, 0, 0x5F, 2, 0x7F, 1, 0x63, 2, 0, 0x5E, 0x78, 1],
                [0x60, 1, 0x64, 1, 0], [0x60, 0, 0],
            ]
        )
        .vector(.import, [wasmName("m") + wasmName("f") + [0, 0], wasmName("m") + wasmName("g") + [3, 0x7F, 0]])
        .vector(.function, [[0], [4]]).vector(.table, [[0x70, 1, 1, 5]]).vector(.memory, [[1, 1, 2], [4, 1]])
        .vector(.tag, [[0, 4]]).vector(.global, [[0x7E, 1, 0x42, 1, 0x42, 2, 0x7C, 0x0B]])
        .vector(.export, [wasmName("run") + [0, 1], wasmName("memory") + [2, 0]])
        .vector(.element, [[0, 0x41, 0, 0x0B, 1, 1]]).section(.dataCount, [1])
        .code([
            [1, 2, 0x7F, 0x02, 0x40, 0x20, 0, 0x0D, 0, 0x0B, 0x41, 1, 0x41, 0, 0x28, 2, 4, 0x0E, 0, 0, 0x0B],
            [0, 0x1F, 0x40, 1, 2, 0, 0x08, 0, 0x0B, 0xFB, 1, 1, 0x1A, 0xFD, 12] + Array(repeating: 7, count: 16)
                + [0xFD, 0xA1, 1, 0x1A, 0x0B],
        ])
        .vector(.data, [[0, 0x41, 0, 0x0B, 3, 1, 2, 3]]).custom("name", [0, 2, 1, 0x61]).bytes

    /// Mutations to try: `TERRACE_MUTATIONS`, otherwise 40,000 in release builds and 3,000 in debug builds. The tests of
    /// the baseline compiler try more, of other modules.
    private static let count: Int = {
        if let text = ProcessInfo.processInfo.environment["TERRACE_MUTATIONS"], let count = Int(text) { return count }
        #if DEBUG
            return 3_000
        #else
            return 40_000
        #endif
    }()

    @Test func fixturesAreValid() {
        for fixture in Self.fixtures { #expect(errorOf(fixture) == nil) }
    }

    @Test func mutatedModulesAreValidOrNameAnOffset() {
        var mutator = ModuleMutator(fixtures: Self.fixtures, seed: 20_260_601)
        var valid = 0
        for _ in 0..<Self.count {
            let bytes = mutator.next()
            guard let error = errorOf(bytes) else {
                valid += 1
                continue
            }
            if !(0...bytes.count).contains(error.offset) || error.message.isEmpty {
                Issue.record("bad error \(error) for a module of \(bytes.count) bytes")
            }
        }
        #expect(valid > 0 && valid < Self.count)
    }

    @Test func everyPrefixOfAModuleYieldsAnError() {
        let module = Self.builtModule
        for count in 0..<module.count {
            let error = errorOf(Array(module[0..<count]))
            // Cuts between sections can leave a valid module.
            if let error { #expect(error.offset <= count) }
        }
    }
}
