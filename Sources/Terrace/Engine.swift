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
/// Which tiers of code an engine uses.
public typealias TieringMode = TerraceRuntime.TieringMode
/// A function came to a tier of code, or did not.
public typealias TierEvent = TerraceRuntime.TierEvent
/// Language features.
public typealias Features = WasmFormat.Features

/// What modules and stores share: configuration, code for calls across the border, pools of memory. Usable from any
/// thread. Modules, stores and values of different engines do not mix.
public final class Engine: Sendable {
    public let storage: EngineStorage

    /// Makes an engine. Throws if the system lets the process have no machine code, or no handlers for the faults that its
    /// code raises.
    public init(_ configuration: Configuration = Configuration()) throws(ResourceLimitError) {
        storage = try EngineStorage(configuration)
    }

    public var configuration: Configuration { storage.configuration }

    /// Makes the engine's handlers for SIGSEGV, SIGILL and SIGFPE the first again.
    ///
    /// Call it after installing handlers of your own for these signals while stores exist. (It is done whenever an engine or
    /// an instance is made; and handlers from before the first engine need nothing.) Signals that are not about WebAssembly
    /// code are handed on to those handlers. Usable from any thread.
    public static func reclaimFaultHandlers() { EngineStorage.reclaimFaultHandlers() }

    /// What happens to the functions of the engine's modules, from the moment on when an iteration begins: each that is compiled
    /// for a tier, or fails to be. Any number of tasks may iterate; each sees all events. A task that falls behind by more than
    /// 16,384 events misses the oldest. The sequence ends with the engine.
    ///
    ///     var events = engine.tierEvents.makeAsyncIterator()  // hears of what happens from here on
    ///     while let event = await events.next() {
    ///         print(event.functionName ?? "\(event.functionIndex)", event.to, event.reason, event.compileTime)
    ///     }
    public var tierEvents: TierEventSequence { TierEventSequence(events: storage.tiering.events) }

    /// Those of the configuration's profilers that cannot be told of code, and why.
    public var profilerErrors: [Profiler: ProfilerError] { storage.profilerErrors }
}
