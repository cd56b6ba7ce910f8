// Shapes of emitted code: loops that stand several times, and registers that are saved late.

import TerraceABI
import TerraceAssembler
import TerraceCode
import TerraceCompilation
import Testing
import WasmFormat
import WasmText

@testable import TerraceOptimizer

@Suite struct EmissionTests {
    struct Code {
        var bytes: [UInt8]
        var sites: [TrapSiteKind]

        func count(_ kind: TrapSiteKind) -> Int { sites.count { $0 == kind } }
        /// Where bytes first stand.
        func first(_ pattern: [UInt8]) -> Int? {
            bytes.indices.dropLast(pattern.count - 1).first { Array(bytes[$0..<$0 + pattern.count]) == pattern }
        }
    }

    func code(_ text: String, without: Optimizations = []) throws -> Code {
        let module = try WasmModule.decode(ModuleBytes(WatParser.parse(text)))
        try module.validate(jobs: 1)
        var options = OptimizerOptions()
        options.optimizations.subtract(without)
        options.verifies = true
        var compiler = OptimizingCompiler(
            environment: ModuleEnvironment(module: module, features: .withBMI), options: options)
        try compiler.compile(functionIndex: UInt32(module.importedFunctionCount))
        return Code(bytes: Array(compiler.bytes), sites: compiler.trapSites.map(\.kind))
    }

    private let memory = TrapSiteKind(TrapKind.memoryOutOfBounds)

    private func loop(_ body: String) -> String {
        """
        (module (memory 1) (func (param $p i32) (param $q i32) (result i32)
          (loop $l \(body)
            (local.set $p (i32.add (local.get $p) (i32.const 4)))
            (br_if $l (i32.lt_u (local.get $p) (local.get $q))))
          (local.get $p)))
        """
    }

    @Test func smallLoopsStandSeveralTimes() throws {
        let text = loop("(i32.store (local.get $p) (i32.const 1))")
        let copied = try code(text)
        #expect(copied.count(memory) == 4)
        #expect(copied.count(.interruptCheck) == 1)
        let plain = try code(text, without: .rounds)
        #expect(plain.count(memory) == 1)
        #expect(plain.count(.interruptCheck) == 1)
    }

    @Test func largeLoopsAndThoseWithOthersInsideStandOnce() throws {
        let large = loop(String(repeating: "(i32.store (local.get $p) (local.get $q))", count: 1))
        #expect(try code(large).count(memory) > 1)
        let stores = (0..<40).map { "(i32.store offset=\($0 * 8) (local.get $p) (local.get $q))" }.joined()
        #expect(try code(loop(stores)).count(memory) == 40)
        let nested = loop(
            """
            (i32.store (local.get $p) (local.get $q))
            (loop $m
              (local.set $q (i32.add (local.get $q) (i32.const 4)))
              (br_if $m (i32.load (local.get $q))))
            """)
        // The outer one's store once; the inner one's load in each of its rounds.
        let code = try code(nested)
        #expect(code.count(.interruptCheck) == 2)
        #expect(code.count(memory) == 5)
    }

    @Test func registersAreSavedBehindEarlyExits() throws {
        let text = """
            (module (func $f (param $n i32) (result i32) (local $t i32)
              (if (i32.lt_u (local.get $n) (i32.const 2)) (then (return (i32.const 1))))
              (loop $l
                (local.set $t (i32.add (local.get $t) (call $f (local.get $t))))
                (local.set $n (i32.sub (local.get $n) (i32.const 1)))
                (br_if $l (local.get $n)))
              (local.get $t)))
            """
        // mov [rbp - 16], rbx and so on; leave, ret.
        let saves: [[UInt8]] = [[0x48, 0x89, 0x5D, 0xF0], [0x4C, 0x89, 0x65, 0xE8], [0x4C, 0x89, 0x6D, 0xE0]]
        let leave: [UInt8] = [0xC9, 0xC3]
        for (isLate, code) in try [(false, code(text, without: .lateSaves)), (true, code(text))] {
            let save = try #require(saves.compactMap { code.first($0) }.min())
            let exit = try #require(code.first(leave))
            #expect((exit < save) == isLate)
        }
    }

    /// A jump over a copied return is longer than the jump that it stands for.
    @Test func shortJumpsReachOverCopies() throws {
        // Many ways of little code to one return that gives registers back.
        let arms = (0..<12).map {
            """
            (if (i32.eq (local.get $n) (i32.const \($0 + 100)))
              (then (br $out (i32.xor (local.get $t) (i32.const \($0 + 1000))))))
            """
        }.joined(separator: "\n")
        let text = """
            (module (func $f (param $n i32) (result i32) (local $t i32)
              (local.set $t (call $f (local.get $n)))
              (block $out (result i32)
                \(arms)
                (call $f (local.get $t)))))
            """
        let code = try code(text)
        #expect(code.bytes.indices.dropFirst().count { code.bytes[$0 - 1] == 0xC9 && code.bytes[$0] == 0xC3 } > 1)
    }
}

extension EmissionTests {
    @Test func leavesMakeNoFrame() throws {
        // push rbp
        let leaf = "(module (memory 1) (func (param i32) (result i32) (i32.load (local.get 0))))"
        #expect(try code(leaf).bytes.first != 0x55)
        #expect(try code(leaf, without: .frameless).bytes.first == 0x55)
        let calling = "(module (func $f (param i32) (result i32) (i32.add (call $f (local.get 0)) (i32.const 1))))"
        #expect(try code(calling).bytes.first == 0x55)
        let parameters = String(repeating: "i32 ", count: 9)
        #expect(try code("(module (func (param \(parameters)) (result i32) (local.get 8)))").bytes.first == 0x55)
    }
}
