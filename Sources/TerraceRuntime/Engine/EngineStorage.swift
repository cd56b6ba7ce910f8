// What all modules and stores of an engine share.

import TerraceCode
import TerraceTiering
import WasmFormat

/// An engine: configuration, canonical types, shared stubs, pools. Usable from any thread.
public final class EngineStorage: Sendable {
    public let configuration: Configuration
    /// Canonical ids of function and other types across modules.
    public let types: TypeRegistry
    let memoryPool: MemoryPool
    let stackPool: StackPool

    public init(_ configuration: Configuration) {
        self.configuration = configuration
        types = TypeRegistry()
        memoryPool = MemoryPool(capacity: configuration.pooledMemories)
        stackPool = StackPool(usableBytes: configuration.wasmStackBytes, capacity: configuration.pooledStacks)
        FaultHandler.install()
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
