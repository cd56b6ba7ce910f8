// `terrace objdump`: shows what a module is made of.
import ArgumentParser
import Terrace
import TerraceWASI
import WasmFormat

struct ObjectDump: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "objdump",
        abstract: "Show what a module is made of: sections, types, imports, functions, exports.",
        discussion: """
            With --code, shows a function's WebAssembly instructions and the machine code that Terrace makes of them. The \
            bytes can be given to any disassembler.
            """)

    @Option(
        help: ArgumentHelp(
            "Show the code of this function, given by its index, its name or an export.", valueName: "FUNCTION"))
    var code: String?
    @Argument(help: ArgumentHelp("The module, binary or text.", valueName: "FILE"))
    var file: SystemString

    func execute() throws -> Int32 {
        let input = try InputFile(file)
        let module: WasmModule
        do throws(ModuleError) {
            module = try WasmModule.decode(input.bytes)
        } catch {
            throw input.failure(error)
        }
        if let code {
            guard let index = Self.function(code, in: module) else {
                throw Failure("\(file): no function '\(shortened(code))'")
            }
            let compiled = try input.module(try Engine())
            let machineCode: MachineCode?
            do throws(ModuleError) {
                machineCode = try compiled.machineCode(ofFunction: index)
            } catch {
                throw input.failure(error)
            }
            guard let machineCode else { throw Failure("\(file): function \(index) is an import") }
            try Console.write(CodeListing(module, function: index, machineCode).text)
        } else {
            try Console.write(ModuleListing(module, path: file.description).text)
        }
        return 0
    }

    /// The index of a function that is given by its index, its name or an export.
    static func function(_ name: String, in module: WasmModule) -> Int? {
        if let index = Int(name) { return (0..<module.functionCount).contains(index) ? index : nil }
        for export in module.exports where export.kind == .function && export.name == name { return Int(export.index) }
        return (0..<module.functionCount).first { module.functionName($0) == name }
    }
}
