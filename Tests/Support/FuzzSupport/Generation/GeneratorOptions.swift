// What generated modules may contain.

/// Choices for generated modules.
public struct GeneratorOptions: Sendable {
    public var vectors = true
    public var tailCalls = true
    public var multipleMemories = true
    public var memory64 = true
    public var references = true
    /// Off by default, because V8 does not have it.
    public var wideArithmetic = false
    /// Whether some modules come with a second one from which they import.
    public var libraries = true
    /// Largest number of functions besides the drivers.
    public var maximumFunctionCount = 7
    /// Roughly the number of operators of the largest function.
    public var maximumFunctionSize = 800
    /// Parts to leave out, by the state of their random stream: see ``GeneratedModule/parts``.
    public var omitted: Set<UInt64> = []

    public init() {}
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
    /// Whether the library's functions should be called through functions of the host that pass everything on.
    public var wrapsLibrary = false
    /// Exported functions without parameters, to be called in this order. Each yields an i64 or traps.
    public var drivers: [String]
    /// The exported function that yields a checksum of memories, globals and tables as an i64.
    public static let checksumName = "checksum"
    /// Statements and expressions in the order of generation; what ``GeneratorOptions/omitted`` takes.
    public var parts: [UInt64]
}
