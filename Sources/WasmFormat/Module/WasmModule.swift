// A decoded module: all sections as immutable values. Bodies of functions stay bytes.

/// A decoded module.
///
/// Everything but the code of function bodies has been validated by ``decode(_:features:limits:)``; ``validate(jobs:)``
/// checks the bodies, and must succeed before they are compiled. Instances are immutable and shared between threads.
public final class WasmModule: Sendable {
    public let bytes: ModuleBytes
    /// The features that the module may use.
    public let features: Features
    public let limits: DecodingLimits

    /// Types with normalised references: an index stands for its smallest equivalent.
    public let types: [SubType]
    /// Ranges of type indices that were defined together.
    public let recursionGroups: [Range<UInt32>]
    /// For each type the smallest index of an equivalent one.
    public let canonicalTypeIndices: [UInt32]
    public let imports: [Import]
    /// The type of each function, imports first.
    public let functionTypeIndices: [UInt32]
    /// Imports first.
    public let tables: [TableType]
    /// Imports first.
    public let memories: [MemoryType]
    /// Imports first.
    public let globals: [GlobalType]
    /// Of the defined globals.
    public let globalInitializers: [ConstantExpression]
    /// Type indices, imports first.
    public let tags: [UInt32]
    public let exports: [Export]
    /// The function that instantiation calls at its end.
    public let start: UInt32?
    public let elementSegments: [ElementSegment]
    public let dataSegments: [DataSegment]
    /// What the data count section says, if there is one.
    public let dataCount: UInt32?
    /// Of the defined functions.
    public let bodies: [FunctionBody]
    public let customSections: [CustomSection]
    /// The contents of the code section in the module's bytes.
    public let codeSection: Range<Int>?

    public let importedFunctionCount: Int
    public let importedTableCount: Int
    public let importedMemoryCount: Int
    public let importedGlobalCount: Int
    public let importedTagCount: Int
    /// Functions that `ref.func` may name in bodies: those that occur in exports, segments or initializers.
    public let escapingFunctions: Bitmap

    /// The types in flat memory.
    @usableFromInline
    let typeTable: TypeTable
    /// The index spaces as validation reads them.
    let validationTables: ValidationTables
    let nameSectionCache = NameSectionCache()
    /// Whether there is a branch hint section, well-formed or not.
    public let hasBranchHints: Bool
    let branchHintCache = BranchHintCache()

    /// Decodes a module and validates everything but the code of its functions.
    ///
    /// Memory use is bounded by a small multiple of the module's size.
    public static func decode(
        _ bytes: ModuleBytes, features: Features = .all, limits: DecodingLimits = DecodingLimits()
    ) throws(ModuleError) -> WasmModule {
        var decoder = ModuleDecoder(bytes: bytes, features: features, limits: limits)
        try decoder.decode()
        return WasmModule(decoder)
    }

    init(_ decoder: ModuleDecoder) {
        bytes = decoder.bytes
        features = decoder.features
        limits = decoder.limits
        typeTable = decoder.types
        validationTables = ValidationTables(decoder)
        types = (0..<decoder.types.count).map { [table = decoder.types] in table.subType($0) }
        recursionGroups = decoder.types.groups
        canonicalTypeIndices = (0..<decoder.types.count).map { [table = decoder.types] in table.entries[$0].canonical }
        imports = decoder.imports
        functionTypeIndices = decoder.functionTypeIndices
        tables = decoder.tables
        memories = decoder.memories
        globals = decoder.globals
        globalInitializers = decoder.globalInitializers
        tags = decoder.tags
        exports = decoder.exports
        start = decoder.start
        elementSegments = decoder.elementSegments
        dataSegments = decoder.dataSegments
        dataCount = decoder.dataCount
        bodies = decoder.bodies
        customSections = decoder.customSections
        hasBranchHints = customSections.contains { $0.name == BranchHintSection.name }
        codeSection = decoder.codeSection
        importedFunctionCount = decoder.importedFunctionCount
        importedTableCount = decoder.importedTableCount
        importedMemoryCount = decoder.importedMemoryCount
        importedGlobalCount = decoder.importedGlobalCount
        importedTagCount = decoder.importedTagCount
        escapingFunctions = decoder.escapingFunctions
    }

    /// Functions, imports included.
    public var functionCount: Int { functionTypeIndices.count }

    /// The type of a function, counted with imports.
    public func functionType(_ functionIndex: Int) -> FunctionType {
        functionType(typeIndex: functionTypeIndices[functionIndex])
    }

    /// The function type with an index in the type section.
    ///
    /// - Precondition: the type is a function type. The decoder has seen to that for the types of functions and tags, and
    ///   validation for those that code names.
    public func functionType(typeIndex: UInt32) -> FunctionType {
        guard case .function(let type) = types[Int(typeIndex)].composite else {
            preconditionFailure("type \(typeIndex) is not a function type")
        }
        return type
    }

    /// A type as its group was written, with references into the group to the group itself.
    ///
    /// In ``types`` a group that repeats an earlier one refers to the earlier one. That is equivalent inside this module,
    /// but written out again it would define other types.
    public func declaredType(_ typeIndex: Int) -> SubType {
        guard canonicalTypeIndices[typeIndex] != typeIndex else { return types[typeIndex] }
        var low = 0
        var high = recursionGroups.count - 1
        while low < high {
            let middle = (low + high) / 2
            if recursionGroups[middle].upperBound <= typeIndex { low = middle + 1 } else { high = middle }
        }
        let group = recursionGroups[low]
        let first = canonicalTypeIndices[Int(group.lowerBound)]
        let repeated = first..<(first + UInt32(group.count))
        return types[typeIndex].mapTypeIndices { repeated.contains($0) ? $0 - first + group.lowerBound : $0 }
    }

    /// The body of a defined function; `nil` for imports.
    public func body(_ functionIndex: Int) -> FunctionBody? {
        functionIndex >= importedFunctionCount ? bodies[functionIndex - importedFunctionCount] : nil
    }

    /// A heap type as code writes it, with its type index replaced by the smallest equivalent one.
    @inlinable
    public func normalized(_ type: HeapType) -> HeapType { typeTable.normalized(type) }

    /// A value type as code writes it, with its type index replaced by the smallest equivalent one.
    @inlinable
    public func normalized(_ type: ValueType) -> ValueType { typeTable.normalized(type) }

    /// Whether values of one (normalised) type are values of another.
    public func isSubtype(_ type: ValueType, of other: ValueType) -> Bool { typeTable.isSubtype(type, other) }

    /// Whether references to one (normalised) heap type are references to another.
    public func isSubtype(_ type: HeapType, of other: HeapType) -> Bool { typeTable.isSubtype(type, other) }

    /// Calls a closure with the local declarations of a body in order, parameters not included.
    @inlinable
    public func forEachLocalDeclaration(in body: FunctionBody, _ action: (LocalDeclaration) -> Void) {
        var reader = TrustedReader(self.bytes, at: body.bytes.lowerBound)
        for _ in 0..<reader.readU32() {
            let count = reader.readU32()
            action(LocalDeclaration(count: count, type: normalized(reader.readValueType())))
        }
    }

    /// The local declarations of a body, parameters not included.
    public func localDeclarations(of body: FunctionBody) -> [LocalDeclaration] {
        var declarations: [LocalDeclaration] = []
        forEachLocalDeclaration(in: body) { declarations.append($0) }
        return declarations
    }
}
