// Where the official test suite is, if it is there. For tests of several targets.

import Foundation

public enum SuiteFolder {
    /// `TERRACE_TESTSUITE`, or `shared/testsuite` beside the checkout, or what `scripts/fetch-testsuite.sh` fetched.
    public static let path: String? = {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let candidates =
            [ProcessInfo.processInfo.environment["TERRACE_TESTSUITE"]].compactMap { $0 } + [
                package.deletingLastPathComponent().appendingPathComponent("shared/testsuite").path,
                package.appendingPathComponent(".testsuite").path,
            ]
        return candidates.first { FileManager.default.fileExists(atPath: $0) }
    }()

    /// Names, relative to the folder, of all scripts in it.
    public static let scripts: [String] = {
        guard let path, let all = FileManager.default.enumerator(atPath: path) else { return [] }
        return all.compactMap { $0 as? String }.filter { $0.hasSuffix(".wast") }.sorted()
    }()

    /// The bytes of a script.
    public static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path! + "/" + name)))
    }
}
