// The root of the embedding interface.

import TerraceRuntime
import WasmFormat

/// Choices for an engine.
public typealias Configuration = TerraceRuntime.Configuration
/// How WebAssembly code ended abnormally.
public typealias Trap = TerraceRuntime.Trap
/// A profiler or debugger that can be told of machine code.
public typealias Profiler = TerraceRuntime.Profiler
/// Why a profiler is not told.
public typealias ProfilerError = TerraceRuntime.ProfilerError
/// Language features.
public typealias Features = WasmFormat.Features

/// What modules and stores share: configuration, code for calls across the border, pools of memory. Usable from any
/// thread. Modules, stores and values of different engines do not mix.
public final class Engine: Sendable {
    public let storage: EngineStorage

    public init(_ configuration: Configuration = Configuration()) { storage = EngineStorage(configuration) }

    public var configuration: Configuration { storage.configuration }

    /// Those of the configuration's profilers that cannot be told of code, and why.
    public var profilerErrors: [Profiler: ProfilerError] { storage.profilerErrors }
}
