// What all compilations of one module share: signatures as machine types and argument locations, the instance's
// layout, and how each memory, table and global is reached. Flat tables, made once; compilers only read them.

import TerraceABI
import TerraceAssembler
import WasmFormat

/// A function signature as the compilers see it.
@frozen public struct MachineSignature: Sendable {
    /// First parameter in ``ModuleEnvironment/types`` and ``ModuleEnvironment/locations``.
    public var parameterStart: UInt32 = 0
    public var parameterCount: UInt32 = 0
    /// First result in ``ModuleEnvironment/types``.
    public var resultStart: UInt32 = 0
    public var resultCount: UInt32 = 0
    /// Bytes of the stack-argument area, a multiple of 16.
    public var stackBytes: Int32 = 0
    /// Bytes that the parameters take as operands.
    public var parameterSlotBytes: Int32 = 0
    /// Whether a reference's type can match only by being identical (no proper subtypes exist).
    public var isFinal = true

    /// No parameters, no results.
    @inlinable public init() {}
}

/// How compiled code reaches a memory.
@frozen public struct MemoryAccess: Sendable {
    /// Where the pointer to the memory's record stands in the instance's data.
    public var recordOffset: Int32
    public var is64: Bool
    /// ``MemoryGuard/needsNoBoundsCheck(_:)`` of its type.
    public var isGuarded: Bool
    /// Whether the memory-base register holds the memory's base.
    public var isBaseInRegister: Bool
    public var pageSizeLog2: UInt8
}

/// How compiled code reaches a table.
@frozen public struct TableAccess: Sendable {
    public var recordOffset: Int32
    public var is64: Bool
    /// Whether the elements are function references.
    public var holdsFunctions: Bool
    /// It has at least so many elements at all times; tables never shrink.
    public var minimumLength: UInt64
    /// Whether it has exactly so many at all times.
    public var isFixed: Bool
}

/// How compiled code reaches a global.
@frozen public struct GlobalAccess: Sendable {
    public var offset: Int32
    public var type: MachineType
    /// Whether the slot holds the address of the value instead of the value.
    public var isIndirect: Bool
    public var isMutable: Bool
}

/// Facts of one module that every compilation of its functions reads. Immutable, shared by all threads.
public final class ModuleEnvironment: @unchecked Sendable {
    // Unchecked because of the raw tables: they are written in `init` alone.
    public let module: WasmModule
    public let features: CPUFeatures
    /// Whether relaxed vector operators behave as in the specification's deterministic profile.
    public let deterministicRelaxedVectors: Bool
    /// Whether compilers check their own state after each operator, and emit code that checks what it relies on.
    public let verifiesGeneratedCode: Bool
    /// Whether baseline code counts how much of it runs, and notes callees, for a second tier.
    public let countsExecutions: Bool
    public let layout: InstanceLayout
    /// Parameter and result types of all signatures.
    public let types: UnsafePointer<MachineType>
    /// Locations of the parameters of all signatures, at the same positions as in `types`.
    public let locations: UnsafePointer<ArgumentLocation>
    /// At the same positions, how many values from there on are of one width and, if parameters, stand in the argument area
    /// one behind the other: what one loop copies. 0 for arguments in registers.
    public let runs: UnsafePointer<UInt32>
    /// By type index; not meaningful for types that are not functions.
    public let signatures: UnsafePointer<MachineSignature>
    /// Type index by function index, imported functions first.
    public let functionTypes: UnsafePointer<UInt32>
    public let memories: UnsafePointer<MemoryAccess>
    public let tables: UnsafePointer<TableAccess>
    public let globals: UnsafePointer<GlobalAccess>
    /// By function index, where the function's record stands in the instance's data (``InstanceLayout/functionRecord(_:)``), or
    /// ``noRecord``: it is imported, or no reference can name it.
    public let functionRecords: UnsafePointer<Int32>
    /// Records in an instance's data.
    public let functionRecordCount: Int
    @inlinable public static var noRecord: Int32 { -1 }
    public let importedFunctionCount: Int
    public let functionCount: Int
    private let pool: [UnsafeMutableRawPointer]

    /// - Parameters:
    ///   - module: a valid module; it is kept.
    ///   - features: of the processor that will run the code.
    ///   - deterministicRelaxedVectors: the same results of relaxed operators on every machine.
    ///   - verifiesGeneratedCode: self-checks of compilers and of their code, for tests and fuzzers.
    ///   - countsExecutions: whether there is a second tier that baseline code prepares for.
    public init(
        module: WasmModule, features: CPUFeatures, deterministicRelaxedVectors: Bool = false,
        verifiesGeneratedCode: Bool = false, countsExecutions: Bool = false
    ) {
        self.module = module
        self.features = features
        self.deterministicRelaxedVectors = deterministicRelaxedVectors
        self.verifiesGeneratedCode = verifiesGeneratedCode
        self.countsExecutions = countsExecutions
        layout = InstanceLayout(
            memoryCount: module.memories.count, tableCount: module.tables.count, globalCount: module.globals.count,
            importedFunctionCount: module.importedFunctionCount)
        importedFunctionCount = module.importedFunctionCount
        functionCount = module.functionTypeIndices.count

        var pool: [UnsafeMutableRawPointer] = []
        func table<T>(_ values: [T]) -> UnsafePointer<T> {
            let storage = UnsafeMutablePointer<T>.allocate(capacity: max(values.count, 1))
            values.withUnsafeBufferPointer { source in
                if let base = source.baseAddress { storage.initialize(from: base, count: source.count) }
            }
            pool.append(UnsafeMutableRawPointer(storage))
            return UnsafePointer(storage)
        }

        var types: [MachineType] = []
        var locations: [ArgumentLocation] = []
        var signatures: [MachineSignature] = []
        signatures.reserveCapacity(module.types.count)
        for type in module.types {
            var signature = MachineSignature()
            signature.isFinal = type.isFinal
            if case .function(let function) = type.composite {
                signature.parameterStart = UInt32(types.count)
                signature.parameterCount = UInt32(function.parameters.count)
                types.append(contentsOf: function.parameters.map { MachineType($0) })
                let arguments = CallingConvention.arguments(types[Int(signature.parameterStart)...])
                signature.stackBytes = arguments.stackBytes
                for parameter in types[Int(signature.parameterStart)...] {
                    signature.parameterSlotBytes += parameter == .v128 ? 16 : 8
                }
                signature.resultStart = UInt32(types.count)
                signature.resultCount = UInt32(function.results.count)
                types.append(contentsOf: function.results.map { MachineType($0) })
                locations.append(contentsOf: arguments.locations)
                // Keeps both tables in step: results have no location of their own.
                locations.append(contentsOf: repeatElement(.stack(0), count: function.results.count))
            }
            signatures.append(signature)
        }
        var runs = [UInt32](repeating: 0, count: types.count)
        for signature in signatures {
            let results = Int(signature.resultStart)..<Int(signature.resultStart + signature.resultCount)
            let parameters = Int(signature.parameterStart)..<Int(signature.parameterStart + signature.parameterCount)
            for range in [parameters, results] {
                for index in range.reversed() {
                    guard case .stack = locations[index] else { continue }
                    let next = index + 1
                    let joins = next < range.upperBound && (types[next] == .v128) == (types[index] == .v128)
                    runs[index] = joins ? runs[next] + 1 : 1
                }
            }
        }
        let layout = layout
        self.runs = table(runs)
        self.types = table(types)
        self.locations = table(locations)
        self.signatures = table(signatures)
        functionTypes = table(module.functionTypeIndices)
        var functionRecords = [Int32](repeating: Self.noRecord, count: functionCount)
        var recordCount = 0
        for index in importedFunctionCount..<functionCount where module.escapingFunctions.contains(UInt32(index)) {
            functionRecords[index] = layout.functionRecord(recordCount)
            recordCount += 1
        }
        functionRecordCount = recordCount
        self.functionRecords = table(functionRecords)
        memories = table(
            module.memories.enumerated().map { index, memory in
                let isGuarded = MemoryGuard.needsNoBoundsCheck(memory)
                return MemoryAccess(
                    recordOffset: layout.memory(index), is64: memory.is64, isGuarded: isGuarded,
                    isBaseInRegister: isGuarded && index == 0, pageSizeLog2: memory.pageSizeLog2)
            })
        tables = table(
            module.tables.enumerated().map { index, table in
                TableAccess(
                    recordOffset: layout.table(index), is64: table.is64,
                    holdsFunctions: module.isFunctionReference(table.element), minimumLength: table.limits.minimum,
                    isFixed: table.limits.maximum == table.limits.minimum)
            })
        let importedGlobals = module.importedGlobalCount
        globals = table(
            module.globals.enumerated().map { index, global in
                GlobalAccess(
                    offset: layout.global(index), type: MachineType(global.type), isIndirect: index < importedGlobals,
                    isMutable: global.isMutable)
            })
        self.pool = pool
    }

    deinit {
        for table in pool { table.deallocate() }
    }
}

extension WasmModule {
    /// Whether values of a reference type are function references (pointers to records with a type id).
    func isFunctionReference(_ type: ValueType) -> Bool {
        guard type.isReference else { return false }
        let heap = type.heapType
        if heap.isConcrete {
            if case .function = types[Int(heap.typeIndex)].composite { return true }
            return false
        }
        return heap == .func || heap == .nofunc
    }
}
