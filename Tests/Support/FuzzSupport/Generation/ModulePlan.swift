// What all functions of a generated module share: decided before any code is.

/// A memory of the module.
struct PlannedMemory {
    var is64: Bool
    var minimumPages = 1
    /// Nil for none.
    var maximumPages: Int?
    var pageSizeLog2 = 16
    /// Whether the page size is written down.
    var hasPageSize = false

    var minimumBytes: Int { minimumPages << pageSizeLog2 }
    /// Whether the memory always has few pages of 64 KiB.
    var isPlain: Bool { pageSizeLog2 == 16 && maximumPages.map { $0 < 8 } ?? false }
}

/// A table besides the first.
struct PlannedTable {
    var kind: ValueKind
    var is64: Bool
    var count: Int
    var maximum: Int
}

/// An entry of the type section.
struct PlannedType: Hashable {
    var signature: Signature
    var supertype: Int?
    var level: Int
}

/// A global of the module.
struct PlannedGlobal {
    var kind: ValueKind
    var isMutable: Bool
}

/// What a module takes from its library.
struct PlannedImports {
    /// Indices in the library of what has the lowest indices here.
    var functions: [Int] = []
    var globals: [Int] = []
    var importsMemory = false
    var importsTable = false
    /// How many of the host's objects are imported, as globals behind the library's.
    var hostObjects = 0
    /// Whether there is a library. Its checksum is the last imported function then, which code does not call at will.
    var isEmpty = true
}

/// The shape of a module.
struct ModulePlan {
    var options: GeneratorOptions
    var imports = PlannedImports()
    /// Whether function types may have subtypes.
    var opensTypes: Bool
    /// Signatures of the functions that code may call: imported ones, then those that hold generated code.
    var functions: [Signature] = []
    var memories: [PlannedMemory] = []
    /// One is the fuel, and not among the ones that code may use at will.
    var globals: [PlannedGlobal] = []
    /// Index of the global that holds the fuel.
    var fuelGlobal = 0
    var tableIs64 = false
    /// Signature of the function in each table slot, or nil for null.
    var tableSlots: [Signature?] = []
    /// Contents of the active element segment, which begins at slot 0.
    var tableFunctions: [Int?] = []
    var passiveDataLengths: [Int] = []
    var passiveElementCounts: [Int] = []
    /// Tables behind the first. Each has an active segment of its size, and a passive one of three elements behind it.
    var furtherTables: [PlannedTable] = []
    static let furtherSegmentLength = 3
    private(set) var importedGlobalCount = 0
    /// Interned function types, in the order of the type section.
    var types: [PlannedType] = []
    private var typeIndices: [PlannedType: Int] = [:]
    /// Ids of statements and expressions.
    var parts: [UInt64] = []
    let catalog: OperatorCatalog

    init(options: GeneratorOptions, library: ModulePlan?, random: inout SeededRandom) {
        self.options = options
        catalog = .catalog(for: options)
        opensTypes = library?.opensTypes ?? random.chance(percent: options.references ? 15 : 0)
        if options.derivedTypes, library == nil { opensTypes = opensTypes || random.chance(percent: 50) }
        if let library { planImports(library, &random) }
        if !imports.importsTable { tableIs64 = options.memory64 && random.chance(percent: 12) }
        if options.externalReferences {
            imports.hostObjects = GeneratedModule.hostObjectCount
            for _ in 0..<imports.hostObjects { globals.append(PlannedGlobal(kind: .externref, isMutable: false)) }
        }
        importedGlobalCount = globals.count
        if library == nil {
            fuelGlobal = globals.count
            globals.append(PlannedGlobal(kind: .i32, isMutable: true))
        }
        for _ in 0..<(2 + random.below(10)) {
            globals.append(PlannedGlobal(kind: kind(&random), isMutable: random.chance(percent: 85)))
        }
        let memoryCount = options.multipleMemories && random.chance(percent: 20) ? 2 : 1
        while memories.count < memoryCount {
            memories.append(
                PlannedMemory(
                    is64: options.memory64 && random.chance(percent: 12), maximumPages: 1 + random.below(3)))
            if options.customPageSizes, random.chance(percent: 75) {
                memories[memories.count - 1].chooseSize(&random)
            }
        }
        if options.furtherTables { planTables(&random) }
        let count = 1 + random.below(options.maximumFunctionCount)
        for _ in 0..<count {
            // Repeated signatures make indirect and tail calls possible.
            if !functions.isEmpty, random.chance(percent: 25) {
                functions.append(random.pick(functions))
                continue
            }
            var results = kinds(upTo: random.chance(percent: 30) ? 6 : 1, &random)
            if !functions.isEmpty, random.chance(percent: 40) { results = random.pick(functions).results }
            let parameters = kinds(upTo: random.chance(percent: 20) ? 22 : 6, &random)
            functions.append(Signature(parameters, results))
        }
        for _ in 0..<(4 + random.below(12)) {
            tableFunctions.append(random.chance(percent: 90) ? random.below(functions.count) : nil)
        }
        if imports.importsTable {
            tableFunctions.removeLast(max(0, tableFunctions.count - tableSlots.count))
            for (slot, function) in tableFunctions.enumerated() { tableSlots[slot] = function.map { functions[$0] } }
        } else {
            tableSlots = tableFunctions.map { $0.map { functions[$0] } }
        }
        for _ in 0..<random.below(3) { passiveDataLengths.append(random.below(40)) }
        for _ in 0..<random.below(3) { passiveElementCounts.append(random.below(6)) }
    }

    private mutating func planImports(_ library: ModulePlan, _ random: inout SeededRandom) {
        imports.isEmpty = false
        for _ in 0..<(1 + random.below(4)) { imports.functions.append(random.below(library.functions.count)) }
        functions = imports.functions.map { library.functions[$0] }
        // The fuel is the library's.
        imports.globals = [library.fuelGlobal]
        for global in library.globals.indices where global != library.fuelGlobal && random.chance(percent: 40) {
            imports.globals.append(global)
        }
        globals = imports.globals.map { library.globals[$0] }
        if random.chance(percent: 40) {
            imports.importsMemory = true
            memories = [library.memories[0]]
        }
        if random.chance(percent: 40) {
            imports.importsTable = true
            tableIs64 = library.tableIs64
            tableSlots = library.tableSlots
        }
    }

    private mutating func planTables(_ random: inout SeededRandom) {
        for _ in 0...random.below(2) {
            let count = 2 + random.below(10)
            furtherTables.append(
                PlannedTable(
                    kind: options.externalReferences && random.chance(percent: 50) ? .externref : .funcref,
                    is64: options.memory64 && random.chance(percent: 25), count: count,
                    maximum: count + random.below(12)))
        }
    }

    /// Functions that hold generated code.
    var definedFunctions: ArraySlice<Signature> { functions.dropFirst(imports.functions.count) }

    /// The index of a function in the module: the library's checksum stands between imports and definitions.
    func index(ofFunction function: Int) -> Int {
        imports.isEmpty || function < imports.functions.count ? function : function + 1
    }

    /// The index of the library's checksum.
    var libraryChecksum: Int { imports.functions.count }

    func kind(_ random: inout SeededRandom) -> ValueKind {
        let weights = [
            30, 22, 10, 14, options.vectors ? 10 : 0, options.references ? 3 : 0, options.externalReferences ? 4 : 0,
        ]
        return ValueKind.allCases[random.pick(weights: weights)]
    }

    func kinds(upTo maximum: Int, _ random: inout SeededRandom) -> [ValueKind] {
        (0..<random.below(maximum + 1)).map { _ in kind(&random) }
    }

    /// The index of a function type.
    ///
    /// - Parameter level: how many supertypes with the same signature stand above it.
    mutating func typeIndex(_ signature: Signature, level: Int = 0) -> Int {
        if let index = typeIndices[PlannedType(signature: signature, supertype: nil, level: level)] { return index }
        let supertype = level > 0 ? typeIndex(signature, level: level - 1) : nil
        types.append(PlannedType(signature: signature, supertype: supertype, level: level))
        typeIndices[PlannedType(signature: signature, supertype: nil, level: level)] = types.count - 1
        return types.count - 1
    }

    /// A level of some function types; mostly 0.
    func level(_ random: inout SeededRandom) -> Int {
        options.derivedTypes && opensTypes ? random.pick(weights: [70, 20, 10]) : 0
    }
}

extension PlannedMemory {
    /// A size and a page size of all kinds: small and odd, about what a page of 64 KiB holds, near the limits.
    fileprivate mutating func chooseSize(_ random: inout SeededRandom) {
        hasPageSize = true
        if random.chance(percent: 20) {
            // Pages of 64 KiB up to all of the address space. Growing there takes one step.
            minimumPages = random.pick([1, 2, 65_535, 65_536])
            maximumPages = random.chance(percent: 50) ? 65_536 : nil
            hasPageSize = random.chance(percent: 50)
            return
        }
        pageSizeLog2 = 0
        let largest = is64 ? 1 << 32 : (1 << 32) - 1
        switch random.below(4) {
        case 0: minimumPages = 256 + random.below(300)
        case 1: minimumPages = 65_536 - 20 + random.below(40)
        case 2: minimumPages = 70_000 + random.below(100_000)
        default: minimumPages = largest - random.pick([0, 1, 7, 8, 65_535, 65_536, 70_000])
        }
        switch random.below(3) {
        case 0: maximumPages = minimumPages + random.below(70_000)
        case 1: maximumPages = largest
        default: maximumPages = nil
        }
        if !is64, let maximum = maximumPages { maximumPages = min(maximum, largest) }
    }
}
