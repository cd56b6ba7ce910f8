// Why execution ended without results.

/// A trap, by the rule that asks for it.
public enum Trap: String, Hashable, Sendable {
    case unreachable
    case memoryOutOfBounds
    case tableOutOfBounds
    case uninitializedElement
    case indirectCallTypeMismatch
    case integerDivideByZero
    case integerOverflow
    case invalidConversionToInteger
    case nullReference
    case castFailure
    /// Deeper calls, or more locals, than ``Machine/Bounds`` allow.
    case stackExhausted
}

/// Why execution ended without results.
public enum Failure: Error, Hashable, Sendable {
    case trap(Trap)
    /// The machine has carried out as many instructions as its fuel allowed.
    case outOfFuel
    /// Something that the machine does not know yet: exceptions, objects, threads.
    case notInterpreted(String)
}

/// Why a module could not be instantiated.
public enum InstantiationFailure: Error, Hashable, Sendable {
    /// An import without a definition, or one that does not fit.
    case unknownImport(module: String, name: String)
    case incompatibleImport(module: String, name: String)
    /// A memory or table is larger than ``Machine/Bounds`` allow.
    case limit
    /// A segment did not fit, or the start function failed.
    case execution(Failure)
}
