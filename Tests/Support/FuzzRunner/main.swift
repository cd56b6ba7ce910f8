// The differential fuzzer's own half: makes random modules, runs them in Terrace, and makes failing ones small.
// `scripts/fuzz.sh` runs it beside another engine.

import FuzzRun
import FuzzSupport
import Terrace
import WasmFormat

#if canImport(Glibc)
    import Glibc
#endif

let usage = """
    usage: terrace-fuzz generate DIRECTORY SEED COUNT
           terrace-fuzz run MODE SEED COUNT       (MODE: lazy, eager, lazy-required, eager-required)
           terrace-fuzz check SEED COUNT          (generate, decode and validate only)
           terrace-fuzz mutants DIRECTORY SEED COUNT  (damaged modules, and in DIRECTORY/verdicts what validation says)
           terrace-fuzz invokers MODE FILE...     (modules made by wasm-opt --translate-to-fuzz)
           terrace-fuzz soak COUNT                (different modules, loaded, called, released: memory stays flat)
           terrace-fuzz parts SEED [OMITTED...]
           terrace-fuzz module FILE SEED [OMITTED...]
           terrace-fuzz file MODE FILE            (MODE may end in -wrapped: host functions around the library's)
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

func configuration(_ mode: String) -> Configuration {
    var configuration = Configuration()
    configuration.validationJobs = 1
    configuration.nestedHostStackBytes = 4 << 20
    let words = mode.split(separator: "-")
    switch words.first {
    case "lazy": configuration.compilation = .lazy
    case "eager": configuration.compilation = .eager(jobs: 1)
    default: fail("unknown mode: \(mode)\n\(usage)")
    }
    configuration.usesOptionalInstructions = !words.contains("required")
    return configuration
}

func options(omitting: [String]) -> GeneratorOptions {
    var options = GeneratorOptions()
    options.wideArithmetic = getenv("FUZZ_WIDE_ARITHMETIC") != nil
    options.omitted = Set(omitting.map(number))
    return options
}

let arguments = Array(CommandLine.arguments.dropFirst())
switch (arguments.first, arguments.count) {
case ("generate", 4):
    let first = number(arguments[2])
    for seed in first..<first + number(arguments[3]) {
        save(RandomModule.make(seed: seed, options: options(omitting: [])), to: "\(arguments[1])/\(seed).wasm")
    }
case ("run", 4):
    let engine = Engine(configuration(arguments[1]))
    let first = number(arguments[2])
    for seed in first..<first + number(arguments[3]) {
        print("module \(seed)")
        fflush(nil)
        let module = RandomModule.make(seed: seed, options: options(omitting: []))
        for line in ModuleRun(of: module, in: engine).lines { print(line) }
    }
case ("check", 3):
    let first = number(arguments[1])
    var total = 0
    for seed in first..<first + number(arguments[2]) {
        let module = RandomModule.make(seed: seed, options: options(omitting: []))
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
        let module = RandomModule.make(seed: seed, options: options(omitting: []))
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
    let engine = Engine(configuration(arguments[1]))
    for file in arguments[2...] {
        print("module \(file.split(separator: "/").last ?? "")")
        fflush(nil)
        for line in InvokerRun(of: read(file), in: engine).lines { print(line) }
    }
case ("soak", 2):
    if !ModuleSoak.run(count: Int(number(arguments[1]))) { exit(1) }
case ("parts", 2...):
    for part in RandomModule.make(seed: number(arguments[1]), options: options(omitting: Array(arguments[2...]))).parts
    {
        print(part)
    }
case ("module", 3...):
    let module = RandomModule.make(seed: number(arguments[2]), options: options(omitting: Array(arguments[3...])))
    save(module, to: arguments[1])
case ("file", 3):
    let path = libraryPath(arguments[2])
    let library = access(path, R_OK) == 0 ? read(path) : nil
    let run = ModuleRun(
        of: read(arguments[2]), library: library, wrapsLibrary: arguments[1].hasSuffix("wrapped"),
        in: Engine(configuration(arguments[1])))
    for line in run.lines { print(line) }
default: fail(usage)
}
