// What all modules and stores of an engine share.

import TerraceCode
import TerraceThreads
import TerraceTiering
import WasmFormat

/// An engine: configuration, canonical types, shared stubs, pools. Usable from any thread.
public final class EngineStorage: Sendable {
    public let configuration: Configuration
    /// Canonical ids of function and other types across modules.
    public let types: TypeRegistry
    let memoryPool: MemoryPool
    let stackPool: StackPool
    /// The stubs of the process.
    let stubs: StubTable
    /// How functions move from tier to tier.
    public let tiering: Tiering
    /// Those of the configuration's profilers that are told of code.
    let profilers: [any CodeProfiler]
    /// Why others are not.
    public let profilerErrors: [Profiler: ProfilerError]

    /// Throws if the process cannot have machine code or handlers for its faults.
    public init(_ configuration: Configuration) throws(ResourceLimitError) {
        // `perf` looks for names in its map file only where code lies in no file.
        if configuration.profilers.contains(.perfMap) { try? CodeReservation.process().usePrivatePages() }
        stubs = try Self.processStubs()
        try FaultHandler.install(trapExit: stubs.trapExit)
        self.configuration = configuration
        tiering = Tiering(
            mode: configuration.tiering,
            policy: TieringPolicy(threshold: configuration.tierUpThreshold, sites: configuration.tierUpSites),
            isDeterministic: configuration.deterministicTiering,
            tierTwo: configuration.tierTwo ?? .optimizing(configuration.optimizer),
            threads: Tiering.threads(forProcessors: processorCount))
        types = TypeRegistry()
        memoryPool = MemoryPool(capacity: configuration.pooledMemories)
        stackPool = StackPool(usableBytes: configuration.wasmStackBytes, capacity: configuration.pooledStacks)
        (profilers, profilerErrors) = Self.start(configuration.profilers, stubs)
    }

    /// Makes the engine's fault handlers the first again.
    public static func reclaimFaultHandlers() { FaultHandler.reclaimAll() }

    /// Starts profilers, and tells them of the process's stubs.
    private static func start(_ profilers: Set<Profiler>, _ stubs: StubTable) -> (
        [any CodeProfiler], [Profiler: ProfilerError]
    ) {
        var started: [any CodeProfiler] = []
        var errors: [Profiler: ProfilerError] = [:]
        for kind in profilers {
            do throws(ProfilerError) {
                let profiler = try kind.start()
                stubs.announce(to: profiler)
                started.append(profiler)
            } catch {
                errors[kind] = error
            }
        }
        return (started, errors)
    }

    /// One for all engines: they depend on nothing that an engine decides, and the fault handler needs one of them.
    private static let sharedStubs = Guarded<StubTable?>(nil)

    /// The stubs of the process, made when there are none yet.
    static func processStubs() throws(ResourceLimitError) -> StubTable {
        try sharedStubs.withLock { (shared) throws(ResourceLimitError) in
            if let shared { return shared }
            do throws(CodeError) {
                let stubs = try StubTable(reservation: try .process())
                shared = stubs
                return stubs
            } catch {
                throw ResourceLimitError("no engine can be made: \(error)")
            }
        }
    }
}
