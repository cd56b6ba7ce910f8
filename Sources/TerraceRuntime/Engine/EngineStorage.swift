// What all modules and stores of an engine share.

import TerraceABI
import TerraceCode
import TerraceThreads
import TerraceTiering
import WasmFormat

/// The entry stub for want of another: reports that there is no room for code.
private let unavailableEntryStub: EntryStub = { base, _, _ in
    let context = ActivationContext(base: base)
    context.trapKind = UInt32(TrapKind.codeUnavailable.rawValue)
    context.exitPC = 0
    context.setExitFP(0)
    return 1
}

/// An engine: configuration, canonical types, shared stubs, pools. Usable from any thread.
public final class EngineStorage: Sendable {
    public let configuration: Configuration
    /// Canonical ids of function and other types across modules.
    public let types: TypeRegistry
    /// Entry stubs by canonical type id; nil where none was asked for.
    private let entryStubs = Guarded<[EntryStub?]>([])
    let memoryPool: MemoryPool
    let stackPool: StackPool
    /// Those of the configuration's profilers that are told of code.
    let profilers: [any CodeProfiler]
    /// Why others are not.
    public let profilerErrors: [Profiler: ProfilerError]

    public init(_ configuration: Configuration) {
        self.configuration = configuration
        types = TypeRegistry()
        memoryPool = MemoryPool(capacity: configuration.pooledMemories)
        stackPool = StackPool(usableBytes: configuration.wasmStackBytes, capacity: configuration.pooledStacks)
        (profilers, profilerErrors) = Self.start(configuration.profilers)
        FaultHandler.install()
    }

    /// Starts profilers, and tells them of the process's stubs.
    private static func start(_ profilers: Set<Profiler>) -> ([any CodeProfiler], [Profiler: ProfilerError]) {
        var started: [any CodeProfiler] = []
        var errors: [Profiler: ProfilerError] = [:]
        for kind in profilers {
            do throws(ProfilerError) {
                let profiler = try kind.start()
                stubs.code.announce(to: profiler) { _ in nil }
                started.append(profiler)
            } catch {
                errors[kind] = error
            }
        }
        return (started, errors)
    }

    /// The entry stub for functions of a type.
    func entryStub(canonicalID: UInt32) -> EntryStub {
        let index = Int(canonicalID)
        let known: EntryStub? = entryStubs.withLock { index < $0.count ? $0[index] : nil }
        if let known { return known }
        let address: CodeAddress
        do throws(CodeError) {
            address = try Self.stubs.entryStub(StubSignature(functionType(canonicalID: canonicalID)))
        } catch {
            return unavailableEntryStub
        }
        let stub = unsafeBitCast(address.rawValue, to: EntryStub.self)
        entryStubs.withLock { stubs in
            while stubs.count <= index { stubs.append(nil) }
            stubs[index] = stub
        }
        return stub
    }

    /// The stubs of the process: they depend on nothing that an engine decides, and the fault handler needs one of them.
    static let stubs: StubTable = {
        do throws(CodeError) {
            return try StubTable(reservation: try .process())
        } catch {
            fatalError("cannot reserve address space for machine code: \(error)")
        }
    }()
}
