// Emitting moves between registers that happen at the same time.

import TerraceABI
import TerraceAssembler
import TerraceCompilation

extension ParallelMove {
    @inline(__always) mutating func add(from source: GeneralRegister, to target: GeneralRegister) {
        add(from: source.rawValue, to: target.rawValue)
    }

    @inline(__always) mutating func add(from source: VectorRegister, to target: VectorRegister) {
        add(from: source.rawValue, to: target.rawValue)
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
