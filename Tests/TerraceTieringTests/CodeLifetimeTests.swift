// Code that is replaced or evicted while somebody is in it, on the way to it, or on the way back: real code, end to end.

import ModuleSupport
import Synchronization
import Terrace
import TerraceThreads
import Testing

@testable import TerraceCode
@testable import TerraceRuntime

@Suite(.serialized) struct CodeLifetimeTests {
    /// The block that a function has its best code in, without keeping it.
    private struct Place: Sendable {
        let module: Module
        let base: CodeAddress
        let record: UnmanagedCodeBlock

        init(_ function: Int, in module: Module) throws {
            self.module = module
            let block = try #require(module.storage.code.bestBlock(forFunction: function))
            base = block.base
            record = block.unmanaged
        }

        var isFreed: Bool {
            let found = module.storage.code.map.lookup(base)
            #expect(found == CodeBlockMap.process.lookup(base))
            return found != record
        }
    }

    /// Frees what can be freed, and puts other code where it was.
    private static func reuseMemory(of module: Module) throws {
        let code = module.storage.code
        for _ in 0..<3 {
            code.reclaim()
            // The open segment has room; what was freed comes first now.
            code.mutable.withLock { $0.openSegment = nil }
            for _ in 0..<4 { try module.storage.commitAgain([Witness.functions.upperBound - 1]) }
        }
        code.reclaim()
    }

    private func makeModule() throws -> Module {
        let module = try ModuleSupport.makeModule(Witness.text)
        for function in Witness.functions { _ = try module.storage.generator.entry(ofFunction: UInt32(function)) }
        return module
    }

    @Test(arguments: [false, true], [CodeTier.baseline, .optimized])
    func aThreadReturnsIntoCodeThatWasRetired(isEvicted: Bool, _ tier: CodeTier) throws {
        let module = try makeModule()
        let code = module.storage.code
        if tier == .optimized { try module.storage.commitAgain([Witness.f, Witness.outer]) }
        let (f, outer) = (try Place(Witness.f, in: module), try Place(Witness.outer, in: module))
        let instance = try Witness.makeInstance(of: module) { caller in
            try Worker {
                if isEvicted {
                    for function in [Witness.f, Witness.outer] {
                        // Optimized, they are in one block.
                        if let block = code.bestBlock(forFunction: function) { code.evict(block) }
                    }
                } else {
                    try module.storage.commitAgain([Witness.f, Witness.outer])
                }
                try Self.reuseMemory(of: module)
            }.join()
            #expect(!f.isFreed && !outer.isFreed)
            return callingTier(caller)
        }
        #expect(try Witness.tier(instance) == tier)
        code.reclaim()
        #expect(f.isFreed && outer.isFreed)
        let watcher = try Witness.makeInstance(of: module)
        #expect(try Witness.tier(watcher) == (isEvicted ? .baseline : .optimized))
        try Witness.trapInF(watcher)
    }

    @Test(arguments: [CodeTier.baseline, .optimized])
    func aThreadTrapsInCodeThatWasRetiredAndTheTrapIsDescribed(_ tier: CodeTier) throws {
        let module = try makeModule()
        if tier == .optimized { try module.storage.commitAgain([Witness.f, Witness.outer]) }
        let (f, outer) = (try Place(Witness.f, in: module), try Place(Witness.outer, in: module))
        _ = try whileParked(at: .trapBeforeDescription) { arm in
            let instance = try Witness.makeInstance(of: module)
            arm()
            try Witness.trapInF(instance)
            return true
        } meanwhile: {
            try module.storage.commitAgain([Witness.f, Witness.outer])
            try Self.reuseMemory(of: module)
            #expect(!f.isFreed && !outer.isFreed)
        }
        module.storage.code.reclaim()
        #expect(f.isFreed && outer.isFreed)
    }

    @Test func aThreadJumpsToCodeThatWasEvictedSinceItAskedForIt() throws {
        let module = try ModuleSupport.makeModule(Witness.text)
        let code = module.storage.code
        let place = Guarded<Place?>(nil)
        let tier = try whileParked(at: .commitAfterCell, in: code) { arm in
            let instance = try Witness.makeInstance(of: module)
            _ = try module.storage.generator.entry(ofFunction: UInt32(Witness.outer))
            arm()
            return try Witness.tier(instance)
        } meanwhile: {
            let f = try Place(Witness.f, in: module)
            #expect(code.evict(try #require(code.bestBlock(forFunction: Witness.f))) == 1)
            try Self.reuseMemory(of: module)
            #expect(!f.isFreed)
            place.withLock { $0 = f }
        }
        #expect(tier == .baseline)
        code.reclaim()
        #expect(place.withLock { $0?.isFreed } == true)
    }

    @Test func aCellStoreThatComesLateLeadsNobodyToFreedCode() throws {
        let module = try makeModule()
        let code = module.storage.code
        let watcher = try Witness.makeInstance(of: module)
        let place = Guarded<Place?>(nil)
        let tier = try whileParked(at: .commitBeforeCellStore, in: code) { arm in
            arm()
            try module.storage.commitAgain([Witness.f])
            return try Witness.tier(try Witness.makeInstance(of: module))
        } meanwhile: {
            // The state names the code of the thread in the window, which is replaced before its cell is stored.
            let f = try Place(Witness.f, in: module)
            #expect(f.record.kind == .optimized)
            try module.storage.commitAgain([Witness.f])
            try Self.reuseMemory(of: module)
            #expect(!f.isFreed)
            #expect(try Witness.tier(watcher) == .optimized)
            place.withLock { $0 = f }
        }
        #expect(tier == .optimized)
        code.reclaim()
        #expect(place.withLock { $0?.isFreed } == true)
        #expect(code.cell(Witness.f).pointee.load(ordering: .relaxed) == code.functionEntry(Witness.f)?.rawValue)
    }

    /// Calls `f`, then the host, again and again: `f` is not active when the host is called.
    private static let loop = """
        (module
          (import "host" "step" (func $step (param i32) (result i32)))
          (func $f (export "f") (param i32) (result i32) local.get 0 i32.const 3 i32.mul)
          (func (export "main") (param i32) (result i32) (local i32)
            loop
              local.get 1 local.get 0 call $f i32.add local.set 1
              local.get 0 call $step local.tee 0
              br_if 0
            end
            local.get 1)
          (func (export "down") (param i32) (result i32)
            local.get 0 i32.eqz if (result i32) local.get 0 call $step else
            local.get 0 i32.const 1 i32.sub call 3 local.get 0 i32.add end))
        """

    @Test func whatALongActivationHasLeftIsFreedAtItsNextHostCall() throws {
        let module = try ModuleSupport.makeModule(Self.loop)
        let code = module.storage.code
        let place = Guarded<Place?>(nil)
        let store = try Store(module.engine)
        var imports = Imports()
        imports.define(
            "host", "step",
            Function(store) { (caller: Caller, count: Int32) throws -> Int32 in
                switch count {
                case 5:
                    place.withLock { $0 = try? Place(1, in: module) }
                    try Worker {
                        try module.storage.commitAgain([1])
                        code.reclaim()
                    }.join()
                    // The thread may have been on the way to it, as far as anybody knows.
                    #expect(place.withLock { $0?.isFreed } == false)
                case 4: #expect(place.withLock { $0?.isFreed } == true)
                default: break
                }
                return count - 1
            })
        let instance = try Instance(store, module, imports: imports)
        #expect(try instance.i32("main", .i32(6)) == 3 * 21)
    }

    @Test func whatIsActiveDeepOnTheStackStaysUntilItReturns() throws {
        let module = try ModuleSupport.makeModule(Self.loop)
        let code = module.storage.code
        let place = Guarded<Place?>(nil)
        let isOver = Guarded(false)
        let store = try Store(module.engine)
        var imports = Imports()
        imports.define(
            "host", "step",
            Function(store) { (caller: Caller, _: Int32) throws -> Int32 in
                if place.withLock({ $0 }) == nil {
                    place.withLock { $0 = try? Place(3, in: module) }
                    code.evict(code.bestBlock(forFunction: 3)!)
                    code.reclaim()
                    // A safepoint with all of the frames on the stack, one activation further out.
                    #expect(try caller.instance!.i32("down", .i32(2)) == 10)
                }
                code.reclaim()
                #expect(place.withLock { $0?.isFreed } == isOver.withLock { $0 })
                return 7
            })
        let instance = try Instance(store, module, imports: imports)
        #expect(try instance.i32("down", .i32(1000)) == 7 + 500_500)
        code.reclaim()
        #expect(place.withLock { $0?.isFreed } == true)
        isOver.withLock { $0 = true }
        #expect(try instance.i32("down", .i32(3)) == 13)
    }

    @Test func aFunctionThatIsQueuedForBetterCodeIsEvictedAndCalled() throws {
        let module = try makeModule()
        let code = module.storage.code
        let instance = try Witness.makeInstance(of: module)
        #expect(code.claim(Witness.f, for: .optimized))
        let f = try Place(Witness.f, in: module)
        #expect(code.evict(try #require(code.bestBlock(forFunction: Witness.f))) == 1)
        code.reclaim()
        #expect(f.isFreed)
        // Nobody waits for the claim, and it is not begun.
        #expect(try Witness.tier(instance) == .baseline)
        #expect(!code.beginCompiling(Witness.f, for: .optimized))
        #expect(code.claim(Witness.f, for: .optimized))
        code.abandon(Witness.f, for: .optimized)
        code.drain()
    }

    @Test func aFunctionWhoseBetterCodeIsBeingMadeIsEvictedAndCalled() throws {
        for point in [SyncPoint.commitBeforeReserve, .commitBeforeLock, .commitAfterState] {
            let module = try makeModule()
            let code = module.storage.code
            let watcher = try Witness.makeInstance(of: module)
            let tier = try whileParked(at: point, in: code) { arm in
                guard code.claim(Witness.f, for: .optimized), code.beginCompiling(Witness.f, for: .optimized) else {
                    throw WrongTier()
                }
                arm()
                try module.storage.commitAgain([Witness.f])
                return try Witness.tier(try Witness.makeInstance(of: module))
            } meanwhile: {
                code.evict(try #require(code.bestBlock(forFunction: Witness.f)))
                code.reclaim()
                #expect(try Witness.tier(watcher) == .baseline)
                try Witness.trapInF(watcher)
            }
            // Before it is published the new code counts; afterwards it is what was evicted.
            #expect(tier == (point == .commitAfterState ? .baseline : .optimized))
            code.drain()
            #expect(try Witness.tier(watcher) == tier)
            code.reclaim()
            #expect(code.blocks.filter { $0.entry(ofFunction: UInt32(Witness.f)) != nil }.count == 1)
        }
    }

    @Test func aFunctionOnProbationIsRecalledByItsFirstCall() throws {
        let module = try makeModule()
        let code = module.storage.code
        let instance = try Witness.makeInstance(of: module)
        let block = try #require(code.bestBlock(forFunction: Witness.f))
        code.cells[Witness.f].store(try #require(code.thunk(Witness.f)), ordering: .relaxed)
        block.isOnProbation.store(true, ordering: .relaxed)
        #expect(try Witness.tier(instance) == .baseline)
        let isOnProbation = block.isOnProbation.load(ordering: .relaxed)
        #expect(!isOnProbation)
        #expect(
            code.cell(Witness.f).pointee.load(ordering: .relaxed)
                == block.entry(ofFunction: UInt32(Witness.f))?.rawValue)
        #expect(module.statistics.compiledFunctionCount == Witness.functions.count)
    }

    @Test func aModulesCodeDoesNotOutliveItsStoresBecauseOfThem() throws {
        weak var code: Code?
        do {
            let module = try makeModule()
            code = module.storage.code
            #expect(try Witness.tier(try Witness.makeInstance(of: module)) == .baseline)
            try module.storage.commitAgain([Witness.f])
        }
        #expect(code == nil)
    }
}
