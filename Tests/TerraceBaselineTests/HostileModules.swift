// Modules that are legal and meant to be slow to decode, validate or compile: each shape once cost many times as much per
// byte as ordinary code, in this engine or in another.

import FuzzSupport

/// A module with functions, types, and whatever other sections a shape needs.
private struct ModuleBytes {
    typealias Function = (type: Int, code: [UInt8], locals: [UInt8])

    var types: [[UInt8]]
    var functions: [Function]
    var globals: [[UInt8]] = []
    var exports: [[UInt8]] = []
    var data: [[UInt8]] = []
    var names: [UInt8] = []

    init(_ functions: [Function], types: [[UInt8]] = Types.all) {
        self.functions = functions
        self.types = types
    }

    /// One function from i32 to nothing.
    init(_ code: [UInt8], locals: [UInt8] = [0]) { self.init([(Types.takesI32, code, locals)]) }

    var bytes: [UInt8] {
        var result: [UInt8] = [0x00, 0x61, 0x73, 0x6D, 0x01, 0x00, 0x00, 0x00]
        result.appendSection(1, count: types.count, types.flatMap { $0 })
        result.appendSection(3, count: functions.count, functions.flatMap { unsigned($0.type) })
        result.appendSection(4, count: 1, [0x70, 0x00, 0x01])
        result.appendSection(5, count: 1, [0x00, 0x01])
        result.appendSection(6, count: globals.count, globals.flatMap { $0 })
        result.appendSection(7, count: exports.count, exports.flatMap { $0 })
        result.appendSection(
            10, count: functions.count,
            functions.flatMap { unsigned($0.locals.count + $0.code.count + 1) + $0.locals + $0.code + [0x0B] })
        result.appendSection(11, count: data.count, data.flatMap { $0 })
        if !names.isEmpty {
            let contents = [4] + Array("name".utf8) + [1] + unsigned(names.count) + names
            result += [0] + unsigned(contents.count) + contents
        }
        return result
    }
}

private func unsigned(_ value: Int) -> [UInt8] {
    var result: [UInt8] = []
    result.appendUnsigned(value)
    return result
}

private func signed(_ value: Int) -> [UInt8] {
    var result: [UInt8] = []
    result.appendSigned(Int64(value))
    return result
}

/// The types that shapes use, by index.
private enum Types {
    static let void = 0
    static let takesI32 = 1
    /// A thousand, the most that a type may have.
    static let givesThousand = 2
    static let handsOnThousand = 3
    static let takesThousand = 4
    private static let thousand = unsigned(1000) + [UInt8](repeating: 0x7E, count: 1000)
    static let all: [[UInt8]] = [
        [0x60, 0, 0], [0x60, 1, 0x7F, 0], [0x60, 0] + thousand, [0x60] + thousand + thousand, [0x60] + thousand + [0],
    ]
}

/// The same code again and again.
private func * (code: [UInt8], count: Int) -> [UInt8] { [UInt8](repeatElement(code, count: count).joined()) }

/// The code for each number below a count.
private func each(_ count: Int, _ code: (Int) -> [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for number in 0..<count { result += code(number) }
    return result
}

private func getLocal(_ index: Int) -> [UInt8] { [0x20] + unsigned(index) }

private let end: [UInt8] = [0x0B]
private let drop: [UInt8] = [0x1A]
private let get: [UInt8] = [0x20, 0]
private let testLocal: [UInt8] = get + [0x45]
private let block: [UInt8] = [0x02, 0x40]
private let loop: [UInt8] = [0x03, 0x40]
private let thousandConstants: [UInt8] = [0x42, 5] * 1000
private let wideFunctions: [ModuleBytes.Function] = [
    (Types.givesThousand, thousandConstants, [0]), (Types.handsOnThousand, [0x00], [0]), (Types.takesThousand, [], [0]),
]

/// A shape and how to make a module of it. `scale` divides the size: 1 gives some hundred kilobytes.
enum HostileModule: String, CaseIterable {
    case craftedConstants, giantAndDwarfs, giantOfLocalsAndDwarfs, highStack, highStackOfTwoKinds, blocksUnderHighStack
    case callsUnderHighStack, localsUnderHighStack, readsBeforeWrites, loopsInBlocks, nestedLoops, nestedConditionals
    case branchTableWithValues, branchTableOfOneLabel, wideBranches, wideBranchesWithAChange, wideReturns, wideCalls
    case wideCallsOverAnOperand, wideFunctions, wideBlocks, manyDeclaredLocals, manyGroupsOfLocals, manyLocalsUsed
    case manyTypes, equalGroups, deepTypes, manyExports, manyNames, manyGlobals, manyFunctions, manySegments

    func bytes(scale: Int) -> [UInt8] {
        module { max($0 / scale, 1) }.bytes
    }

    private func module(_ many: (Int) -> Int) -> ModuleBytes {
        switch self {
        case .craftedConstants, .giantAndDwarfs, .giantOfLocalsAndDwarfs: constantsAndDwarfs(many)
        case .highStack, .highStackOfTwoKinds, .blocksUnderHighStack, .callsUnderHighStack, .localsUnderHighStack,
            .readsBeforeWrites:
            highStacks(many)
        case .loopsInBlocks, .nestedLoops, .nestedConditionals, .branchTableWithValues, .branchTableOfOneLabel:
            control(many)
        case .wideBranches, .wideBranchesWithAChange, .wideReturns, .wideCalls, .wideCallsOverAnOperand, .wideFunctions,
            .wideBlocks:
            wide(many)
        case .manyDeclaredLocals, .manyGroupsOfLocals, .manyLocalsUsed: locals(many)
        default: sections(many)
        }
    }

    private func constantsAndDwarfs(_ many: (Int) -> Int) -> ModuleBytes {
        func square(_ bits: UInt64) -> [UInt8] {
            var code: [UInt8] = [0x44]
            code.appendLittleEndian(bits)
            return code + [0x9F, 0x1A]
        }
        let dwarfs = (0..<many(20_000)).map { number -> ModuleBytes.Function in
            (Types.takesI32, square(UInt64(number)), [0])
        }
        switch self {
        case .craftedConstants:
            // They meet in one place of a table that is hashed by a multiplication with 2^64 / golden ratio.
            var inverse: UInt64 = 1
            let factor: UInt64 = 0x9E37_79B9_7F4A_7C15
            for _ in 0..<6 { inverse = inverse &* (2 &- factor &* inverse) }
            return ModuleBytes(
                each(many(30_000)) { number in
                    let low = UInt64(number & 0xFFFF)
                    let high = UInt64(number >> 16) << 33
                    return square(((low | high) &* inverse) ^ 8)
                })
        case .giantAndDwarfs:
            let giant = each(many(20_000)) { square(UInt64($0 * 7 + 1)) }
            return ModuleBytes([(Types.takesI32, giant, [0])] + dwarfs)
        default:
            let locals = many(40_000)
            let giant = each(locals) { getLocal($0) + drop }
            return ModuleBytes([(Types.takesI32, giant, [1] + unsigned(locals) + [0x7F])] + dwarfs)
        }
    }

    private func highStacks(_ many: (Int) -> Int) -> ModuleBytes {
        let (height, count) = (many(50_000), many(30_000))
        switch self {
        case .highStack: return ModuleBytes(testLocal * height + drop * height)
        case .highStackOfTwoKinds: return ModuleBytes(get + [0xB2] + testLocal * height + drop * (height + 1))
        case .blocksUnderHighStack: return ModuleBytes(get * height + (block + end) * height + drop * height)
        case .callsUnderHighStack:
            return ModuleBytes(get * height + (get + [0x40, 0x00, 0x1A]) * count + drop * height)
        case .localsUnderHighStack:
            let reads = each(count) { getLocal($0) }
            let writes = each(count) { [0x41, 0x00, 0x21] + unsigned($0) }
            let constants: [UInt8] = [0x41, 0x00] * height
            return ModuleBytes(
                reads + constants + writes + drop * (count + height), locals: [1] + unsigned(count) + [0x7F])
        default:
            let round: [UInt8] = get * 60 + [0x41, 0x01, 0x21, 0x00] + drop * 60
            return ModuleBytes(round * many(1500))
        }
    }

    private func control(_ many: (Int) -> Int) -> ModuleBytes {
        let depth = many(40_000)
        switch self {
        case .loopsInBlocks: return ModuleBytes(loop + block * depth + (loop + end) * depth + end * (depth + 1))
        case .nestedLoops: return ModuleBytes(loop * depth + get + drop + end * depth)
        case .nestedConditionals: return ModuleBytes((get + [0x04, 0x40]) * depth + ([0x05] + end) * depth)
        case .branchTableWithValues:
            let labels = each(depth + 1) { unsigned($0 % depth) }
            let open: [UInt8] = [0x02, 0x7F] * depth + [0x41, 0x01] + get
            return ModuleBytes(open + [0x0E] + unsigned(depth) + labels + end * depth + drop)
        default:
            let count = many(200_000)
            let labels = [UInt8](repeating: 0, count: count + 1)
            return ModuleBytes(block + get + [0x0E] + unsigned(count) + labels + end)
        }
    }

    private func wide(_ many: (Int) -> Int) -> ModuleBytes {
        let branch: [UInt8] = get + [0x0D, 0x00]
        let open: [UInt8] = [0x02, 0x02, 0x41, 0x01] + thousandConstants
        let close: [UInt8] = [0x00, 0x0B, 0x00]
        let call: [UInt8] = [0x10, 0, 0x10, 2]
        let count = many(20_000)
        func caller(_ code: [UInt8]) -> ModuleBytes {
            ModuleBytes(TerraceBaselineTests.wideFunctions + [(Types.takesI32, code, [0])])
        }
        switch self {
        case .wideBranches: return ModuleBytes(open + branch * count + close)
        case .wideBranchesWithAChange:
            let round: [UInt8] = [0x1A, 0x42, 0x03] + branch
            return ModuleBytes(open + round * count + close)
        case .wideReturns:
            let returns: [UInt8] = [0x41, 0x00, 0x0D, 0x00] * count
            return ModuleBytes([(Types.givesThousand, thousandConstants + returns, [0])])
        case .wideCalls: return caller(call * count)
        case .wideCallsOverAnOperand:
            // What lies below is in no slot yet each time.
            let round: [UInt8] = get + call + drop
            return caller(round * count)
        case .wideFunctions:
            return ModuleBytes([ModuleBytes.Function](repeating: (Types.takesThousand, [], [0]), count: count))
        default:
            let blocks: [UInt8] = [0x02, 0x03, 0x0B] * count
            return caller([0x10, 0] + blocks + [0x10, 2])
        }
    }

    private func locals(_ many: (Int) -> Int) -> ModuleBytes {
        switch self {
        case .manyDeclaredLocals:
            // Nine bytes declare 49,999 locals.
            return ModuleBytes(
                [ModuleBytes.Function](
                    repeating: (Types.takesI32, get + drop, [1] + unsigned(49_999) + [0x7E]), count: many(20_000)))
        case .manyGroupsOfLocals:
            let groups = unsigned(900) + each(900) { [55, $0 % 2 == 0 ? 0x7F : 0x7B] }
            let code = each(400) { getLocal(49_000 - $0 * 117) + drop }
            return ModuleBytes([ModuleBytes.Function](repeating: (Types.takesI32, code, groups), count: many(60)))
        default:
            return ModuleBytes(
                [ModuleBytes.Function](
                    repeating: (Types.takesI32, (get + drop) * 40, [1, 0x64, 0x7F]), count: many(3000)))
        }
    }

    private func sections(_ many: (Int) -> Int) -> ModuleBytes {
        let nothing: ModuleBytes.Function = (0, [], [0])
        var result = ModuleBytes([nothing])
        switch self {
        case .manyTypes:
            result.types = (0..<many(60_000)).map { number -> [UInt8] in
                [0x60, 16] + each(16) { [number >> $0 & 1 == 0 ? 0x7E : 0x7F] } + [0]
            }
            result.types.append([0x60, 0, 0])
            result.functions = [(result.types.count - 1, [], [0])]
        case .equalGroups:
            result.types = [[0x60, 0, 0]]
            for group in 0..<many(20_000) {
                let first = 1 + 2 * group
                let one: [UInt8] = [0x60, 1, 0x63] + signed(first + 1) + [0]
                let other: [UInt8] = [0x60, 1, 0x63] + signed(first) + [0]
                result.types.append([0x4E, 2] + one + other)
            }
        case .deepTypes:
            result.types = (0..<60 * many(500)).map { number -> [UInt8] in
                let start: [UInt8] = number % 60 == 0 ? [0x50, 0] : [0x50, 1] + unsigned(number - 1)
                return start + [0x5F, 0]
            }
            result.types.append([0x60, 0, 0])
            result.functions = [(result.types.count - 1, [], [0])]
        case .manyExports:
            result.exports = (0..<many(20_000)).map { number -> [UInt8] in
                let name = Array("the same long beginning of every name \(number)".utf8)
                return unsigned(name.count) + name + [0, 0]
            }
        case .manyNames:
            let count = many(30_000)
            result.functions = .init(repeating: nothing, count: count)
            result.names = unsigned(count) + each(count) { unsigned($0) + [8] + Array("\(10_000_000 + $0)".utf8) }
        case .manyGlobals: result.globals = .init(repeating: [0x7F, 1, 0x41, 0, 0x0B], count: many(60_000))
        case .manyFunctions: result.functions = .init(repeating: nothing, count: many(100_000))
        default: result.data = .init(repeating: [1, 1, 0x78], count: many(60_000))
        }
        return result
    }
}
