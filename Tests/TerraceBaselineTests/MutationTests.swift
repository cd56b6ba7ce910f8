import FuzzSupport
import TerraceAssembler
import TerraceBaseline
import TerraceCompilation
import Testing
import WasmFormat

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct MutationTests {
    /// Mutations to try: `TERRACE_MUTATIONS`, otherwise 200,000 in release builds and 2,000 in debug builds.
    private static let count: Int = {
        if let text = getenv("TERRACE_MUTATIONS"), let count = Int(String(cString: text)) { return count }
        #if DEBUG
            return 2_000
        #else
            return 200_000
        #endif
    }()
    /// What a module of a few kB may take, whatever it claims about itself.
    private static let largestGrowth = 256 << 20
    private static let longestTime = Duration.seconds(20)

    /// Compiles all functions of a valid module; returns how many.
    private static func compile(_ module: WasmModule, features: CPUFeatures, isChecked: Bool) -> Int {
        let environment = ModuleEnvironment(module: module, features: features, verifiesGeneratedCode: isChecked)
        var compiler = BaselineCompiler(environment: environment)
        var count = 0
        for function in module.importedFunctionCount..<module.functionTypeIndices.count {
            do throws(CompileError) {
                try compiler.compile(functionIndex: UInt32(function))
                count += 1
            } catch {
                switch error {
                case .unsupported(_, let offset): #expect(module.bytes.count > offset)
                case .tooLarge: break
                case .cancelled, .excluded, .contradiction: Issue.record("function \(function): \(error)")
                }
            }
        }
        return count
    }

    // In a process of its own: other tests take memory as well.
    @Test func damagedModulesCompileOrNameAnOffset() async {
        await #expect(processExitsWith: .exitCode(17)) {
            MutationTests.run()
            exit(17)
        }
    }

    private static func run() {
        let fixtures = ModuleFixtures.random(count: 60) + ModuleFixtures.programs(upTo: 24 << 10)
        var mutator = ModuleMutator(fixtures: fixtures, seed: 20_261_122)
        let memory = PeakMemory()
        var peak = memory.bytes
        #expect(peak > 0)
        var valid = 0
        var functions = 0
        for number in 0..<Self.count {
            let bytes = mutator.next()
            let start = threadTime()
            do throws(ModuleError) {
                let module = try WasmModule.decode(ModuleBytes(bytes))
                try module.validate(jobs: 1)
                valid += 1
                functions += compile(
                    module, features: number % 2 == 0 ? .host : .required, isChecked: number % 4 < 2)
            } catch {
                if !(0...bytes.count).contains(error.offset) || error.message.isEmpty {
                    Issue.record("bad error \(error) for a module of \(bytes.count) bytes")
                }
            }
            if threadTime() - start > Self.longestTime { Issue.record("mutation \(number) took too long") }
            let before = peak
            peak = memory.bytes
            if peak - before > Self.largestGrowth { Issue.record("mutation \(number) took too much memory") }
        }
        #expect(valid > Self.count / 100 && valid < Self.count)
        #expect(functions > valid)
    }
}
