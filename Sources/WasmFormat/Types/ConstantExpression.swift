// Constant expressions as decoded instructions, and the segments that use them.

/// An instruction of a constant expression. The final `end` is not kept.
@frozen
public enum ConstantInstruction: Hashable, Sendable {
    case i32Const(Int32)
    case i64Const(Int64)
    /// The bits of the number.
    case f32Const(UInt32)
    /// The bits of the number.
    case f64Const(UInt64)
    /// Lower and upper half of the vector's bytes, little endian.
    case v128Const(low: UInt64, high: UInt64)
    case globalGet(UInt32)
    case refNull(HeapType)
    case refFunc(UInt32)
    case i32Add
    case i32Sub
    case i32Mul
    case i64Add
    case i64Sub
    case i64Mul
    case structNew(typeIndex: UInt32)
    case structNewDefault(typeIndex: UInt32)
    case arrayNew(typeIndex: UInt32)
    case arrayNewDefault(typeIndex: UInt32)
    case arrayNewFixed(typeIndex: UInt32, count: UInt32)
    case refI31
    case anyConvertExtern
    case externConvertAny
}

/// A constant expression in postfix order.
@frozen
public struct ConstantExpression: Hashable, Sendable {
    public var instructions: [ConstantInstruction]
    /// Where its first byte stands in the module.
    public var offset: Int

    public init(_ instructions: [ConstantInstruction], offset: Int = 0) {
        self.instructions = instructions
        self.offset = offset
    }
}

/// An entry of the element section.
@frozen
public struct ElementSegment: Hashable, Sendable {
    public enum Mode: Hashable, Sendable {
        case passive
        case declarative
        case active(table: UInt32, offset: ConstantExpression)
    }

    public enum Items: Hashable, Sendable {
        case functions([UInt32])
        case expressions([ConstantExpression])

        public var count: Int {
            switch self {
            case .functions(let indices): indices.count
            case .expressions(let expressions): expressions.count
            }
        }
    }

    public var type: ValueType
    public var mode: Mode
    public var items: Items

    public init(type: ValueType, mode: Mode, items: Items) {
        self.type = type
        self.mode = mode
        self.items = items
    }
}

/// An entry of the data section.
@frozen
public struct DataSegment: Hashable, Sendable {
    public enum Mode: Hashable, Sendable {
        case passive
        case active(memory: UInt32, offset: ConstantExpression)
    }

    public var mode: Mode
    /// Where the contents stand in the module's bytes.
    public var bytes: Range<Int>

    public init(mode: Mode, bytes: Range<Int>) {
        self.mode = mode
        self.bytes = bytes
    }
}
