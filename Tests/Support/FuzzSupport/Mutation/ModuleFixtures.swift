// Modules for tests to start from.

import Foundation

public enum ModuleFixtures {
    /// The compiled C programs of `Tests/Programs`, where they are found, of at most so many bytes.
    public static func programs(upTo limit: Int) -> [[UInt8]] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Programs")
        let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
        return files.filter { $0.pathExtension == "wasm" }.sorted { $0.path < $1.path }
            .compactMap { try? [UInt8](Data(contentsOf: $0)) }.filter { $0.count <= limit }
    }

    /// Random modules, libraries included.
    public static func random(count: Int) -> [[UInt8]] {
        (1...UInt64(count)).flatMap { seed in
            let module = RandomModule.make(seed: seed)
            return [module.bytes] + (module.library.map { [$0] } ?? [])
        }
    }
}
