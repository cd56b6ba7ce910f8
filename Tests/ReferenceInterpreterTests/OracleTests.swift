import Foundation
import FuzzRun
import FuzzSupport
import ReferenceInterpreter
import Testing
import WasmFormat

/// Random modules with all features do on the engine what they do on the reference interpreter.
@Suite struct OracleTests {
    /// `TERRACE_ORACLE_MODULES` sets another number.
    private static let count: UInt64 = {
        if let text = ProcessInfo.processInfo.environment["TERRACE_ORACLE_MODULES"], let count = UInt64(text) {
            return count
        }
        #if DEBUG
            return 8
        #else
            return 400
        #endif
    }()

    /// Runs on a thread with a stack that calls through the host have room on.
    private func compare(_ seeds: Range<UInt64>) async -> (verdicts: [OracleComparison.Verdict], executed: Set<Opcode>)
    {
        await withCheckedContinuation { continuation in
            let thread = Thread {
                let comparison = OracleComparison()
                let verdicts = seeds.map { comparison.run(RandomModule.make(seed: $0, options: .oracle(seed: $0))) }
                continuation.resume(returning: (verdicts, comparison.executedOperators))
            }
            thread.stackSize = 64 << 20
            thread.start()
        }
    }

    @Test func randomModulesDoWhatTheInterpreterDoes() async {
        let seeds = 1..<(1 + Self.count)
        let (verdicts, executed) = await compare(seeds)
        var calls = 0
        for (seed, verdict) in zip(seeds, verdicts) {
            if case .same(let count) = verdict { calls += count } else { Issue.record("seed \(seed): \(verdict)") }
        }
        #expect(calls > verdicts.count)
        // What is compared must be everything that there is.
        guard Self.count >= 400 else { return }
        let missing = Opcode.allCases.filter { $0.isInterpreted && !executed.contains($0) }
        #expect(missing.isEmpty, "never executed: \(missing.map(\.textName))")
    }

    /// A memory of one-byte pages has at most 2^32 - 1 of them, so that its size is an i32.
    @Test func aSizeOfOneBytePagesIsANumberOf32Bits() throws {
        let machine = Machine()
        let type = MemoryType(limits: Limits(minimum: 10), pageSizeLog2: 0)
        let memory = try #require(machine.makeMemory(type))
        #expect(memory.grow(by: (1 << 32) - 10) == nil)
        #expect(memory.grow(by: (1 << 32) - 11) == 10)
        #expect(memory.pageCount == (1 << 32) - 1)
        #expect(memory.grow(by: 1) == nil)
    }
}
