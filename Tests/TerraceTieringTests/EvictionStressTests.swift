// Threads run ten thousand functions while others replace and evict them and free their code, with little room for it; delays
// at the windows. Every result is checked.
//
// `TERRACE_LIFETIME_CALLS` sets the number of calls of each thread.

import Glibc
import ModuleSupport
import Synchronization
import Terrace
import TerraceThreads
import Testing
import TierSupport

@testable import TerraceCode
@testable import TerraceRuntime
@testable import TerraceTiering

@Suite(.serialized) struct EvictionStressTests {
    private static let functionCount = 10_000
    /// Of the first function, behind the import.
    private static let first = 1
    private static let callCount = getenv("TERRACE_LIFETIME_CALLS").flatMap { Int(String(cString: $0)) } ?? 4000

    /// Function k calls function 7k + 1 with one less; every third by a tail call, every fifth asks the host, and every fourth
    /// has a loop, some of them one that asks the host in each round.
    private static let text: String = {
        var text = """
            (module (import "host" "tick" (func $tick (param i32) (result i32)))
              (type $t (func (param i32) (result i32)))
              (table \(functionCount) funcref)
            """
        for k in 0..<functionCount {
            let next = (7 * k + 1) % functionCount + first
            let ask = k % 5 == 0 ? "call $tick" : ""
            let less = "local.get 0 i32.const 1 i32.sub"
            let times31 =
                k % 4 != 0
                ? "i32.const 31 i32.mul"
                : """
                local.set $inner i32.const 31 local.set $i
                loop
                  \(k % 8 == 0 ? "i32.const 1 call $tick drop" : "")
                  local.get $sum local.get $inner i32.add local.set $sum
                  local.get $i i32.const 1 i32.sub local.tee $i br_if 0
                end
                local.get $sum
                """
            let body =
                k % 3 == 0
                ? "\(less) return_call \(next)"
                : "\(less) call \(next) \(times31) i32.const \(k) i32.add \(ask)"
            text += """
                (func (type $t) (local $inner i32) (local $i i32) (local $sum i32)
                  local.get 0 i32.eqz if (result i32) i32.const \(k) \(ask) else \(body) end)
                """
        }
        text += "(elem (i32.const 0) func \((0..<functionCount).map { "\($0 + first)" }.joined(separator: " ")))"
        return text + """
            (func (export "run") (param i32 i32) (result i32) local.get 1 local.get 0 call_indirect (type $t)))
            """
    }()

    private static func expected(_ k: Int, _ depth: Int) -> Int32 {
        if depth == 0 { return Int32(k) }
        let inner = expected((7 * k + 1) % functionCount, depth - 1)
        return k % 3 == 0 ? inner : inner &* 31 &+ Int32(k)
    }

    private struct Random {
        var state: UInt64
        mutating func next(below bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
    }

    /// How functions come to better code.
    enum Movement: String, CaseIterable {
        /// A thread publishes it for functions that it chooses.
        case atRandom
        /// By the queue, from the first call and the first round of a loop on.
        case inBackground
        /// At once, in loops alone.
        case inLoops

        var configuration: Configuration {
            switch self {
            case .atRandom: Configuration()
            case .inBackground: TierSetting.background.configuration()
            case .inLoops: TierSetting.inLoops.configuration()
            }
        }
    }

    @Test(arguments: Movement.allCases) func resultsAreRightWhateverHappensToCode(_ movement: Movement) throws {
        var configuration = movement.configuration
        configuration.maximumCodeBytes = 128 << 10
        let module = try makeModule(Self.text, engine: Engine(configuration))
        let compiled = module.storage
        let code = compiled.code
        let isDone = Atomic<Bool>(false)
        let wrong = Atomic<Int>(0)
        let refused = Atomic<Int>(0)

        let callers = (0..<4).map { number in
            Worker {
                var random = Random(state: UInt64(number))
                let store = try Store(module.engine)
                var imports = Imports()
                let nesting = Guarded(0)
                imports.define(
                    "host", "tick",
                    Function(store) { (caller: Caller, value: Int32) throws -> Int32 in
                        // Now and then the host calls back, so that activations nest.
                        let depth = nesting.withLock {
                            $0 += 1; return $0
                        }
                        defer { nesting.withLock { $0 -= 1 } }
                        if depth < 4, value % 16 == 0, let instance = caller.instance {
                            let k = Int(UInt32(bitPattern: value) % UInt32(Self.functionCount))
                            let result = try instance.i32("run", .i32(Int32(k)), .i32(3))
                            if result != Self.expected(k, 3) { wrong.add(1, ordering: .relaxed) }
                        }
                        return value
                    })
                let instance = try Instance(store, module, imports: imports)
                for _ in 0..<Self.callCount {
                    // A few functions are hot.
                    let k = random.next(below: random.next(below: 2) == 0 ? 50 : Self.functionCount)
                    let depth = random.next(below: 30)
                    var wasRefused = false
                    while true {
                        do {
                            let result = try instance.i32("run", .i32(Int32(k)), .i32(Int32(depth)))
                            if result != Self.expected(k, depth) { wrong.add(1, ordering: .relaxed) }
                            break
                        } catch let trap as Trap where trap.kind == .codeUnavailable {
                            // A thread that is not given a processor may keep more code than there may be.
                            if !wasRefused { refused.add(1, ordering: .relaxed) }
                            wasRefused = true
                            sched_yield()
                        }
                    }
                }
            }
        }
        let others = (0..<3).map { number in
            Worker {
                var random = Random(state: UInt64(100 + number))
                while !isDone.load(ordering: .relaxed) {
                    let function = Self.first + random.next(below: random.next(below: 2) == 0 ? 50 : Self.functionCount)
                    switch number {
                    case 0:
                        // There may be no room just now.
                        _ = try? compiled.commitAgain(
                            (0..<random.next(below: 8) + 1).map { function + $0 }.filter {
                                $0 < Self.functionCount
                            })
                    case 1:
                        if let block = code.bestBlock(forFunction: function) { code.evict(block) }
                        code.reclaim()
                    default:
                        // Holds up whoever comes to a window.
                        let armed = SyncPoint.allCases[random.next(below: SyncPoint.allCases.count)].arm(in: code)
                        for _ in 0..<random.next(below: 20) { sched_yield() }
                        armed.release()
                    }
                }
            }
        }
        let results = callers.map { caller in Result { try caller.join() } }
        isDone.store(true, ordering: .relaxed)
        for other in others { try other.join() }
        for result in results { try result.get() }
        #expect(wrong.load(ordering: .relaxed) == 0)
        #expect(refused.load(ordering: .relaxed) <= Self.callCount / 4)

        module.engine.storage.tiering.queue.drain()
        code.drain()
        code.reclaim()
        // With code that loops led from, code goes that they led to.
        code.reclaim()
        let statistics = code.statistics
        #expect(statistics.freedBytes > configuration.maximumCodeBytes && statistics.evictedFunctionCount > 1000)
        #expect(statistics.retiredBytes == 0 && statistics.liveBytes <= configuration.maximumCodeBytes)
        if movement != .atRandom {
            #expect(module.statistics.optimizedFunctionCount + module.statistics.loopEntryCount > 500)
        }
        // The list, the maps and the states say the same.
        let blocks = code.blocks
        #expect(code.map.count == blocks.count)
        for block in blocks {
            #expect(code.map.lookup(block.base) == block.unmanaged)
            #expect(CodeBlockMap.process.lookup(block.base) == block.unmanaged)
            #expect(block.liveFunctionCount > 0)
        }
        let live = (0...Self.first + Self.functionCount).count { code.functionEntry($0) != nil }
        let loops = compiled.generator.hotness.withLock { hotness in
            hotness.functions.values.flatMap(\.entries).count {
                if case .committed = $0.state { true } else { false }
            }
        }
        #expect(live + loops == blocks.reduce(0) { $0 + $1.liveFunctionCount })
    }
}
