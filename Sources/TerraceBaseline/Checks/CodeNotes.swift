// Which code belongs to which operators: for listings that explain it.

/// What the parts of a function's code are.
struct CodeNotes {
    /// Code that was emitted for some operators: often one, several where they melt into one another.
    struct Part {
        /// Where the next operator begins, in the module's bytes.
        var endOfOperators: Int
        var endOfCode: Int32
    }
    private(set) var parts: [Part] = []
    /// Jump tables.
    private(set) var tables: [Range<Int32>] = []
    /// Where the constants begin, which stand behind the code.
    private(set) var endOfCode: Int32 = 0

    mutating func removeAll() { self = CodeNotes() }

    mutating func endOperators(at offset: Int, code: Int32) {
        parts.append(Part(endOfOperators: offset, endOfCode: code))
    }

    mutating func addTable(_ range: Range<Int32>) { tables.append(range) }

    mutating func endCode(at offset: Int32) { endOfCode = offset }
}
