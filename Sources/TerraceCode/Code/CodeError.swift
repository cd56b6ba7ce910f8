// What can go wrong when code is made. After any of these everything is as it was before.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why code could not be placed or published.
public enum CodeError: Error, Equatable, Sendable {
    /// What the operating system may refuse.
    public enum Resource: Sendable, Equatable {
        /// Address space for code, in bytes.
        case addressSpace(Int)
        /// The anonymous file that holds code.
        case codeFile
        /// Executable pages.
        case executablePages
        /// Pages for entry cells.
        case dataPages
    }

    /// The operating system refused a resource, for the reason that `errno` names.
    case refused(Resource, errno: Int32)
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
    /// A block names a function that its module does not define, or names one twice, or says that it lies outside the
    /// block's bytes.
    case invalidFunction(UInt32)
    /// The engine contradicts itself. Never expected.
    case contradiction(String)

    /// Whether the same request may succeed later, when memory came back.
    public var isTemporary: Bool {
        switch self {
        case .refused, .codeMemoryExhausted, .outOfMemory: true
        case .unresolvedRelocation, .blockTooLarge, .moduleLimitReached, .invalidFunction, .contradiction: false
        }
    }
}

extension CodeError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .refused(let resource, let errno):
            "the operating system refused \(resource): \(String(cString: strerror(errno))) (errno \(errno))"
        case .codeMemoryExhausted: "out of memory for machine code"
        case .outOfMemory: "out of memory for the description of machine code"
        case .unresolvedRelocation(let index): "relocation \(index) of the machine code cannot be resolved"
        case .blockTooLarge: "the machine code of one block is too large"
        case .moduleLimitReached(let maximum):
            "the module needs more than the \(maximum) bytes of machine code that the engine's configuration allows"
        case .invalidFunction(let index): "the machine code claims to hold function \(index), and must not"
        case .contradiction(let what): "internal error of the engine: \(what)"
        }
    }
}

extension CodeError.Resource: CustomStringConvertible {
    public var description: String {
        switch self {
        case .addressSpace(let bytes): "\(bytes) bytes of address space for machine code"
        case .codeFile: "an anonymous file for machine code"
        case .executablePages: "executable memory"
        case .dataPages: "memory for entry cells"
        }
    }
}
