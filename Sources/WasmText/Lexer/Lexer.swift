// Turns text into tokens: one pass over the bytes. Comments and annotations without meaning vanish here; parentheses
// are matched here, so that parsers can step over what they do not read yet.

/// Reads a text to its end into a `TokenStream`.
struct Lexer: ~Copyable {
    private let base: UnsafePointer<UInt8>
    private let end: Int
    private var position = 0
    private let stream: TokenStream
    private let words = WordTable.shared
    private let classes = CharacterClass.table

    /// Reads the whole text.
    static func tokenize(_ text: UnsafeBufferPointer<UInt8>) throws(SyntaxError) -> TokenStream {
        guard text.count < Int(UInt32.max) - 1 else { throw SyntaxError("text is longer than 4 GiB", at: 0) }
        let stream = TokenStream(text: text)
        if text.baseAddress != nil {
            var lexer = Lexer(stream)
            try lexer.run()
        }
        let end = UInt32(text.count)
        stream.tokens.append(Token(start: end, link: end, code: 0, kind: .end, hasEscapes: false))
        return stream
    }

    private init(_ stream: TokenStream) {
        self.stream = stream
        base = stream.text.baseAddress!
        end = stream.text.count
    }

    @inline(__always)
    private func peek(_ distance: Int) -> UInt8 {
        position &+ distance < end ? base[position &+ distance] : 0
    }

    // MARK: The main loop

    private mutating func run() throws(SyntaxError) {
        let stream = stream
        var open: [UInt32] = []
        while position < end {
            let character = base[position]
            let kind = classes[Int(character)]
            if kind & CharacterClass.space != 0 {
                position &+= 1
            } else if kind & CharacterClass.run != 0 {
                if character == UInt8(ascii: ";"), peek(1) == UInt8(ascii: ";") {
                    try skipLineComment()
                } else {
                    try lexRun(&stream.tokens)
                }
            } else if character == UInt8(ascii: "(") {
                switch peek(1) {
                case UInt8(ascii: ";"): try skipBlockComment()
                case UInt8(ascii: "@"): try lexAnnotation()
                default:
                    open.append(UInt32(stream.tokens.count))
                    appendParenthesis(.leftParenthesis, &stream.tokens)
                }
            } else if character == UInt8(ascii: ")") {
                guard let partner = open.popLast() else { throw SyntaxError("unexpected token", at: position) }
                close(partner, &stream.tokens)
            } else {
                throw illegalCharacter()
            }
        }
        if let unclosed = open.last {
            throw SyntaxError(
                "unexpected token: end of text, a parenthesis is not closed",
                at: Int(stream.tokens.base[Int(unclosed)].start))
        }
    }

    private mutating func appendParenthesis(_ kind: TokenKind, _ tokens: inout RawBuffer<Token>) {
        tokens.append(
            Token(start: UInt32(truncatingIfNeeded: position), link: 0, code: 0, kind: kind, hasEscapes: false))
        position &+= 1
    }

    private mutating func close(_ partner: UInt32, _ tokens: inout RawBuffer<Token>) {
        tokens.base[Int(partner)].link = UInt32(tokens.count)
        tokens.append(
            Token(
                start: UInt32(truncatingIfNeeded: position), link: partner, code: 0, kind: .rightParenthesis,
                hasEscapes: false))
        position &+= 1
    }

    // MARK: Runs: everything that is neither space nor parenthesis

    /// Reads the longest run of identifier characters, strings and reserved characters: one token.
    @inline(__always)
    private mutating func lexRun(_ tokens: inout RawBuffer<Token>) throws(SyntaxError) {
        let start = position
        let first = base[start]
        var cursor = start
        while cursor < end, classes[Int(base[cursor])] & CharacterClass.identifier != 0 { cursor &+= 1 }
        position = cursor
        if cursor < end, classes[Int(base[cursor])] & CharacterClass.run != 0,
            base[cursor] != UInt8(ascii: ";") || peek(1) != UInt8(ascii: ";")
        {
            return try lexMixedRun(start, &tokens)
        }

        let length = cursor &- start
        var token = Token(
            start: UInt32(truncatingIfNeeded: start), link: UInt32(truncatingIfNeeded: cursor), code: 0,
            kind: .reserved, hasEscapes: false)
        if first == UInt8(ascii: "$") {
            if length == 1 { throw SyntaxError("empty identifier", at: start) }
            token.kind = .identifier
            token.link = stream.symbols.intern(base + start + 1, length - 1)
        } else if first >= UInt8(ascii: "a") && first <= UInt8(ascii: "z") {
            if let (kind, code) = words.find(base + start, length) {
                token.kind = kind
                token.code = code
            } else if hasPrefix("offset=", start, length) {
                token.kind = .offsetEquals
            } else if hasPrefix("align=", start, length) {
                token.kind = .alignEquals
            } else if hasPrefix("nan", start, length) || hasPrefix("inf", start, length) {
                token.kind = .number
            }
        } else if first >= UInt8(ascii: "0") && first <= UInt8(ascii: "9") || first == UInt8(ascii: "-")
            || first == UInt8(ascii: "+")
        {
            token.kind = .number
        }
        tokens.append(token)
    }

    private func hasPrefix(_ prefix: StaticString, _ start: Int, _ length: Int) -> Bool {
        length >= prefix.utf8CodeUnitCount && equal(prefix.utf8Start, base + start, prefix.utf8CodeUnitCount)
    }

    /// A run with strings or reserved characters in it: a string, a quoted identifier, or nothing that is known.
    @inline(never)
    private mutating func lexMixedRun(_ start: Int, _ tokens: inout RawBuffer<Token>) throws(SyntaxError) {
        let plainPrefix = position - start
        var strings = 0
        var others = 0
        var hasEscapes = false
        var firstStringEnd = start
        while position < end {
            let character = base[position]
            let kind = classes[Int(character)]
            if kind & CharacterClass.identifier != 0 {
                others += 1
                position += 1
            } else if character == UInt8(ascii: "\"") {
                let isQuotedIdentifier = plainPrefix == 1 && base[start] == UInt8(ascii: "$") && strings == 0
                do throws(SyntaxError) {
                    let escapes = try skipString()
                    hasEscapes = hasEscapes || escapes
                } catch {
                    if isQuotedIdentifier, !error.message.hasPrefix("malformed UTF-8") {
                        throw SyntaxError("empty identifier: \(error.message)", at: start)
                    }
                    throw error
                }
                strings += 1
                if strings == 1 { firstStringEnd = position }
            } else if kind & CharacterClass.run != 0 {
                if character == UInt8(ascii: ";"), peek(1) == UInt8(ascii: ";") { break }
                others += 1
                position += 1
            } else {
                break
            }
        }
        var token = Token(
            start: UInt32(start), link: UInt32(position), code: 0, kind: .reserved, hasEscapes: hasEscapes)
        if strings == 1, firstStringEnd == position, plainPrefix == 0, others == 0 {
            token.kind = .string
        } else if strings == 1, firstStringEnd == position, plainPrefix == 1, others == 0,
            base[start] == UInt8(ascii: "$")
        {
            if position - start == 3 { throw SyntaxError("empty identifier", at: start) }
            token.kind = .identifier
            token.link = try internQuoted(start + 1, position, hasEscapes)
        }
        tokens.append(token)
    }

    private mutating func internQuoted(_ start: Int, _ end: Int, _ hasEscapes: Bool) throws(SyntaxError) -> UInt32 {
        guard hasEscapes else { return stream.symbols.intern(base + start + 1, end - start - 2) }
        var bytes = ByteWriter()
        StringLiteral.decode(base, start, end, hasEscapes: true, into: &bytes)
        guard UTF8Check.isValid(bytes.bytes) else { throw SyntaxError("malformed UTF-8 encoding", at: start) }
        return stream.symbols.intern(copying: bytes.array())
    }

    /// Steps over a string literal and checks it; true if it holds escapes.
    private mutating func skipString() throws(SyntaxError) -> Bool {
        let start = position
        position += 1
        var hasEscapes = false
        while position < end {
            let character = base[position]
            switch character {
            case UInt8(ascii: "\""):
                position += 1
                return hasEscapes
            case UInt8(ascii: "\\"):
                hasEscapes = true
                guard let length = StringLiteral.escapeLength(base, position, end) else {
                    throw SyntaxError(position + 1 < end ? "illegal escape" : "unclosed string", at: position)
                }
                position += length
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                throw SyntaxError("unclosed string", at: start)
            case 0..<0x20, 0x7F:
                throw SyntaxError("illegal character in a string", at: position)
            case 0x20..<0x7F:
                position += 1
            default:
                try skipScalar()
            }
        }
        throw SyntaxError("unclosed string", at: start)
    }

    /// Steps over one character outside ASCII.
    private mutating func skipScalar() throws(SyntaxError) {
        let length = UTF8Check.scalarLength(base + position, end - position)
        if length == 0 { throw SyntaxError("malformed UTF-8 encoding", at: position) }
        position += length
    }

    private func illegalCharacter() -> SyntaxError {
        if base[position] >= 0x80, UTF8Check.scalarLength(base + position, end - position) == 0 {
            return SyntaxError("malformed UTF-8 encoding", at: position)
        }
        return SyntaxError("illegal character", at: position)
    }

    // MARK: Comments

    private mutating func skipLineComment() throws(SyntaxError) {
        position += 2
        while position < end {
            let character = base[position]
            if character == UInt8(ascii: "\n") || character == UInt8(ascii: "\r") { return }
            if character < 0x80 { position += 1 } else { try skipScalar() }
        }
    }

    private mutating func skipBlockComment() throws(SyntaxError) {
        let start = position
        position += 2
        var depth = 1
        while position < end {
            let character = base[position]
            if character == UInt8(ascii: "("), peek(1) == UInt8(ascii: ";") {
                depth += 1
                position += 2
            } else if character == UInt8(ascii: ";"), peek(1) == UInt8(ascii: ")") {
                depth -= 1
                position += 2
                if depth == 0 { return }
            } else if character < 0x80 {
                position += 1
            } else {
                try skipScalar()
            }
        }
        throw SyntaxError("unclosed comment", at: start)
    }

    // MARK: Annotations

    /// Reads `(@id …)`. Annotations with a meaning keep their tokens, the others are only checked.
    private mutating func lexAnnotation() throws(SyntaxError) {
        let start = position
        position += 2
        let idStart = position
        var id = ByteWriter(capacity: 32)
        if peek(0) == UInt8(ascii: "\""), position < end {
            let escapes: Bool
            do throws(SyntaxError) {
                escapes = try skipString()
            } catch {
                if error.message.hasPrefix("malformed UTF-8") { throw error }
                throw SyntaxError("empty annotation id: \(error.message)", at: idStart)
            }
            StringLiteral.decode(base, idStart, position, hasEscapes: escapes, into: &id)
            guard UTF8Check.isValid(id.bytes) else { throw SyntaxError("malformed UTF-8 encoding", at: idStart) }
        } else {
            while position < end, classes[Int(base[position])] & CharacterClass.identifier != 0 { position += 1 }
            id.append(base + idStart, position - idStart)
        }
        if id.count == 0 { throw SyntaxError("empty annotation id", at: start) }

        let kind: Annotation.Kind? =
            switch String(decoding: id.bytes, as: UTF8.self) {
            case "name": .name
            case "custom": .custom
            case "metadata.code.branch_hint": .branchHint
            default: nil
            }
        let first = stream.annotationTokens.count
        let next = UInt32(stream.tokens.count)
        try lexAnnotationContents(start)
        if let kind {
            stream.annotations.append(
                Annotation(
                    kind: kind, start: UInt32(start), token: next, contents: first..<stream.annotationTokens.count))
        }
    }

    private mutating func lexAnnotationContents(_ start: Int) throws(SyntaxError) {
        let stream = stream
        var open: [UInt32] = []
        while position < end {
            let character = base[position]
            let kind = classes[Int(character)]
            if kind & CharacterClass.space != 0 {
                position += 1
            } else if kind & CharacterClass.run != 0 {
                if character == UInt8(ascii: ";"), peek(1) == UInt8(ascii: ";") {
                    try skipLineComment()
                } else {
                    try lexRun(&stream.annotationTokens)
                }
            } else if character == UInt8(ascii: "(") {
                if peek(1) == UInt8(ascii: ";") {
                    try skipBlockComment()
                } else {
                    open.append(UInt32(stream.annotationTokens.count))
                    appendParenthesis(.leftParenthesis, &stream.annotationTokens)
                }
            } else if character == UInt8(ascii: ")") {
                guard let partner = open.popLast() else {
                    position += 1
                    return
                }
                close(partner, &stream.annotationTokens)
            } else {
                throw illegalCharacter()
            }
        }
        throw SyntaxError("unclosed annotation", at: start)
    }
}

/// What a byte may be part of.
enum CharacterClass {
    static let identifier: UInt8 = 1
    /// Part of a run of which a token is made: identifier characters, quotes, and the reserved punctuation.
    static let run: UInt8 = 2
    static let space: UInt8 = 4

    /// 256 entries. Never written after its initialisation and never freed.
    nonisolated(unsafe) static let table: UnsafePointer<UInt8> = {
        let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
        table.initialize(repeating: 0, count: 256)
        for character in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&'*+-./:<=>?@\\^_`|~".utf8 {
            table[Int(character)] = identifier | run
        }
        for character in "\",;[]{}".utf8 { table[Int(character)] = run }
        for character in " \t\n\r".utf8 { table[Int(character)] = space }
        return UnsafePointer(table)
    }()
}
