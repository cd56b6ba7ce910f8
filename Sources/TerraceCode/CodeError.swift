// What can go wrong when code is made. After any of these everything is as it was before.

/// Why code could not be placed or published.
public enum CodeError: Error, Equatable, Sendable {
    /// The operating system granted no address space for code.
    case reservationFailed
    /// No room is left for code or entry cells.
    case codeMemoryExhausted
    /// No memory for metadata.
    case outOfMemory
    /// A relocation names something that does not exist, or lies outside the code; its index in the list.
    case unresolvedRelocation(Int)
    /// A block would be larger than ``CodeBlock/maximumByteCount``.
    case blockTooLarge
    /// The module would have more machine code than it may; the number of bytes that it may have.
    case moduleLimitReached(Int)
    /// A stub that was made cannot be found again: a fault of the engine's.
    case missingStub
}

extension CodeError {
    /// Whether a further attempt is bound to fail alike.
    public var isPermanent: Bool { if case .moduleLimitReached = self { true } else { false } }
}

extension CodeError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .reservationFailed: "no address space for machine code"
        case .codeMemoryExhausted: "out of memory for machine code"
        case .outOfMemory: "out of memory for the description of machine code"
        case .unresolvedRelocation(let index): "relocation \(index) of the machine code cannot be resolved"
        case .moduleLimitReached(let maximum):
            "the module needs more than the \(maximum) bytes of machine code that the engine's configuration allows"
        case .blockTooLarge: "the machine code of one block is too large"
        case .missingStub: "a shared stub is missing"
        }
    }
}
