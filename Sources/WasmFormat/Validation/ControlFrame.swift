// What the validator remembers of each block that is open.

/// A list of value types without reference counting: one type is held itself, several by their address.
struct TypeList: BitwiseCopyable, Equatable {
    let count: Int
    /// The raw value of the only type, or the address of the first of several.
    private let bits: UInt

    static let empty = TypeList(count: 0, bits: 0)

    @inline(__always)
    init(count: Int, bits: UInt) {
        self.count = count
        self.bits = bits
    }

    @inline(__always)
    init(_ type: ValueType) { self.init(count: 1, bits: UInt(type.rawValue)) }

    /// Types in memory that outlives the list.
    @inline(__always)
    init(_ start: UnsafePointer<ValueType>, count: Int) {
        self.init(count: count, bits: count == 1 ? UInt(start.pointee.rawValue) : UInt(bitPattern: start))
    }

    @inline(__always)
    subscript(index: Int) -> ValueType {
        if count == 1 { return ValueType(rawValue: UInt32(truncatingIfNeeded: bits)) }
        return UnsafePointer<ValueType>(bitPattern: bits).unsafelyUnwrapped[index]
    }

    /// Where the types of a list of several stand.
    @inline(__always)
    var start: UnsafePointer<ValueType>? { count > 1 ? UnsafePointer(bitPattern: bits) : nil }

    /// All but the last type.
    var dropLast: TypeList {
        count == 2 ? TypeList(self[0]) : TypeList(count: count - 1, bits: count == 1 ? 0 : bits)
    }
}

extension TypeList: CustomStringConvertible {
    var description: String { "[" + (0..<count).map { self[$0].description }.joined(separator: " ") + "]" }
}

/// An open block.
struct ControlFrame: BitwiseCopyable {
    enum Kind: UInt8 {
        case function
        case block
        case loop
        case `if`
        case `else`
        case tryTable
    }

    var kind: Kind
    /// Whether the rest of the block cannot be reached.
    var isUnreachable = false
    /// How many operands stand below the block's own.
    var height: Int
    /// How many locals had been initialised when the block began.
    var initializedCount: Int
    var parameters: TypeList
    var results: TypeList

    /// The types that a branch to the block carries.
    @inline(__always)
    var labelTypes: TypeList { kind == .loop ? parameters : results }
}
