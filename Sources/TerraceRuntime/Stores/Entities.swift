// Making what a store owns.

import TerraceABI
import TerraceCode
import TerraceTiering
import WasmFormat

extension StoreStorage {
    /// A new memory, perhaps showing an image.
    func addMemory(_ type: MemoryType, image: MemoryImage?) throws(InstantiationError) -> MemoryStorage {
        do throws(ResourceLimitError) { return try makeMemory(type, image: image) } catch { throw .limit(error) }
    }

    /// A new table whose type is given with canonical ids.
    func addTable(_ type: TableType, initial: RawReference) throws(InstantiationError) -> TableStorage {
        do throws(ResourceLimitError) { return try makeTable(type, initial: initial) } catch { throw .limit(error) }
    }

    /// A new memory of the type's minimum size.
    public func makeMemory(_ type: MemoryType) throws(ResourceLimitError) -> MemoryStorage {
        try makeMemory(type, image: nil)
    }

    private func makeMemory(_ type: MemoryType, image: MemoryImage?) throws(ResourceLimitError) -> MemoryStorage {
        let limit = engine.configuration.maximumMemoryBytes
        guard let memory = MemoryStorage(type: type, maximumBytes: limit, pool: engine.memoryPool, image: image) else {
            let pages = type.limits.minimum
            let representable = MemoryStorage.representablePages(type)
            let problem =
                if pages > representable {
                    "a memory of \(pages) pages is larger than the \(representable) pages that its type can have"
                } else if pages > limit >> UInt64(type.pageSizeLog2) {
                    "a memory of \(pages) pages is larger than the \(limit) bytes that are allowed"
                } else {
                    "the system has no room for a memory of \(pages) pages"
                }
            throw ResourceLimitError(problem)
        }
        adopt(memory)
        return memory
    }

    /// Keeps the type that a value type refers to, if it does; false if that is gone.
    public func keepType(of type: ValueType) -> Bool {
        guard let types = engine.types.retain(type) else { return false }
        uses.keep(types)
        return true
    }

    /// A new table, whose element type is given with canonical ids and kept by the caller, filled with a reference.
    public func makeTable(_ type: TableType, initial: RawReference) throws(ResourceLimitError) -> TableStorage {
        let limit = engine.configuration.maximumTableElements
        guard let table = TableStorage(type: type, maximumElements: limit, initial: initial) else {
            throw ResourceLimitError(
                "a table of \(type.limits.minimum) elements cannot be made (at most \(limit) are allowed)")
        }
        adopt(table)
        return table
    }

    /// A new global of the host's, whose type is given with canonical ids and kept by the caller.
    public func makeGlobal(_ type: GlobalType, value: RawValue) -> GlobalStorage {
        let global = GlobalStorage(type: type, value: value)
        adopt(global)
        return global
    }

    /// A new tag, whose parameter types are given with canonical ids; nil if one of them is gone.
    public func makeTag(_ type: FunctionType) -> TagStorage? {
        guard let typeID = typeID(type) else { return nil }
        let tag = TagStorage(typeID: typeID)
        adopt(tag)
        return tag
    }

    /// A new host function, whose type is given with canonical ids; nil if it refers to a type that is gone.
    public func makeHostFunction(_ type: FunctionType, _ body: @escaping HostFunctionBody) -> FunctionPointer? {
        guard let typeID = typeID(type) else { return nil }
        let function = HostFunctionStorage(store: self, typeID: typeID, stub: hostCallStub(type), body: body)
        adopt(function)
        return function.pointer
    }

    /// A record for a function that no reference can name, such as a start function that is not exported.
    func privateRecord(_ record: FunctionRecord) -> FunctionPointer {
        let pointer = FunctionPointer.allocate(capacity: 1)
        pointer.initialize(to: record)
        adoptRecord(pointer)
        return pointer
    }
}
