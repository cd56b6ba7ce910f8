// `terrace wast`: runs scripts of the official test suite.
import ArgumentParser
import Terrace
import TerraceScript
import TerraceWASI
import WasmFormat

struct Wast: Subcommand {
    static let configuration = CommandConfiguration(
        abstract: "Run scripts of the official test suite.",
        discussion: "Prints how many assertions of each file hold. The exit code is 1 if any does not.")

    @OptionGroup var tiers: TierArguments
    @Option(help: ByteCount.help)
    var maxWasmStack: ByteCount?
    @Flag(help: "Compile all functions of a module before it is instantiated.")
    var eager = false
    @Argument(help: ArgumentHelp("The scripts.", valueName: "FILE"))
    var files: [SystemString]

    func execute() throws -> Int32 {
        var configuration = Configuration()
        if eager { configuration.compilation = .eager() }
        tiers.options.apply(to: &configuration)
        if let maxWasmStack { configuration.wasmStackBytes = maxWasmStack.count }
        let runner = try WastRunner(try Engine(configuration))
        var passed = 0
        var failed = 0
        for file in files {
            var report = WastReport()
            do throws(Failure) {
                let text = try InputFile.contents(file)
                report = runner.run(text: Array(UnsafeBufferPointer(start: text.base, count: text.count)))
            } catch {
                Console.complain(error.message)
                try Console.write("\(Self.name(file)): 0 passed, 1 failed\n")
                failed += 1
                continue
            }
            for failure in report.failures { Console.complain("\(file): \(failure)") }
            try Console.write("\(Self.name(file)): \(report.summary)\n")
            passed += report.passed
            failed += report.failed
        }
        try Console.write("\(passed) passed, \(failed) failed\n")
        return failed == 0 ? 0 : 1
    }

    /// A file's name without its folders and extension.
    private static func name(_ path: SystemString) -> String {
        var name = path.description.split(separator: "/").last.map(String.init) ?? path.description
        if name.hasSuffix(".wast") { name.removeLast(5) }
        return name
    }
}
