// Random valid modules: the whole module around the functions.
//
// Everything follows from the seed. Modules end, because calls and loops spend fuel; and they are deterministic, because
// NaNs become canonical before their bits can be seen.

import WasmFormat

/// Makes modules from seeds.
public enum RandomModule {
    public static func make(seed: UInt64, options: GeneratorOptions = GeneratorOptions()) -> GeneratedModule {
        var random = SeededRandom(seed: seed)
        var planRandom = random.fork()
        var plan = ModulePlan(options: options, random: &planRandom)
        var bodies: [[UInt8]] = []
        for signature in plan.functions {
            var stream = random.fork()
            var generator = FunctionGenerator(plan: plan, signature: signature, random: &stream)
            let size = options.maximumFunctionSize
            generator.writeBody(
                size: stream.pick([size / 20, size / 6, size / 3, size]) * (50 + stream.below(50)) / 100, &stream)
            plan = generator.plan
            bodies.append(generator.body)
        }
        var signatures = plan.functions
        var drivers: [String] = []
        for function in plan.functions.indices {
            for _ in 0..<2 {
                let fuel = 30 + random.below(250)
                let driver = FunctionGenerator.driver(plan: plan, calling: function, fuel: fuel, &random)
                bodies.append(driver.body)
                signatures.append(driver.signature)
                drivers.append("run\(drivers.count)")
            }
        }
        let checksum = FunctionGenerator.checksum(plan: plan)
        bodies.append(checksum.body)
        signatures.append(checksum.signature)
        let typeIndices = signatures.map { plan.typeIndex($0) }
        let bytes = assemble(
            plan, typeIndices: typeIndices, bodies: bodies, drivers: drivers, &random)
        return GeneratedModule(bytes: bytes, drivers: drivers, parts: plan.parts)
    }

    private static func assemble(
        _ plan: ModulePlan, typeIndices: [Int], bodies: [[UInt8]], drivers: [String], _ random: inout SeededRandom
    ) -> [UInt8] {
        var bytes: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]
        var types: [UInt8] = []
        for type in plan.types {
            types.append(0x60)
            types.appendUnsigned(type.parameters.count)
            types += type.parameters.map(\.code)
            types.appendUnsigned(type.results.count)
            types += type.results.map(\.code)
        }
        bytes.appendSection(1, count: plan.types.count, types)
        var functions: [UInt8] = []
        for index in typeIndices { functions.appendUnsigned(index) }
        bytes.appendSection(3, count: typeIndices.count, functions)
        bytes.appendSection(
            4, count: 1, [0x70, 0x01, UInt8(plan.tableSlots.count), UInt8(plan.tableSlots.count + 6)])
        var memories: [UInt8] = []
        for memory in plan.memories { memories += [memory.is64 ? 0x05 : 0x01, 1, UInt8(memory.maximumPages)] }
        bytes.appendSection(5, count: plan.memories.count, memories)
        bytes.appendSection(6, count: plan.globals.count, globals(plan, &random))
        bytes.appendSection(7, count: drivers.count + 1 + plan.functions.count, exports(plan, drivers))
        bytes.appendSection(9, count: 1 + plan.passiveElementCounts.count, elements(plan, &random))
        bytes += [12, 1, UInt8(1 + plan.passiveDataLengths.count)]
        var code: [UInt8] = []
        for body in bodies {
            code.appendUnsigned(body.count)
            code += body
        }
        bytes.appendSection(10, count: bodies.count, code)
        var data: [UInt8] = []
        data += plan.memories[0].is64 ? [0x00, 0x42, 16, 0x0B] : [0x00, 0x41, 16, 0x0B]
        data.appendUnsigned(200)
        for _ in 0..<200 { data.append(UInt8(truncatingIfNeeded: random.next())) }
        for length in plan.passiveDataLengths {
            data.append(0x01)
            data.appendUnsigned(length)
            for _ in 0..<length { data.append(UInt8(truncatingIfNeeded: random.next())) }
        }
        bytes.appendSection(11, count: 1 + plan.passiveDataLengths.count, data)
        return bytes
    }

    private static func globals(_ plan: ModulePlan, _ random: inout SeededRandom) -> [UInt8] {
        // A generator for its constants alone.
        var constants = FunctionGenerator(plan: plan, signature: Signature([], []), locals: [])
        for global in plan.globals {
            constants.code += [global.kind.code, global.isMutable ? 1 : 0]
            constants.constant(global.kind, &random)
            constants.code.append(0x0B)
        }
        return constants.code
    }

    private static func exports(_ plan: ModulePlan, _ drivers: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        let names = plan.functions.indices.map { "f\($0)" } + drivers + [GeneratedModule.checksumName]
        for (index, name) in names.enumerated() {
            bytes.appendName(name)
            bytes.append(0)
            bytes.appendUnsigned(index)
        }
        return bytes
    }

    private static func elements(_ plan: ModulePlan, _ random: inout SeededRandom) -> [UInt8] {
        var bytes: [UInt8] = [0x04, 0x41, 0x00, 0x0B]
        bytes.appendUnsigned(plan.tableSlots.count)
        for slot in plan.tableSlots {
            if let slot {
                bytes.append(0xD2)
                bytes.appendUnsigned(slot)
            } else {
                bytes += [0xD0, 0x70]
            }
            bytes.append(0x0B)
        }
        for count in plan.passiveElementCounts {
            bytes += [0x01, 0x00]
            bytes.appendUnsigned(count)
            for _ in 0..<count { bytes.appendUnsigned(random.below(plan.functions.count)) }
        }
        return bytes
    }
}
