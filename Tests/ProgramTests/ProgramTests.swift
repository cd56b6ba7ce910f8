// The C programs of Tests/Programs, through the libraries as an embedding program uses them. What the files beside a
// program mean is said in Tests/Programs/run.sh, which runs the same programs through the command.
import Foundation
import Terrace
import TerraceWASI
import Testing

/// One build of a program, with what it is given and what it has to give.
struct CProgram: CustomTestStringConvertible, Sendable {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Programs")

    /// Every `.wasm` file: `NAME.wasm`, and `NAME.O0.wasm` for the same program unoptimized.
    static let all: [CProgram] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".wasm") }.sorted().map(CProgram.init)
    }()

    let file: String
    var name: String { String(file.prefix { $0 != "." }) }
    var testDescription: String { file }

    /// The contents of the file beside the program that has this extension, if there is one.
    func companion(_ fileExtension: String) -> String? {
        try? String(contentsOf: Self.folder.appending(path: "\(name).\(fileExtension)"), encoding: .utf8)
    }

    func lines(_ fileExtension: String) -> [String] {
        companion(fileExtension).map { $0.split(separator: "\n", omittingEmptySubsequences: false).dropLast() }?
            .map(String.init) ?? []
    }

    var expectedCode: UInt32 { companion("exit").flatMap { UInt32($0.trimmingCharacters(in: .newlines)) } ?? 0 }
}

/// What a program did.
private struct Outcome {
    var code: UInt32
    var output: String
    var errors: String
}

private func run(
    _ program: CProgram, _ compilation: Configuration.Compilation, isChecked: Bool = false
) throws -> Outcome {
    let work = FileManager.default.temporaryDirectory.appending(path: "terrace-program-\(UUID().uuidString)")
    let sandbox = work.appending(path: "sandbox")
    try FileManager.default.createDirectory(at: sandbox, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: work) }
    let outputPath = work.appending(path: "out"), errorPath = work.appending(path: "err")
    let inputPath = CProgram.folder.appending(path: "\(program.name).stdin").path
    let hasInput = FileManager.default.fileExists(atPath: inputPath)
    let input = open(hasInput ? inputPath : "/dev/null", O_RDONLY)
    let output = open(outputPath.path, O_WRONLY | O_CREAT, 0o600),
        errors = open(errorPath.path, O_WRONLY | O_CREAT, 0o600)
    defer { for descriptor in [input, output, errors] { close(descriptor) } }

    var wasiConfiguration = WASIConfiguration(
        arguments: [program.file] + program.lines("args"), standardInput: input, standardOutput: output,
        standardError: errors)
    for variable in program.lines("env") {
        let parts = variable.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        wasiConfiguration.environment.append(
            (name: SystemString(String(parts[0])), value: SystemString(String(parts[1]))))
    }
    for guest in program.lines("dir") { wasiConfiguration.preopens.append(.init(host: sandbox.path, guest: guest)) }

    var configuration = Configuration()
    configuration.compilation = compilation
    configuration.verifiesGeneratedCode = isChecked
    let engine = try Engine(configuration)
    let module = try Module(engine, contentsOfFile: CProgram.folder.appending(path: program.file).path)
    let store = try Store(engine)
    let wasi = try WASI(wasiConfiguration)
    defer { wasi.close() }
    var imports = Imports()
    wasi.define(in: &imports, for: module, store: store)
    let instance = try Instance(store, module, imports: imports)
    var code: UInt32, message = ""
    do {
        code = try wasi.run(instance)
    } catch let trap as Trap {
        code = 134
        message = "\(trap)"
    }
    return Outcome(
        code: code, output: try String(contentsOf: outputPath, encoding: .utf8),
        errors: try String(contentsOf: errorPath, encoding: .utf8) + message)
}

@Suite struct ProgramTests {
    private func check(
        _ program: CProgram, _ compilation: Configuration.Compilation, isChecked: Bool = false
    ) throws {
        let outcome = try run(program, compilation, isChecked: isChecked)
        #expect(outcome.code == program.expectedCode, "\(outcome.errors)")
        #expect(outcome.output == program.companion("expected"))
        for text in program.lines("stderr") { #expect(outcome.errors.contains(text)) }
    }

    @Test func thereArePrograms() { #expect(CProgram.all.count >= 60) }

    @Test(arguments: CProgram.all)
    func lazilyCompiledProgramsDoWhatTheirNativeBuildsDo(_ program: CProgram) throws {
        try check(program, .lazy)
    }

    @Test(arguments: CProgram.all)
    func eagerlyCompiledProgramsDoWhatTheirNativeBuildsDo(_ program: CProgram) throws {
        try check(program, .eager())
    }

    @Test(arguments: CProgram.all)
    func programsWhoseCodeChecksItselfDoWhatTheirNativeBuildsDo(_ program: CProgram) throws {
        try check(program, .lazy, isChecked: true)
    }
}
