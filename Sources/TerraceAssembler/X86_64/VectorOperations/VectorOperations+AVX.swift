// The table of vector operations: those without a legacy form. (All others have a VEX form too.)

extension VectorOperation {
    // AVX, AVX2 and F16C: no other form exists

    @inlinable public static var vbroadcastss: Self { .init(.p66, .escape0F38, 0x18, .twoOperands | .vexOnly) }
    @inlinable public static var vbroadcastsd: Self { .init(.p66, .escape0F38, 0x19, .twoOperands | .vexOnly) }
    @inlinable public static var vbroadcastf128: Self { .init(.p66, .escape0F38, 0x1A, .twoOperands | .vexOnly) }
    @inlinable public static var vbroadcasti128: Self { .init(.p66, .escape0F38, 0x5A, .twoOperands | .vexOnly) }
    @inlinable public static var vpbroadcastb: Self { .init(.p66, .escape0F38, 0x78, .twoOperands | .vexOnly) }
    @inlinable public static var vpbroadcastw: Self { .init(.p66, .escape0F38, 0x79, .twoOperands | .vexOnly) }
    @inlinable public static var vpbroadcastd: Self { .init(.p66, .escape0F38, 0x58, .twoOperands | .vexOnly) }
    @inlinable public static var vpbroadcastq: Self { .init(.p66, .escape0F38, 0x59, .twoOperands | .vexOnly) }
    @inlinable public static var vinsertf128: Self { .init(.p66, .escape0F3A, 0x18, .vexOnly) }
    @inlinable public static var vinserti128: Self { .init(.p66, .escape0F3A, 0x38, .vexOnly) }
    @inlinable public static var vextractf128: Self {
        .init(.p66, .escape0F3A, 0x19, .twoOperands | .vexOnly | .stores)
    }
    @inlinable public static var vextracti128: Self {
        .init(.p66, .escape0F3A, 0x39, .twoOperands | .vexOnly | .stores)
    }
    @inlinable public static var vperm2f128: Self { .init(.p66, .escape0F3A, 0x06, .vexOnly) }
    @inlinable public static var vperm2i128: Self { .init(.p66, .escape0F3A, 0x46, .vexOnly) }
    @inlinable public static var vpermilps: Self { .init(.p66, .escape0F38, 0x0C, .vexOnly) }
    @inlinable public static var vpermilpd: Self { .init(.p66, .escape0F38, 0x0D, .vexOnly) }
    @inlinable public static var vpermilpsImmediate: Self { .init(.p66, .escape0F3A, 0x04, .twoOperands | .vexOnly) }
    @inlinable public static var vpermilpdImmediate: Self { .init(.p66, .escape0F3A, 0x05, .twoOperands | .vexOnly) }
    @inlinable public static var vpermd: Self { .init(.p66, .escape0F38, 0x36, .vexOnly) }
    @inlinable public static var vpermps: Self { .init(.p66, .escape0F38, 0x16, .vexOnly) }
    @inlinable public static var vpermq: Self { .init(.p66, .escape0F3A, 0x00, .twoOperands | .vexOnly | .wide64) }
    @inlinable public static var vpermpd: Self { .init(.p66, .escape0F3A, 0x01, .twoOperands | .vexOnly | .wide64) }
    @inlinable public static var vpblendd: Self { .init(.p66, .escape0F3A, 0x02, .vexOnly) }
    @inlinable public static var vpsllvd: Self { .init(.p66, .escape0F38, 0x47, .vexOnly) }
    @inlinable public static var vpsllvq: Self { .init(.p66, .escape0F38, 0x47, .vexOnly | .wide64) }
    @inlinable public static var vpsrlvd: Self { .init(.p66, .escape0F38, 0x45, .vexOnly) }
    @inlinable public static var vpsrlvq: Self { .init(.p66, .escape0F38, 0x45, .vexOnly | .wide64) }
    @inlinable public static var vpsravd: Self { .init(.p66, .escape0F38, 0x46, .vexOnly) }
    @inlinable public static var vtestps: Self { .init(.p66, .escape0F38, 0x0E, .twoOperands | .vexOnly) }
    @inlinable public static var vtestpd: Self { .init(.p66, .escape0F38, 0x0F, .twoOperands | .vexOnly) }
    @inlinable public static var vcvtph2ps: Self { .init(.p66, .escape0F38, 0x13, .twoOperands | .vexOnly) }
    @inlinable public static var vcvtps2ph: Self { .init(.p66, .escape0F3A, 0x1D, .twoOperands | .vexOnly | .stores) }

    // Fused multiply-add

    @inlinable public static var vfmaddsub132ps: Self { .init(.p66, .escape0F38, 0x96, .vexOnly) }
    @inlinable public static var vfmaddsub132pd: Self { .init(.p66, .escape0F38, 0x96, .vexOnly | .wide64) }
    @inlinable public static var vfmsubadd132ps: Self { .init(.p66, .escape0F38, 0x97, .vexOnly) }
    @inlinable public static var vfmsubadd132pd: Self { .init(.p66, .escape0F38, 0x97, .vexOnly | .wide64) }
    @inlinable public static var vfmadd132ps: Self { .init(.p66, .escape0F38, 0x98, .vexOnly) }
    @inlinable public static var vfmadd132pd: Self { .init(.p66, .escape0F38, 0x98, .vexOnly | .wide64) }
    @inlinable public static var vfmadd132ss: Self { .init(.p66, .escape0F38, 0x99, .vexOnly) }
    @inlinable public static var vfmadd132sd: Self { .init(.p66, .escape0F38, 0x99, .vexOnly | .wide64) }
    @inlinable public static var vfmsub132ps: Self { .init(.p66, .escape0F38, 0x9A, .vexOnly) }
    @inlinable public static var vfmsub132pd: Self { .init(.p66, .escape0F38, 0x9A, .vexOnly | .wide64) }
    @inlinable public static var vfmsub132ss: Self { .init(.p66, .escape0F38, 0x9B, .vexOnly) }
    @inlinable public static var vfmsub132sd: Self { .init(.p66, .escape0F38, 0x9B, .vexOnly | .wide64) }
    @inlinable public static var vfnmadd132ps: Self { .init(.p66, .escape0F38, 0x9C, .vexOnly) }
    @inlinable public static var vfnmadd132pd: Self { .init(.p66, .escape0F38, 0x9C, .vexOnly | .wide64) }
    @inlinable public static var vfnmadd132ss: Self { .init(.p66, .escape0F38, 0x9D, .vexOnly) }
    @inlinable public static var vfnmadd132sd: Self { .init(.p66, .escape0F38, 0x9D, .vexOnly | .wide64) }
    @inlinable public static var vfnmsub132ps: Self { .init(.p66, .escape0F38, 0x9E, .vexOnly) }
    @inlinable public static var vfnmsub132pd: Self { .init(.p66, .escape0F38, 0x9E, .vexOnly | .wide64) }
    @inlinable public static var vfnmsub132ss: Self { .init(.p66, .escape0F38, 0x9F, .vexOnly) }
    @inlinable public static var vfnmsub132sd: Self { .init(.p66, .escape0F38, 0x9F, .vexOnly | .wide64) }
    @inlinable public static var vfmaddsub213ps: Self { .init(.p66, .escape0F38, 0xA6, .vexOnly) }
    @inlinable public static var vfmaddsub213pd: Self { .init(.p66, .escape0F38, 0xA6, .vexOnly | .wide64) }
    @inlinable public static var vfmsubadd213ps: Self { .init(.p66, .escape0F38, 0xA7, .vexOnly) }
    @inlinable public static var vfmsubadd213pd: Self { .init(.p66, .escape0F38, 0xA7, .vexOnly | .wide64) }
    @inlinable public static var vfmadd213ps: Self { .init(.p66, .escape0F38, 0xA8, .vexOnly) }
    @inlinable public static var vfmadd213pd: Self { .init(.p66, .escape0F38, 0xA8, .vexOnly | .wide64) }
    @inlinable public static var vfmadd213ss: Self { .init(.p66, .escape0F38, 0xA9, .vexOnly) }
    @inlinable public static var vfmadd213sd: Self { .init(.p66, .escape0F38, 0xA9, .vexOnly | .wide64) }
    @inlinable public static var vfmsub213ps: Self { .init(.p66, .escape0F38, 0xAA, .vexOnly) }
    @inlinable public static var vfmsub213pd: Self { .init(.p66, .escape0F38, 0xAA, .vexOnly | .wide64) }
    @inlinable public static var vfmsub213ss: Self { .init(.p66, .escape0F38, 0xAB, .vexOnly) }
    @inlinable public static var vfmsub213sd: Self { .init(.p66, .escape0F38, 0xAB, .vexOnly | .wide64) }
    @inlinable public static var vfnmadd213ps: Self { .init(.p66, .escape0F38, 0xAC, .vexOnly) }
    @inlinable public static var vfnmadd213pd: Self { .init(.p66, .escape0F38, 0xAC, .vexOnly | .wide64) }
    @inlinable public static var vfnmadd213ss: Self { .init(.p66, .escape0F38, 0xAD, .vexOnly) }
    @inlinable public static var vfnmadd213sd: Self { .init(.p66, .escape0F38, 0xAD, .vexOnly | .wide64) }
    @inlinable public static var vfnmsub213ps: Self { .init(.p66, .escape0F38, 0xAE, .vexOnly) }
    @inlinable public static var vfnmsub213pd: Self { .init(.p66, .escape0F38, 0xAE, .vexOnly | .wide64) }
    @inlinable public static var vfnmsub213ss: Self { .init(.p66, .escape0F38, 0xAF, .vexOnly) }
    @inlinable public static var vfnmsub213sd: Self { .init(.p66, .escape0F38, 0xAF, .vexOnly | .wide64) }
    @inlinable public static var vfmaddsub231ps: Self { .init(.p66, .escape0F38, 0xB6, .vexOnly) }
    @inlinable public static var vfmaddsub231pd: Self { .init(.p66, .escape0F38, 0xB6, .vexOnly | .wide64) }
    @inlinable public static var vfmsubadd231ps: Self { .init(.p66, .escape0F38, 0xB7, .vexOnly) }
    @inlinable public static var vfmsubadd231pd: Self { .init(.p66, .escape0F38, 0xB7, .vexOnly | .wide64) }
    @inlinable public static var vfmadd231ps: Self { .init(.p66, .escape0F38, 0xB8, .vexOnly) }
    @inlinable public static var vfmadd231pd: Self { .init(.p66, .escape0F38, 0xB8, .vexOnly | .wide64) }
    @inlinable public static var vfmadd231ss: Self { .init(.p66, .escape0F38, 0xB9, .vexOnly) }
    @inlinable public static var vfmadd231sd: Self { .init(.p66, .escape0F38, 0xB9, .vexOnly | .wide64) }
    @inlinable public static var vfmsub231ps: Self { .init(.p66, .escape0F38, 0xBA, .vexOnly) }
    @inlinable public static var vfmsub231pd: Self { .init(.p66, .escape0F38, 0xBA, .vexOnly | .wide64) }
    @inlinable public static var vfmsub231ss: Self { .init(.p66, .escape0F38, 0xBB, .vexOnly) }
    @inlinable public static var vfmsub231sd: Self { .init(.p66, .escape0F38, 0xBB, .vexOnly | .wide64) }
    @inlinable public static var vfnmadd231ps: Self { .init(.p66, .escape0F38, 0xBC, .vexOnly) }
    @inlinable public static var vfnmadd231pd: Self { .init(.p66, .escape0F38, 0xBC, .vexOnly | .wide64) }
    @inlinable public static var vfnmadd231ss: Self { .init(.p66, .escape0F38, 0xBD, .vexOnly) }
    @inlinable public static var vfnmadd231sd: Self { .init(.p66, .escape0F38, 0xBD, .vexOnly | .wide64) }
    @inlinable public static var vfnmsub231ps: Self { .init(.p66, .escape0F38, 0xBE, .vexOnly) }
    @inlinable public static var vfnmsub231pd: Self { .init(.p66, .escape0F38, 0xBE, .vexOnly | .wide64) }
    @inlinable public static var vfnmsub231ss: Self { .init(.p66, .escape0F38, 0xBF, .vexOnly) }
    @inlinable public static var vfnmsub231sd: Self { .init(.p66, .escape0F38, 0xBF, .vexOnly | .wide64) }
}
