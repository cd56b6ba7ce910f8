// What validation of code asks of a module, in flat memory that is read without checks or reference counting.

/// A global as code sees it.
struct GlobalEntry: BitwiseCopyable {
    var type: ValueType
    var isMutable: Bool
}

/// A table as code sees it.
struct TableEntry: BitwiseCopyable {
    var element: ValueType
    var addressType: ValueType
}

/// The index spaces of a module. Owned by the module; pointers are valid as long as it lives.
final class ValidationTables: @unchecked Sendable {  // written by the initialiser only
    /// Canonical type indices.
    let functionTypes: UnsafeMutablePointer<UInt32>
    let functionCount: Int
    let globals: UnsafeMutablePointer<GlobalEntry>
    let globalCount: Int
    let tables: UnsafeMutablePointer<TableEntry>
    let tableCount: Int
    /// Address types.
    let memories: UnsafeMutablePointer<ValueType>
    let memoryCount: Int
    /// Canonical type indices.
    let tags: UnsafeMutablePointer<UInt32>
    let tagCount: Int
    /// Types of elements.
    let elementSegments: UnsafeMutablePointer<ValueType>
    let elementSegmentCount: Int
    /// What the data count section says; -1 if there is none.
    let dataCount: Int

    init(_ decoder: ModuleDecoder) {
        functionCount = decoder.functionTypeIndices.count
        functionTypes = Self.copy(decoder.functionTypeIndices) { [types = decoder.types] in
            types.entries[Int($0)].canonical
        }
        globalCount = decoder.globals.count
        globals = Self.copy(decoder.globals) { GlobalEntry(type: $0.type, isMutable: $0.isMutable) }
        tableCount = decoder.tables.count
        tables = Self.copy(decoder.tables) { TableEntry(element: $0.element, addressType: $0.addressType) }
        memoryCount = decoder.memories.count
        memories = Self.copy(decoder.memories) { $0.addressType }
        tagCount = decoder.tags.count
        tags = Self.copy(decoder.tags) { [types = decoder.types] in types.entries[Int($0)].canonical }
        elementSegmentCount = decoder.elementSegments.count
        elementSegments = Self.copy(decoder.elementSegments) { $0.type }
        dataCount = decoder.dataCount.map { Int($0) } ?? -1
    }

    private static func copy<Source, Entry: BitwiseCopyable>(
        _ source: [Source], _ entry: (Source) -> Entry
    ) -> UnsafeMutablePointer<Entry> {
        let memory = UnsafeMutablePointer<Entry>.allocate(capacity: max(source.count, 1))
        for (index, element) in source.enumerated() { (memory + index).initialize(to: entry(element)) }
        return memory
    }

    deinit {
        functionTypes.deallocate()
        globals.deallocate()
        tables.deallocate()
        memories.deallocate()
        tags.deallocate()
        elementSegments.deallocate()
    }
}
