// Names of the x86-64 registers.

/// A general-purpose register; the raw value is the hardware number.
@frozen public struct GeneralRegister: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let rax = Self(rawValue: 0), rcx = Self(rawValue: 1), rdx = Self(rawValue: 2), rbx = Self(rawValue: 3)
    public static let rsp = Self(rawValue: 4), rbp = Self(rawValue: 5), rsi = Self(rawValue: 6), rdi = Self(rawValue: 7)
    public static let r8 = Self(rawValue: 8), r9 = Self(rawValue: 9), r10 = Self(rawValue: 10), r11 = Self(rawValue: 11)
    public static let r12 = Self(rawValue: 12), r13 = Self(rawValue: 13), r14 = Self(rawValue: 14),
        r15 = Self(rawValue: 15)
}

/// A vector register; the raw value is the hardware number.
@frozen public struct VectorRegister: RawRepresentable, Hashable, Sendable {
    public let rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let xmm0 = Self(rawValue: 0), xmm1 = Self(rawValue: 1), xmm2 = Self(rawValue: 2),
        xmm3 = Self(rawValue: 3)
    public static let xmm4 = Self(rawValue: 4), xmm5 = Self(rawValue: 5), xmm6 = Self(rawValue: 6),
        xmm7 = Self(rawValue: 7)
    public static let xmm8 = Self(rawValue: 8), xmm9 = Self(rawValue: 9), xmm10 = Self(rawValue: 10),
        xmm11 = Self(rawValue: 11)
    public static let xmm12 = Self(rawValue: 12), xmm13 = Self(rawValue: 13), xmm14 = Self(rawValue: 14),
        xmm15 = Self(rawValue: 15)
}
