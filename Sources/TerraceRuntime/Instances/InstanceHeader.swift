// The head of an instance's data, as a struct.

import TerraceABI

/// What stands at the beginning of every instance's data; the fields stand as ``InstanceLayout`` says, which also says what
/// they mean. Memories, tables, globals and imports follow.
@frozen public struct InstanceHeader: BitwiseCopyable {
    /// Atomic, and written by any thread: see ``InterruptState``.
    public var stackLimit: UInt = 0
    public var context: UnsafeMutableRawPointer
    public var memory0Base: UInt
    public var builtins: UnsafePointer<UInt>
    public var builtinStubs: UnsafePointer<UInt>
    public var entryCells: UnsafeRawPointer
    public var owner: UnsafeMutableRawPointer
    private var reserved: UInt = 0

    init(
        context: UnsafeMutableRawPointer, memory0Base: UInt, builtins: UnsafePointer<UInt>,
        builtinStubs: UnsafePointer<UInt>, entryCells: UnsafeRawPointer, owner: UnsafeMutableRawPointer
    ) {
        self.context = context
        self.memory0Base = memory0Base
        self.builtins = builtins
        self.builtinStubs = builtinStubs
        self.entryCells = entryCells
        self.owner = owner
    }
}
