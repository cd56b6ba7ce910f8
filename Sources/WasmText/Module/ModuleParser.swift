// Parses the fields of a module from tokens and writes the binary format. This file holds the state and the small
// steps over tokens; the grammar is in the extensions: fields, types, entities, segments, instructions, names.
//
// Three passes over the fields, which step over parentheses they need not read: the first gives every entity its index
// and binds identifiers, the second reads type definitions, the third everything else in the order of the text.

import WasmFormat

/// A parser for the modules of one token stream. It can be used for one module after the other.
struct ModuleParser: ~Copyable {
    let stream: TokenStream
    let base: UnsafePointer<UInt8>
    let tokens: UnsafePointer<Token>
    /// Index of the token to be read next.
    var cursor = 0
    var floats = FloatReader()

    // Index spaces
    var types: IndexSpace
    var functions: IndexSpace
    var tables: IndexSpace
    var memories: IndexSpace
    var globals: IndexSpace
    var tags: IndexSpace
    var elements: IndexSpace
    var dataSegments: IndexSpace
    var locals: IndexSpace
    /// Depth at which the symbol's label was bound, counted from 1 outside in.
    var labels: SymbolMap
    var fieldIndices: [UInt64: UInt32] = [:]
    var fieldNames: [(type: UInt32, names: [EntityName])] = []

    // What is known of the fields
    var fields: [ModuleField] = []
    var typeRecords: [TypeRecord] = []
    var functionTypes = FunctionTypeTable()
    var moduleNameSymbol: UInt32 = 0
    var moduleNameAnnotation: Int32 = -1
    var usesDataIndex = false
    var startFunction: UInt32?

    // Sections, without their counts
    var typeSection = ByteWriter()
    var typeGroupCount: UInt32 = 0
    var importSection = ByteWriter()
    var importCount: UInt32 = 0
    var importedFunctionCount: UInt32 = 0
    var importedTableCount: UInt32 = 0
    var importedMemoryCount: UInt32 = 0
    var importedGlobalCount: UInt32 = 0
    var importedTagCount: UInt32 = 0
    var functionSection = ByteWriter()
    var functionCount: UInt32 = 0
    var tableSection = ByteWriter()
    var tableCount: UInt32 = 0
    var memorySection = ByteWriter()
    var memoryCount: UInt32 = 0
    var tagSection = ByteWriter()
    var tagCount: UInt32 = 0
    var globalSection = ByteWriter()
    var globalCount: UInt32 = 0
    var exportSection = ByteWriter()
    var exportCount: UInt32 = 0
    var elementSection = ByteWriter()
    var codeSection = ByteWriter(capacity: 4096)
    var dataSection = ByteWriter()
    var customSections: [CustomSection] = []

    // Instructions
    var body = ByteWriter(capacity: 4096)
    /// Encoded instructions whose operands are still being read.
    var pending = ByteWriter()
    var frames: [InstructionFrame] = []
    var labelDepth: UInt32 = 0
    var labelOrdinal: UInt32 = 0
    var isInFunction = false
    var currentFunction: UInt32 = 0
    var localNames: [(function: UInt32, name: EntityName)] = []
    var labelNames: [(function: UInt32, name: EntityName)] = []
    var branchHints: [BranchHint] = []

    // Scratch
    var string = ByteWriter()
    var parameterTypes = ByteWriter()
    var resultTypes = ByteWriter()
    var signature = ByteWriter()
    var parameterCount: UInt32 = 0
    var resultCount: UInt32 = 0
    var expression = ByteWriter()
    var segmentItems = ByteWriter()
    var clauses = ByteWriter()

    init(_ stream: TokenStream) {
        self.stream = stream
        // An empty text has no base address and no byte is ever read.
        base = stream.text.baseAddress ?? UnsafePointer(bitPattern: 1)!
        tokens = UnsafePointer(stream.tokens.base)
        let symbolCount = stream.symbols.count
        types = IndexSpace("type", symbolCount: symbolCount)
        functions = IndexSpace("func", symbolCount: symbolCount)
        tables = IndexSpace("table", symbolCount: symbolCount)
        memories = IndexSpace("memory", symbolCount: symbolCount)
        globals = IndexSpace("global", symbolCount: symbolCount)
        tags = IndexSpace("tag", symbolCount: symbolCount)
        elements = IndexSpace("elem", symbolCount: symbolCount)
        dataSegments = IndexSpace("data", symbolCount: symbolCount)
        locals = IndexSpace("local", symbolCount: symbolCount)
        labels = SymbolMap(symbolCount: symbolCount)
    }

    /// Forgets the previous module.
    mutating func reset() {
        types.removeAll()
        functions.removeAll()
        tables.removeAll()
        memories.removeAll()
        globals.removeAll()
        tags.removeAll()
        elements.removeAll()
        dataSegments.removeAll()
        locals.removeAll()
        labels.removeAll()
        fieldIndices.removeAll(keepingCapacity: true)
        fieldNames.removeAll(keepingCapacity: true)
        fields.removeAll(keepingCapacity: true)
        typeRecords.removeAll(keepingCapacity: true)
        functionTypes.removeAll()
        moduleNameSymbol = 0
        moduleNameAnnotation = -1
        usesDataIndex = false
        startFunction = nil
        typeSection.removeAll()
        importSection.removeAll()
        functionSection.removeAll()
        tableSection.removeAll()
        memorySection.removeAll()
        tagSection.removeAll()
        globalSection.removeAll()
        exportSection.removeAll()
        elementSection.removeAll()
        codeSection.removeAll()
        dataSection.removeAll()
        customSections.removeAll()
        (typeGroupCount, importCount, functionCount, tableCount) = (0, 0, 0, 0)
        (memoryCount, tagCount, globalCount, exportCount) = (0, 0, 0, 0)
        (importedFunctionCount, importedTableCount, importedMemoryCount) = (0, 0, 0)
        (importedGlobalCount, importedTagCount) = (0, 0)
        body.removeAll()
        pending.removeAll()
        frames.removeAll(keepingCapacity: true)
        labelDepth = 0
        isInFunction = false
        localNames.removeAll(keepingCapacity: true)
        labelNames.removeAll(keepingCapacity: true)
        branchHints.removeAll(keepingCapacity: true)
    }

    // MARK: Tokens

    @inline(__always)
    var token: Token { tokens[cursor] }

    /// The token `distance` behind the next one, which must exist unless something stands before it.
    @inline(__always)
    func peek(_ distance: Int) -> Token { tokens[cursor &+ distance] }

    @inline(__always)
    func isWord(_ token: Token, _ word: Word) -> Bool { token.kind == .word && token.code == word.rawValue }

    @inline(__always)
    func word(of token: Token) -> Word? { token.kind == .word ? Word(rawValue: token.code) : nil }

    /// Whether `(word` comes next.
    @inline(__always)
    func isAtOpen(_ word: Word) -> Bool {
        token.kind == .leftParenthesis && isWord(peek(1), word)
    }

    mutating func takeWord(_ word: Word) -> Bool {
        guard isWord(token, word) else { return false }
        cursor += 1
        return true
    }

    mutating func expectWord(_ word: Word) throws(SyntaxError) {
        guard takeWord(word) else { throw unexpected() }
    }

    mutating func expectOpen() throws(SyntaxError) {
        guard token.kind == .leftParenthesis else { throw unexpected() }
        cursor += 1
    }

    mutating func expectOpen(_ word: Word) throws(SyntaxError) {
        guard token.kind == .leftParenthesis else { throw unexpected() }
        guard isWord(peek(1), word) else { throw unexpected(at: cursor + 1) }
        cursor += 2
    }

    @inline(__always)
    mutating func expectClose() throws(SyntaxError) {
        guard token.kind == .rightParenthesis else { throw unexpected() }
        cursor &+= 1
    }

    /// The symbol of the identifier that comes next, or 0 if none does.
    @inline(__always)
    mutating func takeIdentifier() -> UInt32 {
        let token = token
        guard token.kind == .identifier else { return 0 }
        cursor &+= 1
        return token.link
    }

    @inline(__always)
    func isIndex(_ token: Token) -> Bool { token.kind == .identifier || token.kind == .number }

    // MARK: Strings

    /// Appends the bytes of the string that comes next to `string`.
    mutating func appendString() throws(SyntaxError) {
        let token = token
        guard token.kind == .string else { throw unexpected() }
        StringLiteral.decode(base, Int(token.start), Int(token.link), hasEscapes: token.hasEscapes, into: &string)
        cursor += 1
    }

    /// Reads a name into `string`: a string that is valid UTF-8.
    mutating func readName() throws(SyntaxError) {
        string.removeAll()
        try appendString()
        guard UTF8Check.isValid(string.bytes) else {
            throw SyntaxError("malformed UTF-8 encoding", at: Int(tokens[cursor - 1].start))
        }
    }

    /// Reads strings into `string` as long as they come.
    mutating func readStrings() throws(SyntaxError) {
        string.removeAll()
        while token.kind == .string { try appendString() }
    }

    // MARK: Numbers

    /// An unsigned number of so many bits.
    mutating func readUnsigned(bits: UInt64) throws(SyntaxError) -> UInt64 {
        let token = token
        guard token.kind == .number else { throw unexpected() }
        guard let literal = IntegerLiteral(base, Int(token.start), Int(token.link)), !literal.hasSign else {
            throw unexpected()
        }
        guard let value = literal.unsigned(bits: bits) else {
            throw SyntaxError("i\(bits) constant out of range", at: Int(token.start))
        }
        cursor &+= 1
        return value
    }

    /// A signed or unsigned number of so many bits, as bits.
    @inline(__always)
    mutating func readInteger(bits: UInt64) throws(SyntaxError) -> UInt64 {
        let token = token
        guard token.kind == .number, let literal = IntegerLiteral(base, Int(token.start), Int(token.link)) else {
            throw unexpected()
        }
        guard let value = literal.value(bits: bits) else {
            throw SyntaxError("constant out of range", at: Int(token.start))
        }
        cursor &+= 1
        return value
    }

    /// The bits of a floating-point number.
    mutating func readFloat(_ format: FloatFormat) throws(SyntaxError) -> UInt64 {
        let token = token
        guard token.kind == .number else { throw unexpected() }
        switch floats.read(base, Int(token.start), Int(token.link), format) {
        case .bits(let bits):
            cursor &+= 1
            return bits
        case .malformed: throw unexpected()
        case .outOfRange: throw SyntaxError("constant out of range", at: Int(token.start))
        }
    }

    // MARK: Indices

    /// The index spaces whose indices instructions and fields name.
    enum Space { case type, function, table, memory, global, tag, element, data, local }

    @inline(__always)
    func lookUp(_ symbol: UInt32, _ space: Space) -> UInt32? {
        switch space {
        case .type: types.index(of: symbol)
        case .function: functions.index(of: symbol)
        case .table: tables.index(of: symbol)
        case .memory: memories.index(of: symbol)
        case .global: globals.index(of: symbol)
        case .tag: tags.index(of: symbol)
        case .element: elements.index(of: symbol)
        case .data: dataSegments.index(of: symbol)
        case .local: locals.index(of: symbol)
        }
    }

    /// An index: a number, or an identifier that names something in the space.
    @inline(__always)
    mutating func readIndex(_ space: Space) throws(SyntaxError) -> UInt32 {
        let token = token
        if token.kind == .identifier {
            guard let index = lookUp(token.link, space) else { throw unknown(space) }
            cursor &+= 1
            return index
        }
        return UInt32(truncatingIfNeeded: try readUnsigned(bits: 32))
    }

    @inline(never)
    private func unknown(_ space: Space) -> SyntaxError {
        switch space {
        case .element: unknown("elem segment")
        case .data: unknown("data segment")
        default: unknown("\(space)")
        }
    }

    // MARK: Errors

    /// The text of a token, at most 60 bytes of it.
    func text(of token: Token) -> String {
        switch token.kind {
        case .leftParenthesis: return "("
        case .rightParenthesis: return ")"
        case .end: return "end of text"
        case .identifier:
            let name = stream.symbols.name(token.link)
            return "$" + String(decoding: name.prefix(60), as: UTF8.self)
        default:
            let end = min(Int(token.link), Int(token.start) + 60)
            return String(
                decoding: UnsafeBufferPointer(start: base + Int(token.start), count: end - Int(token.start)),
                as: UTF8.self)
        }
    }

    /// The error for a token that cannot stand where it stands: the next one, unless another is named.
    @inline(never)
    func unexpected(at index: Int? = nil) -> SyntaxError {
        let token = tokens[index ?? cursor]
        if text(of: token) == "component" {
            return SyntaxError("unexpected token component: \(ModuleError.isComponent)", at: Int(token.start))
        }
        var isUnknown = token.kind == .reserved
        if token.kind == .number, IntegerLiteral(base, Int(token.start), Int(token.link)) == nil {
            var reader = FloatReader()
            if case .malformed = reader.read(base, Int(token.start), Int(token.link), .double) { isUnknown = true }
        }
        let what = isUnknown ? "unknown operator" : "unexpected token"
        return SyntaxError("\(what) \(text(of: token))", at: Int(token.start))
    }

    /// The error for an identifier that names nothing.
    @inline(never)
    func unknown(_ kind: String) -> SyntaxError {
        SyntaxError("unknown \(kind) \(text(of: token))", at: Int(token.start))
    }

    @inline(never)
    func duplicate(_ kind: StaticString, at index: Int) -> SyntaxError {
        SyntaxError("duplicate \(kind) \(text(of: tokens[index]))", at: Int(tokens[index].start))
    }

    // MARK: Annotations

    /// The index of the annotation of a kind which stands right before the token, marked as used; −1 if there is none.
    @inline(__always)
    mutating func takeAnnotation(_ kind: Annotation.Kind, before index: Int) -> Int32 {
        stream.annotations.isEmpty ? -1 : findAnnotation(kind, before: index)
    }

    @inline(never)
    private func findAnnotation(_ kind: Annotation.Kind, before index: Int) -> Int32 {
        let annotations = stream.annotations
        var low = 0
        var high = annotations.count
        while low < high {
            let middle = (low + high) / 2
            if Int(annotations[middle].token) < index { low = middle + 1 } else { high = middle }
        }
        while low < annotations.count, Int(annotations[low].token) == index {
            if annotations[low].kind == kind, !annotations[low].isUsed {
                stream.annotations[low].isUsed = true
                return Int32(low)
            }
            low += 1
        }
        return -1
    }
}
