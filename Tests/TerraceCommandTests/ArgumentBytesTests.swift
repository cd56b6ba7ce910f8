// Bytes of the command line on their way through Swift strings.
import FuzzSupport
import TerraceWASI
import Testing

@testable import TerraceCommand

@Suite struct ArgumentBytesTests {
    @Test func anyBytesComeBackFromTheirEscapedForm() {
        var random = SeededRandom(seed: 3)
        // Bytes that matter to UTF-8, and those of the scalars that stand for bytes.
        let bytes: [UInt8] = [0x61, 0x7F, 0x80, 0x8F, 0xBE, 0xBF, 0xC0, 0xC3, 0xE2, 0xED, 0xF0, 0xF4, 0xFF, 0xCC, 0x81]
        for _ in 0..<20_000 {
            let string = SystemString(bytes: (0..<random.below(12)).map { _ in random.pick(bytes) })
            #expect(SystemString(argument: string.escaped) == string)
        }
        for scalar in ["\u{10FF80}", "\u{10FFFF}", "\u{10FF7F}", "e\u{301}", "é"] {
            #expect(SystemString(argument: SystemString(scalar).escaped) == SystemString(scalar))
        }
    }

    @Test func textStaysTextOnItsWay() {
        #expect(SystemString("größer = 1").escaped == "größer = 1")
    }

    @Test func differentBytesHaveDifferentEscapedForms() {
        let scalar = SystemString("\u{10FFFF}")
        let byte = SystemString(bytes: [0xFF])
        #expect(scalar.escaped != byte.escaped)
    }

    @Test func bytesThatAreNoTextAreShownInHexadecimal() {
        let string = SystemString(bytes: [0x61, 0xFF, 0xC3, 0xBC, 0xC3])
        #expect("\(string)" == "a\\xffü\\xc3")
        #expect(SystemString.readable("no '\(string.escaped)' here") == "no 'a\\xffü\\xc3' here")
    }

    @Test func endingsAreThoseOfTheBytes() {
        let path = SystemString(bytes: [0xFF] + Array(".wat".utf8))
        #expect(path.hasSuffix(".wat") && !path.hasSuffix(".wasm") && !SystemString("at").hasSuffix(".wat"))
        #expect(SystemString("--x").hasPrefix("-") && !SystemString("").hasPrefix("-"))
    }
}
