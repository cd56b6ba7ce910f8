// Every window of the protocol, entered by a thread that runs real code, with lookups, traps and backtraces in it, and
// another tier's code published in it.

import CTestSupport
import ModuleSupport
import Synchronization
import Terrace
import TerraceThreads
import Testing
import TierSupport

@testable import TerraceCode
@testable import TerraceRuntime

@Suite(.serialized) struct WindowTests {
    /// What the thread in the window is doing.
    enum Work: String, CaseIterable {
        /// The first call of a function.
        case firstCall
        /// Publishing better code for a function that runs.
        case betterTier
        /// The first call from the host of functions of a signature.
        case entryStub
        /// Making a host function of a signature for the first time.
        case hostCallStub
        /// A function moves to better code, at a call.
        case movesAtCall
        /// The same, in the background.
        case movesInBackground
        /// A running loop goes on in better code.
        case movesInLoop

        /// Freeing the code of a function that got better code.
        case freeing
        /// Looking at its own stack, because code is to be freed.
        case scan
        /// Evicting a function.
        case eviction
        /// The first call of a function that is on probation.
        case recall
        /// A trap.
        case trap

        /// Whether `f` runs in better code in the end.
        var isBetter: Bool {
            [.betterTier, .movesAtCall, .movesInBackground, .freeing, .scan].contains(self)
        }
        var isAboutStubs: Bool { self == .entryStub || self == .hostCallStub }
    }

    private static let committing: [Work] = [
        .firstCall, .betterTier, .entryStub, .hostCallStub, .movesAtCall, .movesInBackground, .movesInLoop,
    ]

    /// Who comes through each window.
    static let windows: [SyncPoint: [Work]] = [
        .stubAfterReadTier: [.entryStub, .hostCallStub],
        .claimAfterClaim: [.firstCall, .betterTier, .movesAtCall, .movesInBackground],
        .commitBeforeReserve: committing,
        .segmentAfterMaking: [.firstCall],
        .commitBeforeWrite: committing,
        .commitBeforeLock: committing,
        .commitAfterAppend: committing,
        .mapAfterEntry: committing,
        .commitAfterMapInsert: committing,
        .commitAfterState: [.firstCall, .betterTier, .movesAtCall, .movesInBackground, .movesInLoop],
        .commitBeforeCellStore: [.firstCall, .betterTier, .movesAtCall, .movesInBackground, .eviction, .recall],
        .commitAfterCell: [.firstCall, .betterTier, .movesAtCall, .movesInBackground, .movesInLoop],
        .queueAfterTake: [.movesInBackground],
        .tierUpBeforeCommit: [.movesAtCall, .movesInBackground, .movesInLoop],
        .loopEntryAfterCommit: [.movesInLoop],
        .retireBeforeList: [.freeing, .eviction],
        .retireAfterList: [.freeing, .eviction],
        .reclaimBeforeBarrier: [.freeing],
        .reclaimAfterBarrier: [.freeing],
        .reclaimAfterLook: [.freeing],
        .freeAfterUnlink: [.freeing],
        .freeAfterMapRemove: [.freeing],
        .scanBeforeReport: [.scan],
        .evictAfterChoice: [.eviction],
        .evictAfterState: [.eviction],
        .evictAfterCell: [.eviction],
        .recallBeforeCell: [.recall],
        .trapBeforeDescription: [.trap],
    ]

    @Test func noWindowIsLeftOut() {
        #expect(Set(Self.windows.keys) == Set(SyncPoint.allCases))
        #expect(Self.windows.values.allSatisfy { !$0.isEmpty })
    }

    /// Makes the module, with code for all functions but `f`.
    private func makeModule(for work: Work? = nil) throws -> Module {
        // So patient that nothing moves unless a test sees to it.
        let isMoving = work == .movesAtCall || work == .movesInBackground || work == .movesInLoop
        let engine =
            isMoving
            ? try Engine(StandIn().configuration(threshold: 10_000, isDeterministic: work != .movesInBackground))
            : sharedEngine
        let module = try ModuleSupport.makeModule(Witness.text, engine: engine)
        for function in Witness.functions where function != Witness.f {
            _ = try module.storage.generator.entry(ofFunction: UInt32(function))
        }
        return module
    }

    private static let loop = """
        (module (func (export "sum") (param i32) (result i32) (local i32)
          loop
            local.get 0 i32.const 0 i32.lt_s if unreachable end
            local.get 1 local.get 0 i32.add local.set 1
            local.get 0 i32.const 1 i32.sub local.tee 0 br_if 0
          end
          local.get 1))
        """

    /// Starts the work on a thread that stops at the point; afterwards that thread takes a trap in the new code, and sees
    /// the tier that `f` runs in.
    private func park(
        _ work: Work, at point: SyncPoint, _ module: Module, meanwhile: () throws -> Void
    ) throws -> CodeTier? {
        let signature = FreshSignature()
        let code = module.storage.code
        let isElsewhere = work == .movesInBackground
        return try whileParked(
            at: point, in: isElsewhere && point != .mapAfterEntry ? code : nil, onThisThread: !isElsewhere
        ) { arm in
            let instance = try Witness.makeInstance(of: module)
            switch work {
            case .firstCall:
                // As if the open segment were full.
                if point == .segmentAfterMaking { code.mutable.withLock { $0.openSegment = nil } }
                arm()
                try Witness.trapInF(instance)
            case .betterTier:
                _ = try Witness.tier(instance)
                arm()
                guard code.claim(Witness.f, for: .optimized) else { throw WrongTier() }
                code.beginCompiling(Witness.f, for: .optimized)
                try module.storage.commitAgain([Witness.f])
                try Witness.trapInF(instance)
            case .entryStub:
                let other = try makeInstance(
                    "(module (func (export \"g\") \(signature.text) i32.const 1 i32.const 0 i32.div_u))")
                _ = try other.module.storage.generator.entry(ofFunction: 0)
                arm()
                let trap = try catchTrap { try other.function("g")!.call(signature.arguments) }
                #expect(trap.kind == .integerDivideByZero && trap.frames.map(\.functionName) == ["g"])
            case .hostCallStub:
                let store = instance.store
                arm()
                let function = try Function(store, type: signature.type) { _, _ in throw WrongTier() }
                var imports = Imports()
                imports.define("h", "f", function)
                let user = try makeInstance(
                    """
                    (module (import "h" "f" (func $f \(signature.text)))
                      (func (export "u") (result i32) \(signature.zeros) call $f))
                    """, store: store, imports: imports)
                let trap = try catchTrap { try user.call("u") }
                #expect(trap.hostError is WrongTier && trap.frames.map(\.functionName) == ["u"])
            case .movesAtCall, .movesInBackground:
                _ = try Witness.tier(instance)
                arm()
                // As if it had been called so often.
                for _ in 0..<10 {
                    code.tieringRecords[Witness.f].calls.store(0, ordering: .relaxed)
                    _ = try Witness.tier(instance)
                }
                module.engine.storage.tiering.queue.drain()
                try Witness.trapInF(instance)
            case .movesInLoop:
                let other = try makeInstance(Self.loop, store: try Store(module.engine))
                let record = other.module.storage.code.tieringRecords
                #expect(try other.i32("sum", .i32(5)) == 15)
                arm()
                for _ in 0..<10 {
                    record[0].loops.store(0, ordering: .relaxed)
                    #expect(try other.i32("sum", .i32(5)) == 15)
                }
                let trap = try catchTrap { try other.call("sum", .i32(-1)) }
                #expect(trap.kind == .unreachable && trap.frames.map(\.functionName) == ["sum"])
            case .freeing:
                _ = try Witness.tier(instance)
                arm()
                try module.storage.commitAgain([Witness.f])
                code.reclaim()
                try Witness.trapInF(instance)
            case .scan:
                // From the host function that `f` calls: `f` gets better code, and is called again; so the second call of
                // the host function finds the first activation of `f` on the stack.
                let depth = Guarded(0)
                let nested = try Witness.makeInstance(of: module) { caller in
                    let isFirst = depth.withLock {
                        $0 += 1; return $0 == 1
                    }
                    guard isFirst else { return callingTier(caller) }
                    try module.storage.commitAgain([Witness.f])
                    code.reclaim()
                    arm()
                    #expect(try Witness.tier(caller.instance!) == .optimized)
                    return callingTier(caller)
                }
                #expect(try Witness.tier(nested) == .baseline)
            case .eviction:
                _ = try Witness.tier(instance)
                let block = code.bestBlock(forFunction: Witness.f)!
                arm()
                code.evict(block)
                try Witness.trapInF(instance)
            case .recall:
                _ = try Witness.tier(instance)
                code.cells[Witness.f].store(code.thunk(Witness.f)!, ordering: .relaxed)
                arm()
                try Witness.trapInF(instance)
            case .trap:
                _ = try Witness.tier(instance)
                arm()
                try Witness.trapInF(instance)
            }
            return try Witness.tier(instance)
        } meanwhile: {
            try meanwhile()
        }
    }

    @Test(arguments: SyncPoint.allCases)
    func inEveryWindowCodeRunsTrapsAndIsFound(_ point: SyncPoint) throws {
        for work in try #require(Self.windows[point]) {
            let bystander = try Witness.makeInstance(of: try makeModule())
            #expect(try Witness.tier(bystander) == .baseline)
            // All but `f` has code, and `f` too unless that is what is to be made.
            let module = try makeModule(for: work)
            let watcher = try Witness.makeInstance(of: module)
            if work != .firstCall { #expect(try Witness.tier(watcher) == .baseline) }
            let code = module.storage.code
            let old = code.blocks
            let stubs = module.engine.storage.stubs.code
            let oldStubs = stubs.blocks
            let tier = try park(work, at: point, module) {
                // Whatever is written, no view of code is open meanwhile.
                #expect(test_writable_code_bytes() == 0)
                for _ in 0..<3 {
                    try Witness.trapElsewhere(watcher)
                    Witness.lookUp(code, old: old)
                    code.reclaim()
                    Witness.lookUp(code, old: old)
                    for block in oldStubs { #expect(stubs.map.lookup(block.base) == block.unmanaged) }
                    // What runs already goes on, whichever of its codes is the one to run.
                    if work != .firstCall {
                        #expect(try Witness.tier(watcher) != nil)
                        try Witness.trapInF(watcher)
                    }
                    // Another module is not concerned.
                    #expect(try Witness.tier(bystander) == .baseline)
                    try Witness.trapInF(bystander)
                }
            }
            #expect(tier == (work.isBetter ? .optimized : .baseline), "\(work)")
            #expect(try Witness.tier(watcher) == tier)
            try Witness.trapInF(watcher)
            Witness.lookUp(code, old: code.blocks)
        }
    }

    @Test(arguments: SyncPoint.allCases)
    func betterCodePublishedInAWindowIsWhatRunsAfterwards(_ point: SyncPoint) throws {
        for work in try #require(Self.windows[point]) where point != .mapAfterEntry || work.isAboutStubs {
            let module = try makeModule(for: work)
            let code = module.storage.code
            let watcher = try Witness.makeInstance(of: module)
            if work.isAboutStubs || work.rawValue.hasPrefix("moves") { _ = try Witness.tier(watcher) }
            var better: CodeBlock?
            let tier = try park(work, at: point, module) {
                // The parked thread may have begun to publish code of its own for `f`: the last of one tier stays.
                better = try module.storage.commitAgain([Witness.f, Witness.outer])
                #expect(try Witness.tier(watcher) == .optimized)
                try Witness.trapInF(watcher)
            }
            code.drain()
            #expect(tier == .optimized, "\(work)")
            #expect(try Witness.tier(watcher) == .optimized)
            try Witness.trapInF(watcher)
            let state = code.state(of: Witness.f)
            #expect(state.phase == .committed && state.tier == .optimized)
            if !work.isBetter { #expect(code.bestBlock(forFunction: Witness.f) === better) }
            #expect(code.cell(Witness.f).pointee.load(ordering: .relaxed) == code.functionEntry(Witness.f)?.rawValue)
            #expect(code.bestBlock(forFunction: Witness.outer) === better)
        }
    }

    @Test(arguments: SyncPoint.allCases)
    func worseCodePublishedInAWindowOfBetterCodeDoesNotStay(_ point: SyncPoint) throws {
        guard point != .mapAfterEntry, Self.windows[point]?.contains(.betterTier) == true else { return }
        let module = try makeModule()
        let watcher = try Witness.makeInstance(of: module)
        #expect(try Witness.tier(watcher) == .baseline)
        let tier = try park(.betterTier, at: point, module) {
            try module.storage.commitAgain([Witness.f], as: .baseline)
            _ = try Witness.tier(watcher)
            try Witness.trapInF(watcher)
        }
        #expect(tier == .optimized)
        #expect(try Witness.tier(watcher) == .optimized)
    }

    @Test func drainWaitsForOpenClaimsAndTheirCells() throws {
        for point in [SyncPoint.claimAfterClaim, .commitBeforeLock, .commitAfterState] {
            let module = try makeModule()
            let code = module.storage.code
            var drainer: Worker<UInt>?
            let tier = try park(.firstCall, at: point, module) {
                drainer = Worker {
                    code.drain()
                    return code.cell(Witness.f).pointee.load(ordering: .relaxed)
                }
                if point == .commitAfterState {
                    // The claim is over: the cell follows at once, without the thread in the window.
                    let cell = try drainer?.join()
                    #expect(cell == code.functionEntry(Witness.f)?.rawValue)
                    drainer = nil
                } else {
                    while !code.state(of: Witness.f).hasWaiters { #expect(drainer?.isDone == false) }
                }
            }
            #expect(tier == .baseline)
            if let drainer { #expect(try drainer.join() == code.functionEntry(Witness.f)?.rawValue) }
        }
    }
}
