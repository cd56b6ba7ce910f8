// Names of the x86-64 registers.

/// A general-purpose register; the raw value is the hardware number.
@frozen public struct GeneralRegister: RawRepresentable, Hashable, Sendable, BitwiseCopyable {
    public let rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

    @inlinable public static var rax: Self { Self(rawValue: 0) }
    @inlinable public static var rcx: Self { Self(rawValue: 1) }
    @inlinable public static var rdx: Self { Self(rawValue: 2) }
    @inlinable public static var rbx: Self { Self(rawValue: 3) }
    @inlinable public static var rsp: Self { Self(rawValue: 4) }
    @inlinable public static var rbp: Self { Self(rawValue: 5) }
    @inlinable public static var rsi: Self { Self(rawValue: 6) }
    @inlinable public static var rdi: Self { Self(rawValue: 7) }
    @inlinable public static var r8: Self { Self(rawValue: 8) }
    @inlinable public static var r9: Self { Self(rawValue: 9) }
    @inlinable public static var r10: Self { Self(rawValue: 10) }
    @inlinable public static var r11: Self { Self(rawValue: 11) }
    @inlinable public static var r12: Self { Self(rawValue: 12) }
    @inlinable public static var r13: Self { Self(rawValue: 13) }
    @inlinable public static var r14: Self { Self(rawValue: 14) }
    @inlinable public static var r15: Self { Self(rawValue: 15) }
}

/// A vector register; the raw value is the hardware number.
@frozen public struct VectorRegister: RawRepresentable, Hashable, Sendable, BitwiseCopyable {
    public let rawValue: UInt8
    @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

    @inlinable public static var xmm0: Self { Self(rawValue: 0) }
    @inlinable public static var xmm1: Self { Self(rawValue: 1) }
    @inlinable public static var xmm2: Self { Self(rawValue: 2) }
    @inlinable public static var xmm3: Self { Self(rawValue: 3) }
    @inlinable public static var xmm4: Self { Self(rawValue: 4) }
    @inlinable public static var xmm5: Self { Self(rawValue: 5) }
    @inlinable public static var xmm6: Self { Self(rawValue: 6) }
    @inlinable public static var xmm7: Self { Self(rawValue: 7) }
    @inlinable public static var xmm8: Self { Self(rawValue: 8) }
    @inlinable public static var xmm9: Self { Self(rawValue: 9) }
    @inlinable public static var xmm10: Self { Self(rawValue: 10) }
    @inlinable public static var xmm11: Self { Self(rawValue: 11) }
    @inlinable public static var xmm12: Self { Self(rawValue: 12) }
    @inlinable public static var xmm13: Self { Self(rawValue: 13) }
    @inlinable public static var xmm14: Self { Self(rawValue: 14) }
    @inlinable public static var xmm15: Self { Self(rawValue: 15) }
}
