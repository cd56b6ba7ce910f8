// Profilers and debuggers are told of stubs and thunks wherever these stand, and of their end.

import TerraceABI
import TerraceCode
import TerraceThreads
import Testing

@testable import TerraceTiering

@Suite struct StubAnnouncementTests {
    /// What it was told of and has not gone yet.
    private final class Recorder: CodeProfiler {
        private let live = Guarded<[UInt: [CodeRangeKind]]>([:])
        private let surprises = Guarded(0)

        func add(_ code: NamedCode) {
            let kinds = code.symbols.map(\.kind)
            let known = live.withLock { $0.updateValue(kinds, forKey: code.base.rawValue) != nil }
            if known { surprises.withLock { $0 += 1 } }
        }
        func remove(at base: CodeAddress) {
            let known = live.withLock { $0.removeValue(forKey: base.rawValue) != nil }
            if !known { surprises.withLock { $0 += 1 } }
        }

        func count(of kind: CodeRangeKind) -> Int {
            live.withLock { $0.values.reduce(0) { $0 + $1.count { $0 == kind } } }
        }
        /// Blocks that were announced twice, and ends of blocks that were not announced.
        var surpriseCount: Int { surprises.withLock { $0 } }
    }

    private static let types: [MachineType] = [.i32, .i64, .f32, .f64, .v128, .ref]

    private static func signature(_ number: Int) -> StubSignature {
        let digits = [number % 6, number / 6 % 6, number / 36 % 6, number / 216 % 6, number / 1296 % 6]
        return StubSignature(parameters: digits.map { types[$0] }, results: [])
    }

    /// - Parameter before: stubs that are there before anybody wants to know.
    @Test(arguments: [0, 100, 200]) func stubsOfAllBanksAreAnnouncedAndSoIsTheirEnd(_ before: Int) throws {
        let recorder = Recorder()
        let table = try StubTable(reservation: try CodeReservation(byteCount: 256 << 20))
        var kept: [StubTable.Stub] = []
        for number in 0..<before { kept.append(try table.entryStub(Self.signature(number))) }
        table.announce(to: recorder)
        for number in before..<200 { kept.append(try table.entryStub(Self.signature(number))) }
        #expect(recorder.count(of: .entryStub) == 200)
        // Banks that nobody keeps go.
        for number in 200..<2200 { _ = try table.entryStub(Self.signature(number)) }
        #expect(table.signatureCount < 1500)
        #expect(recorder.count(of: .entryStub) == table.signatureCount)
        #expect(recorder.surpriseCount == 0)
        withExtendedLifetime(kept) {}
    }

    @Test(arguments: [false, true]) func thunksOfGiantsAreAnnouncedAndSoIsTheirEnd(_ isLate: Bool) throws {
        let recorder = Recorder()
        let reservation = try CodeReservation(byteCount: 256 << 20)
        let table = try StubTable(reservation: reservation)
        if !isLate { table.announce(to: recorder) }
        do {
            let giant = try Code(importedFunctionCount: 0, functionCount: 40_000, reservation: reservation)
            let thunks = try table.pointCellsAtThunks(giant)
            if isLate { table.announce(to: recorder) }
            #expect(recorder.count(of: .lazyThunk) == thunks.count)
            withExtendedLifetime(thunks) {}
        }
        // Those of the first 16,384 functions stay.
        #expect(recorder.count(of: .lazyThunk) == 6)
        #expect(recorder.surpriseCount == 0)
    }
}
