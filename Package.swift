// swift-tools-version: 6.2
import PackageDescription

// ThreadSanitizer does not see the system library's mutex. `TERRACE_SANITIZER=thread swift test --sanitize=thread …` builds
// with one that it sees.
let threadSettings: [SwiftSetting] =
    Context.environment["TERRACE_SANITIZER"] == "thread" ? [.define("TERRACE_THREAD_SANITIZER")] : []

// Floors of the house, lowest first; each target imports only floors below its own. See Documentation/Architecture.md.
let package = Package(
    name: "terrace",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Terrace", targets: ["Terrace"]),
        .library(name: "TerraceWASI", targets: ["TerraceWASI"]),
        .library(name: "WasmFormat", targets: ["WasmFormat"]),
        .library(name: "WasmText", targets: ["WasmText"]),
        .executable(name: "terrace", targets: ["TerraceCommand"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
    ],
    targets: [
        // Floor 0
        .target(name: "CTerrace"),
        .target(name: "TerraceThreads", dependencies: ["CTerrace"], swiftSettings: threadSettings),
        // Floor 1
        .target(name: "WasmFormat", dependencies: ["TerraceThreads"]),
        .target(name: "TerraceAssembler", dependencies: ["CTerrace"]),
        // Floor 2
        .target(name: "WasmText", dependencies: ["WasmFormat"]),
        .target(name: "TerraceABI", dependencies: ["WasmFormat", "TerraceAssembler"]),
        // Floor 3
        .target(
            name: "TerraceCode",
            dependencies: ["CTerrace", "TerraceThreads", "WasmFormat", "TerraceAssembler", "TerraceABI"]),
        .target(name: "TerraceCompilation", dependencies: ["WasmFormat", "TerraceAssembler", "TerraceABI"]),
        // Floor 4
        .target(
            name: "TerraceBaseline",
            dependencies: ["WasmFormat", "TerraceAssembler", "TerraceABI", "TerraceCode", "TerraceCompilation"]),
        .target(
            name: "TerraceOptimizer",
            dependencies: ["WasmFormat", "TerraceAssembler", "TerraceABI", "TerraceCode", "TerraceCompilation"]),
        // Floor 5
        .target(
            name: "TerraceTiering",
            dependencies: [
                "TerraceThreads", "WasmFormat", "TerraceAssembler", "TerraceABI", "TerraceCode", "TerraceCompilation",
                "TerraceBaseline", "TerraceOptimizer",
            ]),
        // Floor 6
        .target(
            name: "TerraceRuntime",
            dependencies: [
                "CTerrace", "TerraceThreads", "WasmFormat", "TerraceABI", "TerraceCode", "TerraceCompilation",
                "TerraceOptimizer", "TerraceTiering",
            ]),
        // Floor 7
        .target(name: "Terrace", dependencies: ["WasmFormat", "TerraceRuntime"]),
        // Floor 8
        .target(name: "TerraceWASI", dependencies: ["CTerrace", "Terrace"]),
        .target(name: "TerraceScript", dependencies: ["Terrace", "WasmFormat", "WasmText"]),
        // Floor 9
        .executableTarget(
            name: "TerraceCommand",
            dependencies: [
                "CTerrace", "Terrace", "TerraceWASI", "TerraceScript", "WasmText", "WasmFormat",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        // What tests share: modules from text, random modules, mutations, and the tool that compares engines
        .target(name: "ModuleSupport", dependencies: ["Terrace", "WasmText"], path: "Tests/Support/ModuleSupport"),
        .target(
            name: "TierSupport",
            dependencies: [
                "TerraceThreads", "TerraceCode", "TerraceCompilation", "TerraceOptimizer", "TerraceTiering", "Terrace",
            ],
            path: "Tests/Support/TierSupport"),
        .target(name: "FuzzSupport", dependencies: ["WasmFormat"], path: "Tests/Support/FuzzSupport"),
        .target(
            name: "ReferenceInterpreter", dependencies: ["WasmFormat"], path: "Tests/Support/ReferenceInterpreter"),
        .target(
            name: "FuzzRun",
            dependencies: ["Terrace", "TerraceTiering", "WasmFormat", "FuzzSupport", "ReferenceInterpreter"],
            path: "Tests/Support/FuzzRun"),
        .executableTarget(
            name: "terrace-fuzz",
            dependencies: ["Terrace", "WasmFormat", "FuzzSupport", "FuzzRun", "ReferenceInterpreter"],
            path: "Tests/Support/FuzzRunner"),
        // Tests, beside each target
        .target(name: "SuiteSupport", path: "Tests/SuiteSupport"),
        .target(name: "CTestSupport", path: "Tests/Support/CTestSupport"),
        .testTarget(name: "TerraceAssemblerTests", dependencies: ["TerraceAssembler"]),
        .testTarget(name: "WasmFormatTests", dependencies: ["WasmFormat", "FuzzSupport"]),
        .testTarget(name: "WasmTextTests", dependencies: ["WasmText", "WasmFormat", "SuiteSupport", "FuzzSupport"]),
        .testTarget(
            name: "ReferenceInterpreterTests",
            dependencies: ["ReferenceInterpreter", "WasmText", "WasmFormat", "FuzzSupport", "FuzzRun", "SuiteSupport"]),
        .testTarget(
            name: "TerraceCodeTests",
            dependencies: ["CTerrace", "TerraceThreads", "TerraceCode", "TerraceABI", "FuzzSupport", "CTestSupport"]),
        .testTarget(
            name: "TerraceCompilationTests", dependencies: ["TerraceCompilation", "TerraceABI", "FuzzSupport"]),
        .testTarget(
            name: "TerraceBaselineTests",
            dependencies: [
                "TerraceBaseline", "TerraceCompilation", "TerraceABI", "TerraceAssembler", "TerraceCode",
                "TerraceRuntime", "Terrace", "WasmFormat", "WasmText", "FuzzSupport", "FuzzRun",
            ],
            exclude: ["GeneratedModules.txt", "Listings"]),
        .testTarget(
            name: "TerraceOptimizerTests",
            dependencies: [
                "TerraceOptimizer", "TerraceCompilation", "TerraceABI", "TerraceAssembler", "TerraceCode", "WasmFormat",
                "WasmText", "FuzzSupport", "SuiteSupport",
            ]),
        .testTarget(
            name: "TerraceTieringTests",
            dependencies: [
                "TerraceThreads", "TerraceABI", "TerraceBaseline", "TerraceCompilation", "TerraceOptimizer",
                "TerraceTiering", "TerraceRuntime", "TerraceCode", "Terrace", "ModuleSupport", "TierSupport",
                "WasmFormat", "WasmText",
                "FuzzSupport", "FuzzRun", "CTestSupport",
            ]),
        .testTarget(
            name: "TerraceRuntimeTests",
            dependencies: [
                "TerraceABI", "TerraceCode", "TerraceTiering", "TerraceRuntime", "Terrace", "WasmText", "ModuleSupport",
                "CTestSupport",
            ]),
        .testTarget(
            name: "TerraceTests",
            dependencies: ["TerraceThreads", "Terrace", "WasmText", "ModuleSupport", "FuzzSupport"],
            swiftSettings: threadSettings),
        .testTarget(
            name: "TerraceScriptTests",
            dependencies: ["TerraceScript", "Terrace", "TierSupport", "WasmText", "SuiteSupport"],
            exclude: ["SuiteStatus.txt"]),
        .testTarget(name: "ProgramTests", dependencies: ["Terrace", "TerraceWASI"]),
        .testTarget(name: "TerraceWASITests", dependencies: ["Terrace", "TerraceWASI", "WasmText", "FuzzSupport"]),
        .testTarget(
            name: "TerraceCommandTests",
            dependencies: [
                "TerraceCommand", "Terrace", "TerraceWASI", "FuzzSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
