// Moving several values between registers at once, where targets may be sources of other moves.

import TerraceAssembler
import TerraceCode

/// A set of register moves that happen "at the same time". One register file.
struct ParallelMove {
    private var sources = InlineArray<16, UInt8>(repeating: 0)
    private var targets: UInt32 = 0

    @inline(__always) mutating func add(from source: GeneralRegister, to target: GeneralRegister) {
        add(from: source.rawValue, to: target.rawValue)
    }

    @inline(__always) mutating func add(from source: VectorRegister, to target: VectorRegister) {
        add(from: source.rawValue, to: target.rawValue)
    }

    @inline(__always) private mutating func add(from source: UInt8, to target: UInt8) {
        guard source != target else { return }
        sources[Int(target)] = source
        targets |= 1 << UInt32(target)
    }

    /// The next move to make, in an order that loses nothing; `scratch` breaks cycles. `nil` when all are made.
    mutating func next(scratch: UInt8) -> (source: UInt8, target: UInt8)? {
        guard targets != 0 else { return nil }
        var needed: UInt32 = 0
        var rest = targets
        while rest != 0 {
            needed |= 1 << UInt32(sources[rest.trailingZeroBitCount])
            rest &= rest &- 1
        }
        let ready = targets & ~needed
        if ready != 0 {
            let target = ready.trailingZeroBitCount
            targets &= ~(1 << UInt32(target))
            return (sources[target], UInt8(target))
        }
        // Only cycles are left: park one value; whoever wanted it takes it from there.
        let parked = UInt8(targets.trailingZeroBitCount)
        rest = targets
        while rest != 0 {
            let target = rest.trailingZeroBitCount
            if sources[target] == parked { sources[target] = scratch }
            rest &= rest &- 1
        }
        return (parked, scratch)
    }
}

extension BaselineCompiler {
    /// Emits moves between general registers. Changes no flags.
    mutating func emit(_ moves: ParallelMove) {
        var moves = moves
        while let move = moves.next(scratch: CallingConvention.scratch.rawValue) {
            assembler.mov(
                .qword, GeneralRegister(rawValue: move.target), GeneralRegister(rawValue: move.source))
        }
    }

    /// Emits moves between vector registers.
    mutating func emitVector(_ moves: ParallelMove) {
        var moves = moves
        while let move = moves.next(scratch: CallingConvention.vectorScratch.rawValue) {
            assembler.movaps(VectorRegister(rawValue: move.target), VectorRegister(rawValue: move.source))
        }
    }
}
