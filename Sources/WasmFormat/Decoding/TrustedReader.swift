// Reading validated bytes without checks, for the compilers.

/// What a block takes and leaves.
@frozen
public enum BlockType: Hashable, Sendable {
    case empty
    /// No parameters, one result. Type indices are as written in the code.
    case value(ValueType)
    /// A function type of the module.
    case function(typeIndex: UInt32)
}

/// The immediates of a load or store.
@frozen
public struct MemoryArgument: Hashable, Sendable {
    /// Binary logarithm of the promised alignment.
    public var alignment: UInt32
    public var memory: UInt32
    public var offset: UInt64

    @inlinable
    public init(alignment: UInt32, memory: UInt32, offset: UInt64) {
        self.alignment = alignment
        self.memory = memory
        self.offset = offset
    }
}

/// A cursor over validated code. Nothing is checked.
///
/// The bytes are borrowed: a reader must not outlive the ``ModuleBytes`` it reads. Type indices come as the code has them;
/// ``WasmModule/normalized(_:)-(ValueType)`` gives the form in which types compare.
@frozen
public struct TrustedReader {
    /// The next byte.
    public var cursor: UnsafePointer<UInt8>
    /// The first byte of the module.
    public let base: UnsafePointer<UInt8>
    /// Page and code → ordinal.
    @usableFromInline
    let ordinals: UnsafePointer<UInt16>
    /// Ordinal → row.
    @usableFromInline
    let rows: UnsafePointer<OpcodeInfo>

    /// A reader at an offset of a module.
    @inlinable
    public init(_ bytes: ModuleBytes, at offset: Int) {
        base = bytes.base
        cursor = bytes.base + offset
        ordinals = OpcodeTable.ordinals
        rows = OpcodeTable.rows
    }

    /// Offset of the next byte in the module.
    @inlinable
    public var offset: Int {
        get { cursor - base }
        set { cursor = base + newValue }
    }

    @inlinable
    @inline(__always)
    public mutating func readByte() -> UInt8 {
        let byte = cursor.pointee
        cursor += 1
        return byte
    }

    /// The next byte, which stays unread.
    @inlinable
    public func peekByte() -> UInt8 { cursor.pointee }

    /// An operator with its prefix, if it has one.
    @inlinable
    @inline(__always)
    public mutating func readOpcode() -> Opcode {
        let byte = readByte()
        if byte < 0xFB { return unsafeBitCast(ordinals[Int(byte)], to: Opcode.self) }
        return readPrefixedOpcode(byte)
    }

    @inlinable
    mutating func readPrefixedOpcode(_ prefix: UInt8) -> Opcode {
        let page = OpcodePage(prefix: prefix).unsafelyUnwrapped
        return unsafeBitCast(ordinals[Int(page.base) &+ Int(readU32InPlace())], to: Opcode.self)
    }

    /// The row of an operator: as ``Opcode/info``, without a look for the table.
    @inlinable
    @inline(__always)
    public func row(of opcode: Opcode) -> UnsafePointer<OpcodeInfo> { rows + opcode.ordinal }

    @inlinable
    @inline(__always)
    public mutating func readU32() -> UInt32 {
        let byte = readByte()
        return byte < 0x80 ? UInt32(byte) : UInt32(truncatingIfNeeded: readUnsignedRest(byte))
    }

    /// As ``readU32()``, but long forms are read without a call. Where every read of a loop is of this kind, or skips,
    /// the reader can stay in registers.
    @inlinable
    @inline(__always)
    public mutating func readU32InPlace() -> UInt32 {
        var byte = readByte()
        var value = UInt32(byte & 0x7F)
        var shift: UInt32 = 7
        while byte >= 0x80 {
            byte = readByte()
            value |= UInt32(byte & 0x7F) &<< shift
            shift &+= 7
        }
        return value
    }

    @inlinable
    @inline(__always)
    public mutating func readU64() -> UInt64 {
        let byte = readByte()
        return byte < 0x80 ? UInt64(byte) : readUnsignedRest(byte)
    }

    @inlinable
    @inline(__always)
    public mutating func readS32() -> Int32 {
        let byte = readByte()
        return byte < 0x80
            ? Int32(Int8(bitPattern: byte &<< 1) &>> 1) : Int32(truncatingIfNeeded: readSignedRest(byte))
    }

    /// A number of 33 bits, as block types and heap types have it.
    @inlinable
    @inline(__always)
    public mutating func readS33() -> Int64 { readS64() }

    @inlinable
    @inline(__always)
    public mutating func readS64() -> Int64 {
        let byte = readByte()
        return byte < 0x80 ? Int64(Int8(bitPattern: byte &<< 1) &>> 1) : readSignedRest(byte)
    }

    @usableFromInline
    mutating func readUnsignedRest(_ first: UInt8) -> UInt64 {
        var value = UInt64(first & 0x7F)
        var shift: UInt64 = 7
        while true {
            let byte = readByte()
            value |= UInt64(byte & 0x7F) &<< shift
            if byte < 0x80 { return value }
            shift &+= 7
        }
    }

    @usableFromInline
    mutating func readSignedRest(_ first: UInt8) -> Int64 {
        var value = UInt64(first & 0x7F)
        var shift: UInt64 = 7
        while true {
            let byte = readByte()
            value |= UInt64(byte & 0x7F) &<< shift
            shift &+= 7
            if byte < 0x80 {
                if byte & 0x40 != 0, shift < 64 { value |= ~0 &<< shift }
                return Int64(bitPattern: value)
            }
        }
    }

    @inlinable
    public mutating func readF32Bits() -> UInt32 {
        let value = UnsafeRawPointer(cursor).loadUnaligned(as: UInt32.self)
        cursor += 4
        return UInt32(littleEndian: value)
    }

    @inlinable
    public mutating func readF64Bits() -> UInt64 {
        let value = UnsafeRawPointer(cursor).loadUnaligned(as: UInt64.self)
        cursor += 8
        return UInt64(littleEndian: value)
    }

    /// Sixteen bytes as two numbers, the first eight bytes in `low`.
    @inlinable
    public mutating func readV128() -> (low: UInt64, high: UInt64) {
        let low = readF64Bits()
        return (low, readF64Bits())
    }

    @inlinable
    public mutating func readHeapType() -> HeapType {
        let value = readS33()
        return value >= 0
            ? .concrete(UInt32(truncatingIfNeeded: value))
            : HeapType(rawValue: 0x0100_0000 | UInt32(truncatingIfNeeded: value & 0x7F))
    }

    @inlinable
    public mutating func readValueType() -> ValueType {
        let byte = readByte()
        switch byte {
        case 0x7B...0x7F: return ValueType(rawValue: UInt32(0x80 &- byte))
        case 0x64: return .ref(readHeapType(), nullable: false)
        case 0x63: return .ref(readHeapType(), nullable: true)
        default: return .ref(HeapType(rawValue: 0x0100_0000 | UInt32(byte)), nullable: true)
        }
    }

    @inlinable
    public mutating func readBlockType() -> BlockType {
        let byte = cursor.pointee
        if byte == 0x40 {
            cursor += 1
            return .empty
        }
        // One byte with the sign bit set is a value type, or the first byte of a reference type.
        if byte & 0xC0 == 0x40 { return .value(readValueType()) }
        return .function(typeIndex: UInt32(truncatingIfNeeded: readS33()))
    }

    @inlinable
    @inline(__always)
    public mutating func readMemoryArgument() -> MemoryArgument {
        let flags = readU32()
        let memory = flags & 0x40 != 0 ? readU32() : 0
        return MemoryArgument(alignment: flags & 0x3F, memory: memory, offset: readU64())
    }

    /// Sixteen lane numbers.
    @inlinable
    public mutating func readShuffle() -> (low: UInt64, high: UInt64) { readV128() }
}
