// Random valid modules: the whole module around the functions.
//
// Everything follows from the seed. Modules end, because calls and loops spend fuel; and they are deterministic, because
// NaNs become canonical before their bits can be seen.

import WasmFormat

/// Makes modules from seeds.
public enum RandomModule {
    public static func make(seed: UInt64, options: GeneratorOptions = GeneratorOptions()) -> GeneratedModule {
        var random = SeededRandom(seed: seed)
        var libraryRandom = random.fork()
        let instanceCount = options.richModules && libraryRandom.chance(percent: 30) ? 2 : 1
        guard options.libraries, random.chance(percent: 30) else {
            var module = make(options, library: nil, &random).module
            module.instanceCount = instanceCount
            return module
        }
        let library = make(options, library: nil, &libraryRandom)
        var result = make(options, library: library.plan, &random).module
        result.library = library.module.bytes
        result.instanceCount = instanceCount
        // Functions of the host have final types, which imports of open types do not take.
        result.wrapsLibrary = !library.plan.opensTypes && random.chance(percent: 40)
        result.parts = library.module.parts + result.parts
        return result
    }

    private static func make(
        _ options: GeneratorOptions, library: ModulePlan?, _ random: inout SeededRandom
    ) -> (module: GeneratedModule, plan: ModulePlan) {
        var planRandom = random.fork()
        var plan = ModulePlan(options: options, library: library, random: &planRandom)
        var bodies: [[UInt8]] = []
        for signature in plan.definedFunctions {
            var stream = random.fork()
            var generator = FunctionGenerator(plan: plan, signature: signature, random: &stream)
            let largest = options.maximumFunctionSize
            let size = stream.pick([largest / 40, largest / 15, largest / 6, largest / 3, largest])
            generator.writeBody(size: size * (50 + stream.below(50)) / 100, &stream)
            plan = generator.plan
            bodies.append(generator.body)
        }
        var signatures = Array(plan.definedFunctions)
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
        var start: Int?
        if options.richModules, random.chance(percent: 15) {
            let function = FunctionGenerator.start(
                plan: plan, calling: random.below(plan.functions.count), &random)
            start = plan.index(ofFunction: plan.functions.count) + bodies.count - plan.definedFunctions.count
            bodies.append(function.body)
            signatures.append(function.signature)
        }
        let typeIndices = signatures.enumerated().map { number, signature in
            // The functions that hold generated code may be of derived types.
            plan.typeIndex(signature, level: number < plan.definedFunctions.count ? plan.level(&random) : 0)
        }
        let imports = imports(&plan)
        let bytes = assemble(
            plan, imports: imports, typeIndices: typeIndices, bodies: bodies, drivers: drivers, start: start, &random)
        return (GeneratedModule(bytes: bytes, library: nil, drivers: drivers, parts: plan.parts), plan)
    }

    /// The entries of the import section, and how many they are.
    private static func imports(_ plan: inout ModulePlan) -> (count: Int, bytes: [UInt8]) {
        var count = 0
        var bytes: [UInt8] = []
        func begin(_ name: String, _ kind: UInt8, from module: String = GeneratedModule.libraryName) {
            count += 1
            bytes.appendName(module)
            bytes.appendName(name)
            bytes.append(kind)
        }
        func hostObjects() {
            for number in 0..<plan.imports.hostObjects {
                begin("e\(number)", 3, from: GeneratedModule.hostName)
                bytes += [ValueKind.externref.code, 0]
            }
        }
        if plan.imports.isEmpty {
            hostObjects()
            return (count, bytes)
        }
        for (index, function) in plan.imports.functions.enumerated() {
            begin("f\(function)", 0)
            bytes.appendUnsigned(plan.typeIndex(plan.functions[index]))
        }
        begin(GeneratedModule.checksumName, 0)
        bytes.appendUnsigned(plan.typeIndex(Signature([], [.i64])))
        for (index, global) in plan.imports.globals.enumerated() {
            begin("g\(global)", 3)
            bytes += [plan.globals[index].kind.code, plan.globals[index].isMutable ? 1 : 0]
        }
        hostObjects()
        if plan.imports.importsMemory {
            begin("m0", 2)
            bytes += limits(plan.memories[0])
        }
        if plan.imports.importsTable {
            begin("t", 1)
            bytes += tableType(plan)
        }
        return (count, bytes)
    }

    private static func limits(_ memory: PlannedMemory) -> [UInt8] {
        var bytes: [UInt8] = [
            (memory.maximumPages == nil ? 0 : 0x01) | (memory.is64 ? 0x04 : 0) | (memory.hasPageSize ? 0x08 : 0)
        ]
        bytes.appendUnsigned(memory.minimumPages)
        if let maximum = memory.maximumPages { bytes.appendUnsigned(maximum) }
        if memory.hasPageSize { bytes.append(UInt8(memory.pageSizeLog2)) }
        return bytes
    }

    /// Entries of the table section besides the first table's.
    private static func furtherTables(_ plan: ModulePlan) -> [UInt8] {
        plan.furtherTables.flatMap { [$0.kind.code, $0.is64 ? 0x05 : 0x01, UInt8($0.count), UInt8($0.maximum)] }
    }

    private static func tableType(_ plan: ModulePlan) -> [UInt8] {
        [0x70, plan.tableIs64 ? 0x05 : 0x01, UInt8(plan.tableSlots.count), UInt8(plan.tableSlots.count + 6)]
    }

    private static func assemble(
        _ plan: ModulePlan, imports: (count: Int, bytes: [UInt8]), typeIndices: [Int], bodies: [[UInt8]],
        drivers: [String], start: Int?, _ random: inout SeededRandom
    ) -> [UInt8] {
        var bytes: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]
        var types: [UInt8] = []
        for type in plan.types {
            if plan.opensTypes {
                types += [0x50, type.supertype == nil ? 0 : 1]
                if let supertype = type.supertype { types.appendUnsigned(supertype) }
            }
            types.append(0x60)
            types.appendUnsigned(type.signature.parameters.count)
            types += type.signature.parameters.map(\.code)
            types.appendUnsigned(type.signature.results.count)
            types += type.signature.results.map(\.code)
        }
        bytes.appendSection(1, count: plan.types.count, types)
        bytes.appendSection(2, count: imports.count, imports.bytes)
        var functions: [UInt8] = []
        for index in typeIndices { functions.appendUnsigned(index) }
        bytes.appendSection(3, count: typeIndices.count, functions)
        bytes.appendSection(
            4, count: (plan.imports.importsTable ? 0 : 1) + plan.furtherTables.count,
            (plan.imports.importsTable ? [] : tableType(plan)) + furtherTables(plan))
        let memories = plan.memories.dropFirst(plan.imports.importsMemory ? 1 : 0)
        bytes.appendSection(5, count: memories.count, memories.flatMap(limits))
        let globals = plan.globals.dropFirst(plan.importedGlobalCount)
        bytes.appendSection(6, count: globals.count, contents(of: globals, plan, &random))
        let exports = exports(plan, drivers)
        bytes.appendSection(7, count: exports.count, exports.flatMap(\.self))
        if let start {
            var entry: [UInt8] = []
            entry.appendUnsigned(start)
            bytes += [8, UInt8(entry.count)] + entry
        }
        bytes.appendSection(
            9, count: 1 + plan.passiveElementCounts.count + 2 * plan.furtherTables.count,
            elements(plan, &random) + furtherElements(plan, &random))
        let extraData = plan.options.richModules ? furtherData(plan, &random) : []
        bytes += [12, 1, UInt8(1 + plan.passiveDataLengths.count + extraData.count)]
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
        for segment in extraData { data += segment }
        bytes.appendSection(11, count: 1 + plan.passiveDataLengths.count + extraData.count, data)
        return bytes
    }

    /// A constant of several instructions that gives an address.
    private static func sum(_ value: Int, is64: Bool, _ random: inout SeededRandom) -> [UInt8] {
        let part = random.below(1000) - 500
        var bytes: [UInt8] = [is64 ? 0x42 : 0x41]
        bytes.appendSigned(is64 ? Int64(value - part) : Int64(Int32(truncatingIfNeeded: value - part)))
        bytes.append(is64 ? 0x42 : 0x41)
        bytes.appendSigned(Int64(part))
        return bytes + [is64 ? 0x7C : 0x6A, 0x0B]
    }

    /// Active segments for all memories, at any place and rarely beyond the end.
    private static func furtherData(_ plan: ModulePlan, _ random: inout SeededRandom) -> [[UInt8]] {
        (0..<random.below(4)).map { _ in
            let memory = random.below(plan.memories.count)
            let size = plan.memories[memory].minimumBytes
            let length = random.below(30)
            let place = random.chance(percent: 4) ? size - length + random.below(3) : random.below(size - 30)
            var bytes: [UInt8] = [0x02]
            bytes.appendUnsigned(memory)
            bytes += sum(place, is64: plan.memories[memory].is64, &random)
            bytes.appendUnsigned(length)
            for _ in 0..<length { bytes.append(UInt8(truncatingIfNeeded: random.next())) }
            return bytes
        }
    }

    /// For each further table an active segment that fills it, and a passive one, in several forms.
    private static func furtherElements(_ plan: ModulePlan, _ random: inout SeededRandom) -> [UInt8] {
        var bytes: [UInt8] = []
        func expression(_ kind: ValueKind, _ number: Int) {
            if kind == .externref {
                if number % 4 == 3 { bytes += [0xD0, 0x6F] } else { bytes.append(0x23) }
                if number % 4 != 3 {
                    bytes.appendUnsigned(plan.importedGlobalCount - plan.imports.hostObjects + number % 4)
                }
            } else {
                bytes.append(0xD2)
                bytes.appendUnsigned(plan.index(ofFunction: number % plan.functions.count))
            }
            bytes.append(0x0B)
        }
        for (number, table) in plan.furtherTables.enumerated() {
            let usesIndices = table.kind == .funcref && random.chance(percent: 50)
            bytes += [usesIndices ? 0x02 : 0x06, UInt8(number + 1)]
            bytes += sum(0, is64: table.is64, &random)
            bytes.append(usesIndices ? 0x00 : table.kind.code)
            bytes.appendUnsigned(table.count)
            for item in 0..<table.count {
                if usesIndices {
                    bytes.appendUnsigned(plan.index(ofFunction: item % plan.functions.count))
                } else {
                    expression(table.kind, item)
                }
            }
            bytes += [0x05, table.kind.code]
            bytes.appendUnsigned(ModulePlan.furtherSegmentLength)
            for item in 0..<ModulePlan.furtherSegmentLength { expression(table.kind, item + random.below(4)) }
        }
        return bytes
    }

    private static func contents(
        of globals: ArraySlice<PlannedGlobal>, _ plan: ModulePlan, _ random: inout SeededRandom
    ) -> [UInt8] {
        // A generator for its constants alone.
        var constants = FunctionGenerator(plan: plan, signature: Signature([], []), locals: [])
        for global in globals {
            constants.code += [global.kind.code, global.isMutable ? 1 : 0]
            if plan.options.richModules, random.chance(percent: 40) {
                richConstant(global.kind, plan, &constants, &random)
            } else {
                constants.constant(global.kind, &random)
            }
            constants.code.append(0x0B)
        }
        return constants.code
    }

    /// A constant expression of several instructions, or one that reads another global.
    private static func richConstant(
        _ kind: ValueKind, _ plan: ModulePlan, _ constants: inout FunctionGenerator, _ random: inout SeededRandom
    ) {
        let sources = (0..<plan.importedGlobalCount).filter {
            plan.globals[$0].kind == kind && !plan.globals[$0].isMutable
        }
        if !sources.isEmpty, random.chance(percent: 60) { return constants.emit(.globalGet, random.pick(sources)) }
        constants.constant(kind, &random)
        guard kind == .i32 || kind == .i64 else { return }
        for _ in 0..<random.below(4) {
            constants.constant(kind, &random)
            constants.emit(random.pick(kind == .i32 ? [.i32Add, .i32Sub, .i32Mul] : [.i64Add, .i64Sub, .i64Mul]))
        }
    }

    private static func exports(_ plan: ModulePlan, _ drivers: [String]) -> [[UInt8]] {
        var entries: [[UInt8]] = []
        func add(_ name: String, _ kind: UInt8, _ index: Int) {
            var entry: [UInt8] = []
            entry.appendName(name)
            entry.append(kind)
            entry.appendUnsigned(index)
            entries.append(entry)
        }
        for function in plan.functions.indices { add("f\(function)", 0, plan.index(ofFunction: function)) }
        for (index, name) in (drivers + [GeneratedModule.checksumName]).enumerated() {
            add(name, 0, plan.index(ofFunction: plan.functions.count) + index)
        }
        for index in plan.globals.indices { add("g\(index)", 3, index) }
        for index in plan.memories.indices { add("m\(index)", 2, index) }
        add("t", 1, 0)
        for index in plan.furtherTables.indices { add("t\(index + 1)", 1, index + 1) }
        return entries
    }

    private static func elements(_ plan: ModulePlan, _ random: inout SeededRandom) -> [UInt8] {
        var bytes: [UInt8] = [0x04, plan.tableIs64 ? 0x42 : 0x41, 0x00, 0x0B]
        bytes.appendUnsigned(plan.tableFunctions.count)
        for function in plan.tableFunctions {
            if let function {
                bytes.append(0xD2)
                bytes.appendUnsigned(plan.index(ofFunction: function))
            } else {
                bytes += [0xD0, 0x70]
            }
            bytes.append(0x0B)
        }
        for count in plan.passiveElementCounts {
            bytes += [0x01, 0x00]
            bytes.appendUnsigned(count)
            for _ in 0..<count { bytes.appendUnsigned(plan.index(ofFunction: random.below(plan.functions.count))) }
        }
        return bytes
    }
}
