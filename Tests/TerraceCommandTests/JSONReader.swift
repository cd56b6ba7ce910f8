// Reads JSON strictly, so that a test notices what a browser would not forgive.

enum JSONValue {
    case string(String), number(Double), array([JSONValue]), object([String: JSONValue]), null

    subscript(name: String) -> JSONValue? { if case .object(let members) = self { members[name] } else { nil } }
    var string: String? { if case .string(let text) = self { text } else { nil } }
    var number: Double? { if case .number(let number) = self { number } else { nil } }
    var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
}

struct JSONReader {
    struct Mistake: Error { var position: Int }

    private let scalars: [Unicode.Scalar]
    private var position = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    /// The value that the whole text is.
    mutating func read() throws -> JSONValue {
        let result = try value()
        skipSpace()
        guard position == scalars.count else { throw Mistake(position: position) }
        return result
    }

    private mutating func skipSpace() {
        while position < scalars.count, [" ", "\n", "\r", "\t"].contains(scalars[position]) { position += 1 }
    }

    private mutating func next() throws -> Unicode.Scalar {
        guard position < scalars.count else { throw Mistake(position: position) }
        position += 1
        return scalars[position - 1]
    }

    private mutating func expect(_ scalar: Unicode.Scalar) throws {
        skipSpace()
        guard try next() == scalar else { throw Mistake(position: position - 1) }
    }

    private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
        skipSpace()
        guard position < scalars.count, scalars[position] == scalar else { return false }
        position += 1
        return true
    }

    private mutating func value() throws -> JSONValue {
        skipSpace()
        guard position < scalars.count else { throw Mistake(position: position) }
        switch scalars[position] {
        case "{":
            position += 1
            var members: [String: JSONValue] = [:]
            if accept("}") { return .object(members) }
            repeat {
                skipSpace()
                let name = try text()
                try expect(":")
                members[name] = try value()
            } while accept(",")
            try expect("}")
            return .object(members)
        case "[":
            position += 1
            var elements: [JSONValue] = []
            if accept("]") { return .array(elements) }
            repeat { elements.append(try value()) } while accept(",")
            try expect("]")
            return .array(elements)
        case "\"": return .string(try text())
        case "n":
            for scalar in "null".unicodeScalars { try expect(scalar) }
            return .null
        default:
            let start = position
            while position < scalars.count, "+-.eE0123456789".unicodeScalars.contains(scalars[position]) {
                position += 1
            }
            guard let number = Double(String(String.UnicodeScalarView(scalars[start..<position]))) else {
                throw Mistake(position: start)
            }
            return .number(number)
        }
    }

    private mutating func text() throws -> String {
        guard try next() == "\"" else { throw Mistake(position: position - 1) }
        var result = String.UnicodeScalarView()
        while true {
            let scalar = try next()
            switch scalar {
            case "\"": return String(result)
            case "\\":
                let escape = try next()
                switch escape {
                case "\"", "\\", "/": result.append(escape)
                case "n": result.append("\n")
                case "t": result.append("\t")
                case "r": result.append("\r")
                case "u":
                    let digits = String(String.UnicodeScalarView([try next(), try next(), try next(), try next()]))
                    guard let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) else {
                        throw Mistake(position: position)
                    }
                    result.append(scalar)
                default: throw Mistake(position: position)
                }
            case _ where scalar.value < 0x20: throw Mistake(position: position)
            default: result.append(scalar)
            }
        }
    }
}
