// What compilers read of a module all the time, at hand.

import TerraceABI
import TerraceAssembler

/// The tables of a ``ModuleEnvironment``, so that reading them touches no class instance. Whoever has them keeps the environment
/// alive.
public struct ModuleTables: BitwiseCopyable {
    public var types: UnsafePointer<MachineType>
    public var locations: UnsafePointer<ArgumentLocation>
    public var runs: UnsafePointer<UInt32>
    public var signatures: UnsafePointer<MachineSignature>
    public var functionTypes: UnsafePointer<UInt32>
    public var memories: UnsafePointer<MemoryAccess>
    public var tables: UnsafePointer<TableAccess>
    public var globals: UnsafePointer<GlobalAccess>
    public var layout: InstanceLayout
    public var features: CPUFeatures
    public var deterministicRelaxedVectors: Bool

    public init(_ environment: ModuleEnvironment) {
        types = environment.types
        locations = environment.locations
        runs = environment.runs
        signatures = environment.signatures
        functionTypes = environment.functionTypes
        memories = environment.memories
        tables = environment.tables
        globals = environment.globals
        layout = environment.layout
        features = environment.features
        deterministicRelaxedVectors = environment.deterministicRelaxedVectors
    }
}
