// The checker sees what is wrong: allocations are spoilt at random, and whenever a run differs, it must have complained.

import FuzzSupport
import TerraceABI
import Testing

@testable import TerraceOptimizer

@Suite struct AllocationCheckerTests {
    /// Spoils one place of an allocated function.
    private func spoil(_ machine: inout MachineFunction, _ random: inout SeededRandom) {
        switch random.below(4) {
        case 0 where machine.moves.count > 0:
            // A move less.
            let gone = random.below(machine.moves.count)
            for index in gone..<machine.moves.count - 1 { machine.moves[index] = machine.moves[index + 1] }
            machine.moves.count -= 1
        case 1 where machine.moves.count > 1:
            // Two moves of one place in the wrong order.
            let index = random.below(machine.moves.count - 1)
            guard machine.moves[index].position == machine.moves[index + 1].position else { return }
            let first = machine.moves[index]
            machine.moves[index] = machine.moves[index + 1]
            machine.moves[index + 1] = first
        case 2 where machine.moves.count > 0:
            // A move to another place of the same kind.
            let index = random.below(machine.moves.count)
            let other = machine.moves[random.below(machine.moves.count)]
            if other.to.isSlot == machine.moves[index].to.isSlot, other.type == machine.moves[index].type {
                machine.moves.element(index).pointee.to = other.to
            }
        default:
            // An operand in another register.
            let index = random.below(machine.locations.count)
            guard machine.locations[index].isRegister, machine.operands[index].place != .fixed else { return }
            let isVector = machine.locations[index].isVector
            machine.locations[index] =
                isVector ? .vector(UInt8(random.below(15))) : .general([0, 1, 2, 3, 6, 7, 8][random.below(7)])
        }
    }

    @Test(arguments: 0..<7) func whatRunsWrongIsRejected(_ shape: Int) throws {
        var allocator = Allocator()
        var machine = MachineFunction()
        var wrong = 0
        for seed in UInt64(20_000)..<20_300 {
            var generator = MachineFunctionGenerator(seed: seed, AllocatorTests.shapes[shape])
            generator.generate(into: &machine)
            try allocator.allocate(&machine, .x86_64)
            var random = SeededRandom(seed: seed)
            spoil(&machine, &random)
            var before = MachineInterpreter()
            before.runVirtual(machine)
            var after = MachineInterpreter()
            after.runAllocated(machine, .x86_64)
            guard before.trace != after.trace else { continue }
            wrong += 1
            var checker = AllocationChecker(.x86_64)
            #expect(throws: AllocationMistake.self, "seed \(seed)") { try checker.check(machine) }
        }
        #expect(wrong > 20)
    }

    @Test func undeclaredPreservedRegistersAreRejected() throws {
        var function = MachineFunctionUnderTest()
        let value = function.value()
        function.emit([.define(value, in: 3)])
        function.end([.use(value)])
        try function.allocate()
        #expect(function.machine.usedPreserved == 1 << 3)
        function.machine.usedPreserved = 0
        var checker = AllocationChecker(.x86_64)
        #expect(throws: AllocationMistake.self) { try checker.check(function.machine) }
    }
}
