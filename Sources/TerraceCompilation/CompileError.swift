// Why a compiler gave up on a function.

/// Why a function could not be compiled.
public enum CompileError: Error, Sendable, CustomStringConvertible {
    /// The function uses something that this tier does not compile. `offset` is the operator's, in the module's bytes.
    case unsupported(String, offset: Int)
    /// The function's frame or code would be larger than the machine's displacements reach.
    case tooLarge
    /// Nobody needs the code any more: see ``CancellationFlag``.
    case cancelled
    /// Whoever set up the compiler wants the function left to another tier.
    case excluded
    /// The compiler's own state contradicts itself behind the operator at `offset`: a mistake in the compiler.
    case contradiction(String, offset: Int)

    public var description: String {
        switch self {
        case .unsupported(let what, let offset): "\(what) cannot be compiled yet (at offset \(offset))"
        case .tooLarge: "function too large to compile"
        case .cancelled: "cancelled"
        case .excluded: "left out by the options"
        case .contradiction(let what, let offset): "internal error in the compiler: \(what) (at offset \(offset))"
        }
    }
}
