// What is said when something cannot be had.

import Glibc

/// Something is larger than the engine's configuration or the system allows: says what could not be had, and why.
public struct ResourceLimitError: Error, Sendable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }

    /// - Parameter code: what the system said, an `errno`.
    init(_ description: String, _ code: Int32) {
        self.description = "\(description): \(String(cString: strerror(code)))"
    }
}
