// What a compiler writes down of one function for people to look at, if it is asked to: texts between its passes, and which
// code belongs to what.

/// A function on its way through a compiler.
public struct CompilationNotes: Sendable {
    /// A line of text.
    public struct Line: Sendable, Hashable {
        public var text: String
        /// Of the operator that it comes from, in bytes from the beginning of the module.
        public var bytecodeOffset: Int?

        public init(_ text: String, bytecodeOffset: Int? = nil) {
            self.text = text
            self.bytecodeOffset = bytecodeOffset
        }
    }

    /// The function as a pass left it.
    public struct Pass: Sendable {
        public var name: String
        public var lines: [Line]

        public init(name: String, lines: [Line]) {
            self.name = name
            self.lines = lines
        }
    }

    /// A run of code.
    public struct Part: Sendable, Hashable {
        public enum Kind: Sendable, Hashable {
            /// Code of operators: of one, or of those that melt into one another.
            case operators
            case prologue
            /// Code out of the way: traps and what goes back to where it came from.
            case outOfLine
            /// A jump table.
            case table
            /// Constants behind the code.
            case constants
        }

        public var kind: Kind
        /// Bytes from the beginning of the code.
        public var range: Range<Int>
        /// The operators, in bytes from the beginning of the module: all of those that begin in the range.
        public var operators: Range<Int>?
        /// The block of machine instructions, where the compiler has such.
        public var block: Int?
        /// How many loops that block is in.
        public var loopDepth: Int

        public init(
            _ kind: Kind, _ range: Range<Int>, operators: Range<Int>? = nil, block: Int? = nil, loopDepth: Int = 0
        ) {
            self.kind = kind
            self.range = range
            self.operators = operators
            self.block = block
            self.loopDepth = loopDepth
        }
    }

    /// In their order.
    public var passes: [Pass] = []
    /// In the code's order, without gaps, none empty.
    public var parts: [Part] = []

    public init() {}

    /// Adds a run of code; of a run that has tables in it, what is left between them and the tables by themselves.
    public mutating func addPart(_ part: Part, tables: [Range<Int>] = []) {
        var rest = part
        for table in tables where part.range.contains(table.lowerBound) {
            rest.range = rest.range.lowerBound..<table.lowerBound
            if !rest.range.isEmpty { parts.append(rest) }
            parts.append(Part(.table, table, block: part.block))
            rest.range = table.upperBound..<max(part.range.upperBound, table.upperBound)
        }
        if !rest.range.isEmpty { parts.append(rest) }
    }
}
