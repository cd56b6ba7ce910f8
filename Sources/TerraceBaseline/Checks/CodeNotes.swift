// Which code belongs to which operators: for listings that explain it.

import TerraceCompilation
import WasmFormat

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

extension BaselineCompiler {
    /// Whether ``compilationNotes`` will be wanted of the next functions.
    public var keepsNotes: Bool {
        get { notes != nil }
        set { notes = newValue ? CodeNotes() : nil }
    }

    /// What the code of the last compilation is made of; nil if notes are not kept.
    public var compilationNotes: CompilationNotes? {
        guard let notes else { return nil }
        let tables = notes.tables.map { Int($0.lowerBound)..<Int($0.upperBound) }
        var result = CompilationNotes()
        // Operators whose code comes with that of the next ones, and operators that are never reached, have none.
        var first: Int?
        var next = 0
        var end = 0
        for part in notes.parts {
            if end < part.endOfCode {
                result.addPart(
                    .init(
                        first == nil ? .prologue : .operators, end..<Int(part.endOfCode),
                        operators: first.map { $0..<part.endOfOperators }), tables: tables)
                end = Int(part.endOfCode)
                first = part.endOfOperators
            }
            first = first ?? part.endOfOperators
            next = part.endOfOperators
        }
        if let first, first < next, let last = result.parts.lastIndex(where: { $0.operators != nil }) {
            result.parts[last].operators = result.parts[last].operators!.lowerBound..<next
        }
        result.addPart(.init(.outOfLine, end..<Int(notes.endOfCode)), tables: tables)
        result.addPart(.init(.constants, Int(notes.endOfCode)..<bytes.count))
        return result
    }
}
