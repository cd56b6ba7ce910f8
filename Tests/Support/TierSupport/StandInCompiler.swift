// A second tier for tests of how functions move: the first tier's compiler, which can also enter a function at a loop. What it makes
// is no better, but is entered, left and looked up as optimized code is.

import Synchronization
import Terrace
import TerraceBaseline
import TerraceCode
import TerraceCompilation
import TerraceThreads
import TerraceTiering

/// What a test wants of the stand-in, and what it saw. Shared by all compilers of an engine.
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

    public init() {}

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
        state.withLock { $0.compiled.append(what) }
    }

    /// Where compilers come from.
    public var tierTwo: TierTwo { TierTwo { StandInCompiler(self) } }

    /// A configuration in which functions move from baseline code to the stand-in's.
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

/// A compiler that makes what the baseline compiler makes, without counters.
private final class StandInCompiler: TierTwoCompiler {
    private let standIn: StandIn
    private var compiler: Box?

    /// A noncopyable value as an object.
    private final class Box {
        var compiler: BaselineCompiler
        init(_ environment: ModuleEnvironment) { compiler = BaselineCompiler(environment: environment) }
    }

    init(_ standIn: StandIn) { self.standIn = standIn }

    func compile(
        functionIndex: UInt32, entry: CodeEntry, profile: FunctionProfile, cancellation: CancellationFlag,
        in environment: ModuleEnvironment
    ) throws(CompileError) {
        try standIn.begin(functionIndex, entry, profile, cancellation)
        let box = compiler ?? Box(environment)
        compiler = box
        box.compiler.use(environment)
        try box.compiler.compile(functionIndex: functionIndex, entry: entry, counts: false)
    }

    func withCode(_ body: (CompiledCodeView) throws(CodeError) -> Void) throws(CodeError) {
        guard let compiler else { return }
        var view = CompiledCodeView(
            bytes: compiler.compiler.bytes, codeRanges: UnsafeBufferPointer<CodeRange>(start: nil, count: 0))
        view.callSites = compiler.compiler.callSites
        view.trapSites = compiler.compiler.trapSites
        try compiler.compiler.relocations.withUnsafeBufferPointer { (relocations) throws(CodeError) in
            view.relocations = relocations
            try body(view)
        }
    }

    func forgetFunction() { compiler?.compiler.forgetFunction() }
}
