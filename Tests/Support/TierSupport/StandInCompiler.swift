// The second tier for tests of how functions move: the optimizing compiler, watched.

import Synchronization
import Terrace
import TerraceCode
import TerraceCompilation
import TerraceOptimizer
import TerraceThreads
import TerraceTiering

/// What a test wants of the second tier's compilers, and what they did. Shared by all compilers of an engine.
public final class StandIn: Sendable {
    private struct State {
        var compiled: [CompiledFunction] = []
        var refused: Set<CompiledFunction> = []
        var hold: (@Sendable (CompiledFunction, CancellationFlag) -> Void)?
        var profiles: [UInt32: FunctionProfile] = [:]
    }

    /// A function and where it is entered.
    public struct CompiledFunction: Hashable, Sendable {
        public var function: UInt32
        public var entry: CodeEntry
        public init(_ function: UInt32, _ entry: CodeEntry = .call) {
            self.function = function
            self.entry = entry
        }
    }

    private let state = Guarded(State())

    fileprivate let options: OptimizerOptions

    /// - Parameter inlines: whether callees may become a part of their callers. Otherwise each function's tier is its own.
    public init(inlines: Bool = false) {
        var options = OptimizerOptions()
        if !inlines { options.optimizations.remove(.inlining) }
        self.options = options
    }

    /// What has been compiled, in that order.
    public var compiled: [CompiledFunction] { state.withLock { $0.compiled } }
    /// What was known of a function when it was compiled last.
    public func profile(_ function: UInt32) -> FunctionProfile? { state.withLock { $0.profiles[function] } }

    /// The tier will not be able to compile a function for an entry.
    public func refuse(_ function: UInt32, _ entry: CodeEntry = .call) {
        state.withLock { _ = $0.refused.insert(CompiledFunction(function, entry)) }
    }

    /// Each compilation will call this first.
    public func hold(_ body: (@Sendable (CompiledFunction, CancellationFlag) -> Void)?) {
        state.withLock { $0.hold = body }
    }

    fileprivate func begin(
        _ function: UInt32, _ entry: CodeEntry, _ profile: FunctionProfile, _ cancellation: CancellationFlag
    ) throws(CompileError) {
        let what = CompiledFunction(function, entry)
        let (hold, isRefused) = state.withLock { state in
            state.profiles[function] = profile
            return (state.hold, state.refused.contains(what))
        }
        hold?(what, cancellation)
        if cancellation.isCancelled { throw .cancelled }
        if isRefused { throw .unsupported("what a test does not want", offset: 0) }
    }

    fileprivate func end(_ function: UInt32, _ entry: CodeEntry) {
        state.withLock { $0.compiled.append(CompiledFunction(function, entry)) }
    }

    /// Where compilers come from.
    public var tierTwo: TierTwo { TierTwo { WatchedCompiler(self) } }

    /// A configuration in which functions move from baseline code to that of the watched compilers.
    public func configuration(
        _ mode: TieringMode = .tiered, threshold: Int = 0, sites: TierUpSites = .callsAndLoops,
        isDeterministic: Bool = true
    ) -> Configuration {
        var configuration = Configuration()
        configuration.tiering = mode
        configuration.tierUpThreshold = threshold
        configuration.tierUpSites = sites
        configuration.deterministicTiering = isDeterministic
        configuration.tierTwo = tierTwo
        return configuration
    }
}

/// The optimizing compiler, which tells what it does, and refuses what a test wants refused.
private final class WatchedCompiler: TierTwoCompiler {
    private let standIn: StandIn
    private let compiler: OptimizingTier

    init(_ standIn: StandIn) {
        self.standIn = standIn
        compiler = OptimizingTier(standIn.options)
    }

    func compile(
        functionIndex: UInt32, entry: CodeEntry, profile: FunctionProfile, cancellation: CancellationFlag,
        in environment: ModuleEnvironment
    ) throws(CompileError) {
        try standIn.begin(functionIndex, entry, profile, cancellation)
        try compiler.compile(
            functionIndex: functionIndex, entry: entry, profile: profile, cancellation: cancellation, in: environment)
        standIn.end(functionIndex, entry)
    }

    func withCode(_ body: (CompiledCodeView) throws(CodeError) -> Void) throws(CodeError) {
        try compiler.withCode(body)
    }

    func forgetFunction() { compiler.forgetFunction() }
}
