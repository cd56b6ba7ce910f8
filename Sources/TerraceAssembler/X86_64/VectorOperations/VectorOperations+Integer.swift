// The table of vector operations: integers, strings.

extension VectorOperation {
    // Integers: moves, inserts, extracts

    @inlinable public static var movd: Self { .init(.p66, .escape0F, 0x6E, .twoOperands | .storeOpcode10) }
    @inlinable public static var movq: Self { .init(.pF3, .escape0F, 0x7E, .twoOperands | .storeQuad) }
    @inlinable public static var movdqa: Self { .init(.p66, .escape0F, 0x6F, .twoOperands | .storeOpcode10) }
    @inlinable public static var movdqu: Self { .init(.pF3, .escape0F, 0x6F, .twoOperands | .storeOpcode10) }
    @inlinable public static var movntdq: Self { .init(.p66, .escape0F, 0xE7, .twoOperands | .stores) }
    @inlinable public static var movntdqa: Self { .init(.p66, .escape0F38, 0x2A, .twoOperands) }
    @inlinable public static var lddqu: Self { .init(.pF2, .escape0F, 0xF0, .twoOperands) }
    @inlinable public static var pmovmskb: Self { .init(.p66, .escape0F, 0xD7, .twoOperands) }
    @inlinable public static var pinsrb: Self { .init(.p66, .escape0F3A, 0x20) }
    @inlinable public static var pinsrw: Self { .init(.p66, .escape0F, 0xC4) }
    @inlinable public static var pinsrd: Self { .init(.p66, .escape0F3A, 0x22) }
    @inlinable public static var pinsrq: Self { .init(.p66, .escape0F3A, 0x22, .wide64) }
    @inlinable public static var pextrb: Self { .init(.p66, .escape0F3A, 0x14, .twoOperands | .stores) }
    @inlinable public static var pextrw: Self { .init(.p66, .escape0F, 0xC5, .twoOperands | .storeWord) }
    @inlinable public static var pextrd: Self { .init(.p66, .escape0F3A, 0x16, .twoOperands | .stores) }
    @inlinable public static var pextrq: Self { .init(.p66, .escape0F3A, 0x16, .twoOperands | .wide64 | .stores) }

    // Integers: arithmetic, logic, comparisons

    @inlinable public static var paddb: Self { .init(.p66, .escape0F, 0xFC) }
    @inlinable public static var paddw: Self { .init(.p66, .escape0F, 0xFD) }
    @inlinable public static var paddd: Self { .init(.p66, .escape0F, 0xFE) }
    @inlinable public static var paddq: Self { .init(.p66, .escape0F, 0xD4) }
    @inlinable public static var paddsb: Self { .init(.p66, .escape0F, 0xEC) }
    @inlinable public static var paddsw: Self { .init(.p66, .escape0F, 0xED) }
    @inlinable public static var paddusb: Self { .init(.p66, .escape0F, 0xDC) }
    @inlinable public static var paddusw: Self { .init(.p66, .escape0F, 0xDD) }
    @inlinable public static var psubb: Self { .init(.p66, .escape0F, 0xF8) }
    @inlinable public static var psubw: Self { .init(.p66, .escape0F, 0xF9) }
    @inlinable public static var psubd: Self { .init(.p66, .escape0F, 0xFA) }
    @inlinable public static var psubq: Self { .init(.p66, .escape0F, 0xFB) }
    @inlinable public static var psubsb: Self { .init(.p66, .escape0F, 0xE8) }
    @inlinable public static var psubsw: Self { .init(.p66, .escape0F, 0xE9) }
    @inlinable public static var psubusb: Self { .init(.p66, .escape0F, 0xD8) }
    @inlinable public static var psubusw: Self { .init(.p66, .escape0F, 0xD9) }
    @inlinable public static var pmullw: Self { .init(.p66, .escape0F, 0xD5) }
    @inlinable public static var pmulhw: Self { .init(.p66, .escape0F, 0xE5) }
    @inlinable public static var pmulhuw: Self { .init(.p66, .escape0F, 0xE4) }
    @inlinable public static var pmuludq: Self { .init(.p66, .escape0F, 0xF4) }
    @inlinable public static var pmaddwd: Self { .init(.p66, .escape0F, 0xF5) }
    @inlinable public static var psadbw: Self { .init(.p66, .escape0F, 0xF6) }
    @inlinable public static var pavgb: Self { .init(.p66, .escape0F, 0xE0) }
    @inlinable public static var pavgw: Self { .init(.p66, .escape0F, 0xE3) }
    @inlinable public static var pminub: Self { .init(.p66, .escape0F, 0xDA) }
    @inlinable public static var pminsw: Self { .init(.p66, .escape0F, 0xEA) }
    @inlinable public static var pmaxub: Self { .init(.p66, .escape0F, 0xDE) }
    @inlinable public static var pmaxsw: Self { .init(.p66, .escape0F, 0xEE) }
    @inlinable public static var pand: Self { .init(.p66, .escape0F, 0xDB) }
    @inlinable public static var pandn: Self { .init(.p66, .escape0F, 0xDF) }
    @inlinable public static var por: Self { .init(.p66, .escape0F, 0xEB) }
    @inlinable public static var pxor: Self { .init(.p66, .escape0F, 0xEF) }
    @inlinable public static var pcmpeqb: Self { .init(.p66, .escape0F, 0x74) }
    @inlinable public static var pcmpeqw: Self { .init(.p66, .escape0F, 0x75) }
    @inlinable public static var pcmpeqd: Self { .init(.p66, .escape0F, 0x76) }
    @inlinable public static var pcmpgtb: Self { .init(.p66, .escape0F, 0x64) }
    @inlinable public static var pcmpgtw: Self { .init(.p66, .escape0F, 0x65) }
    @inlinable public static var pcmpgtd: Self { .init(.p66, .escape0F, 0x66) }
    @inlinable public static var pshufb: Self { .init(.p66, .escape0F38, 0x00) }
    @inlinable public static var phaddw: Self { .init(.p66, .escape0F38, 0x01) }
    @inlinable public static var phaddd: Self { .init(.p66, .escape0F38, 0x02) }
    @inlinable public static var phaddsw: Self { .init(.p66, .escape0F38, 0x03) }
    @inlinable public static var pmaddubsw: Self { .init(.p66, .escape0F38, 0x04) }
    @inlinable public static var phsubw: Self { .init(.p66, .escape0F38, 0x05) }
    @inlinable public static var phsubd: Self { .init(.p66, .escape0F38, 0x06) }
    @inlinable public static var phsubsw: Self { .init(.p66, .escape0F38, 0x07) }
    @inlinable public static var psignb: Self { .init(.p66, .escape0F38, 0x08) }
    @inlinable public static var psignw: Self { .init(.p66, .escape0F38, 0x09) }
    @inlinable public static var psignd: Self { .init(.p66, .escape0F38, 0x0A) }
    @inlinable public static var pmulhrsw: Self { .init(.p66, .escape0F38, 0x0B) }
    @inlinable public static var pabsb: Self { .init(.p66, .escape0F38, 0x1C, .twoOperands) }
    @inlinable public static var pabsw: Self { .init(.p66, .escape0F38, 0x1D, .twoOperands) }
    @inlinable public static var pabsd: Self { .init(.p66, .escape0F38, 0x1E, .twoOperands) }
    @inlinable public static var pcmpeqq: Self { .init(.p66, .escape0F38, 0x29) }
    @inlinable public static var pminsb: Self { .init(.p66, .escape0F38, 0x38) }
    @inlinable public static var pminsd: Self { .init(.p66, .escape0F38, 0x39) }
    @inlinable public static var pminuw: Self { .init(.p66, .escape0F38, 0x3A) }
    @inlinable public static var pminud: Self { .init(.p66, .escape0F38, 0x3B) }
    @inlinable public static var pmaxsb: Self { .init(.p66, .escape0F38, 0x3C) }
    @inlinable public static var pmaxsd: Self { .init(.p66, .escape0F38, 0x3D) }
    @inlinable public static var pmaxuw: Self { .init(.p66, .escape0F38, 0x3E) }
    @inlinable public static var pmaxud: Self { .init(.p66, .escape0F38, 0x3F) }
    @inlinable public static var pmulld: Self { .init(.p66, .escape0F38, 0x40) }
    @inlinable public static var pmuldq: Self { .init(.p66, .escape0F38, 0x28) }
    @inlinable public static var pcmpgtq: Self { .init(.p66, .escape0F38, 0x37) }
    @inlinable public static var phminposuw: Self { .init(.p66, .escape0F38, 0x41, .twoOperands) }
    @inlinable public static var ptest: Self { .init(.p66, .escape0F38, 0x17, .twoOperands) }

    // Integers: shifts

    @inlinable public static var psllw: Self { .init(.p66, .escape0F, 0xF1) }
    @inlinable public static var pslld: Self { .init(.p66, .escape0F, 0xF2) }
    @inlinable public static var psllq: Self { .init(.p66, .escape0F, 0xF3) }
    @inlinable public static var psrlw: Self { .init(.p66, .escape0F, 0xD1) }
    @inlinable public static var psrld: Self { .init(.p66, .escape0F, 0xD2) }
    @inlinable public static var psrlq: Self { .init(.p66, .escape0F, 0xD3) }
    @inlinable public static var psraw: Self { .init(.p66, .escape0F, 0xE1) }
    @inlinable public static var psrad: Self { .init(.p66, .escape0F, 0xE2) }
    @inlinable public static var pslldq: Self { .init(.p66, .escape0F, 0xF3, .shiftsBytes) }
    @inlinable public static var psrldq: Self { .init(.p66, .escape0F, 0xD3, .shiftsBytes) }

    // Integers: packs, unpacks, shuffles, extensions

    @inlinable public static var packsswb: Self { .init(.p66, .escape0F, 0x63) }
    @inlinable public static var packuswb: Self { .init(.p66, .escape0F, 0x67) }
    @inlinable public static var packssdw: Self { .init(.p66, .escape0F, 0x6B) }
    @inlinable public static var punpcklbw: Self { .init(.p66, .escape0F, 0x60) }
    @inlinable public static var punpcklwd: Self { .init(.p66, .escape0F, 0x61) }
    @inlinable public static var punpckldq: Self { .init(.p66, .escape0F, 0x62) }
    @inlinable public static var punpcklqdq: Self { .init(.p66, .escape0F, 0x6C) }
    @inlinable public static var punpckhbw: Self { .init(.p66, .escape0F, 0x68) }
    @inlinable public static var punpckhwd: Self { .init(.p66, .escape0F, 0x69) }
    @inlinable public static var punpckhdq: Self { .init(.p66, .escape0F, 0x6A) }
    @inlinable public static var punpckhqdq: Self { .init(.p66, .escape0F, 0x6D) }
    @inlinable public static var packusdw: Self { .init(.p66, .escape0F38, 0x2B) }
    @inlinable public static var pshufd: Self { .init(.p66, .escape0F, 0x70, .twoOperands) }
    @inlinable public static var pshufhw: Self { .init(.pF3, .escape0F, 0x70, .twoOperands) }
    @inlinable public static var pshuflw: Self { .init(.pF2, .escape0F, 0x70, .twoOperands) }
    @inlinable public static var palignr: Self { .init(.p66, .escape0F3A, 0x0F) }
    @inlinable public static var pblendw: Self { .init(.p66, .escape0F3A, 0x0E) }
    @inlinable public static var pblendvb: Self { .init(.p66, .escape0F38, 0x10, .legacyOnly) }
    @inlinable public static var mpsadbw: Self { .init(.p66, .escape0F3A, 0x42) }
    @inlinable public static var pmovsxbw: Self { .init(.p66, .escape0F38, 0x20, .twoOperands) }
    @inlinable public static var pmovsxbd: Self { .init(.p66, .escape0F38, 0x21, .twoOperands) }
    @inlinable public static var pmovsxbq: Self { .init(.p66, .escape0F38, 0x22, .twoOperands) }
    @inlinable public static var pmovsxwd: Self { .init(.p66, .escape0F38, 0x23, .twoOperands) }
    @inlinable public static var pmovsxwq: Self { .init(.p66, .escape0F38, 0x24, .twoOperands) }
    @inlinable public static var pmovsxdq: Self { .init(.p66, .escape0F38, 0x25, .twoOperands) }
    @inlinable public static var pmovzxbw: Self { .init(.p66, .escape0F38, 0x30, .twoOperands) }
    @inlinable public static var pmovzxbd: Self { .init(.p66, .escape0F38, 0x31, .twoOperands) }
    @inlinable public static var pmovzxbq: Self { .init(.p66, .escape0F38, 0x32, .twoOperands) }
    @inlinable public static var pmovzxwd: Self { .init(.p66, .escape0F38, 0x33, .twoOperands) }
    @inlinable public static var pmovzxwq: Self { .init(.p66, .escape0F38, 0x34, .twoOperands) }
    @inlinable public static var pmovzxdq: Self { .init(.p66, .escape0F38, 0x35, .twoOperands) }

    // Strings

    @inlinable public static var pcmpestri: Self { .init(.p66, .escape0F3A, 0x61, .twoOperands) }
    @inlinable public static var pcmpestrm: Self { .init(.p66, .escape0F3A, 0x60, .twoOperands) }
    @inlinable public static var pcmpistri: Self { .init(.p66, .escape0F3A, 0x63, .twoOperands) }
    @inlinable public static var pcmpistrm: Self { .init(.p66, .escape0F3A, 0x62, .twoOperands) }
}
