// What an engine's user can choose.

import TerraceCode
import TerraceOptimizer
import TerraceTiering
import WasmFormat

public typealias Profiler = TerraceCode.Profiler
public typealias ProfilerError = TerraceCode.ProfilerError
public typealias TieringMode = TerraceTiering.TieringMode
public typealias TierEvent = TerraceTiering.TierEvent
public typealias TierEvents = TerraceTiering.TierEvents

/// Choices for an engine and everything made with it.
public struct Configuration: Sendable {
    /// When functions are compiled.
    public enum Compilation: Sendable, Hashable {
        /// Each at its first call.
        case lazy
        /// All when the module is made, on so many threads; 0 means one per processor.
        case eager(jobs: Int = 0)
    }

    /// Language features that modules may use.
    public var features: Features = .all
    public var compilation: Compilation = .lazy
    /// Which tiers of code there are. In `optimized` mode ``compilation`` makes no difference: all functions are compiled when
    /// the module is made.
    public var tiering = TieringMode.standard
    /// How many times its own bytes a function executes in baseline code before it moves to optimized code, in `tiered` mode:
    /// what is measured to pay with as many processors as there are. Functions of a few bytes count as larger. With 0 a function moves at its
    /// first call and at each loop header that it comes to; values above 100,000 count as that.
    public var tierUpThreshold = TieringPolicy.standardThreshold(forProcessors: processorCount)
    /// Whether functions move in the very call or loop that makes them hot, which waits for the compiler: then every run of a
    /// program on one thread does the same at the same places. Otherwise they are compiled in the background, and move when
    /// that is done.
    public var deterministicTiering = false
    /// For tests: where functions may move.
    package var tierUpSites = TierUpSites.callsAndLoops
    /// What the optimizing compiler does. For finding its mistakes.
    package var optimizer = OptimizerOptions()
    /// For tests: another compiler in the second tier's place.
    package var tierTwo: TierTwo?
    /// Whether machine code may use instructions beyond SSE4.1 that the processor has. Off for tests of the code that does
    /// without.
    public var usesOptionalInstructions = true
    /// Whether relaxed vector operators give the results of the specification's deterministic profile, the same on every
    /// machine. Otherwise each may give any result that the specification allows, whichever is fastest here.
    public var deterministicRelaxedVectors = false
    /// Whether the compiler checks its own state after every operator, and its code checks the values that it relies on to
    /// be zero-extended; what they find is a module that does not compile, or an `internalError` trap. For tests and
    /// fuzzers: compiling and running take a multiple of the time.
    public var verifiesGeneratedCode = false
    /// Who is told of the machine code of the engine's modules, and of the process's stubs. The engine's `profilerErrors`
    /// says who cannot be.
    public var profilers: Set<Profiler> = []
    /// Threads that validate a module's functions; 0 means one per processor.
    public var validationJobs = 0
    /// Largest size in bytes of one memory: `memory.grow` beyond it fails, and so does instantiation.
    public var maximumMemoryBytes: UInt64 = 4 << 30
    /// Largest number of elements of one table.
    public var maximumTableElements: UInt64 = 10_000_000
    /// Most bytes of machine code that one module may have. A function that would exceed them is not compiled: calling it is a
    /// `codeUnavailable` trap, and compiling all functions beforehand an error.
    public var maximumCodeBytes = 1 << 30
    /// Room in bytes for the frames of WebAssembly functions of one store; running out of it is a `stackExhausted` trap. It is
    /// address space: memory goes to what is used of it, and what was used deeply is given back when the store ends.
    public var wasmStackBytes = 8 << 20
    /// How many bytes of a thread's stack host functions that call back into WebAssembly may use in all, before a further
    /// call back is a `stackExhausted` trap. Threads of Swift's concurrency pool may have as little as 512 KiB.
    public var nestedHostStackBytes = 256 << 10
    /// How many memories' address space and how many stacks are kept for reuse.
    public var pooledMemories = 16
    public var pooledStacks = 8

    public init() {}
}
