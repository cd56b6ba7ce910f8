// Comparison of results with what a script expects, and how both are shown.

import Terrace
import WasmText

extension WastResult {
    /// Whether a value is what is expected.
    func matches(_ value: Value) -> Bool {
        switch (self, value) {
        case (.i32(let expected), .i32(let actual)): return expected == actual
        case (.i64(let expected), .i64(let actual)): return expected == actual
        case (.f32(let expected), .f32(let actual)): return expected.matches(f32: actual.bitPattern)
        case (.f64(let expected), .f64(let actual)): return expected.matches(f64: actual.bitPattern)
        case (.v128(let expected), .v128(let actual)): return expected.matches(low: actual.low, high: actual.high)
        case (.refNull, .function(nil)), (.refNull, .external(nil)): return true
        case (.refNull, .opaque(let reference)): return reference.isNull
        case (.refFunc, .function(let function)): return function != nil
        case (.refExtern(let number), .external(let reference?)):
            guard let number else { return true }
            return (reference.object as? ScriptObject)?.number == number
        // The embedding interface does not tell what a reference of the `any` hierarchy refers to.
        case (.refAny, .opaque(let reference)), (.refEq, .opaque(let reference)), (.refI31, .opaque(let reference)),
            (.refStruct, .opaque(let reference)), (.refArray, .opaque(let reference)):
            return !reference.isNull && reference.hierarchy == .any
        case (.refExn, .opaque(let reference)): return !reference.isNull && reference.hierarchy == .exn
        case (.either(let alternatives), _): return alternatives.contains { $0.matches(value) }
        default: return false
        }
    }

    /// As in the text format.
    var text: String {
        func hex(_ bits: UInt64) -> String { "0x" + String(bits, radix: 16) }
        func lane(_ value: WastFloat, isDouble: Bool) -> String {
            switch value {
            case .bits(let bits):
                isDouble
                    ? "\(Double(bitPattern: bits)) (\(hex(bits)))"
                    : "\(Float(bitPattern: UInt32(bits))) (\(hex(bits)))"
            case .canonicalNaN: "nan:canonical"
            case .arithmeticNaN: "nan:arithmetic"
            }
        }
        switch self {
        case .i32(let value): return "i32:\(value)"
        case .i64(let value): return "i64:\(value)"
        case .f32(let value): return "f32:\(lane(value, isDouble: false))"
        case .f64(let value): return "f64:\(lane(value, isDouble: true))"
        case .v128(.bits(let low, let high)): return "v128:\(V128(low: low, high: high))"
        case .v128(.f32x4(let lanes)):
            return "v128:f32x4 " + lanes.map { lane($0, isDouble: false) }.joined(separator: " ")
        case .v128(.f64x2(let lanes)):
            return "v128:f64x2 " + lanes.map { lane($0, isDouble: true) }.joined(separator: " ")
        case .refNull(let type): return type.map { "ref.null \($0)" } ?? "ref.null"
        case .refFunc: return "ref.func"
        case .refExtern(let number): return number.map { "ref.extern \($0)" } ?? "ref.extern"
        case .refHost(let number): return "ref.host \(number)"
        case .refAny: return "ref.any"
        case .refEq: return "ref.eq"
        case .refI31: return "ref.i31"
        case .refStruct: return "ref.struct"
        case .refArray: return "ref.array"
        case .refExn: return "ref.exn"
        case .either(let alternatives): return "either " + alternatives.map(\.text).joined(separator: " | ")
        }
    }
}

extension Value {
    /// The value with the bits of floating-point numbers, so that two that differ look different.
    var text: String {
        switch self {
        case .f32(let value): "f32:\(value) (0x\(String(value.bitPattern, radix: 16)))"
        case .f64(let value): "f64:\(value) (0x\(String(value.bitPattern, radix: 16)))"
        default: description
        }
    }
}

extension Trap {
    /// Whether the trap is the one that a script's words mean. The suite has several words for some kinds, and adds
    /// detail to others.
    func matches(_ message: String) -> Bool {
        let words: [String] =
            switch kind {
            case .tableOutOfBounds: ["out of bounds table access", "undefined element"]
            case .nullReference:
                [
                    "null reference", "null function reference", "null structure reference", "null array reference",
                    "null i31 reference", "null exception reference",
                ]
            case .stackExhausted: ["call stack exhausted", "stack overflow"]
            default: [self.message]
            }
        return words.contains { message.hasPrefix($0) || $0.hasPrefix(message) }
    }
}
