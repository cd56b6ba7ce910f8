// Turns a module's functions into code: one at its first call, or all at once.

import TerraceAssembler
import TerraceBaseline
import TerraceCode
import TerraceCompilation
import TerraceThreads
import WasmFormat

/// Compiles the functions of one module into its ``Code``. Usable from any thread.
public final class ModuleGenerator: Sendable {
    public let module: WasmModule
    public let code: Code
    /// What all compilations of the module share.
    public let environment: ModuleEnvironment
    /// What the cells of functions without code lead to.
    private let thunks: [ThunkRun]
    private let shared = Guarded(Shared())
    /// How functions move to better code.
    public let tiering: Tiering
    /// What requests for better code know of this generator.
    let weakSelf = WeakGenerator()
    let cancellation = CancellationFlag()
    let hotness = Guarded(ModuleHotness())
    let profiles = Guarded(CallSiteProfiles())

    private struct Shared {
        var statistics = Statistics()
        /// Why the baseline compiler cannot compile functions.
        var failures: [UInt32: GenerationError] = [:]
    }

    /// What has been compiled, and what it cost.
    public struct Statistics: Sendable {
        /// The same for the second tier.
        public struct TierTwo: Sendable {
            /// Functions that were compiled for calls.
            public var functionCount = 0
            /// Loops that functions were compiled for.
            public var loopEntryCount = 0
            /// Calls whose callees' bodies took their places.
            public var inlinedCallCount = 0
            /// Compilations that came to nothing.
            public var failureCount = 0
            public var wasmBytes = 0
            /// Summed over threads.
            public var nanoseconds: UInt64 = 0
            /// From requests to the beginning of the work on them, summed up.
            public var waitNanoseconds: UInt64 = 0
        }

        public var tierTwo = TierTwo()
        public var functionCount = 0
        public var wasmBytes = 0
        /// Summed over threads.
        public var nanoseconds: UInt64 = 0

        static func + (a: Statistics, b: Statistics) -> Statistics {
            Statistics(
                tierTwo: a.tierTwo, functionCount: a.functionCount + b.functionCount,
                wasmBytes: a.wasmBytes + b.wasmBytes,
                nanoseconds: a.nanoseconds + b.nanoseconds)
        }
    }

    /// Prepares a valid module: every entry cell leads to the lazy-compile stub.
    public init(
        module: WasmModule, stubs: StubTable, canonicalTypeIDs: [UInt32], features: CPUFeatures = .host,
        deterministicRelaxedVectors: Bool = false, verifiesGeneratedCode: Bool = false,
        maximumCodeBytes: Int = .max, tiering: Tiering = Tiering()
    ) throws(CodeError) {
        self.module = module
        self.tiering = tiering
        code = try Code(
            importedFunctionCount: module.importedFunctionCount, functionCount: module.functionCount,
            reservation: stubs.code.reservation, canonicalTypeIDs: canonicalTypeIDs,
            maximumCodeBytes: maximumCodeBytes)
        environment = ModuleEnvironment(
            module: module, features: features, deterministicRelaxedVectors: deterministicRelaxedVectors,
            verifiesGeneratedCode: verifiesGeneratedCode, countsExecutions: tiering.mode == .tiered)
        thunks = try stubs.pointCellsAtThunks(code)
        weakSelf.generator = self
    }

    deinit { profiles.withLock { $0.deallocate() } }

    public var statistics: Statistics { shared.withLock { $0.statistics } }

    func note(_ work: Statistics) { shared.withLock { $0.statistics = $0.statistics + work } }

    func note(_ work: Statistics.TierTwo) {
        shared.withLock { shared in
            shared.statistics.tierTwo.functionCount += work.functionCount
            shared.statistics.tierTwo.loopEntryCount += work.loopEntryCount
            shared.statistics.tierTwo.inlinedCallCount += work.inlinedCallCount
            shared.statistics.tierTwo.failureCount += work.failureCount
            shared.statistics.tierTwo.wasmBytes += work.wasmBytes
            shared.statistics.tierTwo.nanoseconds += work.nanoseconds
            shared.statistics.tierTwo.waitNanoseconds += work.waitNanoseconds
        }
    }

    func noteFailure(_ error: GenerationError) { shared.withLock { $0.failures[error.functionIndex] = error } }

    /// The address of a function's best code. Compiles it now if it has none; if another thread is at it, waits for that
    /// thread, and tries itself if that one found no memory.
    public func entry(ofFunction index: UInt32) throws(GenerationError) -> CodeAddress {
        let function = Int(index)
        while true {
            if let entry = code.functionEntry(function) { return entry }
            if try claimAndCompile(index) { continue }
            if code.waitUntilSettled(function).hasFailed(.baseline), code.functionEntry(function) == nil {
                let failure = shared.withLock { $0.failures[index] }
                throw failure ?? .code(.contradiction("a failure without a reason"), functionIndex: index)
            }
        }
    }

    /// Compiles and publishes one function, if this thread gets the claim to it.
    private func claimAndCompile(_ index: UInt32) throws(GenerationError) -> Bool {
        // A child of a fork would wait for ever for a claim of a thread that it does not have.
        ForkGuard.enter()
        defer { ForkGuard.leave() }
        let function = Int(index)
        guard code.claim(function) else { return false }
        guard code.beginCompiling(function) else { return true }
        let start = monotonicNanoseconds()
        let box = CompilerPool.process.take(for: environment)
        defer { CompilerPool.process.give(box) }
        do throws(CompileError) { try box.compiler.compile(functionIndex: index) } catch {
            // The same bytes give the same result: no second attempt.
            noteFailure(.compile(error, functionIndex: index))
            code.fail(function)
            postBaseline(index, .firstCall, since: start, failure: "\(error)")
            throw .compile(error, functionIndex: index)
        }
        do throws(CodeError) {
            if environment.countsExecutions {
                try prepareCounting(index, recordedCalls: box.compiler.recordedCallCount)
            }
            try box.withResult(index) { (view) throws(CodeError) in _ = try code.commit(view, kind: .baseline) }
        } catch {
            if error.isTemporary {
                code.abandon(function)
            } else {
                noteFailure(.code(error, functionIndex: index))
                code.fail(function)
            }
            throw .code(error, functionIndex: index)
        }
        let bytes = module.bodies[function - module.importedFunctionCount].bytes.count
        note(Statistics(functionCount: 1, wasmBytes: bytes, nanoseconds: monotonicNanoseconds() - start))
        postBaseline(index, .firstCall, since: start, codeBytes: box.compiler.bytes.count)
        return true
    }

    /// Tells those who listen of a function that came to the baseline tier, or did not.
    func postBaseline(
        _ index: UInt32, _ reason: TierEvent.Reason, since start: UInt64, codeBytes: Int = 0, failure: String? = nil
    ) {
        post(
            index, to: .baseline, reason, asked: start, start: start, end: monotonicNanoseconds(),
            codeBytes: codeBytes, failure: failure)
    }
}
