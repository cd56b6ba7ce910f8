// Value types and heap types, each in one word, so that equality is equality of bits.

/// The kinds of value that differ in how they are held.
@frozen
public enum ValueKind: UInt8, Sendable, CaseIterable {
    case i32 = 1
    case i64 = 2
    case f32 = 3
    case f64 = 4
    case v128 = 5
    case ref = 6
}

/// The type of a value: a number, a vector or a reference.
///
/// Inside one module, type indices in references are normalised to the smallest index of an equivalent type; hence two
/// value types of a module are equal exactly if their bits are.
@frozen
public struct ValueType: Hashable, Sendable, BitwiseCopyable {
    /// Numbers and vectors: the raw value of their ``ValueKind``. References: bit 31 set, bit 30 nullable, the heap type
    /// below. 0 is ``bottom``.
    public let rawValue: UInt32

    @inlinable
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    @inlinable public static var i32: ValueType { ValueType(rawValue: 1) }
    @inlinable public static var i64: ValueType { ValueType(rawValue: 2) }
    @inlinable public static var f32: ValueType { ValueType(rawValue: 3) }
    @inlinable public static var f64: ValueType { ValueType(rawValue: 4) }
    @inlinable public static var v128: ValueType { ValueType(rawValue: 5) }
    /// `(ref null func)`
    @inlinable public static var funcref: ValueType { .ref(.func, nullable: true) }
    /// `(ref null extern)`
    @inlinable public static var externref: ValueType { .ref(.extern, nullable: true) }

    /// The type of operands in unreachable code, a subtype of all. Occurs only during validation.
    @inlinable public static var bottom: ValueType { ValueType(rawValue: 0) }

    /// A reference type.
    @inlinable
    public static func ref(_ heapType: HeapType, nullable: Bool) -> ValueType {
        ValueType(rawValue: 0x8000_0000 | (nullable ? 0x4000_0000 : 0) | heapType.rawValue)
    }

    @inlinable
    public var isReference: Bool { rawValue & 0x8000_0000 != 0 }

    /// Whether this is a reference type with null.
    @inlinable
    public var isNullable: Bool { rawValue & 0xC000_0000 == 0xC000_0000 }

    @inlinable
    public var isBottom: Bool { rawValue == 0 }

    /// Whether this is a number: `i32`, `i64`, `f32` or `f64`.
    @inlinable
    public var isNumeric: Bool { rawValue &- 1 < 4 }

    @inlinable
    public var isVector: Bool { rawValue == 5 }

    /// Whether locals of the type start with a value: all but references without null.
    @inlinable
    public var isDefaultable: Bool { rawValue & 0xC000_0000 != 0x8000_0000 }

    /// What a reference type refers to. Meaningful for references only.
    @inlinable
    public var heapType: HeapType { HeapType(rawValue: rawValue & 0x3FFF_FFFF) }

    /// How values of the type are held. ``bottom`` counts as `i32`.
    @inlinable
    public var kind: ValueKind {
        isReference ? .ref : ValueKind(rawValue: UInt8(truncatingIfNeeded: rawValue)) ?? .i32
    }

    /// The same reference type with or without null.
    @inlinable
    public func withNullability(_ nullable: Bool) -> ValueType { .ref(heapType, nullable: nullable) }
}

/// What a reference refers to: a type of the module or one of the abstract heap types.
@frozen
public struct HeapType: Hashable, Sendable, BitwiseCopyable {
    /// A type index, or `0x0100_0000` plus the byte that encodes an abstract heap type.
    public let rawValue: UInt32

    @inlinable
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The type with an index in the module.
    @inlinable
    public static func concrete(_ typeIndex: UInt32) -> HeapType { HeapType(rawValue: typeIndex) }

    @inlinable public static var `func`: HeapType { HeapType(rawValue: 0x0100_0070) }
    @inlinable public static var extern: HeapType { HeapType(rawValue: 0x0100_006F) }
    @inlinable public static var any: HeapType { HeapType(rawValue: 0x0100_006E) }
    @inlinable public static var eq: HeapType { HeapType(rawValue: 0x0100_006D) }
    @inlinable public static var i31: HeapType { HeapType(rawValue: 0x0100_006C) }
    @inlinable public static var `struct`: HeapType { HeapType(rawValue: 0x0100_006B) }
    @inlinable public static var array: HeapType { HeapType(rawValue: 0x0100_006A) }
    @inlinable public static var exn: HeapType { HeapType(rawValue: 0x0100_0069) }
    /// The common subtype of `any` and all below it.
    @inlinable public static var none: HeapType { HeapType(rawValue: 0x0100_0071) }
    @inlinable public static var noextern: HeapType { HeapType(rawValue: 0x0100_0072) }
    @inlinable public static var nofunc: HeapType { HeapType(rawValue: 0x0100_0073) }
    @inlinable public static var noexn: HeapType { HeapType(rawValue: 0x0100_0074) }

    /// What a reference in unreachable code refers to, a subtype of all. Occurs only during validation.
    @inlinable public static var bottom: HeapType { HeapType(rawValue: 0x0100_0000) }

    /// Whether this names a type of the module.
    @inlinable
    public var isConcrete: Bool { rawValue < 0x0100_0000 }

    /// The index of a concrete type.
    @inlinable
    public var typeIndex: UInt32 { rawValue }

    /// The byte that encodes an abstract heap type.
    @inlinable
    public var abstractCode: UInt8 { UInt8(truncatingIfNeeded: rawValue) }

    /// The abstract heap type that a byte encodes, if any.
    @inlinable
    public init?(abstractCode: UInt8) {
        guard abstractCode >= 0x69, abstractCode <= 0x74 else { return nil }
        rawValue = 0x0100_0000 | UInt32(abstractCode)
    }
}

extension HeapType {
    /// Whether this abstract heap type is properly below another one.
    func isBelow(_ other: HeapType) -> Bool {
        switch self {
        case .none: other == .any || other == .eq || other == .i31 || other == .struct || other == .array
        case .i31, .struct, .array: other == .eq || other == .any
        case .eq: other == .any
        case .nofunc: other == .func
        case .noextern: other == .extern
        case .noexn: other == .exn
        default: false
        }
    }
}

extension HeapType: CustomStringConvertible {
    /// As the text format writes it.
    public var description: String {
        if isConcrete { return "\(typeIndex)" }
        switch self {
        case .func: return "func"
        case .extern: return "extern"
        case .any: return "any"
        case .eq: return "eq"
        case .i31: return "i31"
        case .struct: return "struct"
        case .array: return "array"
        case .exn: return "exn"
        case .none: return "none"
        case .noextern: return "noextern"
        case .nofunc: return "nofunc"
        case .noexn: return "noexn"
        default: return "bottom"
        }
    }
}

extension ValueType: CustomStringConvertible {
    /// As the text format writes it, with the short forms for nullable abstract types.
    public var description: String {
        if isReference {
            guard isNullable, !heapType.isConcrete else {
                return isNullable ? "(ref null \(heapType))" : "(ref \(heapType))"
            }
            switch heapType {
            case .none: return "nullref"
            case .noextern: return "nullexternref"
            case .nofunc: return "nullfuncref"
            case .noexn: return "nullexnref"
            default: return "\(heapType)ref"
            }
        }
        switch self {
        case .i32: return "i32"
        case .i64: return "i64"
        case .f32: return "f32"
        case .f64: return "f64"
        case .v128: return "v128"
        default: return "bottom"
        }
    }
}
