// Evicted functions: their states, their cells, and which go when the limit on code is reached.

import TerraceThreads
import Testing

@testable import TerraceCode

@Suite(.serialized) struct EvictionTests {
    /// What callers of a function without code get.
    static let cold: Int32 = -7

    /// Code with a thunk for each function: a function of this test's that returns ``cold``.
    private func makeCode(functions: Int, maximumCodeBytes: Int = .max) throws -> Code {
        let reservation = try makeReservation()
        let code = try Code(
            importedFunctionCount: 0, functionCount: functions, reservation: reservation,
            maximumCodeBytes: maximumCodeBytes)
        var thunks = compiledStub(.lazyThunk, 0, Self.cold)
        thunks.bytes = (0..<functions).flatMap { _ in returning(Self.cold) + [0xCC, 0xCC] }
        let other = try Code(importedFunctionCount: 0, functionCount: 0, reservation: reservation)
        let address = try other.commit(thunks, kind: .lazyStubs).base
        Self.keeper.withLock { $0.append(other) }
        code.setCells(of: 0..<functions, toThunksAt: address, stride: 8)
        return code
    }
    private static let keeper = Guarded<[Code]>([])

    private func commit(_ function: Int, _ code: Code, bytes: Int = 6) throws {
        var unit = compiled([(UInt32(function), Int32(function))])
        unit.bytes += [UInt8](repeating: 0xCC, count: bytes - 6)
        try code.commit(unit, kind: .baseline)
    }

    /// As the lazy-compile stub does it.
    private func callLikeAProgram(_ function: Int, _ code: Code, bytes: Int) throws -> Int32 {
        let result = call(through: code, function)
        guard result == Self.cold else { return result }
        if code.recall(function) == nil {
            guard code.claim(function), code.beginCompiling(function) else { return Int32.min }
            try commit(function, code, bytes: bytes)
        }
        return call(through: code, function)
    }

    @Test func anEvictedFunctionIsAsIfNeverCompiled() throws {
        let code = try makeCode(functions: 4)
        #expect(call(through: code, 1) == Self.cold)
        let block = try code.commit(compiled([(1, 1), (2, 2)]), kind: .baseline)
        try code.commit(compiled([(2, 22)]), kind: .optimized)
        // Only what lives in the block.
        #expect(code.evict(block) == 1)
        #expect(code.evict(block) == 0)
        #expect(code.state(of: 1) == FunctionState(rawValue: 0) && code.functionEntry(1) == nil)
        #expect(call(through: code, 1) == Self.cold && call(through: code, 2) == 22)
        #expect(!block.isUsed && code.statistics.evictedFunctionCount == 1)
        code.reclaim()
        #expect(code.blocks.count == 1)
        #expect(code.claim(1) && code.beginCompiling(1))
        try commit(1, code)
        #expect(call(through: code, 1) == 1)
        #expect(code.recall(1) == code.functionEntry(1) && code.recall(3) == nil)
    }

    @Test func aClaimForBetterCodeEndsAndItsCommitCounts() throws {
        let code = try makeCode(functions: 4)
        for isCompiling in [false, true] {
            try commit(1, code)
            #expect(code.claim(1, for: .optimized))
            if isCompiling { #expect(code.beginCompiling(1, for: .optimized)) }
            #expect(code.evict(try #require(code.bestBlock(forFunction: 1))) == 1)
            // Who takes it from a queue now sees that it is not wanted.
            #expect(!code.beginCompiling(1, for: .optimized))
            #expect(code.state(of: 1).phase == .cold)
            // Callers need not wait for it.
            #expect(code.claim(1) && code.beginCompiling(1))
            try commit(1, code)
            #expect(call(through: code, 1) == 1)
            if isCompiling {
                try code.commit(compiled([(1, 100)]), kind: .optimized)
                #expect(call(through: code, 1) == 100 && code.state(of: 1).tier == .optimized)
            }
        }
    }

    @Test func whatCannotBeMadeAgainStays() throws {
        let code = try makeCode(functions: 4)
        #expect(code.claim(1))
        code.fail(1)
        let block = try code.commit(compiled([(1, 5)]), kind: .optimized)
        #expect(code.evict(block) == 0 && call(through: code, 1) == 5)
        let bare = try TerraceCodeTests.makeCode(makeReservation())
        let only = try bare.commit(compiled([(0, 1)]), kind: .baseline)
        #expect(bare.evict(only) == 0 && call(through: bare, 0) == 1)
    }

    @Test func aTierThatFailedIsNotAskedAgain() throws {
        let code = try makeCode(functions: 4)
        #expect(code.claim(1, for: .optimized))
        code.fail(1, for: .optimized)
        try commit(1, code)
        #expect(code.evict(try #require(code.bestBlock(forFunction: 1))) == 1)
        #expect(code.state(of: 1).hasFailed(.optimized) && !code.claim(1, for: .optimized) && code.claim(1))
    }

    @Test func aboveTheLimitTheOldestGoesIfAllAreUsedAlike() throws {
        let code = try makeCode(functions: 100, maximumCodeBytes: 64 * 64)
        for function in 0..<64 { try commit(function, code, bytes: 64) }
        #expect(code.statistics.evictedFunctionCount == 0)
        try commit(64, code, bytes: 64)
        let statistics = code.statistics
        #expect(statistics.codeBytes <= 64 * 64 && statistics.freedBytes > 0)
        // A sixteenth goes at once, the first ones first.
        #expect(statistics.evictedFunctionCount == 5)
        #expect((0..<65).allSatisfy { (code.functionEntry($0) == nil) == ($0 < 5) })
    }

    @Test func aboveTheLimitWhatIsCalledStays() throws {
        let code = try makeCode(functions: 1000, maximumCodeBytes: 64 * 64)
        // Eight functions are called between any two others.
        for cold in 8..<1000 {
            for hot in 0..<8 { #expect(try callLikeAProgram(hot, code, bytes: 64) == Int32(hot)) }
            #expect(try callLikeAProgram(cold, code, bytes: 64) == Int32(cold))
        }
        let statistics = code.statistics
        #expect(statistics.codeBytes <= 64 * 64)
        // Nothing hot was compiled twice.
        #expect(statistics.evictedFunctionCount + statistics.blockCount == 1000)
        #expect((0..<8).allSatisfy { code.functionEntry($0) != nil })
    }

    @Test func whatIsInUseCountsNotAgainstTheLimitButIsBounded() throws {
        let limit = 4 << 20
        let bytes = 64 << 10
        let code = try makeCode(functions: 1000, maximumCodeBytes: limit)
        let actor = Actor(code)
        actor.enter()
        // Nothing can be freed: as much again may wait, no more.
        var made = 0
        while made < 1000, (try? commit(made, code, bytes: bytes)) != nil { made += 1 }
        #expect(made == (limit + Code.leastRetiredBytes) / bytes)
        #expect(throws: CodeError.codeMemoryExhausted) { try commit(1000 - 1, code, bytes: bytes) }
        #expect(CodeError.codeMemoryExhausted.isTemporary)
        #expect(code.statistics.liveBytes <= limit && code.statistics.codeBytes <= limit + Code.leastRetiredBytes)
        actor.leave()
        try commit(made, code, bytes: bytes)
        #expect(call(through: code, made) == Int32(made) && code.statistics.codeBytes <= limit)
        // What is too large by itself evicts nothing.
        let evicted = code.statistics.evictedFunctionCount
        #expect(throws: CodeError.moduleLimitReached(limit)) { try commit(0, code, bytes: limit + 1) }
        #expect(code.statistics.evictedFunctionCount == evicted)
        #expect(!CodeError.moduleLimitReached(limit).isTemporary)
    }
}
