import Foundation
import FuzzRun
import FuzzSupport
import Terrace
import Testing

/// Random modules give the results that V8 gives: `GeneratedModules.txt` has hashes of what it printed, and
/// `scripts/fuzz-record.sh` writes that file.
@Suite struct GeneratedModuleTests {
    private struct Expectation {
        var seed: UInt64
        var moduleHash: String
        var runHash: String
    }

    /// Calls that alternate between WebAssembly and the host need more of a thread's stack in debug builds than there is.
    private static let wrapsLibraries: Bool = {
        #if DEBUG
            false
        #else
            true
        #endif
    }()

    /// All in release builds, some in debug builds.
    private static let expectations: [Expectation] = {
        #if DEBUG
            Array(recorded.prefix(25))
        #else
            recorded
        #endif
    }()

    private static let recorded: [Expectation] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "GeneratedModules.txt")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            guard words.count == 3, let seed = UInt64(words[0]) else { return nil }
            return Expectation(seed: seed, moduleHash: words[1], runHash: words[2])
        }
    }()

    /// FNV-1a.
    private func hash(_ bytes: some Sequence<UInt8>) -> String {
        var value: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return String(value, radix: 16)
    }

    @Test func expectationsAreRecorded() { #expect(Self.recorded.count == 120) }

    /// How the engine compiles.
    struct Mode: CustomTestStringConvertible {
        var isEager: Bool
        var usesOptionalInstructions: Bool
        var verifiesGeneratedCode: Bool

        static let all = (0..<8).map {
            Mode(isEager: $0 & 1 != 0, usesOptionalInstructions: $0 & 2 != 0, verifiesGeneratedCode: $0 & 4 != 0)
        }

        var testDescription: String {
            (isEager ? "eager" : "lazy") + (usesOptionalInstructions ? "" : ", required instructions only")
                + (verifiesGeneratedCode ? ", checked" : "")
        }
    }

    @Test(arguments: Mode.all)
    func resultsAreThoseOfAnotherEngine(_ mode: Mode) throws {
        var configuration = Configuration()
        configuration.compilation = mode.isEager ? .eager(jobs: 1) : .lazy
        configuration.usesOptionalInstructions = mode.usesOptionalInstructions
        configuration.verifiesGeneratedCode = mode.verifiesGeneratedCode
        configuration.tiering = .baseline
        let engine = try Engine(configuration)
        for expectation in Self.expectations {
            let module = RandomModule.make(seed: expectation.seed)
            #expect(
                hash((module.library ?? []) + module.bytes) == expectation.moduleHash,
                "the generator has changed: run scripts/fuzz-record.sh")
            let run = ModuleRun(
                of: module.bytes, library: module.library, wrapsLibrary: module.wrapsLibrary && Self.wrapsLibraries,
                in: engine)
            #expect(
                hash(run.lines.joined(separator: "\n").utf8) == expectation.runHash,
                "seed \(expectation.seed): \(run.lines)")
        }
    }
}
