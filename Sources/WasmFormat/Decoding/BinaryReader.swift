// Reading untrusted bytes: every read is checked and every failure names an offset.

/// A cursor over part of a module's bytes.
///
/// The bytes are borrowed: a reader must not outlive the ``ModuleBytes`` it reads.
@usableFromInline
struct BinaryReader {
    @usableFromInline
    var cursor: UnsafePointer<UInt8>
    @usableFromInline
    let end: UnsafePointer<UInt8>
    /// The first byte of the module; offsets count from here.
    @usableFromInline
    let base: UnsafePointer<UInt8>

    @inlinable
    init(base: UnsafePointer<UInt8>, range: Range<Int>) {
        self.base = base
        cursor = base + range.lowerBound
        end = base + range.upperBound
    }

    /// Offset of the next byte in the module.
    @inlinable
    var offset: Int { cursor - base }

    @inlinable
    var remaining: Int { end - cursor }

    @inlinable
    var isAtEnd: Bool { cursor == end }

    @inline(never)
    func malformed(_ message: String, at offset: Int? = nil) -> ModuleError {
        ModuleError(.malformed, message, offset: offset ?? self.offset)
    }

    @inline(never)
    func unexpectedEnd() -> ModuleError { malformed("unexpected end of section or function", at: end - base) }

    @inline(__always)
    mutating func readByte() throws(ModuleError) -> UInt8 {
        if cursor == end { throw unexpectedEnd() }
        let byte = cursor.pointee
        cursor += 1
        return byte
    }

    /// An unsigned number of up to 32 bits.
    @inline(__always)
    mutating func readU32() throws(ModuleError) -> UInt32 {
        if cursor != end, cursor.pointee < 0x80 {
            let byte = cursor.pointee
            cursor += 1
            return UInt32(byte)
        }
        return UInt32(truncatingIfNeeded: try readUnsignedSlowly(bits: 32))
    }

    @inline(__always)
    mutating func readU64() throws(ModuleError) -> UInt64 {
        if cursor != end, cursor.pointee < 0x80 {
            let byte = cursor.pointee
            cursor += 1
            return UInt64(byte)
        }
        return try readUnsignedSlowly(bits: 64)
    }

    @inline(__always)
    mutating func readS32() throws(ModuleError) -> Int32 {
        if cursor != end, cursor.pointee < 0x80 {
            let byte = Int8(bitPattern: cursor.pointee << 1) >> 1
            cursor += 1
            return Int32(byte)
        }
        return Int32(truncatingIfNeeded: try readSignedSlowly(bits: 32))
    }

    @inline(__always)
    mutating func readS33() throws(ModuleError) -> Int64 {
        if cursor != end, cursor.pointee < 0x80 {
            let byte = Int8(bitPattern: cursor.pointee << 1) >> 1
            cursor += 1
            return Int64(byte)
        }
        return try readSignedSlowly(bits: 33)
    }

    @inline(__always)
    mutating func readS64() throws(ModuleError) -> Int64 {
        if cursor != end, cursor.pointee < 0x80 {
            let byte = Int8(bitPattern: cursor.pointee << 1) >> 1
            cursor += 1
            return Int64(byte)
        }
        return try readSignedSlowly(bits: 64)
    }

    /// LEB128: at most `ceil(bits / 7)` bytes, unused bits of the last one zero.
    @inline(never)
    mutating func readUnsignedSlowly(bits: UInt32) throws(ModuleError) -> UInt64 {
        let start = offset
        var value: UInt64 = 0
        var shift: UInt32 = 0
        while true {
            let byte = try readByte()
            let left = bits - shift
            if left < 7 {
                // The last byte that there may be.
                if byte & 0x80 != 0 { throw malformed("integer representation too long", at: start) }
                if byte >> left != 0 { throw malformed("integer too large", at: start) }
            }
            value |= UInt64(byte & 0x7F) &<< UInt64(shift)
            if byte & 0x80 == 0 { return value }
            shift += 7
            if shift >= bits { throw malformed("integer representation too long", at: start) }
        }
    }

    /// Signed LEB128: at most `ceil(bits / 7)` bytes, unused bits of the last one equal to the sign.
    @inline(never)
    mutating func readSignedSlowly(bits: UInt32) throws(ModuleError) -> Int64 {
        let start = offset
        var value: UInt64 = 0
        var shift: UInt32 = 0
        while true {
            let byte = try readByte()
            let left = bits - shift
            if left < 7 {
                if byte & 0x80 != 0 { throw malformed("integer representation too long", at: start) }
                let unused = Int8(bitPattern: byte << 1) >> Int8(left)  // sign bit and everything above it
                if unused != 0 && unused != -1 { throw malformed("integer too large", at: start) }
            }
            value |= UInt64(byte & 0x7F) &<< UInt64(shift)
            shift += 7
            if byte & 0x80 == 0 {
                if shift < 64, byte & 0x40 != 0 { value |= ~0 &<< UInt64(shift) }
                return Int64(bitPattern: value)
            }
            if shift >= bits { throw malformed("integer representation too long", at: start) }
        }
    }

    /// The range of the next `count` bytes, which are skipped.
    mutating func readRange(_ count: Int) throws(ModuleError) -> Range<Int> {
        guard count <= remaining else { throw unexpectedEnd() }
        let start = offset
        cursor += count
        return start..<(start + count)
    }

    mutating func readLittleEndian32() throws(ModuleError) -> UInt32 {
        guard remaining >= 4 else { throw unexpectedEnd() }
        let value = UnsafeRawPointer(cursor).loadUnaligned(as: UInt32.self)
        cursor += 4
        return UInt32(littleEndian: value)
    }

    mutating func readLittleEndian64() throws(ModuleError) -> UInt64 {
        guard remaining >= 8 else { throw unexpectedEnd() }
        let value = UnsafeRawPointer(cursor).loadUnaligned(as: UInt64.self)
        cursor += 8
        return UInt64(littleEndian: value)
    }

    /// The length of a vector. Each element takes at least one byte, so a length beyond the rest is an error.
    mutating func readCount(limit: Int, of what: String) throws(ModuleError) -> Int {
        let start = offset
        let count = Int(try readU32())
        if count > limit { throw ModuleError(.limit, "too many \(what): \(count), limit \(limit)", offset: start) }
        if count > remaining { throw lengthOutOfBounds(count, at: start) }
        return count
    }

    private func lengthOutOfBounds(_ count: Int, at start: Int) -> ModuleError {
        // The specification's interpreter tells an empty rest from one that is too short.
        isAtEnd ? unexpectedEnd() : malformed("length out of bounds", at: start)
    }

    /// A name: length, then UTF-8.
    mutating func readName(limit: Int) throws(ModuleError) -> String {
        let start = offset
        let count = Int(try readU32())
        if count > remaining { throw malformed("length out of bounds: unexpected end", at: start) }
        if count > limit { throw ModuleError(.limit, "name of \(count) bytes is too long", offset: start) }
        let bytes = UnsafeBufferPointer(start: cursor, count: count)
        guard isValidUTF8(bytes) else { throw malformed("malformed UTF-8 encoding", at: offset) }
        cursor += count
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Whether bytes are UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
func isValidUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var index = 0
    let count = bytes.count
    func isContinuation(_ position: Int) -> Bool { position < count && bytes[position] & 0xC0 == 0x80 }
    while index < count {
        let byte = bytes[index]
        switch byte {
        case 0x00...0x7F:
            index += 1
        case 0xC2...0xDF:
            guard isContinuation(index + 1) else { return false }
            index += 2
        case 0xE0...0xEF:
            guard isContinuation(index + 1), isContinuation(index + 2) else { return false }
            let second = bytes[index + 1]
            if byte == 0xE0 && second < 0xA0 || byte == 0xED && second > 0x9F { return false }
            index += 3
        case 0xF0...0xF4:
            guard isContinuation(index + 1), isContinuation(index + 2), isContinuation(index + 3) else { return false }
            let second = bytes[index + 1]
            if byte == 0xF0 && second < 0x90 || byte == 0xF4 && second > 0x8F { return false }
            index += 4
        default:
            return false
        }
    }
    return true
}
