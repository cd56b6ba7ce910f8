// Encoding pages: where the code of an operator stands in the opcode space, and how a code leads to its operator.

/// A page of the opcode space: single bytes, or the codes behind one prefix byte.
@frozen
public enum OpcodePage: UInt8, Sendable, CaseIterable {
    case single = 0x00
    case aggregate = 0xFB
    case extended = 0xFC
    case vector = 0xFD
    case atomic = 0xFE

    /// The page that a prefix byte opens; `nil` if the byte is no prefix.
    @inlinable
    public init?(prefix: UInt8) {
        switch prefix {
        case 0xFB: self = .aggregate
        case 0xFC: self = .extended
        case 0xFD: self = .vector
        case 0xFE: self = .atomic
        default: return nil
        }
    }

    /// What the page adds to a code to make the raw value of an ``Opcode``.
    @inlinable
    public var base: UInt16 {
        switch self {
        case .single: 0x000
        case .aggregate: 0x100
        case .extended: 0x200
        case .atomic: 0x300
        case .vector: 0x400
        }
    }

    /// How many codes have room in the page.
    @inlinable
    public var capacity: UInt32 { self == .vector ? 0x200 : 0x100 }
}

extension Opcode {
    /// The operator that a byte without prefix encodes, or `nil`.
    @inlinable
    public static func decode(_ byte: UInt8) -> Opcode? {
        Opcode(ordinalOrInvalid: OpcodeTable.ordinals[Int(byte)])
    }

    /// The operator with a code behind a prefix byte, or `nil`.
    @inlinable
    public static func decode(_ page: OpcodePage, _ code: UInt32) -> Opcode? {
        decode(page, code, OpcodeTable.ordinals)
    }

    /// As ``decode(_:_:)``, with the table at hand.
    @inlinable
    static func decode(_ page: OpcodePage, _ code: UInt32, _ ordinals: UnsafePointer<UInt16>) -> Opcode? {
        code < page.capacity ? Opcode(ordinalOrInvalid: ordinals[Int(page.base) + Int(code)]) : nil
    }

    /// The operator with an ordinal; `nil` for ``OpcodeTable/unused``.
    @inlinable
    init?(ordinalOrInvalid ordinal: UInt16) {
        if ordinal == OpcodeTable.unused { return nil }
        self = unsafeBitCast(ordinal, to: Opcode.self)
    }

    /// How many operators there are.
    public static var count: Int { OpcodeTable.count }

    /// The position among all operators, from 0 without gaps in the order of the cases.
    @inlinable
    public var ordinal: Int { Int(unsafeBitCast(self, to: UInt16.self)) }

    /// The page of the opcode space that holds the operator.
    public var page: OpcodePage {
        switch rawValue >> 8 {
        case 0: .single
        case 1: .aggregate
        case 2: .extended
        case 3: .atomic
        default: .vector
        }
    }

    /// The code in its ``page``.
    public var code: UInt32 { UInt32(rawValue - page.base) }

    /// The operator's row of the table.
    @inlinable
    public var info: OpcodeInfo { OpcodeTable.rows[ordinal] }

    /// The name in the text format, such as `i32.add`.
    public var textName: String { info.name }
}
