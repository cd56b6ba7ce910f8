import ModuleSupport
import Terrace
import Testing

/// The deterministic profile of relaxed vector operators: each result is the one that needs no particular machine.
@Suite struct RelaxedVectorTests {
    private func instance() throws -> Instance {
        var configuration = Configuration()
        configuration.deterministicRelaxedVectors = true
        return try makeInstance(
            """
            (module
              (func (export "madd") (result f64)
                (f64x2.extract_lane 0
                  (f64x2.relaxed_madd
                    (v128.const f64x2 0x1.00000004p0 0) (v128.const f64x2 0x1.00000004p0 0)
                    (v128.const f64x2 -0x1.00000008p0 0))))
              (func (export "swizzle") (result i32)
                (i8x16.extract_lane_u 0
                  (i8x16.relaxed_swizzle
                    (v128.const i8x16 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7)
                    (v128.const i8x16 16 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0))))
              (func (export "min") (result i32)
                (i32x4.extract_lane 0
                  (f32x4.relaxed_min (v128.const f32x4 -0 0 0 0) (v128.const f32x4 0 0 0 0))))
              (func (export "max") (result i32)
                (i32x4.extract_lane 0
                  (f32x4.relaxed_max (v128.const f32x4 0 0 0 0) (v128.const f32x4 -0 0 0 0))))
              (func (export "q15mulr") (result i32)
                (i16x8.extract_lane_s 0
                  (i16x8.relaxed_q15mulr_s
                    (v128.const i16x8 -32768 0 0 0 0 0 0 0) (v128.const i16x8 -32768 0 0 0 0 0 0 0))))
              (func (export "dot") (param i32) (result i32)
                (v128.store (i32.const 0)
                  (i16x8.relaxed_dot_i8x16_i7x16_s
                    (v128.const i8x16 -128 -128 1 2 3 4 5 6 7 8 9 10 11 12 -128 127)
                    (v128.const i8x16 -127 -127 1 2 3 4 5 6 7 8 9 10 11 12 127 127)))
                (i32.load16_s (local.get 0)))
              (func (export "dot_add") (result i32)
                (i32x4.extract_lane 0
                  (i32x4.relaxed_dot_i8x16_i7x16_add_s
                    (v128.const i8x16 -128 -128 -128 -128 0 0 0 0 0 0 0 0 0 0 0 0)
                    (v128.const i8x16 -127 -127 -127 -127 0 0 0 0 0 0 0 0 0 0 0 0)
                    (v128.const i32x4 1 2 3 4))))
              (func (export "saturated") (result i32)
                (i16x8.extract_lane_s 0
                  (i16x8.relaxed_dot_i8x16_i7x16_s
                    (v128.const i8x16 -128 -128 0 0 0 0 0 0 0 0 0 0 0 0 0 0)
                    (v128.const i8x16 -128 -128 0 0 0 0 0 0 0 0 0 0 0 0 0 0))))
              (func (export "saturated_add") (result i32)
                (i32x4.extract_lane 0
                  (i32x4.relaxed_dot_i8x16_i7x16_add_s
                    (v128.const i8x16 -128 -128 -128 -128 0 0 0 0 0 0 0 0 0 0 0 0)
                    (v128.const i8x16 -128 -128 -128 -128 0 0 0 0 0 0 0 0 0 0 0 0)
                    (v128.const i32x4 1 2 3 4))))
              (memory 1))
            """, store: try Store(try Engine(configuration)))
    }

    @Test func productsAreRoundedBeforeTheyAreAdded() throws {
        guard case .f64(let sum)? = try instance().call("madd").first else { throw WrongResult() }
        #expect(sum == 0)
    }

    @Test func lanesAndSignsFollowTheStrictOperators() throws {
        let instance = try instance()
        #expect(try instance.i32("swizzle") == 0)
        #expect(try instance.i32("min") == Int32.min)
        #expect(try instance.i32("max") == 0)
        #expect(try instance.i32("q15mulr") == 32767)
    }

    @Test func dotProductsTakeBothOperandsAsSigned() throws {
        let instance = try instance()
        let expected: [Int32] = [32512, 5, 25, 61, 113, 181, 265, -127]
        for (lane, sum) in expected.enumerated() {
            #expect(try instance.i32("dot", .i32(Int32(2 * lane))) == sum)
        }
        #expect(try instance.i32("dot_add") == 65025)
    }

    @Test func sumsOfProductsSaturate() throws {
        let instance = try instance()
        #expect(try instance.i32("saturated") == 32767)
        #expect(try instance.i32("saturated_add") == 65535)
    }
}
