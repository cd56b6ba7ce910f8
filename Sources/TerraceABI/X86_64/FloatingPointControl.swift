// The control word that code runs with, and how stubs tell whether the present one is as good.

/// The processor's floating-point control word (MXCSR) as WebAssembly needs it.
public enum FloatingPointControl {
    /// Round to nearest, denormals as they are, all exceptions masked.
    public static let wasm: Int32 = 0x1F80

    // What ``ActivationContextLayout/controlProbe`` holds, as bits: a sum. No other rounding, and no treatment of denormals as
    // zeros, gives the same: 1 + ¾ of its last place; 1 + ¼ of it; a normal difference that is denormal; a denormal and
    // nothing. (No arrays: to make one of vectors takes a twentieth of the time in which a small program starts.)

    /// What is added to.
    public static var probe: SIMD4<UInt32> { SIMD4(0x3F80_0000, 0x3F80_0000, 0x00C0_0000, 0x0040_0000) }
    /// What is added.
    public static var probeAddend: SIMD4<UInt32> { SIMD4(0x33C0_0000, 0x3300_0000, 0x8080_0000, 0) }
    /// What comes out.
    public static var probeSum: SIMD4<UInt32> { SIMD4(0x3F80_0001, 0x3F80_0000, 0x0040_0000, 0x0040_0000) }
}
