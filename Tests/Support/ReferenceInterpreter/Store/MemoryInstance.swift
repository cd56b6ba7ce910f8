// Memory instances: bytes, of which only what was written takes room, so that sizes near the limits cost nothing.

import WasmFormat

/// A memory.
public final class MemoryInstance {
    /// The declared type.
    public let type: MemoryType
    /// The size in bytes: a whole number of pages.
    public private(set) var byteCount: UInt64
    private let maximumPages: UInt64

    private static let pieceSize = 1 << 16
    /// Pieces of 64 KiB; nil is a piece of zeros.
    private var pieces: [[UInt8]?]

    /// A memory of the type's minimum size, or nil if that is beyond the limits.
    init?(_ type: MemoryType, bounds: Machine.Bounds) {
        let shift = UInt64(type.pageSizeLog2)
        // What addresses can express, less one page where the number of pages would not be an i32: a limit of the
        // implementation that the specification allows ("Implementation Limitations").
        let expressible: UInt64 = type.is64 ? .max >> shift : min((1 << 32) >> shift, UInt64(UInt32.max))
        let maximumPages = min(type.limits.maximum ?? .max, expressible, bounds.memoryBytes >> shift)
        guard type.limits.minimum <= maximumPages else { return nil }
        self.type = type
        self.maximumPages = maximumPages
        byteCount = type.limits.minimum << shift
        pieces = Self.zeros(byteCount)
    }

    private static func zeros(_ byteCount: UInt64) -> [[UInt8]?] {
        Array(repeating: nil, count: pieceCount(byteCount))
    }

    private static func pieceCount(_ byteCount: UInt64) -> Int {
        Int((byteCount + UInt64(pieceSize) - 1) / UInt64(pieceSize))
    }

    public var pageCount: UInt64 { byteCount >> UInt64(type.pageSizeLog2) }

    /// The type with the present size as its minimum: what imports are matched with.
    var currentType: MemoryType {
        var type = type
        type.limits.minimum = pageCount
        return type
    }

    /// `growmem`: the number of pages before, or nil if it fails.
    public func grow(by delta: UInt64) -> UInt64? {
        let old = pageCount
        guard delta <= maximumPages - old else { return nil }
        byteCount = (old + delta) << UInt64(type.pageSizeLog2)
        pieces += Array(repeating: nil, count: Self.pieceCount(byteCount) - pieces.count)
        return old
    }

    /// Traps unless `[address, address + count)` lies in the memory.
    func check(_ address: UInt64, count: UInt64) throws(Failure) {
        guard count <= byteCount, address <= byteCount - count else { throw .trap(.memoryOutOfBounds) }
    }

    /// One byte, at an address in bounds.
    public subscript(address: UInt64) -> UInt8 {
        get { pieces[Int(address / UInt64(Self.pieceSize))]?[Int(address) % Self.pieceSize] ?? 0 }
        set {
            let piece = Int(address / UInt64(Self.pieceSize))
            if pieces[piece] == nil { pieces[piece] = Array(repeating: 0, count: Self.pieceSize) }
            pieces[piece]![Int(address) % Self.pieceSize] = newValue
        }
    }

    /// A little-endian number of up to 8 bytes.
    func load(_ address: UInt64, count: Int) throws(Failure) -> UInt64 {
        try check(address, count: UInt64(count))
        var value: UInt64 = 0
        for number in 0..<UInt64(count) { value |= UInt64(self[address + number]) << (8 * number) }
        return value
    }

    /// The lowest `count` bytes of a number, little endian.
    func store(_ value: UInt64, _ address: UInt64, count: Int) throws(Failure) {
        try check(address, count: UInt64(count))
        for number in 0..<UInt64(count) {
            self[address + number] = UInt8(truncatingIfNeeded: value >> (8 * number))
        }
    }

    /// Where these bytes first differ from the memory's, which has as many; nil if nowhere. Of more than twice `edge`
    /// bytes only what was ever written here, the first and the last ones are looked at.
    public func firstDifference(from bytes: UnsafeRawBufferPointer, edge: Int = 1 << 20) -> Int? {
        let zeros = [UInt8](repeating: 0, count: Self.pieceSize)
        for (number, piece) in pieces.enumerated() {
            let start = number * Self.pieceSize
            let end = min(start + Self.pieceSize, bytes.count)
            if piece == nil, start >= edge, end <= bytes.count - edge { continue }
            let actual = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
            let place = (piece ?? zeros).withUnsafeBytes { Self.firstDifference(actual, $0) }
            if let place { return start + place }
        }
        return nil
    }

    private static func firstDifference(_ actual: UnsafeRawBufferPointer, _ expected: UnsafeRawBufferPointer) -> Int? {
        var place = 0
        while place + 8 <= actual.count,
            actual.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                == expected.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        {
            place += 8
        }
        return (place..<actual.count).first { actual[$0] != expected[$0] }
    }
}
