// `terrace objdump`: shows what a module is made of.
import ArgumentParser
import Terrace
import TerraceOptimizer
import TerraceWASI
import WasmFormat

struct ObjectDump: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "objdump",
        abstract: "Show what a module is made of: sections, types, imports, functions, exports.",
        discussion: """
            With --code, shows a function's WebAssembly instructions and the machine code that Terrace makes of them; with \
            --ir, what the optimizing compiler has of the function behind one of its passes. Fields that depend on where \
            code lies in memory are zero.
            """)

    @Option(
        help: ArgumentHelp(
            "Show the code of this function, given by its index, its name or an export.", valueName: "FUNCTION"))
    var code: String?
    @Option(
        help: ArgumentHelp(
            "The tier that the code is for: baseline, optimized, or tiered (baseline code that counts).",
            valueName: "TIER"))
    var tier: TieringMode?
    @Option(
        help: ArgumentHelp(
            "Show the function of --code behind this pass: \(OptimizerPass.allCases.map(\.rawValue).joined(separator: ", ")), or all. May be repeated.",
            valueName: "PASS"), completion: .list(OptimizerPass.allCases.map(\.rawValue) + ["all"]))
    var ir: [String] = []
    @Option(
        help: ArgumentHelp(
            "Of optimized code, that which is entered at this loop (counted from 0), not by calls.", valueName: "N"))
    var loop: Int?
    @Option(
        help: ArgumentHelp(
            "Instructions that compiled code may use: host or required (nothing beyond SSE4.1).", valueName: "SET"))
    var cpuFeatures = ProcessorFeatures.host
    @OptionGroup var optimizer: OptimizerArguments
    @Argument(help: ArgumentHelp("The module, binary or text.", valueName: "FILE"))
    var file: SystemString

    func validate() throws {
        for pass in ir where pass != "all" && OptimizerPass(rawValue: pass) == nil {
            let known = OptimizerPass.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--ir: there is no pass '\(shortened(pass))'; there are: \(known)")
        }
        guard code != nil || (ir.isEmpty && loop == nil && tier == nil) else {
            throw ValidationError("--ir, --loop and --tier want --code FUNCTION")
        }
        guard ir.isEmpty || tier == nil || tier == .optimized else {
            throw ValidationError("--ir: only --tier optimized has passes")
        }
        guard let loop else { return }
        guard loop >= 0, tier == .optimized || !ir.isEmpty else {
            throw ValidationError("--loop: only --tier optimized has code that is entered at loop \(loop)")
        }
    }

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
            try Console.write(try listing(input, module, function: index))
        } else {
            try Console.write(ModuleListing(module, path: file.description).text)
        }
        return 0
    }

    private func listing(_ input: InputFile, _ module: WasmModule, function: Int) throws -> String {
        var configuration = Configuration()
        configuration.tiering = tier == .tiered ? .tiered : .baseline
        configuration.usesOptionalInstructions = cpuFeatures == .host
        configuration.optimizer = optimizer.options
        let compiled = try input.module(try Engine(configuration))
        let isOptimized = tier == .optimized || !ir.isEmpty
        let found: MachineCode?
        do throws(ModuleError) {
            found = try compiled.machineCode(
                ofFunction: function, tier: isOptimized ? .optimized : .baseline, loop: loop)
        } catch {
            throw input.failure(error)
        }
        guard let found, let body = module.body(function) else {
            throw Failure("\(file): function \(function) is an import")
        }
        if ir.isEmpty {
            return CodeListing(module, function: function, found, what: isOptimized ? "optimized" : "baseline").text
        }
        var text = CodeListing.title(module, function: function, body) + "\n"
        for pass in found.passes where ir.contains("all") || ir.contains(pass.name) {
            text += "\nafter \(pass.name):\n" + pass.lines.map { $0.text + "\n" }.joined()
        }
        return text
    }

    /// The index of a function that is given by its index, its name or an export.
    static func function(_ name: String, in module: WasmModule) -> Int? {
        if let index = Int(name) { return (0..<module.functionCount).contains(index) ? index : nil }
        for export in module.exports where export.kind == .function && export.name == name { return Int(export.index) }
        return (0..<module.functionCount).first { module.functionName($0) == name }
    }
}
