// Mistakes that compilers find in themselves. What the second tier gives up the first one runs, so results alone would not tell.

import Synchronization
import Terrace

/// What compilers found out to be wrong with themselves.
public final class CompilerMistakes: Sendable {
    private let found = Mutex<[String]>([])

    public init() {}

    /// Notes what an engine's compilers report from here on.
    public func observe(_ engine: Engine) {
        _ = engine.storage.tiering.events.observe { [weak self] event in
            guard let failure = event.failure, failure.contains("internal error") else { return }
            self?.found.withLock { $0.append("function \(event.functionIndex): \(failure)") }
        }
    }

    /// The first mistake since the last call.
    public func takeFirst() -> String? {
        found.withLock { found in
            defer { found = [] }
            return found.first
        }
    }
}
