// What the constant pool costs: by counting, for constants that somebody chose to make it slow.

import Testing

@testable import TerraceAssembler

@Suite struct ConstantPoolTests {
    private static let count = 30_000

    /// Constants whose products with a well-known multiplier have zeros wherever a table of 2^16 slots would look.
    private static var crafted: [UInt64] {
        let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15
        var inverse = multiplier
        for _ in 0..<6 { inverse &*= 2 &- multiplier &* inverse }
        return (0..<UInt64(count)).map { number in
            let product = number & 0xFFFF | (number >> 16) << 33
            return (product &* inverse) ^ 8
        }
    }

    private static let families: [(name: String, values: [UInt64])] = [
        ("crafted", crafted),
        ("small numbers", (0..<UInt64(count)).map { $0 }),
        ("high halves", (0..<UInt64(count)).map { $0 << 32 }),
        ("highest bits", (0..<UInt64(count)).map { $0 << 48 | $0 >> 16 }),
        ("floating-point numbers", (0..<count).map { Double($0).bitPattern }),
    ]

    @Test(arguments: families.map(\.name))
    func searchesAreShortForChosenConstants(_ name: String) throws {
        let values = try #require(Self.families.first { $0.name == name }?.values)
        #expect(Set(values).count == Self.count)
        var a = Assembler()
        for value in values { _ = a.constant64(value) }
        #expect(a.pool.entries.count == Self.count)
        #expect(a.pool.displacement < 2 * Self.count)
        a.reset()
        for value in values { _ = a.constant128(7, value) }
        #expect(a.pool.displacement < 2 * Self.count)
    }

    @Test func equalConstantsAreOne() {
        var a = Assembler()
        for value in Self.crafted + Self.crafted { _ = a.constant64(value) }
        _ = a.constant32(8)
        _ = a.constant128(8, 0)
        _ = a.constant128(8, 1)
        #expect(a.pool.entries.count == Self.count + 3)
    }

    @Test func aSmallFunctionPaysNothingForALargeOneBeforeIt() {
        var a = Assembler()
        let fresh = a.bufferBytes
        for value in 0..<UInt64(Self.count) {
            a.movsd(.xmm0, a.constant64(value))
            a.jmp(a.newBoundLabel())
            a.callRelative(RelocationKind(rawValue: 1), 0)
        }
        a.finish()
        #expect(a.bufferBytes > 2 << 20)
        a.reset()
        // What a reset clears, and what is kept.
        #expect(a.pool.slots.count == 64)
        #expect(a.bufferBytes <= 2 * fresh + (64 << 10))
        a.movsd(.xmm0, a.constant64(5))
        a.finish()
        a.reset()
        #expect(a.pool.slots.count == 64)
    }
}
