// Bytes that are not instructions: data, jump tables, patches.

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

    /// Reads four bytes that have been emitted.
    @inlinable public func read32(at offset: Int32) -> Int32 {
        assert(offset >= 0 && offset &+ 4 <= self.offset)
        return (base + Int(offset)).loadUnaligned(as: Int32.self)
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
}
