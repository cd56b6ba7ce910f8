// Values on the command line: how arguments are read and results are printed.
import Terrace

extension Value {
    /// Reads a value: integers in decimal or, with `0x`, in hexadecimal, signed or not; floating-point numbers in decimal or
    /// hexadecimal, `inf`, `nan`; vectors as `0x` and 32 digits; references only as `null`.
    init?(text: String, type: ValueType) {
        switch type.kind {
        case .i32:
            guard let bits = Self.integer(text, bitWidth: 32) else { return nil }
            self = .i32(Int32(truncatingIfNeeded: bits))
        case .i64:
            guard let bits = Self.integer(text, bitWidth: 64) else { return nil }
            self = .i64(Int64(bitPattern: bits))
        case .f32:
            guard let value = Float(text) else { return nil }
            self = .f32(value)
        case .f64:
            guard let value = Double(text) else { return nil }
            self = .f64(value)
        case .v128:
            guard text.utf8.count == 34, text.hasPrefix("0x"),
                let high = UInt64(text.dropFirst(2).prefix(16), radix: 16),
                let low = UInt64(text.suffix(16), radix: 16)
            else { return nil }
            self = .v128(V128(low: low, high: high))
        case .ref:
            guard text == "null", type.isNullable else { return nil }
            self = .null(type.heapType)
        }
    }

    /// The bits of a signed or unsigned integer that fits the width.
    private static func integer(_ text: String, bitWidth: Int) -> UInt64? {
        let isNegative = text.hasPrefix("-")
        var digits = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
        var radix = 10
        if digits.hasPrefix("0x") || digits.hasPrefix("0X") {
            digits = digits.dropFirst(2)
            radix = 16
        }
        guard digits.first != "-", digits.first != "+", let magnitude = UInt64(digits, radix: radix) else { return nil }
        let limit: UInt64 = isNegative ? 1 << (bitWidth - 1) : .max >> (64 - bitWidth)
        guard magnitude <= limit else { return nil }
        return isNegative ? 0 &- magnitude : magnitude
    }

    /// The value without its type: integers signed, floating-point numbers so that they read back the same.
    var text: String {
        switch self {
        case .i32(let value): "\(value)"
        case .i64(let value): "\(value)"
        case .f32(let value): "\(value)"
        case .f64(let value): "\(value)"
        case .v128(let value): "\(value)"
        case .function(let function): function == nil ? "null" : "function"
        case .external(let reference): reference == nil ? "null" : "external"
        case .opaque(let reference): reference.isNull ? "null" : "reference"
        }
    }
}
