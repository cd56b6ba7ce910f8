// What running a generated module showed, as text that can be compared with another engine's.

/// The name of a trap that all engines' tools agree on; engines differ in how finely they tell traps apart.
public enum TrapName: String, Sendable {
    case unreachable
    case memory
    case table
    case indirectCall = "indirect-call"
    case nullReference = "null-reference"
    case divisionByZero = "division-by-zero"
    case overflow
    case exhaustion
    case other
}

/// One line per call: `NAME RESULT CHECKSUM`, where RESULT is an i64 in hexadecimal or `trap:KIND`.
public struct ModuleRun: Equatable, Sendable {
    public var lines: [String] = []

    public init() {}

    public static func hexadecimal(_ value: Int64) -> String { String(UInt64(bitPattern: value), radix: 16) }

    public mutating func append(call: String, result: String, checksum: String) {
        lines.append("\(call) \(result) \(checksum)")
    }
}
