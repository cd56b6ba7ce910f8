// What came of a script.

/// How many commands of a script did what they should, and which did not.
public struct WastReport: Sendable {
    /// A command that did not do what it should.
    public struct Failure: Sendable, CustomStringConvertible {
        public var line: Int
        /// What was expected and what came.
        public var message: String

        public var description: String { "line \(line): \(message)" }
    }

    /// Commands (modules, calls and assertions) that did what they should.
    public var passed = 0
    public var failures: [Failure] = []
    public var failed: Int { failures.count }

    public init() {}

    /// `N passed, N failed`
    public var summary: String { "\(passed) passed, \(failed) failed" }
}
