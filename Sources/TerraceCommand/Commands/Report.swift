// `terrace report`: runs a program, and writes a page about how its functions moved from tier to tier.
import ArgumentParser
import Terrace
import TerraceWASI

struct Report: Subcommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a program, and write a page about what became of its functions.",
        discussion: """
            The page is one file of HTML that needs no other: when which function moved to optimized code and why, how long \
            that took, and for each function its WebAssembly instructions, its baseline code, the optimizing compiler's \
            intermediate representation, and its optimized code, side by side. Arguments of the program that begin with a \
            dash stand behind '--'. The exit code is the program's.
            """)

    @OptionGroup var program: ProgramArguments
    @Option(
        name: [.short, .long], help: ArgumentHelp("Where to write the page.", valueName: "PAGE.html"),
        completion: .file(extensions: ["html"]))
    var output: SystemString?
    @Argument(help: ArgumentHelp("The program.", valueName: "FILE"), completion: .file(extensions: ["wasm", "wat"]))
    var file: SystemString
    @Argument(help: ArgumentHelp("The program's arguments.", valueName: "ARG"))
    var arguments: [SystemString] = []

    func execute() throws -> Int32 { try options.run() }

    var options: RunOptions {
        var options = program.options
        // To look at tiers in a program that has one makes no sense.
        if options.tiers.mode == nil { options.tiers.mode = .tiered }
        options.page = output ?? OutputFile.path(for: file, extension: ".html")
        options.file = file
        options.arguments = arguments
        return options
    }
}
