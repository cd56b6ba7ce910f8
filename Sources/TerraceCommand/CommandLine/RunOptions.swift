// What `terrace run` is asked to do, read from a command line without ArgumentParser when that is possible.
import Terrace
import TerraceOptimizer
import TerraceWASI

/// Instructions that compiled code may use.
enum ProcessorFeatures: String, CaseIterable {
    /// What this processor has.
    case host
    /// What every processor has that can run compiled code: nothing beyond SSE4.1.
    case required
}

/// How functions move from tier to tier.
struct TierOptions: Hashable {
    var mode: TieringMode?
    /// Nil: what the engine holds for right.
    var threshold: Int?
    var isDeterministic = false
    var processorFeatures = ProcessorFeatures.host
    var optimizer = OptimizerOptions()

    func apply(to configuration: inout Configuration) {
        if let mode { configuration.tiering = mode }
        if let threshold { configuration.tierUpThreshold = threshold }
        configuration.deterministicTiering = isDeterministic
        configuration.usesOptionalInstructions = processorFeatures == .host
        configuration.optimizer = optimizer
    }

    /// Reads a threshold.
    static func threshold(_ text: String) -> Int? { Int(text).flatMap { $0 >= 0 ? $0 : nil } }
}

struct RunOptions: Hashable {
    /// `HOST[::GUEST]` each.
    var directories: [SystemString] = []
    /// `NAME=VALUE` each.
    var environment: [SystemString] = []
    var invoke: SystemString?
    var tiers = TierOptions()
    /// Where to write what happened to functions.
    var tierReport: SystemString?
    /// Where to write a page about it.
    var page: SystemString?
    var maximumWasmStack: ByteCount?
    var isEager = false
    var showsStatistics = false
    var profilers: Set<Profiler> = []
    var file: SystemString = ""
    var arguments: [SystemString] = []

    init() {}

    /// Reads `run …` if it holds nothing but what is known here. For all else, help and mistakes included, ArgumentParser
    /// has the better words; the two must agree on what they both accept.
    init?(quickly line: [SystemString]) {
        var rest = line[...]
        guard rest.popFirst() == "run" else { return nil }
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("-") else {
                file = argument
                arguments = Array(rest)
                return
            }
            switch argument {
            case "--eager": isEager = true
            case "--stats": showsStatistics = true
            case "--deterministic-tiering": tiers.isDeterministic = true
            case "--dir", "--env", "--invoke", "--max-wasm-stack", "--profile", "--tier", "--tier-up-threshold",
                "--tier-report", "--cpu-features":
                guard let value = rest.popFirst(), !value.hasPrefix("-") else { return nil }
                switch argument {
                case "--dir": directories.append(value)
                case "--env": environment.append(value)
                case "--invoke": invoke = value
                case "--max-wasm-stack":
                    guard let count = value.text.flatMap({ ByteCount($0) }) else { return nil }
                    maximumWasmStack = count
                case "--profile":
                    guard let known = value.text.flatMap(Profiler.init) else { return nil }
                    profilers.insert(known)
                case "--tier-up-threshold":
                    guard let count = value.text.flatMap(TierOptions.threshold) else { return nil }
                    tiers.threshold = count
                case "--tier-report": tierReport = value
                case "--cpu-features":
                    guard let known = value.text.flatMap(ProcessorFeatures.init) else { return nil }
                    tiers.processorFeatures = known
                default:
                    guard let known = value.text.flatMap(TieringMode.init) else { return nil }
                    tiers.mode = known
                }
            default: return nil
            }
        }
        return nil
    }
}
