// Where the official test suite is, if it is there.

import Foundation

enum SuiteFolder {
    /// `TERRACE_TESTSUITE`, or `shared/testsuite` beside the checkout.
    static let path: String? = {
        let candidates =
            [ProcessInfo.processInfo.environment["TERRACE_TESTSUITE"]].compactMap { $0 } + [
                URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/testsuite")
                    .path
            ]
        return candidates.first { FileManager.default.fileExists(atPath: $0) }
    }()

    /// Names, relative to the folder, of all scripts in it.
    static let scripts: [String] = {
        guard let path, let all = FileManager.default.enumerator(atPath: path) else { return [] }
        return all.compactMap { $0 as? String }.filter { $0.hasSuffix(".wast") }.sorted()
    }()

    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path! + "/" + name)))
    }
}
