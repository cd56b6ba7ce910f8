// What happened to a program's functions, as JSON: `--tier-report`, and the data of `terrace report`.
import Synchronization
import Terrace
import TerraceWASI
import WasmFormat

/// Listens to an engine, and writes down what it heard.
final class TierReport: Sendable {
    private struct Heard {
        var events: [TierEvent] = []
        /// When the first came.
        var start: ContinuousClock.Instant?
    }
    private let heard = Mutex(Heard())

    init(of engine: Engine) {
        _ = engine.storage.tiering.events.observe { [weak self] event in
            self?.heard.withLock { heard in
                if heard.start == nil { heard.start = ContinuousClock.now }
                heard.events.append(event)
            }
        }
    }

    /// Writes what has happened so far to the module.
    func write(to path: SystemString, of module: Module) throws(Failure) {
        try OutputFile.write(Array((object(module) { _, _, _ in }.text + "\n").utf8), to: path)
    }

    /// Seconds since the first event.
    var seconds: Double {
        heard.withLock { $0.start }.map { Self.seconds(ContinuousClock.now - $0) } ?? 0
    }

    /// `{"functions":[{"index":…,"name":…,"bytecodeBytes":…,"moves":[…]},…]}`, functions in the order of their first move.
    ///
    /// - Parameter describe: adds more about a function.
    func object(
        _ module: Module, _ describe: (_ function: Int, _ moves: [TierEvent], inout JSONObject) -> Void
    ) -> JSONObject {
        let events = heard.withLock { $0.events }
        var order: [UInt32] = []
        var moves: [UInt32: [TierEvent]] = [:]
        for event in events {
            if moves[event.functionIndex] == nil { order.append(event.functionIndex) }
            moves[event.functionIndex, default: []].append(event)
        }
        // Threads tell of what they did in any order.
        let start = events.map(\.time).min() ?? .zero
        let functions = order.map { index -> JSONObject in
            let moves = moves[index] ?? []
            var function = JSONObject()
            function.add("index", Int(index))
            if let name = moves.first?.functionName { function.add("name", name) }
            function.add("bytecodeBytes", moves.first?.bytecodeBytes ?? 0)
            function.add("moves", moves.map { Self.move($0, since: start, module.storage.module) })
            describe(Int(index), moves, &function)
            return function
        }
        var report = JSONObject()
        if let name = module.name { report.add("module", name) }
        report.add("functions", functions)
        return report
    }

    private static func move(_ event: TierEvent, since start: Duration, _ module: WasmModule) -> JSONObject {
        var move = JSONObject()
        if let from = event.from { move.add("from", from.rawValue) }
        move.add("to", event.to.rawValue)
        switch event.reason {
        case .firstCall: move.add("reason", "firstCall")
        case .ahead: move.add("reason", "ahead")
        case .calls: move.add("reason", "calls")
        case .loop(let number):
            move.add("reason", "loop")
            move.add("loop", number)
        }
        move.add("atSeconds", seconds(event.time - start))
        move.add("queueSeconds", seconds(event.queueTime))
        move.add("compileSeconds", seconds(event.compileTime))
        move.add("codeBytes", event.codeBytes)
        if !event.inlinedFunctions.isEmpty {
            move.add("inlined", event.inlinedFunctions.map { module.functionName(Int($0)) ?? "function \($0)" })
        }
        if let failure = event.failure { move.add("failure", failure) }
        return move
    }

    private static func seconds(_ duration: Duration) -> Double {
        let (seconds, attoseconds) = duration.components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
