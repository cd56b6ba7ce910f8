// What counting code writes for the second tier: a small record per function in its module's data pages, and the callees of
// indirect calls.

/// Byte offsets of a function's tiering record, which its code reaches with 32-bit displacements. All of a module's instances
/// share it; threads that run the same code lose counts to one another, which harms nothing.
public enum TieringRecordLayout {
    /// 32 bits, signed: calls of the function subtract the bytes of its body that are in no loop. Below zero: ask the runtime.
    @inlinable public static var calls: Int32 { 0 }
    /// 32 bits, signed: each round of a loop without loops inside subtracts the bytes of its body.
    @inlinable public static var loops: Int32 { 4 }
    /// 32 bits, signed: the same for loops that contain loops. Apart, so that such a loop's next round can be waited for without
    /// slowing down the rounds of those inside it.
    @inlinable public static var outerLoops: Int32 { 8 }
    /// Address of the function's call-site profiles, ``CallSiteProfileLayout`` each. Set before its counting code can run, if
    /// that has any.
    @inlinable public static var callSites: Int32 { 16 }
    @inlinable public static var size: Int { 24 }
}

/// Byte offsets of an indirect call's profile: three pairs of a function index and a count, 32 bits each, and the number of all
/// other calls. The caller's code counts the calls of the first callee itself; a stub (``BuiltinStubTable/recordCallTarget``)
/// does the rest.
public enum CallSiteProfileLayout {
    @inlinable public static func function(_ place: Int32) -> Int32 { 8 &* place }
    @inlinable public static func count(_ place: Int32) -> Int32 { 8 &* place &+ 4 }
    /// Places for callees.
    @inlinable public static var places: Int32 { 3 }
    @inlinable public static var otherCount: Int32 { 24 }
    @inlinable public static var size: Int { 32 }
    /// In place of an index: a function of another instance, or of the host (as ``FunctionReferenceLayout/functionIndex`` has it).
    @inlinable public static var foreign: UInt32 { UInt32.max }
    /// In place of an index: the place is free.
    @inlinable public static var none: UInt32 { UInt32.max - 1 }
    /// Indirect calls of a function with larger numbers are not recorded.
    @inlinable public static var maximumSites: Int { 4096 }
}
