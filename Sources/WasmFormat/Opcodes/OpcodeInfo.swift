// A row of the opcode table, and the shapes that immediates can have.

/// What follows an opcode in the byte stream.
@frozen
public enum ImmediateKind: UInt8, Sendable {
    case none
    /// A block type: empty, one value type, or a type index (`s33`).
    case blockType
    case labelIndex
    /// A vector of labels and a default label.
    case labelTable
    case functionIndex
    case typeIndex
    /// A type index, then a table index.
    case callIndirect
    case localIndex
    case globalIndex
    case tagIndex
    case tableIndex
    /// Destination table, then source table.
    case tableIndexPair
    /// Alignment (with the bit that announces a memory index), memory index if announced, offset.
    case memoryArgument
    /// A memory argument, then a lane.
    case memoryArgumentLane
    case memoryIndex
    /// Destination memory, then source memory.
    case memoryIndexPair
    /// A data segment, then a memory.
    case dataAndMemory
    case dataIndex
    /// An element segment, then a table.
    case elementAndTable
    case elementIndex
    case i32Const
    case i64Const
    /// Four bytes, little endian.
    case f32Const
    /// Eight bytes, little endian.
    case f64Const
    /// Sixteen bytes.
    case v128Const
    /// Sixteen lane numbers below 32.
    case shuffle
    /// One byte.
    case lane
    /// A vector of value types.
    case valueTypes
    case heapType
    /// Flags, label, source heap type, destination heap type.
    case castBranch
    /// A structure type, then a field.
    case typeAndField
    /// An array type, then an element count.
    case typeAndCount
    /// An array type, then a data segment.
    case typeAndData
    /// An array type, then an element segment.
    case typeAndElement
    /// Destination array type, then source array type.
    case typePair
    /// A block type, then a vector of catch clauses.
    case tryTable
    /// A zero byte.
    case fence
}

/// Facts about an operator.
@frozen
public struct OpcodeInfo: Sendable {
    /// The operator that the row describes.
    public let opcode: Opcode
    /// The name in the text format; typed `select` and nullable `ref.test` share theirs with the other form.
    public let staticName: StaticString
    /// What follows the opcode.
    public let immediates: ImmediateKind
    /// Binary logarithm of the natural alignment in bytes of a memory operator; otherwise 0.
    public let naturalAlignment: UInt8
    /// The feature that must be on.
    public let feature: Feature
    /// What the operator takes and leaves, or `.special`.
    public let signature: OperandSignature

    /// The name in the text format.
    public var name: String { staticName.description }

    /// Where the opcode is encoded.
    @inlinable
    public var page: OpcodePage { opcode.page }

    /// The code in the page.
    @inlinable
    public var code: UInt32 { opcode.code }

    @inlinable
    init(
        _ opcode: Opcode, _ staticName: StaticString, _ immediates: ImmediateKind, _ signature: OperandSignature,
        _ feature: Feature = .core, alignment: UInt8 = 0
    ) {
        self.opcode = opcode
        self.staticName = staticName
        self.immediates = immediates
        self.naturalAlignment = alignment
        self.feature = feature
        self.signature = signature
    }
}
