// What the assembler cannot know and leaves to the linker.

/// What a relocation refers to. The assembler passes it through; the owner of the code gives it meaning.
@frozen public struct RelocationKind: RawRepresentable, Hashable, Sendable, BitwiseCopyable {
    public let rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
}

/// A field that the linker fills in.
///
/// A field relative to the program counter gets `target + addend - address of the field`; the assembler has then put into
/// the addend the distance from the field to the instruction's end (-4, or less if an immediate follows the field).
/// An absolute field gets `target + addend`. The kind tells which of the two, and the size of the field.
@frozen public struct Relocation: Hashable, Sendable, BitwiseCopyable {
    /// Offset of the 4- or 8-byte field from the start of the code.
    public var offset: UInt32
    public var kind: RelocationKind
    /// Which function, type, stub, … of that kind.
    public var payload: UInt32
    public var addend: Int32

    @inlinable public init(offset: UInt32 = 0, kind: RelocationKind, payload: UInt32, addend: Int32 = 0) {
        self.offset = offset
        self.kind = kind
        self.payload = payload
        self.addend = addend
    }
}
