import FuzzSupport
import TerraceCompilation
import Testing

@Suite struct ParallelMoveTests {
    private static let scratch: UInt8 = 11
    private static let registers = (UInt8(0)..<16).filter { $0 != scratch }

    /// Makes the moves on numbers that stand for what the registers hold.
    private func run(_ sources: [UInt8: UInt8]) -> (registers: [UInt8], count: Int) {
        var moves = ParallelMove()
        for (target, source) in sources {
            moves.add(from: source, to: target)
        }
        var registers = [UInt8](0..<16)
        var count = 0
        while let move = moves.next(scratch: Self.scratch) {
            registers[Int(move.target)] = registers[Int(move.source)]
            count += 1
            if count > 64 { break }
        }
        return (registers, count)
    }

    private func check(_ sources: [UInt8: UInt8]) {
        let (registers, count) = run(sources)
        for register in Self.registers {
            #expect(registers[Int(register)] == sources[register] ?? register, "\(sources)")
        }
        #expect(count <= sources.count + sources.count / 2, "\(sources)")
    }

    @Test func aChainMovesItsEndFirst() {
        check([1: 0, 2: 1, 3: 2])
        #expect(run([1: 0, 2: 1, 3: 2]).count == 3)
    }

    @Test func aCycleNeedsOneMoveMore() {
        check([0: 1, 1: 2, 2: 0])
        #expect(run([0: 1, 1: 2, 2: 0]).count == 4)
    }

    @Test func cyclesWithBranchesAndSeveralCycles() {
        check([0: 1, 1: 0, 2: 0, 3: 1])
        check([0: 1, 1: 0, 4: 5, 5: 4, 6: 7, 7: 6])
    }

    @Test func aMoveToItselfIsNone() { #expect(run([3: 3]).count == 0) }

    @Test func randomMovesLoseNothing() {
        var random = SeededRandom(seed: 7)
        for _ in 0..<2_000 {
            var sources: [UInt8: UInt8] = [:]
            for target in Self.registers where random.next() % 3 != 0 {
                sources[target] = Self.registers[Int(random.next() % UInt64(Self.registers.count))]
            }
            check(sources)
        }
    }
}
