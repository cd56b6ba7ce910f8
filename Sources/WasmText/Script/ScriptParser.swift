// Parses scripts from tokens.

import WasmFormat

/// Reads the commands of a script. Steps over tokens with its module parser, which it uses for one module after the
/// other.
struct ScriptParser: ~Copyable {
    private var parser: ModuleParser
    private var line = 1
    private var lineOffset = 0

    init(_ stream: TokenStream) { parser = ModuleParser(stream) }

    mutating func parseScript() throws(SyntaxError) -> [WastCommand] {
        if let word = parser.word(of: parser.peek(parser.token.kind == .leftParenthesis ? 1 : 0)),
            parser.token.kind == .leftParenthesis, Self.fieldWords.contains(word)
        {
            let bytes = try parser.parseWholeText()
            return [WastCommand(line: 1, kind: .module(WastModule(name: nil, source: .text(bytes))))]
        }
        var commands: [WastCommand] = []
        while parser.token.kind != .end {
            try parser.expectOpen()
            let line = currentLine()
            commands.append(WastCommand(line: line, kind: try parseCommand()))
            try parser.expectClose()
        }
        return commands
    }

    private static let fieldWords: Set<Word> = [
        .type, .rec, .import, .func, .table, .memory, .global, .tag, .export, .start, .elem, .data,
    ]

    /// The line of the next token; offsets only grow.
    private mutating func currentLine() -> Int {
        let offset = Int(parser.token.start)
        for index in lineOffset..<max(offset, lineOffset) where parser.base[index] == UInt8(ascii: "\n") { line += 1 }
        lineOffset = max(offset, lineOffset)
        return line
    }

    // MARK: Commands

    /// The cursor is behind the parenthesis.
    private mutating func parseCommand() throws(SyntaxError) -> WastCommand.Kind {
        guard let word = parser.word(of: parser.token) else { throw parser.unexpected() }
        switch word {
        case .module: return try parseModuleCommand()
        case .register:
            parser.cursor += 1
            let name = try readName()
            return .register(as: name, module: takeIdentifier())
        case .invoke, .get:
            return .action(try parseActionContents())
        case .assertReturn:
            parser.cursor += 1
            let action = try parseAction()
            var results: [WastResult] = []
            while parser.token.kind == .leftParenthesis { results.append(try parseResult()) }
            return .assertReturn(action, results)
        case .assertTrap:
            parser.cursor += 1
            if parser.isAtOpen(.module) {
                let module = try parseModule()
                return .assertModuleTrap(module, message: try readName())
            }
            let action = try parseAction()
            return .assertTrap(action, message: try readName())
        case .assertExhaustion:
            parser.cursor += 1
            let action = try parseAction()
            return .assertExhaustion(action, message: try readName())
        case .assertException:
            parser.cursor += 1
            return .assertException(try parseAction())
        case .assertInvalid:
            parser.cursor += 1
            let module = try parseModule()
            return .assertInvalid(module, message: try readName())
        case .assertMalformed:
            parser.cursor += 1
            let module = try parseModule()
            return .assertMalformed(module, message: try readName())
        case .assertUnlinkable:
            parser.cursor += 1
            let module = try parseModule()
            return .assertUnlinkable(module, message: try readName())
        case .assertInvalidCustom:
            parser.cursor += 1
            let module = try parseModule(keepsErrors: true)
            return .assertInvalidCustom(module, message: try readName())
        case .assertMalformedCustom:
            parser.cursor += 1
            let module = try parseModule(keepsErrors: true)
            return .assertMalformedCustom(module, message: try readName())
        default:
            throw parser.unexpected()
        }
    }

    private mutating func takeIdentifier() -> String? {
        let symbol = parser.takeIdentifier()
        guard symbol != 0 else { return nil }
        return String(decoding: parser.stream.symbols.name(symbol), as: UTF8.self)
    }

    private mutating func readName() throws(SyntaxError) -> String {
        try parser.readName()
        return String(decoding: parser.string.bytes, as: UTF8.self)
    }

    // MARK: Modules

    /// The cursor is at `module`.
    private mutating func parseModuleCommand() throws(SyntaxError) -> WastCommand.Kind {
        switch parser.word(of: parser.peek(1)) {
        case .definition:
            parser.cursor += 2
            return .moduleDefinition(try parseModuleContents(keepsErrors: false))
        case .instance:
            parser.cursor += 2
            let name = takeIdentifier()
            return .moduleInstance(name: name, definition: takeIdentifier())
        default:
            parser.cursor += 1
            return .module(try parseModuleContents(keepsErrors: false))
        }
    }

    /// `(module definition? …)`, with its parentheses.
    private mutating func parseModule(keepsErrors: Bool = false) throws(SyntaxError) -> WastModule {
        try parser.expectOpen(.module)
        _ = parser.takeWord(.definition)
        let module = try parseModuleContents(keepsErrors: keepsErrors)
        try parser.expectClose()
        return module
    }

    /// `id? binary string* | id? quote string* | id? field*`, up to the parenthesis that closes the module.
    private mutating func parseModuleContents(keepsErrors: Bool) throws(SyntaxError) -> WastModule {
        let start = parser.cursor
        let name = takeIdentifier()
        if parser.takeWord(.binary) {
            try parser.readStrings()
            return WastModule(name: name, source: .binary(parser.string.array()))
        }
        if parser.takeWord(.quote) {
            try parser.readStrings()
            return WastModule(name: name, source: .quote(parser.string.array()))
        }
        var end = parser.cursor
        while parser.tokens[end].kind == .leftParenthesis { end = Int(parser.tokens[end].link) + 1 }
        guard parser.tokens[end].kind == .rightParenthesis else { throw parser.unexpected(at: end) }
        parser.cursor = start
        parser.reset()
        do throws(SyntaxError) {
            return WastModule(name: name, source: .text(try parser.parseModuleContents(upTo: end)))
        } catch {
            guard keepsErrors else { throw error }
            parser.cursor = end
            return WastModule(name: name, source: .rejected(TextError(error, in: parser.stream.text)))
        }
    }

    // MARK: Actions and values

    private mutating func parseAction() throws(SyntaxError) -> WastAction {
        try parser.expectOpen()
        let action = try parseActionContents()
        try parser.expectClose()
        return action
    }

    /// The cursor is at `invoke` or `get`.
    private mutating func parseActionContents() throws(SyntaxError) -> WastAction {
        if parser.takeWord(.get) {
            let module = takeIdentifier()
            return .get(module: module, field: try readName())
        }
        try parser.expectWord(.invoke)
        let module = takeIdentifier()
        let field = try readName()
        var arguments: [WastValue] = []
        while parser.token.kind == .leftParenthesis { arguments.append(try parseValue()) }
        return .invoke(module: module, field: field, arguments: arguments)
    }

    /// The instruction that comes next, if one does.
    private var nextOpcode: Opcode? {
        parser.token.kind == .instruction ? InstructionShape.all[Int(parser.token.code)].opcode : nil
    }

    private mutating func parseValue() throws(SyntaxError) -> WastValue {
        try parser.expectOpen()
        let opcode = nextOpcode
        let word = parser.word(of: parser.token)
        parser.cursor += 1
        let value: WastValue
        switch (opcode, word) {
        case (.i32Const, _): value = .i32(Int32(truncatingIfNeeded: try parser.readInteger(bits: 32)))
        case (.i64Const, _): value = .i64(Int64(bitPattern: try parser.readInteger(bits: 64)))
        case (.f32Const, _): value = .f32(bits: UInt32(truncatingIfNeeded: try parser.readFloat(.single)))
        case (.f64Const, _): value = .f64(bits: try parser.readFloat(.double))
        case (.v128Const, _):
            let vector = try parser.readVector()
            value = .v128(low: vector.low, high: vector.high)
        case (.refNull, _): value = .refNull(try readHeapTypeName())
        case (_, .refExtern): value = .refExtern(UInt32(try parser.readUnsigned(bits: 32)))
        case (_, .refHost): value = .refHost(UInt32(try parser.readUnsigned(bits: 32)))
        default: throw parser.unexpected(at: parser.cursor - 1)
        }
        try parser.expectClose()
        return value
    }

    /// A heap type as it is written: scripts have no type indices to resolve.
    private mutating func readHeapTypeName() throws(SyntaxError) -> String {
        switch parser.token.kind {
        case .word, .identifier, .number:
            let name = parser.text(of: parser.token)
            parser.cursor += 1
            return name
        default:
            throw parser.unexpected()
        }
    }

    // MARK: Results

    private mutating func parseResult() throws(SyntaxError) -> WastResult {
        try parser.expectOpen()
        let opcode = nextOpcode
        let word = parser.word(of: parser.token)
        parser.cursor += 1
        let result: WastResult
        switch (opcode, word) {
        case (.i32Const, _): result = .i32(Int32(truncatingIfNeeded: try parser.readInteger(bits: 32)))
        case (.i64Const, _): result = .i64(Int64(bitPattern: try parser.readInteger(bits: 64)))
        case (.f32Const, _): result = .f32(try parseFloat(.single))
        case (.f64Const, _): result = .f64(try parseFloat(.double))
        case (.v128Const, _): result = .v128(try parseVector())
        case (.refNull, _):
            result = .refNull(parser.token.kind == .rightParenthesis ? nil : try readHeapTypeName())
        case (.refFunc, _):
            // A number names no function that a script could compare with.
            if parser.isIndex(parser.token) { parser.cursor += 1 }
            result = .refFunc
        case (_, .refExtern):
            let isAny = parser.token.kind == .rightParenthesis
            result = .refExtern(isAny ? nil : UInt32(try parser.readUnsigned(bits: 32)))
        case (_, .refHost): result = .refHost(UInt32(try parser.readUnsigned(bits: 32)))
        case (_, .refAny): result = .refAny
        case (.refEq, _): result = .refEq
        case (.refI31, _): result = .refI31
        case (_, .refStruct): result = .refStruct
        case (_, .refArray): result = .refArray
        case (_, .refExn): result = .refExn
        case (_, .either): return try parseAlternatives()
        default: throw parser.unexpected(at: parser.cursor - 1)
        }
        try parser.expectClose()
        return result
    }

    /// The cursor is behind `(either`. Alternatives do not nest.
    private mutating func parseAlternatives() throws(SyntaxError) -> WastResult {
        var alternatives: [WastResult] = []
        while parser.token.kind == .leftParenthesis {
            if parser.isAtOpen(.either) { throw parser.unexpected(at: parser.cursor + 1) }
            alternatives.append(try parseResult())
        }
        guard !alternatives.isEmpty else { throw parser.unexpected() }
        try parser.expectClose()
        return .either(alternatives)
    }

    private mutating func parseFloat(_ format: FloatFormat) throws(SyntaxError) -> WastFloat {
        if parser.takeWord(.nanCanonical) { return .canonicalNaN }
        if parser.takeWord(.nanArithmetic) { return .arithmeticNaN }
        return .bits(try parser.readFloat(format))
    }

    private mutating func parseVector() throws(SyntaxError) -> WastVector {
        let shape = parser.word(of: parser.token)
        guard shape == .f32x4 || shape == .f64x2 else {
            let vector = try parser.readVector()
            return .bits(low: vector.low, high: vector.high)
        }
        parser.cursor += 1
        var lanes: [WastFloat] = []
        for _ in 0..<(shape == .f32x4 ? 4 : 2) { lanes.append(try parseFloat(shape == .f32x4 ? .single : .double)) }
        return shape == .f32x4 ? .f32x4(lanes) : .f64x2(lanes)
    }
}
