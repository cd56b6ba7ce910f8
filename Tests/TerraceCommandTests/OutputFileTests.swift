// Where output goes, and what is left when it cannot go there.
import Foundation
import TerraceWASI
import Testing

@testable import TerraceCommand

@Suite struct OutputFileTests {
    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "terrace-output-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    @Test func bytesReachAFileWhoseNameIsNoText() throws {
        try withFolder { folder in
            let path = SystemString(bytes: Array((folder.path + "/out").utf8) + [0xFF])
            try OutputFile.write([1, 2, 3], to: path)
            let contents = try InputFile.contents(path)
            #expect(Array(contents.buffer) == [1, 2, 3])
        }
    }

    @Test func aFullDeviceIsAnErrorAndStaysWhereItIs() throws {
        try withFolder { folder in
            let link = folder.appending(path: "full").path
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "/dev/full")
            let failure = #expect(throws: Failure.self) { try OutputFile.write([1], to: SystemString(link)) }
            #expect(failure?.message == "\(link): No space left on device")
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "/dev/full")
        }
    }

    @Test func theExtensionIsReplacedInTheNameAlone() {
        #expect(OutputFile.path(for: "a.wat", extension: ".wasm") == "a.wasm")
        #expect(OutputFile.path(for: "a.b/c", extension: ".wasm") == "a.b/c.wasm")
        #expect(OutputFile.path(for: "d/.hidden", extension: ".wasm") == "d/.hidden.wasm")
        #expect(OutputFile.path(for: "d/x.y.wat", extension: ".wasm") == "d/x.y.wasm")
        let odd = SystemString(bytes: [0xFF, 0x2E, 0x77])
        #expect(OutputFile.path(for: odd, extension: ".wasm") == SystemString(bytes: [0xFF] + Array(".wasm".utf8)))
    }
}
