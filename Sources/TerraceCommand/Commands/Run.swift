// `terrace run`: runs a program, or calls one function of a module.
import ArgumentParser
import Glibc
import Terrace
import TerraceWASI
import WasmFormat

extension Profiler: ExpressibleByArgument {}

struct Run: Subcommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a program.",
        discussion: """
            FILE is a WebAssembly binary or text that exports '_start' and uses WASI preview 1. The program's exit code \
            becomes the command's; a trap ends it with 134.
            """)

    @OptionGroup var program: ProgramArguments
    @Option(
        help: ArgumentHelp(
            "Write to this file, as JSON, which functions were compiled for which tier, when and why.",
            valueName: "FILE"))
    var tierReport: SystemString?
    @Option(
        help: ArgumentHelp(
            "Machine code that functions may have, as 64K or 16M; above it those that were not called for longest lose theirs.",
            valueName: "SIZE"))
    var maxCode: ByteCount?
    @Option(
        help: ArgumentHelp(
            "Tell a profiler or debugger of the code: perfmap, jitdump or gdb. May be repeated.", valueName: "PROFILER")
    )
    var profile: [Profiler] = []
    @Flag(help: "Compile all functions before running.")
    var eager = false
    @Flag(help: "Print figures about the module's code on standard error, as a JSON object.")
    var stats = false
    @Argument(help: ArgumentHelp("The program.", valueName: "FILE"))
    var file: SystemString
    @Argument(
        parsing: .captureForPassthrough, help: ArgumentHelp("The program's arguments.", valueName: "ARG"))
    var arguments: [SystemString] = []

    func execute() throws -> Int32 { try options.run() }

    var options: RunOptions {
        var options = program.options
        options.tierReport = tierReport
        options.maximumCode = maxCode
        options.isEager = eager
        options.showsStatistics = stats
        options.profilers = Set(profile)
        options.file = file
        options.arguments = arguments
        return options
    }
}

extension RunOptions {
    /// Runs what was asked for and returns the exit code.
    func run() throws -> Int32 {
        let wasiConfiguration = try wasiConfiguration()
        let input = try InputFile(file)
        var configuration = Configuration()
        if isEager { configuration.compilation = .eager() }
        if let maximumWasmStack { configuration.wasmStackBytes = maximumWasmStack.count }
        if let maximumCode { configuration.maximumCodeBytes = maximumCode.count }
        configuration.measuresLocks = showsStatistics
        configuration.profilers = profilers
        tiers.apply(to: &configuration)
        let engine = try Engine(configuration)
        let report = tierReport == nil && page == nil ? nil : TierReport(of: engine)
        if !profilers.isEmpty { for error in engine.profilerErrors.values { Console.complain("\(error)") } }
        let module = try input.module(engine)
        let outcome = Result { try run(module, wasiConfiguration) }
        if showsStatistics { try Console.write(module.statistics.json + "\n", to: STDERR_FILENO) }
        if let report, let tierReport { try report.write(to: tierReport, of: module) }
        if let report, let page {
            let data = ReportData(module, report).json(file: file, command: commandLine)
            try OutputFile.write(Array(ReportPage.html(data: data).utf8), to: page)
        }
        return try outcome.get()
    }

    /// What the program was started with, for people.
    private var commandLine: String {
        ([file] + (invoke.map { [$0] } ?? []) + arguments).map(\.description).joined(separator: " ")
    }

    private func run(_ module: Module, _ wasiConfiguration: WASIConfiguration) throws -> Int32 {
        let wasi: WASI
        do throws(WASIError) { wasi = try WASI(wasiConfiguration) } catch { throw Failure("\(error)") }
        defer { wasi.close() }
        let store = try Store(module.engine)
        var imports = Imports()
        wasi.define(in: &imports, for: module, store: store)
        do {
            let instance = try instantiate(module, store, imports)
            guard let invoke else { return Int32(truncatingIfNeeded: try runProgram(wasi, instance)) }
            try call(invoke, instance)
            return 0
        } catch let trap as Trap {
            if let exit = trap.hostError as? ProcessExit { return Int32(truncatingIfNeeded: exit.code) }
            Console.complain("\(file): \(trap)")
            return 134
        }
    }

    private func wasiConfiguration() throws(Failure) -> WASIConfiguration {
        func stream(_ descriptor: Int32) -> Int32? {
            StandardStreams.missing.contains(descriptor) ? nil : descriptor
        }
        var configuration = WASIConfiguration(
            arguments: [file] + (invoke == nil ? arguments : []), standardInput: stream(STDIN_FILENO),
            standardOutput: stream(STDOUT_FILENO), standardError: stream(STDERR_FILENO))
        for variable in environment {
            let bytes = variable.bytes
            guard let sign = bytes.firstIndex(of: UInt8(ascii: "=")), sign != 0 else {
                throw .usage("--env: '\(variable)' is not of the form NAME=VALUE")
            }
            configuration.environment.append(
                (
                    name: SystemString(bytes: Array(bytes[..<sign])),
                    value: SystemString(bytes: Array(bytes[(sign + 1)...]))
                ))
        }
        for directory in directories {
            let (host, guest) = Self.splitDirectory(directory)
            guard host != "", guest != "" else {
                throw .usage("--dir: '\(directory)' is not of the form HOST or HOST::GUEST")
            }
            configuration.preopens.append(.init(host: host, guest: guest))
        }
        return configuration
    }

    /// Splits `HOST::GUEST` at the first pair of colons.
    static func splitDirectory(_ directory: SystemString) -> (host: SystemString, guest: SystemString?) {
        let bytes = directory.bytes
        let colon = UInt8(ascii: ":")
        for index in bytes.indices.dropLast() where bytes[index] == colon && bytes[index + 1] == colon {
            return (SystemString(bytes: Array(bytes[..<index])), SystemString(bytes: Array(bytes[(index + 2)...])))
        }
        return (directory, nil)
    }

    private func instantiate(_ module: Module, _ store: Store, _ imports: Imports) throws -> Instance {
        do throws(InstantiationError) {
            return try Instance(store, module, imports: imports)
        } catch {
            if case .trap(let trap) = error { throw trap }
            throw Failure("\(file): \(error)")
        }
    }

    private func runProgram(_ wasi: WASI, _ instance: Instance) throws -> UInt32 {
        do {
            return try wasi.run(instance)
        } catch let error as WASIError {
            throw Failure("\(file): \(error); name a function to call with --invoke")
        }
    }

    /// Calls an exported function with the command line's arguments and prints its results.
    private func call(_ export: SystemString, _ instance: Instance) throws {
        // Names of exports are UTF-8.
        guard let name = export.text, let function = instance.function(name) else {
            throw Failure("\(file): no function is exported as '\(shortened(export.description))'")
        }
        let parameters = function.type.parameters
        // Out of habit one may put negative numbers behind `--`.
        let arguments = arguments.first == "--" ? Array(arguments.dropFirst()) : arguments
        guard arguments.count == parameters.count else {
            throw Failure.usage(
                "\(file): '\(shortened(export.description))' takes \(parameters.count) argument\(parameters.count == 1 ? "" : "s"), not \(arguments.count)"
            )
        }
        var values: [Value] = []
        for (text, type) in zip(arguments, parameters) {
            guard let value = text.text.flatMap({ Value(text: $0, type: type) }) else {
                throw Failure.usage("\(file): '\(shortened(text.description))' is not a value of type \(type)")
            }
            values.append(value)
        }
        // A library that was built for WASI wants to be told before its first use.
        if name != "_initialize", let initialize = instance.function("_initialize"), initialize.type.parameters.isEmpty
        {
            try initialize()
        }
        let results = try function.call(values)
        try Console.write(results.map { $0.text + "\n" }.joined())
    }
}
