import Synchronization
import TerraceABI
import TerraceAssembler
import Testing

@testable import TerraceCode

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct CommitTests {
    @Test func aCommittedFunctionRunsThroughItsCell() throws {
        let code = try makeCode(makeReservation(), imports: 1, functions: 3)
        let block = try code.commit(compiled([(2, 77)]), kind: .baseline)
        #expect(call(through: code, 2) == 77)
        #expect(code.cell(1).pointee.load(ordering: .relaxed) == 0)
        #expect(block.entry(ofFunction: 2) == code.functionEntry(2))
        #expect(block.entry(ofFunction: 1) == nil)
        #expect(code.bestBlock(forFunction: 2) === block)
        #expect(code.bestBlock(forFunction: 1) == nil)
        #expect(code.blocks.count == 1 && code.blocks[0] === block)
        #expect(block.unmanaged.code?.takeUnretainedValue() === code)
        #expect(Array(block.bytes) == returning(77))
    }

    @Test func blocksOfEveryKindAreFoundInBothMaps() throws {
        let reservation = try makeReservation()
        let code = try makeCode(reservation, functions: 100)
        let blocks = [
            try code.commit(compiledStub(.trapExit, CodeRange.none, 1), kind: .sharedStubs),
            try code.commit(compiled((0..<100).map { ($0, Int32($0)) }), kind: .baseline),
            try code.commit(compiled([(7, 700), (50, 5000), (9, 900)]), kind: .optimized),
            try code.commit(compiledStub(.entryStub, 3, 2), kind: .lazyStubs),
        ]
        for block in blocks {
            for offset in [0, block.byteCount - 1] {
                let address = block.placement.address(of: BlockOffset(offset))
                #expect(code.block(containing: address) === block)
                #expect(reservation.map.lookup(address) == block.unmanaged)
            }
        }
        #expect(reservation.map.count == 4 && code.map.count == 4)
        #expect(blocks[1].functionRanges.representation == .dense)
        #expect(blocks[2].functionRanges.representation == .sparse)
        #expect(call(through: code, 7) == 700 && call(through: code, 8) == 8 && call(through: code, 9) == 900)
    }

    @Test func smallBlocksShareASegmentAndLargeOnesHaveTheirOwn() throws {
        let reservation = try makeReservation()
        let code = try makeCode(reservation, functions: 20_000)
        let first = try code.commit(compiled([(0, 0)]), kind: .baseline)
        let second = try code.commit(compiledStub(.entryStub, 0, 0), kind: .lazyStubs)
        #expect(first.segment === second.segment)
        let large = try code.commit(compiled((0..<20_000).map { ($0, Int32($0)) }), kind: .baseline)
        #expect(large.segment !== first.segment)
        #expect(code.statistics.segmentCount == 2)
        #expect(code.statistics.mappedBytes == reservation.usage.codeBytes)
        for function in stride(from: 0, to: 20_000, by: 777) { #expect(call(through: code, function) == function) }
    }

    @Test func betterCodeIsNotReplacedByWorse() throws {
        let code = try makeCode(makeReservation())
        try code.commit(compiled([(0, 1), (1, 1)]), kind: .baseline)
        try code.commit(compiled([(1, 2)]), kind: .optimized)
        try code.commit(compiled([(0, 3), (1, 3)]), kind: .baseline)
        #expect(call(through: code, 0) == 3 && call(through: code, 1) == 2)
        #expect(code.state(of: 1).tier == .optimized)
        try code.commit(compiled([(1, 4)]), kind: .optimized)
        #expect(call(through: code, 1) == 4)
    }

    @Test func aBaselineCommitLeavesAClaimForBetterCodeOpen() throws {
        let code = try makeCode(makeReservation())
        #expect(code.claim(0, for: .optimized))
        try code.commit(compiled([(0, 1)]), kind: .baseline)
        #expect(code.state(of: 0).phase == .claimed && code.state(of: 0).tier == .baseline)
        #expect(call(through: code, 0) == 1)
        try code.commit(compiled([(0, 2)]), kind: .optimized)
        #expect(code.state(of: 0).phase == .committed && call(through: code, 0) == 2)
    }

    @Test func cellsFirstLeadToThunksAndThenToCode() throws {
        let code = try makeCode(makeReservation(), imports: 2, functions: 6)
        var thunks = CompiledCode()
        for index in 0..<4 { thunks.bytes += returning(Int32(-index - 1)) }
        thunks.codeRanges = [CodeRange(kind: .lazyThunk, begin: 0, end: 24)]
        let block = try code.commit(thunks, kind: .sharedStubs)
        code.setCells(of: 1..<6, toThunksAt: CodeAddress(rawValue: block.base.rawValue - 6), stride: 6)
        #expect((2..<6).map { call(through: code, $0) } == [-1, -2, -3, -4])
        #expect(code.cell(0).pointee.load(ordering: .relaxed) == 0)
        try code.commit(compiled([(3, 30)]), kind: .baseline)
        #expect((2..<6).map { call(through: code, $0) } == [-1, 30, -3, -4])
    }

    @Test func functionsThatABlockMustNotHoldAreAnError() throws {
        let code = try makeCode(makeReservation(), imports: 2, functions: 6)
        try code.commit(compiled([(4, 4)]), kind: .baseline)
        let before = Snapshot(code)
        func expect(_ index: UInt32, _ unit: CompiledCode, _ kind: CodeBlockKind = .baseline) {
            #expect(throws: CodeError.invalidFunction(index)) { try code.commit(unit, kind: kind) }
            #expect(Snapshot(code) == before)
        }
        for index: UInt32 in [0, 1, 6, 7, 1 << 20, UInt32.max] {
            expect(index, compiled([(3, 1), (index, 1)]))
            expect(index, compiled([(index, 1)]), .optimized)
        }
        // Twice: where the indices seem to be a run, and where they do not.
        expect(3, compiled([(3, 1), (3, 1), (5, 1)]))
        expect(3, compiled([(3, 1), (3, 1)]))
        // Beyond the bytes, backwards, and where no functions belong.
        var beyond = compiled([(3, 1)])
        beyond.codeRanges[0].end = 7
        expect(3, beyond)
        beyond.codeRanges[0] = CodeRange(kind: .function, begin: 5, end: 4, functionIndex: 3)
        expect(3, beyond)
        expect(3, compiled([(3, 1)]), .lazyStubs)
        #expect(!CodeError.invalidFunction(3).isTemporary)
    }

    @Test func aBlockKnowsHowManyOfItsFunctionsAreTheBest() throws {
        let code = try makeCode(makeReservation())
        let first = try code.commit(compiled([(0, 1), (1, 1), (2, 1)]), kind: .baseline)
        #expect(first.liveFunctionCount == 3)
        let better = try code.commit(compiled([(1, 2), (2, 2)]), kind: .optimized)
        #expect(first.liveFunctionCount == 1 && better.liveFunctionCount == 2)
        // Worse code than what is there never lives; what it replaces dies.
        let again = try code.commit(compiled([(0, 3), (1, 3)]), kind: .baseline)
        #expect(again.liveFunctionCount == 1 && first.liveFunctionCount == 0 && better.liveFunctionCount == 2)
        try code.commit(compiled([(1, 4)]), kind: .optimized)
        #expect(better.liveFunctionCount == 1)
        #expect(try code.commit(compiledStub(.trapExit, CodeRange.none, 1), kind: .sharedStubs).liveFunctionCount == 0)
    }

    @Test func liveFunctionsAreCountedRightWhateverThreadsDo() throws {
        let code = try makeCode(makeReservation(), functions: 40)
        let shared = Counters()
        let threads = (0..<8).map { thread in
            TestThread {
                for round in 0..<100 {
                    let first = UInt32((thread * 5 + round) % 32)
                    let unit = compiled((first..<first + 8).map { ($0, Int32(round)) })
                    let kind = (thread + round) % 3 == 0 ? CodeBlockKind.optimized : .baseline
                    guard let block = try? code.commit(unit, kind: kind), block.liveFunctionCount >= 0 else {
                        shared.failures.add(1, ordering: .relaxed)
                        continue
                    }
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(shared.failures.load(ordering: .relaxed) == 0)
        var best: [ObjectIdentifier: Int] = [:]
        for function in 0..<40 {
            if let block = code.bestBlock(forFunction: function) { best[ObjectIdentifier(block), default: 0] += 1 }
        }
        for block in code.blocks { #expect(block.liveFunctionCount == best[ObjectIdentifier(block)] ?? 0) }
    }

    @Test func tieringRecordsStandBehindTheCellsInReachOfCodeAndTakeNoMemory() throws {
        let reservation = try makeReservation()
        let count = 100_000
        let code = try makeCode(reservation, functions: count)
        let records = code.tieringRecords
        let (first, last) = (UInt(bitPattern: records), UInt(bitPattern: records + (count - 1)))
        #expect(first == UInt(bitPattern: code.cells + count))
        #expect(
            reservation.contains(CodeAddress(rawValue: first)) && reservation.contains(CodeAddress(rawValue: last + 23))
        )
        let pageSize = UInt(CodeReservation.pageSize)
        let (begin, end) = ((first + pageSize - 1) & ~(pageSize - 1), (last + pageSize) & ~(pageSize - 1))
        var residence = [UInt8](repeating: 0, count: Int((end - begin) / pageSize))
        #expect(mincore(UnsafeMutableRawPointer(bitPattern: begin), Int(end - begin), &residence) == 0)
        #expect(residence.count > 90 && residence.allSatisfy { $0 & 1 == 0 })
        for function in [0, 1, count - 1] { #expect(records[function].loops.load(ordering: .relaxed) == 0) }
        records[count - 1].calls.store(-7, ordering: .relaxed)
        #expect(records[count - 2].callSites.load(ordering: .relaxed) == 0)
        #expect(code.cell(count - 1).pointee.load(ordering: .relaxed) == 0)
        #expect(CodeDataLayout(functionCount: 1).tieringRecordsOffset % 8 == 0)
    }

    @Test func stubsAreFoundByNameOnceCommitted() throws {
        let code = try makeCode(makeReservation())
        #expect(code.stub(StubID(.trapExit)) == nil)
        try code.commit(compiledStub(.trapExit, CodeRange.none, 1), kind: .sharedStubs)
        try code.commit(
            compiledStub(.builtinStub, UInt32(Builtin.memoryGrow.rawValue), 2), kind: .sharedStubs)
        #expect(call(code.stub(StubID(.trapExit))) == 1)
        #expect(call(code.stub(StubID(builtin: .memoryGrow))) == 2)
        #expect(code.stub(StubID(.trapExit, 0)) == nil)
        var made = 0
        for _ in 0..<3 {
            let stub = try code.stub(StubID(.entryStub, 9)) { () throws(CodeError) in
                made += 1
                return compiledStub(.entryStub, 9, 3)
            }
            #expect(call(stub) == 3)
        }
        #expect(made == 1)
        #expect(throws: CodeError.outOfMemory) {
            try code.stub(StubID(.entryStub, 10)) { () throws(CodeError) in throw .outOfMemory }
        }
        #expect(code.statistics.stubCount == 3)
    }

    /// `jmp [rip + field]` through a cell, `jmp rel32`, `mov eax, imm32; ret`, and 64-bit fields behind the code.
    @Test func everyKindOfRelocationIsLinked() throws {
        let code = try makeCode(makeReservation(), imports: 1, functions: 4, types: [100, 200, 300])
        try code.commit(compiledStub(.throwStub, 5, 55), kind: .sharedStubs)
        var unit = CompiledCode()
        func add(_ index: UInt32, _ bytes: [UInt8], _ relocation: Relocation?) {
            var one = CompiledCode()
            one.bytes = bytes
            one.codeRanges = [CodeRange(kind: .function, begin: 0, end: BlockOffset(bytes.count), functionIndex: index)]
            one.relocations = relocation.map { [$0] } ?? []
            one.withView { unit.append($0) }
        }
        add(1, [0xFF, 0x25, 0, 0, 0, 0], .entryCell(3, offset: 2))
        add(2, [0xE9, 0, 0, 0, 0], .blockFunction(3, offset: 1))
        add(3, returning(0), .typeID(2, offset: 1))
        let block = try code.commit(unit, kind: .baseline)
        #expect(call(through: code, 1) == 300)
        #expect(call(through: code, 2) == 300)
        #expect(call(through: code, 3) == 300)

        var second = CompiledCode()
        second.bytes = [0xE9, 0, 0, 0, 0] + [UInt8](repeating: 0, count: 27)
        second.codeRanges = [CodeRange(kind: .function, begin: 0, end: 5, functionIndex: 3)]
        second.relocations = [
            .stub(StubID(.throwStub, 5), offset: 1),
            Relocation(offset: 8, kind: .absolute64, payload: 5, addend: 2),
            Relocation(offset: 16, kind: .absoluteEntryCell64, payload: 2),
        ]
        let optimized = try code.commit(second, kind: .optimized)
        #expect(call(through: code, 1) == 55)  // through the cell
        #expect(call(block.entry(ofFunction: 2)) == 300)  // within the block
        #expect(optimized.bytes.load(fromByteOffset: 8, as: UInt.self) == optimized.base.rawValue + 7)
        #expect(
            optimized.bytes.load(fromByteOffset: 16, as: UInt.self) == UInt(bitPattern: code.cell(2)))
    }

    @Test func whatCannotBeLinkedIsAnErrorThatChangesNothing() throws {
        let reservation = try makeReservation()
        let code = try makeCode(reservation, imports: 1, functions: 4, types: [100])
        let bad: [Relocation] = [
            .entryCell(4), .typeID(1), .blockFunction(2), .stub(StubID(.trapExit)), .entryCell(1, offset: 3),
            Relocation(offset: 0, kind: .absolute64, payload: 0),
            Relocation(offset: 0, kind: .absoluteEntryCell64, payload: 4),
            Relocation(offset: 0, kind: RelocationKind(rawValue: 99), payload: 0),
        ]
        let before = Snapshot(code)
        for relocation in bad {
            var unit = compiled([(1, 1)])
            unit.relocations = [.typeID(0), relocation]
            #expect(throws: CodeError.unresolvedRelocation(1)) { try code.commit(unit, kind: .baseline) }
            #expect(Snapshot(code) == before)
        }
    }

    @Test func whenCodeMemoryEndsNothingChangesAndWhatIsThereRuns() throws {
        let reservation = try makeReservation(1)
        let code = try makeCode(reservation, functions: 1000)
        var unit = compiled([(0, 0)])
        unit.bytes += [UInt8](repeating: 0x90, count: 9000)
        var count = 0
        while true {
            unit.codeRanges[0].functionIndex = UInt32(count)
            let before = Snapshot(code)
            do { try code.commit(unit, kind: .baseline) } catch {
                #expect(error == .codeMemoryExhausted)
                #expect(Snapshot(code) == before)
                break
            }
            count += 1
        }
        #expect(count > 60)
        for function in 0..<count { #expect(call(through: code, function) == 0) }
        // Room for something small may be left.
        #expect(throws: CodeError.codeMemoryExhausted) { try code.commit(unit, kind: .baseline) }
    }

    @Test func codeOfADeadModuleIsGoneAndItsMemoryIsUsedAgain() throws {
        let reservation = try makeReservation(8)
        var addresses: [CodeAddress] = []
        for _ in 0..<50 {
            let code = try makeCode(reservation, functions: 500)
            for function in 0..<500 {
                try code.commit(compiled([(UInt32(function), 1)]), kind: .baseline)
            }
            addresses.append(try #require(code.functionEntry(250)))
            #expect(reservation.map.count == 500)
        }
        #expect(reservation.map.count == 0)
        #expect(reservation.usage == CodeReservation.Usage(codeBytes: 0, dataBytes: 0))
        #expect(Set(addresses).count == 1)
        #expect(reservation.map.lookup(addresses[0]) == nil)
    }

    @Test func aBlockThatSomebodyHoldsOutlivesItsCode() throws {
        let reservation = try makeReservation()
        let block = try { try makeCode(reservation).commit(compiled([(0, 8)]), kind: .baseline) }()
        #expect(reservation.map.lookup(block.base) == nil)
        #expect(call(block.base) == 8)
        #expect(block.functionRanges[0] != nil)
    }

    @Test func modulesDoNotSeeEachOthersBlocks() throws {
        let reservation = try makeReservation()
        let (one, two) = (try makeCode(reservation), try makeCode(reservation))
        let blockOne = try one.commit(compiled([(0, 1)]), kind: .baseline)
        let blockTwo = try two.commit(compiled([(0, 2)]), kind: .baseline)
        #expect(one.block(containing: blockTwo.base) == nil && two.block(containing: blockOne.base) == nil)
        #expect(reservation.map.lookup(blockOne.base)?.code?.takeUnretainedValue() === one)
        #expect(reservation.map.lookup(blockTwo.base)?.code?.takeUnretainedValue() === two)
    }

    @Test func statisticsCountBlocksBytesAndFunctionsByKind() throws {
        let code = try makeCode(makeReservation(), functions: 1000)
        try code.commit(compiledStub(.trapExit, CodeRange.none, 1), kind: .sharedStubs)
        try code.commit(compiled([(0, 1), (1, 1)]), kind: .baseline)
        try code.commit(compiled([(5, 1)]), kind: .baseline)
        try code.commit(compiled([(5, 1)]), kind: .optimized)
        let statistics = code.statistics
        #expect(statistics.blockCount == 4)
        #expect(statistics[.baseline].count == 2 && statistics[.baseline].functionCount == 3)
        #expect(statistics[.baseline].codeBytes == 22 + 6)
        #expect(statistics[.optimized].functionCount == 1)
        #expect(statistics[.sharedStubs].codeBytes == 6)
        #expect(statistics.stubCount == 1)
        #expect(statistics.cellBytes == 8192)
        #expect(statistics.codeBytes == 40)
    }
}

/// What must be the same before and after a commit that failed.
struct Snapshot: Equatable {
    var states: [FunctionState]
    var cells: [UInt]
    var blockCount: Int
    var mapCount: Int
    var processMapCount: Int
    var statistics: CodeStatistics
    var usage: CodeReservation.Usage
    var usedBytes: Int?
    var recordCount: Int

    init(_ code: Code) {
        states = (0..<code.functionCount).map { code.state(of: $0) }
        cells = (0..<code.functionCount).map { code.cell($0).pointee.load(ordering: .relaxed) }
        blockCount = code.blocks.count
        mapCount = code.map.count
        processMapCount = code.reservation.map.count
        statistics = code.statistics
        usage = code.reservation.usage
        recordCount = code.reservation.records.usedCount
        usedBytes = code.mutable.withLock { $0.openSegment?.usedByteCount }
    }
}
