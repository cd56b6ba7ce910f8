// A store's activation context, seen from Swift. The offsets are ``ActivationContextLayout``'s.

import Synchronization
import TerraceABI
import TerraceCode

/// Pointer to an activation context. The store owns the memory.
@frozen public struct ActivationContext: @unchecked Sendable {
    // Used by the thread that uses the store; `interruptRequested` is atomic and may be written by any thread.
    public let base: UnsafeMutableRawPointer

    @inlinable init(base: UnsafeMutableRawPointer) { self.base = base }

    static func allocate() -> ActivationContext {
        let size = ActivationContextLayout.size
        let base = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
        base.initializeMemory(as: UInt8.self, repeating: 0, count: size)
        return ActivationContext(base: base)
    }

    func deallocate() { base.deallocate() }

    @inlinable func word(_ offset: Int32) -> UInt { base.load(fromByteOffset: Int(offset), as: UInt.self) }
    @inlinable func setWord(_ offset: Int32, _ value: UInt) {
        base.storeBytes(of: value, toByteOffset: Int(offset), as: UInt.self)
    }

    /// Where the innermost entry stub left the host stack; 0 when no wasm code is active.
    @inlinable public var hostStackPointer: UInt { word(ActivationContextLayout.hostStackPointer) }
    @inlinable var wasmStackPointer: UInt {
        get { word(ActivationContextLayout.wasmStackPointer) }
        nonmutating set { setWord(ActivationContextLayout.wasmStackPointer, newValue) }
    }
    var exitPC: UInt {
        get { word(ActivationContextLayout.exitPC) }
        nonmutating set { setWord(ActivationContextLayout.exitPC, newValue) }
    }
    @inlinable public var exitFP: UInt { word(ActivationContextLayout.exitFP) }
    func setExitFP(_ value: UInt) { setWord(ActivationContextLayout.exitFP, value) }
    var trapKind: UInt32 {
        get { base.load(fromByteOffset: Int(ActivationContextLayout.trapKind), as: UInt32.self) }
        nonmutating set {
            base.storeBytes(of: newValue, toByteOffset: Int(ActivationContextLayout.trapKind), as: UInt32.self)
        }
    }
    var faultAddress: UInt {
        get { word(ActivationContextLayout.faultAddress) }
        nonmutating set { setWord(ActivationContextLayout.faultAddress, newValue) }
    }
    var exitIsTrap: Bool {
        get { word(ActivationContextLayout.exitIsTrap) != 0 }
        nonmutating set { setWord(ActivationContextLayout.exitIsTrap, newValue ? 1 : 0) }
    }
    var owner: UnsafeMutableRawPointer? {
        get { UnsafeMutableRawPointer(bitPattern: word(ActivationContextLayout.owner)) }
        nonmutating set { setWord(ActivationContextLayout.owner, UInt(bitPattern: newValue)) }
    }

    private var interruptWord: UnsafeMutablePointer<Atomic<UInt32>> {
        (base + Int(ActivationContextLayout.interruptRequested)).assumingMemoryBound(to: Atomic<UInt32>.self)
    }
    /// Whether an interrupt is pending. Safe in a signal handler and on any thread while the store lives.
    var isInterruptRequested: Bool { interruptWord.pointee.load(ordering: .acquiring) != 0 }
    func setInterruptRequested(_ value: Bool) { interruptWord.pointee.store(value ? 1 : 0, ordering: .releasing) }
}
