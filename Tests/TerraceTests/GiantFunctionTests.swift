// Functions and modules of hostile sizes in the second tier: they compile, do what baseline code does, and their code grows
// with them and no faster. Nothing is timed.

import FuzzSupport
import Synchronization
import Terrace
import Testing

@Suite(.serialized) struct GiantFunctionTests {
    /// A body of one function of two i32 parameters and an i32 result, as bytes of operators.
    private struct Body {
        var bytes: [UInt8] = []
        private var random: UInt64 = 1

        /// A number below `count`, always the same ones.
        mutating func next(_ count: Int) -> Int {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(random >> 33) % count
        }
        mutating func add(_ opcodes: UInt8...) { bytes += opcodes }
        mutating func get(_ local: Int) {
            bytes.append(0x20)
            bytes.appendUnsigned(local)
        }
        mutating func set(_ local: Int) {
            bytes.append(0x21)
            bytes.appendUnsigned(local)
        }
        mutating func constant(_ value: Int) {
            bytes.append(0x41)
            bytes.appendSigned(Int64(value))
        }
        /// Gives locals values that no compiler knows.
        mutating func load(_ locals: Int) {
            for local in 2..<locals {
                constant(local % 16_000 * 4)
                add(0x28, 2, 0)
                set(local)
            }
        }
    }

    /// What a module does and what became of its functions.
    private struct Outcome {
        var result: Int32
        var failures: [String] = []
        var bytecodeBytes = 0
        var codeBytes = 0
    }

    private static func module(_ body: Body, locals: Int, functions: Int = 1) -> [UInt8] {
        var function: [UInt8] = []
        if locals > 2 {
            function.appendUnsigned(1)
            function.appendUnsigned(locals - 2)
            function.append(0x7F)
        } else {
            function.append(0)
        }
        function += body.bytes + [0x0B]
        var bytes: [UInt8] = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0]
        bytes.appendSection(1, count: 1, [0x60, 2, 0x7F, 0x7F, 1, 0x7F])
        bytes.appendSection(3, count: functions, Array(repeating: 0, count: functions))
        bytes.appendSection(5, count: 1, [0, 1])
        bytes.appendSection(7, count: 1, [1, 0x66, 0, 0])
        var code: [UInt8] = []
        for _ in 0..<functions {
            code.appendUnsigned(function.count)
            code += function
        }
        bytes.appendSection(10, count: functions, code)
        return bytes
    }

    private static func run(_ bytes: [UInt8], _ tiering: TieringMode) throws -> Outcome {
        var configuration = Configuration()
        configuration.tiering = tiering
        let engine = try Engine(configuration)
        let noted = Mutex(Outcome(result: 0))
        let observation = engine.storage.tiering.events.observe { event in
            noted.withLock {
                if let failure = event.failure { $0.failures.append(failure) }
                $0.bytecodeBytes += event.bytecodeBytes
                $0.codeBytes += event.codeBytes
            }
        }
        let instance = try Instance(Store(engine), Module(engine, bytes: bytes))
        let results = try instance.function("f")?.call([.i32(5), .i32(7)])
        withExtendedLifetime(observation) {}
        var outcome = noted.withLock { $0 }
        if case .i32(let value)? = results?.first { outcome.result = value }
        return outcome
    }

    /// - Parameter growth: at most so many bytes of code for one of bytecode.
    private func check(_ body: Body, locals: Int, functions: Int = 1, growth: Int = 12) throws {
        let bytes = Self.module(body, locals: locals, functions: functions)
        let expected = try Self.run(bytes, .baseline)
        let actual = try Self.run(bytes, .optimized)
        #expect(actual.result == expected.result)
        #expect(actual.failures == [])
        #expect(actual.bytecodeBytes >= bytes.count / 2)
        #expect(actual.codeBytes > 0)
        #expect(actual.codeBytes <= growth * actual.bytecodeBytes)
    }

    @Test func oneFunctionOfAMegabyte() throws {
        var body = Body()
        body.load(100)
        while body.bytes.count < 1 << 20 {
            switch body.next(4) {
            case 0:
                // Both arms assign.
                body.get(body.next(100))
                body.add(0x04, 0x40)
                body.get(body.next(100))
                body.get(body.next(100))
                body.add(0x6A)
                body.set(body.next(100))
                body.add(0x05)
                body.get(body.next(100))
                body.set(body.next(100))
                body.add(0x0B)
            case 1:
                // A loop of a few rounds.
                body.constant(3)
                body.set(1)
                body.add(0x03, 0x40)
                body.get(body.next(100))
                body.get(1)
                body.add(0x6C)
                body.set(2 + body.next(98))
                body.get(1)
                body.constant(1)
                body.add(0x6B, 0x22, 1, 0x0D, 0, 0x0B)
            default:
                body.get(body.next(100))
                body.get(body.next(100))
                body.add([0x6A, 0x6B, 0x6C, 0x71, 0x72, 0x73, 0x74, 0x48][body.next(8)])
                body.set(body.next(100))
            }
        }
        body.get(5)
        try check(body, locals: 100)
    }

    @Test func aFunctionThatIsTooLargeStaysInBaselineCode() throws {
        var body = Body()
        while body.bytes.count <= 2 << 20 {
            body.get(0)
            body.constant(3)
            body.add(0x6C)
            body.set(0)
        }
        body.get(0)
        let bytes = Self.module(body, locals: 2)
        let expected = try Self.run(bytes, .baseline)
        let actual = try Self.run(bytes, .optimized)
        #expect(actual.result == expected.result)
        #expect(actual.failures.count == 1)
    }

    @Test(arguments: [1000, 10_000, 40_000])
    func manyLocals(_ count: Int) throws {
        var body = Body()
        body.load(count)
        for _ in 0..<5000 {
            body.get(body.next(count))
            body.add(0x04, 0x40)
            body.get(body.next(count))
            body.set(body.next(count))
            body.add(0x0B)
        }
        for local in 0..<count { body.get(local) }
        body.bytes += Array(repeating: 0x73, count: count - 1)
        try check(body, locals: count)
    }

    @Test func fiftyThousandFunctions() throws {
        var body = Body()
        for _ in 0..<5 {
            body.get(body.next(2))
            body.get(body.next(2))
            body.add(0x6A)
            body.set(body.next(2))
        }
        body.get(0)
        try check(body, locals: 2, functions: 50_000)
    }

    @Test(arguments: [UInt8(0x02), 0x03])
    func nestingOfAThousand(_ opcode: UInt8) throws {
        var body = Body()
        body.load(100)
        for depth in 0..<1000 {
            body.add(opcode, 0x40)
            body.get(depth % 100)
            body.set(depth * 7 % 100)
        }
        for depth in 0..<1000 {
            body.get(2 + depth % 98)
            body.constant(-1)
            body.add(0x46, 0x0D, 0, 0x0B)
        }
        body.get(5)
        try check(body, locals: 100, growth: 60)
    }

    /// Each loop's values are those of the loop around it.
    @Test func aThousandLoopsAroundManyLocals() throws {
        var body = Body()
        body.load(2000)
        for _ in 0..<1000 { body.add(0x03, 0x40) }
        for local in 2..<2000 {
            body.get(local)
            body.set(local)
        }
        for _ in 0..<1000 {
            body.get(0)
            body.add(0x45, 0x0D, 0, 0x0B)
        }
        body.get(5)
        try check(body, locals: 2000)
    }

    @Test(arguments: [10, 1000, 20_000])
    func tablesOf60000(_ targets: Int) throws {
        var body = Body()
        for _ in 0..<targets { body.add(0x02, 0x40) }
        body.get(0)
        body.add(0x0E)
        body.bytes.appendUnsigned(60_000)
        for _ in 0...60_000 { body.bytes.appendUnsigned(body.next(targets)) }
        for target in 0..<targets {
            body.add(0x0B)
            body.get(1)
            body.constant(target)
            body.add(0x6A)
            body.set(1)
        }
        body.get(1)
        try check(body, locals: 2)
    }

    @Test func anExpressionOf100000Operands() throws {
        var body = Body()
        for index in 0..<100_000 {
            body.constant(index % 1000 * 4)
            body.add(0x28, 2, 0)
        }
        body.bytes += Array(repeating: 0x73, count: 99_999)
        try check(body, locals: 2)
    }

    @Test(arguments: [10, 1000])
    func manyParametersAndResults(_ count: Int) throws {
        let types: [UInt8] = [0x7F, 0x7E, 0x7D, 0x7C, 0x7B]
        let parameters = (0..<count).map { types[$0 % 5] }
        var bytes: [UInt8] = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0]
        var section: [UInt8] = [0x60, 2, 0x7F, 0x7F, 1, 0x7F, 0x60]
        for _ in 0..<2 {
            section.appendUnsigned(count)
            section += parameters
        }
        bytes.appendSection(1, count: 2, section)
        bytes.appendSection(3, count: 3, [0, 1, 1])
        bytes.appendSection(5, count: 1, [0, 1])
        bytes.appendSection(7, count: 1, [1, 0x66, 0, 0])
        // Makes the arguments, has them passed on twice, and counts those of each type that came back.
        var caller = Body()
        for index in 0..<count {
            switch index % 5 {
            case 0: caller.constant(index)
            case 1: caller.add(0x42, 9)
            case 2: caller.add(0x43, 0, 0, 0x80, 0x3F)
            case 3: caller.add(0x44, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F)
            default: caller.bytes += [0xFD, 0x0C] + Array(repeating: 1, count: 16)
            }
        }
        caller.add(0x10, 1)
        for index in (0..<count).reversed() {
            switch index % 5 {
            case 0: caller.add(0x20, 0, 0x6A, 0x21, 0)
            case 1: caller.add(0xA7, 0x20, 0, 0x6A, 0x21, 0)
            case 2: caller.add(0xA8, 0x20, 0, 0x6A, 0x21, 0)
            case 3: caller.add(0xAA, 0x20, 0, 0x6A, 0x21, 0)
            default: caller.add(0xFD, 0x1B, 2, 0x20, 0, 0x6A, 0x21, 0)
            }
        }
        caller.get(0)
        var passing = Body()
        for index in 0..<count { passing.get(index) }
        let identity = passing
        passing.add(0x10, 2)
        var code: [UInt8] = []
        for body in [caller, passing, identity] {
            code.appendUnsigned(body.bytes.count + 2)
            code += [0] + body.bytes + [0x0B]
        }
        bytes.appendSection(10, count: 3, code)
        let expected = try Self.run(bytes, .baseline)
        let actual = try Self.run(bytes, .optimized)
        #expect(actual.result == expected.result)
        #expect(actual.failures == [])
        #expect(actual.codeBytes > 0 && actual.codeBytes <= 12 * actual.bytecodeBytes)
    }

    /// Two bytes pass a thousand operands and take a thousand back.
    @Test func callsOfManyOperandsAreGivenUp() throws {
        let count = 1000
        var bytes: [UInt8] = [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0]
        var section: [UInt8] = [0x60, 2, 0x7F, 0x7F, 1, 0x7F, 0x60]
        for _ in 0..<2 {
            section.appendUnsigned(count)
            section += Array(repeating: 0x7F, count: count)
        }
        bytes.appendSection(1, count: 2, section)
        bytes.appendSection(3, count: 2, [0, 1])
        bytes.appendSection(7, count: 1, [1, 0x66, 0, 0])
        var caller = Body()
        for _ in 0..<count { caller.get(1) }
        for _ in 0..<500 { caller.add(0x10, 1) }
        caller.bytes += Array(repeating: 0x6A, count: count - 1)
        var identity = Body()
        for index in 0..<count { identity.get(index) }
        var code: [UInt8] = []
        for body in [caller, identity] {
            code.appendUnsigned(body.bytes.count + 2)
            code += [0] + body.bytes + [0x0B]
        }
        bytes.appendSection(10, count: 2, code)
        let actual = try Self.run(bytes, .optimized)
        #expect(actual.result == 7000)
        #expect(actual.failures.count == 1)
    }
}
