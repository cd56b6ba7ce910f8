// `terrace compile`: compiles every function of a module without running any, to measure or to check the compiler.
import ArgumentParser
import CTerrace
import Glibc
import Terrace
import TerraceWASI

struct Compile: Subcommand {
    static let configuration = CommandConfiguration(
        abstract: "Compile all functions of a module, and say how fast that went.",
        discussion: "The speed is that of decoding, validating and compiling together, in bytes of the module's binary."
    )

    @OptionGroup var tiers: TierArguments
    @Flag(help: "Print the figures on standard error, as a JSON object.")
    var stats = false
    @Option(help: ArgumentHelp("How many threads to use; 0 means one per processor.", valueName: "N"))
    var jobs = 0
    @Argument(help: ArgumentHelp("The module, binary or text.", valueName: "FILE"))
    var file: SystemString

    func validate() throws {
        guard (0...1024).contains(jobs) else { throw ValidationError("--jobs: \(jobs) is not between 0 and 1024") }
    }

    func execute() throws -> Int32 {
        let input = try InputFile(file)
        var configuration = Configuration()
        configuration.compilation = .eager(jobs: jobs)
        tiers.options.apply(to: &configuration)
        configuration.validationJobs = jobs
        let engine = try Engine(configuration)
        let clock = ContinuousClock()
        let start = clock.now
        let startOfWork = Self.processorSeconds
        let module = try input.module(engine)
        let (seconds, attoseconds) = (clock.now - start).components
        let elapsed = Double(seconds) + Double(attoseconds) * 1e-18
        let work = Self.processorSeconds - startOfWork
        let statistics = module.statistics
        let speed = Double(statistics.moduleBytes) / elapsed / 1e6
        let threads = jobs == 0 ? Int(terrace_processor_count()) : jobs
        if stats {
            var object = statistics.jsonObject
            object.add("jobs", threads)
            object.add("seconds", elapsed)
            object.add("processorSeconds", work)
            object.add("megabytesPerSecond", speed)
            try Console.write(object.text + "\n", to: STDERR_FILENO)
        } else {
            let tenths = Int(speed * 10 + 0.5)
            try Console.write(
                """
                \(file): \(statistics.compiledFunctionCount) functions, \(statistics.moduleBytes) bytes of module, \
                \(statistics.baselineCodeBytes + statistics.optimizedCodeBytes) bytes of code in \(Int(elapsed * 1e6 + 0.5)) µs on \(threads) \
                thread\(threads == 1 ? "" : "s"): \(tenths / 10).\(tenths % 10) MB/s

                """)
        }
        return 0
    }

    /// Processor time that all threads have used: unlike the time that passes, it does not depend on what else the machine
    /// has to do.
    private static var processorSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
