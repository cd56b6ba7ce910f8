// What generated modules may contain.

/// Choices for generated modules.
public struct GeneratorOptions: Sendable {
    public var vectors = true
    public var tailCalls = true
    public var multipleMemories = true
    public var memory64 = true
    public var references = true
    // Off by default: what V8 does not have, or does not have to do the same way, or what needs a host.
    public var wideArithmetic = false
    /// Memories with pages of one byte, and memories near their limits.
    public var customPageSizes = false
    /// Relaxed vector operators. Their results are those of the deterministic profile.
    public var relaxedVectors = false
    /// Values of type `externref`: the host's objects, through constant globals, and null.
    public var externalReferences = false
    /// Function types derived from others.
    public var derivedTypes = false
    /// More tables than one.
    public var furtherTables = false
    /// Looks at those bits of NaNs that are determined.
    public var exactNaNs = false
    /// Start functions, segments of all forms, constant expressions of several instructions.
    public var richModules = false
    /// Shapes that compilers look for.
    public var idioms = false
    /// Whether some modules come with a second one from which they import.
    public var libraries = true
    /// Largest number of functions besides the drivers.
    public var maximumFunctionCount = 7
    /// Roughly the number of operators of the largest function.
    public var maximumFunctionSize = 800
    /// Parts to leave out, by the state of their random stream: see ``GeneratedModule/parts``.
    public var omitted: Set<UInt64> = []

    public init() {}

    /// Features of everything that the engine has, chosen anew by each seed.
    public static func oracle(seed: UInt64) -> GeneratorOptions {
        var random = SeededRandom(seed: ~seed)
        var options = GeneratorOptions()
        options.wideArithmetic = random.chance(percent: 60)
        options.customPageSizes = random.chance(percent: 80)
        options.relaxedVectors = random.chance(percent: 60)
        options.externalReferences = random.chance(percent: 60)
        options.derivedTypes = random.chance(percent: 40)
        options.furtherTables = random.chance(percent: 60)
        options.exactNaNs = random.chance(percent: 60)
        options.richModules = random.chance(percent: 60)
        options.idioms = random.chance(percent: 60)
        return options
    }
}

/// A valid module and what to call in it.
public struct GeneratedModule: Sendable {
    public var bytes: [UInt8]
    /// A module to instantiate first, whose exports are the imports from ``libraryName``.
    public var library: [UInt8]?
    public static let libraryName = "library"
    /// Where modules with external references import globals `e0`, `e1`, ... from: constant references to objects of the
    /// host with these numbers.
    public static let hostName = "host"
    public static let hostObjectCount = 3
    /// How often the module should be instantiated, and share code and library. Calls take turns.
    public var instanceCount = 1
    /// Whether the library's functions should be called through functions of the host that pass everything on.
    public var wrapsLibrary = false
    /// Exported functions without parameters, to be called in this order. Each yields an i64 or traps.
    public var drivers: [String]
    /// The exported function that yields a checksum of memories, globals and tables as an i64.
    public static let checksumName = "checksum"
    /// Statements and expressions in the order of generation; what ``GeneratorOptions/omitted`` takes.
    public var parts: [UInt64]

    public init(
        bytes: [UInt8], library: [UInt8]?, wrapsLibrary: Bool = false, drivers: [String], parts: [UInt64] = []
    ) {
        self.bytes = bytes
        self.library = library
        self.wrapsLibrary = wrapsLibrary
        self.drivers = drivers
        self.parts = parts
    }
}
