// All who read operators come to the same place: validator, reader, prescan, compiler, printer and parser. What the table
// says of an operator's effects is what compiled code does.

import Terrace
import TerraceABI
import TerraceAssembler
import TerraceCode
import TerraceCompilation
import Testing
import WasmFormat
import WasmText

@testable import TerraceBaseline

@Suite struct OperatorAgreementTests {
    private static let operators = Opcode.allCases.filter { $0.info.feature != .legacyExceptions }

    private func decode(_ body: [UInt8]) throws -> WasmModule {
        let module = try WasmModule.decode(ModuleBytes(OperatorModule.module(body)))
        try module.validate(jobs: 1)
        return module
    }

    @Test func readersScansAndPrintersTakeTheSameBytes() throws {
        var count = 0
        for opcode in Self.operators {
            for sample in OperatorSample.all(of: opcode) {
                let place: Comment = "\(opcode.textName) \(sample.immediates)"
                let body = SampleBody(sample, shortest: false, operands: nil)
                let module: WasmModule
                do { module = try decode(body.bytes) } catch {
                    Issue.record("\(place): \(error)")
                    continue
                }
                count += 1
                let range = module.bodies[0].bytes

                // The reader passes over the immediates where the validator found them.
                var reader = TrustedReader(module.bytes, at: range.lowerBound + body.operatorOffset)
                #expect(reader.readOpcode() == opcode, place)
                reader.skipImmediates(of: opcode)
                #expect(reader.offset == range.lowerBound + body.operatorEnd, place)

                // The prescan sees the mark behind the operator, and the operator's effects.
                var prescan = FunctionPrescan()
                prescan.scan(TrustedReader(module.bytes, at: module.bodies[0].codeOffset), to: range.upperBound)
                let isComplete = prescan.isComplete
                #expect(isComplete, place)
                #expect(prescan.lastRead[Int(markedLocal)] == range.lowerBound + body.markOffset, place)
                #expect(prescan.loops.count == (opcode == .loop ? 2 : 1), place)
                #expect(prescan.loops[0].hasCall == opcode.info.effects.contains(.callsOut), place)
                let site = prescan.indirectCallNumber(at: range.lowerBound + body.operatorOffset)
                #expect(site == (opcode.info.effects.contains(.callsIndirectly) ? 0 : nil), place)
                #expect(prescan.indirectCalls.count == (site == nil ? 0 : 1), place)

                // The text is that of the shortest form, and gives the shortest form back.
                let shortest = SampleBody(sample, shortest: true, operands: nil)
                let text = try WatPrinter.print(module)
                #expect(try text == WatPrinter.print(decode(shortest.bytes)), place)
                let parsed = try WasmModule.decode(ModuleBytes(WatParser.parse(text)))
                #expect(Array(parsed.bytes.buffer[parsed.bodies[0].bytes]) == shortest.bytes, place)
            }
        }
        #expect(count > 2 * Self.operators.count)
    }

    @Test func compiledCodeDoesWhatRowsSay() throws {
        var compiled = Set<Opcode>()
        for opcode in Self.operators {
            for sample in OperatorSample.all(of: opcode) {
                guard let operands = sample.liveOperands else { continue }
                let place: Comment = "\(opcode.textName) \(sample.immediates)"
                let body = SampleBody(sample, shortest: false, operands: OperatorModule.operands(operands))
                let module: WasmModule
                do { module = try decode(body.bytes) } catch {
                    Issue.record("\(place): \(error)")
                    continue
                }
                var compiler = BaselineCompiler(
                    environment: ModuleEnvironment(module: module, features: .required))
                do throws(CompileError) {
                    try compiler.compile(functionIndex: 0)
                } catch {
                    guard case .unsupported = error else {
                        Issue.record("\(place): \(error)")
                        continue
                    }
                    continue
                }
                compiled.insert(opcode)
                let offset = UInt32(module.bodies[0].bytes.lowerBound + body.operatorOffset)
                let calls = compiler.callSites.contains { $0.bytecodeOffset == offset }
                let traps = compiler.trapSites.contains {
                    $0.bytecodeOffset == offset && $0.kind != .stackLimit && $0.kind != .interruptCheck
                }
                let effects = opcode.info.effects
                let isTailCall = opcode.textName.hasPrefix("return_call")
                #expect(calls == effects.contains(.callsOut) || isTailCall, place)
                // What a callee does, a trap included, is no trap site of the caller.
                #expect(traps == effects.contains(.mayTrap) || (!traps && effects.contains(.callsOut)), place)
            }
        }
        let missing = Set(Self.operators).subtracting(compiled).filter {
            ![.gc, .threads, .exceptions].contains($0.info.feature)
        }
        #expect(missing.isEmpty, "not compiled: \(missing.map(\.textName))")
    }

    /// All operators that access memory 0, run on bytes that they change if they write at all.
    @Test func operatorsThatChangeMemoryAreThoseThatRowsName() throws {
        let engine = try Engine()
        var writers = 0
        for opcode in Self.operators {
            var operands: [UInt8]
            switch opcode.info.immediates {
            case .memoryArgument, .memoryArgumentLane:
                guard let types = OperatorSample.all(of: opcode)[0].liveOperands else { continue }
                operands = OperatorModule.operands(types)
            // To 0 from 1000, a byte of it; or a segment's byte.
            case .memoryIndexPair: operands = [0x41, 0, 0x41, 0xE8, 0x07, 0x41, 1]
            case .memoryIndex where opcode == .memoryFill, .dataAndMemory: operands = [0x41, 0, 0x41, 0, 0x41, 1]
            default: continue
            }
            let sample = OperatorSample.all(of: opcode)[0]
            let body = SampleBody(sample, shortest: true, operands: operands)
            let instance = try Instance(try Store(engine), Module(engine, bytes: OperatorModule.module(body.bytes)))
            let memory = try #require(instance.memory("m"))
            let before = try memory.readBytes(at: 0, count: 24)
            do {
                _ = try #require(instance.function("f")).call([])
                Issue.record("\(opcode.textName): the body does not end in a trap")
            } catch let trap as Trap {
                // Operators that are not compiled yet trap otherwise.
                guard trap.kind == .unreachable else { continue }
            }
            let isChanged = try memory.readBytes(at: 0, count: 24) != before
            #expect(isChanged == opcode.info.effects.contains(.writesMemory), "\(opcode.textName)")
            if isChanged { writers += 1 }
        }
        // Nine scalar stores, five of vectors, three bulk operations.
        #expect(writers == 9 + 5 + 3)
    }
}

/// The compiler's own check that it read what the prescan read.
@Suite struct PrescanAgreementTests {
    private static let text = """
        (module (type $t (func)) (table 1 funcref)
          (func (param i32) (result i32)
            (call_indirect (type $t) (i32.const 0))
            (i32.const 1000)
            (i32.add (local.get 0))))
        """

    /// A compiler behind the function.
    private func compiled() throws -> BaselineCompiler {
        let module = try WasmModule.decode(ModuleBytes(WatParser.parse(Self.text)))
        try module.validate(jobs: 1)
        var compiler = BaselineCompiler(environment: ModuleEnvironment(module: module, features: .required))
        try compiler.compile(functionIndex: 0)
        return compiler
    }

    /// Where the function's operators begin, and where it ends.
    private func offsets(_ compiler: borrowing BaselineCompiler) -> [Int] {
        let module = compiler.environment.module
        var reader = TrustedReader(module.bytes, at: module.bodies[0].codeOffset)
        var offsets: [Int] = []
        while reader.offset < module.bodies[0].bytes.upperBound {
            offsets.append(reader.offset)
            let opcode = reader.readOpcode()
            reader.skipImmediates(of: opcode)
        }
        return offsets + [reader.offset]
    }

    /// What the compiler thinks of having taken the bytes between two offsets for one operator, or several.
    private func agrees(_ compiler: inout BaselineCompiler, from start: Int, to end: Int) -> Bool {
        compiler.operatorOffset = start
        compiler.reader.offset = end
        return compiler.agreesWithPrescan()
    }

    @Test func operatorsEndWhereTheirRowsSay() throws {
        var compiler = try compiled()
        let offsets = offsets(compiler)
        let boundaries = Set(offsets)
        for start in offsets.dropLast() {
            for end in (start + 1)...offsets[offsets.count - 1] {
                let isAgreed = agrees(&compiler, from: start, to: end)
                #expect(isAgreed == boundaries.contains(end))
            }
        }
    }

    @Test func readsAndIndirectCallsMustBeKnown() throws {
        var compiler = try compiled()
        let offsets = offsets(compiler)
        let (first, last) = (offsets[0], offsets[offsets.count - 1])
        var isAgreed = agrees(&compiler, from: first, to: last)
        #expect(isAgreed)
        compiler.prescan.lastRead[0] = first
        isAgreed = agrees(&compiler, from: first, to: last)
        #expect(!isAgreed)
        compiler.prescan.lastRead[0] = last
        isAgreed = agrees(&compiler, from: first, to: last)
        #expect(isAgreed)
        compiler.prescan.indirectCalls.count = 0
        isAgreed = agrees(&compiler, from: first, to: last)
        #expect(!isAgreed)
    }

    @Test func aScanThatComesOutElsewhereIsNotComplete() throws {
        let compiler = try compiled()
        let offsets = offsets(compiler)
        let bytes = compiler.environment.module.bytes
        var prescan = FunctionPrescan()
        for start in offsets.dropLast() {
            for end in (start + 1)...offsets[offsets.count - 1] {
                prescan.scan(TrustedReader(bytes, at: start), to: end)
                let isComplete = prescan.isComplete
                #expect(isComplete == (end == offsets[offsets.count - 1]))
            }
        }
    }
}
