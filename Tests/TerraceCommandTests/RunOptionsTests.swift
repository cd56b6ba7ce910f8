// The two readers of `terrace run`'s command line: the quick one and ArgumentParser.
import ArgumentParser
import TerraceWASI
import Testing

@testable import TerraceCommand

@Suite struct RunOptionsTests {
    private static func slowly(_ line: [SystemString]) throws -> RunOptions {
        let command = try #require(try TerraceCommand.parseAsRoot(line.map(\.escaped)) as? Run)
        return command.options
    }

    private static let odd = SystemString(bytes: [0x66, 0xFF, 0xC3, 0x6F, 0xF4, 0x8F, 0xBF, 0xBF])

    @Test(
        arguments: [
            ["run", "f.wasm"],
            ["run", "--eager", "--stats", "f.wasm", "a", "--eager", "-x", "--", "b"],
            ["run", "--dir", "a::b", "--dir", "c", "--env", "A=1", "--env", "B=", "--tier", "baseline", "f.wasm"],
            [
                "run", "--tier", "tiered", "--tier-up-threshold", "0", "--deterministic-tiering", "--tier-report", "r",
                "--cpu-features", "required", "f.wasm",
            ],
            ["run", "--tier", "optimized", "--tier-up-threshold", "123456", "f.wasm"],
            ["run", "--profile", "perfmap", "--profile", "gdb", "f.wasm"],
            ["run", "--invoke", "export", "f.wasm", "1", "-2"],
            ["run", "--dir", odd, "--env", odd, "--invoke", odd, odd, odd, "größer"],
            ["run", "f.wasm", ""],
        ] as [[SystemString]])
    func bothReadersUnderstandTheSame(_ line: [SystemString]) throws {
        let quick = try #require(RunOptions(quickly: line))
        #expect(try quick == Self.slowly(line))
    }

    @Test(
        arguments: [
            [], ["run"], ["run", "--eager"], ["run", "--help"], ["run", "--dir"], ["run", "--dir", "-x", "f"],
            ["run", "--tier", "none", "f"], ["run", "--profile", "none", "f"],
            ["run", "--tier-up-threshold", "-1", "f"], ["run", "--tier-up-threshold", "x", "f"],
            ["run", "--cpu-features", "none", "f"],
            ["run", "--unknown", "f"], ["validate", "f"], ["run", "--dir=a", "f"],
        ] as [[SystemString]])
    func whatTheQuickReaderDoesNotKnowItLeavesToTheOther(_ line: [SystemString]) {
        #expect(RunOptions(quickly: line) == nil)
    }

    @Test func valuesBehindAnEqualsSignAreTheSame() throws {
        let options = try Self.slowly(["run", SystemString(bytes: Array("--dir=".utf8) + Self.odd.bytes), "f.wasm"])
        #expect(options.directories == [Self.odd])
    }

    @Test func directoriesSplitAtTheFirstPairOfColons() {
        #expect(RunOptions.splitDirectory("a") == ("a", nil))
        #expect(RunOptions.splitDirectory("a::b") == ("a", "b"))
        #expect(RunOptions.splitDirectory("a:b::c::d") == ("a:b", "c::d"))
        #expect(RunOptions.splitDirectory("a:::b") == ("a", ":b"))
        #expect(RunOptions.splitDirectory("a:") == ("a:", nil))
        #expect(RunOptions.splitDirectory("::") == ("", ""))
        let (host, guest) = RunOptions.splitDirectory(SystemString(bytes: [0xFF, 0x3A, 0x3A, 0xFE]))
        #expect(host == SystemString(bytes: [0xFF]) && guest == SystemString(bytes: [0xFE]))
    }
}
