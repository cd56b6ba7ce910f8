// A validated module with its code and everything about it that all its instances share.

import TerraceABI
import TerraceCode
import TerraceCompilation
import TerraceThreads
import TerraceTiering
import WasmFormat

/// What instances need to know of a function.
struct FunctionFacts {
    /// Canonical id of the function's type.
    var typeID: UInt32
    /// Where its record stands in an instance's data, as ``ModuleEnvironment/functionRecords`` says.
    var recordOffset: Int32
}

/// A module that can be instantiated. Immutable but for its code; usable from any thread.
public final class CompiledModule: Sendable {
    public let module: WasmModule
    let engine: EngineStorage
    let layout: InstanceLayout
    let generator: ModuleGenerator
    /// Canonical id of each of the module's types; the module's code and its functions' records contain them.
    var canonicalTypeIDs: [UInt32] { registeredTypes.numbers }
    private let registeredTypes: RegisteredTypes
    private let exportsByName: [ExactName: Int]
    /// What instances need to know of each function, by function index.
    nonisolated(unsafe) let functions: UnsafePointer<FunctionFacts>  // never written after `init`
    private let images: Guarded<Images>

    /// Memory images, made when the module is instantiated for the second time: a module that is used once has no use
    /// for them.
    private struct Images {
        var instantiations = 0
        var isBuilt = false
        /// By memory index; nil where a memory has none.
        var byMemory: [MemoryImage?] = []
    }

    public init(engine: EngineStorage, bytes: ModuleBytes) throws(ModuleError) {
        self.engine = engine
        let configuration = engine.configuration
        let module = try WasmModule.decode(bytes, features: configuration.features)
        try module.validate(jobs: configuration.validationJobs == 0 ? processorCount : configuration.validationJobs)
        self.module = module
        registeredTypes = engine.types.register(module)
        let canonicalTypeIDs = registeredTypes.numbers
        guard TypeRegistry.hasRoom(for: canonicalTypeIDs) else {
            throw ModuleError(.limit, "the engine's modules have too many different types", offset: 0)
        }
        do throws(CodeError) {
            generator = try ModuleGenerator(
                module: module, stubs: engine.stubs, canonicalTypeIDs: canonicalTypeIDs,
                features: configuration.usesOptionalInstructions ? .host : .required,
                deterministicRelaxedVectors: configuration.deterministicRelaxedVectors,
                verifiesGeneratedCode: configuration.verifiesGeneratedCode,
                maximumCodeBytes: configuration.maximumCodeBytes, measuresHoldTimes: configuration.measuresLocks,
                tiering: engine.tiering)
        } catch {
            throw ModuleError(.limit, error.description, offset: 0)
        }
        layout = generator.environment.layout
        var exports: [ExactName: Int] = [:]
        exports.reserveCapacity(module.exports.count)
        for (index, export) in module.exports.enumerated() { exports[ExactName(export.name)] = index }
        exportsByName = exports
        let functions = UnsafeMutablePointer<FunctionFacts>.allocate(capacity: max(module.functionCount, 1))
        let records = generator.environment.functionRecords
        for (index, typeIndex) in module.functionTypeIndices.enumerated() {
            (functions + index).initialize(
                to: FunctionFacts(typeID: canonicalTypeIDs[Int(typeIndex)], recordOffset: records[index]))
        }
        self.functions = UnsafePointer(functions)
        images = Guarded(Images())
        announceCode()
        if case .eager(let jobs) = configuration.compilation {
            try compileAll(jobs: jobs)
        } else if engine.tiering.mode == .optimized {
            // What neither tier compiles is a trap where it is called, as it is when functions are compiled lazily.
            try? compileAll(jobs: 0)
        }
    }

    deinit {
        generator.cancelRequests()
        functions.deallocate()
    }

    /// Tells the engine's profilers of the code that there will be.
    private func announceCode() {
        guard !engine.profilers.isEmpty else { return }
        var names: [UInt32: String] = [:]
        for export in module.exports.reversed() where export.kind == .function { names[export.index] = export.name }
        names.merge(module.names.functions) { $1 }
        for profiler in engine.profilers { code.announce(to: profiler) { [names] in names[$0] } }
    }

    var code: Code { generator.code }

    /// Compiles every function that is not compiled yet, on so many threads (0: one per processor).
    public func compileAll(jobs: Int) throws(ModuleError) {
        do throws(GenerationError) {
            try generator.compileAll(jobs: jobs == 0 ? processorCount : jobs)
        } catch {
            let category: ModuleError.Category = if case .code = error { .limit } else { .unsupported }
            let index = error.functionIndex
            let offset = error.bytecodeOffset ?? module.body(Int(index))?.bytes.lowerBound ?? 0
            throw ModuleError(category, error.reason, offset: offset, functionIndex: index)
        }
    }

    /// A value type of the module with canonical ids in place of type indices.
    func canonical(_ type: ValueType) -> ValueType {
        guard type.isReference, type.heapType.isConcrete else { return type }
        return .ref(.concrete(canonicalTypeIDs[Int(type.heapType.typeIndex)]), nullable: type.isNullable)
    }

    func canonical(_ type: TableType) -> TableType {
        TableType(element: canonical(type.element), limits: type.limits, is64: type.is64)
    }

    func canonical(_ type: GlobalType) -> GlobalType {
        GlobalType(type: canonical(type.type), isMutable: type.isMutable)
    }

    /// The place of an export in the module's list.
    func exportIndex(_ name: String) -> Int? { exportsByName[ExactName(name)] }
}

// MARK: Descriptions

extension CompiledModule {
    /// The type of an import.
    public func describe(_ type: ExternalType) -> ExternalDescription {
        switch type {
        case .function(let index): .function(functionType(typeIndex: index))
        case .table(let type): .table(canonical(type))
        case .memory(let type): .memory(type)
        case .global(let type): .global(canonical(type))
        case .tag(let index): .tag(functionType(typeIndex: index))
        }
    }

    /// The type of an export.
    public func describe(_ export: Export) -> ExternalDescription {
        let index = Int(export.index)
        switch export.kind {
        case .function: return .function(functionType(typeIndex: module.functionTypeIndices[index]))
        case .table: return .table(canonical(module.tables[index]))
        case .memory: return .memory(module.memories[index])
        case .global: return .global(canonical(module.globals[index]))
        case .tag: return .tag(functionType(typeIndex: module.tags[index]))
        }
    }

    private func functionType(typeIndex: UInt32) -> FunctionType {
        let type = module.functionType(typeIndex: typeIndex)
        return FunctionType(parameters: type.parameters.map(canonical), results: type.results.map(canonical))
    }

    /// The contents of the first custom section of a name.
    public func customSection(named name: String) -> [UInt8]? {
        guard let section = module.customSections.first(where: { $0.name == name }) else { return nil }
        return Array(module.bytes.buffer[section.bytes])
    }
}

// MARK: Memory images

extension CompiledModule {
    /// The image of a defined memory's initial contents, for this instantiation; nil if segments must be copied.
    func memoryImages() -> [MemoryImage?]? {
        images.withLock { images in
            images.instantiations += 1
            if images.isBuilt { return images.byMemory }
            guard images.instantiations > 1 else { return nil }
            images.byMemory = buildImages()
            images.isBuilt = true
            return images.byMemory
        }
    }

    /// Builds images if every active segment of the defined memories has a constant place inside its memory; otherwise
    /// the order of copies and traps can be seen, and there are none.
    private func buildImages() -> [MemoryImage?] {
        var chunks = [[(offset: Int, bytes: UnsafeRawBufferPointer)]](repeating: [], count: module.memories.count)
        let none = [MemoryImage?](repeating: nil, count: module.memories.count)
        for segment in module.dataSegments {
            guard case .active(let memory, let expression) = segment.mode else { continue }
            let index = Int(memory)
            let type = module.memories[index]
            guard index >= module.importedMemoryCount, let offset = expression.constantOffset else { return none }
            let size = type.limits.minimum << UInt64(type.pageSizeLog2)
            guard offset <= size, UInt64(segment.bytes.count) <= size - offset else { return none }
            guard MemoryGuard.needsNoBoundsCheck(type) else { continue }
            let bytes = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: module.bytes.buffer[segment.bytes]))
            chunks[index].append((Int(offset), bytes))
        }
        return chunks.map { $0.isEmpty ? nil : MemoryImage(chunks: $0) }
    }
}

extension ConstantExpression {
    /// The value of an expression that is one integer constant, as an offset.
    var constantOffset: UInt64? {
        guard instructions.count == 1 else { return nil }
        switch instructions[0] {
        case .i32Const(let value): return UInt64(UInt32(bitPattern: value))
        case .i64Const(let value): return UInt64(bitPattern: value)
        default: return nil
        }
    }
}
