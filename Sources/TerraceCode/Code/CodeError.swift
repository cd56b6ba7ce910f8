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
}

extension CodeError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .reservationFailed: "no address space for machine code"
        case .codeMemoryExhausted: "out of memory for machine code"
        case .outOfMemory: "out of memory for the description of machine code"
        case .unresolvedRelocation(let index): "relocation \(index) of the machine code cannot be resolved"
        case .blockTooLarge: "the machine code of one block is too large"
        }
    }
}
