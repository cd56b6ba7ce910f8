// Damaged modules: what decoder, validator and compilers must survive.

import WasmFormat

/// Mutates modules: flips, cuts, splices from other modules, lengths set to huge values, and operators exchanged for
/// others of the same types, which leaves modules valid more often than chance does.
public struct ModuleMutator: Sendable {
    private let fixtures: [[UInt8]]
    private var random: SeededRandom

    /// - Parameter fixtures: modules to start from; at least one.
    public init(fixtures: [[UInt8]], seed: UInt64) {
        self.fixtures = fixtures
        random = SeededRandom(seed: seed)
    }

    /// The next damaged module.
    public mutating func next() -> [UInt8] {
        var bytes = random.pick(fixtures)
        for _ in 0...random.below(3) where bytes.count > 8 { mutate(&bytes) }
        return bytes
    }

    private mutating func mutate(_ bytes: inout [UInt8]) {
        // A third of the time near the beginning, where the structure is.
        let bound = random.chance(percent: 33) ? min(bytes.count, 256) : bytes.count
        let position = 8 + random.below(bound - 8)
        switch random.below(10) {
        case 0: bytes[position] ^= 1 << UInt8(random.below(8))
        case 1: bytes[position] = UInt8(random.below(256))
        case 2: bytes.removeSubrange(position...)
        case 3: bytes.removeSubrange(position..<min(bytes.count, position + 1 + random.below(16)))
        case 4:
            let other = random.pick(fixtures)
            let start = random.below(other.count)
            let piece = other[start..<min(other.count, start + 1 + random.below(64))]
            bytes.insert(contentsOf: piece, at: position)
        case 5:
            // A splice that keeps all lengths.
            let other = random.pick(fixtures)
            let count = min(1 + random.below(32), bytes.count - position, other.count)
            let start = random.below(other.count - count + 1)
            bytes.replaceSubrange(position..<position + count, with: other[start..<start + count])
        case 6: bytes.replaceSubrange(position..<position + 1, with: [0xFF, 0xFF, 0xFF, 0xFF, 0x0F])
        case 7: for index in position..<min(bytes.count, position + 5) { bytes[index] = UInt8(random.below(256)) }
        default: exchangeOperators(&bytes, from: position)
        }
    }

    /// Exchanges one-byte operators from a place on for others that take and leave the same.
    private mutating func exchangeOperators(_ bytes: inout [UInt8], from position: Int) {
        for index in position..<min(bytes.count, position + 24) {
            guard let opcode = Opcode.decode(bytes[index]), opcode.info.immediates == .none else { continue }
            let signature = opcode.info.signature
            let candidate = UInt8(random.below(256))
            guard signature.isPlain, let other = Opcode.decode(candidate), other.info.immediates == .none,
                other.info.signature == signature
            else { continue }
            bytes[index] = candidate
        }
    }
}
