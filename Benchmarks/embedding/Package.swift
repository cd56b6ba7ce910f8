// swift-tools-version: 6.1
import PackageDescription

// What crossing the border between host and WebAssembly costs: calls both ways, instantiation, traps.
let package = Package(
    name: "embedding-benchmark",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "terrace", path: "../..")],
    targets: [
        .executableTarget(
            name: "EmbeddingBenchmark",
            dependencies: [
                .product(name: "Terrace", package: "terrace"), .product(name: "WasmText", package: "terrace"),
            ])
    ],
    swiftLanguageModes: [.v6]
)
