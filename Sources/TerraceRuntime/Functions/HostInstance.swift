// What stands in the place of an instance while a host function runs.

import TerraceABI

/// C function that host-call stubs call: `(host instance, slots) -> 0, or a TrapKind raw value`.
typealias HostFunctionEntry = @convention(c) (UnsafeMutableRawPointer, UnsafeMutableRawPointer) -> Int32

/// A host function's record; the fields stand as ``HostInstanceLayout`` says, which also says what they mean.
struct HostInstance {
    /// Atomic, and written by any thread: see ``InterruptState``.
    var stackLimit: UInt = 0
    var context: UnsafeMutableRawPointer
    var memory0Base: UInt = 0
    var entry: HostFunctionEntry
    private var reserved: (UInt, UInt) = (0, 0)
    var owner: UnsafeMutableRawPointer
    private var reservedToo: UInt = 0

    init(context: UnsafeMutableRawPointer, entry: @escaping HostFunctionEntry, owner: UnsafeMutableRawPointer) {
        self.context = context
        self.entry = entry
        self.owner = owner
    }
}
