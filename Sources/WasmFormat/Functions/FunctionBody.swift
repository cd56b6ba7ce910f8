// Where the code of a defined function stands.

/// The body of a defined function: declarations of locals, then instructions up to and including the final `end`.
@frozen
public struct FunctionBody: Hashable, Sendable {
    /// Declarations of locals and instructions, in the module's bytes.
    public var bytes: Range<Int>
    /// Where the instructions begin.
    public var codeOffset: Int

    public init(bytes: Range<Int>, codeOffset: Int) {
        self.bytes = bytes
        self.codeOffset = codeOffset
    }

    /// The instructions.
    @inlinable
    public var code: Range<Int> { codeOffset..<bytes.upperBound }
}

/// A run of locals of one type.
@frozen
public struct LocalDeclaration: Hashable, Sendable {
    public var count: UInt32
    public var type: ValueType

    public init(count: UInt32, type: ValueType) {
        self.count = count
        self.type = type
    }
}
