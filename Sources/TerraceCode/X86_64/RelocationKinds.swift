// What relocations mean: the assembler carries them, the linker resolves them.

import TerraceAssembler

extension RelocationKind {
    /// 32 bits relative to the program counter: the entry cell of function `payload`.
    @inlinable public static var entryCell: Self { Self(rawValue: 1) }
    /// 32 bits, absolute: the canonical id of the module's type `payload`.
    @inlinable public static var typeID: Self { Self(rawValue: 2) }
    /// 32 bits relative to the program counter: the body of function `payload`, which the same block holds.
    @inlinable public static var blockFunction: Self { Self(rawValue: 3) }
    /// 32 bits relative to the program counter: the stub whose ``StubID`` is `payload`.
    @inlinable public static var stub: Self { Self(rawValue: 4) }
    /// 64 bits, absolute: the place at block offset `payload`.
    @inlinable public static var absolute64: Self { Self(rawValue: 5) }
    /// 64 bits, absolute: the address of the entry cell of function `payload`.
    @inlinable public static var absoluteEntryCell64: Self { Self(rawValue: 6) }
    /// 32 bits relative to the program counter: the ``TieringRecord`` of function `payload`.
    @inlinable public static var tieringRecord: Self { Self(rawValue: 7) }

    /// Bytes of the field.
    @inlinable public var fieldSize: Int {
        self == .absolute64 || self == .absoluteEntryCell64 ? 8 : 4
    }
}

extension Relocation {
    @inlinable public static func entryCell(_ functionIndex: UInt32, offset: UInt32 = 0, addend: Int32 = -4) -> Self {
        Self(offset: offset, kind: .entryCell, payload: functionIndex, addend: addend)
    }
    @inlinable public static func typeID(_ typeIndex: UInt32, offset: UInt32 = 0) -> Self {
        Self(offset: offset, kind: .typeID, payload: typeIndex, addend: 0)
    }
    @inlinable public static func blockFunction(_ functionIndex: UInt32, offset: UInt32 = 0, addend: Int32 = -4)
        -> Self
    {
        Self(offset: offset, kind: .blockFunction, payload: functionIndex, addend: addend)
    }
    @inlinable public static func stub(_ stub: StubID, offset: UInt32 = 0, addend: Int32 = -4) -> Self {
        Self(offset: offset, kind: .stub, payload: stub.rawValue, addend: addend)
    }
}
