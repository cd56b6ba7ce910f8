// `terrace wasm2wat`: turns the binary format into the text format.
import ArgumentParser
import WasmFormat
import WasmText

struct BinaryToText: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "wasm2wat", abstract: "Turn the binary of a module into text.",
        discussion: "The module must be valid. Without an output file the text goes to standard output.")

    @Option(
        name: [.short, .customLong("output")],
        help: ArgumentHelp("The text; '-' for standard output.", valueName: "OUTPUT"))
    var output: String?
    @Argument(help: ArgumentHelp("The binary.", valueName: "FILE"))
    var file: String

    func execute() throws -> Int32 {
        let input = try InputFile(file)
        let text: [UInt8]
        do throws(ModuleError) {
            text = try WatPrinter.print(WasmModule.decode(input.bytes))
        } catch {
            throw input.failure(error)
        }
        try OutputFile.write(text, to: output ?? "-")
        return 0
    }
}
