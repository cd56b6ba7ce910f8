// Figures about a module's code, for `--stats` and tests.

/// Figures about the blocks that a ``Code`` has, or of one kind of them.
public struct CodeStatistics: Sendable, Equatable {
    /// Figures about the blocks of one kind.
    public struct Blocks: Sendable, Equatable {
        public var count = 0
        /// Functions in them; a function that was compiled twice counts twice.
        public var functionCount = 0
        /// Machine code, constants included.
        public var codeBytes = 0
        public var metadataBytes = 0
    }

    private var byKind = [Blocks](repeating: Blocks(), count: CodeBlockKind.allCases.count)
    /// Stubs that can be found by ``StubID``.
    public internal(set) var stubCount = 0
    /// Segments in use, and the executable memory that they take.
    public internal(set) var segmentCount = 0
    public internal(set) var mappedBytes = 0
    /// Machine code that nothing leads to any more, but that somebody may still be in. Counted by kind as well.
    public internal(set) var retiredBytes = 0
    /// Machine code and blocks that were freed, since the beginning. Not counted by kind.
    public internal(set) var freedBytes = 0
    public internal(set) var freedBlockCount = 0
    /// How often functions lost their code to the limit on code, or to whoever asked for that.
    public internal(set) var evictedFunctionCount = 0
    /// Memory for entry cells.
    public internal(set) var cellBytes = 0

    public init() {}

    public internal(set) subscript(kind: CodeBlockKind) -> Blocks {
        get { byKind[Int(kind.rawValue)] }
        set { byKind[Int(kind.rawValue)] = newValue }
    }

    public var blockCount: Int { byKind.reduce(0) { $0 + $1.count } }
    /// Machine code that calls may come to.
    public var liveBytes: Int { codeBytes - retiredBytes }
    public var codeBytes: Int { byKind.reduce(0) { $0 + $1.codeBytes } }
    public var metadataBytes: Int { byKind.reduce(0) { $0 + $1.metadataBytes } }
}
