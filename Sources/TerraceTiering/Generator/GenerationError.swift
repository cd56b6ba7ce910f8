// Why a function has no code.

import TerraceBaseline
import TerraceCode
import TerraceCompilation

/// Why a function has no code.
public enum GenerationError: Error, Sendable, CustomStringConvertible {
    /// The function cannot be compiled: it uses something that no tier compiles yet, or is too large.
    case compile(CompileError, functionIndex: UInt32)
    /// There is no room for code.
    case code(CodeError, functionIndex: UInt32)

    public var functionIndex: UInt32 {
        switch self {
        case .compile(_, let index), .code(_, let index): index
        }
    }

    /// Where in the module's bytes the trouble is, if it is in one place.
    public var bytecodeOffset: Int? {
        switch self {
        case .compile(.unsupported(_, let offset), _), .compile(.contradiction(_, let offset), _): offset
        case .compile(.tooLarge, _), .compile(.cancelled, _), .compile(.excluded, _), .code: nil
        }
    }

    /// What is wrong, without the function and the place.
    public var reason: String {
        switch self {
        case .compile(.unsupported(let what, _), _): "\(what) cannot be compiled yet"
        case .compile(let error, _): "\(error)"
        case .code(let error, _): "\(error)"
        }
    }

    public var description: String {
        switch self {
        case .compile(let error, let index): "function \(index): \(error)"
        case .code(let error, let index): "function \(index): \(error)"
        }
    }
}
