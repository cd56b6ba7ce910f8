// What happened to a program's functions, as JSON: `--tier-report`.
import Synchronization
import Terrace
import TerraceWASI

/// Listens to an engine, and writes down what it heard.
final class TierReport: Sendable {
    private let events = Mutex<[TierEvent]>([])

    init(of engine: Engine) {
        _ = engine.storage.tiering.events.observe { [weak self] event in self?.events.withLock { $0.append(event) } }
    }

    /// Writes what has happened so far.
    func write(to path: SystemString) throws(Failure) {
        try OutputFile.write(Array((json + "\n").utf8), to: path)
    }

    /// `{"functions":[{"index":…,"name":…,"bytecodeBytes":…,"moves":[…]},…]}`, functions in the order of their first move.
    private var json: String {
        let events = events.withLock { $0 }
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
            function.add("moves", moves.map { Self.move($0, since: start) })
            return function
        }
        var report = JSONObject()
        if let name = events.first?.moduleName { report.add("module", name) }
        report.add("functions", functions)
        return report.text
    }

    private static func move(_ event: TierEvent, since start: Duration) -> JSONObject {
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
        if let failure = event.failure { move.add("failure", failure) }
        return move
    }

    private static func seconds(_ duration: Duration) -> Double {
        let (seconds, attoseconds) = duration.components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
