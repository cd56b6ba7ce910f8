// `terrace validate`: says whether files hold valid modules.
import ArgumentParser
import CTerrace
import TerraceWASI
import WasmFormat

struct Validate: Subcommand {
    static let configuration = CommandConfiguration(
        abstract: "Check that files hold valid modules.",
        discussion: "Prints nothing for a valid module. The exit code is 1 if any file is not one.")

    @Argument(help: ArgumentHelp("The modules, binary or text.", valueName: "FILE"))
    var files: [SystemString]

    func execute() throws -> Int32 {
        var code: Int32 = 0
        for file in files {
            do throws(Failure) {
                let input = try InputFile(file)
                do throws(ModuleError) {
                    try WasmModule.decode(input.bytes).validate(jobs: Int(terrace_processor_count()))
                } catch {
                    throw input.failure(error)
                }
            } catch {
                Console.complain(error.message)
                code = 1
            }
        }
        return code
    }
}
