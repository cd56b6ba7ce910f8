// The options about tiers that several subcommands have.
import ArgumentParser
import Terrace

extension TieringMode: ExpressibleByArgument {}
extension ProcessorFeatures: ExpressibleByArgument {}

struct TierArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The tiers of code to run: baseline, optimized (all functions compiled before any runs) or tiered.",
            valueName: "TIER"))
    var tier: TieringMode?
    @Option(
        help: ArgumentHelp(
            "How many times its own bytes a function executes before it is optimized; 0: at once.", valueName: "N"),
        transform: { text in
            guard let count = TierOptions.threshold(text) else {
                throw ValidationError("'\(text)' is no number of times")
            }
            return count
        })
    var tierUpThreshold: Int?
    @Flag(help: "Optimize functions where they become hot, the same in every run, not in the background.")
    var deterministicTiering = false
    @Option(
        help: ArgumentHelp(
            "Instructions that compiled code may use: host or required (nothing beyond SSE4.1).", valueName: "SET"))
    var cpuFeatures = ProcessorFeatures.host

    var options: TierOptions {
        TierOptions(
            mode: tier, threshold: tierUpThreshold, isDeterministic: deterministicTiering,
            processorFeatures: cpuFeatures)
    }
}
