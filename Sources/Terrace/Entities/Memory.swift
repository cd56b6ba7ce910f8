// Linear memories.

import TerraceRuntime
import WasmFormat

/// The type of a memory: limits in pages, width of addresses, size of pages.
public typealias MemoryType = WasmFormat.MemoryType
/// Smallest and largest size of a memory (in pages) or table (in elements).
public typealias Limits = WasmFormat.Limits

/// A linear memory of a store.
public struct Memory {
    public let store: Store
    // Owned by the store.
    @usableFromInline unowned(unsafe) let storage: MemoryStorage

    init(store: Store, storage: MemoryStorage) {
        self.store = store
        self.storage = storage
    }

    /// Makes a memory of the type's minimum size, filled with zeros.
    public init(_ store: Store, _ type: MemoryType) throws(ResourceLimitError) {
        self.init(store: store, storage: try store.storage.makeMemory(type))
    }

    /// The declared type.
    public var type: MemoryType { storage.type }
    /// Current size in bytes.
    @inlinable public var byteCount: Int { storage.byteCount }
    /// Current size in pages.
    public var pageCount: UInt64 { storage.pageCount }

    /// Grows by a number of pages. Returns the size before in pages, or nil if a limit does not allow it.
    public func grow(by pages: UInt64) -> UInt64? { storage.grow(by: pages) }

    /// Calls `body` with all bytes. They must not be used after `body` returns, nor after the memory grows.
    @inlinable public func withUnsafeMutableBytes<Result, Failure: Error>(
        _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(storage.bytes)
    }

    /// The bytes of a range, if it lies in the memory. They must not be used after the memory grows or the store ends.
    @inlinable public func unsafeBytes(
        at offset: some BinaryInteger, count: some BinaryInteger
    ) throws(MemoryAccessError) -> UnsafeMutableRawBufferPointer {
        guard let position = UInt64(exactly: offset), let length = UInt64(exactly: count),
            storage.contains(offset: position, length: length)
        else { throw MemoryAccessError() }
        let start = UnsafeMutableRawPointer(bitPattern: storage.base &+ UInt(position))
        return UnsafeMutableRawBufferPointer(start: start, count: Int(length))
    }

    /// Reads a little-endian number (or any plain value) at an offset; alignment does not matter.
    @inlinable public func read<T: BitwiseCopyable>(
        _ type: T.Type = T.self, at offset: some BinaryInteger
    ) throws(MemoryAccessError) -> T {
        try UnsafeRawBufferPointer(unsafeBytes(at: offset, count: MemoryLayout<T>.size)).loadUnaligned(as: T.self)
    }

    /// Writes a little-endian number (or any plain value) at an offset; alignment does not matter.
    @inlinable public func write<T: BitwiseCopyable>(
        _ value: T, at offset: some BinaryInteger
    ) throws(MemoryAccessError) {
        try unsafeBytes(at: offset, count: MemoryLayout<T>.size).storeBytes(of: value, as: T.self)
    }

    /// Copies bytes out of the memory.
    public func readBytes(at offset: some BinaryInteger, count: some BinaryInteger) throws(MemoryAccessError) -> [UInt8]
    {
        [UInt8](try unsafeBytes(at: offset, count: count))
    }

    /// Copies bytes into the memory.
    public func writeBytes(_ bytes: [UInt8], at offset: some BinaryInteger) throws(MemoryAccessError) {
        try unsafeBytes(at: offset, count: bytes.count).copyBytes(from: bytes)
    }

    /// Copies bytes into the memory.
    public func writeBytes(_ bytes: UnsafeRawBufferPointer, at offset: some BinaryInteger) throws(MemoryAccessError) {
        let target = try unsafeBytes(at: offset, count: bytes.count)
        if let from = bytes.baseAddress { target.baseAddress?.copyMemory(from: from, byteCount: bytes.count) }
    }

    /// Reads UTF-8 text; ill-formed parts are replaced.
    public func readString(at offset: some BinaryInteger, count: some BinaryInteger) throws(MemoryAccessError) -> String
    {
        String(decoding: try unsafeBytes(at: offset, count: count), as: UTF8.self)
    }
}

extension Memory: Equatable {
    /// Whether both are the same memory.
    public static func == (a: Memory, b: Memory) -> Bool { a.storage === b.storage }
}

/// An access by the host lies outside a memory or table.
public struct MemoryAccessError: Error, CustomStringConvertible {
    @inlinable public init() {}
    public var description: String { "out of bounds memory access" }
}

/// Something is larger than the engine's configuration or the system allows.
public typealias ResourceLimitError = TerraceRuntime.ResourceLimitError
