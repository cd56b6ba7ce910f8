// Stubs and tiers: a stub's maker is stopped after it looked at what exists, and code of another tier is published in
// between. Whoever called through the stub, and whoever else there is, gets what the function's best code returns.

import ModuleSupport
import Terrace
import TerraceThreads
import TerraceTiering
import Testing

@testable import TerraceCode
@testable import TerraceRuntime

@Suite(.serialized) struct StubRaceTests {
    /// Whose function the reference names.
    enum Callee: CaseIterable {
        /// The host's, imported.
        case host
        /// Another module's, imported.
        case otherModule
        /// The module's own.
        case defined
    }

    /// Where the host finds the reference.
    enum Place: String, CaseIterable {
        case table
        case global
    }

    struct Case: CustomStringConvertible {
        var callee: Callee
        var place: Place
        /// Whether the function is an ordinary export as well, which is called meanwhile.
        var isExported: Bool

        var description: String { "\(callee) in a \(place)\(isExported ? ", exported too" : "")" }
    }

    static let cases: [Case] = Callee.allCases.flatMap { callee in
        Place.allCases.flatMap { place in
            [false, true].map { Case(callee: callee, place: place, isExported: $0) }
        }
    }

    /// A module that offers a function of a type through a reference alone: one of its own, or the one that it imports.
    private static func text(_ signature: FreshSignature, _ it: Case) -> String {
        """
        (module
          (import "host" "tier" (func $tier (result i32)))
          \(it.callee == .defined ? "" : "(import \"m\" \"callee\" (func $callee \(signature.text)))")
          (table (export "table") 2 funcref)
          (global (export "global") funcref (ref.func $callee))
          (elem (i32.const 0) $callee $neighbour)
          \(it.callee == .defined ? calleeText(signature) : "")
          \(it.isExported ? "(export \"callee\" (func $callee))" : "")
          (func $neighbour (export "neighbour") (result i32) i32.const 210 call $tier i32.const 1000 i32.mul i32.add))
        """
    }

    private static func calleeText(_ signature: FreshSignature) -> String {
        "(func $callee \(signature.text) i32.const 210 call $tier i32.const 1000 i32.mul i32.add)"
    }

    /// The modules of a case, and which of them holds the callee.
    private struct Modules {
        let module: Module
        let other: Module?

        init(_ it: Case, _ signature: FreshSignature) throws {
            module = try makeModule(StubRaceTests.text(signature, it))
            guard it.callee == .otherModule else {
                other = nil
                return
            }
            other = try makeModule(
                """
                (module (import "host" "tier" (func $tier (result i32)))
                  \(StubRaceTests.calleeText(signature)) (export "callee" (func $callee)))
                """)
        }

        /// A store with all of it, for the calling thread.
        func instantiate(_ signature: FreshSignature) throws -> Instance {
            let store = try Store(module.engine)
            var imports = Imports()
            imports.define("host", "tier", Function(store) { (caller: Caller) -> Int32 in callingTier(caller) })
            if let other {
                imports.define("m", "callee", try Instance(store, other, imports: imports)["callee"]!)
            } else {
                let function = try Function(store, type: signature.type) { _, _ in [.i32(210)] }
                imports.define("m", "callee", function)
            }
            return try Instance(store, module, imports: imports)
        }
    }

    private static func reference(_ place: Place, _ instance: Instance) throws -> Function {
        let value: Value? =
            switch place {
            case .table: instance.table("table")?[0]
            case .global: instance.global("global")?.value
            }
        guard case .function(let function?)? = value else { throw WrongTier() }
        return function
    }

    /// Calls the function; returns the tier that it says it runs in, 0 for the host's.
    private static func call(_ function: Function, _ signature: FreshSignature) throws -> Int32 {
        guard case .i32(let result)? = try function.call(signature.arguments).first, result % 1000 == 210 else {
            throw WrongTier()
        }
        return result / 1000
    }

    @Test(arguments: cases)
    func aStubWhoseMakerWasOvertakenByACommitLeadsToTheBestCode(_ it: Case) throws {
        // Before the first call of the callee, and after it has code of the first tier.
        for isWarm in [false, true] {
            for isOtherMaker in [false, true] {
                let signature = FreshSignature()
                let modules = try Modules(it, signature)
                let callee = modules.other ?? modules.module
                let functions = Array(
                    callee.storage.module.importedFunctionCount..<callee.storage.module.functionCount)
                if isWarm {
                    for function in functions { _ = try callee.storage.generator.entry(ofFunction: UInt32(function)) }
                }
                let bystander = try modules.instantiate(signature)
                _ = try bystander.i32("neighbour")
                let expected: Int32 = it.callee == .host ? 0 : 2
                let tiers = try whileParked(at: .stubAfterReadTier) { arm -> [Int32] in
                    let instance = try modules.instantiate(signature)
                    let function = try Self.reference(it.place, instance)
                    arm()
                    return [
                        try Self.call(function, signature), try Self.call(function, signature),
                        try instance.i32("neighbour") / 1000,
                    ]
                } meanwhile: {
                    let blocks = callee.engine.storage.stubs.code.blocks.count
                    try callee.storage.commitAgain(functions)
                    callee.storage.code.drain()
                    if modules.other != nil { try modules.module.storage.commitAgain([2]) }
                    // A commit makes no stubs, whatever functions it is about. (Other tests may.)
                    #expect(callee.engine.storage.stubs.code.blocks.count >= blocks)
                    #expect(try bystander.i32("neighbour") / 1000 == 2)
                    if isOtherMaker {
                        #expect(try Self.call(Self.reference(it.place, bystander), signature) == expected)
                    }
                    if it.isExported, isOtherMaker {
                        #expect(try Self.call(#require(bystander.function("callee")), signature) == expected)
                    }
                }
                #expect(tiers == [expected, expected, 2])
                let stub = try callee.engine.storage.stubs.entryStub(signature.machineTypes).address
                #expect(try Self.call(Self.reference(it.place, bystander), signature) == expected)
                if it.isExported {
                    #expect(try Self.call(#require(bystander.function("callee")), signature) == expected)
                }
                // The stub of a signature stays what it is; all makers got the same.
                try callee.storage.commitAgain(functions)
                #expect(try callee.engine.storage.stubs.entryStub(signature.machineTypes).address == stub)
                #expect(try Self.call(Self.reference(it.place, bystander), signature) == expected)
            }
        }
    }

    @Test(arguments: Place.allCases)
    func aCommitOfOneFunctionLeavesItsNeighbourAlone(_ place: Place) throws {
        let (first, second) = (FreshSignature(), FreshSignature())
        func function(_ name: String, _ signature: FreshSignature) -> String {
            "(func $\(name) \(signature.text) i32.const 210 call $tier i32.const 1000 i32.mul i32.add)"
        }
        let module = try makeModule(
            """
            (module (import "host" "tier" (func $tier (result i32)))
              \(function("f", first)) \(function("g", second))
              (table (export "table") 2 funcref) (elem (i32.const 0) $f $g)
              (global (export "global 0") funcref (ref.func $f)) (global (export "global 1") funcref (ref.func $g)))
            """)
        @Sendable func reference(_ number: Int, _ instance: Instance) throws -> Function {
            let value = place == .table ? instance.table("table")?[number] : instance.global("global \(number)")?.value
            guard case .function(let function?)? = value else { throw WrongTier() }
            return function
        }
        let code = module.storage.code
        let bystander = try Witness.makeInstance(of: module)
        #expect(try Self.call(reference(1, bystander), second) == 1)
        let (stub, cell) = (
            try module.engine.storage.stubs.entryStub(second.machineTypes).address,
            code.cell(2).pointee.load(ordering: .relaxed)
        )
        let state = code.state(of: 2)
        let tiers = try whileParked(at: .stubAfterReadTier) { arm -> [Int32] in
            let instance = try Witness.makeInstance(of: module)
            let (f, g) = (try reference(0, instance), try reference(1, instance))
            arm()
            return [try Self.call(f, first), try Self.call(g, second)]
        } meanwhile: {
            try module.storage.commitAgain([1])
            code.drain()
            #expect(try Self.call(reference(1, bystander), second) == 1)
        }
        #expect(tiers == [2, 1])
        #expect(code.state(of: 1).tier == .optimized && code.state(of: 2) == state)
        #expect(code.cell(2).pointee.load(ordering: .relaxed) == cell)
        #expect(try module.engine.storage.stubs.entryStub(second.machineTypes).address == stub)
        #expect(code.blocks.filter { $0.kind == .optimized }.allSatisfy { $0.entry(ofFunction: 2) == nil })
    }

    @Test func eightThreadsAtOneFunctionMakeEachOfItsCodesOnce() throws {
        for round in 0..<20 {
            let module = try makeModule(Witness.text)
            let code = module.storage.code
            // All are there before the first begins.
            let gate = Guarded(8)
            let workers = (0..<8).map { number in
                Worker { () -> [CodeTier?] in
                    let instance = try Witness.makeInstance(of: module)
                    gate.withLock { $0 -= 1 }
                    while gate.withLock({ $0 }) > 0 {}
                    var tiers: [CodeTier?] = []
                    for step in 0..<6 {
                        // Some ask for better code at once, some later.
                        if step == number / 2, code.claim(Witness.f, for: .optimized) {
                            code.beginCompiling(Witness.f, for: .optimized)
                            try module.storage.commitAgain([Witness.f])
                        }
                        tiers.append(try Witness.tier(instance, through: number % 2 == 0 ? "f" : "outer"))
                        try Witness.trapInF(instance)
                    }
                    return tiers
                }
            }
            for worker in workers {
                let tiers = try worker.join().map { $0?.rawValue ?? 0 }
                #expect(!tiers.contains(0) && tiers == tiers.sorted(), "round \(round)")
            }
            code.drain()
            let made = code.blocks.filter { $0.entry(ofFunction: UInt32(Witness.f)) != nil }
            #expect(made.filter { $0.kind == .baseline }.count <= 1)
            #expect(made.filter { $0.kind == .optimized }.count == 1)
            #expect(code.blocks.filter { $0.entry(ofFunction: UInt32(Witness.outer)) != nil }.count == 1)
            #expect(code.state(of: Witness.f).tier == .optimized && code.state(of: Witness.f).phase == .committed)
            #expect(try Witness.tier(Witness.makeInstance(of: module)) == .optimized)
        }
    }
}
