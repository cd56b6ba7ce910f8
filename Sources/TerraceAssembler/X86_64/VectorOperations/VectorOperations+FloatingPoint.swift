// The table of vector operations: floating point, and conversions between it and integers.

extension VectorOperation {
    // Floating point: moves

    @inlinable public static var movaps: Self { .init(.none, .escape0F, 0x28, .twoOperands | .storeOpcode1) }
    @inlinable public static var movapd: Self { .init(.p66, .escape0F, 0x28, .twoOperands | .storeOpcode1) }
    @inlinable public static var movups: Self { .init(.none, .escape0F, 0x10, .twoOperands | .storeOpcode1) }
    @inlinable public static var movupd: Self { .init(.p66, .escape0F, 0x10, .twoOperands | .storeOpcode1) }
    @inlinable public static var movss: Self { .init(.pF3, .escape0F, 0x10, .storeOpcode1) }
    @inlinable public static var movsd: Self { .init(.pF2, .escape0F, 0x10, .storeOpcode1) }
    @inlinable public static var movlps: Self { .init(.none, .escape0F, 0x12, .storeOpcode1) }
    @inlinable public static var movlpd: Self { .init(.p66, .escape0F, 0x12, .storeOpcode1) }
    @inlinable public static var movhps: Self { .init(.none, .escape0F, 0x16, .storeOpcode1) }
    @inlinable public static var movhpd: Self { .init(.p66, .escape0F, 0x16, .storeOpcode1) }
    @inlinable public static var movhlps: Self { .init(.none, .escape0F, 0x12) }
    @inlinable public static var movlhps: Self { .init(.none, .escape0F, 0x16) }
    @inlinable public static var movsldup: Self { .init(.pF3, .escape0F, 0x12, .twoOperands) }
    @inlinable public static var movshdup: Self { .init(.pF3, .escape0F, 0x16, .twoOperands) }
    @inlinable public static var movddup: Self { .init(.pF2, .escape0F, 0x12, .twoOperands) }
    @inlinable public static var movntps: Self { .init(.none, .escape0F, 0x2B, .twoOperands | .stores) }
    @inlinable public static var movntpd: Self { .init(.p66, .escape0F, 0x2B, .twoOperands | .stores) }
    @inlinable public static var movmskps: Self { .init(.none, .escape0F, 0x50, .twoOperands) }
    @inlinable public static var movmskpd: Self { .init(.p66, .escape0F, 0x50, .twoOperands) }

    // Floating point: arithmetic

    @inlinable public static var addps: Self { .init(.none, .escape0F, 0x58) }
    @inlinable public static var addpd: Self { .init(.p66, .escape0F, 0x58) }
    @inlinable public static var addss: Self { .init(.pF3, .escape0F, 0x58) }
    @inlinable public static var addsd: Self { .init(.pF2, .escape0F, 0x58) }
    @inlinable public static var mulps: Self { .init(.none, .escape0F, 0x59) }
    @inlinable public static var mulpd: Self { .init(.p66, .escape0F, 0x59) }
    @inlinable public static var mulss: Self { .init(.pF3, .escape0F, 0x59) }
    @inlinable public static var mulsd: Self { .init(.pF2, .escape0F, 0x59) }
    @inlinable public static var subps: Self { .init(.none, .escape0F, 0x5C) }
    @inlinable public static var subpd: Self { .init(.p66, .escape0F, 0x5C) }
    @inlinable public static var subss: Self { .init(.pF3, .escape0F, 0x5C) }
    @inlinable public static var subsd: Self { .init(.pF2, .escape0F, 0x5C) }
    @inlinable public static var minps: Self { .init(.none, .escape0F, 0x5D) }
    @inlinable public static var minpd: Self { .init(.p66, .escape0F, 0x5D) }
    @inlinable public static var minss: Self { .init(.pF3, .escape0F, 0x5D) }
    @inlinable public static var minsd: Self { .init(.pF2, .escape0F, 0x5D) }
    @inlinable public static var divps: Self { .init(.none, .escape0F, 0x5E) }
    @inlinable public static var divpd: Self { .init(.p66, .escape0F, 0x5E) }
    @inlinable public static var divss: Self { .init(.pF3, .escape0F, 0x5E) }
    @inlinable public static var divsd: Self { .init(.pF2, .escape0F, 0x5E) }
    @inlinable public static var maxps: Self { .init(.none, .escape0F, 0x5F) }
    @inlinable public static var maxpd: Self { .init(.p66, .escape0F, 0x5F) }
    @inlinable public static var maxss: Self { .init(.pF3, .escape0F, 0x5F) }
    @inlinable public static var maxsd: Self { .init(.pF2, .escape0F, 0x5F) }
    @inlinable public static var sqrtps: Self { .init(.none, .escape0F, 0x51, .twoOperands) }
    @inlinable public static var sqrtpd: Self { .init(.p66, .escape0F, 0x51, .twoOperands) }
    @inlinable public static var sqrtss: Self { .init(.pF3, .escape0F, 0x51) }
    @inlinable public static var sqrtsd: Self { .init(.pF2, .escape0F, 0x51) }
    @inlinable public static var rcpps: Self { .init(.none, .escape0F, 0x53, .twoOperands) }
    @inlinable public static var rcpss: Self { .init(.pF3, .escape0F, 0x53) }
    @inlinable public static var rsqrtps: Self { .init(.none, .escape0F, 0x52, .twoOperands) }
    @inlinable public static var rsqrtss: Self { .init(.pF3, .escape0F, 0x52) }
    @inlinable public static var andps: Self { .init(.none, .escape0F, 0x54) }
    @inlinable public static var andpd: Self { .init(.p66, .escape0F, 0x54) }
    @inlinable public static var andnps: Self { .init(.none, .escape0F, 0x55) }
    @inlinable public static var andnpd: Self { .init(.p66, .escape0F, 0x55) }
    @inlinable public static var orps: Self { .init(.none, .escape0F, 0x56) }
    @inlinable public static var orpd: Self { .init(.p66, .escape0F, 0x56) }
    @inlinable public static var xorps: Self { .init(.none, .escape0F, 0x57) }
    @inlinable public static var xorpd: Self { .init(.p66, .escape0F, 0x57) }
    @inlinable public static var haddps: Self { .init(.pF2, .escape0F, 0x7C) }
    @inlinable public static var haddpd: Self { .init(.p66, .escape0F, 0x7C) }
    @inlinable public static var hsubps: Self { .init(.pF2, .escape0F, 0x7D) }
    @inlinable public static var hsubpd: Self { .init(.p66, .escape0F, 0x7D) }
    @inlinable public static var addsubps: Self { .init(.pF2, .escape0F, 0xD0) }
    @inlinable public static var addsubpd: Self { .init(.p66, .escape0F, 0xD0) }

    // Floating point: comparisons, shuffles, rounding

    @inlinable public static var ucomiss: Self { .init(.none, .escape0F, 0x2E, .twoOperands) }
    @inlinable public static var ucomisd: Self { .init(.p66, .escape0F, 0x2E, .twoOperands) }
    @inlinable public static var comiss: Self { .init(.none, .escape0F, 0x2F, .twoOperands) }
    @inlinable public static var comisd: Self { .init(.p66, .escape0F, 0x2F, .twoOperands) }
    @inlinable public static var cmpps: Self { .init(.none, .escape0F, 0xC2) }
    @inlinable public static var cmppd: Self { .init(.p66, .escape0F, 0xC2) }
    @inlinable public static var cmpss: Self { .init(.pF3, .escape0F, 0xC2) }
    @inlinable public static var cmpsd: Self { .init(.pF2, .escape0F, 0xC2) }
    @inlinable public static var shufps: Self { .init(.none, .escape0F, 0xC6) }
    @inlinable public static var shufpd: Self { .init(.p66, .escape0F, 0xC6) }
    @inlinable public static var unpcklps: Self { .init(.none, .escape0F, 0x14) }
    @inlinable public static var unpcklpd: Self { .init(.p66, .escape0F, 0x14) }
    @inlinable public static var unpckhps: Self { .init(.none, .escape0F, 0x15) }
    @inlinable public static var unpckhpd: Self { .init(.p66, .escape0F, 0x15) }
    @inlinable public static var roundps: Self { .init(.p66, .escape0F3A, 0x08, .twoOperands) }
    @inlinable public static var roundpd: Self { .init(.p66, .escape0F3A, 0x09, .twoOperands) }
    @inlinable public static var roundss: Self { .init(.p66, .escape0F3A, 0x0A) }
    @inlinable public static var roundsd: Self { .init(.p66, .escape0F3A, 0x0B) }
    @inlinable public static var blendps: Self { .init(.p66, .escape0F3A, 0x0C) }
    @inlinable public static var blendpd: Self { .init(.p66, .escape0F3A, 0x0D) }
    @inlinable public static var blendvps: Self { .init(.p66, .escape0F38, 0x14, .legacyOnly) }
    @inlinable public static var blendvpd: Self { .init(.p66, .escape0F38, 0x15, .legacyOnly) }
    @inlinable public static var dpps: Self { .init(.p66, .escape0F3A, 0x40) }
    @inlinable public static var dppd: Self { .init(.p66, .escape0F3A, 0x41) }
    @inlinable public static var insertps: Self { .init(.p66, .escape0F3A, 0x21) }
    @inlinable public static var extractps: Self { .init(.p66, .escape0F3A, 0x17, .twoOperands | .stores) }

    // Conversions

    @inlinable public static var cvtsi2ss: Self { .init(.pF3, .escape0F, 0x2A) }
    @inlinable public static var cvtsi2sd: Self { .init(.pF2, .escape0F, 0x2A) }
    @inlinable public static var cvtss2si: Self { .init(.pF3, .escape0F, 0x2D, .twoOperands) }
    @inlinable public static var cvtsd2si: Self { .init(.pF2, .escape0F, 0x2D, .twoOperands) }
    @inlinable public static var cvttss2si: Self { .init(.pF3, .escape0F, 0x2C, .twoOperands) }
    @inlinable public static var cvttsd2si: Self { .init(.pF2, .escape0F, 0x2C, .twoOperands) }
    @inlinable public static var cvtss2sd: Self { .init(.pF3, .escape0F, 0x5A) }
    @inlinable public static var cvtsd2ss: Self { .init(.pF2, .escape0F, 0x5A) }
    @inlinable public static var cvtps2pd: Self { .init(.none, .escape0F, 0x5A, .twoOperands) }
    @inlinable public static var cvtpd2ps: Self { .init(.p66, .escape0F, 0x5A, .twoOperands) }
    @inlinable public static var cvtdq2ps: Self { .init(.none, .escape0F, 0x5B, .twoOperands) }
    @inlinable public static var cvtps2dq: Self { .init(.p66, .escape0F, 0x5B, .twoOperands) }
    @inlinable public static var cvttps2dq: Self { .init(.pF3, .escape0F, 0x5B, .twoOperands) }
    @inlinable public static var cvtdq2pd: Self { .init(.pF3, .escape0F, 0xE6, .twoOperands) }
    @inlinable public static var cvtpd2dq: Self { .init(.pF2, .escape0F, 0xE6, .twoOperands) }
    @inlinable public static var cvttpd2dq: Self { .init(.p66, .escape0F, 0xE6, .twoOperands) }
}
