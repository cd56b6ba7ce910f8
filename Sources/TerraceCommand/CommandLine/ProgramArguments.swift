// The options about a program and its surroundings that subcommands have which run one.
import ArgumentParser
import TerraceWASI

struct ProgramArguments: ParsableArguments {
    @Option(
        name: .customLong("dir"),
        help: ArgumentHelp("A directory that the program may use.", valueName: "HOST[::GUEST]"))
    var directories: [SystemString] = []
    @Option(name: .customLong("env"), help: ArgumentHelp("A variable of its environment.", valueName: "NAME=VALUE"))
    var environment: [SystemString] = []
    @Option(
        help: ArgumentHelp("Call this function instead, with the arguments as its parameters.", valueName: "EXPORT"))
    var invoke: SystemString?
    @OptionGroup var tiers: TierArguments
    @Option(help: ByteCount.help)
    var maxWasmStack: ByteCount?

    var options: RunOptions {
        var options = RunOptions()
        options.directories = directories
        options.environment = environment
        options.invoke = invoke
        options.tiers = tiers.options
        options.maximumWasmStack = maxWasmStack
        return options
    }
}
