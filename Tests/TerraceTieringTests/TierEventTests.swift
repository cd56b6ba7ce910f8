import ModuleSupport
import Terrace
import TerraceThreads
import Testing
import TierSupport

@testable import TerraceRuntime
@testable import TerraceTiering

@Suite struct TierEventTests {
    @Test func anObserverSeesEachMoveWithItsReason() throws {
        let standIn = StandIn()
        let engine = try Engine(standIn.configuration(sites: .loops))
        let heard = Guarded<[TierEvent]>([])
        let events = engine.storage.tiering.events
        let observer = events.observe { event in heard.withLock { $0.append(event) } }
        let text = """
            (module $m (func $f (export "f") (param i32)
              loop local.get 0 i32.const 1 i32.sub local.tee 0 br_if 0 end)
              (func (export "g") loop end))
            """
        let instance = try ModuleSupport.makeInstance(text, store: try Store(engine))
        standIn.refuse(1, .loop(0))
        try instance.call("f", .i32(3))
        try instance.call("g")
        let moves = heard.withLock { $0 }
        #expect(moves.map(\.functionIndex) == [0, 0, 1, 1])
        #expect(moves.map(\.functionName) == ["f", "f", "g", "g"])
        #expect(moves.map(\.moduleName) == ["m", "m", "m", "m"])
        #expect(moves.map(\.reason) == [.firstCall, .loop(0), .firstCall, .loop(0)])
        #expect(moves.map(\.to) == [.baseline, .optimized, .baseline, .optimized])
        #expect(moves.map(\.from) == [nil, .baseline, nil, .baseline])
        #expect(moves.map { $0.failure == nil } == [true, true, true, false])
        #expect(moves.map { $0.codeBytes > 0 } == [true, true, true, false])
        #expect(moves[0].bytecodeBytes == instance.module.storage.module.body(0)!.bytes.count)
        #expect(moves.allSatisfy { $0.queueTime >= .zero && $0.compileTime >= .zero })
        events.remove(observer)
        _ = try ModuleSupport.makeInstance(text, store: try Store(engine)).call("f", .i32(3))
        #expect(heard.withLock { $0.count } == 4)
    }

    @Test func aSequenceGivesEventsAndEndsWithTheEngine() async throws {
        var engine: Engine? = try Engine(StandIn().configuration(threshold: 0))
        var iterator = engine!.tierEvents.makeAsyncIterator()
        try {
            let instance = try ModuleSupport.makeInstance(
                "(module (func (export \"f\")))", store: try Store(engine!))
            try instance.call("f")
        }()
        #expect(await iterator.next()?.reason == .firstCall)
        #expect(await iterator.next()?.reason == .calls)
        engine = nil
        #expect(await iterator.next() == nil)
    }

    @Test func withEverythingAheadThereIsOneEventForEachFunctionAndTier() throws {
        let standIn = StandIn()
        standIn.refuse(0)
        let engine = try Engine(standIn.configuration(.optimized))
        let heard = Guarded<[TierEvent]>([])
        _ = engine.storage.tiering.events.observe { event in heard.withLock { $0.append(event) } }
        _ = try makeModule("(module (func) (func))", engine: engine)
        let moves = heard.withLock { $0 }.sorted { ($0.functionIndex, $0.time) < ($1.functionIndex, $1.time) }
        #expect(moves.map(\.functionIndex) == [0, 0, 1])
        #expect(moves.map(\.to) == [.optimized, .baseline, .optimized])
        #expect(moves.map(\.reason) == [.ahead, .ahead, .ahead])
        #expect(moves.map { $0.failure == nil } == [false, true, true])
    }
}
