// An instance: the raw data that its code addresses, and the entities that it uses.

import TerraceABI
import TerraceCode
import TerraceCompilation
import WasmFormat

/// An instance of a module. Owned by its store; used by the one thread that uses the store.
public final class InstanceStorage {
    public let module: CompiledModule
    public unowned(unsafe) let store: StoreStorage
    /// What the instance register points to while the instance's code runs, as ``InstanceLayout`` says; behind it the function records.
    let data: UnsafeMutableRawPointer
    // Copies of the module's, for instances that fill large tables.
    private let importedFunctionCount: Int
    private let importedFunctions: UnsafePointer<FunctionPointer>
    private let facts: UnsafePointer<FunctionFacts>
    private let cells: UInt
    /// Imported ones first.
    let memories: [MemoryStorage]
    private(set) var tables: [TableStorage]
    /// The imported globals; after them those defined ones that somebody asked for.
    private var globals: [GlobalStorage?]
    let tags: [TagStorage]
    /// Images that the memories were made from, by memory index; nil if there were none.
    let images: [MemoryImage?]?
    /// Segments that are used up; `true` where `table.init` and `memory.init` see nothing.
    var droppedElements: [Bool]
    var droppedData: [Bool]
    /// Values of element segments given by expressions, once somebody needed them.
    var evaluatedElements: [Int: [RawReference]] = [:]
    /// The memory exported as "memory": what nearly all host functions want.
    private unowned(unsafe) var defaultMemory: MemoryStorage?
    private var defaultMemoryRecord: UnsafeMutablePointer<MemoryRecord>?

    /// The instance with some data; nil for 0. Never for the data of a host function, whose owner is another object.
    static func at(_ data: UInt) -> InstanceStorage? {
        guard let data = UnsafeRawPointer(bitPattern: data) else { return nil }
        return of(data)
    }

    @inline(__always)
    static func of(_ data: UnsafeRawPointer) -> InstanceStorage {
        let owner = data.load(fromByteOffset: Int(InstanceLayout.owner), as: UnsafeRawPointer.self)
        return Unmanaged<InstanceStorage>.fromOpaque(owner).takeUnretainedValue()
    }

    /// Allocates an instance. Imports have been checked. Memories are made; tables, globals and segments are not.
    init(
        module: CompiledModule, store: StoreStorage, imports: [ExternalStorage]
    ) throws(InstantiationError) {
        let wasm = module.module
        let layout = module.layout
        self.module = module
        self.store = store
        droppedElements = Array(repeating: false, count: wasm.elementSegments.count)
        droppedData = Array(repeating: false, count: wasm.dataSegments.count)

        var memories: [MemoryStorage] = []
        var tables: [TableStorage] = []
        var globals: [GlobalStorage?] = []
        var tags: [TagStorage] = []
        var functions: [FunctionPointer] = []
        functions.reserveCapacity(wasm.importedFunctionCount)
        for external in imports {
            switch external {
            case .function(let function): functions.append(function)
            case .memory(let memory): memories.append(memory)
            case .table(let table): tables.append(table)
            case .global(let global): globals.append(global)
            case .tag(let tag): tags.append(tag)
            }
        }
        globals.append(contentsOf: repeatElement(nil, count: wasm.globals.count - globals.count))
        images = memories.count < wasm.memories.count ? module.memoryImages() : nil
        if memories.count < wasm.memories.count {
            for index in memories.count..<wasm.memories.count {
                memories.append(try store.addMemory(wasm.memories[index], image: images?[index]))
            }
        }
        for typeIndex in wasm.tags.dropFirst(wasm.importedTagCount) {
            let tag = TagStorage(typeID: module.canonicalTypeIDs[Int(typeIndex)])
            store.adopt(tag)
            tags.append(tag)
        }
        self.memories = memories
        self.tables = tables
        self.globals = globals
        self.tags = tags

        let size = Int(layout.functionRecord(module.generator.environment.functionRecordCount))
        guard let memory = CAllocation.zeroed(count: size, of: UInt8.self) else {
            throw .limit(ResourceLimitError("no memory for an instance"))
        }
        let data = UnsafeMutableRawPointer(memory)
        self.data = data
        importedFunctionCount = wasm.importedFunctionCount
        importedFunctions = UnsafePointer(
            (data + Int(layout.importedFunction(0))).assumingMemoryBound(to: FunctionPointer.self))
        facts = module.functions
        store.runner.use(module.code)
        cells = UInt(bitPattern: module.code.cells)

        let guarded = memories.first.flatMap { $0.isGuarded ? $0.base : nil }
        data.initializeMemory(
            as: InstanceHeader.self,
            to: InstanceHeader(
                context: store.context.base, memory0Base: guarded ?? 0, builtins: BuiltinFunctions.table,
                builtinStubs: module.engine.stubs.builtinStubs, entryCells: UnsafeRawPointer(module.code.cells),
                owner: Unmanaged.passUnretained(self).toOpaque()))
        func set(_ offset: Int32, _ value: UInt) {
            data.storeBytes(of: value, toByteOffset: Int(offset), as: UInt.self)
        }
        for (index, memory) in memories.enumerated() { set(layout.memory(index), UInt(bitPattern: memory.record)) }
        for (index, table) in tables.enumerated() { set(layout.table(index), UInt(bitPattern: table.record)) }
        for (index, function) in functions.enumerated() {
            set(layout.importedFunction(index), UInt(bitPattern: function))
        }
        for (index, global) in globals.prefix(wasm.importedGlobalCount).enumerated() {
            if let global { set(layout.global(index), UInt(bitPattern: global.slot)) }
        }
        store.interruptState.register(data)
    }

    deinit { CAllocation.free(data) }

    /// Adds a defined table.
    func append(_ table: TableStorage) {
        let offset = module.layout.table(tables.count)
        data.storeBytes(of: UInt(bitPattern: table.record), toByteOffset: Int(offset), as: UInt.self)
        tables.append(table)
    }

    /// Where a global's value stands.
    func globalSlot(_ index: Int) -> UnsafeMutableRawPointer {
        if index < module.module.importedGlobalCount, let global = globals[index] { return global.slot }
        return data + Int(module.layout.global(index))
    }

    func global(_ index: Int) -> GlobalStorage {
        if let global = globals[index] { return global }
        let global = GlobalStorage(type: module.canonical(module.module.globals[index]), slot: globalSlot(index))
        store.adopt(global)
        globals[index] = global
        return global
    }

    /// The record of a function: what references to it point to.
    @inline(__always)
    func function(_ index: UInt32) -> FunctionPointer {
        let index = Int(index)
        if index < importedFunctionCount { return importedFunctions[index] }
        let offset = facts[index].recordOffset
        // A function that no reference can name, such as a start function that is not exported.
        if offset == ModuleEnvironment.noRecord { return store.privateRecord(makeRecord(index)) }
        let record = (data + Int(offset)).assumingMemoryBound(to: FunctionRecord.self)
        if record.pointee.cell == 0 { record.pointee = makeRecord(index) }
        return record
    }

    private func makeRecord(_ index: Int) -> FunctionRecord {
        FunctionRecord(
            cell: cells + UInt(index * MemoryLayout<UInt>.stride), instance: UInt(bitPattern: data),
            typeID: facts[index].typeID, functionIndex: UInt32(truncatingIfNeeded: index))
    }

    // MARK: Exports

    /// An export by name.
    public func export(named name: String) -> ExternalStorage? {
        module.exportIndex(name).map { export(module.module.exports[$0]) }
    }

    /// An export of the module.
    public func export(_ export: Export) -> ExternalStorage {
        let index = Int(export.index)
        return switch export.kind {
        case .function: .function(function(export.index))
        case .table: .table(tables[index])
        case .memory: .memory(memories[index])
        case .global: .global(global(index))
        case .tag: .tag(tags[index])
        }
    }

    /// An exported memory.
    public func exportedMemory(_ name: String) -> MemoryStorage? {
        let isDefault = name == "memory"
        if isDefault, let defaultMemory { return defaultMemory }
        guard case .memory(let memory)? = export(named: name) else { return nil }
        if isDefault {
            defaultMemory = memory
            defaultMemoryRecord = memory.record
        }
        return memory
    }

    /// The bytes of an exported memory.
    func exportedMemoryBytes(_ name: String) -> UnsafeMutableRawBufferPointer? {
        guard name == "memory", let record = defaultMemoryRecord else { return exportedMemory(name)?.bytes }
        return UnsafeMutableRawBufferPointer(
            start: UnsafeMutableRawPointer(bitPattern: record.pointee.base), count: Int(record.pointee.byteLength))
    }
}
