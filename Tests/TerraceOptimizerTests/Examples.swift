// Functions that are kept as files, and what the compiler makes of them: for the tests that compare with what it made before.

import Foundation
import TerraceAssembler
import TerraceCompilation
import WasmFormat
import WasmText

@testable import TerraceOptimizer

/// `TERRACE_UPDATE_LISTINGS=1 swift test --filter …` writes anew what tests of this kind compare with.
let updatesListings = ProcessInfo.processInfo.environment["TERRACE_UPDATE_LISTINGS"] != nil

/// A file with the text of a module.
struct ExampleFile: Sendable {
    static let tests = URL(filePath: #filePath).deletingLastPathComponent()

    /// The names of a folder's files, without extension.
    static func names(_ folder: String) -> [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: tests.appending(path: folder).path)) ?? []
        return files.filter { $0.hasSuffix(".wat") }.map { String($0.dropLast(4)) }.sorted()
    }

    static func text(_ folder: String, _ name: String) throws -> String {
        try String(contentsOf: tests.appending(path: "\(folder)/\(name)"), encoding: .utf8)
    }
}

/// What the compiler made of a function.
struct CompiledExample {
    let notes: CompilationNotes
    let bytes: [UInt8]

    /// Compiles the last function of a module, with checks.
    ///
    /// `;; Processor: required` in the text asks for code without optional instructions, `;; Entry: loop N` for code that is
    /// entered at that loop.
    init(_ text: String) throws {
        let module = try WasmModule.decode(ModuleBytes(try WatParser.parse(text)))
        try module.validate(jobs: 1)
        var options = OptimizerOptions()
        options.verifies = true
        var compiler = OptimizingCompiler(
            environment: ModuleEnvironment(
                module: module, features: text.contains(";; Processor: required\n") ? .required : .examples),
            options: options)
        compiler.keepsNotes = true
        let loop = text.split(separator: "\n").first { $0.hasPrefix(";; Entry: loop ") }.flatMap {
            UInt32($0.dropFirst(15))
        }
        try compiler.compile(
            functionIndex: UInt32(module.functionCount - 1), entry: loop.map { .loop($0) } ?? .call)
        notes = compiler.notes ?? CompilationNotes()
        bytes = Array(compiler.bytes)
    }
}

extension CPUFeatures {
    /// What recent processors have.
    static var examples: CPUFeatures {
        var features = withAVX2
        features.lzcnt = true
        features.bmi1 = true
        features.bmi2 = true
        return features
    }
}
