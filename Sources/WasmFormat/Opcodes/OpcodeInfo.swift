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

/// Bytes that immediates take, as far as one must know to pass over them.
@frozen
public enum ImmediateShape: UInt8, Sendable {
    case nothing
    /// One LEB128 number.
    case number
    case twoNumbers
    /// A value type or a block type.
    case type
    /// A count, then so many types.
    case types
    /// A count, then so many numbers and one.
    case labelTable
    case memoryArgument
    /// A memory argument and a byte.
    case memoryArgumentLane
    case oneByte
    case fourBytes
    case eightBytes
    case sixteenBytes
    /// A byte and three numbers.
    case castBranch
    /// A type, a count, then so many catch clauses.
    case tryTable
}

extension ImmediateKind {
    /// The bytes that the immediates take.
    @inlinable
    public var shape: ImmediateShape {
        switch self {
        case .none: .nothing
        case .labelIndex, .functionIndex, .typeIndex, .localIndex, .globalIndex, .tagIndex, .tableIndex, .memoryIndex,
            .dataIndex, .elementIndex, .i32Const, .i64Const, .heapType:
            .number
        case .callIndirect, .tableIndexPair, .memoryIndexPair, .dataAndMemory, .elementAndTable, .typeAndField,
            .typeAndCount, .typeAndData, .typeAndElement, .typePair:
            .twoNumbers
        case .blockType: .type
        case .valueTypes: .types
        case .labelTable: .labelTable
        case .memoryArgument: .memoryArgument
        case .memoryArgumentLane: .memoryArgumentLane
        case .lane, .fence: .oneByte
        case .f32Const: .fourBytes
        case .f64Const: .eightBytes
        case .v128Const, .shuffle: .sixteenBytes
        case .castBranch: .castBranch
        case .tryTable: .tryTable
        }
    }
}

/// All that is known of an operator, besides where it is encoded: the one row that everything else is computed from.
@frozen
public struct OpcodeInfo: Sendable {
    /// The operator that the row describes.
    public let opcode: Opcode
    /// The name in the text format; typed `select` and nullable `ref.test` share theirs with the other form.
    public let staticName: StaticString
    /// What follows the opcode.
    public let immediates: ImmediateKind
    /// Binary logarithm of the natural alignment in bytes of a memory operator, or of the width in bytes of the lane
    /// that a `lane` names; otherwise 0.
    public let naturalAlignment: UInt8
    /// The feature that must be on.
    public let feature: Feature
    /// What the operator does besides computing its results.
    public let effects: OperatorEffects
    /// What the operator takes and leaves, or `.special`.
    public let signature: OperandSignature

    /// The name in the text format.
    public var name: String { staticName.description }

    /// Whether the operator opens a block, which an `end` of its own closes.
    @inlinable
    @inline(__always)
    public var opensBlock: Bool { immediates == .blockType || immediates == .tryTable }

    /// How many lanes a vector has, if the immediates end in a lane.
    @inlinable
    public var laneCount: UInt8 { 16 >> naturalAlignment }

    /// Where the opcode is encoded.
    @inlinable
    public var page: OpcodePage { opcode.page }

    /// The code in the page.
    @inlinable
    public var code: UInt32 { opcode.code }

    @inlinable
    init(
        _ opcode: Opcode, _ staticName: StaticString, _ immediates: ImmediateKind, _ signature: OperandSignature,
        _ feature: Feature = .core, effects: OperatorEffects = [], alignment: UInt8 = 0
    ) {
        self.opcode = opcode
        self.staticName = staticName
        self.immediates = immediates
        self.naturalAlignment = alignment
        self.feature = feature
        self.effects = effects
        self.signature = signature
    }
}
