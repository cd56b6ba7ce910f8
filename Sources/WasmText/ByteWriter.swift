// A growing buffer of bytes with the integer encodings of the binary format. Owns its memory.

/// Growing bytes; the parser writes sections and bodies with it.
struct ByteWriter: ~Copyable {
    private var buffer: RawBuffer<UInt8>

    init(capacity: Int = 256) { buffer = RawBuffer(capacity: capacity) }

    var base: UnsafeMutablePointer<UInt8> { buffer.base }
    private(set) var count: Int {
        get { buffer.count }
        set { buffer.count = newValue }
    }

    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

    mutating func removeAll() { count = 0 }

    /// Drops everything from `newCount` on.
    mutating func truncate(to newCount: Int) { count = newCount }

    @inline(__always)
    mutating func reserve(_ additional: Int) { buffer.reserve(additional) }

    @inline(__always)
    mutating func byte(_ value: UInt8) { buffer.append(value) }

    /// Adds one to the byte written last.
    mutating func incrementLastByte() { base[count - 1] += 1 }

    mutating func append(_ start: UnsafePointer<UInt8>, _ length: Int) {
        guard length > 0 else { return }
        reserve(length)
        (base + count).update(from: start, count: length)
        count += length
    }

    mutating func append(_ buffer: UnsafeBufferPointer<UInt8>) {
        if let start = buffer.baseAddress { append(start, buffer.count) }
    }

    mutating func append(_ array: [UInt8]) {
        array.withUnsafeBufferPointer { append($0) }
    }

    mutating func append(_ other: borrowing ByteWriter) { append(other.bytes) }

    @inline(__always)
    mutating func unsigned(_ value: UInt32) {
        if value < 0x80 { byte(UInt8(truncatingIfNeeded: value)) } else { unsigned64(UInt64(value)) }
    }

    mutating func unsigned64(_ value: UInt64) {
        reserve(10)
        var rest = value
        while rest >= 0x80 {
            base[count] = UInt8(truncatingIfNeeded: rest) | 0x80
            count &+= 1
            rest >>= 7
        }
        base[count] = UInt8(truncatingIfNeeded: rest)
        count &+= 1
    }

    mutating func signed(_ value: Int64) {
        reserve(10)
        var rest = value
        while true {
            let low = UInt8(truncatingIfNeeded: rest) & 0x7F
            rest >>= 7
            if (rest == 0 && low & 0x40 == 0) || (rest == -1 && low & 0x40 != 0) {
                base[count] = low
                count &+= 1
                return
            }
            base[count] = low | 0x80
            count &+= 1
        }
    }

    mutating func fixed32(_ value: UInt32) {
        reserve(4)
        UnsafeMutableRawPointer(base + count).storeBytes(of: value.littleEndian, as: UInt32.self)
        count += 4
    }

    mutating func fixed64(_ value: UInt64) {
        reserve(8)
        UnsafeMutableRawPointer(base + count).storeBytes(of: value.littleEndian, as: UInt64.self)
        count += 8
    }

    /// A vector of bytes: length, then the bytes.
    mutating func vector(_ buffer: UnsafeBufferPointer<UInt8>) {
        unsigned64(UInt64(buffer.count))
        append(buffer)
    }

    mutating func vector(_ other: borrowing ByteWriter) { vector(other.bytes) }

    /// A section: its id, its size, its content.
    mutating func section(_ id: UInt8, _ content: borrowing ByteWriter) {
        byte(id)
        vector(content)
    }

    func array() -> [UInt8] { Array(bytes) }
}
