// What good allocation is, one fact at a time.

import TerraceABI
import Testing

@testable import TerraceOptimizer

@Suite struct AllocationQualityTests {
    /// A loop of one block that counts, with `extra` more values that it uses.
    private func countingLoop(extra: Int, constants: Int = 0) throws -> (moves: Int, copies: Int) {
        var function = MachineFunctionUnderTest()
        let start = function.value()
        let counter = function.value(.i64, .blockParameter)
        let next = function.value()
        let others = (0..<extra).map { _ in function.value() }
        let literals = (0..<constants).map { function.value(.i64, .constant, payload: UInt32($0)) }
        function.emit([.define(start, in: 7)])
        for other in others { function.emit([.define(other)]) }
        function.end(to: [1], [start])
        function.begin([counter], frequency: 8, isHeader: true)
        for other in others + literals { function.emit([.use(other), .use(counter)]) }
        function.emit([.define(next, over: 1), .use(counter)])
        function.end([.use(next)], to: [2, 3])
        function.begin(frequency: 8)
        function.end(to: [1], [next])
        function.begin()
        function.end([.use(next, in: 0)])
        function.loop(1..<3)
        try function.allocate()
        return (function.moves(in: 1).count + function.moves(in: 2).count, function.statistics.copies)
    }

    @Test(arguments: 0...9) func aLoopThatFitsMovesNothing(_ extra: Int) throws {
        #expect(try countingLoop(extra: extra).moves == 0)
    }

    @Test func constantsOfALoopAreMadeInFrontOfIt() throws {
        #expect(try countingLoop(extra: 2, constants: 3).moves == 0)
    }

    @Test func aLoopThatDoesNotFitReloadsOnlyWhatDoesNot() throws {
        // 14 values, 11 registers: three at least are elsewhere, each costs a load in a round, and one more register has to
        // be made free for them.
        #expect(try countingLoop(extra: 13).moves <= 4)
    }

    @Test func whatALoopDoesNotUseStaysWhereItIs() throws {
        // All but three registers hold values that are live through the loop; its two parameters take free ones.
        var function = MachineFunctionUnderTest()
        let others = (0..<8).map { _ in function.value() }
        let start = function.value(.i64, .constant, payload: 1)
        let parameter = function.value(.i64, .blockParameter)
        let next = function.value()
        for other in others { function.emit([.define(other)]) }
        function.end(to: [1], [start])
        function.begin([parameter], frequency: 8, isHeader: true)
        function.emit([.define(next, over: 1), .use(parameter)])
        function.end([.use(next)], to: [2, 3])
        function.begin(frequency: 7)
        function.end(to: [1], [next])
        function.begin()
        for other in others { function.emit([.use(other)]) }
        function.end()
        function.loop(1..<3)
        try function.allocate()
        // The constant.
        #expect(function.machine.moves.count == 1)
        for (number, other) in others.enumerated() {
            #expect(function.location(number, 0) == function.location(12 + number, 0), "\(other)")
        }
    }

    @Test func whatALoopWithCallsDoesNotUseStaysInAPreservedRegister() throws {
        var function = MachineFunctionUnderTest()
        let value = function.value()
        let condition = function.value()
        function.emit([.define(value)])
        function.emit([], .isCall)
        for _ in 0..<3 { function.emit([.use(value)]) }
        function.end(to: [1])
        function.begin(frequency: 8, isHeader: true)
        function.emit([], .isCall)
        function.emit([.define(condition)])
        function.end([.use(condition)], to: [2, 3])
        function.begin(frequency: 7)
        function.end(to: [1])
        function.begin()
        function.end([.use(value)])
        function.loop(1..<3, hasCall: true)
        try function.allocate()
        #expect(function.machine.moves.count == 0)
    }

    @Test func whatALoopsCallDrivesOutIsStoredInFrontOfTheLoop() throws {
        var function = MachineFunctionUnderTest()
        let value = function.value(.ref)
        let condition = function.value()
        function.emit([.define(value)])
        function.emit([.define(condition)])
        function.end([.use(condition)], to: [1, 2])
        function.begin(frequency: 0.5)
        function.end()
        function.begin(frequency: 0.5)
        function.end(to: [3])
        function.begin(frequency: 4, isHeader: true)
        function.emit([.use(value)])
        function.emit([], .isCall)
        function.end([.use(condition)], to: [4, 5])
        function.begin(frequency: 3.5)
        function.end(to: [3])
        function.begin(frequency: 0.5)
        function.end()
        function.loop(3..<5, hasCall: true)
        try function.allocate()
        func stores(_ block: Int) -> Int {
            function.moves(in: block).filter { $0.register == value && $0.to.isSlot }.count
        }
        #expect(stores(0) == 0 && stores(2) == 1 && stores(3) == 0)
    }

    @Test func aColdCallSpillsInItsOwnBlock() throws {
        var function = MachineFunctionUnderTest()
        let values = (0..<8).map { _ in function.value() }
        for value in values { function.emit([.define(value)]) }
        function.end([.use(values[0])], to: [1, 2])
        function.begin(frequency: 0.01, isCold: true)
        function.emit([], .isCall)
        function.end(to: [3])
        function.begin(frequency: 0.99)
        function.end(to: [3])
        function.begin()
        for value in values { function.emit([.use(value)]) }
        function.end()
        try function.allocate()
        for block in [0, 2, 3] { #expect(function.moves(in: block).isEmpty) }
        #expect(function.machine.usedPreserved.nonzeroBitCount <= 3)
        #expect(!function.moves(in: 1).isEmpty)
    }

    @Test func whatLivesAcrossManyCallsIsInPreservedRegisters() throws {
        var function = MachineFunctionUnderTest()
        let values = (0..<3).map { _ in function.value() }
        for value in values { function.emit([.define(value)]) }
        for _ in 0..<4 {
            function.emit([], .isCall)
            for value in values { function.emit([.use(value)]) }
        }
        function.end()
        try function.allocate()
        #expect(function.machine.moves.count == 0)
        #expect(function.machine.usedPreserved.nonzeroBitCount == 3)
    }

    @Test func oneReloadIsNoReasonToSaveARegister() throws {
        var function = MachineFunctionUnderTest()
        let value = function.value()
        function.emit([.define(value)])
        function.emit([], .isCall)
        function.emit([.use(value)])
        function.end()
        try function.allocate()
        #expect(function.machine.usedPreserved == 0)
        #expect(function.statistics.spills == 1 && function.statistics.reloads == 1)
    }

    @Test func referencesCrossCallsInSlots() throws {
        var function = MachineFunctionUnderTest()
        let value = function.value(.ref)
        function.emit([.define(value)])
        for _ in 0..<4 {
            function.emit([], .isCall)
            function.emit([.use(value)])
        }
        function.end()
        try function.allocate()
        #expect(function.machine.usedPreserved == 0)
        #expect(function.statistics.spills == 1 && function.statistics.reloads == 4)
    }

    @Test func argumentsAreComputedInTheirRegisters() throws {
        var function = MachineFunctionUnderTest()
        let first = function.value()
        let second = function.value()
        let third = function.value()
        function.emit([.define(first)])
        function.emit([.define(second)])
        // Overwrites `first`, so `first` is made where the result is wanted.
        function.emit([.define(third, over: 1), .use(first)])
        function.emit([.use(second, in: 6), .use(third, in: 7)], .isCall)
        function.end()
        try function.allocate()
        #expect(function.machine.moves.count == 0)
        #expect(function.location(0, 0) == .general(7))
    }

    @Test func whatACallDrivesOutLeavesBeforeItsArgumentIsMade() throws {
        var function = MachineFunctionUnderTest()
        let value = function.value()
        let argument = function.value()
        function.emit([.define(value, in: 7)])
        function.emit([.define(argument, over: 1), .use(value)])
        function.emit([.use(argument, in: 7)], .isCall)
        function.emit([.use(value)])
        function.end()
        try function.allocate()
        #expect(function.location(1, 0) == .general(7))
        #expect(function.statistics.copies == 0)
        #expect(function.statistics.spills == 1 && function.statistics.reloads == 1)
    }

    @Test func whatLivesOnIsNotPutWhereItsSuccessorIsWanted() throws {
        var function = MachineFunctionUnderTest()
        let first = function.value()
        let second = function.value()
        function.emit([.define(first)])
        function.emit([.define(second, over: 1), .use(first)])
        function.emit([.use(second, in: 0)])
        function.emit([.use(first)])
        function.end()
        try function.allocate()
        #expect(function.machine.moves.count == 0)
    }

    @Test func shiftCountsStayClearOfOtherValues() throws {
        var function = MachineFunctionUnderTest()
        let values = (0..<4).map { _ in function.value() }
        let count = function.value()
        let result = function.value()
        for value in values { function.emit([.define(value)]) }
        function.emit([.define(count)])
        function.emit([.define(result, over: 1), .use(values[0]), .use(count, in: 1)])
        for value in values[1...] { function.emit([.use(value)]) }
        function.end([.use(result)])
        try function.allocate()
        #expect(function.machine.moves.count == 0)
    }

    @Test func swappedGeneralParametersAreExchanged() throws {
        let kinds = try swap(.i64)
        #expect(kinds == [.exchange])
    }

    @Test func swappedVectorsGoThroughTheScratchRegister() throws {
        let kinds = try swap(.v128)
        #expect(kinds.count == 3 && !kinds.contains(.exchange))
    }

    private func swap(_ type: MachineType) throws -> [InsertedMove.Kind] {
        var function = MachineFunctionUnderTest()
        let start = [function.value(type), function.value(type)]
        let parameters = [function.value(type, .blockParameter), function.value(type, .blockParameter)]
        function.emit([.define(start[0])])
        function.emit([.define(start[1])])
        function.end(to: [1], start)
        function.begin(parameters, frequency: 8, isHeader: true)
        function.emit([.use(parameters[0]), .use(parameters[1])])
        function.end(to: [2, 3])
        function.begin(frequency: 8)
        function.end(to: [1], [parameters[1], parameters[0]])
        function.begin()
        function.end([.use(parameters[0])])
        function.loop(1..<3)
        try function.allocate()
        return function.moves(in: 2).map { $0.kind }
    }

    @Test func valuesThatDoNotMeetShareASlot() throws {
        var function = MachineFunctionUnderTest()
        for _ in 0..<5 {
            let value = function.value(.f64)
            function.emit([.define(value)])
            function.emit([], .isCall)
            function.emit([.use(value)])
        }
        function.end()
        try function.allocate()
        #expect(function.machine.frameBytes == function.machine.frameStartBytes + 8)
    }

    @Test func aSlotIsReadInPlaceIfItsValueIsNotNeededSoon() throws {
        var function = MachineFunctionUnderTest()
        let value = function.value(.f64)
        let other = function.value(.f64)
        function.emit([.define(value)])
        function.emit([], .isCall)
        function.emit([.define(other)])
        function.emit([.use(other), .memory(value)])
        function.end()
        try function.allocate()
        #expect(function.location(3, 1).isSlot)
        #expect(function.statistics.reloads == 0 && function.statistics.foldedOperands == 1)
    }

    @Test func aSlotIsReadInPlaceIfACallComesBeforeTheNextUse() throws {
        var function = MachineFunctionUnderTest()
        let value = function.value()
        function.emit([.define(value)])
        for _ in 0..<2 {
            function.emit([], .isCall)
            function.emit([.memory(value)])
        }
        function.end()
        try function.allocate()
        #expect(function.statistics.reloads == 0 && function.statistics.foldedOperands == 2)
    }

    @Test func aSlotThatTheFrameHasIsNeverWritten() throws {
        var function = MachineFunctionUnderTest()
        let value = function.value(.i64, .frameSlot, payload: 16)
        for _ in 0..<3 {
            function.emit([.use(value)])
            function.emit([], .isCall)
        }
        function.end([.use(value)])
        try function.allocate()
        #expect(function.statistics.spills == 0)
        #expect(function.machine.frameBytes == function.machine.frameStartBytes)
    }
}
