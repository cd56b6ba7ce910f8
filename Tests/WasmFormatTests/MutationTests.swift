import Foundation
import Testing

@testable import WasmFormat

/// Numbers that are the same in every run.
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

@Suite struct MutationTests {
    /// The modules that mutations start from: compiled programs where they are found, and one made here.
    static let fixtures: [[UInt8]] = {
        var modules: [[UInt8]] = [builtModule]
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Programs")
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        for file in files.sorted(by: { $0.path < $1.path }) where file.pathExtension == "wasm" {
            guard let bytes = try? [UInt8](Data(contentsOf: file)), bytes.count < 64 << 10 else { continue }
            modules.append(bytes)
        }
        return modules
    }()

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

    /// Mutations to try: `TERRACE_MUTATIONS`, otherwise 200,000 in release builds and 3,000 in debug builds.
    private static let count: Int = {
        if let text = ProcessInfo.processInfo.environment["TERRACE_MUTATIONS"], let count = Int(text) { return count }
        #if DEBUG
            return 3_000
        #else
            return 200_000
        #endif
    }()

    private func mutate(_ source: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        var bytes = source
        for _ in 0...Int.random(in: 0..<3, using: &generator) {
            guard bytes.count > 8 else { break }
            // Half of the time near the beginning, where the structure is.
            let bound = Bool.random(using: &generator) ? bytes.count : min(bytes.count, 256)
            let position = Int.random(in: 8..<max(9, bound), using: &generator)
            switch Int.random(in: 0..<7, using: &generator) {
            case 0: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 1: bytes[position] = UInt8.random(in: 0...255, using: &generator)
            case 2: bytes.removeSubrange(position...)
            case 3:
                let end = min(bytes.count, position + Int.random(in: 1...16, using: &generator))
                bytes.removeSubrange(position..<end)
            case 4:
                let other = Self.fixtures.randomElement(using: &generator) ?? bytes
                let start = Int.random(in: 0..<other.count, using: &generator)
                bytes.insert(
                    contentsOf: other[start..<min(other.count, start + Int.random(in: 1...64, using: &generator))],
                    at: position)
            case 5:
                // A huge length.
                bytes.replaceSubrange(position..<(position + 1), with: [0xFF, 0xFF, 0xFF, 0xFF, 0x0F])
            default:
                let end = min(bytes.count, position + 5)
                bytes.replaceSubrange(
                    position..<end, with: (position..<end).map { _ in UInt8.random(in: 0...255, using: &generator) })
            }
        }
        return bytes
    }

    @Test func fixturesAreValid() {
        for fixture in Self.fixtures { #expect(errorOf(fixture) == nil) }
    }

    @Test func mutatedModulesAreValidOrNameAnOffset() {
        var generator = SeededGenerator(state: 20_260_601)
        var valid = 0
        for _ in 0..<Self.count {
            let bytes = mutate(Self.fixtures.randomElement(using: &generator) ?? Self.builtModule, &generator)
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
