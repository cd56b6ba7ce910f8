// `terrace wat2wasm`: turns the text format into the binary format.
import ArgumentParser
import TerraceWASI
import WasmText

struct TextToBinary: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "wat2wasm", abstract: "Turn the text of a module into its binary.",
        discussion: "The module is not validated: see 'terrace validate'.")

    @Option(
        name: [.short, .customLong("output")],
        help: ArgumentHelp("The binary; '-' for standard output.", valueName: "OUTPUT"))
    var output: SystemString?
    @Argument(help: ArgumentHelp("The text.", valueName: "FILE"))
    var file: SystemString

    func execute() throws -> Int32 {
        let text = try InputFile.contents(file)
        let bytes: [UInt8]
        do throws(TextError) {
            bytes = try WatParser.parse(UnsafeBufferPointer(start: text.base, count: text.count))
        } catch {
            throw Failure("\(file):\(error)")
        }
        try OutputFile.write(bytes, to: output ?? OutputFile.path(for: file, extension: ".wasm"))
        return 0
    }
}
