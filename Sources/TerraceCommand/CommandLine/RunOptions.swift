// What `terrace run` is asked to do, read from a command line without ArgumentParser when that is possible.
import Terrace
import TerraceWASI

/// The tiers of compiled code.
enum Tier: String, CaseIterable {
    case baseline
}

struct RunOptions: Hashable {
    /// `HOST[::GUEST]` each.
    var directories: [SystemString] = []
    /// `NAME=VALUE` each.
    var environment: [SystemString] = []
    var invoke: SystemString?
    var tier: Tier?
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
            case "--dir", "--env", "--invoke", "--max-wasm-stack", "--profile", "--tier":
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
                default:
                    guard let known = value.text.flatMap(Tier.init) else { return nil }
                    tier = known
                }
            default: return nil
            }
        }
        return nil
    }
}
