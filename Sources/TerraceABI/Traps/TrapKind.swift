// Why a WebAssembly computation ended abnormally.

/// The reason of a trap. Raw values are stable: builtins return `-rawValue`, trap sites store it in a byte.
@frozen public enum TrapKind: UInt8, Sendable, Hashable, CaseIterable {
    case unreachable = 1
    case memoryOutOfBounds
    case tableOutOfBounds
    case uninitializedElement
    case indirectCallTypeMismatch
    case integerDivideByZero
    case integerOverflow
    case invalidConversionToInteger
    case nullReference
    case stackExhausted
    /// A deadline passed, or an interrupt was requested.
    case interrupted
    case unalignedAtomic
    case castFailure
    case arrayOutOfBounds
    case uncaughtException
    /// There is no room for more machine code, or a function cannot be compiled.
    case codeUnavailable
    /// A host function threw; the trap carries its error.
    case hostError
    /// Verified code only: it found that an i32 in a register is not zero-extended, a mistake of a compiler's.
    case internalError

    /// In the words of the specification's test suite.
    public var message: String {
        switch self {
        case .unreachable: "unreachable"
        case .memoryOutOfBounds: "out of bounds memory access"
        case .tableOutOfBounds: "out of bounds table access"
        case .uninitializedElement: "uninitialized element"
        case .indirectCallTypeMismatch: "indirect call type mismatch"
        case .integerDivideByZero: "integer divide by zero"
        case .integerOverflow: "integer overflow"
        case .invalidConversionToInteger: "invalid conversion to integer"
        case .nullReference: "null reference"
        case .stackExhausted: "call stack exhausted"
        case .interrupted: "interrupted"
        case .unalignedAtomic: "unaligned atomic"
        case .castFailure: "cast failure"
        case .arrayOutOfBounds: "out of bounds array access"
        case .uncaughtException: "unhandled exception"
        case .codeUnavailable: "out of memory for code"
        case .hostError: "error in host function"
        case .internalError: "internal error: dirty upper half of an i32"
        }
    }
}
