// The fields of a module: the pass that binds names to indices, and the pass that reads what the fields hold.

/// A field found by the first pass.
struct ModuleField {
    var word: Word
    /// Index of its parenthesis.
    var token: Int
}

extension ModuleParser {
    /// Reads fields from the cursor up to the parenthesis (or the end of the text) at `end`, and gives the binary
    /// module. Afterwards the cursor is at `end`.
    mutating func parseModuleFields(upTo end: Int) throws(SyntaxError) -> [UInt8] {
        let start = cursor
        try bindFields(upTo: end)
        for field in fields where field.word == .type || field.word == .rec {
            cursor = field.token
            try parseTypeField(field.word)
        }
        // Types are complete but for those that signatures define; names refer to definitions read above.
        for field in fields where field.word != .type && field.word != .rec {
            cursor = field.token
            try parse(field)
        }
        try readCustomAnnotations(from: start, upTo: end)
        try rejectUnusedAnnotations(from: start, upTo: end)
        cursor = end
        return assemble()
    }

    /// Reads `id? fields…` behind `(module` up to the parenthesis that closes it.
    mutating func parseModuleContents(upTo end: Int) throws(SyntaxError) -> [UInt8] {
        moduleNameSymbol = takeIdentifier()
        moduleNameAnnotation = takeAnnotation(.name, before: cursor)
        if moduleNameAnnotation >= 0, takeAnnotation(.name, before: cursor) >= 0 {
            throw SyntaxError("@name annotation: multiple module names", at: Int(token.start))
        }
        return try parseModuleFields(upTo: end)
    }

    // MARK: First pass

    private mutating func bindFields(upTo end: Int) throws(SyntaxError) {
        // The kind of the first definition: imports may not follow it.
        var firstDefinition: Word?
        while cursor < end {
            guard token.kind == .leftParenthesis else { throw unexpected() }
            let start = cursor
            let close = Int(token.link)
            cursor += 1
            guard let word = word(of: token) else { throw unexpected() }
            cursor += 1
            switch word {
            case .type:
                try bind(.type)
            case .rec:
                while token.kind == .leftParenthesis {
                    let close = Int(token.link)
                    cursor += 1
                    try expectWord(.type)
                    try bind(.type)
                    cursor = close + 1
                }
            case .import:
                try rejectImport(after: firstDefinition, at: start)
                try bindImport()
            case .func, .table, .memory, .global, .tag:
                let isImport = try bindEntity(word, upTo: close)
                if isImport {
                    try rejectImport(after: firstDefinition, at: start)
                } else if firstDefinition == nil {
                    firstDefinition = word
                }
            case .elem:
                try bind(.element)
            case .data:
                try bind(.data)
            case .export, .start:
                break
            default:
                throw unexpected(at: cursor - 1)
            }
            fields.append(ModuleField(word: word, token: start))
            cursor = close + 1
        }
    }

    private func rejectImport(after definition: Word?, at index: Int) throws(SyntaxError) {
        guard let definition else { return }
        let name = definition == .func ? "function" : definition.text
        throw SyntaxError("import after \(name)", at: Int(tokens[index].start))
    }

    /// Takes the identifier that may come next and gives the entity the next index of the space.
    private mutating func bind(_ space: Space) throws(SyntaxError) {
        let at = cursor
        let symbol = takeIdentifier()
        let annotation = takeAnnotation(.name, before: cursor)
        let isNew =
            switch space {
            case .type: types.define(symbol: symbol, annotation: annotation)
            case .function: functions.define(symbol: symbol, annotation: annotation)
            case .table: tables.define(symbol: symbol, annotation: annotation)
            case .memory: memories.define(symbol: symbol, annotation: annotation)
            case .global: globals.define(symbol: symbol, annotation: annotation)
            case .tag: tags.define(symbol: symbol, annotation: annotation)
            case .element: elements.define(symbol: symbol, annotation: annotation)
            case .data: dataSegments.define(symbol: symbol, annotation: annotation)
            case .local: locals.define(symbol: symbol, annotation: annotation)
            }
        if isNew { return }
        switch space {
        case .type: throw duplicate("type", at: at)
        case .function: throw duplicate("func", at: at)
        case .table: throw duplicate("table", at: at)
        case .memory: throw duplicate("memory", at: at)
        case .global: throw duplicate("global", at: at)
        case .tag: throw duplicate("tag", at: at)
        case .element: throw duplicate("elem", at: at)
        case .data: throw duplicate("data", at: at)
        case .local: throw duplicate("local", at: at)
        }
    }

    private mutating func bindEntity(_ word: Word) throws(SyntaxError) {
        switch word {
        case .func: try bind(Space.function)
        case .table: try bind(Space.table)
        case .memory: try bind(Space.memory)
        case .global: try bind(Space.global)
        case .tag: try bind(Space.tag)
        default: throw unexpected()
        }
    }

    /// Binds what `(import "module" "name" (kind id? …))` imports; the cursor is behind `import`.
    private mutating func bindImport() throws(SyntaxError) {
        for _ in 0..<2 {
            guard token.kind == .string else { throw unexpected() }
            cursor += 1
        }
        try expectOpen()
        guard let word = word(of: token) else { throw unexpected() }
        switch word {
        case .func, .table, .memory, .global, .tag: cursor += 1
        default: throw unexpected()
        }
        try bindEntity(word)
    }

    /// Binds a definition, or an import in the form of one (then true), and what it defines besides itself.
    private mutating func bindEntity(_ word: Word, upTo close: Int) throws(SyntaxError) -> Bool {
        try bindEntity(word)
        var isImport = false
        while isAtOpen(.export) || isAtOpen(.import) {
            isImport = isImport || isAtOpen(.import)
            cursor = Int(token.link) + 1
        }
        guard word == .table || word == .memory else { return isImport }
        while cursor < close {
            guard token.kind == .leftParenthesis else {
                cursor += 1
                continue
            }
            if word == .table, isAtOpen(.elem) { try bindAnonymous(.element) }
            if word == .memory, isAtOpen(.data) { try bindAnonymous(.data) }
            cursor = Int(token.link) + 1
        }
        return isImport
    }

    private mutating func bindAnonymous(_ space: Space) throws(SyntaxError) {
        if space == .element { elements.defineAnonymous(1) } else { dataSegments.defineAnonymous(1) }
    }

    // MARK: Second and third pass

    private mutating func parseTypeField(_ word: Word) throws(SyntaxError) {
        typeGroupCount += 1
        guard word == .rec else { return try parseTypeDefinition(isAlone: true) }
        cursor += 2
        var count: UInt32 = 0
        var probe = cursor
        while tokens[probe].kind == .leftParenthesis {
            count += 1
            probe = Int(tokens[probe].link) + 1
        }
        typeSection.byte(0x4E)
        typeSection.unsigned(count)
        while isAtOpen(.type) { try parseTypeDefinition(isAlone: false) }
        try expectClose()
    }

    private mutating func parse(_ field: ModuleField) throws(SyntaxError) {
        cursor += 2
        switch field.word {
        case .import: try parseImport()
        case .func: try parseFunction()
        case .table: try parseTable()
        case .memory: try parseMemory()
        case .global: try parseGlobal()
        case .tag: try parseTag()
        case .export: try parseExport()
        case .start:
            if startFunction != nil {
                throw SyntaxError("multiple start sections", at: Int(tokens[field.token].start))
            }
            startFunction = try readIndex(.function)
        case .elem: try parseElementSegment()
        case .data: try parseDataSegment()
        default: throw unexpected(at: field.token + 1)
        }
        try expectClose()
    }
}
