// From the text format to the binary format.

/// Parses modules in the text format of WebAssembly 3.0.
public enum WatParser {
    /// Translates a module from the text format to the binary format.
    ///
    /// The text is one module, `(module …)`, or the fields of one without the parentheses around them; a script's
    /// `(module definition …)` and `(module binary …)` are understood too. Identifiers and `@name` annotations become
    /// the name section, `@custom` annotations custom sections, branch hints theirs. The result is well-formed but not
    /// validated.
    public static func parse(_ text: UnsafeBufferPointer<UInt8>) throws(TextError) -> [UInt8] {
        do throws(SyntaxError) {
            let stream = try Lexer.tokenize(text)
            var parser = ModuleParser(stream)
            return try parser.parseWholeText()
        } catch {
            throw TextError(error, in: text)
        }
    }

    /// Translates a module from the text format to the binary format; see the other form.
    public static func parse(_ text: [UInt8]) throws(TextError) -> [UInt8] {
        try text.withUnsafeBufferPointer { (text) throws(TextError) in try parse(text) }
    }

    /// Translates a module from the text format to the binary format; see the other form.
    public static func parse(_ text: String) throws(TextError) -> [UInt8] {
        try parse(Array(text.utf8))
    }
}

extension ModuleParser {
    /// Reads the only module of the text.
    mutating func parseWholeText() throws(SyntaxError) -> [UInt8] {
        let module: [UInt8]
        if isAtOpen(.module) {
            let close = Int(token.link)
            cursor += 2
            if isWord(token, .definition) { cursor += 1 }
            let probe = token.kind == .identifier ? peek(1) : token
            if isWord(probe, .binary) {
                _ = takeIdentifier()
                cursor += 1
                try readStrings()
                module = string.array()
            } else {
                module = try parseModuleContents(upTo: close)
            }
            try expectClose()
            guard token.kind == .end else { throw unexpected() }
        } else {
            var end = cursor
            while tokens[end].kind == .leftParenthesis { end = Int(tokens[end].link) + 1 }
            guard tokens[end].kind == .end else { throw unexpected(at: end) }
            module = try parseModuleFields(upTo: end)
        }
        return module
    }
}
