// The error of everything that reads text: what is wrong, and where.
// Inside the parsers a `SyntaxError` (offset and words) travels; line, column and excerpt are worked out once, at the
// public boundary.

/// Says why a text is not a module or a script, and where.
public struct TextError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, beginning with the words of the official test suite where it has some for the case.
    public let message: String
    /// Line, counted from 1.
    public let line: Int
    /// Column in characters (Unicode scalars), counted from 1.
    public let column: Int
    /// Offset in bytes from the start of the text.
    public let offset: Int
    /// The source line (a window of it when it is long) and below it a caret under the place.
    public let excerpt: String

    public var description: String { "\(line):\(column): \(message)\n\(excerpt)" }

    init(_ error: SyntaxError, in text: UnsafeBufferPointer<UInt8>) {
        let offset = min(max(error.offset, 0), text.count)
        var line = 1
        var lineStart = 0
        for index in 0..<offset where text[index] == UInt8(ascii: "\n") {
            line += 1
            lineStart = index + 1
        }
        var lineEnd = offset
        while lineEnd < text.count, text[lineEnd] != UInt8(ascii: "\n"), text[lineEnd] != UInt8(ascii: "\r") {
            lineEnd += 1
        }
        func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

        // A window of at most 120 bytes around the place, moved to character boundaries.
        var windowStart = max(lineStart, offset - 80)
        while windowStart > lineStart, isContinuation(text[windowStart]) { windowStart -= 1 }
        var windowEnd = min(lineEnd, windowStart + 120)
        while windowEnd < lineEnd, isContinuation(text[windowEnd]) { windowEnd += 1 }

        var excerpt = windowStart > lineStart ? "…" : ""
        var caret = windowStart > lineStart ? " " : ""
        for scalar in String(decoding: text[windowStart..<min(max(offset, windowStart), windowEnd)], as: UTF8.self)
            .unicodeScalars
        {
            caret.unicodeScalars.append(scalar == "\t" ? "\t" : " ")
        }
        excerpt += String(decoding: text[windowStart..<windowEnd], as: UTF8.self)
        if windowEnd < lineEnd { excerpt += "…" }

        self.message = error.message
        self.line = line
        self.column = 1 + text[lineStart..<offset].reduce(0) { $0 + (isContinuation($1) ? 0 : 1) }
        self.offset = offset
        self.excerpt = excerpt + "\n" + caret + "^"
    }
}

/// The error that travels inside the parsers.
struct SyntaxError: Error {
    var offset: Int
    var message: String

    init(_ message: String, at offset: Int) {
        self.offset = offset
        self.message = message
    }
}
