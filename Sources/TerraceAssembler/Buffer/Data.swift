// Bytes that are not instructions: data, padding, jump tables, patches.

extension Assembler {
    /// Emits one byte.
    @inlinable public mutating func emit8(_ value: UInt8) {
        reserve()
        cursor.storeBytes(of: value, as: UInt8.self)
        cursor += 1
    }

    /// Emits four bytes, least significant first.
    @inlinable public mutating func emit32(_ value: UInt32) {
        reserve()
        cursor.storeBytes(of: value, as: UInt32.self)
        cursor += 4
    }

    /// Emits eight bytes, least significant first.
    @inlinable public mutating func emit64(_ value: UInt64) {
        reserve()
        cursor.storeBytes(of: value, as: UInt64.self)
        cursor += 8
    }

    /// Emits bytes as they are.
    public mutating func emitBytes(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        if limit - cursor < bytes.count { grow(by: bytes.count) }
        cursor.copyMemory(from: source, byteCount: bytes.count)
        cursor += bytes.count
    }

    /// Emits bytes as they are.
    public mutating func emitBytes(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { emitBytes($0) }
    }

    /// Overwrites four bytes that have been emitted.
    @inlinable public mutating func patch32(at offset: Int32, _ value: Int32) {
        assert(offset >= 0 && offset &+ 4 <= self.offset)
        (base + Int(offset)).storeBytes(of: value, as: Int32.self)
    }

    /// Overwrites one byte that has been emitted.
    @inlinable public mutating func patch8(at offset: Int32, _ value: UInt8) {
        assert(offset >= 0 && offset < self.offset)
        (base + Int(offset)).storeBytes(of: value, as: UInt8.self)
    }

    /// Reads four bytes that have been emitted.
    @inlinable public func read32(at offset: Int32) -> Int32 {
        assert(offset >= 0 && offset &+ 4 <= self.offset)
        return (base + Int(offset)).loadUnaligned(as: Int32.self)
    }

    /// Fills up to a multiple of `alignment`, a power of two.
    public mutating func align(to alignment: Int, with padding: Padding) {
        precondition(alignment > 0 && alignment & (alignment - 1) == 0, "an alignment is a power of two")
        let count = -Int(offset) & (alignment - 1)
        switch padding {
        case .trap:
            if limit - cursor < count { grow(by: count) }
            cursor.initializeMemory(as: UInt8.self, repeating: 0xCC, count: count)
            cursor += count
        case .nop:
            nop(count)
        }
    }

    /// Emits a 4-byte entry of a jump table: the distance from `origin` to `label`.
    public mutating func jumpTableEntry(_ label: Label, relativeTo origin: Label) {
        reserve()
        let target = labels[Int(label.index)].position
        let start = labels[Int(origin.index)].position
        if target >= 0 && start >= 0 {
            emit32(UInt32(bitPattern: target - start))
        } else {
            fixups.append(Fixup(field: offset, target: label.index, origin: origin.index))
            emit32(0)
        }
    }

    /// Emits no-operations of `count` bytes altogether, as few as possible.
    public mutating func nop(_ count: Int = 1) {
        var rest = count
        while rest > 0 {
            reserve()
            let length = min(rest, 9)
            let (low, high) = Self.longNops[length - 1]
            cursor.storeBytes(of: low, as: UInt64.self)
            (cursor + 8).storeBytes(of: high, as: UInt8.self)
            cursor += length
            rest -= length
        }
    }

    /// The recommended no-operations of 1 to 9 bytes.
    private static let longNops: [(UInt64, UInt8)] = [
        (0x90, 0), (0x9066, 0), (0x1F0F, 0), (0x0040_1F0F, 0), (0x0044_1F0F, 0), (0x441F_0F66, 0),
        (0x0080_1F0F, 0), (0x0084_1F0F, 0), (0x841F_0F66, 0),
    ]
}
