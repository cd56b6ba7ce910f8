// Language features that can be switched on and off.

/// A feature of the language that came after its first version.
@frozen
public enum Feature: UInt8, Sendable, CaseIterable {
    /// The first version, with multiple values and mutable globals in imports and exports.
    case core
    case signExtension
    case saturatingTruncation
    case bulkMemory
    case referenceTypes
    case simd
    case relaxedSIMD
    case tailCalls
    case functionReferences
    case gc
    case exceptions
    /// The retired operators `try`, `catch`, `catch_all`, `delegate`, `rethrow`. Recognised, never supported.
    case legacyExceptions
    case threads
    case wideArithmetic
    case multipleMemories
    case memory64
    case customPageSizes
    case extendedConstants

    /// The name that proposals and tools use.
    public var name: String {
        switch self {
        case .core: "mvp"
        case .signExtension: "sign-extension"
        case .saturatingTruncation: "nontrapping-float-to-int"
        case .bulkMemory: "bulk-memory"
        case .referenceTypes: "reference-types"
        case .simd: "simd"
        case .relaxedSIMD: "relaxed-simd"
        case .tailCalls: "tail-call"
        case .functionReferences: "function-references"
        case .gc: "gc"
        case .exceptions: "exception-handling"
        case .legacyExceptions: "legacy-exceptions"
        case .threads: "threads"
        case .wideArithmetic: "wide-arithmetic"
        case .multipleMemories: "multi-memory"
        case .memory64: "memory64"
        case .customPageSizes: "custom-page-sizes"
        case .extendedConstants: "extended-const"
        }
    }
}

/// A set of features.
@frozen
public struct Features: OptionSet, Hashable, Sendable {
    public var rawValue: UInt32

    @inlinable
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    @inlinable
    public init(_ feature: Feature) { self.rawValue = 1 << UInt32(feature.rawValue) }

    /// Whether a feature is on.
    @inlinable
    public func contains(_ feature: Feature) -> Bool { rawValue >> UInt32(feature.rawValue) & 1 != 0 }

    /// Everything that the decoder and validator know.
    public static let all: Features = [
        .webAssembly3, Features(.threads), Features(.wideArithmetic), Features(.customPageSizes),
    ]

    /// WebAssembly 3.0 as standardised.
    public static let webAssembly3 = Features(
        rawValue: (1 << UInt32(Feature.allFeatureCount)) - 1
    ).subtracting([
        Features(.legacyExceptions), Features(.threads), Features(.wideArithmetic), Features(.customPageSizes),
    ])
}

extension Feature {
    @inlinable
    static var allFeatureCount: Int { Int(Feature.extendedConstants.rawValue) + 1 }
}
