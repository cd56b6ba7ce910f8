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
    /// Bytes of the bodies that were compiled.
    public var compiledWasmBytes = 0
    /// Machine code of the baseline tier.
    public var baselineCodeBytes = 0
    /// Metadata of all blocks.
    public var metadataBytes = 0
    /// Time spent compiling, summed over threads.
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
        result.compiledFunctionCount = work.functionCount
        result.compiledWasmBytes = work.wasmBytes
        result.baselineCodeBytes = code[.baseline].codeBytes
        result.metadataBytes = code.metadataBytes
        result.compileSeconds = Double(work.nanoseconds) / 1e9
        result.blockCount = code.blockCount
        result.stubCount = engine.stubs.code.statistics.stubCount
        return result
    }
}
