// Who called the host function that is running.

import TerraceABI

extension StoreStorage {
    /// The instance whose code called the host function that is running; nil if the host called it.
    public var callerInstance: InstanceStorage? { callerData.map(InstanceStorage.of) }

    /// The bytes of a memory that the calling instance exports; nil if there is none or the host called.
    public func callerMemoryBytes(_ name: String) -> UnsafeMutableRawBufferPointer? {
        guard let data = callerData else { return nil }
        let owner = data.load(fromByteOffset: Int(InstanceLayout.owner), as: UnsafeRawPointer.self)
        // The instance lives while its code is active, and nearly every host function asks: count no references.
        return Unmanaged<InstanceStorage>.fromOpaque(owner)._withUnsafeGuaranteedRef { $0.exportedMemoryBytes(name) }
    }

    /// The data of the instance whose code called the host function that is running.
    @inline(__always)
    private var callerData: UnsafeRawPointer? {
        let frame = context.record.pointee.exitFP
        // The frame of an entry stub lies on the host's stack.
        guard context.hostStackPointer != 0, frame >= stack.mapping, frame < stack.top else { return nil }
        let slot = UnsafePointer<UnsafeRawPointer?>(
            bitPattern: frame &+ UInt(bitPattern: Int(CallingConvention.frameInstance)))
        return slot.unsafelyUnwrapped.pointee
    }
}
