// Names and operand shapes of all vector operations, for listings, tests and feature checks. Emission never looks here.

/// Which operands a vector operation takes. `v` stands for a vector register, `m` for memory, `r` for a general register.
public enum VectorShape: Sendable {
    /// `v, v/m`
    case vector
    /// `v, v` only.
    case registers
    /// `v, m` only.
    case load
    /// `m, v` only.
    case store
    /// `v, v/m` and `m, v`.
    case move
    /// `v, v` merges an element; `v, m` and `m, v` move one.
    case moveScalar
    /// `v, m` replaces half of the register; `m, v`.
    case moveHalf
    /// `v, r/m` and `r/m, v`.
    case moveGeneral
    /// `v, v/m` and `m, v`; with general registers it is `movd` of 64 bits.
    case moveQuad
    /// `r, v/m`
    case toGeneral
    /// `r, v`
    case toGeneralRegister
    /// `v, r/m`
    case fromGeneral
    /// `v, r/m, immediate`
    case insert
    /// `r/m, v, immediate`
    case extract
    /// `r, v, immediate`, and in another encoding `m, v, immediate`.
    case extractWord
    /// `v, v/m` and `v, immediate`.
    case shift
    /// `v, immediate`
    case shiftBytes
    /// `v, v/m`, with xmm0 as a third operand; in VEX a third and fourth one of choice.
    case blend
    /// `v, x/m`: the source register is always an xmm.
    case broadcast
    /// `v, v, x/m, immediate`: the last register is an xmm.
    case insertHalf
    /// `x/m, v, immediate`
    case extractHalf
    /// `x/m, v, immediate`: the destination is half as wide as the source.
    case storeHalf
}

/// What a vector operation's 256-bit form is like.
public enum WideForm: Sendable {
    /// There is none.
    case none
    /// All vector operands are 256 bits wide.
    case same
    /// As `same`, and there is no 128-bit form.
    case only
    /// The source is half as wide.
    case halfSource
    /// The destination is half as wide.
    case halfDestination
}

/// The instruction set that an operation belongs to. Every VEX form needs ``avx`` beside it, and ``avx2`` if it works on
/// integers of 256 bits.
public enum VectorFeature: Sendable {
    case sse2, sse3, ssse3, sse41, sse42, avx, avx2, fma, f16c
}

/// A line of the catalog.
public struct VectorOperationEntry: Sendable {
    /// The mnemonic; the VEX form of a legacy instruction has a `v` in front.
    public let mnemonic: String
    public let operation: VectorOperation
    public let shape: VectorShape
    /// Size of the memory operand of the 128-bit form, in bits; 0 if it is that of the general operand.
    public let memoryBits: Int
    /// Whether an immediate follows.
    public let immediate: Bool
    public let wide: WideForm
    public let feature: VectorFeature

    init(
        _ mnemonic: String, _ operation: VectorOperation, _ shape: VectorShape, _ memoryBits: Int,
        immediate: Bool = false, wide: WideForm = .same, feature: VectorFeature = .sse2
    ) {
        self.mnemonic = mnemonic
        self.operation = operation
        self.shape = shape
        self.memoryBits = memoryBits
        self.immediate = immediate
        self.wide = wide
        self.feature = feature
    }

    public var hasLegacyForm: Bool { !operation.has(.vexOnly) }
    public var hasVEXForm: Bool { !operation.has(.legacyOnly) || shape == .blend }
    /// Whether the VEX form has one source operand more than the legacy form.
    public var hasThreeOperands: Bool { !operation.has(.twoOperands) }
}

extension CPUFeatures {
    /// Whether an instruction set is there.
    public func has(_ feature: VectorFeature) -> Bool {
        switch feature {
        case .sse2: true
        case .sse3: sse3
        case .ssse3: ssse3
        case .sse41: sse41
        case .sse42: sse42
        case .avx: avx
        case .avx2: avx2
        case .fma: fma
        case .f16c: f16c
        }
    }
}

extension VectorOperation: CustomStringConvertible {
    /// All operations.
    public static let catalog: [VectorOperationEntry] =
        VectorOperationCatalog.all

    /// The mnemonic.
    public var description: String {
        VectorOperation.catalog.first { $0.operation == self }?.mnemonic ?? "?"
    }
}

private enum VectorOperationCatalog {
    static let all: [VectorOperationEntry] = [
        moves, arithmeticFloatingPoint, shuffles, conversions, integerMoves, integerArithmetic, shifts, packs, strings,
        vexOnly, multiplyAdd,
    ].flatMap { $0 }

    /// Floating point: moves.
    private static let moves: [VectorOperationEntry] = [
        .init("movaps", .movaps, .move, 128),
        .init("movapd", .movapd, .move, 128),
        .init("movups", .movups, .move, 128),
        .init("movupd", .movupd, .move, 128),
        .init("movss", .movss, .moveScalar, 32, wide: .none),
        .init("movsd", .movsd, .moveScalar, 64, wide: .none),
        .init("movlps", .movlps, .moveHalf, 64, wide: .none),
        .init("movlpd", .movlpd, .moveHalf, 64, wide: .none),
        .init("movhps", .movhps, .moveHalf, 64, wide: .none),
        .init("movhpd", .movhpd, .moveHalf, 64, wide: .none),
        .init("movhlps", .movhlps, .registers, 128, wide: .none),
        .init("movlhps", .movlhps, .registers, 128, wide: .none),
        .init("movsldup", .movsldup, .vector, 128, feature: .sse3),
        .init("movshdup", .movshdup, .vector, 128, feature: .sse3),
        .init("movddup", .movddup, .vector, 64, feature: .sse3),
        .init("movntps", .movntps, .store, 128),
        .init("movntpd", .movntpd, .store, 128),
        .init("movmskps", .movmskps, .toGeneralRegister, 32),
        .init("movmskpd", .movmskpd, .toGeneralRegister, 32),
    ]

    /// Floating point: arithmetic.
    private static let arithmeticFloatingPoint: [VectorOperationEntry] = [
        .init("addps", .addps, .vector, 128),
        .init("addpd", .addpd, .vector, 128),
        .init("addss", .addss, .vector, 32, wide: .none),
        .init("addsd", .addsd, .vector, 64, wide: .none),
        .init("mulps", .mulps, .vector, 128),
        .init("mulpd", .mulpd, .vector, 128),
        .init("mulss", .mulss, .vector, 32, wide: .none),
        .init("mulsd", .mulsd, .vector, 64, wide: .none),
        .init("subps", .subps, .vector, 128),
        .init("subpd", .subpd, .vector, 128),
        .init("subss", .subss, .vector, 32, wide: .none),
        .init("subsd", .subsd, .vector, 64, wide: .none),
        .init("minps", .minps, .vector, 128),
        .init("minpd", .minpd, .vector, 128),
        .init("minss", .minss, .vector, 32, wide: .none),
        .init("minsd", .minsd, .vector, 64, wide: .none),
        .init("divps", .divps, .vector, 128),
        .init("divpd", .divpd, .vector, 128),
        .init("divss", .divss, .vector, 32, wide: .none),
        .init("divsd", .divsd, .vector, 64, wide: .none),
        .init("maxps", .maxps, .vector, 128),
        .init("maxpd", .maxpd, .vector, 128),
        .init("maxss", .maxss, .vector, 32, wide: .none),
        .init("maxsd", .maxsd, .vector, 64, wide: .none),
        .init("sqrtps", .sqrtps, .vector, 128),
        .init("sqrtpd", .sqrtpd, .vector, 128),
        .init("sqrtss", .sqrtss, .vector, 32, wide: .none),
        .init("sqrtsd", .sqrtsd, .vector, 64, wide: .none),
        .init("rcpps", .rcpps, .vector, 128),
        .init("rcpss", .rcpss, .vector, 32, wide: .none),
        .init("rsqrtps", .rsqrtps, .vector, 128),
        .init("rsqrtss", .rsqrtss, .vector, 32, wide: .none),
        .init("andps", .andps, .vector, 128),
        .init("andpd", .andpd, .vector, 128),
        .init("andnps", .andnps, .vector, 128),
        .init("andnpd", .andnpd, .vector, 128),
        .init("orps", .orps, .vector, 128),
        .init("orpd", .orpd, .vector, 128),
        .init("xorps", .xorps, .vector, 128),
        .init("xorpd", .xorpd, .vector, 128),
        .init("haddps", .haddps, .vector, 128, feature: .sse3),
        .init("haddpd", .haddpd, .vector, 128, feature: .sse3),
        .init("hsubps", .hsubps, .vector, 128, feature: .sse3),
        .init("hsubpd", .hsubpd, .vector, 128, feature: .sse3),
        .init("addsubps", .addsubps, .vector, 128, feature: .sse3),
        .init("addsubpd", .addsubpd, .vector, 128, feature: .sse3),
    ]

    /// Floating point: comparisons, shuffles, rounding.
    private static let shuffles: [VectorOperationEntry] = [
        .init("ucomiss", .ucomiss, .vector, 32, wide: .none),
        .init("ucomisd", .ucomisd, .vector, 64, wide: .none),
        .init("comiss", .comiss, .vector, 32, wide: .none),
        .init("comisd", .comisd, .vector, 64, wide: .none),
        .init("cmpps", .cmpps, .vector, 128, immediate: true),
        .init("cmppd", .cmppd, .vector, 128, immediate: true),
        .init("cmpss", .cmpss, .vector, 32, immediate: true, wide: .none),
        .init("cmpsd", .cmpsd, .vector, 64, immediate: true, wide: .none),
        .init("shufps", .shufps, .vector, 128, immediate: true),
        .init("shufpd", .shufpd, .vector, 128, immediate: true),
        .init("unpcklps", .unpcklps, .vector, 128),
        .init("unpcklpd", .unpcklpd, .vector, 128),
        .init("unpckhps", .unpckhps, .vector, 128),
        .init("unpckhpd", .unpckhpd, .vector, 128),
        .init("roundps", .roundps, .vector, 128, immediate: true, feature: .sse41),
        .init("roundpd", .roundpd, .vector, 128, immediate: true, feature: .sse41),
        .init("roundss", .roundss, .vector, 32, immediate: true, wide: .none, feature: .sse41),
        .init("roundsd", .roundsd, .vector, 64, immediate: true, wide: .none, feature: .sse41),
        .init("blendps", .blendps, .vector, 128, immediate: true, feature: .sse41),
        .init("blendpd", .blendpd, .vector, 128, immediate: true, feature: .sse41),
        .init("blendvps", .blendvps, .blend, 128, feature: .sse41),
        .init("blendvpd", .blendvpd, .blend, 128, feature: .sse41),
        .init("dpps", .dpps, .vector, 128, immediate: true, feature: .sse41),
        .init("dppd", .dppd, .vector, 128, immediate: true, wide: .none, feature: .sse41),
        .init("insertps", .insertps, .vector, 32, immediate: true, wide: .none, feature: .sse41),
        .init("extractps", .extractps, .extract, 32, immediate: true, wide: .none, feature: .sse41),
    ]

    /// Conversions.
    private static let conversions: [VectorOperationEntry] = [
        .init("cvtsi2ss", .cvtsi2ss, .fromGeneral, 0, wide: .none),
        .init("cvtsi2sd", .cvtsi2sd, .fromGeneral, 0, wide: .none),
        .init("cvtss2si", .cvtss2si, .toGeneral, 32, wide: .none),
        .init("cvtsd2si", .cvtsd2si, .toGeneral, 64, wide: .none),
        .init("cvttss2si", .cvttss2si, .toGeneral, 32, wide: .none),
        .init("cvttsd2si", .cvttsd2si, .toGeneral, 64, wide: .none),
        .init("cvtss2sd", .cvtss2sd, .vector, 32, wide: .none),
        .init("cvtsd2ss", .cvtsd2ss, .vector, 64, wide: .none),
        .init("cvtps2pd", .cvtps2pd, .vector, 64, wide: .halfSource),
        .init("cvtpd2ps", .cvtpd2ps, .vector, 128, wide: .halfDestination),
        .init("cvtdq2ps", .cvtdq2ps, .vector, 128),
        .init("cvtps2dq", .cvtps2dq, .vector, 128),
        .init("cvttps2dq", .cvttps2dq, .vector, 128),
        .init("cvtdq2pd", .cvtdq2pd, .vector, 64, wide: .halfSource),
        .init("cvtpd2dq", .cvtpd2dq, .vector, 128, wide: .halfDestination),
        .init("cvttpd2dq", .cvttpd2dq, .vector, 128, wide: .halfDestination),
    ]

    /// Integers: moves, inserts, extracts.
    private static let integerMoves: [VectorOperationEntry] = [
        .init("movd", .movd, .moveGeneral, 32, wide: .none),
        .init("movq", .movq, .moveQuad, 64, wide: .none),
        .init("movdqa", .movdqa, .move, 128),
        .init("movdqu", .movdqu, .move, 128),
        .init("movntdq", .movntdq, .store, 128),
        .init("movntdqa", .movntdqa, .load, 128, feature: .sse41),
        .init("lddqu", .lddqu, .load, 128, feature: .sse3),
        .init("pmovmskb", .pmovmskb, .toGeneralRegister, 32),
        .init("pinsrb", .pinsrb, .insert, 8, immediate: true, wide: .none, feature: .sse41),
        .init("pinsrw", .pinsrw, .insert, 16, immediate: true, wide: .none),
        .init("pinsrd", .pinsrd, .insert, 32, immediate: true, wide: .none, feature: .sse41),
        .init("pinsrq", .pinsrq, .insert, 64, immediate: true, wide: .none, feature: .sse41),
        .init("pextrb", .pextrb, .extract, 8, immediate: true, wide: .none, feature: .sse41),
        .init("pextrw", .pextrw, .extractWord, 16, immediate: true, wide: .none),
        .init("pextrd", .pextrd, .extract, 32, immediate: true, wide: .none, feature: .sse41),
        .init("pextrq", .pextrq, .extract, 64, immediate: true, wide: .none, feature: .sse41),
    ]

    /// Integers: arithmetic, logic, comparisons.
    private static let integerArithmetic: [VectorOperationEntry] = [
        .init("paddb", .paddb, .vector, 128),
        .init("paddw", .paddw, .vector, 128),
        .init("paddd", .paddd, .vector, 128),
        .init("paddq", .paddq, .vector, 128),
        .init("paddsb", .paddsb, .vector, 128),
        .init("paddsw", .paddsw, .vector, 128),
        .init("paddusb", .paddusb, .vector, 128),
        .init("paddusw", .paddusw, .vector, 128),
        .init("psubb", .psubb, .vector, 128),
        .init("psubw", .psubw, .vector, 128),
        .init("psubd", .psubd, .vector, 128),
        .init("psubq", .psubq, .vector, 128),
        .init("psubsb", .psubsb, .vector, 128),
        .init("psubsw", .psubsw, .vector, 128),
        .init("psubusb", .psubusb, .vector, 128),
        .init("psubusw", .psubusw, .vector, 128),
        .init("pmullw", .pmullw, .vector, 128),
        .init("pmulhw", .pmulhw, .vector, 128),
        .init("pmulhuw", .pmulhuw, .vector, 128),
        .init("pmuludq", .pmuludq, .vector, 128),
        .init("pmaddwd", .pmaddwd, .vector, 128),
        .init("psadbw", .psadbw, .vector, 128),
        .init("pavgb", .pavgb, .vector, 128),
        .init("pavgw", .pavgw, .vector, 128),
        .init("pminub", .pminub, .vector, 128),
        .init("pminsw", .pminsw, .vector, 128),
        .init("pmaxub", .pmaxub, .vector, 128),
        .init("pmaxsw", .pmaxsw, .vector, 128),
        .init("pand", .pand, .vector, 128),
        .init("pandn", .pandn, .vector, 128),
        .init("por", .por, .vector, 128),
        .init("pxor", .pxor, .vector, 128),
        .init("pcmpeqb", .pcmpeqb, .vector, 128),
        .init("pcmpeqw", .pcmpeqw, .vector, 128),
        .init("pcmpeqd", .pcmpeqd, .vector, 128),
        .init("pcmpgtb", .pcmpgtb, .vector, 128),
        .init("pcmpgtw", .pcmpgtw, .vector, 128),
        .init("pcmpgtd", .pcmpgtd, .vector, 128),
        .init("pshufb", .pshufb, .vector, 128, feature: .ssse3),
        .init("phaddw", .phaddw, .vector, 128, feature: .ssse3),
        .init("phaddd", .phaddd, .vector, 128, feature: .ssse3),
        .init("phaddsw", .phaddsw, .vector, 128, feature: .ssse3),
        .init("pmaddubsw", .pmaddubsw, .vector, 128, feature: .ssse3),
        .init("phsubw", .phsubw, .vector, 128, feature: .ssse3),
        .init("phsubd", .phsubd, .vector, 128, feature: .ssse3),
        .init("phsubsw", .phsubsw, .vector, 128, feature: .ssse3),
        .init("psignb", .psignb, .vector, 128, feature: .ssse3),
        .init("psignw", .psignw, .vector, 128, feature: .ssse3),
        .init("psignd", .psignd, .vector, 128, feature: .ssse3),
        .init("pmulhrsw", .pmulhrsw, .vector, 128, feature: .ssse3),
        .init("pabsb", .pabsb, .vector, 128, feature: .ssse3),
        .init("pabsw", .pabsw, .vector, 128, feature: .ssse3),
        .init("pabsd", .pabsd, .vector, 128, feature: .ssse3),
        .init("pcmpeqq", .pcmpeqq, .vector, 128, feature: .sse41),
        .init("pminsb", .pminsb, .vector, 128, feature: .sse41),
        .init("pminsd", .pminsd, .vector, 128, feature: .sse41),
        .init("pminuw", .pminuw, .vector, 128, feature: .sse41),
        .init("pminud", .pminud, .vector, 128, feature: .sse41),
        .init("pmaxsb", .pmaxsb, .vector, 128, feature: .sse41),
        .init("pmaxsd", .pmaxsd, .vector, 128, feature: .sse41),
        .init("pmaxuw", .pmaxuw, .vector, 128, feature: .sse41),
        .init("pmaxud", .pmaxud, .vector, 128, feature: .sse41),
        .init("pmulld", .pmulld, .vector, 128, feature: .sse41),
        .init("pmuldq", .pmuldq, .vector, 128, feature: .sse41),
        .init("pcmpgtq", .pcmpgtq, .vector, 128, feature: .sse42),
        .init("phminposuw", .phminposuw, .vector, 128, wide: .none, feature: .sse41),
        .init("ptest", .ptest, .vector, 128, feature: .sse41),
    ]

    /// Integers: shifts.
    private static let shifts: [VectorOperationEntry] = [
        .init("psllw", .psllw, .shift, 128),
        .init("pslld", .pslld, .shift, 128),
        .init("psllq", .psllq, .shift, 128),
        .init("psrlw", .psrlw, .shift, 128),
        .init("psrld", .psrld, .shift, 128),
        .init("psrlq", .psrlq, .shift, 128),
        .init("psraw", .psraw, .shift, 128),
        .init("psrad", .psrad, .shift, 128),
        .init("pslldq", .pslldq, .shiftBytes, 128),
        .init("psrldq", .psrldq, .shiftBytes, 128),
    ]

    /// Integers: packs, unpacks, shuffles, extensions.
    private static let packs: [VectorOperationEntry] = [
        .init("packsswb", .packsswb, .vector, 128),
        .init("packuswb", .packuswb, .vector, 128),
        .init("packssdw", .packssdw, .vector, 128),
        .init("punpcklbw", .punpcklbw, .vector, 128),
        .init("punpcklwd", .punpcklwd, .vector, 128),
        .init("punpckldq", .punpckldq, .vector, 128),
        .init("punpcklqdq", .punpcklqdq, .vector, 128),
        .init("punpckhbw", .punpckhbw, .vector, 128),
        .init("punpckhwd", .punpckhwd, .vector, 128),
        .init("punpckhdq", .punpckhdq, .vector, 128),
        .init("punpckhqdq", .punpckhqdq, .vector, 128),
        .init("packusdw", .packusdw, .vector, 128, feature: .sse41),
        .init("pshufd", .pshufd, .vector, 128, immediate: true),
        .init("pshufhw", .pshufhw, .vector, 128, immediate: true),
        .init("pshuflw", .pshuflw, .vector, 128, immediate: true),
        .init("palignr", .palignr, .vector, 128, immediate: true, feature: .ssse3),
        .init("pblendw", .pblendw, .vector, 128, immediate: true, feature: .sse41),
        .init("pblendvb", .pblendvb, .blend, 128, feature: .sse41),
        .init("mpsadbw", .mpsadbw, .vector, 128, immediate: true, feature: .sse41),
        .init("pmovsxbw", .pmovsxbw, .vector, 64, wide: .halfSource, feature: .sse41),
        .init("pmovsxbd", .pmovsxbd, .vector, 32, wide: .halfSource, feature: .sse41),
        .init("pmovsxbq", .pmovsxbq, .vector, 16, wide: .halfSource, feature: .sse41),
        .init("pmovsxwd", .pmovsxwd, .vector, 64, wide: .halfSource, feature: .sse41),
        .init("pmovsxwq", .pmovsxwq, .vector, 32, wide: .halfSource, feature: .sse41),
        .init("pmovsxdq", .pmovsxdq, .vector, 64, wide: .halfSource, feature: .sse41),
        .init("pmovzxbw", .pmovzxbw, .vector, 64, wide: .halfSource, feature: .sse41),
        .init("pmovzxbd", .pmovzxbd, .vector, 32, wide: .halfSource, feature: .sse41),
        .init("pmovzxbq", .pmovzxbq, .vector, 16, wide: .halfSource, feature: .sse41),
        .init("pmovzxwd", .pmovzxwd, .vector, 64, wide: .halfSource, feature: .sse41),
        .init("pmovzxwq", .pmovzxwq, .vector, 32, wide: .halfSource, feature: .sse41),
        .init("pmovzxdq", .pmovzxdq, .vector, 64, wide: .halfSource, feature: .sse41),
    ]

    /// Strings.
    private static let strings: [VectorOperationEntry] = [
        .init("pcmpestri", .pcmpestri, .vector, 128, immediate: true, wide: .none, feature: .sse42),
        .init("pcmpestrm", .pcmpestrm, .vector, 128, immediate: true, wide: .none, feature: .sse42),
        .init("pcmpistri", .pcmpistri, .vector, 128, immediate: true, wide: .none, feature: .sse42),
        .init("pcmpistrm", .pcmpistrm, .vector, 128, immediate: true, wide: .none, feature: .sse42),
    ]

    /// AVX, AVX2 and F16C: no other form exists.
    private static let vexOnly: [VectorOperationEntry] = [
        .init("vbroadcastss", .vbroadcastss, .broadcast, 32, feature: .avx),
        .init("vbroadcastsd", .vbroadcastsd, .broadcast, 64, wide: .only, feature: .avx),
        .init("vbroadcastf128", .vbroadcastf128, .load, 128, wide: .only, feature: .avx),
        .init("vbroadcasti128", .vbroadcasti128, .load, 128, wide: .only, feature: .avx2),
        .init("vpbroadcastb", .vpbroadcastb, .broadcast, 8, feature: .avx2),
        .init("vpbroadcastw", .vpbroadcastw, .broadcast, 16, feature: .avx2),
        .init("vpbroadcastd", .vpbroadcastd, .broadcast, 32, feature: .avx2),
        .init("vpbroadcastq", .vpbroadcastq, .broadcast, 64, feature: .avx2),
        .init("vinsertf128", .vinsertf128, .insertHalf, 128, immediate: true, wide: .only, feature: .avx),
        .init("vinserti128", .vinserti128, .insertHalf, 128, immediate: true, wide: .only, feature: .avx2),
        .init("vextractf128", .vextractf128, .extractHalf, 128, immediate: true, wide: .only, feature: .avx),
        .init("vextracti128", .vextracti128, .extractHalf, 128, immediate: true, wide: .only, feature: .avx2),
        .init("vperm2f128", .vperm2f128, .vector, 128, immediate: true, wide: .only, feature: .avx),
        .init("vperm2i128", .vperm2i128, .vector, 128, immediate: true, wide: .only, feature: .avx2),
        .init("vpermilps", .vpermilps, .vector, 128, feature: .avx),
        .init("vpermilpd", .vpermilpd, .vector, 128, feature: .avx),
        .init("vpermilps", .vpermilpsImmediate, .vector, 128, immediate: true, feature: .avx),
        .init("vpermilpd", .vpermilpdImmediate, .vector, 128, immediate: true, feature: .avx),
        .init("vpermd", .vpermd, .vector, 128, wide: .only, feature: .avx2),
        .init("vpermps", .vpermps, .vector, 128, wide: .only, feature: .avx2),
        .init("vpermq", .vpermq, .vector, 128, immediate: true, wide: .only, feature: .avx2),
        .init("vpermpd", .vpermpd, .vector, 128, immediate: true, wide: .only, feature: .avx2),
        .init("vpblendd", .vpblendd, .vector, 128, immediate: true, feature: .avx2),
        .init("vpsllvd", .vpsllvd, .vector, 128, feature: .avx2),
        .init("vpsllvq", .vpsllvq, .vector, 128, feature: .avx2),
        .init("vpsrlvd", .vpsrlvd, .vector, 128, feature: .avx2),
        .init("vpsrlvq", .vpsrlvq, .vector, 128, feature: .avx2),
        .init("vpsravd", .vpsravd, .vector, 128, feature: .avx2),
        .init("vtestps", .vtestps, .vector, 128, feature: .avx),
        .init("vtestpd", .vtestpd, .vector, 128, feature: .avx),
        .init("vcvtph2ps", .vcvtph2ps, .vector, 64, wide: .halfSource, feature: .f16c),
        .init("vcvtps2ph", .vcvtps2ph, .storeHalf, 64, immediate: true, wide: .halfDestination, feature: .f16c),
    ]

    /// Fused multiply-add.
    private static let multiplyAdd: [VectorOperationEntry] = [
        .init("vfmaddsub132ps", .vfmaddsub132ps, .vector, 128, feature: .fma),
        .init("vfmaddsub132pd", .vfmaddsub132pd, .vector, 128, feature: .fma),
        .init("vfmsubadd132ps", .vfmsubadd132ps, .vector, 128, feature: .fma),
        .init("vfmsubadd132pd", .vfmsubadd132pd, .vector, 128, feature: .fma),
        .init("vfmadd132ps", .vfmadd132ps, .vector, 128, feature: .fma),
        .init("vfmadd132pd", .vfmadd132pd, .vector, 128, feature: .fma),
        .init("vfmadd132ss", .vfmadd132ss, .vector, 32, wide: .none, feature: .fma),
        .init("vfmadd132sd", .vfmadd132sd, .vector, 64, wide: .none, feature: .fma),
        .init("vfmsub132ps", .vfmsub132ps, .vector, 128, feature: .fma),
        .init("vfmsub132pd", .vfmsub132pd, .vector, 128, feature: .fma),
        .init("vfmsub132ss", .vfmsub132ss, .vector, 32, wide: .none, feature: .fma),
        .init("vfmsub132sd", .vfmsub132sd, .vector, 64, wide: .none, feature: .fma),
        .init("vfnmadd132ps", .vfnmadd132ps, .vector, 128, feature: .fma),
        .init("vfnmadd132pd", .vfnmadd132pd, .vector, 128, feature: .fma),
        .init("vfnmadd132ss", .vfnmadd132ss, .vector, 32, wide: .none, feature: .fma),
        .init("vfnmadd132sd", .vfnmadd132sd, .vector, 64, wide: .none, feature: .fma),
        .init("vfnmsub132ps", .vfnmsub132ps, .vector, 128, feature: .fma),
        .init("vfnmsub132pd", .vfnmsub132pd, .vector, 128, feature: .fma),
        .init("vfnmsub132ss", .vfnmsub132ss, .vector, 32, wide: .none, feature: .fma),
        .init("vfnmsub132sd", .vfnmsub132sd, .vector, 64, wide: .none, feature: .fma),
        .init("vfmaddsub213ps", .vfmaddsub213ps, .vector, 128, feature: .fma),
        .init("vfmaddsub213pd", .vfmaddsub213pd, .vector, 128, feature: .fma),
        .init("vfmsubadd213ps", .vfmsubadd213ps, .vector, 128, feature: .fma),
        .init("vfmsubadd213pd", .vfmsubadd213pd, .vector, 128, feature: .fma),
        .init("vfmadd213ps", .vfmadd213ps, .vector, 128, feature: .fma),
        .init("vfmadd213pd", .vfmadd213pd, .vector, 128, feature: .fma),
        .init("vfmadd213ss", .vfmadd213ss, .vector, 32, wide: .none, feature: .fma),
        .init("vfmadd213sd", .vfmadd213sd, .vector, 64, wide: .none, feature: .fma),
        .init("vfmsub213ps", .vfmsub213ps, .vector, 128, feature: .fma),
        .init("vfmsub213pd", .vfmsub213pd, .vector, 128, feature: .fma),
        .init("vfmsub213ss", .vfmsub213ss, .vector, 32, wide: .none, feature: .fma),
        .init("vfmsub213sd", .vfmsub213sd, .vector, 64, wide: .none, feature: .fma),
        .init("vfnmadd213ps", .vfnmadd213ps, .vector, 128, feature: .fma),
        .init("vfnmadd213pd", .vfnmadd213pd, .vector, 128, feature: .fma),
        .init("vfnmadd213ss", .vfnmadd213ss, .vector, 32, wide: .none, feature: .fma),
        .init("vfnmadd213sd", .vfnmadd213sd, .vector, 64, wide: .none, feature: .fma),
        .init("vfnmsub213ps", .vfnmsub213ps, .vector, 128, feature: .fma),
        .init("vfnmsub213pd", .vfnmsub213pd, .vector, 128, feature: .fma),
        .init("vfnmsub213ss", .vfnmsub213ss, .vector, 32, wide: .none, feature: .fma),
        .init("vfnmsub213sd", .vfnmsub213sd, .vector, 64, wide: .none, feature: .fma),
        .init("vfmaddsub231ps", .vfmaddsub231ps, .vector, 128, feature: .fma),
        .init("vfmaddsub231pd", .vfmaddsub231pd, .vector, 128, feature: .fma),
        .init("vfmsubadd231ps", .vfmsubadd231ps, .vector, 128, feature: .fma),
        .init("vfmsubadd231pd", .vfmsubadd231pd, .vector, 128, feature: .fma),
        .init("vfmadd231ps", .vfmadd231ps, .vector, 128, feature: .fma),
        .init("vfmadd231pd", .vfmadd231pd, .vector, 128, feature: .fma),
        .init("vfmadd231ss", .vfmadd231ss, .vector, 32, wide: .none, feature: .fma),
        .init("vfmadd231sd", .vfmadd231sd, .vector, 64, wide: .none, feature: .fma),
        .init("vfmsub231ps", .vfmsub231ps, .vector, 128, feature: .fma),
        .init("vfmsub231pd", .vfmsub231pd, .vector, 128, feature: .fma),
        .init("vfmsub231ss", .vfmsub231ss, .vector, 32, wide: .none, feature: .fma),
        .init("vfmsub231sd", .vfmsub231sd, .vector, 64, wide: .none, feature: .fma),
        .init("vfnmadd231ps", .vfnmadd231ps, .vector, 128, feature: .fma),
        .init("vfnmadd231pd", .vfnmadd231pd, .vector, 128, feature: .fma),
        .init("vfnmadd231ss", .vfnmadd231ss, .vector, 32, wide: .none, feature: .fma),
        .init("vfnmadd231sd", .vfnmadd231sd, .vector, 64, wide: .none, feature: .fma),
        .init("vfnmsub231ps", .vfnmsub231ps, .vector, 128, feature: .fma),
        .init("vfnmsub231pd", .vfnmsub231pd, .vector, 128, feature: .fma),
        .init("vfnmsub231ss", .vfnmsub231ss, .vector, 32, wide: .none, feature: .fma),
        .init("vfnmsub231sd", .vfnmsub231sd, .vector, 64, wide: .none, feature: .fma),
    ]
}
