// Output of the printer: text as bytes.

import WasmFormat

/// Growing text with the small pieces that the text format is made of.
struct TextWriter: ~Copyable {
    private var bytes: ByteWriter

    init(capacity: Int) { bytes = ByteWriter(capacity: capacity) }

    func array() -> [UInt8] { bytes.array() }

    @inline(__always)
    mutating func text(_ text: StaticString) { bytes.append(text.utf8Start, text.utf8CodeUnitCount) }

    mutating func string(_ text: String) {
        var text = text
        text.withUTF8 { bytes.append($0) }
    }

    mutating func number(_ value: UInt64) {
        var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)
        withUnsafeMutableBytes(of: &digits) { buffer in
            var position = buffer.count
            var rest = value
            repeat {
                position -= 1
                buffer[position] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            } while rest > 0
            bytes.append(
                buffer.baseAddress!.assumingMemoryBound(to: UInt8.self) + position, buffer.count - position)
        }
    }

    mutating func signedNumber(_ value: Int64) {
        if value < 0 { text("-") }
        number(value.magnitude)
    }

    mutating func hexadecimal(_ value: UInt64) {
        text("0x")
        string(String(value, radix: 16))
    }

    /// A new line for a field, then text.
    mutating func line(_ text: StaticString) {
        self.text("\n  ")
        self.text(text)
    }

    /// A new line for an instruction.
    mutating func line(depth: Int) {
        text("\n    ")
        // Deeper code is not moved further: the size of the text stays in proportion to that of the code.
        for _ in 0..<min(depth, 40) { text("  ") }
    }

    // MARK: Names

    /// A space and the name of a definition, if it has one.
    mutating func name(_ name: PrintedName?) {
        switch name {
        case nil: return
        case .identifier(let identifier):
            text(" ")
            self.identifier(identifier)
        case .annotation(let bytes):
            text(" (@name ")
            quoted(bytes)
            text(")")
        }
    }

    /// Name and index of an entity where it is defined.
    mutating func definition(_ space: PrintedNameSpace, _ index: UInt32) {
        name(space.definition(index))
        text(" (;")
        number(UInt64(index))
        text(";)")
    }

    /// How an entity is referred to.
    mutating func reference(_ space: PrintedNameSpace, _ index: UInt32) {
        if let identifier = space.identifier(index) {
            self.identifier(identifier)
        } else {
            number(UInt64(index))
        }
    }

    mutating func identifier(_ name: [UInt8]) {
        text("$")
        let isPlain = name.allSatisfy { CharacterClass.table[Int($0)] & CharacterClass.identifier != 0 }
        if isPlain { bytes.append(name) } else { quoted(name) }
    }

    // MARK: Strings

    mutating func quoted(_ name: [UInt8]) {
        name.withUnsafeBufferPointer { quoted($0, isText: true) }
    }

    /// A string literal. In text, characters outside ASCII stand as they are; in data they are escaped.
    mutating func quoted(_ content: UnsafeBufferPointer<UInt8>, isText: Bool) {
        text("\"")
        for byte in content {
            switch byte {
            case UInt8(ascii: "\""): text("\\\"")
            case UInt8(ascii: "\\"): text("\\\\")
            case 0x20..<0x7F: bytes.byte(byte)
            case 0x80... where isText: bytes.byte(byte)
            default:
                bytes.byte(UInt8(ascii: "\\"))
                bytes.byte(Self.hexDigit(byte >> 4))
                bytes.byte(Self.hexDigit(byte & 15))
            }
        }
        text("\"")
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
