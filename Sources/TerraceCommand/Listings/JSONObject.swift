// JSON, as much of it as commands write.
import Terrace

/// A JSON object, written by hand so that a command that starts in milliseconds needs no Foundation.
struct JSONObject {
    private(set) var members: [String] = []

    mutating func add(_ name: String, _ value: Int) { members.append("\"\(name)\":\(value)") }
    mutating func add(_ name: String, _ value: String) { members.append("\"\(name)\":\(Self.quoted(value))") }
    mutating func add(_ name: String, _ value: JSONObject) { members.append("\"\(name)\":\(value.text)") }
    mutating func add(_ name: String, _ values: [JSONObject]) { add(name, array: values.map(\.text)) }
    mutating func add(_ name: String, _ values: [String]) { add(name, array: values.map(Self.quoted)) }
    /// Each line as `[offset or null, "text"]`.
    mutating func add(_ name: String, _ lines: [MachineCode.Line]) {
        add(name, array: lines.map { "[\($0.bytecodeOffset.map(String.init) ?? "null"),\(Self.quoted($0.text))]" })
    }

    private mutating func add(_ name: String, array elements: [String]) {
        members.append("\"\(name)\":[\(elements.joined(separator: ","))]")
    }

    /// A string of JSON.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// Adds a number with six decimals; a value that is not finite becomes 0.
    mutating func add(_ name: String, _ value: Double) {
        let millionths = Int((value.isFinite ? value : 0) * 1e6 + 0.5)
        let decimals = String(millionths % 1_000_000)
        members.append(
            "\"\(name)\":\(millionths / 1_000_000).\(String(repeating: "0", count: 6 - decimals.count))\(decimals)")
    }

    var text: String { "{\(members.joined(separator: ","))}" }
}
