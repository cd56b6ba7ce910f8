// What all modules and stores of an engine share.

import Synchronization
import TerraceABI
import TerraceCode
import TerraceTiering
import WasmFormat

/// The entry stub for want of another: reports that there is no room for code.
private let unavailableEntryStub: EntryStub = { base, _, _ in
    let context = ActivationContext(base: base)
    context.record.pointee.trapKind = UInt32(TrapKind.codeUnavailable.rawValue)
    context.record.pointee.exitPC = 0
    context.record.pointee.exitFP = 0
    return 1
}

/// An engine: configuration, canonical types, shared stubs, pools. Usable from any thread.
public final class EngineStorage: Sendable {
    public let configuration: Configuration
    /// Canonical ids of function and other types across modules.
    public let types: TypeRegistry
    /// Entry stubs by canonical type id; nil where none was asked for.
    private let entryStubs = Mutex<[EntryStub?]>([])
    let memoryPool: MemoryPool
    let stackPool: StackPool
    /// The stubs of the process.
    let stubs: StubTable

    /// Throws if the process cannot have machine code or handlers for its faults.
    public init(_ configuration: Configuration) throws(ResourceLimitError) {
        stubs = try Self.processStubs()
        try FaultHandler.install(trapExit: stubs.trapExit)
        self.configuration = configuration
        types = TypeRegistry()
        memoryPool = MemoryPool(capacity: configuration.pooledMemories)
        stackPool = StackPool(usableBytes: configuration.wasmStackBytes, capacity: configuration.pooledStacks)
    }

    /// Makes the engine's fault handlers the first again.
    public static func reclaimFaultHandlers() { FaultHandler.reclaimAll() }

    /// The entry stub for functions of a type.
    func entryStub(canonicalID: UInt32) -> EntryStub {
        let index = Int(canonicalID)
        let known: EntryStub? = entryStubs.withLock { index < $0.count ? $0[index] : nil }
        if let known { return known }
        let address: CodeAddress
        do throws(CodeError) {
            address = try stubs.entryStub(StubSignature(functionType(canonicalID: canonicalID)))
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

    /// One for all engines: they depend on nothing that an engine decides, and the fault handler needs one of them.
    private static let sharedStubs = Mutex<StubTable?>(nil)

    private static func processStubs() throws(ResourceLimitError) -> StubTable {
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
