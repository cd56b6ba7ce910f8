// Strings as systems like Unix know them: bytes, which are usually but not always UTF-8.

/// An argument, an environment variable or a path as the host's kernel and the guest see it: bytes without a NUL.
///
/// Made from a `String` or a literal it is that string's UTF-8. Bytes that are not UTF-8 pass unchanged.
public struct SystemString: Hashable, Sendable {
    /// The bytes, without a NUL at the end.
    public var bytes: [UInt8]

    public init(bytes: [UInt8]) { self.bytes = bytes }
    /// The UTF-8 of a string.
    public init(_ string: String) { bytes = Array(string.utf8) }

    /// What the bytes are made of.
    public enum Part: Hashable, Sendable {
        /// A character encoded in UTF-8.
        case scalar(Unicode.Scalar)
        /// A byte that is not part of one.
        case byte(UInt8)
    }

    /// The bytes decoded, in order.
    public var parts: [Part] {
        var parts: [Part] = []
        var parser = UTF8.ForwardParser()
        var rest = bytes.makeIterator()
        var position = 0
        while true {
            switch parser.parseScalar(from: &rest) {
            case .valid(let encoded):
                parts.append(.scalar(UTF8.decode(encoded)))
                position += encoded.count
            case .error(let length):
                parts += bytes[position..<position + length].map { .byte($0) }
                position += length
            case .emptyInput: return parts
            }
        }
    }
}

extension SystemString: ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) { self.init(value) }
}

extension SystemString: CustomStringConvertible {
    /// The bytes as text, in which `\xHH` stands for each byte that is not UTF-8.
    public var description: String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var text = ""
        for part in parts {
            switch part {
            case .scalar(let scalar): text.unicodeScalars.append(scalar)
            case .byte(let byte): text += "\\x" + String(byte, radix: 16)  // never below 0x80
            }
        }
        return text
    }
}
