// The differential fuzzer's own half: makes random modules, runs them in Terrace, and makes failing ones small.
// `scripts/fuzz.sh` runs it beside another engine.

import FuzzRun
import FuzzSupport
import ReferenceInterpreter
import Terrace
import WasmFormat

#if canImport(Glibc)
    import Glibc
#endif

let usage = """
    usage: terrace-fuzz generate DIRECTORY SEED COUNT
           terrace-fuzz run MODE SEED COUNT       (MODE: lazy or eager, in baseline code; optimized; atonce, loops, innermost:
                                                   functions move at their first call, or loop, or innermost loop;
                                                   soon: after a few, guided by what callees were seen;
                                                   -required: no optional instructions;
                                                   -checked: the compiler and its code check themselves)
           terrace-fuzz oracle SEED COUNT         (all features, against the reference interpreter; exits 1 if one differs)
           terrace-fuzz oracle-file FILE          (the same for a module in a file)
           terrace-fuzz check SEED COUNT          (generate, decode and validate only)
           terrace-fuzz mutants DIRECTORY SEED COUNT  (damaged modules, and in DIRECTORY/verdicts what validation says)
           terrace-fuzz invokers MODE FILE...     (modules made by wasm-opt --translate-to-fuzz)
           terrace-fuzz soak COUNT                (different modules, loaded, called, released: memory stays flat)
           terrace-fuzz parts SEED [OMITTED...]
           terrace-fuzz module FILE SEED [OMITTED...]
           terrace-fuzz file MODE FILE            (MODE may end in -wrapped: host functions around the library's)
    Modules have the features that V8 has too; with FUZZ_FEATURES=all those that `oracle` gives them. With FUZZ_PLACES set,
    `run` tells where traps happened.
    """

func fail(_ message: String) -> Never {
    let line = message + "\n"
    _ = line.withCString { write(2, $0, strlen($0)) }
    exit(2)
}

func number(_ text: String) -> UInt64 {
    guard let value = UInt64(text) else { fail("not a number: \(text)\n\(usage)") }
    return value
}

func save(_ bytes: [UInt8], to path: String) {
    guard let file = fopen(path, "wb") else { fail("cannot write \(path)") }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
}

/// Where a module's library is kept.
func libraryPath(_ path: String) -> String {
    (path.hasSuffix(".wasm") ? String(path.dropLast(5)) : path) + ".library.wasm"
}

func save(_ module: GeneratedModule, to path: String) {
    save(module.bytes, to: path)
    if let library = module.library { save(library, to: libraryPath(path)) } else { unlink(libraryPath(path)) }
}

func read(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { fail("cannot read \(path)") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = fread(&buffer, 1, buffer.count, file)
        if count == 0 { return bytes }
        bytes += buffer[0..<count]
    }
}

/// Whether modules have all features that the oracle gives them.
let usesAllFeatures = getenv("FUZZ_FEATURES").map { String(cString: $0) == "all" } ?? false

/// Whether `run` says where traps happened: for comparing tiers with each other, not with another engine.
let tellsPlaces = getenv("FUZZ_PLACES") != nil

func configuration(_ mode: String) -> Configuration {
    var configuration = Configuration()
    configuration.validationJobs = 1
    configuration.nestedHostStackBytes = 4 << 20
    let words = mode.split(separator: "-")
    switch words.first {
    case "lazy": configuration.tiering = .baseline
    case "eager":
        configuration.tiering = .baseline
        configuration.compilation = .eager(jobs: 1)
    case "optimized": configuration.tiering = .optimized
    case "atonce", "loops", "innermost", "soon":
        configuration.tiering = .tiered
        // Soon: late enough for what was seen of callees to count.
        configuration.tierUpThreshold = words.first == "soon" ? 20 : 0
        configuration.deterministicTiering = true
        configuration.tierUpSites =
            words.first == "loops" ? .loops : words.first == "innermost" ? .innermostLoops : .callsAndLoops
    default: fail("unknown mode: \(mode)\n\(usage)")
    }
    configuration.usesOptionalInstructions = !words.contains("required")
    configuration.verifiesGeneratedCode = words.contains("checked")
    // Relaxed operators may have other results where there are optional instructions.
    configuration.deterministicRelaxedVectors = usesAllFeatures
    return configuration
}

func makeModule(_ seed: UInt64, omitting: [String] = []) -> GeneratedModule {
    var options = usesAllFeatures ? GeneratorOptions.oracle(seed: seed) : GeneratorOptions()
    options.omitted = Set(omitting.map(number))
    return RandomModule.make(seed: seed, options: options)
}

/// The module in a file, with its library if that stands beside it.
func makeModule(file: String, wrapsLibrary: Bool) -> GeneratedModule {
    let library = access(libraryPath(file), R_OK) == 0 ? read(libraryPath(file)) : nil
    let bytes = read(file)
    let exports = (try? WasmModule.decode(ModuleBytes(bytes)).exports.map(\.name)) ?? []
    return GeneratedModule(
        bytes: bytes, library: library, wrapsLibrary: wrapsLibrary, drivers: exports.filter { $0.hasPrefix("run") })
}

let arguments = Array(CommandLine.arguments.dropFirst())
switch (arguments.first, arguments.count) {
case ("generate", 4):
    let first = number(arguments[2])
    for seed in first..<first + number(arguments[3]) {
        save(makeModule(seed), to: "\(arguments[1])/\(seed).wasm")
    }
case ("run", 4):
    let engine = try Engine(configuration(arguments[1]))
    let mistakes = CompilerMistakes()
    mistakes.observe(engine)
    let first = number(arguments[2])
    for seed in first..<first + number(arguments[3]) {
        print("module \(seed)")
        fflush(nil)
        let module = makeModule(seed)
        for line in ModuleRun(of: module, in: engine, tellsPlaces: tellsPlaces).lines { print(line) }
        if let mistake = mistakes.takeFirst() { print("mistake \(mistake)") }
    }
case ("oracle", 3):
    let comparison = OracleComparison()
    let first = number(arguments[1])
    var calls = 0
    var differing = 0
    var inconclusive = 0
    for seed in first..<first + number(arguments[2]) {
        // Before the run: a crash of the engine ends the process, and this is the last line then.
        print("module \(seed)")
        fflush(nil)
        switch comparison.run(RandomModule.make(seed: seed, options: .oracle(seed: seed))) {
        case .same(let count): calls += count
        case .different(let text):
            differing += 1
            print("different \(seed): \(text)")
        case .inconclusive(let reason):
            inconclusive += 1
            print("inconclusive \(seed): \(reason)")
        }
    }
    let missing = Opcode.allCases.filter { $0.isInterpreted && !comparison.executedOperators.contains($0) }
    if !missing.isEmpty { print("never executed: \(missing.map(\.textName).joined(separator: " "))") }
    print("\(calls) calls, \(differing) modules differ, \(inconclusive) inconclusive")
    exit(differing == 0 ? 0 : 1)
case ("oracle-file", 2):
    // Whether a library is called through the host, and how many instances there are, follows from the seed: here all
    // ways are tried.
    for (wrapsLibrary, instanceCount) in [(false, 1), (true, 1), (false, 2), (true, 2)] {
        var module = makeModule(file: arguments[1], wrapsLibrary: wrapsLibrary)
        module.instanceCount = instanceCount
        if case .different(let text) = OracleComparison().run(module) {
            print("different: \(text)")
            exit(1)
        }
    }
case ("check", 3):
    let first = number(arguments[1])
    var total = 0
    for seed in first..<first + number(arguments[2]) {
        let module = makeModule(seed)
        for bytes in [module.bytes] + (module.library.map { [$0] } ?? []) {
            total += bytes.count
            do { try WasmModule.decode(ModuleBytes(bytes)).validate(jobs: 1) } catch {
                print("module \(seed): \(error)")
            }
        }
    }
    print("\(total) bytes")
case ("mutants", 4):
    let seed = number(arguments[2])
    let fixtures = (seed..<seed + 40).flatMap { seed in
        let module = makeModule(seed)
        return [module.bytes] + (module.library.map { [$0] } ?? [])
    }
    var mutator = ModuleMutator(fixtures: fixtures, seed: seed)
    var verdicts = ""
    for index in 0..<number(arguments[3]) {
        let bytes = mutator.next()
        save(bytes, to: "\(arguments[1])/\(index).wasm")
        do throws(ModuleError) {
            try WasmModule.decode(ModuleBytes(bytes)).validate(jobs: 1)
            verdicts += "\(index) valid\n"
        } catch {
            verdicts += "\(index) \(error)\n"
        }
    }
    save(Array(verdicts.utf8), to: "\(arguments[1])/verdicts")
case ("invokers", 3...):
    let engine = try Engine(configuration(arguments[1]))
    let mistakes = CompilerMistakes()
    mistakes.observe(engine)
    for file in arguments[2...] {
        print("module \(file.split(separator: "/").last ?? "")")
        fflush(nil)
        for line in InvokerRun(of: read(file), in: engine).lines { print(line) }
        if let mistake = mistakes.takeFirst() { print("mistake \(mistake)") }
    }
case ("soak", 2):
    if try !ModuleSoak.run(count: Int(number(arguments[1]))) { exit(1) }
case ("parts", 2...):
    for part in makeModule(number(arguments[1]), omitting: Array(arguments[2...])).parts { print(part) }
case ("module", 3...):
    save(makeModule(number(arguments[2]), omitting: Array(arguments[3...])), to: arguments[1])
case ("file", 3):
    let module = makeModule(file: arguments[2], wrapsLibrary: arguments[1].hasSuffix("wrapped"))
    for line in ModuleRun(of: module, in: try Engine(configuration(arguments[1]))).lines { print(line) }
default: fail(usage)
}
