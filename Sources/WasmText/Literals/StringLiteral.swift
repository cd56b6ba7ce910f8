// String literals and UTF-8.

/// Escapes of string literals. The lexer checks them, so decoding cannot fail.
enum StringLiteral {
    /// The length of the escape at `position` (a backslash), or nil if it is none.
    static func escapeLength(_ base: UnsafePointer<UInt8>, _ position: Int, _ end: Int) -> Int? {
        guard position + 1 < end else { return nil }
        switch base[position + 1] {
        case UInt8(ascii: "t"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "\""), UInt8(ascii: "'"),
            UInt8(ascii: "\\"):
            return 2
        case UInt8(ascii: "u"):
            guard position + 2 < end, base[position + 2] == UInt8(ascii: "{") else { return nil }
            var cursor = position + 3
            var value: UInt32 = 0
            var lastWasDigit = false
            while cursor < end {
                if let digit = hexDigit(base[cursor]) {
                    value = value * 16 + UInt32(digit)
                    if value > 0x10FFFF { return nil }
                    lastWasDigit = true
                } else if base[cursor] == UInt8(ascii: "_"), lastWasDigit {
                    lastWasDigit = false
                } else {
                    break
                }
                cursor += 1
            }
            guard lastWasDigit, cursor < end, base[cursor] == UInt8(ascii: "}"), Unicode.Scalar(value) != nil else {
                return nil
            }
            return cursor + 1 - position
        default:
            guard position + 2 < end, hexDigit(base[position + 1]) != nil, hexDigit(base[position + 2]) != nil else {
                return nil
            }
            return 3
        }
    }

    /// Appends the bytes of the literal in `start..<end`, quotes included in the range.
    static func decode(
        _ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int, hasEscapes: Bool, into bytes: inout ByteWriter
    ) {
        guard hasEscapes else { return bytes.append(base + start + 1, end - start - 2) }
        var position = start + 1
        let last = end - 1
        while position < last {
            let character = base[position]
            guard character == UInt8(ascii: "\\") else {
                bytes.byte(character)
                position += 1
                continue
            }
            switch base[position + 1] {
            case UInt8(ascii: "t"): bytes.byte(0x09)
            case UInt8(ascii: "n"): bytes.byte(0x0A)
            case UInt8(ascii: "r"): bytes.byte(0x0D)
            case UInt8(ascii: "u"):
                var value: UInt32 = 0
                var cursor = position + 3
                while base[cursor] != UInt8(ascii: "}") {
                    if let digit = hexDigit(base[cursor]) { value = value * 16 + UInt32(digit) }
                    cursor += 1
                }
                if let scalar = Unicode.Scalar(value) {
                    for byte in UTF8.encode(scalar)! { bytes.byte(byte) }
                }
                position = cursor + 1
                continue
            case let escaped:
                if let high = hexDigit(escaped), let low = hexDigit(base[position + 2]) {
                    bytes.byte(high << 4 | low)
                    position += 3
                    continue
                }
                bytes.byte(escaped)
            }
            position += 2
        }
    }
}

/// The value of a hexadecimal digit.
@inline(__always)
func hexDigit(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
    default: nil
    }
}

/// Well-formedness of UTF-8: shortest forms only, no surrogates, nothing above U+10FFFF.
enum UTF8Check {
    /// The length of the scalar at `bytes`, 0 if there is none.
    static func scalarLength(_ bytes: UnsafePointer<UInt8>, _ available: Int) -> Int {
        guard available > 0 else { return 0 }
        func isContinuation(_ index: Int) -> Bool { index < available && bytes[index] & 0xC0 == 0x80 }
        let first = bytes[0]
        switch first {
        case 0..<0x80: return 1
        case 0xC2..<0xE0: return isContinuation(1) ? 2 : 0
        case 0xE0..<0xF0:
            guard isContinuation(1), isContinuation(2) else { return 0 }
            if first == 0xE0 && bytes[1] < 0xA0 || first == 0xED && bytes[1] >= 0xA0 { return 0 }
            return 3
        case 0xF0..<0xF5:
            guard isContinuation(1), isContinuation(2), isContinuation(3) else { return 0 }
            if first == 0xF0 && bytes[1] < 0x90 || first == 0xF4 && bytes[1] >= 0x90 { return 0 }
            return 4
        default: return 0
        }
    }

    static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = bytes.baseAddress else { return true }
        var position = 0
        while position < bytes.count {
            if base[position] < 0x80 {
                position += 1
                continue
            }
            let length = scalarLength(base + position, bytes.count - position)
            if length == 0 { return false }
            position += length
        }
        return true
    }
}
