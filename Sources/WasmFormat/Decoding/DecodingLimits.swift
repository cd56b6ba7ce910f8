// Limits of the implementation. They bound what memory and time a module can cost in proportion to its size.
// Memory: a decoded module takes at most about 64 bytes for each byte of its sections (tiny segments are dearest), the
// operand, control and local stacks of a validator at most 16 + 48 + 0.2 MB at these limits, usually a few kB.

/// How large the parts of a module may be. The defaults are those that the JavaScript interface prescribes, where it does.
public struct DecodingLimits: Hashable, Sendable {
    /// Bytes of a module.
    public var moduleBytes = 1 << 30
    public var types = 1_000_000
    public var recursionGroups = 1_000_000
    /// Fields of a structure type.
    public var structFields = 10_000
    /// How many supertypes a type can have above it.
    public var subtypingDepth = 63
    public var parameters = 1_000
    public var results = 1_000
    /// Defined and imported functions each.
    public var functions = 1_000_000
    public var imports = 1_000_000
    public var exports = 1_000_000
    public var globals = 1_000_000
    public var tags = 1_000_000
    public var tables = 100_000
    public var memories = 100_000
    public var dataSegments = 1_000_000
    public var elementSegments = 10_000_000
    /// Elements of one segment.
    public var segmentElements = 10_000_000
    /// Bytes of a function body.
    public var functionBytes = 7_654_321
    /// Parameters and locals of a function.
    public var locals = 50_000
    /// Values on the operand stack of a function.
    public var operands = 4_000_000
    /// Nested blocks in a function.
    public var nestedBlocks = 1_000_000
    /// Bytes of one name.
    public var nameBytes = 100_000

    public init() {}
}
