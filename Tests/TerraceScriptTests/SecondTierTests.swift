// Scripts that the optimizing tier once got wrong, or might: each in every way to come to its code, and with the compiler
// checking itself.

import Synchronization
import Terrace
import TerraceScript
import Testing

@Suite struct SecondTierTests {
    /// How functions come to optimized code.
    enum Way: String, CaseIterable {
        /// They do not: what the others are compared with.
        case never
        case beforeTheyRun, withoutOptionalInstructions
        /// At their first call, their first loop, their first innermost loop.
        case atCalls, atLoops, atInnermostLoops

        var configuration: Configuration {
            var configuration = Configuration()
            configuration.verifiesGeneratedCode = true
            configuration.usesOptionalInstructions = self != .withoutOptionalInstructions
            switch self {
            case .never: configuration.tiering = .baseline
            case .beforeTheyRun, .withoutOptionalInstructions: configuration.tiering = .optimized
            case .atCalls, .atLoops, .atInnermostLoops:
                configuration.tiering = .tiered
                configuration.tierUpThreshold = 0
                configuration.deterministicTiering = true
                configuration.tierUpSites =
                    self == .atCalls ? .callsAndLoops : self == .atLoops ? .loops : .innermostLoops
            }
            return configuration
        }
    }

    /// Runs a script; no function may be given up but by what the tier says it does not support.
    private func run(_ way: Way, _ script: String) throws {
        let engine = try Engine(way.configuration)
        let mistakes = Mutex<[String]>([])
        let observation = engine.storage.tiering.events.observe { event in
            guard let failure = event.failure, failure.contains("internal error") else { return }
            mistakes.withLock { $0.append("function \(event.functionIndex): \(failure)") }
        }
        let report = try WastRunner(engine).run(text: Array(script.utf8))
        withExtendedLifetime(observation) {}
        #expect(report.failures.map(\.description) == [])
        #expect(report.passed > 0)
        #expect(mistakes.withLock { $0 } == [])
    }

    @Test("A global that is imported twice is one global", arguments: Way.allCases)
    func globalImportedTwice(way: Way) throws {
        try run(
            way,
            """
            (module $a (global (export "g") (mut i32) (i32.const 5)))
            (register "a" $a)
            (module
              (import "a" "g" (global $x (mut i32)))
              (import "a" "g" (global $y (mut i32)))
              (func (export "f") (param $n i32) (result i32) (local $s i32)
                loop
                  local.get $n global.set $x
                  global.get $y local.get $s i32.add local.set $s
                  local.get $n i32.const 1 i32.sub local.tee $n br_if 0
                end
                local.get $s))
            (assert_return (invoke "f" (i32.const 4)) (i32.const 10))
            """)
    }

    @Test("A memory of small pages may have very many", arguments: Way.allCases)
    func smallPages(way: Way) throws {
        try run(
            way,
            """
            (module
              (memory $m 1)
              (memory $p 0x20000001 (pagesize 1))
              (data (memory $m) (i32.const 8) "\\2a\\00\\00\\00")
              (func (export "scaled") (result i32) (i32.load $m (i32.shl (memory.size $p) (i32.const 3)))))
            (assert_return (invoke "scaled") (i32.const 42))
            """)
    }

    @Test("An access to a lane that cannot succeed leaves what follows alone", arguments: Way.allCases)
    func lanesOutOfBounds(way: Way) throws {
        try run(
            way,
            """
            (module
              (memory i64 1)
              (func (export "load") (param i64) (result v128)
                local.get 0 v128.const i64x2 0 0 v128.load8_lane offset=0xffffffffffffffff 5)
              (; Lane 4 looks like `if`, lane 11 like `end`. ;)
              (func (export "load4") (param i64) (result v128)
                local.get 0 v128.const i64x2 0 0 v128.load8_lane offset=0xffffffffffffffff 4)
              (func (export "store") (param i64)
                local.get 0 v128.const i64x2 0 0 v128.store8_lane offset=0xffffffffffffffff 11))
            (assert_trap (invoke "load" (i64.const 0)) "out of bounds memory access")
            (assert_trap (invoke "load4" (i64.const 0)) "out of bounds memory access")
            (assert_trap (invoke "store" (i64.const 0)) "out of bounds memory access")
            """)
    }

    @Test("Ways around blocks that end in a copy of another are long enough", arguments: Way.allCases)
    func waysAroundCopies(way: Way) throws {
        // Without an instruction for it the count of bits is long, and it is copied to each way to the function's end.
        let stores = (0..<5).map { "(i64.store (i32.const \(4096 + 8 * $0)) (local.get 1)) " }.joined()
        let arms = (1...6).map { number in
            """
            (if (i32.eq (local.get 0) (i32.const \(number)))
              (then \(stores)(br $out)))
            (local.set 1 (i64.add (local.get 1) (i64.load (i32.const 0))))
            """
        }
        try run(
            way,
            """
            (module (memory 1) (data (i32.const 0) "\\10")
              (func (export "f") (param i32 i64) (result i64)
                (block $out \(arms.joined()))
                (i64.popcnt (local.get 1))))
            (assert_return (invoke "f" (i32.const 1) (i64.const 15)) (i64.const 4))
            (assert_return (invoke "f" (i32.const 5) (i64.const 15)) (i64.const 5))
            (assert_return (invoke "f" (i32.const 9) (i64.const 0)) (i64.const 2))
            """)
    }

    @Test("Chained selections by masks that are inverted again and again", arguments: [Way.never, .beforeTheyRun])
    func invertedMasks(way: Way) throws {
        try run(
            way,
            """
            (module (func (export "f") (param v128 v128) (result v128)
              (v128.bitselect (local.get 0) (local.get 1)
                (v128.not (v128.not (v128.not (i8x16.eq (local.get 0) (local.get 1))))))))
            (assert_return (invoke "f" (v128.const i32x4 1 2 3 4) (v128.const i32x4 1 0 3 5)) (v128.const i32x4 1 2 3 4))
            """)
    }
}
