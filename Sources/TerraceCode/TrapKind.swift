// Why a WebAssembly computation ended abnormally.

/// The reason of a trap. Raw values are stable: builtins return `-rawValue`, trap sites store it in a byte.
@frozen public enum TrapKind: UInt8, Sendable, CaseIterable {
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
    case interrupted
    case unalignedAtomic
    case castFailure
    case arrayOutOfBounds
    case uncaughtException
    case codeMemoryExhausted
    /// A host function threw; the error itself is kept by the store.
    case hostError
    /// Trap sites only: the prologue's check against the stack limit. The handler turns it into `stackExhausted` or `interrupted`.
    case stackLimit
    /// Trap sites only: the check in a loop header. The handler turns it into `interrupted`, or resumes behind the instruction.
    case interruptCheck

    /// The message that the specification's test suite uses for this trap.
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
        case .stackExhausted, .stackLimit: "call stack exhausted"
        case .interrupted, .interruptCheck: "interrupted"
        case .unalignedAtomic: "unaligned atomic"
        case .castFailure: "cast failure"
        case .arrayOutOfBounds: "out of bounds array access"
        case .uncaughtException: "unhandled exception"
        case .codeMemoryExhausted: "out of memory for code"
        case .hostError: "error in host function"
        }
    }
}
