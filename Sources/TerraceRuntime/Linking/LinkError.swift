// Why a module could not be instantiated.

import WasmFormat

/// An import that has no definition, or one of the wrong type.
public struct LinkError: Error, Sendable, CustomStringConvertible {
    public enum Reason: Sendable, Hashable {
        case unknownImport
        case incompatibleType
    }

    public let reason: Reason
    /// The names that the import asks for.
    public let module: String
    public let name: String
    public let detail: String

    public init(_ reason: Reason, _ entry: Import, _ detail: String) {
        self.reason = reason
        module = entry.module
        name = entry.name
        self.detail = detail
    }

    /// Begins with the words of the specification's test suite.
    public var description: String {
        let words = reason == .unknownImport ? "unknown import" : "incompatible import type"
        return "\(words): \"\(shortened(module))\" \"\(shortened(name))\": \(detail)"
    }
}

/// Why a module could not be instantiated.
public enum InstantiationError: Error, Sendable, CustomStringConvertible {
    /// An import is missing or of the wrong type.
    case link(LinkError)
    /// An active segment did not fit, or the start function trapped.
    case trap(Trap)
    /// A memory or table is larger than allowed.
    case limit(ResourceLimitError)
    /// The module needs something that the engine cannot do.
    case unsupported(String)

    public var description: String {
        switch self {
        case .link(let error): error.description
        case .trap(let trap): trap.description
        case .limit(let error): error.description
        case .unsupported(let what): "unsupported: \(what)"
        }
    }
}
