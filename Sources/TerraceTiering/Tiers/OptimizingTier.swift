// The optimizing compiler as the second tier.

import TerraceCode
import TerraceCompilation
import TerraceOptimizer

/// An optimizing compiler that one thread at a time uses.
public final class OptimizingTier: TierTwoCompiler {
    private let options: OptimizerOptions
    /// Made for the first function.
    private var isMade = false
    /// Whether ``notes`` will be wanted of the next functions.
    var keepsNotes = false
    private let compiler = UnsafeMutablePointer<OptimizingCompiler>.allocate(capacity: 1)

    public init(_ options: OptimizerOptions) { self.options = options }

    deinit {
        if isMade { compiler.deinitialize(count: 1) }
        compiler.deallocate()
    }

    public func compile(
        functionIndex: UInt32, entry: CodeEntry, profile: FunctionProfile, cancellation: CancellationFlag,
        in environment: ModuleEnvironment
    ) throws(CompileError) {
        if isMade {
            compiler.pointee.use(environment)
        } else {
            compiler.initialize(to: OptimizingCompiler(environment: environment, options: options))
            isMade = true
        }
        compiler.pointee.keepsNotes = keepsNotes
        try compiler.pointee.compile(
            functionIndex: functionIndex, entry: entry, profile: profile, cancellation: cancellation)
    }

    public func withCode(_ body: (CompiledCodeView) throws(CodeError) -> Void) throws(CodeError) {
        var view = CompiledCodeView(
            bytes: UnsafeMutableRawBufferPointer(mutating: compiler.pointee.bytes),
            codeRanges: UnsafeBufferPointer(start: nil, count: 0))
        view.alignment = 32
        view.isFrameless = compiler.pointee.isFrameless
        view.callSites = compiler.pointee.callSites
        view.trapSites = compiler.pointee.trapSites
        view.inlineNodes = compiler.pointee.inlineNodes
        view.inlineRanges = compiler.pointee.inlineRanges
        try compiler.pointee.relocations.withUnsafeBufferPointer { (relocations) throws(CodeError) in
            view.relocations = relocations
            try body(view)
        }
    }

    /// What the compiler has written down of the last function.
    var notes: CompilationNotes? { isMade ? compiler.pointee.notes : nil }

    public func forgetFunction() {
        if isMade { compiler.pointee.forgetFunction() }
    }
}

extension TierTwo {
    /// Optimizing compilers.
    public static func optimizing(_ options: OptimizerOptions) -> TierTwo { TierTwo { OptimizingTier(options) } }
}
