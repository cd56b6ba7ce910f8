// What all functions of a generated module share: decided before any code is.

/// A memory of the module.
struct PlannedMemory {
    var is64: Bool
    var maximumPages: Int
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
    /// Global 0 is the fuel, and not among the ones that code may use at will.
    var globals: [PlannedGlobal] = []
    var tableIs64 = false
    /// Signature of the function in each table slot, or nil for null.
    var tableSlots: [Signature?] = []
    /// Contents of the active element segment, which begins at slot 0.
    var tableFunctions: [Int?] = []
    var passiveDataLengths: [Int] = []
    var passiveElementCounts: [Int] = []
    /// Interned function types, in the order of the type section.
    var types: [Signature] = []
    var typeIndices: [Signature: Int] = [:]
    /// Ids of statements and expressions.
    var parts: [UInt64] = []
    let catalog: OperatorCatalog

    static let fuelGlobal = 0

    init(options: GeneratorOptions, library: ModulePlan?, random: inout SeededRandom) {
        self.options = options
        catalog = options.vectors ? .all : .scalar
        opensTypes = library?.opensTypes ?? random.chance(percent: options.references ? 15 : 0)
        if let library { planImports(library, &random) }
        if !imports.importsTable { tableIs64 = options.memory64 && random.chance(percent: 12) }
        if library == nil { globals.append(PlannedGlobal(kind: .i32, isMutable: true)) }
        for _ in 0..<(2 + random.below(10)) {
            globals.append(PlannedGlobal(kind: kind(&random), isMutable: random.chance(percent: 85)))
        }
        let memoryCount = options.multipleMemories && random.chance(percent: 20) ? 2 : 1
        while memories.count < memoryCount {
            memories.append(
                PlannedMemory(
                    is64: options.memory64 && random.chance(percent: 12), maximumPages: 1 + random.below(3)))
        }
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
        imports.globals = [Self.fuelGlobal]
        for global in library.globals.indices.dropFirst() where random.chance(percent: 40) {
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

    /// Functions that hold generated code.
    var definedFunctions: ArraySlice<Signature> { functions.dropFirst(imports.functions.count) }

    /// The index of a function in the module: the library's checksum stands between imports and definitions.
    func index(ofFunction function: Int) -> Int {
        imports.isEmpty || function < imports.functions.count ? function : function + 1
    }

    /// The index of the library's checksum.
    var libraryChecksum: Int { imports.functions.count }

    func kind(_ random: inout SeededRandom) -> ValueKind {
        let weights = [30, 22, 10, 14, options.vectors ? 10 : 0, options.references ? 3 : 0]
        return ValueKind.allCases[random.pick(weights: weights)]
    }

    func kinds(upTo maximum: Int, _ random: inout SeededRandom) -> [ValueKind] {
        (0..<random.below(maximum + 1)).map { _ in kind(&random) }
    }

    mutating func typeIndex(_ signature: Signature) -> Int {
        if let index = typeIndices[signature] { return index }
        types.append(signature)
        typeIndices[signature] = types.count - 1
        return types.count - 1
    }
}
