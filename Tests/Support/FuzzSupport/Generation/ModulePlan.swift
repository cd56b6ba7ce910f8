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

/// The shape of a module.
struct ModulePlan {
    var options: GeneratorOptions
    /// Signatures of the functions that hold generated code.
    var functions: [Signature] = []
    var memories: [PlannedMemory] = []
    /// Global 0 is the fuel, and not among the ones that code may use at will.
    var globals: [PlannedGlobal] = []
    /// Function by table slot, or nil for null.
    var tableSlots: [Int?] = []
    var passiveDataLengths: [Int] = []
    var passiveElementCounts: [Int] = []
    /// Interned function types, in the order of the type section.
    var types: [Signature] = []
    var typeIndices: [Signature: Int] = [:]
    /// Ids of statements and expressions.
    var parts: [UInt64] = []
    let catalog: OperatorCatalog

    static let fuelGlobal = 0

    init(options: GeneratorOptions, random: inout SeededRandom) {
        self.options = options
        catalog = options.vectors ? .all : .scalar
        globals.append(PlannedGlobal(kind: .i32, isMutable: true))
        for _ in 0..<(2 + random.below(10)) {
            globals.append(PlannedGlobal(kind: kind(&random), isMutable: random.chance(percent: 85)))
        }
        let memoryCount = options.multipleMemories && random.chance(percent: 20) ? 2 : 1
        for _ in 0..<memoryCount {
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
            tableSlots.append(random.chance(percent: 90) ? random.below(count) : nil)
        }
        for _ in 0..<random.below(3) { passiveDataLengths.append(random.below(40)) }
        for _ in 0..<random.below(3) { passiveElementCounts.append(random.below(6)) }
    }

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
