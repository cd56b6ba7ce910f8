// What is left of modules and stores that are gone: nothing, or little whose amount is bounded.

import ModuleSupport
import Terrace
import TerraceABI
import TerraceCode
import Testing

@testable import TerraceRuntime
@testable import TerraceTiering

@Suite struct AccumulationTests {
    private static let types: [MachineType] = [.i32, .i64, .f32, .f64, .v128, .ref]

    private static func signature(_ number: Int) -> StubSignature {
        var rest = number
        var parameters: [MachineType] = []
        repeat {
            parameters.append(types[rest % 6])
            rest /= 6
        } while rest > 0
        return StubSignature(parameters: parameters, results: [.i32])
    }

    private static func makeTable() throws -> StubTable {
        try StubTable(reservation: try CodeReservation(byteCount: 256 << 20))
    }

    @Test func stubsThatNobodyUsesAreFreed() throws {
        let table = try Self.makeTable()
        let first = try table.entryStub(Self.signature(0))
        let early = try (0..<200).map { try table.hostCallStub(Self.signature($0)) }[150]
        var codeBytes = 0
        for number in 0..<20_000 {
            _ = try table.entryStub(Self.signature(number))
            _ = try table.hostCallStub(Self.signature(number))
            if number == 5000 { codeBytes = table.code.reservation.usage.codeBytes }
        }
        // The first bank, the last ones, and the one in use.
        let bound = SignatureStubs.bankCapacity * (SignatureStubs.keptBanks + 1)
        #expect(table.signatureCount <= bound && table.signatureCount >= bound - 2 * SignatureStubs.bankCapacity)
        #expect(table.code.reservation.usage.codeBytes <= codeBytes)
        // Who kept a stub still has it, and so has everybody who asks for it.
        #expect(try table.entryStub(Self.signature(0)).address == first.address)
        #expect(try table.hostCallStub(Self.signature(150)).address == early.address)
        let block = try #require(table.code.reservation.map.lookup(early.address))
        #expect(block.codeRange(at: early.address)?.kind == .hostCallStub)
        withExtendedLifetime((first, early)) {}
    }

    @Test func nothingIsLeftOfATableOfStubs() throws {
        weak var code: Code?
        do {
            let table = try Self.makeTable()
            code = table.code
            for number in 0..<200 { _ = try table.entryStub(Self.signature(number)) }
            #expect(code != nil)
        }
        #expect(code == nil)
    }

    @Test func thunksOfGiantsGoWithThem() throws {
        let table = try Self.makeTable()
        func code(_ functionCount: Int) throws -> (Code, [ThunkRun]) {
            let code = try Code(
                importedFunctionCount: 0, functionCount: functionCount, reservation: table.code.reservation)
            return (code, try table.pointCellsAtThunks(code))
        }
        _ = try code(10_000)
        #expect(table.thunkCount == 16384)
        let (giant, thunks) = try code(100_000)
        #expect(table.thunkCount == 131_072)
        #expect(giant.cells[99_999].load(ordering: .relaxed) != 0)
        do {
            let (other, runs) = try code(40_000)
            // Both modules have the same thunks.
            #expect(other.cells[39_999].load(ordering: .relaxed) == giant.cells[39_999].load(ordering: .relaxed))
            withExtendedLifetime(runs) {}
        }
        #expect(table.thunkCount == 131_072)
        withExtendedLifetime(thunks) {}
    }

    @Test func thunksOfAGiantThatIsGoneAreFreed() throws {
        let table = try Self.makeTable()
        let before = table.code.reservation.usage.codeBytes
        for _ in 0..<20 {
            let code = try Code(
                importedFunctionCount: 0, functionCount: 200_000, reservation: table.code.reservation)
            _ = try table.pointCellsAtThunks(code)
            #expect(table.thunkCount == 16384)
        }
        #expect(table.code.reservation.usage.codeBytes < before + (1 << 20))
    }

    /// A module with types and a signature that no other number gives.
    private static func text(_ number: Int) -> String {
        let fields = (0..<14).map { number >> $0 & 1 == 0 ? "(field i32)" : "(field i64)" }.joined(separator: " ")
        let parameters = (0..<14).map { number >> $0 & 1 == 0 ? "i32" : "f64" }.joined(separator: " ")
        return """
            (module (type $s (struct \(fields))) (type $f (func (param \(parameters)) (result i32)))
              (type $g (func (param (ref null $s))))
              (import "h" "f" (func $h (type $f))) (import "h" "g" (func $g (type $g)))
              (global (export "global") (mut (ref null $s)) (ref.null $s))
              (table (export "table") 2 (ref null $f))
              (func (export "f") (type $f) \((0..<14).map { "local.get \($0)" }.joined(separator: " ")) call $h)
              (func (export "g") ref.null $s call $g))
            """
    }

    private static func use(_ number: Int, in engine: Engine) throws -> Int {
        let module = try makeModule(text(number), engine: engine)
        let store = try Store(engine)
        var imports = Imports()
        for item in module.imports {
            guard case .function(let type) = item.type else { continue }
            imports.define(
                item.module, item.name,
                try Function(store, type: type) { _, values in
                    type.results.isEmpty ? [] : [.i32(Int32(values.count + number))]
                })
        }
        let instance = try Instance(store, module, imports: imports)
        guard case .table(let table)? = module.exports.first(where: { $0.name == "table" })?.type else { return -1 }
        _ = try Table(store, table)
        let arguments = (0..<14).map { number >> $0 & 1 == 0 ? Value.i32(1) : .f64(1) }
        guard case .i32(let result)? = try #require(instance.function("f")).call(arguments).first else { return -1 }
        try instance.call("g")
        return Int(result)
    }

    @Test func nothingIsLeftOfTheTypesOfModulesThatAreGone() throws {
        let engine = try Engine()
        for number in 0..<500 {
            #expect(try Self.use(number, in: engine) == 14 + number)
            #expect(engine.storage.types.count == 0)
        }
        #expect(engine.storage.types.capacity < 16)
        #expect(engine.storage.stubs.signatureCount <= SignatureStubs.bankCapacity * (SignatureStubs.keptBanks + 8))
    }

    @Test func aTypeOfAModuleThatIsGoneIsAnError() throws {
        let engine = try Engine()
        let store = try Store(engine)
        var (function, global, table) = (FunctionSignature(), GlobalType(type: .i32, isMutable: false), TableType?.none)
        do {
            let module = try makeModule(Self.text(5), engine: engine)
            guard case .function(let type)? = module.imports.last?.type else { throw WrongResult() }
            function = type
            for export in module.exports {
                switch export.type {
                case .global(let type): global = type
                case .table(let type): table = type
                default: break
                }
            }
        }
        #expect(engine.storage.types.count == 0)
        func isGone(_ body: () throws -> Void) -> Bool {
            do { try body() } catch EntityError.typeIsGone { return true } catch {}
            return false
        }
        #expect(isGone { _ = try Function(store, type: function) { _, _ in [] } })
        #expect(isGone { _ = try Tag(store, parameters: function.parameters) })
        #expect(isGone { _ = try Global(store, global, .function(nil)) })
        #expect(isGone { _ = try Table(store, #require(table)) })
        #expect(engine.storage.types.count == 0)
    }

    @Test func typesOfFunctionsLiveAsLongAsTheirStore() throws {
        let engine = try Engine()
        let store = try Store(engine)
        var type = FunctionSignature()
        do {
            let module = try makeModule(Self.text(77), engine: engine)
            guard case .function(let function)? = module.imports.last?.type else { throw WrongResult() }
            type = function
            _ = try Function(store, type: type) { _, _ in [] }
        }
        #expect(engine.storage.types.count == 2)
        for number in 0..<20 where number != 77 { _ = try Self.use(number, in: engine) }
        // The number still means the same type, to a module that has it too.
        let module = try makeModule(Self.text(77), engine: engine)
        guard case .function(let again)? = module.imports.last?.type else { throw WrongResult() }
        #expect(again == type)
        withExtendedLifetime(store) {}
    }

    // MARK: the bound on a module's code

    private static func functions(_ count: Int) -> String {
        "(module "
            + (0..<count).map { index in
                "(func (export \"f\(index)\") (result i32) i32.const \(index) "
                    + String(repeating: "i32.const 3 i32.rotl ", count: 200) + ")"
            }.joined() + ")"
    }

    @Test func aboveTheBoundFunctionsLoseTheirCodeAndGetItAgain() throws {
        var configuration = Configuration()
        let bytes = try makeModule(Self.functions(20), engine: Engine(configuration))
        try bytes.storage.compileAll(jobs: 1)
        let free = try Instance(Store(bytes.engine), bytes)
        configuration.maximumCodeBytes = 4096
        let engine = try Engine(configuration)
        let instance = try Instance(Store(engine), try makeModule(Self.functions(20), engine: engine))
        for _ in 0..<3 {
            for index in 0..<20 { #expect(try instance.i32("f\(index)") == free.i32("f\(index)")) }
            #expect(instance.module.statistics.liveCodeBytes <= 4096)
        }
        let statistics = instance.module.statistics
        #expect(statistics.compiledFunctionCount > 50 && statistics.evictedFunctionCount > 47)
        #expect(statistics.freedCodeBytes > 3 * 4096)
        #expect(free.module.statistics.evictedFunctionCount == 0)
    }

    @Test func codeBeyondTheBoundIsNotMade() throws {
        var configuration = Configuration()
        configuration.maximumCodeBytes = 512
        let engine = try Engine(configuration)
        let instance = try Instance(Store(engine), try makeModule(Self.functions(20), engine: engine))
        let trap = try catchTrap { try instance.call("f0") }
        #expect(trap.kind == .codeUnavailable)
        #expect(trap.message.contains("more than the 512 bytes of machine code"))
        #expect(instance.module.statistics.baselineCodeBytes == 0)

        configuration.compilation = .eager(jobs: 1)
        #expect {
            _ = try makeModule(Self.functions(20), engine: Engine(configuration))
        } throws: { error in
            (error as? ModuleError)?.category == .limit && "\(error)".contains("512 bytes of machine code")
        }
        // Where there is room for each of them, those that come first give way.
        configuration.maximumCodeBytes = 4096
        let module = try makeModule(Self.functions(20), engine: Engine(configuration))
        #expect(module.statistics.liveCodeBytes <= 4096 && module.statistics.evictedFunctionCount > 0)
        configuration.maximumCodeBytes = 1 << 20
        #expect(
            try makeModule(Self.functions(20), engine: Engine(configuration)).statistics.compiledFunctionCount == 20)
    }
}
