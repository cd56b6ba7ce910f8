// The options about tiers that several subcommands have.
import ArgumentParser
import Terrace
import TerraceOptimizer

extension TieringMode: ExpressibleByArgument {}
extension ProcessorFeatures: ExpressibleByArgument {}

struct TierArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The tiers of code to run: baseline, optimized (all functions compiled before any runs) or tiered (the default).",
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
    @OptionGroup var optimizer: OptimizerArguments

    var options: TierOptions {
        TierOptions(
            mode: tier, threshold: tierUpThreshold, isDeterministic: deterministicTiering,
            processorFeatures: cpuFeatures, optimizer: optimizer.options)
    }
}

/// What the optimizing compiler does: for finding its mistakes, so shown only by `--help-hidden`.
struct OptimizerArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The optimizations to do, or with a minus those to leave out: \(Optimizations.knownNames.joined(separator: ", ")).",
            valueName: "[-]NAME,...", visibility: .hidden),
        transform: { text in
            do throws(UnknownOptimization) { return try Optimizations(list: text) } catch {
                throw ValidationError("\(error)")
            }
        })
    var optPasses: Optimizations?
    @Option(
        help: ArgumentHelp(
            "How many optimizations each function gets.", valueName: "N", visibility: .hidden),
        transform: { text in
            guard let count = Int(text), count >= 0 else { throw ValidationError("'\(text)' is no number") }
            return count
        })
    var optLimit: Int?
    @Option(
        help: ArgumentHelp(
            "The functions that are optimized, by index; all others stay in baseline code.", valueName: "FIRST-LAST",
            visibility: .hidden),
        transform: { text in
            guard let range = OptimizerArguments.range(text) else {
                throw ValidationError("'\(text)' is no range of functions")
            }
            return range
        })
    var optFunctions: ClosedRange<Int>?
    @Flag(
        help: ArgumentHelp(
            "Check the optimizing compiler's work after every pass; a mistake it finds is reported.",
            visibility: .hidden))
    var optVerify = false

    static func range(_ text: String) -> ClosedRange<Int>? {
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = Int(parts[0]), first >= 0 else { return nil }
        guard parts.count == 2 else { return first...first }
        guard let last = Int(parts[1]), last >= first else { return nil }
        return first...last
    }

    var options: OptimizerOptions {
        var options = OptimizerOptions()
        if let optPasses { options.optimizations = optPasses }
        if let optLimit { options.limit = optLimit }
        if let optFunctions { options.functions = optFunctions }
        options.verifies = optVerify
        return options
    }
}
