// The few encodings of the binary format that generated modules need.

extension [UInt8] {
    public mutating func appendUnsigned(_ value: UInt64) {
        var rest = value
        repeat {
            let byte = UInt8(rest & 0x7F)
            rest >>= 7
            append(rest == 0 ? byte : byte | 0x80)
        } while rest != 0
    }

    public mutating func appendUnsigned(_ value: Int) { appendUnsigned(UInt64(value)) }

    public mutating func appendSigned(_ value: Int64) {
        var rest = value
        while true {
            let byte = UInt8(truncatingIfNeeded: rest & 0x7F)
            rest >>= 7
            if rest == 0 && byte & 0x40 == 0 || rest == -1 && byte & 0x40 != 0 {
                append(byte)
                return
            }
            append(byte | 0x80)
        }
    }

    public mutating func appendLittleEndian<Value: FixedWidthInteger>(_ value: Value) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }

    public mutating func appendName(_ name: String) {
        appendUnsigned(name.utf8.count)
        append(contentsOf: name.utf8)
    }

    /// A section, if it has entries.
    public mutating func appendSection(_ id: UInt8, count: Int, _ entries: [UInt8]) {
        guard count > 0 else { return }
        var contents: [UInt8] = []
        contents.appendUnsigned(count)
        contents += entries
        append(id)
        appendUnsigned(contents.count)
        self += contents
    }
}
