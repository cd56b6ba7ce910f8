// How a compilation that nobody needs any more learns of it.

import Synchronization

/// Says that the results of some compilations are not wanted any more: their module is gone. Thread-safe.
public final class CancellationFlag: Sendable {
    private let word = Atomic<Bool>(false)

    public init() {}

    /// For those whose results are always wanted.
    public static let never = CancellationFlag()

    /// Compilers poll this, and throw ``CompileError/cancelled`` when it is true.
    public var isCancelled: Bool { word.load(ordering: .relaxed) }

    /// Throws `cancelled` if the results are not wanted any more.
    @inline(__always) public func check() throws(CompileError) {
        if isCancelled { throw .cancelled }
    }

    /// Cannot be taken back.
    public func cancel() { word.store(true, ordering: .relaxed) }
}
