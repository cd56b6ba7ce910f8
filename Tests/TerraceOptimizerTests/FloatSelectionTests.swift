// Which instructions operators on floating-point numbers become. One idea each.

import TerraceAssembler
import Testing

@testable import TerraceOptimizer

@Suite struct FloatSelectionTests {
    /// A function of two f64, two f32, an i32 and an i64.
    private func selected(
        _ body: String, result: String = "f64", features: CPUFeatures = .withAVX2
    ) throws -> [String] {
        try selection(
            """
            (module (memory 1)
              (func (export "f") (param $a f64) (param $b f64) (param $s f32) (param $t f32) (param $i i32) (param $l i64)
                \(result.isEmpty ? "" : "(result \(result))")
                \(body)))
            """, features: features)
    }

    @Test func loadsAndConstantsAreOperands() throws {
        #expect(try selected("(f64.sub (local.get $a) (f64.load (local.get $i)))") == ["subsd m"])
        #expect(
            try selected("(f64.sub (local.get $a) (f64.load (local.get $i)))", features: .required) == ["subsd m"])
        #expect(try selected("(f64.mul (local.get $a) (f64.const 2.5))") == ["mulsd c"])
        // The first operand's NaN wins, so operands stay where they are.
        #expect(try selected("(f64.add (f64.load (local.get $i)) (local.get $a))") == ["movsd m", "addsd"])
    }

    @Test func signsAreMasked() throws {
        #expect(try selected("(f64.abs (local.get $a))") == ["andps c"])
        #expect(try selected("(f64.neg (local.get $a))") == ["xorps c"])
        #expect(try selected("(f64.copysign (local.get $a) (local.get $b))") == ["andps c", "andnps", "orps"])
    }

    @Test func minimumWithAnOrdinaryConstantNeedsNoCare() throws {
        let sum = "(f64.add (local.get $a) (local.get $b))"
        #expect(try selected("(f64.min \(sum) (f64.const 1))") == ["addsd", "minsd"])
        #expect(try selected("(f64.max (f64.const 1) \(sum))") == ["addsd", "maxsd"])
        // A parameter may be a signalling NaN; zeros have two signs.
        #expect(try selected("(f64.min (local.get $a) (f64.const 1))") == ["minsd"])
        #expect(try selected("(f64.min \(sum) (f64.const 0))") == ["addsd", "minsd"])
    }

    @Test func comparisonsFuseWithBranchesAndSelects() throws {
        for test in ["f64.lt", "f64.eq", "f64.ge"] {
            let condition = "(\(test) (local.get $a) (local.get $b))"
            #expect(
                try selected(
                    "(if (result f64) \(condition) (then (f64.const 1)) (else (f64.const 2)))") == ["branchIf"])
            #expect(
                try selected("(select (local.get $i) (i32.const 3) \(condition))", result: "i32") == ["selectIf"])
        }
        #expect(try selected("(f64.gt (local.get $a) (local.get $b))", result: "i32") == ["setIf"])
        #expect(
            try selected("(f64.eq (local.get $a) (local.get $b))", result: "i32")
                == ["cmpsd:0", "movd", "arithmeticImmediate"])
        #expect(
            try selected(
                "(if (result f64) (f64.gt (local.get $a) (f64.load (local.get $i))) (then (f64.const 1)) (else (f64.const 2)))"
            ) == ["branchIf m"])
    }

    @Test func choicesAreMinimaMasksOrJumps() throws {
        let choice = { (first: String, second: String, test: String) in
            "(select \(first) \(second) (\(test) (local.get $a) (local.get $b)))"
        }
        let a = "(local.get $a)"
        let b = "(local.get $b)"
        #expect(try selected(choice(a, b, "f64.lt")) == ["minsd"])
        #expect(try selected(choice(b, a, "f64.lt")) == ["maxsd"])
        #expect(try selected(choice(a, b, "f64.gt")) == ["maxsd"])
        #expect(try selected(choice(b, a, "f64.gt")) == ["minsd"])
        // Another answer for NaNs.
        #expect(try selected(choice(a, b, "f64.le")) == ["cmpsd:2", "blendvpd"])
        #expect(try selected(choice(a, b, "f64.le"), features: .required) == ["vectorSelectIf"])
        #expect(try selected(choice(a, "(f64.const 0)", "f64.lt")) == ["cmpsd:1", "andps"])
        #expect(try selected("(select \(a) \(b) (local.get $i))") == ["vectorSelectIf"])
        #expect(try selected("(select \(a) \(b) (f32.lt (local.get $s) (local.get $t)))") == ["vectorSelectIf"])
    }

    @Test func conversions() throws {
        #expect(try selected("(f64.convert_i32_s (local.get $i))") == ["cvtsi2sd"])
        #expect(try selected("(f64.convert_i32_s (i32.load (local.get $i)))") == ["cvtsi2sd m"])
        #expect(try selected("(f64.convert_i32_u (i32.load (local.get $i)))") == ["load m", "cvtsi2sd"])
        #expect(try selected("(f64.convert_i64_u (i64.extend_i32_u (local.get $i)))").last == "cvtsi2sd")
        #expect(try selected("(i32.trunc_f64_s (local.get $a))", result: "i32") == ["truncate"])
        #expect(try selected("(f64.promote_f32 (local.get $s))") == ["cvtss2sd"])
        #expect(try selected("(i64.reinterpret_f64 (f64.load (local.get $i)))", result: "i64") == ["load m"])
        #expect(try selected("(f64.reinterpret_i64 (i64.load (local.get $i)))") == ["movq m"])
        #expect(
            try selected("(i64.store (local.get $i) (i64.reinterpret_f64 (local.get $a)))", result: "")
                == ["movsd m"])
    }
}
