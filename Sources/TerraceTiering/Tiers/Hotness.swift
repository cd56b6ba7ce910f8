// What is known of a function that has used up counters, and what follows from that: the rules by which functions move.

import TerraceCode
import TerraceCompilation

/// A loop at which a function can be entered, or shall be.
struct LoopEntry {
    enum State: Equatable {
        case claimed
        case compiling
        case committed(CodeAddress)
        /// The tier cannot compile it.
        case failed
    }
    let loop: Int32
    var state: State
}

/// The past of one function, as far as its counters have told it. Made when a counter of the function runs out for the first
/// time.
///
/// A counter gets the function's budget in installments. When the first is used up somebody takes note; when the last is, the
/// function moves: if one and the same activation has been in its loops all the while, that one is long-running and enters better
/// code at a loop's header; otherwise calls go to better code. An activation is known by its frame, and by the counter of calls,
/// which has not moved meanwhile.
///
/// *Which loop* (the rule is JavaScriptCore's): the outermost one around the place, because code for it holds all others as well,
/// if control comes by its header before the next installment is used up; if not, the next one inwards, and so on.
struct Hotness {
    /// At most so many loops of a function have code for entry at a time.
    static let maximumLoopEntries = 4
    /// How many budgets calls use up before they move, if loops have moved.
    private static let budgetsAfterLoops = 4
    /// How often control may come by other loops while one is awaited or offered, before things go on as if it were not.
    private static let patience = 64

    private var expirations = 0
    /// Frame and counter of calls at the last installment's end in a loop.
    private var note: (frame: UInt, calls: Int32)?
    /// The loop whose header control shall come by, or -1.
    private var awaited: Int32 = -1
    private(set) var entries: [LoopEntry] = []
    /// Loops that contain each loop, by number: their parents; read when they are needed.
    var loopParents: [Int32]?
    /// A loop with code that nobody has entered yet, or -1.
    private var offered: Int32 = -1
    private var refusals = 0
    /// How often something was to be done about a loop that cannot be compiled.
    private var failures = 0

    /// What is to be done now.
    enum Decision: Equatable {
        /// Nothing; the counter of the loops that contain others is to run out at once.
        case goOn(awaitsOuterLoop: Bool)
        /// Compile for calls.
        case compileForCalls
        /// Compile for entry at the present loop.
        case compileForLoop
        /// Code for the present loop is under way, or none is to be had.
        case rest
        /// Go there.
        case enter(CodeAddress)
        /// Code for another loop is ready.
        case lookSoon
        /// No code is to be had for the present loop; other loops may have more luck, and the counter of those that do not share
        /// this one's goes on as it is.
        case tryOthers(containsLoops: Bool)
    }

    /// A call used up the counter of calls.
    mutating func callsExpired(_ policy: TieringPolicy, bodyBytes: Int) -> Decision {
        guard policy.sites == .callsAndLoops else { return .rest }
        expirations += 1
        var wanted = policy.installmentCount(bodyBytes: bodyBytes)
        // Where calls enter better code at a loop, what is left to be gained is less.
        if policy.threshold > 0, entries.contains(where: { $0.state != .failed }) { wanted *= Self.budgetsAfterLoops }
        return expirations < wanted ? .goOn(awaitsOuterLoop: false) : .compileForCalls
    }

    /// Callers of the function have moved: it will follow soon, and half of its budget counts as used up.
    mutating func calleeOfOptimized() { expirations = max(expirations, 1) }

    /// A round of a loop used up a counter.
    /// - Parameters:
    ///   - calls: what the counter of calls holds.
    ///   - hasOptimizedCalls: whether calls go to better code already.
    mutating func loopExpired(
        _ loop: Int32, frame: UInt, calls: Int32, hasOptimizedCalls: Bool, _ policy: TieringPolicy, bodyBytes: Int
    ) -> Decision {
        if let entry = entries.first(where: { $0.loop == loop }) {
            switch entry.state {
            case .committed(let address):
                if offered == loop { offered = -1 }
                return .enter(address)
            case .claimed, .compiling: return .rest
            case .failed: break
            }
        }
        if offered >= 0, refusals < Self.patience {
            refusals += 1
            return .lookSoon
        }
        offered = -1
        expirations += 1
        let isLast = expirations >= policy.installmentCount(bodyBytes: bodyBytes)
        if policy.threshold == 0 || policy.sites != .callsAndLoops {
            guard isLast else { return .goOn(awaitsOuterLoop: false) }
            if entries.contains(where: { $0.loop == loop && $0.state == .failed }) {
                return .tryOthers(containsLoops: containsLoops(loop))
            }
            if policy.sites == .innermostLoops, containsLoops(loop) { return .tryOthers(containsLoops: true) }
            return decideLoop(loop)
        }
        let isSameActivation = note.map { $0.frame == frame && $0.calls == calls } ?? false
        note = (frame, calls)
        guard isSameActivation else {
            awaited = -1
            return isLast && !hasOptimizedCalls ? .compileForCalls : .goOn(awaitsOuterLoop: false)
        }
        guard isLast else { return .goOn(awaitsOuterLoop: false) }
        return longRunning(at: loop)
    }

    /// One activation has used up the budget and is at a loop.
    private mutating func longRunning(at loop: Int32) -> Decision {
        let candidates = enclosing(loop).filter { candidate in
            !entries.contains { $0.loop == candidate && $0.state == .failed }
        }
        // There may be other loops, but what is asked here often costs more than they would gain.
        if candidates.last != loop {
            failures += 1
            if failures >= Self.patience { return .rest }
        }
        guard let outermost = candidates.first else {
            if awaited >= 0 { return .goOn(awaitsOuterLoop: true) }
            return .tryOthers(containsLoops: containsLoops(loop))
        }
        if loop == awaited || loop == outermost { return decideLoop(loop) }
        if let entry = entries.first(where: { candidates.contains($0.loop) && $0.loop != loop }),
            entry.state == .claimed || entry.state == .compiling
        {
            return .rest
        }
        if awaited >= 0, containsLoops(loop), refusals < Self.patience {
            // All headers of loops that contain others are asked while one of them is awaited.
            refusals += 1
            return .goOn(awaitsOuterLoop: true)
        }
        refusals = 0
        // Control has not come by the awaited loop, which has given way to the next one inwards by now.
        let next = candidates.firstIndex(of: awaited).map { $0 + 1 } ?? 0
        awaited = next < candidates.count ? candidates[next] : loop
        return awaited == loop ? decideLoop(loop) : .goOn(awaitsOuterLoop: true)
    }

    private mutating func decideLoop(_ loop: Int32) -> Decision {
        awaited = -1
        let live = entries.count { $0.state != .failed }
        guard loop >= 0, live < Self.maximumLoopEntries, !entries.contains(where: { $0.loop == loop }) else {
            return .rest
        }
        return .compileForLoop
    }

    /// The loops around a loop and itself, outermost first.
    private func enclosing(_ loop: Int32) -> [Int32] {
        guard let loopParents else { return [loop] }
        var result: [Int32] = []
        var next = loop
        while next >= 0, Int(next) < loopParents.count {
            result.append(next)
            next = loopParents[Int(next)]
        }
        return result.reversed()
    }

    /// Whether there are loops in a loop.
    func containsLoops(_ loop: Int32) -> Bool { loop >= 0 && loopParents?.contains(loop) ?? false }

    // MARK: claims of loops

    /// Takes on the task to compile code for a loop; false if somebody has.
    @discardableResult mutating func claim(loop: Int32) -> Bool {
        if entries.contains(where: { $0.loop == loop }) { return false }
        entries.append(LoopEntry(loop: loop, state: .claimed))
        return true
    }

    /// Says that work has begun; false if it is not wanted any more.
    mutating func beginCompiling(loop: Int32) -> Bool {
        guard let index = entries.firstIndex(where: { $0.loop == loop && $0.state == .claimed }) else { return false }
        entries[index].state = .compiling
        return true
    }

    /// Drops a claim, as if it had never been made.
    mutating func abandon(loop: Int32) {
        entries.removeAll { $0.loop == loop && ($0.state == .claimed || $0.state == .compiling) }
    }

    /// Ends a claim for good.
    mutating func fail(loop: Int32) { settle(loop, .failed) }

    /// Ends a claim: the loop has code.
    mutating func publish(loop: Int32, at address: CodeAddress) {
        settle(loop, .committed(address))
        offered = loop
        refusals = 0
    }

    /// The loops that `isMeant` holds for lead to no code any more, as if they never had. Returns where they led.
    mutating func withdraw(where isMeant: (CodeAddress) -> Bool) -> [CodeAddress] {
        var result: [CodeAddress] = []
        entries.removeAll { entry in
            guard case .committed(let address) = entry.state, isMeant(address) else { return false }
            result.append(address)
            if offered == entry.loop { offered = -1 }
            return true
        }
        return result
    }

    private mutating func settle(_ loop: Int32, _ state: LoopEntry.State) {
        guard let index = entries.firstIndex(where: { $0.loop == loop }) else { return }
        entries[index].state = state
    }
}
