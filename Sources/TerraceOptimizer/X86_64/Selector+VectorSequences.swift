// Vector operators that take several instructions: what the machine lacks, or does otherwise than the specification. Results
// are those of the baseline tier's sequences, NaNs' bits included.

import TerraceABI
import TerraceAssembler
import WasmFormat

extension Selector {
    @inline(__always) mutating func newVector() -> VirtualRegister { newRegister(.v128) }

    /// Selects an operator that has no row in ``VectorRules``.
    mutating func selectVectorSequence(_ d: VirtualRegister, _ node: Node) {
        let a = Value(node.a)
        let b = Value(node.b)
        switch node.opcode {
        // Lanes
        case .i8x16Shuffle: shuffle(d, a, b, graph.pointee.vectors[Int(node.c)])
        case .i8x16Swizzle: swizzle(d, a, b)
        case .i8x16Splat: splat(d, a, byteCount: 1)
        case .i16x8Splat: splat(d, a, byteCount: 2)
        case .i32x4Splat: splat(d, a, byteCount: 4)
        case .i64x2Splat: splat(d, a, byteCount: 8)
        case .f32x4Splat: splatSingle(d, a)
        case .f32x4ExtractLane: extractSingle(d, a, lane: node.b)
        case .f64x2ExtractLane: extractDouble(d, a, lane: node.b)
        case .f32x4ReplaceLane: binary(.insertps, d, register(a), register(b), immediate: Int16(node.c &<< 4))
        case .f64x2ReplaceLane: replaceDouble(d, a, b, lane: node.c)

        // Bits
        case .v128Not: invert(d, register(a))
        case .v128Bitselect, .i8x16RelaxedLaneselect, .i16x8RelaxedLaneselect, .i32x4RelaxedLaneselect,
            .i64x2RelaxedLaneselect:
            bitSelect(d, a, b, Value(node.c))
        case .v128AnyTrue, .i8x16AllTrue, .i16x8AllTrue, .i32x4AllTrue, .i64x2AllTrue: selectSet(self.node, node)
        case .i16x8Bitmask:
            // Words narrow to bytes with their signs; the upper half takes zeros.
            let narrow = newVector()
            binary(.packsswb, narrow, register(a), zeroVector())
            toGeneral(.pmovmskb, d, narrow)

        // Shifts that the machine lacks
        case .i8x16Shl: shiftBytes(.shl, d, a, b)
        case .i8x16ShrS: shiftBytes(.sar, d, a, b)
        case .i8x16ShrU: shiftBytes(.shr, d, a, b)
        case .i64x2ShrS: shiftWideArithmetic(d, a, b)

        // Integer arithmetic
        case .i64x2Mul: multiplyWide(d, a, b)
        case .i64x2Abs: absoluteWide(d, a)
        case .i16x8ExtmulLowI8x16S: multiplyBytes(d, a, b, .pmovsxbw)
        case .i16x8ExtmulLowI8x16U: multiplyBytes(d, a, b, .pmovzxbw)
        case .i16x8ExtmulHighI8x16S: multiplyUpperBytes(d, a, b, isSigned: true)
        case .i16x8ExtmulHighI8x16U: multiplyUpperBytes(d, a, b, isSigned: false)
        case .i32x4ExtmulLowI16x8S: multiplyWords(d, a, b, .pmulhw, .punpcklwd)
        case .i32x4ExtmulHighI16x8S: multiplyWords(d, a, b, .pmulhw, .punpckhwd)
        case .i32x4ExtmulLowI16x8U: multiplyWords(d, a, b, .pmulhuw, .punpcklwd)
        case .i32x4ExtmulHighI16x8U: multiplyWords(d, a, b, .pmulhuw, .punpckhwd)
        case .i64x2ExtmulLowI32x4S: multiplyDoublewords(d, a, b, .pmuldq, selection: 0x50)
        case .i64x2ExtmulHighI32x4S: multiplyDoublewords(d, a, b, .pmuldq, selection: 0xFA)
        case .i64x2ExtmulLowI32x4U: multiplyDoublewords(d, a, b, .pmuludq, selection: 0x50)
        case .i64x2ExtmulHighI32x4U: multiplyDoublewords(d, a, b, .pmuludq, selection: 0xFA)
        case .i16x8Q15mulrSatS: multiplyRoundingSaturating(d, a, b)
        case .i16x8ExtaddPairwiseI8x16S:
            // The multiply-add takes its first operand as unsigned, its second as signed.
            let source = source(a, .full)
            binary(.pmaddubsw, d, constantRegister(Self.oneBytes, Self.oneBytes), source)
        case .i16x8ExtaddPairwiseI8x16U: binary(.pmaddubsw, d, register(a), constant(Self.oneBytes))
        case .i32x4ExtaddPairwiseI16x8S: commutative(.pmaddwd, d, register(a), constant(Self.oneWords))
        case .i32x4ExtaddPairwiseI16x8U: addPairsOfUnsignedWords(d, a)
        case .i16x8RelaxedDotI8x16I7x16S:
            if tables.deterministicRelaxedVectors {
                dotOfSignedBytes(d, a, b)
            } else {
                let source = source(a, .full)
                binary(.pmaddubsw, d, register(b), source)
            }
        case .i32x4RelaxedDotI8x16I7x16AddS: dotAndAdd(d, a, b, Value(node.c))
        case .i8x16Popcnt: populationCountOfBytes(d, a)

        // Floating point
        case .f32x4Min: vectorMinimum(d, a, b, .minps, .cmpps, .psrld, payload: 10)
        case .f64x2Min: vectorMinimum(d, a, b, .minpd, .cmppd, .psrlq, payload: 13)
        case .f32x4Max: vectorMaximum(d, a, b, .maxps, .subps, .cmpps, .psrld, payload: 10)
        case .f64x2Max: vectorMaximum(d, a, b, .maxpd, .subpd, .cmppd, .psrlq, payload: 13)
        case .f32x4RelaxedMadd: multiplyAdd(d, a, b, Value(node.c), .mulps, .addps, .vfmadd213ps)
        case .f32x4RelaxedNmadd: multiplyAdd(d, a, b, Value(node.c), .mulps, .subps, .vfnmadd213ps)
        case .f64x2RelaxedMadd: multiplyAdd(d, a, b, Value(node.c), .mulpd, .addpd, .vfmadd213pd)
        case .f64x2RelaxedNmadd: multiplyAdd(d, a, b, Value(node.c), .mulpd, .subpd, .vfnmadd213pd)

        // Conversions of lanes
        case .f32x4ConvertI32x4U: convertUnsignedLanes(d, a)
        case .f64x2ConvertLowI32x4U:
            // As the low bits of 2^52, which is then taken away.
            let wide = newVector()
            binary(.unpcklps, wide, register(a), constant(0x4330_0000_4330_0000))
            binary(.subpd, d, wide, constant(0x4330_0000_0000_0000))
        case .i32x4TruncSatF32x4S, .i32x4RelaxedTruncF32x4S: truncateLanes(d, a)
        case .i32x4TruncSatF32x4U, .i32x4RelaxedTruncF32x4U: truncateLanesUnsigned(d, a)
        case .i32x4TruncSatF64x2SZero, .i32x4RelaxedTruncF64x2SZero: truncateWideLanes(d, a)
        case .i32x4TruncSatF64x2UZero, .i32x4RelaxedTruncF64x2UZero: truncateWideLanesUnsigned(d, a)

        default: selectFloat(d, node)
        }
    }

    static var oneBytes: UInt64 { 0x0101_0101_0101_0101 }
    static var oneWords: UInt64 { 0x0001_0001_0001_0001 }

    /// `d`, a general register, `= op(a)`
    mutating func toGeneral(
        _ operation: VectorOperation, _ d: VirtualRegister, _ a: VirtualRegister, _ size: OperandSize = .dword
    ) {
        begin(.vectorToGeneral, size)
        current.payload = operation.rawValue
        current.immediate = -1
        define(d)
        use(a)
        finish()
    }

    /// `d = a`, a general register or an integer in memory, in the lowest lane; zeros above.
    mutating func fromGeneral(_ d: VirtualRegister, _ a: VectorSource, _ size: OperandSize) {
        begin(.vectorFromGeneral, size)
        define(d)
        use(a)
        finish()
    }
}
