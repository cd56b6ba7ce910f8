// Which optional instructions may be used.

import CTerrace

/// Optional instruction sets of a processor.
@frozen public struct CPUFeatures: Hashable, Sendable {
    public var sse3 = false
    public var ssse3 = false
    public var sse41 = false
    public var sse42 = false
    public var popcnt = false
    public var lzcnt = false
    public var movbe = false
    public var cmpxchg16b = false
    public var bmi1 = false
    public var bmi2 = false
    /// VEX-encoded instructions of any kind need this (the operating system must save the registers' upper halves).
    public var avx = false
    public var avx2 = false
    public var fma = false
    public var f16c = false
    /// `rep movsb` and `rep stosb` are fast.
    public var erms = false

    /// No optional instruction set: what every x86-64 processor has.
    public init() {}

    /// What compiled code takes for granted: SSE4.1 and what came before.
    public static var required: CPUFeatures {
        var features = CPUFeatures()
        features.sse3 = true
        features.ssse3 = true
        features.sse41 = true
        return features
    }

    /// The processor that this process runs on.
    public static let host: CPUFeatures = detect()

    private static func detect() -> CPUFeatures {
        var features = CPUFeatures()
        let highest = leaf(0).eax
        guard highest >= 1 else { return features }
        let one = leaf(1)
        func bit(_ word: UInt32, _ number: UInt32) -> Bool { word >> number & 1 != 0 }
        features.sse3 = bit(one.ecx, 0)
        features.ssse3 = bit(one.ecx, 9)
        features.sse41 = bit(one.ecx, 19)
        features.sse42 = bit(one.ecx, 20)
        features.popcnt = bit(one.ecx, 23)
        features.movbe = bit(one.ecx, 22)
        features.cmpxchg16b = bit(one.ecx, 13)
        // OSXSAVE, and the operating system saves xmm and ymm.
        let savesVectors = bit(one.ecx, 27) && terrace_xgetbv0() & 6 == 6
        features.avx = bit(one.ecx, 28) && savesVectors
        features.fma = bit(one.ecx, 12) && features.avx
        features.f16c = bit(one.ecx, 29) && features.avx
        if highest >= 7 {
            let seven = leaf(7)
            features.bmi1 = bit(seven.ebx, 3)
            features.bmi2 = bit(seven.ebx, 8)
            features.avx2 = bit(seven.ebx, 5) && features.avx
            features.erms = bit(seven.ebx, 9)
        }
        if leaf(0x8000_0000).eax >= 0x8000_0001 {
            features.lzcnt = bit(leaf(0x8000_0001).ecx, 5)
        }
        return features
    }

    private static func leaf(_ number: UInt32) -> (eax: UInt32, ebx: UInt32, ecx: UInt32, edx: UInt32) {
        var result: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &result) {
            terrace_cpuid(number, 0, $0.assumingMemoryBound(to: UInt32.self).baseAddress!)
        }
        return result
    }
}
