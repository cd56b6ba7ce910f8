// The words of the text format which are not instructions, and the table that finds words and instructions by name.

import WasmFormat

/// A keyword that is not the name of an instruction.
enum Word: UInt16, CaseIterable {
    // Module structure
    case module, type, rec, sub, final, `func`, param, result, local, `import`, export, table, memory, global, tag,
        start
    case elem, data, item, offset, declare, field, mut, `struct`, array, shared, pagesize
    case then, `do`, `catch`, catchRef, catchAll, catchAllRef
    case definition, instance, binary, quote
    case descriptor, describes, exact
    // Types
    case i8, i16, i32, i64, f32, f64, v128
    case i8x16, i16x8, i32x4, i64x2, f32x4, f64x2
    case ref, null
    case any, eq, i31, none, nofunc, extern, noextern, exn, noexn
    case anyref, eqref, i31ref, structref, arrayref, nullref
    case funcref, nullfuncref, externref, nullexternref, exnref, nullexnref
    // Placement of custom sections
    case before, after, first, last, code, datacount
    // Scripts
    case register, invoke, get
    case assertReturn, assertTrap, assertExhaustion, assertException, assertInvalid, assertMalformed, assertUnlinkable
    case assertInvalidCustom, assertMalformedCustom
    case either, nanCanonical, nanArithmetic
    case refExtern, refHost, refStruct, refArray, refAny, refExn

    var text: String {
        switch self {
        case .catchRef: "catch_ref"
        case .catchAll: "catch_all"
        case .catchAllRef: "catch_all_ref"
        case .assertReturn: "assert_return"
        case .assertTrap: "assert_trap"
        case .assertExhaustion: "assert_exhaustion"
        case .assertException: "assert_exception"
        case .assertInvalid: "assert_invalid"
        case .assertMalformed: "assert_malformed"
        case .assertUnlinkable: "assert_unlinkable"
        case .assertInvalidCustom: "assert_invalid_custom"
        case .assertMalformedCustom: "assert_malformed_custom"
        case .nanCanonical: "nan:canonical"
        case .nanArithmetic: "nan:arithmetic"
        case .refExtern: "ref.extern"
        case .refHost: "ref.host"
        case .refStruct: "ref.struct"
        case .refArray: "ref.array"
        case .refAny: "ref.any"
        case .refExn: "ref.exn"
        default: "\(self)"
        }
    }
}

/// Finds words and instruction names: an open-addressed table over their bytes, built once per process.
struct WordTable: @unchecked Sendable {  // immutable after init
    static let shared = WordTable()

    struct Entry {
        var name: UnsafePointer<UInt8>
        var length: UInt32
        var kind: TokenKind
        var code: UInt16
    }

    private let slots: UnsafeMutablePointer<UInt16>  // index of an entry plus one; 0 is free
    private let entries: UnsafeMutablePointer<Entry>
    private static let slotCount = 4096

    private init() {
        slots = .allocate(capacity: Self.slotCount)
        slots.initialize(repeating: 0, count: Self.slotCount)
        let instructions = Opcode.allCases
        entries = .allocate(
            capacity: instructions.count + Word.allCases.count + InstructionShape.descriptorInstructions.count)
        var count = 0
        func add(_ name: String, _ kind: TokenKind, _ code: UInt16) {
            let utf8 = Array(name.utf8)
            let storage = UnsafeMutablePointer<UInt8>.allocate(capacity: max(utf8.count, 1))
            storage.initialize(from: utf8, count: utf8.count)
            var slot = Self.hash(storage, utf8.count)
            while slots[slot] != 0 {
                let other = entries[Int(slots[slot]) - 1]
                // The first of several instructions of one name stands for all; the parser tells them apart.
                if Int(other.length) == utf8.count, equal(other.name, storage, utf8.count) { return }
                slot = (slot + 1) & (Self.slotCount - 1)
            }
            entries[count] = Entry(name: storage, length: UInt32(utf8.count), kind: kind, code: code)
            count += 1
            slots[slot] = UInt16(count)
        }
        for word in Word.allCases { add(word.text, .word, word.rawValue) }
        for opcode in instructions { add(opcode.info.name, .instruction, UInt16(opcode.ordinal)) }
        for (index, (name, _, _)) in InstructionShape.descriptorInstructions.enumerated() {
            add(name, .instruction, UInt16(Opcode.count + index))
        }
    }

    @inline(__always)
    private static func hash(_ name: UnsafePointer<UInt8>, _ length: Int) -> Int {
        var hash: UInt32 = 0x811C_9DC5
        for index in 0..<length { hash = (hash ^ UInt32(name[index])) &* 0x0100_0193 }
        return Int((hash ^ (hash >> 15)) & UInt32(slotCount - 1))
    }

    /// The entry of the name, if it is a known word or instruction.
    @inline(__always)
    func find(_ name: UnsafePointer<UInt8>, _ length: Int) -> (kind: TokenKind, code: UInt16)? {
        var slot = Self.hash(name, length)
        while true {
            let index = slots[slot]
            if index == 0 { return nil }
            let entry = entries[Int(index) - 1]
            if Int(entry.length) == length, equal(entry.name, name, length) { return (entry.kind, entry.code) }
            slot = (slot + 1) & (Self.slotCount - 1)
        }
    }
}

@inline(__always)
func equal(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    for index in 0..<length where left[index] != right[index] { return false }
    return true
}
