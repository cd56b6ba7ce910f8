// Which instructions operators on vectors become. One idea each.

import TerraceAssembler
import Testing

@testable import TerraceOptimizer

@Suite struct VectorSelectionTests {
    /// A function of two vectors, an f32, an f64, an i32 and an i64.
    private func selected(
        _ body: String, result: String = "v128", features: CPUFeatures = .withAVX2, deterministic: Bool = false
    ) throws -> [String] {
        try selection(
            """
            (module (memory 1)
              (func (export "f") (param $a v128) (param $b v128) (param $s f32) (param $d f64) (param $i i32) (param $l i64)
                \(result.isEmpty ? "" : "(result \(result))")
                \(body)))
            """, features: features, deterministic: deterministic)
    }

    @Test func oneOperatorIsOneInstruction() throws {
        #expect(try selected("(i32x4.add (local.get $a) (local.get $b))") == ["paddd"])
        #expect(try selected("(f32x4.lt (local.get $a) (local.get $b))") == ["cmpps:1"])
        #expect(try selected("(f64x2.floor (local.get $a))") == ["roundpd:9"])
        #expect(try selected("(i16x8.shl (local.get $a) (i32.const 19))") == ["psllw:3"])
    }

    @Test func loadsBecomeOperandsWhereNoAlignmentIsAsked() throws {
        let body = "(i32x4.sub (local.get $a) (v128.load (local.get $i)))"
        #expect(try selected(body) == ["psubd m"])
        #expect(try selected(body, features: .required) == ["movups m", "psubd"])
        // Either operand of what commutes.
        #expect(try selected("(i32x4.add (v128.load (local.get $i)) (local.get $a))") == ["paddd m"])
        #expect(try selected("(f64x2.promote_low_f32x4 (v128.load64_zero (local.get $i)))") == ["cvtps2pd m"])
        // 16 bytes may not be there.
        #expect(
            try selected("(f64x2.promote_low_f32x4 (v128.load (local.get $i)))") == ["movups m", "cvtps2pd"])
    }

    @Test func constantsAreOperandsInMemory() throws {
        #expect(try selected("(v128.and (local.get $a) (v128.const i32x4 1 2 3 4))") == ["pand c"])
        #expect(try selected("(v128.and (local.get $a) (v128.const i32x4 1 2 3 4))", features: .required) == ["pand c"])
        // Ones are made.
        #expect(try selected("(v128.not (local.get $a))") == ["pxor"])
    }

    @Test func splatsOfLoadsBroadcast() throws {
        #expect(try selected("(v128.load8_splat (local.get $i))") == ["vpbroadcastb m"])
        #expect(try selected("(v128.load16_splat (local.get $i))") == ["vpbroadcastw m"])
        #expect(try selected("(v128.load32_splat (local.get $i))") == ["vpbroadcastd m"])
        #expect(try selected("(v128.load64_splat (local.get $i))") == ["movddup m"])
        #expect(try selected("(f32x4.splat (f32.load (local.get $i)))") == ["vbroadcastss m"])
        #expect(try selected("(f64x2.splat (f64.load (local.get $i)))") == ["movddup m"])
        #expect(try selected("(v128.load32_splat (local.get $i))", features: .required) == ["movss m", "pshufd:0"])
        #expect(
            try selected("(v128.load8_splat (local.get $i))", features: .required) == ["pinsrb:0 m", "pshufb"])
        #expect(try selected("(i8x16.splat (local.get $i))") == ["movd", "vpbroadcastb"])
    }

    @Test func lanesAreLoadedAndStoredInPlace() throws {
        #expect(try selected("(v128.load8_lane 3 (local.get $i) (local.get $a))") == ["pinsrb:3 m"])
        #expect(try selected("(v128.load64_lane 1 (local.get $i) (local.get $a))") == ["movhps m"])
        #expect(try selected("(v128.store8_lane 3 (local.get $i) (local.get $a))", result: "") == ["pextrb:3 m"])
        #expect(try selected("(v128.store16_lane 3 (local.get $i) (local.get $a))", result: "") == ["pextrw:3 m"])
        #expect(try selected("(v128.store32_lane 0 (local.get $i) (local.get $a))", result: "") == ["movss m"])
        #expect(try selected("(v128.store32_lane 2 (local.get $i) (local.get $a))", result: "") == ["extractps:2 m"])
        #expect(try selected("(v128.store64_lane 1 (local.get $i) (local.get $a))", result: "") == ["movhps m"])
        #expect(
            try selected("(f32.store (local.get $i) (f32x4.extract_lane 1 (local.get $a)))", result: "")
                == ["extractps:1 m"])
    }

    @Test func masksChooseByBlend() throws {
        let body = "(v128.bitselect (local.get $a) (local.get $b) (i32x4.gt_s (local.get $a) (local.get $b)))"
        #expect(try selected(body) == ["pcmpgtd", "pblendvb"])
        #expect(try selected(body, features: .required) == ["pcmpgtd", "pand", "pandn", "por"])
        #expect(
            try selected("(v128.bitselect (local.get $a) (local.get $b) (i32x4.splat (local.get $i)))")
                == ["movd", "pshufd:0", "pand", "pandn", "por"])
        #expect(
            try selected("(v128.bitselect (local.get $a) (local.get $b) (v128.const i32x4 -1 0 -1 0))")
                == ["vpblendd:a"])
    }

    @Test func testsOfVectorsBranch() throws {
        let branch = { (test: String) in
            "(if (result i32) (\(test) (local.get $a)) (then (i32.const 1)) (else (i32.const 2)))"
        }
        #expect(try selected(branch("v128.any_true"), result: "i32") == ["branchIf"])
        #expect(try selected(branch("i16x8.all_true"), result: "i32") == ["branchIf"])
        #expect(try selected("(v128.any_true (local.get $a))", result: "i32") == ["setIf"])
        #expect(try selected("(i8x16.bitmask (local.get $a))", result: "i32") == ["pmovmskb"])
    }

    @Test func relaxedOperatorsFollowTheEnvironment() throws {
        let madd = "(f32x4.relaxed_madd (local.get $a) (local.get $b) (local.get $a))"
        #expect(try selected(madd) == ["vfmadd213ps"])
        #expect(try selected(madd, features: .withAVX) == ["mulps", "addps"])
        #expect(try selected(madd, deterministic: true) == ["mulps", "addps"])
        let swizzle = "(i8x16.relaxed_swizzle (local.get $a) (local.get $b))"
        #expect(try selected(swizzle) == ["pshufb"])
        #expect(try selected(swizzle, deterministic: true) == ["paddusb c", "pshufb"])
        let minimum = "(f64x2.relaxed_min (local.get $a) (local.get $b))"
        #expect(try selected(minimum) == ["minpd"])
        #expect(try selected(minimum, deterministic: true).count == 7)
    }

    @Test func shiftsOfBytes() throws {
        #expect(try selected("(i8x16.shl (local.get $a) (i32.const 1))") == ["paddb"])
        #expect(try selected("(i8x16.shl (local.get $a) (i32.const 3))") == ["psllw:3", "pand c"])
        #expect(try selected("(i8x16.shr_s (local.get $a) (i32.const 7))") == ["pcmpgtb"])
        #expect(
            try selected("(i8x16.shr_s (local.get $a) (i32.const 2))") == ["psrlw:2", "pand c", "pxor c", "psubb c"])
    }

    @Test func productsOfNarrowNumbersAreShort() throws {
        let low = { (operand: String) in "(i64x2.extend_low_i32x4_u (local.get \(operand)))" }
        #expect(
            try selected("(i64x2.mul \(low("$a")) \(low("$b")))") == ["pmovzxdq", "pmovzxdq", "pmuludq"])
        #expect(try selected("(i64x2.mul (local.get $a) (local.get $b))").count == 8)
        #expect(
            try selected("(i16x8.extmul_high_i8x16_s (local.get $a) (local.get $b))")
                == ["punpckhbw", "punpckhbw", "pmulhw"])
    }

    @Test func comparisonsOfWideLanesWithoutTheirInstruction() throws {
        #expect(try selected("(i64x2.gt_s (local.get $a) (local.get $b))") == ["pcmpgtq"])
        #expect(try selected("(i64x2.gt_s (local.get $a) (local.get $b))", features: .required).count == 7)
    }

    // MARK: shuffles

    private func shuffled(
        _ lanes: [Int], _ second: String = "(local.get $b)", features: CPUFeatures = .withAVX2
    ) throws -> [String] {
        let list = lanes.map { "\($0)" }.joined(separator: " ")
        return try selected("(i8x16.shuffle \(list) (local.get $a) \(second))", features: features)
    }

    /// Lanes of several bytes.
    private func wide(_ width: Int, _ lanes: [Int]) -> [Int] {
        lanes.flatMap { lane in (0..<width).map { lane * width + $0 } }
    }

    @Test func shufflesOfOneOperand() throws {
        #expect(try shuffled(Array(0..<16)) == ["copy"])
        #expect(try shuffled(wide(4, [3, 2, 1, 0])) == ["pshufd:1b"])
        #expect(try shuffled(wide(4, [7, 6, 5, 4])) == ["pshufd:1b"])
        #expect(try shuffled(wide(2, [3, 2, 1, 0, 4, 5, 6, 7])) == ["pshuflw:1b"])
        #expect(try shuffled(wide(2, [0, 1, 2, 3, 7, 6, 5, 4])) == ["pshufhw:1b"])
        #expect(try shuffled(Array(repeating: 0, count: 16)) == ["vpbroadcastb"])
        #expect(try shuffled((0..<16).map { ($0 + 5) % 16 }) == ["palignr:5"])
        #expect(try shuffled([0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7]) == ["punpcklbw"])
        #expect(try shuffled((0..<16).reversed()) == ["pshufb c"])
    }

    @Test func shufflesWithZero() throws {
        let zero = "(v128.const i64x2 0 0)"
        #expect(try shuffled((3..<19).map { $0 }, zero) == ["psrldq:3"])
        #expect(try shuffled([16, 16, 16, 16] + (0..<12), zero) == ["pslldq:4"])
        #expect(try shuffled((0..<8).flatMap { [$0, 16] }, zero) == ["pmovzxbw"])
        #expect(try shuffled(wide(4, [0, 4, 1, 4]), zero) == ["pmovzxdq"])
        #expect(try shuffled(wide(4, [0, 1, 4, 4]), zero) == ["movq"])
        #expect(try shuffled(wide(4, [0, 4, 2, 3]), zero) == ["insertps:f2"])
        #expect(try shuffled((0..<16).map { $0 % 3 == 0 ? 16 : 15 - $0 }, zero) == ["pshufb c"])
    }

    @Test func shufflesOfTwoOperandsAtOnce() throws {
        #expect(try shuffled((0..<8).flatMap { [$0, $0 + 16] }) == ["punpcklbw"])
        #expect(try shuffled((8..<16).flatMap { [$0 + 16, $0] }) == ["punpckhbw"])
        #expect(try shuffled(wide(8, [0, 2])) == ["punpcklqdq"])
        #expect(try shuffled(wide(4, [0, 5, 2, 7])) == ["vpblendd:a"])
        #expect(try shuffled(wide(4, [0, 5, 2, 7]), features: .required) == ["pblendw:cc"])
        #expect(try shuffled((0..<16).map { $0 % 3 == 0 ? $0 : $0 + 16 }) == ["pblendvb"])
        #expect(try shuffled((0..<16).map { $0 + 7 }) == ["palignr:7"])
        #expect(try shuffled((0..<16).map { ($0 + 23) % 32 }) == ["palignr:7"])
        #expect(try shuffled(wide(4, [0, 2, 4, 6])) == ["shufps:88"])
        #expect(try shuffled(wide(4, [7, 5, 3, 1])) == ["shufps:77"])
        #expect(try shuffled(wide(4, [0, 1, 4, 3])) == ["insertps:20"])
    }

    @Test func shufflesOfTwoOperandsInTwoSteps() throws {
        #expect(try shuffled(wide(4, [0, 7, 2, 6])) == ["pshufd:ac", "vpblendd:a"])
        #expect(try shuffled(wide(2, [8, 1, 10, 3, 12, 5, 15, 14])).count == 2)
        #expect(try shuffled(wide(4, [4, 0, 6, 2])) == ["pshufd:a0", "vpblendd:5"])
        #expect(try shuffled(wide(4, [4, 0, 2, 6])) == ["shufps:88", "pshufd:d2"])
        // What has no shape: a byte shuffle of each.
        #expect(
            try shuffled([0, 16, 3, 19, 5, 21, 8, 24, 9, 25, 11, 27, 12, 28, 15, 31])
                == ["pshufb c", "pshufb c", "por"])
    }

    @Test func swizzlesClampOnlyWhatMayBeOutOfRange() throws {
        #expect(try selected("(i8x16.swizzle (local.get $a) (local.get $b))") == ["paddusb c", "pshufb"])
        let masked = "(v128.and (local.get $b) (v128.const i64x2 0x0f0f0f0f0f0f0f0f 0x0f0f0f0f0f0f0f0f))"
        #expect(try selected("(i8x16.swizzle (local.get $a) \(masked))") == ["pand c", "pshufb"])
        #expect(
            try selected("(i8x16.swizzle (local.get $a) (v128.const i8x16 3 3 3 3 2 2 2 2 1 1 1 1 0 0 0 99))")
                == ["pshufb c"])
    }
}
