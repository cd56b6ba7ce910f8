// A function of the host's that WebAssembly code can call like any other.

import TerraceABI
import TerraceCode

/// What a host function does: reads its arguments from the slots and writes its results there, 16 bytes each. `owner` is
/// the store's ``StoreStorage/owner``.
public typealias HostFunctionBody = (_ owner: UnsafeMutableRawPointer, _ slots: UnsafeMutableRawPointer) throws -> Void

/// A host function: the record that stands in the instance register while it runs, its entry cell, its function record. Owned by its store.
public final class HostFunctionStorage {
    public unowned(unsafe) let store: StoreStorage
    let body: HostFunctionBody
    // A copy, so that calls touch neither the store nor its reference count.
    let owner: UnsafeMutableRawPointer
    /// The ``HostInstanceLayout`` record; behind it the entry cell and the ``FunctionRecord``.
    let data: UnsafeMutableRawPointer

    private static let cellOffset = HostInstanceLayout.size
    private static let recordOffset = HostInstanceLayout.size + 16

    /// The function's identity.
    public var pointer: FunctionPointer {
        (data + Self.recordOffset).assumingMemoryBound(to: FunctionRecord.self)
    }

    /// - Parameters:
    ///   - typeID: canonical id of the function's type.
    ///   - stub: address of the host-call stub of the type's signature.
    init(store: StoreStorage, typeID: UInt32, stub: UInt, body: @escaping HostFunctionBody) {
        self.store = store
        self.body = body
        owner = store.owner!
        let size = Self.recordOffset + FunctionReferenceLayout.size
        data = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        data.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        data.initializeMemory(
            as: HostInstance.self,
            to: HostInstance(
                context: store.context.base, entry: hostFunctionEntry,
                owner: Unmanaged.passUnretained(self).toOpaque()))
        data.storeBytes(of: stub, toByteOffset: Self.cellOffset, as: UInt.self)
        pointer.initialize(
            to: FunctionRecord(
                cell: UInt(bitPattern: data + Self.cellOffset), instance: UInt(bitPattern: data), typeID: typeID,
                functionIndex: UInt32.max))
        store.interruptState.register(data)
    }

    deinit { data.deallocate() }
}

/// C function that every host-call stub calls.
private let hostFunctionEntry: HostFunctionEntry = {
    data, slots in
    StoreStorage.safepoint(data)
    let owner = data.load(fromByteOffset: Int(HostInstanceLayout.owner), as: UnsafeRawPointer.self)
    // The store keeps the function alive for as long as code can call it.
    return Unmanaged<HostFunctionStorage>.fromOpaque(owner)._withUnsafeGuaranteedRef { function in
        do {
            try function.body(function.owner, slots)
            return 0
        } catch {
            function.store.pendingError = error
            return Int32(TrapKind.hostError.rawValue)
        }
    }
}
