// Tokens and the stream that the lexer leaves for the parsers.

/// What a token is. `reserved` is anything shaped like a token that the grammar does not know.
enum TokenKind: UInt8 {
    case leftParenthesis, rightParenthesis
    case identifier, string, number
    /// `code` is the raw value of a `Word`.
    case word
    /// `code` is the ordinal of an `Opcode`.
    case instruction
    /// `offset=…` and `align=…`
    case offsetEquals, alignEquals
    case reserved
    case end
}

/// One token: 12 bytes.
struct Token {
    /// Offset of the first byte in the text.
    var start: UInt32
    /// For a parenthesis the index of its partner; for an identifier its symbol; else the offset behind the token.
    var link: UInt32
    var code: UInt16
    var kind: TokenKind
    /// For a string: whether it holds escapes.
    var hasEscapes: Bool
}

/// An annotation that means something to the parser.
struct Annotation {
    enum Kind { case name, custom, branchHint }
    var kind: Kind
    /// Offset of its parenthesis in the text.
    var start: UInt32
    /// Index of the token that follows it.
    var token: UInt32
    /// Its contents, in `TokenStream.annotationTokens`.
    var contents: Range<Int>
    var isUsed = false
}

/// The tokens of a text, with parentheses matched and identifiers interned. Owns its memory; the text must outlive it.
final class TokenStream {
    let text: UnsafeBufferPointer<UInt8>
    var tokens: RawBuffer<Token>
    var annotationTokens: RawBuffer<Token>
    var annotations: [Annotation] = []
    var symbols: SymbolTable

    init(text: UnsafeBufferPointer<UInt8>) {
        self.text = text
        tokens = RawBuffer<Token>(capacity: text.count / 6 + 16)
        annotationTokens = RawBuffer<Token>(capacity: 0)
        symbols = SymbolTable()
    }
}

/// Gives every identifier of a text a number from 1 on, equal for equal names however they are written.
struct SymbolTable: ~Copyable {
    private struct Entry {
        var name: UnsafePointer<UInt8>
        var length: Int
        var hash: UInt64
    }

    private var entries: [Entry] = []
    private var slots: [UInt32] = Array(repeating: 0, count: 64)
    private var owned: [UnsafeMutablePointer<UInt8>] = []

    deinit { for pointer in owned { pointer.deallocate() } }

    /// How many symbols there are; the largest symbol has this number.
    var count: Int { entries.count }

    /// The bytes of a symbol's name, without the `$`.
    func name(_ symbol: UInt32) -> UnsafeBufferPointer<UInt8> {
        let entry = entries[Int(symbol) - 1]
        return UnsafeBufferPointer(start: entry.name, count: entry.length)
    }

    /// The symbol of a name; the bytes must live as long as the table.
    mutating func intern(_ name: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in 0..<length { hash = (hash ^ UInt64(name[index])) &* 0x0000_0100_0000_01B3 }
        hash ^= hash >> 29
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let entry = entries[Int(slots[slot]) - 1]
            if entry.hash == hash, entry.length == length, equal(entry.name, name, length) { return slots[slot] }
            slot = (slot + 1) & mask
        }
        entries.append(Entry(name: name, length: length, hash: hash))
        let symbol = UInt32(entries.count)
        slots[slot] = symbol
        if entries.count * 2 > slots.count { rehash() }
        return symbol
    }

    /// The symbol of a name whose bytes are copied.
    mutating func intern(copying name: [UInt8]) -> UInt32 {
        let storage = UnsafeMutablePointer<UInt8>.allocate(capacity: max(name.count, 1))
        storage.initialize(from: name, count: name.count)
        owned.append(storage)
        return intern(storage, name.count)
    }

    private mutating func rehash() {
        slots = Array(repeating: 0, count: slots.count * 4)
        let mask = slots.count - 1
        for (index, entry) in entries.enumerated() {
            var slot = Int(truncatingIfNeeded: entry.hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(index + 1)
        }
    }
}
