// An engine's tier events as an asynchronous sequence.

import TerraceRuntime

/// What happens to functions: see ``Engine/tierEvents``.
public struct TierEventSequence: AsyncSequence, Sendable {
    public typealias Element = TierEvent
    public typealias Failure = Never

    let events: TierEvents

    /// Begins to listen.
    public func makeAsyncIterator() -> Iterator {
        let (stream, continuation) = AsyncStream.makeStream(
            of: TierEvent.self, bufferingPolicy: .bufferingNewest(16384))
        let observer = events.observe(atEnd: { continuation.finish() }) { continuation.yield($0) }
        continuation.onTermination = { [weak events] _ in events?.remove(observer) }
        return Iterator(base: stream.makeAsyncIterator())
    }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate var base: AsyncStream<TierEvent>.Iterator

        /// The next event, as soon as there is one; nil when the engine is gone, or the task was cancelled.
        public mutating func next() async -> TierEvent? { await base.next() }

        /// See ``next()``.
        public mutating func next(isolation actor: isolated (any Actor)?) async -> TierEvent? {
            await base.next(isolation: actor)
        }
    }
}
