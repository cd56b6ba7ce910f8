// Figures about a module's code.

import TerraceCode
import WasmFormat

/// What a module consists of, what of it has been compiled, and what that cost.
public struct ModuleStatistics: Sendable, Hashable {
    /// Size of the module's binary.
    public var moduleBytes = 0
    /// Defined functions.
    public var functionCount = 0
    public var importedFunctionCount = 0
    /// Functions that have code.
    public var compiledFunctionCount = 0
    /// Functions that were compiled by the baseline tier, and the bytes of their bodies.
    public var baselineFunctionCount = 0
    public var compiledWasmBytes = 0
    /// Machine code of the baseline tier.
    public var baselineCodeBytes = 0
    /// Functions that were compiled for calls by the optimized tier, and the bytes of their bodies.
    public var optimizedFunctionCount = 0
    public var optimizedWasmBytes = 0
    /// Loops at which functions can be entered in optimized code.
    public var loopEntryCount = 0
    /// Calls in optimized code whose callees' bodies took their places.
    public var inlinedCallCount = 0
    /// Compilations for the optimized tier that came to nothing.
    public var optimizationFailureCount = 0
    /// Machine code of the optimized tier.
    public var optimizedCodeBytes = 0
    /// Time spent compiling for the optimized tier, summed over threads.
    public var optimizationSeconds = 0.0
    /// How long requests for the optimized tier waited for a thread, summed up.
    public var optimizationWaitSeconds = 0.0
    /// Metadata of all blocks.
    public var metadataBytes = 0
    /// Time spent compiling for the baseline tier, summed over threads.
    public var compileSeconds = 0.0
    /// Code blocks of the module.
    public var blockCount = 0
    /// Stubs of the process, of its first signatures and of what all share.
    public var stubCount = 0
}

extension CompiledModule {
    /// Figures at this moment.
    public var statistics: ModuleStatistics {
        let code = code.statistics
        let work = generator.statistics
        var result = ModuleStatistics()
        result.moduleBytes = module.bytes.count
        result.functionCount = module.bodies.count
        result.importedFunctionCount = module.importedFunctionCount
        result.baselineFunctionCount = work.functionCount
        result.compiledFunctionCount = work.functionCount
        if generator.tiering.mode == .optimized { result.compiledFunctionCount += work.tierTwo.functionCount }
        result.compiledWasmBytes = work.wasmBytes
        result.baselineCodeBytes = code[.baseline].codeBytes
        result.optimizedFunctionCount = work.tierTwo.functionCount
        result.optimizedWasmBytes = work.tierTwo.wasmBytes
        result.loopEntryCount = work.tierTwo.loopEntryCount
        result.inlinedCallCount = work.tierTwo.inlinedCallCount
        result.optimizationFailureCount = work.tierTwo.failureCount
        result.optimizedCodeBytes = code[.optimized].codeBytes
        result.optimizationSeconds = Double(work.tierTwo.nanoseconds) / 1e9
        result.optimizationWaitSeconds = Double(work.tierTwo.waitNanoseconds) / 1e9
        result.metadataBytes = code.metadataBytes
        result.compileSeconds = Double(work.nanoseconds) / 1e9
        result.blockCount = code.blockCount
        result.stubCount = engine.stubs.code.statistics.stubCount
        return result
    }
}
