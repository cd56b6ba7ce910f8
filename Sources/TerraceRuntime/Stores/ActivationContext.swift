// A store's activation context, seen from Swift: the struct, and a pointer to it.

import Synchronization
import TerraceABI
import TerraceCode

/// What stubs, the fault handler and the runtime tell each other; the fields stand as ``ActivationContextLayout`` says, which
/// also says what they mean.
@frozen public struct ActivationRecord: BitwiseCopyable {
    public var hostStackPointer: UInt = 0
    public var wasmStackPointer: UInt = 0
    public var exitPC: UInt = 0
    public var exitFP: UInt = 0
    /// Atomic: use ``ActivationContext/trapKind``.
    public var trapKind: UInt32 = 0
    /// Atomic: use ``ActivationContext/isInterruptRequested``.
    public var interruptRequested: UInt32 = 0
    public var faultAddress: UInt = 0
    public var owner: UnsafeMutableRawPointer?
    public var exitIsTrap: UInt32 = 0
    public var hostControlWord: UInt32 = 0
    public var wasmControlWord = UInt32(bitPattern: FloatingPointControl.wasm)
    public var controlWordScratch: UInt32 = 0
    /// Atomic: use ``ActivationContext/isScanRequested``.
    public var scanRequested: UInt32 = 0
    public var controlProbe = FloatingPointControl.probe
    public var controlProbeAddend = FloatingPointControl.probeAddend
    public var controlProbeSum = FloatingPointControl.probeSum

    init() {}
}

/// Pointer to an activation context. The store owns the memory.
@frozen public struct ActivationContext: @unchecked Sendable {
    // Used by the thread that uses the store; `interruptRequested` is atomic and may be written by any thread.
    public let base: UnsafeMutableRawPointer

    @inlinable init(base: UnsafeMutableRawPointer) { self.base = base }

    static func allocate() -> ActivationContext {
        let base = UnsafeMutableRawPointer.allocate(byteCount: ActivationContextLayout.size, alignment: 64)
        base.initializeMemory(as: ActivationRecord.self, to: ActivationRecord())
        return ActivationContext(base: base)
    }

    func deallocate() { base.deallocate() }

    @inlinable var record: UnsafeMutablePointer<ActivationRecord> {
        base.assumingMemoryBound(to: ActivationRecord.self)
    }

    /// Where the innermost entry stub left the host stack; 0 when no wasm code is active.
    @inlinable public var hostStackPointer: UInt { record.pointee.hostStackPointer }

    @inline(__always) private func word(_ offset: Int32) -> UnsafeMutablePointer<Atomic<UInt32>> {
        (base + Int(offset)).assumingMemoryBound(to: Atomic<UInt32>.self)
    }
    private var interruptWord: UnsafeMutablePointer<Atomic<UInt32>> { word(ActivationContextLayout.interruptRequested) }
    /// Whether an interrupt is pending. Safe in a signal handler and on any thread while the store lives.
    var isInterruptRequested: Bool { interruptWord.pointee.load(ordering: .acquiring) != 0 }
    /// Raw value of the kind of the trap that is to be described; 0 if there is none.
    var trapKind: UInt32 {
        get { word(ActivationContextLayout.trapKind).pointee.load(ordering: .relaxed) }
        nonmutating set { word(ActivationContextLayout.trapKind).pointee.store(newValue, ordering: .releasing) }
    }
    /// Whether somebody waits for a look at the stack.
    var isScanRequested: Bool {
        word(ActivationContextLayout.scanRequested).pointee.load(ordering: .acquiring) != 0
    }
    func setInterruptRequested(_ value: Bool) { interruptWord.pointee.store(value ? 1 : 0, ordering: .releasing) }
}
