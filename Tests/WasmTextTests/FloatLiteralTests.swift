// Rounding of floating-point literals, against the C library's and on cases chosen to be hard.

import Foundation
import FuzzSupport
import Testing

@testable import WasmText

@Suite struct FloatLiteralTests {
    #if DEBUG
        private static let rounds = 2_000
    #else
        private static let rounds = 100_000
    #endif

    private static func read(_ text: String, _ format: FloatFormat) -> UInt64? {
        var reader = FloatReader()
        let bytes = Array(text.utf8)
        let outcome = bytes.withUnsafeBufferPointer { reader.read($0.baseAddress!, 0, $0.count, format) }
        if case .bits(let bits) = outcome { return bits }
        return nil
    }

    private static func agrees(_ text: String) -> Bool {
        let double = strtod(text, nil)
        let single = strtof(text, nil)
        return read(text, .double) == (double.isInfinite ? nil : double.bitPattern)
            && read(text, .single) == (single.isInfinite ? nil : UInt64(single.bitPattern))
    }

    @Test("Hard decimal numbers are rounded as the C library rounds them")
    func hardCases() {
        let cases = [
            "0", "-0", "1", "0.1", "1e22", "1e23", "9007199254740993", "9007199254740992.999999",
            "9007199254740993.0001",
            "2.2250738585072011e-308", "2.2250738585072014e-308", "4.9e-324", "2.4703282292062327e-324",
            "2.4703282292062328e-324", "1.7976931348623157e308", "1.7976931348623158e308", "1.7976931348623159e308",
            "16777217", "16777216.9999", "16777219", "3.4028235e38", "3.4028235677973366e38", "3.40282357e38", "1e-45",
            "7.006492321624085e-46", "7.006492321624086e-46", "1e400", "1e-400", "0e99999999999999999999",
            "0.000000000000000000000000000000000000000000000000000000000000000000001e69",
            "123456789012345678901234567890", "8.589973e9", "1.000000059604644775390625",
            "1.00000017881393432617187499",
            "1.0000000596046447753906250000000000000000000000000000000000000000000000000001",
        ]
        for text in cases { #expect(Self.agrees(text), "\(text)") }
    }

    @Test("Ties between two doubles, written out in full, go to even; a digit far behind decides otherwise")
    func exactTies() {
        var generator = SeededRandom(seed: 11)
        for _ in 0..<Self.rounds / 50 {
            let exponent = Int(generator.next() % 2000)
            let bits = UInt64(exponent) << 52 | generator.next() >> 12
            let low = Double(bitPattern: bits)
            guard let middle = ExactDecimal.middle(above: low) else { continue }
            let even = bits & 1 == 0 ? bits : bits + 1
            #expect(Self.read(middle, .double) == even, "\(middle)")
            #expect(Self.read(middle + "0000000000000000000000000000001", .double) == bits + 1, "\(middle)…1")
            #expect(Self.agrees(middle))
        }
    }

    @Test("Random decimal numbers of many shapes are rounded as the C library rounds them")
    func randomNumbers() {
        var generator = SeededRandom(seed: 7)
        for _ in 0..<Self.rounds {
            var text = ""
            for _ in 0..<(1 + generator.next() % 25) { text += String(generator.next() % 10) }
            if generator.next() % 2 == 0 {
                text += "."
                for _ in 0..<(1 + generator.next() % 25) { text += String(generator.next() % 10) }
            }
            if generator.next() % 2 == 0 { text += "e" + String(Int(generator.next() % 700) - 360) }
            #expect(Self.agrees(text), "\(text)")
        }
    }

    @Test("The shortest decimal form of random bits reads back as these bits")
    func roundTrips() {
        var generator = SeededRandom(seed: 3)
        for _ in 0..<Self.rounds {
            let double = Double(bitPattern: generator.next())
            if double.isFinite { #expect(Self.read("\(double)", .double) == double.bitPattern, "\(double)") }
            let single = Float(bitPattern: UInt32(truncatingIfNeeded: generator.next()))
            if single.isFinite { #expect(Self.read("\(single)", .single) == UInt64(single.bitPattern), "\(single)") }
        }
    }

    @Test("Hexadecimal numbers below the normal range are rounded once")
    func subnormalHexadecimalNumbers() {
        // The C library (glibc 2.36) gives …f6 for the first: it drops 5/8.
        #expect(Self.read("0x2d4fed40ae07b5p-1077", .double) == 0x5_A9FD_A815_C0F7)
        #expect(Self.read("0x1p-1075", .double) == 0)
        #expect(Self.read("0x1.0000000000001p-1075", .double) == 1)
        #expect(Self.read("0x3p-1075", .double) == 2)
        #expect(Self.read("0x1.fffffffffffffp-1023", .double) == 0x10_0000_0000_0000)
        #expect(Self.read("0x1p-150", .single) == 0)
        #expect(Self.read("0x1.000001p-150", .single) == 1)
        #expect(Self.read("0x1.fffffep-127", .single) == 0x80_0000)
        var generator = SeededRandom(seed: 13)
        for _ in 0..<Self.rounds {
            // Up to 52 bits: exact as a double, which scaling rounds once.
            let significand = generator.next() >> (12 + generator.next() % 40)
            let exponent = -1030 - Int(generator.next() % 60)
            let expected = Double(sign: .plus, exponent: exponent, significand: Double(significand))
            let text = "0x" + String(significand, radix: 16) + "p\(exponent)"
            #expect(Self.read(text, .double) == expected.bitPattern, "\(text)")
        }
    }

    @Test("Random hexadecimal numbers are rounded as the C library rounds them")
    func randomHexadecimalNumbers() {
        var generator = SeededRandom(seed: 5)
        for _ in 0..<Self.rounds {
            var text = "0x"
            for _ in 0..<(1 + generator.next() % 20) { text += String(generator.next() % 16, radix: 16) }
            if generator.next() % 2 == 0 {
                text += "."
                for _ in 0..<(1 + generator.next() % 20) { text += String(generator.next() % 16, radix: 16) }
            }
            text += "p" + String(Int(generator.next() % 2300) - 1200)
            let isSubnormal = strtod(text, nil).isSubnormal || strtof(text, nil).isSubnormal
            if !isSubnormal { #expect(Self.agrees(text), "\(text)") }
        }
    }

    @Test("Shapes that are no number are refused")
    func malformed() {
        for text in [
            "", "-", ".5", "5e", "5e+", "0x", "0x.5", "1__0", "_1", "1_", "1._5", "1.5_", "0x1p", "nan:", "nan:0x",
            "nan:1", "infinity", "1e1_", "1e_1", "0x1.p", "1.2.3", "+-1",
        ] { #expect(Self.read(text, .double) == nil, "\(text)") }
        #expect(Self.read("1.", .double) == 1.0.bitPattern)
        #expect(Self.read("1.e1", .double) == 10.0.bitPattern)
        #expect(Self.read("0x1.p1", .double) == 2.0.bitPattern)
        #expect(Self.read("1_0.0_1e1_0", .double) == 10.01e10.bitPattern)
    }

    @Test("NaN payloads are kept, and must fit")
    func nans() {
        #expect(Self.read("nan", .single) == 0x7FC0_0000)
        #expect(Self.read("-nan:0x200000", .single) == 0xFFA0_0000)
        #expect(Self.read("nan:0xfffffffffffff", .double) == 0x7FFF_FFFF_FFFF_FFFF)
        #expect(Self.read("nan:0x0", .single) == nil)
        #expect(Self.read("nan:0x800000", .single) == nil)
        #expect(Self.read("-inf", .double) == 0xFFF0_0000_0000_0000)
    }

    @Test("A number of a million digits takes no longer than reading it")
    func manyDigits() {
        let text =
            "1" + String(repeating: "0", count: 1_000_000) + "." + String(repeating: "3", count: 1_000_000)
            + "e-1000000"
        #expect(Self.read(text, .double) == 1.0.bitPattern)
    }
}

/// Exact decimal expansions, by long arithmetic on digits.
enum ExactDecimal {
    /// The number half way between a double and the next larger one; nil for what is not finite or zero.
    static func middle(above value: Double) -> String? {
        guard value.isFinite, value > 0, value.nextUp.isFinite else { return nil }
        let field = Int(value.bitPattern >> 52)
        let significand = value.bitPattern & (1 << 52 - 1) | (field == 0 ? 0 : 1 << 52)
        let exponent = max(field, 1) - 1075 - 1
        // (2·significand + 1) · 2^exponent
        var digits = String(2 * significand + 1).utf8.reversed().map { Int($0) - 48 }
        func multiply(_ digits: inout [Int], by factor: Int) {
            var carry = 0
            for index in digits.indices {
                let product = digits[index] * factor + carry
                digits[index] = product % 10
                carry = product / 10
            }
            while carry > 0 {
                digits.append(carry % 10)
                carry /= 10
            }
        }
        for _ in 0..<abs(exponent) { multiply(&digits, by: exponent < 0 ? 5 : 2) }
        var text = String(decoding: digits.reversed().map { UInt8($0 + 48) }, as: UTF8.self)
        if exponent >= 0 { return text + "." }
        while text.utf8.count <= -exponent { text = "0" + text }
        text.insert(".", at: text.index(text.endIndex, offsetBy: exponent))
        return text
    }
}
