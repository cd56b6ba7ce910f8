// Every operator with every shape of immediates, as bodies of one function in a module that has something of everything.

import WasmFormat
import WasmText

/// An operator with immediates, and what must stand around it.
struct OperatorSample {
    let opcode: Opcode
    /// Immediates as they are tried, and as they are when every number is as short as can be.
    let immediates: [UInt8]
    let shortest: [UInt8]
    /// Stands in front, where the validator knows no operands: opens a block whose label the operator needs.
    var opening: [UInt8] = []
    var memoryIs64 = false
    /// What the operator's block type, table of types or heap type makes of its operands, if they depend on that.
    var operands: [UInt8]?

    var encodedOpcode: [UInt8] {
        opcode.page == .single ? [UInt8(opcode.code)] : [opcode.page.rawValue] + unsigned(UInt64(opcode.code))
    }
}

/// The local that the samples do not touch; it is read behind the operator, and so shows where a scan came out.
let markedLocal: UInt8 = 63

/// A body around a sample, and where its parts stand from the body's first byte.
struct SampleBody {
    var bytes: [UInt8] = []
    let operatorOffset: Int
    let operatorEnd: Int
    /// Where the marked local is read.
    let markOffset: Int

    /// - Parameter operands: instructions that leave the operator's operands. Without them the operator stands in code
    ///   that cannot be reached, where it may take anything.
    init(_ sample: OperatorSample, shortest: Bool, operands: [UInt8]?) {
        bytes = OperatorModule.locals
        bytes += [0x03, 0x40] + sample.opening + (operands ?? [0x00])
        if sample.opcode == .else { bytes += [0x41, 0x00, 0x04, 0x40] }
        if sample.opcode == .end { bytes += [0x02, 0x40] }
        operatorOffset = bytes.count
        let immediates = shortest ? sample.shortest : sample.immediates
        bytes += sample.encodedOpcode + immediates
        operatorEnd = bytes.count
        // The operator's block, and whatever operands are left, end in unreachable code.
        switch sample.opcode {
        case .if: bytes += [0x00, 0x05, 0x00, 0x0B]
        case .else: bytes += [0x0B]
        default: if sample.opcode.info.opensBlock { bytes += [0x00, 0x0B] }
        }
        bytes += [0x00] + (sample.opening.isEmpty ? [] : [0x0B, 0x00]) + [0x0B]
        markOffset = bytes.count
        bytes += [0x20, markedLocal, 0x1A, 0x0B]
    }
}

/// The module around the bodies.
enum OperatorModule {
    private static let text = """
        (module
          (type (func)) (type (func (param i32) (result i32)))
          (type (struct (field (mut i32)) (field i64))) (type (array (mut i32)))
          (type (struct (field (mut i8)))) (type (array (mut i8))) (type (array (mut funcref)))
          (table 1 funcref) (table 1 funcref) (memory 1) (memory 1) (memory i64 1) (tag (type 0))
          (global (mut i32) (i32.const 0)) (global (mut i32) (i32.const 0)) (export "f" (func 0)) (export "m" (memory 0))
          (elem funcref (ref.func 0)) (data "x") (data (i32.const 0) "UUUUUUUUUUUUUUUUUUUUUUUU") (func (type 0) (data.drop 0)))
        """

    /// What stands in front of the code section and behind it.
    private static let parts: (head: [UInt8], tail: [UInt8]) = {
        guard let bytes = try? WatParser.parse(text), let module = try? WasmModule.decode(ModuleBytes(bytes)),
            let section = module.codeSection
        else { fatalError("the module of the samples is not valid") }
        let header = 1 + unsigned(UInt64(section.count)).count
        return (Array(bytes[..<(section.lowerBound - header)]), Array(bytes[section.upperBound...]))
    }()

    /// 200 i32, then one local of each other type.
    static let locals: [UInt8] =
        [10, 0xC8, 0x01, 0x7F, 1, 0x7E, 1, 0x7D, 1, 0x7C, 1, 0x7B, 1, 0x70, 1, 0x63, 0, 1, 0x6D, 1, 0x6E, 1, 0x6F]

    /// Instructions that leave values of types, by their binary form.
    static func operands(_ types: [UInt8]) -> [UInt8] {
        let indices: [UInt8: UInt64] = [
            0x7F: 0, 0x7E: 200, 0x7D: 201, 0x7C: 202, 0x7B: 203, 0x70: 204, 0x63: 205, 0x6D: 206, 0x6E: 207, 0x6F: 208,
        ]
        return types.flatMap { [0x20] + unsigned(indices[$0] ?? 0) }
    }

    static func module(_ body: [UInt8]) -> [UInt8] {
        let code = [1] + unsigned(UInt64(body.count)) + body
        return parts.head + [0x0A] + unsigned(UInt64(code.count)) + code + parts.tail
    }
}

/// LEB128, with continuation bytes up to a length.
func unsigned(_ value: UInt64, length: Int = 1) -> [UInt8] {
    var rest = value
    var bytes: [UInt8] = []
    repeat {
        bytes.append(UInt8(rest & 0x7F) | 0x80)
        rest >>= 7
    } while rest != 0 || bytes.count < length
    bytes[bytes.count - 1] &= 0x7F
    return bytes
}

func signed(_ value: Int64, length: Int = 1) -> [UInt8] {
    var rest = value
    var bytes: [UInt8] = []
    var isDone = false
    repeat {
        let byte = UInt8(truncatingIfNeeded: rest & 0x7F)
        rest >>= 7
        bytes.append(byte | 0x80)
        isDone = rest == 0 && byte & 0x40 == 0 || rest == -1 && byte & 0x40 != 0
    } while !isDone || bytes.count < length
    bytes[bytes.count - 1] &= 0x7F
    return bytes
}

extension OperatorSample {
    /// All samples of an operator: every shape that its immediates can have, numbers as short and as long as may be.
    static func all(of opcode: Opcode) -> [OperatorSample] {
        /// Index immediates: each given number short and as long as 32 bits may be.
        func numbers(_ lists: [[UInt64]]) -> [OperatorSample] {
            lists.flatMap { list in
                [1, 5].map { length in
                    OperatorSample(
                        opcode: opcode, immediates: list.flatMap { unsigned($0, length: length) },
                        shortest: list.flatMap { unsigned($0) })
                }
            }
        }
        func exactly(_ immediates: [[UInt8]]) -> [OperatorSample] {
            immediates.map { OperatorSample(opcode: opcode, immediates: $0, shortest: $0) }
        }
        let type: UInt64 =
            switch opcode {
            case .structNew, .structNewDefault, .structGet, .structSet: 2
            case .structGetS, .structGetU: 4
            case .arrayGetS, .arrayGetU: 5
            case .arrayNewElem, .arrayInitElem: 6
            case _ where opcode.page == .aggregate: 3
            default: 0
            }
        switch opcode.info.immediates {
        case .none: return exactly([[]])
        case .blockType: return blockTypes(opcode)
        case .labelIndex: return labels(opcode, numbers([[0], [1]]))
        case .labelTable:
            return [0, 1, 5, 200].flatMap { count in
                [1, 5].map { length in
                    let labels = (0...count).flatMap { unsigned(UInt64($0 % 2), length: length) }
                    let shortest = (0...count).map { UInt8($0 % 2) }
                    return OperatorSample(
                        opcode: opcode, immediates: unsigned(UInt64(count), length: length) + labels,
                        shortest: unsigned(UInt64(count)) + shortest)
                }
            }
        case .functionIndex, .tagIndex, .dataIndex, .elementIndex: return numbers([[0]])
        case .typeIndex: return numbers([[type]])
        case .callIndirect: return numbers([[0, 0], [0, 1]])
        case .localIndex: return numbers([[0], [127], [128], [199]])
        case .globalIndex, .tableIndex, .memoryIndex: return numbers([[0], [1]])
        case .tableIndexPair, .memoryIndexPair: return numbers([[0, 0], [0, 1], [1, 0]])
        case .dataAndMemory, .elementAndTable: return numbers([[0, 0], [0, 1]])
        case .memoryArgument: return memoryArguments(opcode, lanes: [[]])
        case .memoryArgumentLane: return memoryArguments(opcode, lanes: [[0], [opcode.info.laneCount - 1]])
        case .i32Const: return constants(opcode, [0, -1, 63, -64, 64, 1 << 20, Int64(Int32.min), Int64(Int32.max)], 5)
        case .i64Const: return constants(opcode, [0, -1, 64, 1 << 40, .min, .max], 10)
        case .f32Const: return exactly([[0, 0, 0, 0], [0x80, 0x80, 0x80, 0x3F], [0x0B, 0x0B, 0x0B, 0x0B]])
        case .f64Const: return exactly([Array(repeating: 0, count: 8), Array(repeating: 0x8B, count: 8)])
        case .v128Const: return exactly([Array(repeating: 0x0B, count: 16), Array(repeating: 0xFD, count: 16)])
        case .shuffle: return exactly([Array(0..<16), Array(16..<32), Array(repeating: 0x0B, count: 16)])
        case .lane: return exactly([[0], [opcode.info.laneCount - 1]])
        case .valueTypes:
            return ([[0x7F], [0x7B], [0x70], [0x63, 0x00], [0x64, 0x70]] as [[UInt8]]).flatMap { type in
                [1, 5].map { length in
                    let operand: UInt8 = type == [0x64, 0x70] ? 0 : type[0]
                    return OperatorSample(
                        opcode: opcode, immediates: unsigned(1, length: length) + type, shortest: [1] + type,
                        operands: operand == 0 ? nil : [operand, operand, 0x7F])
                }
            }
        case .heapType:
            return exactly([[0x70]]) + numbers([[0]])
                + exactly([[0x6E]]).map { sample in
                    var sample = sample
                    sample.operands = opcode == .refNull ? [] : [0x6E]
                    return sample
                }
        case .castBranch:
            return [0, 1, 2, 3].flatMap { (flags: UInt8) in
                [1, 5].map { length in
                    OperatorSample(
                        opcode: opcode, immediates: [flags] + unsigned(0, length: length) + [0x6E, 0x6E],
                        shortest: [flags, 0, 0x6E, 0x6E], opening: [0x02, 0x6E], operands: flags == 0 ? nil : [0x6E])
                }
            }
            // A type that null belongs to is no subtype of one without.
            .filter { $0.immediates[0] != 2 }
        case .typeAndField: return numbers([[type, 0]])
        case .typeAndCount: return numbers([[type, 0], [type, 3]])
        case .typeAndData, .typeAndElement: return numbers([[type, 0]])
        case .typePair: return numbers([[type, type]])
        case .tryTable: return handlers(opcode)
        case .fence: return exactly([[0]])
        }
    }

    private static func blockTypes(_ opcode: Opcode) -> [OperatorSample] {
        let types: [[UInt8]] = [[0x40], [0x7F], [0x7B], [0x70], [0x64, 0x70], [0x63, 0x00], [0x00], [0x01]]
        var samples = types.map {
            OperatorSample(opcode: opcode, immediates: $0, shortest: $0, operands: $0 == [0x01] ? [0x7F] : [])
        }
        // Indices of 33 bits, concrete heap types too.
        samples.append(OperatorSample(opcode: opcode, immediates: signed(0, length: 5), shortest: [0x00], operands: []))
        let reference = [0x63] + signed(0, length: 5)
        samples.append(OperatorSample(opcode: opcode, immediates: reference, shortest: [0x63, 0x00], operands: []))
        guard opcode == .if else { return samples }
        return samples.map { sample in
            var sample = sample
            sample.operands = (sample.operands ?? []) + [0x7F]
            return sample
        }
    }

    /// Branches on references carry one: their label is that of a block with a reference.
    private static func labels(_ opcode: Opcode, _ samples: [OperatorSample]) -> [OperatorSample] {
        guard opcode == .brOnNonNull else { return samples }
        return samples.filter { $0.shortest == [0] }.map { sample in
            var sample = sample
            sample.opening = [0x02, 0x70]
            return sample
        }
    }

    private static func constants(_ opcode: Opcode, _ values: [Int64], _ longest: Int) -> [OperatorSample] {
        values.flatMap { value in
            [1, longest].map {
                OperatorSample(opcode: opcode, immediates: signed(value, length: $0), shortest: signed(value))
            }
        }
    }

    private static func memoryArguments(_ opcode: Opcode, lanes: [[UInt8]]) -> [OperatorSample] {
        let alignment = UInt64(opcode.info.naturalAlignment)
        var samples: [OperatorSample] = []
        for (memory, offsets) in [(0, [0, 127, 1 << 31]), (1, [0, 300]), (2, [0, 1 << 40, .max])]
            as [(UInt64, [UInt64])]
        {
            for offset in offsets {
                for isLong in [false, true] {
                    func bytes(_ isLong: Bool) -> [UInt8] {
                        unsigned(alignment | (memory == 0 ? 0 : 0x40), length: isLong ? 5 : 1)
                            + (memory == 0 ? [] : unsigned(memory, length: isLong ? 5 : 1))
                            + unsigned(offset, length: isLong ? 10 : 1)
                    }
                    for lane in lanes {
                        samples.append(
                            OperatorSample(
                                opcode: opcode, immediates: bytes(isLong) + lane, shortest: bytes(false) + lane,
                                memoryIs64: memory == 2))
                    }
                }
            }
        }
        return samples
    }

    private static func handlers(_ opcode: Opcode) -> [OperatorSample] {
        // Label 0 is that of a block with an exception, label 1 that of the loop.
        let clauses: [[[UInt64]]] = [
            [], [[0, 0, 1]], [[2, 1]], [[1, 0, 0]], [[3, 0]], [[0, 0, 1], [2, 1], [1, 0, 0], [3, 0]],
        ]
        return clauses.flatMap { clauses in
            [1, 5].map { length in
                func bytes(_ length: Int) -> [UInt8] {
                    [0x40] + unsigned(UInt64(clauses.count), length: length)
                        + clauses.flatMap { clause in
                            [UInt8(clause[0])] + clause.dropFirst().flatMap { unsigned($0, length: length) }
                        }
                }
                return OperatorSample(
                    opcode: opcode, immediates: bytes(length), shortest: bytes(1), opening: [0x02, 0x69])
            }
        }
    }

    /// Types of the operands that the operator takes in code that runs; `nil` if the sample can stand in dead code only.
    var liveOperands: [UInt8]? {
        let info = opcode.info
        if info.signature.isPlain {
            let address: ValueType = memoryIs64 ? .i64 : .i32
            return info.signature.operands(addressType: address).map { UInt8(0x80 - $0.rawValue) }
        }
        if let operands { return operands }
        switch opcode {
        case .unreachable, .nop, .block, .loop, .else, .end, .br, .return, .call, .returnCall, .localGet, .globalGet,
            .memorySize, .refNull, .refFunc, .tableSize:
            return []
        case .brIf, .brTable, .callIndirect, .returnCallIndirect, .drop, .localSet, .localTee, .globalSet, .tableGet,
            .memoryGrow:
            return [0x7F]
        case .callRef, .returnCallRef: return [0x63]
        case .select, .memoryInit, .memoryCopy, .memoryFill, .tableInit, .tableCopy: return [0x7F, 0x7F, 0x7F]
        case .tableSet: return [0x7F, 0x70]
        case .tableGrow: return [0x70, 0x7F]
        case .tableFill: return [0x7F, 0x70, 0x7F]
        case .refIsNull, .refAsNonNull, .brOnNull, .brOnNonNull, .refTest, .refTestNull, .refCast, .refCastNull:
            return [0x70]
        case .refEq: return [0x6D, 0x6D]
        case .anyConvertExtern: return [0x6F]
        case .externConvertAny: return [0x6E]
        default: return nil
        }
    }
}
