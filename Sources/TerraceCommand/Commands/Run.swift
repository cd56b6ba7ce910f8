// `terrace run`: runs a program, or calls one function of a module.
import ArgumentParser
import Glibc
import Terrace
import TerraceWASI

extension Tier: ExpressibleByArgument {}

struct Run: Subcommand {
    static let configuration = CommandConfiguration(
        abstract: "Run a program.",
        discussion: """
            FILE is a WebAssembly binary or text that exports '_start' and uses WASI preview 1. The program's exit code \
            becomes the command's; a trap ends it with 134.
            """)

    @Option(
        name: .customLong("dir"),
        help: ArgumentHelp("A directory that the program may use.", valueName: "HOST[::GUEST]"))
    var directories: [String] = []
    @Option(name: .customLong("env"), help: ArgumentHelp("A variable of its environment.", valueName: "NAME=VALUE"))
    var environment: [String] = []
    @Option(
        help: ArgumentHelp("Call this function instead, with the arguments as its parameters.", valueName: "EXPORT"))
    var invoke: String?
    @Option(help: ArgumentHelp("The tier of code to run.", valueName: "TIER"))
    var tier: Tier?
    @Flag(help: "Compile all functions before running.")
    var eager = false
    @Flag(help: "Print figures about the module's code on standard error, as a JSON object.")
    var stats = false
    @Argument(help: ArgumentHelp("The program.", valueName: "FILE"))
    var file: String
    @Argument(
        parsing: .captureForPassthrough, help: ArgumentHelp("The program's arguments.", valueName: "ARG"))
    var arguments: [String] = []

    func execute() throws -> Int32 {
        var options = RunOptions()
        options.directories = directories
        options.environment = environment
        options.invoke = invoke
        options.tier = tier
        options.isEager = eager
        options.showsStatistics = stats
        options.file = file
        options.arguments = arguments
        return try options.run()
    }
}

extension RunOptions {
    /// Runs what was asked for and returns the exit code.
    func run() throws -> Int32 {
        let wasiConfiguration = try wasiConfiguration()
        let input = try InputFile(file)
        var configuration = Configuration()
        if isEager { configuration.compilation = .eager() }
        let engine = Engine(configuration)
        let module = try input.module(engine)
        defer { if showsStatistics { Console.write(module.statistics.json + "\n", to: STDERR_FILENO) } }

        let wasi: WASI
        do throws(WASIError) { wasi = try WASI(wasiConfiguration) } catch { throw Failure("\(error)") }
        defer { wasi.close() }
        let store = Store(engine)
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
        var configuration = WASIConfiguration(arguments: [file] + (invoke == nil ? arguments : []))
        for variable in environment {
            guard let sign = variable.firstIndex(of: "="), sign != variable.startIndex else {
                throw .usage("--env: '\(variable)' is not of the form NAME=VALUE")
            }
            configuration.environment.append(
                (name: String(variable[..<sign]), value: String(variable[variable.index(after: sign)...])))
        }
        for directory in directories {
            let (host, guest) = Self.splitDirectory(directory)
            guard !host.isEmpty, guest != "" else {
                throw .usage("--dir: '\(directory)' is not of the form HOST or HOST::GUEST")
            }
            configuration.preopens.append(.init(host: host, guest: guest))
        }
        return configuration
    }

    /// Splits `HOST::GUEST` at the first pair of colons.
    static func splitDirectory(_ directory: String) -> (host: String, guest: String?) {
        var index = directory.startIndex
        while let colon = directory[index...].firstIndex(of: ":") {
            let next = directory.index(after: colon)
            if directory[next...].first == ":" {
                return (String(directory[..<colon]), String(directory[directory.index(after: next)...]))
            }
            index = next
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
    private func call(_ name: String, _ instance: Instance) throws {
        guard let function = instance.function(name) else {
            throw Failure("\(file): no function is exported as '\(name)'")
        }
        let parameters = function.type.parameters
        // Out of habit one may put negative numbers behind `--`.
        let arguments = arguments.first == "--" ? Array(arguments.dropFirst()) : arguments
        guard arguments.count == parameters.count else {
            throw Failure.usage(
                "\(file): '\(name)' takes \(parameters.count) argument\(parameters.count == 1 ? "" : "s"), not \(arguments.count)"
            )
        }
        var values: [Value] = []
        for (text, type) in zip(arguments, parameters) {
            guard let value = Value(text: text, type: type) else {
                throw Failure.usage("\(file): '\(text)' is not a value of type \(type)")
            }
            values.append(value)
        }
        // A library that was built for WASI wants to be told before its first use.
        if name != "_initialize", let initialize = instance.function("_initialize"), initialize.type.parameters.isEmpty
        {
            try initialize()
        }
        let results = try function.call(values)
        Console.write(results.map { $0.text + "\n" }.joined())
    }
}
