// Somebody who runs code: what a store tells `Code`, so that it knows when nobody is in a block any more.

import Synchronization
import TerraceABI

/// The activations of one store, as far as the lifetime of code is concerned.
///
/// A runner is *idle* while no code of its store is active and no trap waits to be described. Nothing is added to the
/// calling path to know this: entry stubs write the host's stack pointer into the activation context before they load an
/// entry cell, and write 0 when the outermost call returns.
///
/// Whoever makes code active in a store has called ``use(_:)`` for that code before. The context outlives the runner's use:
/// ``close()`` comes before its end.
public final class CodeRunner: @unchecked Sendable {  // the context's words are atomics; `codes` is the owner's
    private let context: UnsafeMutableRawPointer
    /// What the store has instances of. Touched by the thread that uses the store.
    private var codes: [ObjectIdentifier: Code] = [:]

    /// - Parameter context: the activation context of a store, as ``ActivationContextLayout`` says.
    public init(context: UnsafeMutableRawPointer) { self.context = context }

    private func word<Value: AtomicRepresentable>(_ offset: Int32) -> UnsafeMutablePointer<Atomic<Value>> {
        (context + Int(offset)).assumingMemoryBound(to: Atomic<Value>.self)
    }

    /// Whether nobody is in code. On x86-64 stores are seen in their order: who sees the stack pointer that a trap left
    /// at 0 sees the trap's kind as well, until the trap is described.
    var isIdle: Bool {
        let stackPointer: UnsafeMutablePointer<Atomic<UInt>> = word(ActivationContextLayout.hostStackPointer)
        guard stackPointer.pointee.load(ordering: .acquiring) == 0 else { return false }
        let trapKind: UnsafeMutablePointer<Atomic<UInt32>> = word(ActivationContextLayout.trapKind)
        return trapKind.pointee.load(ordering: .acquiring) == 0
    }

    /// Asks the thread that uses the store to look at its stack when it next can. Only while the runner is registered.
    func requestScan() {
        let request: UnsafeMutablePointer<Atomic<UInt32>> = word(ActivationContextLayout.scanRequested)
        request.pointee.store(1, ordering: .releasing)
    }

    /// Says that the store will run some code. Before it does so; by the thread that uses the store.
    public func use(_ code: Code) {
        guard codes.updateValue(code, forKey: ObjectIdentifier(code)) == nil else { return }
        code.register(self)
    }

    /// Answers a request: the thread that uses the store has left wasm code for the host, holds no entry address that it
    /// will still jump to, and `words` is all of the stack that wasm code is active on.
    public func scan(_ words: UnsafeBufferPointer<UInt>) {
        let request: UnsafeMutablePointer<Atomic<UInt32>> = word(ActivationContextLayout.scanRequested)
        // First: what is asked from now on is another request.
        request.pointee.store(0, ordering: .sequentiallyConsistent)
        for code in codes.values { code.scan(words, for: self) }
    }

    /// The store ends: it runs nothing any more.
    public func close() {
        for code in codes.values { code.unregister(self) }
        codes = [:]
    }
}
