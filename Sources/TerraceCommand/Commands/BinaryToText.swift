// `terrace wasm2wat`: turns the binary format into the text format.
import ArgumentParser
import CTerrace
import TerraceWASI
import WasmFormat
import WasmText

struct BinaryToText: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "wasm2wat", abstract: "Turn the binary of a module into text.",
        discussion: "The module must be valid. Without an output file the text goes to standard output.")

    @Option(
        name: [.short, .customLong("output")],
        help: ArgumentHelp("The text; '-' for standard output.", valueName: "OUTPUT"))
    var output: SystemString?
    @Argument(help: ArgumentHelp("The binary.", valueName: "FILE"))
    var file: SystemString

    func execute() throws -> Int32 {
        let input = try InputFile(file)
        let text: [UInt8]
        do throws(ModuleError) {
            text = try WatPrinter.print(
                WasmModule.decode(input.bytes), validationJobs: Int(terrace_processor_count()))
        } catch {
            throw input.failure(error)
        }
        try OutputFile.write(text, to: output ?? "-")
        return 0
    }
}
