// Values as the specification has them ("Runtime Structure: Values"). Numbers are kept as bits, so that nothing but an
// operator of the language can change a NaN.

/// A value.
public enum Value: Hashable, Sendable {
    case i32(UInt32)
    case i64(UInt64)
    /// The bits of the number.
    case f32(UInt32)
    /// The bits of the number.
    case f64(UInt64)
    case v128(Vector)
    case reference(Reference)
}

/// A reference. Structures, arrays, i31 and exceptions will be further cases; until then no operator makes them.
public enum Reference: Hashable, Sendable {
    /// Null of any type: types keep the hierarchies apart, nothing at run time needs to.
    case null
    /// A function by its address in the machine.
    case function(Int)
    /// A host's object, by a number that means something to the host. It stays what it is when it is converted to the
    /// `any` hierarchy and back.
    case external(Int)
}
