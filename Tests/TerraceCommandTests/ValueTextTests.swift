// Values on the command line, and figures as JSON.
import Terrace
import Testing

@testable import TerraceCommand

@Suite struct ValueTextTests {
    private func read(_ text: String, _ type: ValueType) -> String? { Value(text: text, type: type)?.text }

    @Test func integersAreReadSignedAndUnsigned() {
        #expect(read("4294967295", .i32) == "-1")
        #expect(read("-2147483648", .i32) == "-2147483648")
        #expect(read("0xffffffff", .i32) == "-1")
        #expect(read("-0x80000000", .i32) == "-2147483648")
        #expect(read("18446744073709551615", .i64) == "-1")
        #expect(read("+7", .i64) == "7")
        for text in ["", "-", "4294967296", "-2147483649", "1.0", "0x", "--1", "-+1", "one", " 1"] {
            #expect(read(text, .i32) == nil, "\(text)")
        }
    }

    @Test func numbersReadBackAsTheyArePrinted() {
        for text in ["0.1", "-0.0", "1e-45", "inf", "nan", "0x1p-3"] {
            let value = read(text, .f32)
            #expect(value != nil && read(value ?? "", .f32) == value, "\(text)")
        }
        #expect(read("1,5", .f64) == nil)
    }

    @Test func vectorsHave32Digits() {
        #expect(read("0x000102030405060708090a0b0c0d0e0f", .v128) != nil)
        #expect(read("0x00", .v128) == nil)
        #expect(read("0x000102030405060708090a0b0c0d0e0g", .v128) == nil)
    }

    @Test func figuresAreJSON() {
        var inner = JSONObject()
        inner.add("n", 3)
        var object = JSONObject()
        object.add("x", 0.5)
        object.add("none", Double.nan)
        object.add("inner", inner)
        #expect(object.text == #"{"x":0.500000,"none":0.000000,"inner":{"n":3}}"#)
    }
}
